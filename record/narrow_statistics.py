"""Counts in buckets from the narrow rows of facts, where much is found and no tally tells it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from django.db import connection

from record.filter_sets import Conditions
from record.kept_blocks import counted_by_blocks, in_order
from record.narrow_counting import NarrowCount, Row, columns_of
from record.narrow_facts import tell
from record.tallies.covering import covered
from record.where import where_of

if TYPE_CHECKING:
    from record.questions import Question

MANY: Final = 50_000
"""Of so many objects and more, the narrow rows of all facts are gone through, and not the whole
rows of those that are found."""

APART: Final = 300_000
"""So many objects and more are told apart some thousand at a time."""


def narrow_rows(
    question: "Question", group_by: Sequence[str], conditions: Conditions
) -> list[Row] | None:
    """The values of each bucket as ``Grouping`` has them, how many objects it has and how many
    for certain; None where narrow rows do not tell, or where few are found."""
    columns = columns_of(group_by)
    if columns is None or not tell(conditions) or question.count() < MANY:
        return None
    if (kept := _kept(question, group_by)) is not None:
        return kept
    certain = question.filters.dates.certain() if question.has_range else None
    sure = None if certain is None else where_of((certain,))
    count = NarrowCount(question.unit, columns, conditions.where, sure)
    apart = question.unit != "violations" and question.count() >= APART
    return count.told(_read(count.in_turn() if apart else count.whole(), count.values))


def _kept(question: "Question", group_by: Sequence[str]) -> list[Row] | None:
    """The same of everything there is, or of one province, from what was counted ahead; None where
    something else is asked, or was not counted."""
    asked = covered(question.filters)
    if asked is None or asked.of_types or asked.lacking or asked.times is not None:
        return None
    provinces = [area.pk for area in asked.areas if area.level == "province"]
    if len(provinces) != len(asked.areas) or len(provinces) > 1:
        return None
    ordered = in_order([*group_by, *("province" for _each in provinces)])
    columns = columns_of(ordered) if ordered else None
    if ordered is None or columns is None:
        return None
    count = NarrowCount(question.unit, columns)
    rows = counted_by_blocks(count)
    if rows is None:
        return None
    if provinces:
        rows = [row for row in rows if row[ordered.index("province")] in provinces]
    places = [ordered.index(name) for name in group_by]
    return [
        (tuple([key[place] for place in places]), number, sure)
        for key, number, sure in count.told(rows)
    ]


def _read(statement: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows
