"""Keys of files that are carried from one machine to another, for commands."""

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError

from config.embedded.errors import EmbeddedServerError
from config.embedded.sealed_files import is_sealed, read_key, unseal


def key_in(path: Path | None) -> bytes | None:
    """The key in a file. Raises CommandError."""
    if path is None:
        return None
    try:
        return read_key(path)
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}.") from None
    except EmbeddedServerError as error:
        raise CommandError(str(error)) from None


def bytes_of(path: Path, key: bytes | None) -> Iterator[bytes]:
    """The content of a file, opened if it is sealed. Raises OSError and EmbeddedServerError."""
    if is_sealed(path):
        if key is None:
            raise EmbeddedServerError("This file is sealed. Name its key with --key.")
        with path.open("rb") as file:
            yield from unseal(file, key)
        return
    with path.open("rb") as file:
        while piece := file.read(256 * 1024):
            yield piece


def need_the_case_file() -> None:
    """Raises CommandError where the case file is not installed: on the public side."""
    if not settings.HAS_STAFF_SIDE:
        raise CommandError("This is the public side: it has no case file.")
