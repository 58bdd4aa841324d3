"""Rows as the text that ``COPY`` reads, and sending them."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cache
from io import StringIO
from typing import Any

from django.db import models

_ESCAPES = (("\\", "\\\\"), ("\t", "\\t"), ("\n", "\\n"), ("\r", "\\r"))


class Copies:
    """Lines for several tables, collected and then sent together."""

    def __init__(self) -> None:
        self._tables: dict[tuple[str, tuple[str, ...]], list[str]] = {}

    def add(self, row: models.Model) -> None:
        """A row of a table, with all its columns but keys that were left to the database."""
        table, fields = _layout(type(row))
        line = "\t".join([_text(getattr(row, attribute)) for attribute in fields.values()])
        self._tables.setdefault((table, tuple(fields)), []).append(line)

    def add_values(self, table: str, columns: tuple[str, ...], values: Iterable[Any]) -> None:
        """A row given as values."""
        line = "\t".join(map(_text, values))
        self._tables.setdefault((table, columns), []).append(line)

    def send(self, cursor: Any) -> None:
        """Send what was collected over a cursor of psycopg2, and forget it."""
        for (table, columns), lines in self._tables.items():
            names = ", ".join(f'"{column}"' for column in columns)
            stream = StringIO("\n".join(lines) + "\n")
            cursor.copy_expert(f"COPY {table} ({names}) FROM STDIN", stream, size=1 << 20)
        self._tables.clear()


@cache
def _layout(model: type[models.Model]) -> tuple[str, Mapping[str, str]]:
    """The table and, for each column that is given, the attribute with its value."""
    left_out = {"victimname": {"id"}}.get(model._meta.model_name or "", set())
    fields = {
        str(field.column): field.attname
        for field in model._meta.concrete_fields
        if field.column not in left_out
    }
    return model._meta.db_table, fields


def _text(value: Any) -> str:
    if value is None:
        return "\\N"
    if value is True:
        return "t"
    if value is False:
        return "f"
    if isinstance(value, str):
        return _escaped(value)
    if isinstance(value, list):
        return "{" + ",".join(map(str, value)) + "}"
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value)


def _escaped(text: str) -> str:
    # Four searches of the whole text take a fraction of what one translate of it does.
    for character, written in _ESCAPES:
        if character in text:
            text = text.replace(character, written)
    return text
