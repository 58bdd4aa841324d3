"""Taking indexes and constraints off tables before they are filled, and building them after."""

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from django.db import connection

_AT_ONCE = 2


@dataclass(frozen=True, slots=True)
class TakenOff:
    """What was taken off: statements that put it back, by when they can run."""

    indexes: list[str]
    constraints: list[str]


def take_off(tables: Sequence[str]) -> TakenOff:
    """Drop foreign keys, unique constraints and indexes of these tables; primary keys stay."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), contype
            FROM pg_constraint WHERE conrelid = ANY(%s::regclass[]) AND contype IN ('f', 'u')
            """,
            [list(tables)],
        )
        constraints = cursor.fetchall()
        for table, name, _definition, _type in constraints:
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        cursor.execute(
            """
            SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid)
            FROM pg_index WHERE indrelid = ANY(%s::regclass[]) AND NOT indisprimary
            """,
            [list(tables)],
        )
        indexes = cursor.fetchall()
        for name, _definition in indexes:
            cursor.execute(f"DROP INDEX {name}")
    # Unique constraints make the indexes that foreign keys to them may need.
    ordered = sorted(constraints, key=lambda row: row[3] == "f")
    return TakenOff(
        [definition for _name, definition in indexes],
        [f'ALTER TABLE {row[0]} ADD CONSTRAINT "{row[1]}" {row[2]}' for row in ordered],
    )


def put_back(taken: TakenOff, *, memory: str = "512MB") -> None:
    """Build everything again: indexes by several connections at once, constraints one by one."""
    large_first = sorted(taken.indexes, key=lambda text: " gin " not in text.lower())
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        list(pool.map(lambda statement: execute_apart([statement], memory), large_first))
    execute_apart(taken.constraints, memory)


def execute_apart(statements: Iterable[str], memory: str) -> None:
    """Execute statements over a connection of their own, each committed by itself."""
    with separate_cursor() as cursor:
        cursor.execute("SET maintenance_work_mem = %s", [memory])
        for statement in statements:
            cursor.execute(statement)


class separate_cursor:  # noqa: N801 - reads as a function
    """A cursor of a psycopg2 connection of its own to the same database, committing by itself."""

    def __enter__(self) -> Any:
        self._connection = connect()
        self._connection.autocommit = True
        return self._connection.cursor()

    def __exit__(self, *_exception: object) -> None:
        self._connection.close()


def connect(role: str | None = None) -> Any:
    """A psycopg2 connection to the same database; as another role if one is named."""
    import psycopg2

    settings = connection.settings_dict
    return psycopg2.connect(
        host=settings["HOST"], user=role or settings["USER"], dbname=settings["NAME"]
    )
