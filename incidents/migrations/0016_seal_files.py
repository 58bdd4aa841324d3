"""Files of confidential sources sealed on the disk.

No part of the transactions that change tables: a directory knows of no rolling back. If it breaks
off, what is done stays done, every file reads the same in either form, and it is begun again.
"""

from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.db import migrations, transaction

from reference.migrating import MigrationAtOnce

CONFIDENTIAL = "SELECT id FROM incidents_source WHERE confidential"
LISTS = f"SELECT id FROM incidents_sourcelist WHERE source_id IN ({CONFIDENTIAL})"  # noqa: S608


def seal_files(apps, schema_editor):
    """Seal the files of confidential sources that lie open on the disk. One that is not here now is
    sealed when ``verify_files`` comes to it."""
    _seal_lists(schema_editor.connection)
    _write_anew(schema_editor.connection, f"source_id IN ({CONFIDENTIAL})", sealed=True)


def open_files(apps, schema_editor):
    """The way back: every file of a source lies open, as an older version reads it, which asks for
    a list anew."""
    _write_anew(schema_editor.connection, "true", sealed=False)


def _write_anew(connection, condition, *, sealed):
    from incidents.evidence.storing import path_of, wait_for, write_anew
    from incidents.sealing.streams import lies_sealed

    for (name,) in _rows(
        connection,
        "SELECT DISTINCT storage_name FROM incidents_capture"  # noqa: S608 - our own words
        f" WHERE storage_name <> '' AND {condition} ORDER BY 1",
    ):
        with transaction.atomic(), suppress(FileNotFoundError):
            wait_for(name)
            if lies_sealed(path_of(name)) != sealed:
                write_anew(name, sealed=sealed)


def _seal_lists(connection):
    """Files of lists as they were sent."""
    from incidents.importing.files import seal_at
    from incidents.sealing.streams import UnreadableFileError, lies_sealed

    for (key,) in _rows(
        connection,
        f"SELECT id FROM incidents_importbatch WHERE file <> '' AND list_id IN ({LISTS})",  # noqa: S608
    ):
        with transaction.atomic(), suppress(FileNotFoundError, UnreadableFileError):
            for name, sha256 in _rows(
                connection,
                "SELECT file, sha256 FROM incidents_importbatch"
                " WHERE id = %s AND file <> '' FOR NO KEY UPDATE",
                key,
            ):
                path = Path(settings.MEDIA_ROOT) / name
                if not lies_sealed(path):
                    seal_at(path, sha256=sha256)


def _rows(connection, statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)
        return cursor.fetchall()


class Migration(MigrationAtOnce):
    """Files of confidential sources sealed."""

    atomic = False

    dependencies = [("incidents", "0015_criteria")]

    operations = [migrations.RunPython(seal_files, open_files)]
