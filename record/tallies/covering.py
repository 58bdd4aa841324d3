"""Which questions the tallies answer: the one place where that is decided.

Those that speak of nothing but a type, a place and a date on which something began, in a form
that the cells have. Everything else is counted on the facts.
"""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from record.coded_fields import period_bounds
from record.cursors import ARRANGING
from record.date_question import DateMode
from record.models.tally import UNITS, Lacking, Unit
from record.tallies.cells import month_of
from reference.dates import BUCKET_SPANNING, BUCKET_UNKNOWN
from reference.models.area import Area

if TYPE_CHECKING:
    from record.filter_sets import ParameterSet

UNEVEN: Final = {"incidents": Unit.INCIDENT, "victims": Unit.VICTIM}
"""Those units that may have several dates, and what they are in ``UnevenFact``."""

LEVELS: Final = ("country", "province", "division", "district")
_LACKING: Final = {
    "province": Lacking.PROVINCE,
    "division": Lacking.DIVISION,
    "district": Lacking.DISTRICT,
}
_PLACES: Final = ("area", "province", "division", "district")
_PERIODS: Final = ("month", "year")
ARRANGED: Final = ARRANGING | {"ordering"}
"""Parameters that change nothing of what is found."""

_DATES: Final = ("date_from", "date_to", "date_mode", "date_unknown")


@dataclass(frozen=True, slots=True)
class Range:
    """Days from ``first`` to ``last``, None where open; ``certain``: what surely lies there."""

    first: date | None
    last: date | None
    certain: bool

    @property
    def is_of_months(self) -> bool:
        """Whether it begins and ends with a month, so that months decide."""
        begins = self.first is None or self.first.day == 1
        return begins and (self.last is None or self.last == month_end(self.last))

    @property
    def months(self) -> tuple[int | None, int | None]:
        """The months of its first and last day."""
        return (
            None if self.first is None else month_of(self.first),
            None if self.last is None else month_of(self.last),
        )


Times = Range | str | bool | None
"""What is asked of the date: a range, the code of a bucket that is none, whether it is known at
all (True) or not (False), or nothing."""


@dataclass(frozen=True, slots=True)
class Covered:
    """A question in the terms of the cells."""

    unit: str
    types: tuple[tuple[int, bool], ...]
    areas: tuple[Area, ...]
    lacking: Lacking
    times: Times

    @property
    def of_types(self) -> bool:
        """Whether it asks for a type, or for incidents without any."""
        return self.types != ((0, False),)


def covered(filters: "ParameterSet", *, certainly: bool = False) -> Covered | None:
    """The question of these parameters in the terms of the cells; None where they have none.

    ``certainly``: of what lies in the range of dates for certain.
    """
    unit = filters.resource.name
    values = {name: value for name, value in filters.values.items() if name not in ARRANGED}
    known = {"type", *_PLACES, *_PERIODS, *_DATES}
    if unit not in UNITS or not values.keys() <= known:
        return None
    types = added_types(values.get("type"), unit)
    place = _place({name: values[name] for name in _PLACES if name in values}, unit)
    times = _times(filters, certainly=certainly)
    if types is None or place is None or times == "":
        return None
    return Covered(unit, types, *place, times)


def added_types(value: Any, unit: str) -> tuple[tuple[int, bool], ...] | None:
    """The types asked for, each with whether it is meant alone; None where their counts cannot be
    added up."""
    if value is None:
        return ((0, False),)
    if value.bare:
        return None if value.items else ((0, True),)
    paths = [set(term.path) for term in value.items]
    if not _may_be_added(paths, unit):
        return None
    return tuple((term.pk, False) for term in value.items)


def _may_be_added(paths: Sequence[set[int]], unit: str) -> bool:
    """Whether the counts of these add up: a violation lies in one of them, an incident or a
    victim may lie in several."""
    if len(paths) <= 1:
        return True
    return unit == "violations" and not any(
        one <= other for one in paths for other in paths if one is not other
    )


def _place(given: dict[str, Any], unit: str) -> tuple[tuple[Area, ...], Lacking] | None:
    if not given:
        return (), Lacking.NOTHING
    if len(given) > 1:
        return None
    ((name, value),) = given.items()
    if value.bare:
        lacking = _LACKING.get(name)
        return None if value.items or lacking is None else ((), lacking)
    known = all(area.level in LEVELS for area in value.items)
    if not known or not _may_be_added([set(area.path) for area in value.items], unit):
        return None
    return value.items, Lacking.NOTHING


def _times(filters: "ParameterSet", *, certainly: bool) -> Times:
    """What is asked of the date; an empty text where the cells cannot tell."""
    dates = filters.dates
    periods = [filters.values[name] for name in _PERIODS if name in filters.values]
    if not periods:
        if not dates.has_range:
            return None if dates.unknown is None else not dates.unknown
        if dates.mode is DateMode.ONGOING:
            return ""
        return Range(dates.first, dates.last, certainly or dates.mode is DateMode.CERTAIN)
    if dates.has_range or dates.unknown is not None or len(periods) > 1:
        return ""
    (value,) = periods
    if value.bare or len(value.items) > 1:
        return ""
    (code,) = value.items
    if code == BUCKET_UNKNOWN:
        return False
    bounds = period_bounds(code)
    return Range(*bounds, certain=True) if bounds else code


def month_end(day: date) -> date:
    """The last day of the month a day lies in."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def is_spanning(code: str) -> bool:
    """Whether a bucket is that of dates that lie in no single year."""
    return code == BUCKET_SPANNING
