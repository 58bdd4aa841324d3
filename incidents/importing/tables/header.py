"""The names of the columns, and rows held against them: the same for text and workbooks."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from incidents.importing.tables.limits import (
    MAX_CELL_CHARACTERS,
    MAX_COLUMNS,
    MAX_HEADER_CHARACTERS,
    MAX_ROWS,
)
from incidents.importing.tables.refusal import FileRefused, Place
from incidents.importing.tables.rows import TableRow

_SHOWN = 5


@dataclass(frozen=True)
class Header:
    """Where the named columns stand."""

    columns: tuple[str, ...]
    positions: tuple[int, ...]
    width: int
    """Cells up to the last named column."""
    row: int

    @classmethod
    def read(cls, cells: Sequence[str], place: Place, row: int) -> "Header":
        """The header that these cells are. Raises FileRefused for too many, equal or no names."""
        names = {at: " ".join(cell.split()) for at, cell in enumerate(cells) if cell.strip()}
        here = place.at(row=row)
        if not names:
            raise here.refused(
                _("The row that should hold the names of the columns is empty."), _title_hint()
            )
        if len(names) > MAX_COLUMNS:
            raise here.refused(
                _("The table has %(number)d columns; %(limit)d are the most that is read.")
                % {"number": len(names), "limit": MAX_COLUMNS},
                _("If rows and columns are exchanged, exchange them back; else divide the table."),
            )
        for at, name in names.items():
            if len(name) > MAX_HEADER_CHARACTERS:
                raise here.at(cell=column_letters(at)).refused(
                    _("The name of a column has more than %(limit)d characters.")
                    % {"limit": MAX_HEADER_CHARACTERS},
                    _title_hint(),
                )
        _refuse_equal_names(names, here)
        return cls(tuple(names.values()), tuple(names), max(names) + 1, row)

    def take(self, cells: Sequence[str], place: Place) -> TableRow | None:
        """The row under this header, or None if nothing is in it; ``place`` is the row's.

        ``cells`` has at least ``width`` entries. Raises FileRefused for a filled cell without a
        column and for one that is too long.
        """
        if not any(map(str.strip, cells)):
            return None
        if len(cells) > len(self.columns):
            self._refuse_cells_without_name(cells, place)
            cells = [cells[at] for at in self.positions]
        if max(map(len, cells)) > MAX_CELL_CHARACTERS:
            at = max(range(len(cells)), key=lambda index: len(cells[index]))
            raise too_long(place.at(column=self.columns[at]))
        texts = (cell.rstrip("\r") for cell in cells)
        return TableRow(place.row or 0, dict(zip(self.columns, texts, strict=True)))

    def _refuse_cells_without_name(self, cells: Sequence[str], place: Place) -> None:
        named = set(self.positions)
        for at, cell in enumerate(cells):
            if at in named or not cell.strip():
                continue
            if at < self.width:
                raise place.at(cell=f"{column_letters(at)}{place.row}").refused(
                    _("The cell is filled, but its column has no name."),
                    _("Give the column a name, or empty it."),
                    _title_hint(),
                )
            raise place.refused(
                _("The row has a filled cell %(cell)s, but the header ends at column %(last)s.")
                % {"cell": column_letters(at), "last": column_letters(self.width - 1)},
                _(
                    "Give the column a name. In a text file, a cell with a separator in it needs "
                    "quotation marks around it."
                ),
                _title_hint(),
            )


def refuse_short_row(cells: Sequence[str], header: Header, place: Place) -> FileRefused:
    """The error for a row of a text file that ends before the last column."""
    return place.refused(
        _("The row has %(cells)d cells, but the header names %(columns)d columns.")
        % {"cells": len(cells), "columns": len(header.columns)},
        _(
            "Either a cell with a line break in it lacks quotation marks around it, or separators "
            "are missing at the end of the row: open the table in a spreadsheet program, look at "
            "this row, and save it again."
        ),
        _title_hint(),
    )


def too_long(place: Place) -> FileRefused:
    """The error for a cell that is longer than any testimony."""
    return place.refused(
        _("The cell has more than %(limit)d characters.") % {"limit": MAX_CELL_CHARACTERS},
        _("Keep long texts in a document of their own, and their title in the cell."),
    )


def too_many_rows(place: Place) -> FileRefused:
    """The error for a table without an end."""
    return place.refused(
        _("The table has more than %(limit)d rows.") % {"limit": MAX_ROWS},
        _("Divide it into several files and bring them in one after the other."),
    )


def no_rows(place: Place) -> FileRefused:
    """The error for a table that is nothing but a header."""
    return place.refused(_("There is no row under the names of the columns."), _title_hint())


def column_letters(at: int) -> str:
    """The name a spreadsheet gives a column, counted from 0: A, B … Z, AA."""
    letters = ""
    at += 1
    while at:
        at, letter = divmod(at - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


def _refuse_equal_names(names: dict[int, str], place: Place) -> None:
    where: dict[str, list[str]] = {}
    for at, name in names.items():
        where.setdefault(name, []).append(column_letters(at))
    equal = [
        f"“{name}” ({', '.join(letters[:_SHOWN])})"
        for name, letters in where.items()
        if len(letters) > 1
    ]
    if equal:
        raise place.refused(
            _("Several columns have the same name: %(names)s.")
            % {"names": "; ".join(equal[:_SHOWN])},
            _("Give each a name of its own."),
            _title_hint(),
        )


def _title_hint() -> str:
    return _("If the names of the columns stand in another row, say which with header_row.")
