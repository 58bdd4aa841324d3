"""Counts in buckets from the tallies: by level of area, month or year, type, or two of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection
from django.db.models import Count, Q

from record.filter_sets import Conditions
from record.groupings import GROUPINGS
from record.models.tally import OPEN_END, OPEN_START, Grain, Lacking, UnevenFact
from record.resources import Resource
from record.tallies.asking import within
from record.tallies.covering import LEVELS, UNEVEN, Covered, Range
from reference.dates import BUCKET_SPANNING, BUCKET_UNKNOWN
from reference.vocabularies import terms

Row = tuple[tuple[Any, ...], int, int]

_LEVELS: Final = ("province", "division", "district")
_PERIODS: Final = {"month": Grain.MONTH, "year": Grain.YEAR}
_TYPES: Final = ("type", "type_group")
_FAMILIES: Final = {
    **dict.fromkeys(_LEVELS, "place"),
    **dict.fromkeys(_PERIODS, "period"),
    **dict.fromkeys(_TYPES, "type"),
}

_UNKNOWN, _SPANNING = -1, -2
_IN_YEARS: Final = f"""
    CASE WHEN first = {OPEN_START} AND last = {OPEN_END} THEN {_UNKNOWN}
        WHEN first / 12 <> last / 12 THEN {_SPANNING}
        ELSE first / 12 * 100 {{}} END
"""
_BUCKETS: Final = {
    "year": _IN_YEARS.format(""),
    "month": _IN_YEARS.format("+ CASE WHEN first = last THEN first %% 12 + 1 ELSE 0 END"),
}
"""Years and months as whole numbers, 202310 for October 2023, which sort and group faster than
texts do; ``_period`` gives their codes."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A dimension in the terms of the cells: what to select, and the cells to select it from."""

    column: str
    condition: str
    params: tuple[Any, ...]


def grouped(
    asked: Covered,
    sure: Covered,
    group_by: Sequence[str],
    resource: Resource,
    conditions: Conditions,
    certainly: Conditions,
) -> list[Row] | None:
    """The values of each bucket, how many objects it has and how many for certain; None where the
    cells do not tell. ``sure`` and ``certainly`` are the question of what is certain."""
    parts = _parts(asked, group_by)
    if parts is None:
        return None
    counted = _from_cells(asked, sure, group_by, parts)
    if asked.times is not None and asked.unit in UNEVEN:
        return _added(counted, _from_uneven(group_by, resource, conditions, certainly))
    return counted


def tells(asked: Covered, group_by: Sequence[str]) -> bool:
    """Whether the cells tell the buckets of a question."""
    return _parts(asked, group_by) is not None


def _parts(asked: Covered, group_by: Sequence[str]) -> list[_Part] | None:
    families = [_FAMILIES.get(name) for name in group_by]
    if None in families or len(set(families)) < len(families):
        return None
    times = asked.times
    if isinstance(times, str) or (isinstance(times, Range) and not times.is_of_months):
        return None
    place, kind = _place_part(asked, group_by), _type_part(asked, group_by)
    if place is None or kind is None:
        return None
    period = next((name for name in group_by if name in _PERIODS), None)
    by_name = {
        **dict.fromkeys(_LEVELS, place),
        **dict.fromkeys(_TYPES, kind),
        **{name: _Part(_BUCKETS[name], "true", ()) for name in _PERIODS},
    }
    rest = [each for each in (place, kind) if each.column == "NULL"]
    grain = _Part("NULL", f"grain IN ({Grain.EVEN}, {_PERIODS.get(period or '', Grain.WHOLE)})", ())
    if times is not None:
        grain = _Part("NULL", f"grain = {Grain.EVEN}", ())
    return [*(by_name[name] for name in group_by), *rest, grain]


def _place_part(asked: Covered, group_by: Sequence[str]) -> _Part | None:
    level = next((name for name in group_by if name in _LEVELS), None)
    if len(asked.areas) > 1:
        return None
    within_area = asked.areas[0] if asked.areas else None
    number = within_area.pk if within_area else 0
    if level is None:
        return _Part("NULL", "area = %s AND lacking = %s", (number, asked.lacking.value))
    if asked.lacking or (within_area and LEVELS.index(within_area.level) > LEVELS.index(level)):
        return None
    lacking = Lacking[level.upper()].value
    return _Part(
        "CASE WHEN lacking = 0 THEN area END",
        """(lacking = 0 AND area = ANY (ARRAY(
                SELECT id::int FROM reference_area
                WHERE level = %s AND (%s = 0 OR %s = ANY (path))
            )) OR lacking = %s AND area = %s)""",
        (level, number, number, lacking, number),
    )


def _type_part(asked: Covered, group_by: Sequence[str]) -> _Part | None:
    name = next((name for name in group_by if name in _TYPES), None)
    if name is None:
        types, own = [type_ for type_, _own in asked.types], asked.types[0][1]
        if len(types) > 1:
            return None
        return _Part("NULL", "type = ANY (%s) AND own = %s", (types, own))
    if asked.types[0][1] or len(asked.types) > 1 or (name == "type_group" and asked.of_types):
        return None
    number = asked.types[0][0]
    chosen = [
        each for each in terms("violation-type", hidden=True) if not number or number in each.path
    ]
    if name == "type_group":
        whole = [each.pk for each in chosen if len(each.path) == 1]
        own_types = [0]
    else:
        whole = [each.pk for each in chosen if len(each.path) == 3]
        own_types = [each.pk for each in chosen if len(each.path) < 3] + ([] if number else [0])
    return _Part(
        "nullif(type, 0)",
        "(type = ANY (%s) AND NOT own OR type = ANY (%s) AND own)",
        (whole, own_types),
    )


def _from_cells(
    asked: Covered, sure: Covered, group_by: Sequence[str], parts: Sequence[_Part]
) -> list[Row]:
    columns = ", ".join(part.column for part in parts[: len(group_by)])
    positions = ", ".join(str(number) for number in range(1, len(group_by) + 1))
    unit = asked.unit
    certain = f", coalesce(sum({unit}) FILTER (WHERE {within(sure.times)}), 0)"
    # Only our own column names and numbers stand in this text.
    statement = f"""
        SELECT {columns}, sum({unit}) {"" if asked.times is None else certain}
        FROM record_tally
        WHERE {" AND ".join(part.condition for part in parts)} AND {within(asked.times)}
        GROUP BY {positions} HAVING sum({unit}) > 0
    """  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(statement, [param for part in parts for param in part.params])
        rows = cursor.fetchall()
    size = len(group_by)
    period = next((at for at, name in enumerate(group_by) if name in _PERIODS), None)
    if period is None:
        return [(row[:size], row[size], row[-1]) for row in rows]
    # Some hundred periods occur in thousands of rows.
    codes = {
        number: period_code(number, group_by[period]) for number in {row[period] for row in rows}
    }
    if size == 1:
        return [((codes[row[0]],), row[1], row[-1]) for row in rows]
    if period == 0:
        return [((codes[row[0]], row[1]), row[2], row[-1]) for row in rows]
    return [((row[0], codes[row[1]]), row[2], row[-1]) for row in rows]


def period_code(number: int, name: str) -> str:
    """The code of a bucket that the cells gave a number."""
    if number < 0:
        return BUCKET_UNKNOWN if number == _UNKNOWN else BUCKET_SPANNING
    year, month = divmod(number, 100)
    if name == "year":
        return f"{year:04d}"
    return f"{year:04d}-{month:02d}" if month else f"{year:04d}-XX"


def _from_uneven(
    group_by: Sequence[str], resource: Resource, conditions: Conditions, certainly: Conditions
) -> list[Row]:
    unit = resource.fact_column
    columns = {
        f"bucket_{number}": GROUPINGS[name].expression() for number, name in enumerate(group_by)
    }
    rows = (
        UnevenFact.objects.filter(*conditions.facts, unit=UNEVEN[resource.name], dates_differ=True)
        .annotate(**columns)
        .values_list(*columns)
        .annotate(
            possibly=Count(unit, distinct=True),
            surely=Count(unit, distinct=True, filter=Q(*certainly.facts)),
        )
    )
    return [(tuple(row[:-2]), row[-2], row[-1]) for row in rows]


def _added(some: list[Row], others: list[Row]) -> list[Row]:
    sums = {key: (count, certain) for key, count, certain in some}
    for key, count, certain in others:
        before = sums.get(key, (0, 0))
        sums[key] = before[0] + count, before[1] + certain
    return [(key, *counts) for key, counts in sums.items()]
