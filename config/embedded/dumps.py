"""Backups of the embedded database, by the pg_dump and pg_restore that match the server."""

import os
import subprocess
from contextlib import closing
from pathlib import Path
from typing import IO, cast

import psycopg2

from config.database import DATABASE_NAME, ROLES
from config.embedded.binaries import programs
from config.embedded.creation import SUPERUSER
from config.embedded.errors import EmbeddedServerError
from config.embedded.places import Cluster
from config.embedded.sealed_files import is_sealed, seal, unseal
from config.embedded.use import ensure_running


def back_up(source: Cluster, target: Path, key: bytes | None = None) -> None:
    """Write the whole database to ``target``, 0600, in PostgreSQL's custom format.

    With a key it is sealed on its way (``sealed_files``): nothing readable touches the disk. An
    attempt that breaks off leaves no file that looks like a backup.
    """
    use = ensure_running(source)
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.unfinished")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        program = str(programs(source) / "pg_dump")
        # Unlogged is what nobody should find again, such as how often the API was asked.
        what = ["--format=custom", "--no-unlogged-table-data"]
        dump = [program, *what, *_to(source, ROLES["owner"])]
        failed = _dumped(dump, file, key)
    use.leave()
    if failed:
        draft.unlink()
        raise EmbeddedServerError("The backup failed; the message of pg_dump stands above.")
    draft.replace(target)


def restore(backup: Path, target: Cluster, key: bytes | None = None) -> None:
    """Fill the empty database of ``target`` from a file that ``back_up`` wrote, or change nothing.

    Raises ``EmbeddedServerError`` when the database has tables already, and for a sealed file
    without its key.
    """
    if key is None and is_sealed(backup):
        raise EmbeddedServerError("This backup is sealed. Name the key as well.")
    use = ensure_running(target)
    try:
        if _has_tables(target):
            raise EmbeddedServerError(
                "This database is not empty. Move its directory out of the way first: "
                f"mv {target.home} {target.home}.old"
            )
        with backup.open("rb") as file:
            load = [str(programs(target) / "pg_restore"), "--exit-on-error", "--single-transaction"]
            command = [*load, *_to(target, SUPERUSER)]
            failed = _loaded(command, file, key)
    finally:
        use.leave()
    if failed:
        raise EmbeddedServerError("Nothing was restored; the message of pg_restore stands above.")


def _dumped(command: list[str], file: IO[bytes], key: bytes | None) -> int:
    if key is None:
        return subprocess.run(command, stdout=file, check=False).returncode  # noqa: S603
    with subprocess.Popen(command, stdout=subprocess.PIPE) as program:  # noqa: S603
        seal(cast("IO[bytes]", program.stdout), file, key)
    return program.returncode


def _loaded(command: list[str], file: IO[bytes], key: bytes | None) -> int:
    """Let ``pg_restore`` read the file. It commits once it has read all, so that one which turns
    out not to be whole changes nothing: the program is ended before it learns of an end."""
    if key is None:
        return subprocess.run(command, stdin=file, check=False).returncode  # noqa: S603
    with subprocess.Popen(command, stdin=subprocess.PIPE) as program:  # noqa: S603
        try:
            for piece in unseal(file, key):
                cast("IO[bytes]", program.stdin).write(piece)
        except BrokenPipeError:
            program.kill()  # it has said itself what is wrong
        except EmbeddedServerError:
            program.kill()
            raise
    return program.returncode


def _to(cluster: Cluster, role: str) -> list[str]:
    return [f"--host={cluster.socket}", f"--username={role}", f"--dbname={DATABASE_NAME}"]


def _has_tables(cluster: Cluster) -> bool:
    connection = psycopg2.connect(host=str(cluster.socket), user=SUPERUSER, dbname=DATABASE_NAME)
    with closing(connection), connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_tables WHERE schemaname = 'public'")
        return cursor.fetchone() is not None
