"""Backups of the embedded database, by the pg_dump and pg_restore that match the server."""

import os
import subprocess
from contextlib import closing
from pathlib import Path

import psycopg2

from config.database import DATABASE_NAME, ROLES
from config.embedded.binaries import programs
from config.embedded.creation import SUPERUSER
from config.embedded.errors import EmbeddedServerError
from config.embedded.places import Cluster
from config.embedded.use import ensure_running


def back_up(source: Cluster, target: Path) -> None:
    """Write the whole database to ``target``, 0600, in PostgreSQL's custom format.

    An attempt that breaks off leaves no file that looks like a backup.
    """
    use = ensure_running(source)
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.unfinished")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        program = str(programs(source) / "pg_dump")
        # Unlogged is what nobody should find again, such as how often the API was asked.
        what = ["--format=custom", "--no-unlogged-table-data"]
        dump = [program, *what, *_to(source, ROLES["owner"])]
        failed = subprocess.run(dump, stdout=file, check=False).returncode  # noqa: S603
    use.leave()
    if failed:
        draft.unlink()
        raise EmbeddedServerError("The backup failed; the message of pg_dump stands above.")
    draft.replace(target)


def restore(backup: Path, target: Cluster) -> None:
    """Fill the empty database of ``target`` from a file that ``back_up`` wrote, or change nothing.

    Raises ``EmbeddedServerError`` when the database has tables already.
    """
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
            failed = subprocess.run(command, stdin=file, check=False).returncode  # noqa: S603
    finally:
        use.leave()
    if failed:
        raise EmbeddedServerError("Nothing was restored; the message of pg_restore stands above.")


def _to(cluster: Cluster, role: str) -> list[str]:
    return [f"--host={cluster.socket}", f"--username={role}", f"--dbname={DATABASE_NAME}"]


def _has_tables(cluster: Cluster) -> bool:
    connection = psycopg2.connect(host=str(cluster.socket), user=SUPERUSER, dbname=DATABASE_NAME)
    with closing(connection), connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_tables WHERE schemaname = 'public'")
        return cursor.fetchone() is not None
