"""Opening a table of whatever kind it is."""

from pathlib import Path

from django.utils.translation import gettext as _

from incidents.importing.tables.csv_table import CsvTable
from incidents.importing.tables.json_table import JsonTable
from incidents.importing.tables.recognising import CSV, XLSX, recognise
from incidents.importing.tables.refusal import Place
from incidents.importing.tables.rows import Table, TableOptions
from incidents.importing.tables.xlsx_table import XlsxTable
from incidents.importing.tables.xlsx_workbook import Workbook


def open_table(path: Path, *, name: str = "", options: TableOptions | None = None) -> Table:
    """Open a file as a table. ``name`` is what its owner calls it; ``path`` need not end alike.

    Raises FileRefused if it is not what its name says, too large, empty or without columns.
    """
    options = options or TableOptions()
    place = Place(name or path.name)
    if options.header_row < 1:
        raise place.refused(
            _("Rows are counted from 1: header_row cannot be %(number)d.")
            % {"number": options.header_row}
        )
    kind = recognise(path, place, wanted=options.format, encoding=options.encoding)
    if kind == CSV:
        return CsvTable(path, place, options)
    if kind == XLSX:
        return XlsxTable(path, place, options)
    return JsonTable(path, place)


def sheets(path: Path, *, name: str = "") -> list[str]:
    """Names of the sheets of a workbook that hold something; none for other kinds of file.

    Raises FileRefused if the file cannot be read.
    """
    place = Place(name or path.name)
    if recognise(path, place) != XLSX:
        return []
    with Workbook(path, place) as workbook:
        return [sheet.name for sheet in workbook.filled_sheets()]
