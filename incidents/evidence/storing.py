"""Where files lie: each once, under its own hash, readable by this account and written never again.

``GAWAH_FILES/evidence/ab/ab12…``. A file arrives in a folder beside these and gets its name when
all of it has been read, so that no half of one can ever be taken for a whole. What was told in
trust lies sealed (``sealing.streams``) under the same name, the hash of what it holds: everybody
who reads goes through ``opened``. When a file is to lie otherwise is for ``settling``.
"""

import os
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO, Final

from django.conf import settings
from django.db import connection, transaction

from incidents.models import Capture
from incidents.sealing.replacing import put_in_place
from incidents.sealing.sources import SOURCES
from incidents.sealing.streams import UnreadableFileError, opened_at, sealed_parts

_FOLDER: Final = "evidence"
_INCOMING: Final = "incoming"
_READ_ONLY: Final = 0o400
_PRIVATE: Final = 0o700
_ONE_DAY: Final = 24 * 60 * 60
_AT_ONCE: Final = 1024 * 1024

_new: ContextVar[list[str] | None] = ContextVar("new_evidence", default=None)
"""Names of the files that were kept inside the ``all_or_none`` that is under way."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A file in its place."""

    sha256: str
    bytes: int
    storage_name: str


def keep(chunks: Iterable[bytes], *, in_trust: bool) -> Kept:
    """Keep a file, hashed while it comes in, and sealed if it was told in trust. The same bytes are
    kept once.

    Call it in the transaction that keeps the row which names the file: until that ends, nobody
    else keeps or removes the same bytes.
    """
    content = _Measured(chunks)
    with _written(sealed_parts(content, SOURCES) if in_trust else content) as temporary:
        name = _name(content.digest.hexdigest())
        wait_for(name)
        _put(temporary, path_of(name), name)
    return Kept(content.digest.hexdigest(), content.bytes, name)


def write_anew(storage_name: str, *, sealed: bool) -> None:
    """Write a file once more, sealed under the present key or open, in the place of itself.

    Wherever it breaks off, the file is there whole, in one form or the other: what was written is
    read again before it takes the place. Call it after ``wait_for``. Raises OSError.
    """
    path = path_of(storage_name)
    with opened_at(path, SOURCES) as file:
        content = _Measured(iter(lambda: file.read(_AT_ONCE), b""))
        with _written(sealed_parts(content, SOURCES) if sealed else content) as temporary:
            with opened_at(temporary, SOURCES) as written:
                if digest_of(written) != content.digest.hexdigest():
                    raise OSError("The disk gives back something else than was written.")
            put_in_place(temporary, path)
            _make_sure(path.parent)


class _Measured:
    """Bytes that pass by, hashed and counted."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks = chunks
        self.digest = sha256()
        self.bytes = 0

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self._chunks:
            self.digest.update(chunk)
            self.bytes += len(chunk)
            yield chunk


@contextmanager
def _written(content: Iterable[bytes]) -> Iterator[Path]:
    """A file of these bytes, surely on the disk, which goes again unless it was moved away."""
    descriptor, name = tempfile.mkstemp(dir=incoming())
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as out:
            for chunk in content:
                out.write(chunk)
            out.flush()
            os.fsync(out.fileno())
        temporary.chmod(_READ_ONLY)
        yield temporary
    finally:
        temporary.unlink(missing_ok=True)


def path_of(storage_name: str) -> Path:
    """Where a file lies. Raises ValueError for a name that none of ours can have."""
    path = Path(settings.MEDIA_ROOT) / storage_name
    if path.parent.parent != _root() or ".." in path.parts:
        raise ValueError("No name of a captured file.")
    return path


def opened(capture: Capture) -> IO[bytes]:
    """The bytes of a capture as they came. Raises FileNotFoundError where they are gone or were
    never here, and UnreadableFileError, an OSError too, where they are sealed and no key fits."""
    if not capture.is_held:
        raise FileNotFoundError("We hold the hash of this file, not the file.")
    return opened_at(path_of(capture.storage_name), SOURCES)


def digest_of(file: IO[bytes]) -> str:
    """The SHA-256 of a file from its beginning, in hexadecimal."""
    digest = sha256()
    file.seek(0)
    while chunk := file.read(_AT_ONCE):
        digest.update(chunk)
    return digest.hexdigest()


def is_intact(capture: Capture) -> bool:
    """Whether the file is there and has the hash it had when it came."""
    try:
        with opened(capture) as file:
            return digest_of(file) == capture.sha256
    except OSError:
        return False


def _holds(path: Path, digest: str) -> bool:
    """Whether a file that is there has this hash; one that no key opens has none."""
    try:
        with opened_at(path, SOURCES) as file:
            return digest_of(file) == digest
    except UnreadableFileError:
        return False


def remove_unused(storage_name: str) -> bool:
    """Delete a file that no capture names any more; whether it was deleted."""
    with transaction.atomic():
        wait_for(storage_name)
        if Capture.objects.filter(storage_name=storage_name).exists():
            return False
        path_of(storage_name).unlink(missing_ok=True)
    return True


def incoming() -> Path:
    """The private folder in which files lie while they arrive or are worked on."""
    return _folder(_root() / _INCOMING)


def sweep_incoming() -> int:
    """Delete what a killed process left half arrived, more than a day ago; how many files."""
    old = [path for path in incoming().iterdir() if path.is_file() and _is_old(path)]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def unnamed_files() -> Iterator[str]:
    """Names of kept files that no capture names, and that nobody is about to name: what was taken
    in by a process that was killed before its row was kept."""
    if not _root().is_dir():
        return
    for folder in sorted(_root().iterdir()):
        if folder.name == _INCOMING:
            continue
        names = {f"{_FOLDER}/{folder.name}/{path.name}": path for path in folder.iterdir()}
        rows = Capture.objects.filter(storage_name__in=names)
        known = set(rows.values_list("storage_name", flat=True))
        yield from sorted(name for name in names.keys() - known if _is_old(names[name]))


def _is_old(path: Path) -> bool:
    try:
        return path.stat().st_mtime < time.time() - _ONE_DAY
    except FileNotFoundError:
        return False


@contextmanager
def all_or_none() -> Iterator[None]:
    """Delete the files that were kept inside the block if it raises: put it around the transaction
    that keeps their rows, since a directory knows of no rolling back."""
    kept: list[str] = []
    token = _new.set(kept)
    try:
        yield
    except BaseException:
        for name in kept:
            remove_unused(name)
        raise
    finally:
        _new.reset(token)


def wait_for(name: str) -> None:
    """Hold the bytes of this name until the end of the transaction, so that one who undoes does not
    delete what another has just kept."""
    digest = path_of(name).name
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int(digest[:15], 16)])


def _put(temporary: Path, path: Path, name: str) -> None:
    folder = _folder(path.parent)
    try:
        os.link(temporary, path)
        _make_sure(folder)
    except FileExistsError:
        if not _holds(path, path.name):
            # What came in is what once was there, by its hash.
            put_in_place(temporary, path)
            _make_sure(folder)
        return
    if (kept := _new.get()) is not None:
        kept.append(name)


def _name(digest: str) -> str:
    return f"{_FOLDER}/{digest[:2]}/{digest}"


def _root() -> Path:
    return Path(settings.MEDIA_ROOT) / _FOLDER


def _folder(path: Path) -> Path:
    # Each level by itself: the mode is that of the last one only.
    for each in reversed((path, *path.parents)):
        if not each.is_dir():
            each.mkdir(mode=_PRIVATE, exist_ok=True)
            _make_sure(each.parent)
    return path


def _make_sure(folder: Path) -> None:
    """Have the disk know what lies in a folder before a row says so."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
