"""Counting with the tallies: what they hold, and what is added from the facts.

Even objects lie in the cells by months; where a range begins or ends within a month, those facts
of that month are taken off that lie outside of it. Uneven ones are counted from their own facts.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final

from django.db import connection
from django.db.models import Count, F, Q, QuerySet

from record.filter_sets import Conditions
from record.models import Fact
from record.models.tally import OPEN_END, OPEN_START, Grain, UnevenFact, Unit
from record.resources import Resource
from record.tallies.covering import Covered, Range, Times, is_spanning, month_end

_UNEVEN: Final = {"incidents": Unit.INCIDENT, "victims": Unit.VICTIM}
_KNOWN: Final = f"NOT (first = {OPEN_START} AND last = {OPEN_END})"


def count(asked: Covered, resource: Resource, conditions: Conditions) -> int:
    """How many objects are found. ``conditions`` are the same question's, for single facts."""
    grains = (Grain.EVEN, Grain.WHOLE) if asked.times is None else (Grain.EVEN,)
    found = _sum(asked, grains)
    if asked.times is None:
        return found
    edges = _edges(asked.times)
    if edges is not None:
        places = _places_and_types(asked)
        outside = Fact.objects.filter(*places, edges)
        if resource.name != "incidents":
            outside = resource.with_object(outside)
        found -= _objects(outside, resource)
    if asked.unit in _UNEVEN:
        found += _uneven(asked, resource, conditions, edges)
    return found


def _uneven(asked: Covered, resource: Resource, conditions: Conditions, edges: Q | None) -> int:
    """The uneven objects that are found, and those taken off above although no cell had them."""
    unit = resource.fact_column
    wanted = found = Q(*conditions.facts)
    counts = {"found": Count(unit, distinct=True, filter=found)}
    if edges is not None:
        outside = Q(*_places_and_types(asked), edges)
        wanted = found | outside
        counts["taken_off"] = Count(unit, distinct=True, filter=outside)
    facts = UnevenFact.objects.filter(wanted, unit=_UNEVEN[asked.unit])
    return sum(int(number) for number in facts.aggregate(**counts).values())


def _objects(facts: QuerySet[Fact], resource: Resource) -> int:
    if resource.name == "violations":
        return facts.count()
    return int(facts.values(resource.fact_column).distinct().count())


def _sum(asked: Covered, grains: Sequence[Grain]) -> int:
    where, params = node(asked)
    # Only our own column names and numbers stand in this text.
    statement = f"""
        SELECT coalesce(sum({asked.unit}), 0) FROM record_tally
        WHERE {where} AND grain IN ({", ".join(str(grain.value) for grain in grains)})
            AND {within(asked.times)}
    """  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return int(cursor.fetchone()[0])


def node(asked: Covered) -> tuple[str, list[Any]]:
    """The condition on the cells of the types and areas asked for."""
    areas = [area.pk for area in asked.areas] or [0]
    types = [type_ for type_, _own in asked.types]
    own = asked.types[0][1]
    where = "type = ANY (%s) AND area = ANY (%s) AND own = %s AND lacking = %s"
    return where, [types, areas, own, asked.lacking.value]


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
    if asked.types == ((0, True),):
        conditions.append(Q(type_1__isnull=True))
    elif asked.of_types:
        wanted = [type_ for type_, _own in asked.types]
        condition = Q()
        for level in (1, 2, 3):
            condition |= Q(**{f"type_{level}__in": wanted})
        conditions.append(condition)
    return conditions


_OF_ONE_DAY: Final = Q(start_earliest=F("start_latest"))
_LONGER: Final = Q(start_earliest__isnull=True) | Q(start_earliest__lt=F("start_latest"))


def _edges(times: Times) -> Q | None:
    """The facts that lie in the whole months of a range, and not in the range; None for none.

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


def _ending(first: date | None, last: date | None, *, begun: date | None = None) -> Q:
    """The facts whose last possible day lies from ``first`` to ``last``."""
    day = _OF_ONE_DAY & Q(start_earliest__gte=first, start_earliest__lte=last)
    longer = _LONGER & Q(start_latest__gte=first, start_latest__lte=last)
    if begun:
        day &= Q(start_earliest__gte=begun)
        longer &= Q(start_earliest__gte=begun)
    return day | longer
