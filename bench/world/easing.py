"""A server that writes as little as it must while a database is filled."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from bench.world.indexes import connect
from config.embedded.creation import SUPERUSER

_WHILE_FILLING: Final = {
    # Checkpoints would write every page several times.
    "max_wal_size": "16GB",
    "checkpoint_timeout": "1h",
    # It would read tables that still grow, on a processor that is needed.
    "autovacuum": "off",
}


@contextmanager
def eased() -> Iterator[None]:
    """Settings for filling, and those of Gawah again afterwards."""
    _execute([f"ALTER SYSTEM SET {name} = '{value}'" for name, value in _WHILE_FILLING.items()])
    try:
        yield
    finally:
        _execute([f"ALTER SYSTEM RESET {name}" for name in _WHILE_FILLING])
        _execute(["CHECKPOINT"])


def _execute(statements: list[str]) -> None:
    database = connect(SUPERUSER)
    database.autocommit = True
    with database.cursor() as cursor:
        for statement in [*statements, "SELECT pg_reload_conf()"]:
            cursor.execute(statement)
    database.close()
