"""JSON as a table: a list of objects, an object that holds one, or one object a line."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from incidents.importing.tables.header import no_rows, too_long, too_many_rows
from incidents.importing.tables.json_events import Event, Position
from incidents.importing.tables.json_layout import find_list, items, too_deep
from incidents.importing.tables.limits import (
    MAX_CELL_CHARACTERS,
    MAX_COLUMNS,
    MAX_DEPTH,
    MAX_HEADER_CHARACTERS,
    MAX_ROW_BYTES,
    MAX_ROWS,
)
from incidents.importing.tables.refusal import FileRefused, Place
from incidents.importing.tables.rows import Table, TableRow

LIST_SEPARATOR = "; "
"""Between the values of a list of single values."""


class JsonTable(Table):
    """Objects as rows; an object within an object makes columns such as ``place.name``."""

    format = "json"
    encoding = "utf-8"

    def __init__(self, path: Path, place: Place) -> None:
        """Read the file once for its columns. Raises FileRefused, also for any faulty item."""
        self._path, self._place = path, place
        self._layout = find_list(path, place)
        columns: dict[str, None] = {}
        filled = False
        for _number, cells in self._items():
            filled = filled or any(map(str.strip, cells.values()))
            columns.update(dict.fromkeys(cells))
            if len(columns) > MAX_COLUMNS:
                raise place.refused(
                    _("The table has %(number)d columns; %(limit)d are the most that is read.")
                    % {"number": len(columns), "limit": MAX_COLUMNS},
                    _("If the names of objects are names of cases, make a list of them instead."),
                )
        if not filled:
            raise no_rows(place)
        self.columns = tuple(columns)

    def rows(self) -> Iterator[TableRow]:
        """Stream the items that hold something."""
        empty = dict.fromkeys(self.columns, "")
        for number, cells in self._items():
            if any(map(str.strip, cells.values())):
                yield TableRow(number, empty | cells)

    def _items(self) -> Iterator[tuple[int, dict[str, str]]]:
        position = Position(self._place)
        for (event, _value), stream in items(self._path, position, self._layout):
            if event != "start_map":
                raise position.refused(
                    _("The item is no object with named values."),
                    _(
                        "A table is a list of objects, one object a row: [{…}, {…}], or one object "
                        "a line."
                    ),
                )
            if position.item > MAX_ROWS:
                raise too_many_rows(self._place)
            yield position.item, _Item(position, stream).read()


class _Item:
    """One object, read from the stream into cells."""

    def __init__(self, position: Position, stream: Iterator[Event]) -> None:
        self._position, self._stream = position, stream
        self._cells: dict[str, str] = {}
        self._size = 0

    def read(self) -> dict[str, str]:
        self._read_object("", 1)
        return self._cells

    def _read_object(self, prefix: str, depth: int) -> None:
        if depth > MAX_DEPTH:
            raise too_deep(self._position)
        column = prefix
        for event, value in self._stream:
            if event == "end_map":
                return
            if event == "map_key":
                column = self._named(prefix, value)
            elif event == "start_map":
                self._read_object(f"{column}.", depth + 1)
            elif event == "start_array":
                self._put(column, LIST_SEPARATOR.join(self._list()))
            else:
                self._put(column, self._text(event, value))

    def _list(self) -> Iterator[str]:
        for event, value in self._stream:
            if event == "end_array":
                return
            if event in ("start_map", "start_array"):
                raise self._position.refused(
                    _("The value is a list of objects or of lists, which no single cell can hold."),
                    _(
                        "Give each of them columns of their own, such as place_1 and place_2, or "
                        "make one item of each."
                    ),
                )
            yield self._text(event, value)

    def _named(self, prefix: str, key: str) -> str:
        column = prefix + " ".join(key.split())
        self._position.column = column
        if not key.strip() or len(column) > MAX_HEADER_CHARACTERS or "\0" in key:
            raise self._position.refused(
                _("The name of a value is empty, or has more than %(limit)d characters.")
                % {"limit": MAX_HEADER_CHARACTERS}
            )
        return column

    def _put(self, column: str, text: str) -> None:
        if column in self._cells:
            raise self._position.refused(
                _("The item has two values of this name."), _("Give each a name of its own.")
            )
        if len(text) > MAX_CELL_CHARACTERS:
            raise too_long(self._position.place.at(item=self._position.item, column=column))
        if len(self._cells) >= MAX_COLUMNS:
            raise self._too_much()
        self._cells[column] = text

    def _text(self, event: str, value: Any) -> str:
        """A single value as text: numbers as they are written, an empty text for null."""
        self._size += len(str(value)) + len(LIST_SEPARATOR)
        if self._size > MAX_ROW_BYTES:
            raise self._too_much()
        if event == "null":
            return ""
        if event == "boolean":
            return "true" if value else "false"
        if event == "number":
            return _number(value)
        if "\0" in value:
            raise self._position.refused(
                _("The value holds a NUL character, which no text has."), _("Take it away.")
            )
        return str(value).rstrip("\r")

    def _too_much(self) -> FileRefused:
        return self._position.refused(
            _("The item has more values, or longer ones, than a row can hold.")
        )


def _number(value: Any) -> str:
    text = str(value)
    exponent = value.as_tuple().exponent if hasattr(value, "as_tuple") else 0
    return format(value, "f") if "E" in text and abs(exponent) < 100 else text
