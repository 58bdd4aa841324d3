"""The file of an import: kept privately as evidence, and read again for each run."""

import hashlib
import os
import shutil
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _

from incidents.importing.tables import FileRefused, Table, TableOptions, open_table
from incidents.models import ImportBatch, StaffMember
from incidents.sealing.replacing import put_in_place
from incidents.sealing.sources import SOURCES
from incidents.sealing.streams import (
    PART,
    UnreadableFileError,
    lies_sealed,
    opened_at,
    sealed_parts,
)

_ONE_DAY: Final = 24 * 60 * 60


def receive(
    upload: "File[bytes]", *, file_name: str, by: StaffMember, options: TableOptions | None = None
) -> ImportBatch:
    """Keep a file under a random name and note its columns. Raises FileRefused, keeping nothing.

    The name that the user gave it is in the database alone. ``options`` say how to read it where
    the file itself cannot tell.
    """
    digest = hashlib.sha256()
    size = 0
    for chunk in upload.chunks():
        digest.update(chunk)
        size += len(chunk)
    upload.seek(0)
    batch = ImportBatch(
        file_name=file_name[-255:],
        sha256=digest.hexdigest(),
        bytes=size,
        entered_by=by,
        changed_by=by,
    )
    batch.file.save(uuid.uuid4().hex, upload, save=False)
    try:
        with opened(batch, options) as table:
            batch.columns = list(table.columns)
        batch.save()
    except BaseException:
        forget(batch)
        raise
    return batch


def forget(batch: ImportBatch) -> None:
    """Delete the file itself, where its batch was not kept."""
    batch.file.delete(save=False)


def lie_sealed(batch: ImportBatch, *, anew: bool = False) -> bool:
    """Have the file lie sealed in its place, ``anew`` under the present key; False where no key of
    ours opens it. One that is gone, or kept in no folder, is left as it is. Raises OSError."""
    with transaction.atomic():
        # Held, so that what is expunged at this moment is not put back after it was deleted.
        rows = ImportBatch.objects.select_for_update(no_key=True).filter(pk=batch.pk)
        standing = rows.exclude(file="").first()
        path = None if standing is None else _path_in_store(standing)
        if standing is None or path is None or (lies_sealed(path) and not anew):
            return True
        try:
            seal_at(path, sha256=standing.sha256)
        except UnreadableFileError:
            return False
    return True


def is_sealed(batch: ImportBatch) -> bool:
    """Whether the file is there and lies sealed."""
    path = _path_in_store(batch)
    try:
        return path is not None and lies_sealed(path)
    except FileNotFoundError:
        return False


def seal_at(path: Path, *, sha256: str) -> None:
    """Write a file sealed in the place of itself; wherever it breaks off, it is there whole. What
    was written is read again before it takes the place. Call it while the row of its batch is held.

    Raises UnreadableFileError where it lies sealed and no key opens it, or holds something else
    than came in, by the hash; one that lies open is sealed then too, as it is. Raises OSError.
    """
    was_sealed = lies_sealed(path)
    with opened_at(path, SOURCES) as file:
        digest = _digest_of(file)
        if was_sealed and digest != sha256:
            raise UnreadableFileError("The file is not the one that came in.")
        file.seek(0)
        descriptor, name = tempfile.mkstemp(dir=path.parent)
        temporary = Path(name)
        try:
            with os.fdopen(descriptor, "wb") as out:
                out.writelines(sealed_parts(iter(lambda: file.read(PART), b""), SOURCES))
                out.flush()
                os.fsync(out.fileno())
            with opened_at(temporary, SOURCES) as written:
                if _digest_of(written) != digest:
                    raise OSError("The disk gives back something else than was written.")
            put_in_place(temporary, path)
        finally:
            temporary.unlink(missing_ok=True)


def unnamed_files() -> Iterator[str]:
    """Names of kept files that no batch names, a day old or more: of an upload that broke off, or
    of what was removed for good while the disk would not delete."""
    field = ImportBatch._meta.get_field("file")
    folder = Path(settings.MEDIA_ROOT) / str(field.upload_to)
    if not folder.is_dir():
        return
    before = time.time() - _ONE_DAY
    known = set(ImportBatch.objects.exclude(file="").values_list("file", flat=True))
    for path in sorted(folder.iterdir()):
        name = str(path.relative_to(settings.MEDIA_ROOT))
        if name not in known and path.stat().st_mtime < before:
            yield name


def _digest_of(file: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while piece := file.read(PART):
        digest.update(piece)
    return digest.hexdigest()


@contextmanager
def opened(batch: ImportBatch, options: TableOptions | None = None) -> Iterator[Table]:
    """The table of a batch. Raises FileRefused."""
    with on_disk(batch) as path:
        yield open_table(path, name=batch.file_name, options=options or TableOptions())


@contextmanager
def on_disk(batch: ImportBatch) -> Iterator[Path]:
    """The file as a path; a store that is no folder gives a copy for the length of the block, and
    one that lies sealed is a copy in memory alone. Raises FileRefused where it is gone for good, or
    no key of ours opens it."""
    if not batch.file:
        raise FileRefused(
            _(
                "This file is not here any more: something that stood in it was removed for good. "
                "Ask for the list without it, and upload that."
            )
        )
    path = _path_in_store(batch)
    if path is not None and lies_sealed(path):
        with _in_memory(path) as copy:
            yield copy
    elif path is None:
        with tempfile.NamedTemporaryFile(prefix="import-") as copy, batch.file.open("rb") as kept:
            shutil.copyfileobj(kept, copy)
            copy.flush()
            yield Path(copy.name)
    else:
        yield path


@contextmanager
def _in_memory(path: Path) -> Iterator[Path]:
    try:
        with (
            opened_at(path, SOURCES) as kept,
            os.fdopen(os.memfd_create("import"), "w+b") as copy,
        ):
            shutil.copyfileobj(kept, copy, PART)
            copy.flush()
            yield Path(f"/proc/self/fd/{copy.fileno()}")
    except UnreadableFileError:
        raise FileRefused(
            _("This file lies sealed, and the key to it is missing. Ask who runs the server.")
        ) from None


def _path_in_store(batch: ImportBatch) -> Path | None:
    """Where the file lies, if its store is a folder; one in memory has paths that lead nowhere."""
    try:
        path = Path(batch.file.path)
    except NotImplementedError:
        return None
    return path if path.exists() else None
