"""Counting with the tallies: what they hold, and what is added from the facts.

Even objects lie in the cells by months; where a range begins or ends within a month, those facts
of that month are taken off that lie outside of it. Uneven ones are counted from their own facts.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from django.db import connection
from django.db.models import F, Q

from record.models import Fact
from record.models.tally import LONG, OPEN_END, OPEN_START, ORDINARY, Grain
from record.resources import Resource
from record.tallies.covering import (
    UNEVEN,
    Covered,
    Range,
    Times,
    covered,
    is_spanning,
    month_end,
)
from record.where import EVERY_FACT, FACTS, NO_FACT, Where, where_of

if TYPE_CHECKING:
    from record.filter_sets import ParameterSet

_KNOWN: Final = f"NOT (first = {OPEN_START} AND last = {OPEN_END})"


def figures(filters: "ParameterSet", resource: Resource) -> "Figures | None":
    """The counts of a question; None where the tallies do not tell them."""
    asked, sure = covered(filters), covered(filters, certainly=True)
    return None if asked is None or sure is None else Figures(filters, resource, asked, sure)


class Figures:
    """How many objects a question finds, and how many more it would. Each is counted when it is
    asked for; what the cells say of all is read at once."""

    def __init__(
        self, filters: "ParameterSet", resource: Resource, asked: Covered, sure: Covered
    ) -> None:
        self._filters, self._resource = filters, resource
        self._asked, self._sure = asked, sure

    @cached_property
    def count(self) -> int:
        """How many objects are found."""
        if self._asked.times is None:
            return _sum(self._asked, (Grain.EVEN, Grain.WHOLE))
        return self._even[0] + self._uneven[0] - self._cut_off(self._asked)

    @cached_property
    def certain(self) -> int:
        """How many of them lie in the range of dates for certain."""
        if self._asked.times is None:
            return self.count
        return self._even[1] + self._uneven[1] - self._cut_off(self._sure)

    @cached_property
    def undated(self) -> int:
        """How many more would be found but for a date that is not known: none of their facts lies
        in the range, and one that would be asked for has no date."""
        return self._even[2] + self._uneven[2]

    @cached_property
    def _even(self) -> tuple[int, int, int]:
        where, params = node(self._asked)
        unit = self._asked.unit
        sums = ", ".join(
            f"coalesce(sum({unit}) FILTER (WHERE {within(times)}), 0)"
            for times in (self._asked.times, self._sure.times, False)
        )
        # Only our own column names and numbers stand in this text.
        statement = f"""
            SELECT {sums} FROM record_tally WHERE {where} AND grain = {Grain.EVEN}
        """  # noqa: S608
        with connection.cursor() as cursor:
            cursor.execute(statement, params)
            found, surely, undated = cursor.fetchone()
        return int(found), int(surely), int(undated)

    def _cut_off(self, asked: Covered) -> int:
        """How many objects lie in the whole months of a range, and not in the range."""
        outside = edges(asked.times)
        if outside is None:
            return 0
        return objects_of(self._resource, (*_places_and_types(asked), outside))

    @cached_property
    def _uneven(self) -> tuple[int, int, int]:
        """The uneven objects that are found, those surely found, and those undated and not found.
        With the first two those that are cut off as well, although no cell had them."""
        if self._asked.unit not in UNEVEN:
            return 0, 0, 0
        unit = self._resource.fact_column
        parts = {
            "found": self._filters.conditions().where,
            "surely": self._filters.conditions(certainly=True).where,
            "undated": where_of((*_places_and_types(self._asked), _UNDATED)),
            "cut": self._outside(self._asked),
            "surely_cut": self._outside(self._sure),
        }
        values = [value for part in parts.values() for value in part.values]
        near_by = near(self._asked.times)
        # Under the name of the facts, whose conditions these are. Only our own names, numbers and
        # compiled conditions stand in this text.
        statement = f"""
            SELECT count(*) FILTER (WHERE found), count(*) FILTER (WHERE cut),
                count(*) FILTER (WHERE surely), count(*) FILTER (WHERE surely_cut),
                count(*) FILTER (WHERE undated AND NOT found)
            FROM (
                SELECT {", ".join(f"bool_or({part.sql}) AS {name}" for name, part in parts.items())}
                FROM record_unevenfact AS {FACTS}
                WHERE unit = {UNEVEN[self._asked.unit].value} AND dates_differ AND {near_by.sql}
                    AND ({" OR ".join(f"({part.sql})" for part in parts.values())})
                GROUP BY {unit}
            ) AS object
        """  # noqa: S608
        with connection.cursor() as cursor:
            cursor.execute(statement, [*values, *near_by.values, *values])
            found, cut, surely, surely_cut, undated = cursor.fetchone()
        return int(found + cut), int(surely + surely_cut), int(undated)

    def _outside(self, asked: Covered) -> Where:
        outside = edges(asked.times)
        return NO_FACT if outside is None else where_of((*_places_and_types(asked), outside))


def objects_of(resource: Resource, conditions: Iterable[Q]) -> int:
    """How many objects have a fact that meets the conditions."""
    facts = resource.with_object(Fact.objects.filter(*conditions))
    if resource.name == "violations":
        return facts.count()
    return int(facts.values(resource.fact_column).distinct().count())


def _sum(asked: Covered, grains: Sequence[Grain]) -> int:
    return summed(asked, node(asked)[1], grains)


def summed(asked: Covered, params: list[Any], grains: Sequence[Grain]) -> int:
    """The objects in the cells of these types and areas (``params`` as ``node`` has them) and of
    these grains, within the months asked for."""
    # Only our own column names and numbers stand in this text.
    statement = f"""
        SELECT coalesce(sum({asked.unit}), 0) FROM record_tally
        WHERE {_NODE} AND grain IN ({", ".join(str(grain.value) for grain in grains)})
            AND {within(asked.times)}
    """  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return int(cursor.fetchone()[0])


_NODE: Final = "type = ANY (%s) AND area = ANY (%s) AND own = %s AND lacking = %s"


def node(asked: Covered) -> tuple[str, list[Any]]:
    """The condition on the cells of the types and areas asked for."""
    areas = [area.pk for area in asked.areas] or [0]
    types = [type_ for type_, _own in asked.types]
    own = asked.types[0][1]
    return _NODE, [types, areas, own, asked.lacking.value]


def within(times: Times) -> str:
    """The condition on the months of a cell, as SQL; the edges of a range are its whole months."""
    if times is None:
        return "true"
    if isinstance(times, bool):
        return _KNOWN if times else f"NOT ({_KNOWN})"
    if isinstance(times, str):
        if is_spanning(times):
            return f"first / 12 <> last / 12 AND {_KNOWN}"
        year = int(times[:4])
        return f"first / 12 = {year} AND last / 12 = {year} AND first <> last"
    begin, end = times.months
    conditions = [_KNOWN]
    early, late = ("first", "last") if times.certain else ("last", "first")
    if begin is not None:
        conditions.append(f"{early} >= {begin}")
    if end is not None:
        conditions.append(f"{late} <= {end}")
    return " AND ".join(conditions)


def _places_and_types(asked: Covered) -> list[Q]:
    """The types and places asked for, as a condition on facts."""
    conditions = []
    if asked.areas:
        condition = Q()
        for area in asked.areas:
            by_column = area.level != "country"
            condition |= Q(**{area.level: area.pk}) if by_column else Q(areas__overlap=[area.pk])
        conditions.append(condition)
    if asked.lacking:
        conditions.append(Q(**{f"{asked.lacking.name.lower()}__isnull": True}))
    return [*conditions, *of_types(asked)]


def of_types(asked: Covered) -> list[Q]:
    """The types asked for, as a condition on facts; none where there are none."""
    if asked.types == ((0, True),):
        return [Q(type_1__isnull=True)]
    if not asked.of_types:
        return []
    wanted = [type_ for type_, _own in asked.types]
    condition = Q()
    for level in (1, 2, 3):
        condition |= Q(**{f"type_{level}__in": wanted})
    return [condition]


_UNDATED: Final = Q(start_earliest__isnull=True, start_latest__isnull=True)
_OF_ONE_DAY: Final = Q(start_earliest=F("start_latest"))
_LONGER: Final = Q(start_earliest__isnull=True) | Q(start_earliest__lt=F("start_latest"))


def edges(times: Times) -> Q | None:
    """The facts that lie in the whole months of a range, and not in the range; None where there
    can be none.

    Said so that each part is a stretch of an index: of the first days, or of the last days of
    those that are no single day.
    """
    if not isinstance(times, Range) or times.is_of_months:
        return None
    first, last = times.first, times.last
    begin = first and first.replace(day=1)
    end = last and month_end(last)
    found = Q(pk__in=())
    if times.certain:
        if first and first != begin:
            until = Q(start_latest__lte=end) if end else Q()
            found |= Q(start_earliest__gte=begin, start_earliest__lt=first) & until
        if last and last != end:
            found |= _ending(last + timedelta(days=1), end, begun=first)
        return found
    if last and last != end:
        found |= Q(start_earliest__gt=last, start_earliest__lte=end)
    if first and first != begin:
        found |= _ending(begin, first - timedelta(days=1))
    return found


def near(times: Times) -> Where:
    """A condition that all facts meet which lie in the months of a range or are undated, and not
    many others: by it they are found in indexes, which tell nothing of where two days enclose
    a range."""
    if not isinstance(times, Range):
        return EVERY_FACT
    condition = Q()
    if times.first:
        condition &= Q(start_earliest__gte=times.first.replace(day=1) - ORDINARY)
    if times.last:
        condition &= Q(start_earliest__lte=month_end(times.last))
    return where_of((condition | LONG,))


def _ending(first: date | None, last: date | None, *, begun: date | None = None) -> Q:
    """The facts whose last possible day lies from ``first`` to ``last``."""
    day = _OF_ONE_DAY & Q(start_earliest__gte=first, start_earliest__lte=last)
    longer = _LONGER & Q(start_latest__gte=first, start_latest__lte=last)
    if begun:
        day &= Q(start_earliest__gte=begun)
        longer &= Q(start_earliest__gte=begun)
    return day | longer
