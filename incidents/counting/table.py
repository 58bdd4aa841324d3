"""Tables of counts. What is counted is said with every table, each thing once in each cell and in
each total: a victim of two acts is one victim, be it in two rows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BooleanField, ExpressionWrapper, F, QuerySet
from django.db.models import Value as Literal
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from incidents.counting.dates import Days
from incidents.counting.dimensions import Bucket, Dimension, agencies_of_acts
from incidents.models import StaffMember

VIOLATIONS, VICTIMS, AGENCIES = "violations", "victims", "agencies"

UNITS: Final[Mapping[str, Promise | str]] = {
    VIOLATIONS: _("violations"),
    VICTIMS: _("victims"),
    AGENCIES: _("agencies alleged responsible"),
}
"""What can be counted."""


@dataclass(frozen=True, slots=True)
class Count:
    """How many, and how many of them for certain where days were asked for."""

    number: int = 0
    certain: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """Counts by one thing, or by two. Places in ``cells`` are numbers of rows and columns.

    ``nobody`` are the acts that count for none because no agency is named (0 for other units).
    """

    unit: str
    rows: tuple[Bucket, ...]
    columns: tuple[Bucket, ...]
    cells: Mapping[tuple[int, int], Count]
    of_rows: tuple[Count, ...]
    of_columns: tuple[Count, ...]
    total: Count
    nobody: int = 0
    has_range: bool = field(default=False)

    @property
    def sum_of_rows(self) -> int:
        """What the totals of rows add up to: more than the total where something stands in
        several rows."""
        return sum(each.number for each in self.of_rows)

    @property
    def sum_of_columns(self) -> int:
        """The same of columns; the total itself where there are none."""
        if not self.columns:
            return self.total.number
        return sum(each.number for each in self.of_columns)


def count(
    acts: QuerySet[Any],
    rows: Dimension,
    columns: Dimension | None,
    unit: str,
    *,
    days: Days,
    member: StaffMember,
) -> Table:
    """Count what is told by ``acts``, as ``counting.dates.dated`` gives them. One query, and at
    most one for the labels of rows and of columns each."""
    found = _counted(_parts(acts, rows, columns, unit, days, member), columns is not None)
    of_rows = _placed(rows, {key[0] for key, level in found if level == _ROWS})
    of_columns = (
        _placed(columns, {key[1] for key, level in found if level == _COLUMNS}) if columns else {}
    )
    row_list, column_list = _in_order(of_rows), _in_order(of_columns)
    row_at = {key: row_list.index(bucket) for key, bucket in of_rows.items()}
    column_at = {key: column_list.index(bucket) for key, bucket in of_columns.items()}
    cells: dict[tuple[int, int], Count] = {}
    row_totals = [Count()] * len(row_list)
    column_totals = [Count()] * len(column_list)
    total, nobody = Count(), 0
    for ((row, column), level), (counted, nameless) in found.items():
        if level == _ALL:
            total, nobody = counted, nameless
        elif level == _ROWS:
            row_totals[row_at[row]] = counted
        elif level == _COLUMNS:
            column_totals[column_at[column]] = counted
        else:
            cells[row_at[row], column_at[column]] = counted
    return Table(
        unit,
        tuple(row_list),
        tuple(column_list),
        cells,
        tuple(row_totals),
        tuple(column_totals),
        total,
        nobody if unit == AGENCIES else 0,
        days.has_range,
    )


_CELLS, _ROWS, _COLUMNS, _ALL = 0, 1, 2, 3
"""PostgreSQL's GROUPING (row, column): the bit of what a line is not grouped by is set."""

_Found = dict[tuple[tuple[Any, Any], int], tuple[Count, int]]


def _parts(
    acts: QuerySet[Any],
    rows: Dimension,
    columns: Dimension | None,
    unit: str,
    days: Days,
    member: StaffMember,
) -> QuerySet[Any, Any]:
    """Row, column, what is counted, and whether it surely lies in the days; of one act several
    lines where it has several agencies."""
    sure = days.certain()
    counted = {VIOLATIONS: F("pk"), VICTIMS: F("person_id"), AGENCIES: agencies_of_acts()}[unit]
    annotated = acts.order_by().annotate(
        bucket_row=rows.expression(member),
        bucket_column=columns.expression(member) if columns else Literal(0),
        counted=counted,
        act=F("pk"),
        surely=Literal(True)
        if sure is None
        else ExpressionWrapper(sure, output_field=BooleanField()),
    )
    parts: QuerySet[Any, Any] = annotated.values_list(
        "bucket_row", "bucket_column", "counted", "act", "surely"
    )
    return parts


def _counted(parts: QuerySet[Any, Any], has_columns: bool) -> _Found:
    sets = "(r, c), (r), (c), ()" if has_columns else "(r), ()"
    grouping = "GROUPING(r, c)" if has_columns else "GROUPING(r) * 2 + 1"
    column = "c" if has_columns else "NULL"
    try:
        sql, values = parts.query.get_compiler(connection=connection).as_sql()
    except EmptyResultSet:
        return {((None, None), _ALL): (Count(), 0)}
    # Only our own names and a compiled query stand in this text.
    statement = (
        f"SELECT r, {column}, {grouping}, count(DISTINCT counted),"  # noqa: S608
        " count(DISTINCT counted) FILTER (WHERE surely),"
        " count(DISTINCT act) FILTER (WHERE counted IS NULL)"
        f" FROM ({sql}) AS parts (r, c, counted, act, surely) GROUP BY GROUPING SETS ({sets})"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return {
            ((row, column), level): (Count(number, certain), nameless)
            for row, column, level, number, certain, nameless in cursor
        }


def _placed(dimension: Dimension, values: set[Any]) -> dict[Any, Bucket]:
    """The buckets of what was found, and that of the unknown."""
    known = dimension.buckets(values)
    return {value: known[value] for value in (*values, None) if value in known}


def _in_order(buckets: Mapping[Any, Bucket]) -> list[Bucket]:
    return sorted(set(buckets.values()), key=lambda each: (each.unknown, each.rank))
