"""Workbooks as tables: one sheet, cell by cell as it is shown, as far as that can be known."""

from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext as _
from openpyxl.utils.cell import range_boundaries

from incidents.importing.tables.header import Header, no_rows, too_many_rows
from incidents.importing.tables.limits import MAX_ROWS
from incidents.importing.tables.refusal import Place
from incidents.importing.tables.rows import Table, TableOptions, TableRow
from incidents.importing.tables.xlsx_cells import CellTexts
from incidents.importing.tables.xlsx_sheet import RawRow, merged_ranges, read_rows
from incidents.importing.tables.xlsx_strings import SharedStrings
from incidents.importing.tables.xlsx_workbook import Sheet, Workbook

_SHOWN = 5


class XlsxTable(Table):
    """One sheet of a workbook. Hidden sheets, rows and columns are read like any other."""

    format = "xlsx"
    encoding = "utf-8"

    def __init__(self, path: Path, place: Place, options: TableOptions) -> None:
        """Choose the sheet and find the columns. Raises FileRefused."""
        self._path, self._place, self._header_row = path, place, options.header_row
        with Workbook(path, place) as workbook:
            sheet = _chosen(workbook, options.sheet, place)
            self.sheet = sheet.name
            self._part = sheet.part
            self._place = place.at(sheet=sheet.name)
            _refuse_merged_cells(workbook, sheet, self._place, options.header_row)
            self._strings = SharedStrings(workbook.package, workbook.strings_part)
        self._header = self._read_header()
        self.columns = self._header.columns
        if next(self.rows(), None) is None:
            raise no_rows(self._place)

    def rows(self) -> Iterator[TableRow]:
        """Stream the rows that hold something. Raises FileRefused at the first bad one."""
        found = 0
        for number, cells in self._filled_rows():
            if number == self._header.row:
                continue
            texts = _as_list(cells, self._header.width)
            row = self._header.take(texts, self._place.at(row=number))
            if row is None:
                continue
            found += 1
            if found > MAX_ROWS:
                raise too_many_rows(self._place)
            yield row

    def _filled_rows(self) -> Iterator[RawRow]:
        with Workbook(self._path, self._place) as workbook:
            texts = CellTexts(workbook, self._strings, self._place)
            yield from read_rows(
                workbook.package, self._part, texts.text_of, first=self._header_row
            )

    def _read_header(self) -> Header:
        for number, cells in self._filled_rows():
            if number == self._header_row:
                return Header.read(_as_list(cells, 0), self._place, number)
            break
        return Header.read([], self._place, self._header_row)


def _chosen(workbook: Workbook, wanted: str, place: Place) -> Sheet:
    if wanted:
        for sheet in workbook.sheets:
            if sheet.name.strip().casefold() == wanted.strip().casefold():
                return sheet
        raise place.refused(
            _("There is no sheet “%(sheet)s”. The sheets are: %(sheets)s.")
            % {"sheet": wanted, "sheets": _names(workbook.sheets)}
        )
    filled = workbook.filled_sheets()
    if not filled:
        raise place.refused(_("No sheet of the workbook holds anything."))
    if len(filled) > 1:
        raise place.refused(
            _("Several sheets hold something: %(sheets)s.") % {"sheets": _names(filled)},
            _("Say with sheet which one to read."),
        )
    return filled[0]


def _names(sheets: "list[Sheet] | tuple[Sheet, ...]") -> str:
    return ", ".join(f"“{sheet.name}”" for sheet in sheets[:20])


def _refuse_merged_cells(workbook: Workbook, sheet: Sheet, place: Place, header_row: int) -> None:
    """Of merged cells only the first has the value: the other rows would be taken for empty."""
    harmful = [
        merged
        for merged in merged_ranges(workbook.package, sheet.part)
        if _last_row(merged) >= header_row
    ]
    if harmful:
        raise place.refused(
            _("Cells are merged: %(ranges)s (%(number)d in all).")
            % {"ranges": ", ".join(harmful[:_SHOWN]), "number": len(harmful)},
            _("Only the first cell of each has the value. Unmerge them and fill in every cell."),
        )


def _last_row(merged: str) -> int:
    return range_boundaries(merged)[3] or 0


def _as_list(cells: dict[int, str], width: int) -> list[str]:
    texts = [""] * max(width, max(cells, default=-1) + 1)
    for column, text in cells.items():
        texts[column] = text
    return texts
