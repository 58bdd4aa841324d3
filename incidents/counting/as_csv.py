"""A table of counts as CSV for a spreadsheet."""

import csv
from typing import IO, Final

from django.utils.translation import gettext as _

from incidents.counting.dimensions import Dimension
from incidents.counting.table import UNITS, Count, Table
from record.rows import harmless

_MARK: Final = "\ufeff"


def write_table(
    table: Table, rows: Dimension, columns: Dimension | None, stream: IO[str], notes: list[str]
) -> None:
    """Write a table as it stands on the page, each column with the unit it counts; ``notes`` come
    last, a line each. ``stream`` takes text, with newline="".

    It begins with a byte order mark, without which Excel takes Urdu for something else, and no
    cell can be taken for a formula.
    """
    stream.write(_MARK)
    writer = csv.writer(stream)
    unit = str(UNITS[table.unit])
    heads = [f"{unit}: {bucket.label}" for bucket in table.columns] + [_("%s: total") % unit]
    corner = str(rows.label) if columns is None else f"{rows.label} / {columns.label}"
    writer.writerow(_line([corner], heads, table.has_range))
    for at, bucket in enumerate(table.rows):
        counts = [table.cells.get((at, place), Count()) for place in range(len(table.columns))]
        writer.writerow(_numbers(bucket.label, [*counts, table.of_rows[at]], table.has_range))
    writer.writerow(_numbers(_("total"), [*table.of_columns, table.total], table.has_range))
    for note in notes:
        writer.writerow([harmless(note)])


def _line(first: list[str], heads: list[str], has_range: bool) -> list[str]:
    for head in heads:
        first.append(head)
        if has_range:
            first.append(_("%s, for certain") % head)
    return [harmless(cell) for cell in first]


def _numbers(label: str, counts: list[Count], has_range: bool) -> list[str | int]:
    line: list[str | int] = [harmless(label)]
    for each in counts:
        line += [each.number, each.certain] if has_range else [each.number]
    return line
