"""Where a generated record lives: a database server of its own below ``var/bench``, kept for later
runs as long as seed, size and the code that made it are the same.
"""

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import Final

from config.embedded.places import PROJECT
from config.embedded.use import Use

HOMES: Final = PROJECT / "var" / "bench"
FINISHED: Final = "finished"
"""A file in the folder of a world that was loaded whole."""

_MADE_BY: Final = (
    "bench/world/**/*.py",
    "bench/world/*.toml",
    "bench/plain/**/*.py",
    "record/**/*.py",
    "reference/**/*.py",
    "incidents/documents/*.py",
    "incidents/migrations/*.py",
    "fixtures/**/*",
    "requirements.txt",
)
"""The files that decide what a generated record holds."""


def home_of(incidents: int, seed: int) -> Path:
    """The folder of the world of this size and seed, as the code is now."""
    digest = hashlib.sha256(f"{incidents} {seed}\n".encode())
    for pattern in _MADE_BY:
        for path in sorted(PROJECT.glob(pattern)):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(f"{path.relative_to(PROJECT)}\0".encode() + path.read_bytes())
    return HOMES / f"world-{incidents}-{seed}-{digest.hexdigest()[:12]}"


def live_in(home: Path) -> None:
    """Let the settings, here and in child processes, name the server of a world. Call it before
    anything reads them."""
    os.environ.pop("DATABASE_URL", None)
    os.environ["GAWAH_STATE"] = str(home)
    os.environ["GAWAH_FILES"] = str(home / "files")
    os.environ["GAWAH_DATABASE_ROLE"] = "owner"


def remove_others(home: Path) -> None:
    """Remove the worlds of the same size that other code or another seed made."""
    size = home.name.split("-")[1]
    for other in HOMES.glob(f"world-{size}-*"):
        if other != home:
            shutil.rmtree(other, ignore_errors=True)


@contextmanager
def server(home: Path) -> Iterator[Use | None]:
    """The running server of the world that ``live_in`` chose, with Django set up on it."""
    from config.startup import prepare_environment, use_database

    home.mkdir(parents=True, exist_ok=True)
    prepare_environment("owner")
    use = use_database()
    try:
        import django

        django.setup()
        yield use
    finally:
        if use is not None:
            use.leave()


def prepare() -> None:
    """Tables, roles, reference data and static files, as a start of Gawah makes them."""
    from django.core.management import call_command

    for command in ("migrate", "grant_roles", "load_reference"):
        call_command(command, stdout=StringIO(), verbosity=0)
    collect_static_files()


def collect_static_files() -> None:
    """Collect them unless they are those of the code as it is now."""
    from config.static_files import collect

    collect()
