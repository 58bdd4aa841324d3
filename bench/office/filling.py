"""Filling tables by statements: each row is a number, and each column an expression of it.

What an expression draws follows from the number alone, so that two runs make the same case file.
"""

from collections.abc import Sequence
from typing import Any

from django.db import connection, models

Cursor = Any


def fill(cursor: Cursor, model: type[models.Model], count: int, **columns: str) -> None:
    """Add rows numbered from 1 to ``count``. ``columns`` are expressions of the number ``n`` by
    the name of their column; the key is the number, and everything else holds its default."""
    names, expressions, values = [], [], []
    for field in model._meta.concrete_fields:
        names.append(f'"{field.column}"')
        expression = columns.pop(str(field.column), None)
        if expression is None and field.primary_key:
            expression = "n"
        elif expression is None and getattr(field, "auto_now", False) | getattr(
            field, "auto_now_add", False
        ):
            expression = "now()"
        if expression is None:
            expressions.append("%s")
            values.append(field.get_db_prep_save(field.get_default(), connection))
        else:
            expressions.append(expression.replace("%", "%%"))
    if columns:
        raise TypeError(f"{model.__name__} has no column {', '.join(columns)}.")
    table = model._meta.db_table
    cursor.execute(
        f"INSERT INTO {table} ({', '.join(names)}) SELECT {', '.join(expressions)}"  # noqa: S608
        f" FROM generate_series(1, {count}) AS n",
        values,
    )
    cursor.execute(
        f"SELECT setval(pg_get_serial_sequence('{table}', '{model._meta.pk.column}'), {count})"
        if isinstance(model._meta.pk, models.AutoField)
        else "SELECT 1"
    )


def drawn(salt: int, number: str = "n") -> str:
    """A whole number from 0 to 2³¹ - 1, drawn for a number; each ``salt`` draws anew."""
    return f"(hashint8extended(({number})::bigint, {salt}) & 2147483647)"


def share(percent: int, salt: int, number: str = "n") -> str:
    """Whether a number is among so many of a hundred."""
    return f"({drawn(salt, number)} % 100 < {percent})"


def one_of(
    things: Sequence[int | str], salt: int, number: str = "n", *, skewed: bool = False
) -> str:
    """One of these, drawn for a number; ``skewed`` draws the first most often."""
    chance = f"({drawn(salt, number)} / 2147483648.0)"
    place = f"power({chance}, 3)" if skewed else chance
    return f"({_array(things)})[1 + floor({place} * {len(things)})::int]"


def some_row(count: int, salt: int, number: str = "n", *, skewed: bool = False) -> str:
    """The number of one of so many rows."""
    chance = f"({drawn(salt, number)} / 2147483648.0)"
    place = f"power({chance}, 3)" if skewed else chance
    return f"(1 + floor({place} * {count})::int)"


def _array(things: Sequence[int | str]) -> str:
    if isinstance(things[0], int):
        return f"ARRAY[{','.join(map(str, things))}]::bigint[]"
    quoted = ("'" + str(thing).replace("'", "''") + "'" for thing in things)
    return f"ARRAY[{','.join(quoted)}]::text[]"
