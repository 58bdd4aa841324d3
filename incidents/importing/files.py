"""The file of an import: kept privately as evidence, and read again for each run."""

import hashlib
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.files import File

from incidents.importing.tables import Table, TableOptions, open_table
from incidents.models import ImportBatch, StaffMember


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


@contextmanager
def opened(batch: ImportBatch, options: TableOptions | None = None) -> Iterator[Table]:
    """The table of a batch. Raises FileRefused."""
    with on_disk(batch) as path:
        yield open_table(path, name=batch.file_name, options=options or TableOptions())


@contextmanager
def on_disk(batch: ImportBatch) -> Iterator[Path]:
    """The file as a path; a store that is no folder gives a copy for the length of the block."""
    path = _path_in_store(batch)
    if path is None:
        with tempfile.NamedTemporaryFile(prefix="import-") as copy, batch.file.open("rb") as kept:
            shutil.copyfileobj(kept, copy)
            copy.flush()
            yield Path(copy.name)
    else:
        yield path


def _path_in_store(batch: ImportBatch) -> Path | None:
    """Where the file lies, if its store is a folder; one in memory has paths that lead nowhere."""
    try:
        path = Path(batch.file.path)
    except NotImplementedError:
        return None
    return path if path.exists() else None
