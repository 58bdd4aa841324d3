"""Lists as XLSX workbooks. A workbook cannot be written piece by piece to a reader, so it is made
whole in a file first; a list that does not fit, or takes too long, is refused before anything
is sent."""

import json
import re
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import IO, Any, Final

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment

from record.column_kinds import Column, Value
from record.files import Batches, Sheet, cell

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

MAX_ROWS: Final = 1_048_575
"""Rows a worksheet can hold below its header."""

MAX_CHARACTERS: Final = 32_767
"""What a cell can hold, in units of UTF-16: a character outside of the first plane takes two."""

CUT: Final = "… [cut here: a cell holds no more; CSV and NDJSON have the whole text]"

_RIGHT_TO_LEFT: Final = Alignment(readingOrder=2)
_REPLACEMENT: Final = "\ufffd"

_ILLEGAL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# What XML 1.0 has no room for; one of them makes the whole workbook unreadable.


class TakesTooLong(Exception):
    """The workbook was not finished in time."""


def write_workbook(sheet: Sheet, batches: Batches, *, seconds: float) -> IO[bytes]:
    """The workbook in a nameless file, read from its start: the list, and a sheet about it.

    Raises TakesTooLong after ``seconds``.
    """
    until = time.monotonic() + seconds
    workbook = Workbook(write_only=True)
    file = tempfile.TemporaryFile()  # noqa: SIM115 - whoever sends it closes it
    try:
        with closing(workbook):
            _write_rows(workbook, sheet, batches, until)
            _write_about(workbook, sheet)
            # Packing takes time too: not to be begun when there is none left.
            _check(until)
            workbook.save(file)
    except BaseException:
        file.close()
        _clear_up(workbook)
        raise
    file.seek(0)
    return file


def _write_rows(workbook: Workbook, sheet: Sheet, batches: Batches, until: float) -> None:
    rows = workbook.create_sheet(sheet.kind.plural)
    rows.freeze_panes = "B2"
    rows.append([column.name for column in sheet.columns])
    for batch in batches:
        for document in batch:
            rows.append(list(_cells(rows, sheet, json.loads(document))))
        _check(until)


def _write_about(workbook: Workbook, sheet: Sheet) -> None:
    about = workbook.create_sheet("about")
    for name, value in sheet.about.items():
        about.append([name, _fitting(str(value))])
    about.append([])
    about.append(["column", "label", "meaning", "type", "vocabulary", "unit"])
    for column in sheet.columns:
        about.append([_fitting(str(part)) for part in _described(column)])


def _check(until: float) -> None:
    if time.monotonic() > until:
        raise TakesTooLong


def _clear_up(workbook: Any) -> None:
    """Remove the files in which the library keeps the sheets of a workbook until it is saved; it
    would keep them until the server ends."""
    for sheet in workbook.worksheets:
        writer = sheet._writer
        if writer is None or not Path(writer.out).exists():
            continue
        if not sheet.closed:
            with suppress(Exception):  # what failed may fail again, and the file has to go
                sheet.close()
        writer.cleanup()


def _described(column: Column) -> tuple[Any, ...]:
    return (
        column.name,
        column.label,
        column.meaning,
        column.type,
        column.vocabulary,
        column.unit,
    )


def _cells(rows: Any, sheet: Sheet, document: Any) -> Iterator[Any]:
    for column in sheet.columns:
        value = _fitting(cell(column.read(document)))
        if column.local and value:
            # Left to itself, a program lays out Urdu that begins with a figure the wrong way.
            turned = WriteOnlyCell(rows, value)
            turned.alignment = _RIGHT_TO_LEFT
            yield turned
        else:
            yield value


def _fitting(value: Value) -> Value:
    """A text that the format can hold: it has no control characters and a limit of length."""
    if not isinstance(value, str):
        return value
    text = _ILLEGAL.sub(_REPLACEMENT, value)
    units = text.encode("utf-16-le")
    if len(units) <= 2 * MAX_CHARACTERS:
        return text
    kept = units[: 2 * (MAX_CHARACTERS - len(CUT))]
    # Where the cut goes through a character, it is left out whole.
    return kept.decode("utf-16-le", errors="ignore") + CUT
