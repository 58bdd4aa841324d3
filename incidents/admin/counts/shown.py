"""A table of counts as the page shows it: what it counts, and what each number leads to."""

from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from incidents.admin.counts.asked import COLUMN, COLUMNS, ROW, ROWS, UNIT, WORDS, CountForm
from incidents.admin.counts.filters import ACTS
from incidents.counting.dimensions import Bucket
from incidents.counting.table import AGENCIES, UNITS, VICTIMS, VIOLATIONS, Count, Table

MOST_CELLS: Final = 4_000
"""Of a larger table the page shows the totals; the download has all of it."""

_LISTS: Final = {VICTIMS: "victim", AGENCIES: "agency"}


@dataclass(frozen=True, slots=True)
class Cell:
    """One number and the list that it counts."""

    count: Count
    address: str


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table; the last cell is its total."""

    label: str
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Shown:
    """A table with its words."""

    caption: str
    row_label: str
    heads: list[str]
    lines: list[Line]
    totals: list[Cell]
    notes: list[str]
    with_certain: bool


def shown(form: CountForm, table: Table) -> Shown:
    """The table as the page shows it."""
    rows, _columns = form.by()
    wide = len(table.rows) * len(table.columns) > MOST_CELLS
    places = () if wide else range(len(table.columns))
    buckets = [table.columns[place] for place in places]
    lines = [
        Line(
            bucket.label,
            [
                *(
                    Cell(
                        table.cells.get((at, place), Count()),
                        address_of(form, bucket, table.columns[place]),
                    )
                    for place in places
                ),
                Cell(table.of_rows[at], address_of(form, bucket)),
            ],
        )
        for at, bucket in enumerate(table.rows)
    ]
    totals = [
        Cell(table.of_columns[place], address_of(form, None, table.columns[place]))
        for place in places
    ]
    notes = told(form, table)
    if wide:
        notes.append(
            gettext(
                "The table has %(rows)d rows and %(columns)d columns, which is too much for a "
                "page: only the totals of rows stand here. The download has all of it."
            )
            % {"rows": len(table.rows), "columns": len(table.columns)}
        )
    return Shown(
        caption_of(form),
        str(rows.label),
        [bucket.label for bucket in buckets],
        lines,
        [*totals, Cell(table.total, address_of(form))],
        notes,
        table.has_range and form.days().mode == "possible",
    )


def caption_of(form: CountForm) -> str:
    """What is counted, and by what."""
    rows, columns = form.by()
    unit = UNITS[form.counted]
    if columns is None:
        return gettext("%(unit)s by %(rows)s") % {"unit": unit, "rows": rows.label}
    words = {"unit": unit, "rows": rows.label, "columns": columns.label}
    return gettext("%(unit)s by %(rows)s and %(columns)s") % words


def told(form: CountForm, table: Table) -> list[str]:
    """What the numbers count, what they do not, and whether they add up; a sentence each."""
    notes = [_meaning(table.unit)]
    if table.unit == AGENCIES:
        notes.append(
            ngettext(
                "%d violation names no agency and counts for none.",
                "%d violations name no agency and count for none.",
                table.nobody,
            )
            % table.nobody
        )
    notes += _sums(table)
    if form.days().has_range:
        notes.append(
            gettext(
                "An act has the date of its own start, or that of its case where it has none. "
                "Acts whose date nobody knows are in no range of days."
            )
        )
    notes.append(gettext("Counted are the cases that you may know of."))
    return notes


def address_of(form: CountForm, row: Bucket | None = None, column: Bucket | None = None) -> str:
    """The list that a cell counts, or a total where one or both are None."""
    left_out = (UNIT, ROWS, COLUMNS)
    asked = {name: text for name, text in form.parameters().items() if name not in left_out}
    by_rows, by_columns = form.by()
    if row is not None:
        asked |= {ROWS: by_rows.name, ROW: row.code}
    if column is not None and by_columns is not None:
        asked |= {COLUMNS: by_columns.name, COLUMN: column.code}
    if form.counted == VIOLATIONS:
        return f"{reverse('admin:incidents_violation_changelist')}?{urlencode(asked)}"
    page = reverse(f"admin:incidents_{_LISTS[form.counted]}_changelist")
    return f"{page}?{urlencode({ACTS: urlencode(asked)})}"


def other_units(form: CountForm) -> list[tuple[str, str, bool]]:
    """The same question counted in each unit: its name, its address, whether it is this one."""
    asked: dict[str, Any] = {**form.parameters()}
    return [
        (str(label), f"?{urlencode({**asked, UNIT: unit})}", unit == form.counted)
        for unit, label in UNITS.items()
    ]


def has_words(form: CountForm) -> bool:
    """Whether words were searched for."""
    return WORDS in form.parameters()


def _meaning(unit: str) -> str:
    if unit == VIOLATIONS:
        return gettext("Counted are violations: one act against one victim each.")
    if unit == VICTIMS:
        return gettext(
            "Counted are victims, each once in every cell and in every total. A group of people "
            "that stands as one is one."
        )
    return gettext(
        "Counted are agencies alleged to be responsible, each once in every cell and in every "
        "total."
    )


def _sums(table: Table) -> list[str]:
    """That rows or columns do not add up, wherever that is so."""
    why = {
        VIOLATIONS: gettext("an act for which several agencies are named stands in each of them"),
        VICTIMS: gettext("somebody with acts in several of them stands in each"),
        AGENCIES: gettext("an agency with acts in several of them stands in each"),
    }[table.unit]
    notes = []
    if table.sum_of_rows != table.total.number:
        notes.append(
            gettext("The rows add up to %(sum)d, the total is %(total)d: %(why)s.")
            % {"sum": table.sum_of_rows, "total": table.total.number, "why": why}
        )
    if table.sum_of_columns != table.total.number:
        notes.append(
            gettext("The columns add up to %(sum)d, the total is %(total)d: %(why)s.")
            % {"sum": table.sum_of_columns, "total": table.total.number, "why": why}
        )
    return notes
