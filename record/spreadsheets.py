"""Lists as XLSX workbooks. A workbook cannot be written piece by piece to a reader, so it is made
whole in a file first; a list that does not fit, or takes too long, is refused before anything
is sent."""

import re
import tempfile
import time
from collections.abc import Callable, Sequence
from itertools import chain
from typing import IO, Any, Final

from xlsxwriter import Workbook  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from record.columns.column import Column, ColumnType
from record.files import Batches, Sheet, read_lines

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

MAX_ROWS: Final = 1_048_575
"""Rows a worksheet can hold below its header."""

MAX_CHARACTERS: Final = 32_767
"""What a cell can hold, in units of UTF-16: a character outside of the first plane takes two."""

CUT: Final = "… [cut here: a cell holds no more; CSV and NDJSON have the whole text]"

_REPLACEMENT: Final = "\ufffd"

_ILLEGAL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# What XML 1.0 has no room for; one of them makes the whole workbook unreadable.

Put = Callable[[int, int, str], object]
"""Writes a text into the cell of a row and a column, both from 0."""


class TakesTooLong(Exception):
    """The workbook was not finished in time."""


def write_workbook(sheet: Sheet, batches: Batches, *, seconds: float) -> IO[bytes]:
    """The workbook in a nameless file, read from its start: the list, and a sheet about it.

    Raises TakesTooLong after ``seconds``.
    """
    until = time.monotonic() + seconds
    file = tempfile.TemporaryFile()  # noqa: SIM115 - whoever sends it closes it
    try:
        # The library keeps the rows there until it packs them, and leaves them if that fails.
        with tempfile.TemporaryDirectory(prefix="workbook-") as folder:
            workbook = Workbook(file, {"constant_memory": True, "tmpdir": folder})
            try:
                _write_rows(workbook, sheet, batches, until)
                _write_about(workbook, sheet)
                # Packing takes time too: not to be begun when there is none left.
                _check(until)
                workbook.close()
            finally:
                _let_go(workbook)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return file


def _write_rows(workbook: Workbook, sheet: Sheet, batches: Batches, until: float) -> None:
    rows = workbook.add_worksheet(sheet.kind.plural)
    rows.freeze_panes(1, 1)
    # Left to itself, a program lays out Urdu that begins with a figure the wrong way.
    turned = workbook.add_format({"reading_order": 2})
    puts = [(place, _put(rows, column, turned)) for place, column in _chosen(sheet)]
    for number, column in enumerate(sheet.columns):
        rows.write_string(0, number, column.name)
    written = 0
    for batch in batches:
        for cells in read_lines(batch):
            written += 1
            for number, (place, put) in enumerate(puts):
                if text := cells[place]:
                    put(written, number, text)
        _check(until)


def _chosen(sheet: Sheet) -> Sequence[tuple[int, Column]]:
    return list(zip(sheet.places, sheet.columns, strict=True))


def _put(rows: Worksheet, column: Column, turned: Any) -> Put:
    if column.type is ColumnType.INTEGER:
        return lambda row, number, text: rows.write_number(row, number, int(text))
    if column.type is ColumnType.NUMBER:
        return lambda row, number, text: rows.write_number(row, number, float(text))
    if column.local:
        return lambda row, number, text: rows.write_string(row, number, _fitting(text), turned)
    return lambda row, number, text: rows.write_string(row, number, _fitting(text))


def _write_about(workbook: Workbook, sheet: Sheet) -> None:
    about = workbook.add_worksheet("about")
    told = ([name, _in_a_cell(value)] for name, value in sheet.about.items())
    head = ["column", "label", "meaning", "type", "vocabulary", "unit"]
    described = (_described(column) for column in sheet.columns)
    for row, cells in enumerate(chain(told, [[]], [head], described)):
        for number, cell in enumerate(cells):
            if text := str(cell):
                about.write_string(row, number, _fitting(text))


def _in_a_cell(value: Any) -> Any:
    return "; ".join(map(str, value)) if isinstance(value, list) else value


def _check(until: float) -> None:
    if time.monotonic() > until:
        raise TakesTooLong


def _let_go(workbook: Any) -> None:
    """Close the files of rows, so that nothing is open behind a workbook that was given up."""
    for sheet in workbook.worksheets():
        sheet._opt_close()


def _described(column: Column) -> Sequence[Any]:
    return (
        column.name,
        column.label,
        column.meaning,
        column.type,
        column.vocabulary,
        column.unit,
    )


def _fitting(text: str) -> str:
    """A text that the format can hold: it has no control characters and a limit of length."""
    text = _ILLEGAL.sub(_REPLACEMENT, text)
    if 2 * len(text) <= MAX_CHARACTERS:
        return text
    units = text.encode("utf-16-le")
    if len(units) <= 2 * MAX_CHARACTERS:
        return text
    kept = units[: 2 * (MAX_CHARACTERS - len(CUT))]
    # Where the cut goes through a character, it is left out whole.
    return kept.decode("utf-16-le", errors="ignore") + CUT
