"""The value of a cell of a workbook as text."""

from decimal import Decimal
from math import isfinite

from django.utils.translation import gettext as _

from incidents.importing.tables.refusal import Place
from incidents.importing.tables.xlsx_formats import Meaning, date_text
from incidents.importing.tables.xlsx_sheet import RawCell
from incidents.importing.tables.xlsx_strings import SharedStrings
from incidents.importing.tables.xlsx_text import unescaped
from incidents.importing.tables.xlsx_workbook import Workbook

_NOT_AVAILABLE = "#N/A"
_EXACT_DIGITS = 15
"""Digits to which a number of a spreadsheet is exact."""


class CellTexts:
    """Makes text of cells. No formula is ever evaluated: its stored result is its value."""

    def __init__(self, workbook: Workbook, strings: SharedStrings, place: Place) -> None:
        self._strings, self._place = strings, place
        self._meanings, self._from_1904 = workbook.meanings, workbook.counted_from_1904

    def text_of(self, cell: RawCell) -> str:
        """The text of a cell. Raises FileRefused where it has no value that can be told.

        Raises ValueError, IndexError or OverflowError where the workbook is damaged.
        """
        kind, text = cell.kind, cell.text
        if kind == "s":
            return self._strings[int(text)] if text else ""
        if kind in ("str", "inlineStr"):
            return unescaped(text)
        if kind == "e":
            return self._error(cell)
        if cell.formula and not text:
            raise self._place.at(cell=cell.reference).refused(
                _("The cell has a formula, and its result is not in the file. None is calculated."),
                _("Open the workbook in a spreadsheet program and save it again."),
            )
        if not text:
            return ""
        if kind == "b":
            return "TRUE" if int(text) else "FALSE"
        if kind == "d":
            return text.removesuffix("Z").removesuffix("T00:00:00")
        return self._number(cell)

    def _error(self, cell: RawCell) -> str:
        if cell.text == _NOT_AVAILABLE:
            return _NOT_AVAILABLE
        raise self._place.at(cell=cell.reference).refused(
            _("The cell shows the error %(error)s instead of a value.") % {"error": cell.text[:20]},
            _("Correct its formula, or empty the cell."),
        )

    def _number(self, cell: RawCell) -> str:
        meaning = self._meanings[cell.style] if self._meanings else Meaning.NUMBER
        if meaning is Meaning.NUMBER:
            return number_text(cell.text)
        try:
            return date_text(float(cell.text), meaning, from_1904=self._from_1904)
        except (ValueError, OverflowError):
            raise self._place.at(cell=cell.reference).refused(
                _("The cell is formatted as a date, but its number is none."),
                _("Correct the date, or format the cell as a number or as text."),
            ) from None


def number_text(text: str) -> str:
    """A number as a person would write it: 12 and not 12.0, 33.4 and not 33.399999999999999."""
    if text.isascii() and text.removeprefix("-").isdecimal():
        return text
    number = float(text)
    if not isfinite(number):
        raise ValueError(text)
    if number.is_integer() and abs(number) < 10**_EXACT_DIGITS:
        return str(int(number))
    return format(Decimal(repr(number)), "f")
