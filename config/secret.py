"""The secret key of a machine that was given none: made once, kept in a file only we can read."""

import os
import secrets
from pathlib import Path

from config.embedded.folders import make_passable
from config.embedded.places import var_directory

VARIABLE = "GAWAH_SECRET_KEY"


def ensure_secret_key() -> None:
    """Put a secret key into the environment unless there is one; call before settings load."""
    if not os.environ.get(VARIABLE):
        path = var_directory() / "secret_key"
        os.environ[VARIABLE] = _read(path) or _make(path)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return ""
    except PermissionError:
        raise SystemExit(
            f"{path} belongs to another account. Run as that account, or set {VARIABLE}."
        ) from None


def _make(path: Path) -> str:
    make_passable(path.parent)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(50) + "\n")
    try:
        # Linked, not renamed: of two that make a key at once the first one's stays.
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return _read(path)
