"""The drill for the day on which the machine is taken away: a sealed backup, restored elsewhere.

A backup that nobody has restored is a hope. The drill seals one with a key, fills a clean database
with it in a folder of its own, and compares what came back, table by table.
"""

import shutil
import tempfile
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import psycopg2
from psycopg2 import sql

from config.database import DATABASE_NAME
from config.embedded.creation import SUPERUSER
from config.embedded.dumps import back_up, restore
from config.embedded.places import Cluster, cluster
from config.embedded.sealed_files import make_key, read_key
from config.embedded.use import ensure_running, stop


@dataclass(frozen=True, slots=True)
class Contents:
    """What a database holds. ``tables``: name → number of rows, and a sum of the hashes of all of
    them, which does not depend on their order."""

    tables: dict[str, tuple[int, str]]

    @property
    def rows(self) -> int:
        """How many rows there are in all."""
        return sum(count for count, _hashes in self.tables.values())

    def differences(self, other: "Contents") -> list[str]:
        """The tables that are not the same in both."""
        names = self.tables.keys() | other.tables.keys()
        return sorted(name for name in names if self.tables.get(name) != other.tables.get(name))


def drill(source: Cluster) -> tuple[Contents, Contents]:
    """Back up, seal, restore into a clean cluster; returns what was there and what came back.

    Nothing stays: folder, key and cluster of the drill are removed. Nobody may write meanwhile, or
    the two differ in what was written.
    """
    folder = Path(tempfile.mkdtemp(prefix="gawah-drill-"))
    folder.chmod(0o755)  # the account of the server passes through
    try:
        return _drill(source, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _drill(source: Cluster, folder: Path) -> tuple[Contents, Contents]:
    make_key(folder / "away" / "key")
    key = read_key(folder / "away" / "key")
    backup = folder / "gawah.dump.sealed"
    back_up(source, backup, key)
    elsewhere = cluster(project=folder, durable=False, environ={})
    try:
        restore(backup, elsewhere, key)
        return contents(source), contents(elsewhere)
    finally:
        stop(elsewhere)


def contents(of: Cluster) -> Contents:
    """Count and hash every table that a backup has. Reads all of it."""
    use = ensure_running(of)
    try:
        connection = psycopg2.connect(host=str(of.socket), user=SUPERUSER, dbname=DATABASE_NAME)
        with closing(connection), connection.cursor() as cursor:
            cursor.execute(
                "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
                " AND relkind = 'r' AND relpersistence = 'p' ORDER BY relname"
            )
            names = [name for (name,) in cursor.fetchall()]
            tables = {}
            for name in names:
                cursor.execute(_SUM.format(sql.Identifier(name)))
                [(count, hashes)] = cursor.fetchall()
                tables[name] = (count, str(hashes))
        return Contents(tables)
    finally:
        use.leave()


_SUM = sql.SQL(
    "SELECT count(*), coalesce(sum(('x' || left(md5(each::text), 16))::bit(64)::bigint), 0)"
    " FROM {} AS each"
)
