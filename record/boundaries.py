"""Figures by the boundaries of a day: which unit of that day each area of today belonged to.

Records stand under the areas of the gazetteer, and districts are divided: figures before and
after a division can only be compared by the units of one day. An area that was formed later is
counted under the one it was formed out of, and one that was abolished before under the one that
holds its ground. Where these are several, nobody can say which it was, and it is counted apart.
Nothing is drawn again: a unit that gave ground away and still exists is counted as it stands.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Case, F, IntegerField, Q, Value, When
from django.utils.translation import gettext

from record.groupings import GROUPINGS, AreaGrouping, BucketValue
from record.parameters import MAX_LOOKED_UP, ParameterError
from record.succession import succession
from reference.models.area import Area

PLACES: Final = tuple(
    name for name, grouping in GROUPINGS.items() if isinstance(grouping, AreaGrouping)
)
"""The dimensions that the boundaries of a day change."""

UNMAPPED: Final = "unmapped"
"""The code of the bucket of areas of which nobody can say where they belonged."""

_NOWHERE: Final = -1
"""Stands for that bucket among ids of areas."""


@dataclass(frozen=True, slots=True)
class RolledUp:
    """A unit of the day, or None where it cannot be said, and the areas counted under it that did
    not exist then, by code."""

    level: str
    unit: Area | None
    areas: tuple[Area, ...]


class Boundaries:
    """The units of one day. ``units`` gives the id of the unit for that of each area that did not
    exist then, or -1 where nobody can say; all others are their own unit."""

    def __init__(self, day: date, levels: Iterable[str]) -> None:
        """``levels`` are the dimensions asked for. One query, and those of the succession."""
        self.day = day
        dated = Q(valid_from__gt=day) | Q(valid_to__lt=day)
        self._gone = tuple(Area.objects.filter(dated, level__in=levels).order_by("code"))
        self._found = {area.pk: _unit_on(area, day, frozenset()) for area in self._gone}
        self.units: Mapping[int, int] = {
            pk: _NOWHERE if unit is None else unit.pk for pk, unit in self._found.items()
        }

    @property
    def rolled_up(self) -> list[RolledUp]:
        """What was counted under which unit, by its code; what cannot be placed comes last."""
        held: defaultdict[tuple[str, int], list[Area]] = defaultdict(list)
        for area in self._gone:
            held[area.level, self.units[area.pk]].append(area)
        found = [
            RolledUp(level, self._found[areas[0].pk], tuple(areas))
            for (level, _unit), areas in held.items()
        ]
        return sorted(found, key=lambda each: (each.unit is None, each.unit and each.unit.code))

    def tell(self, what: str) -> str:
        """The sentence of a question with the day told too, in the active language."""
        known = {"what": what, "date": self.day.isoformat()}
        return gettext("%(what)s, by the boundaries of %(date)s") % known

    def under(self, unit: int) -> Sequence[Area]:
        """The areas that did not exist on the day and are counted under a unit."""
        return [area for area in self._gone if self.units[area.pk] == unit]


def _unit_on(area: Area, day: date, passed: frozenset[int]) -> Area | None:
    """The one unit of that day which held all of the ground of an area; None where there is none
    or are several. A date that is known roughly lets a unit exist on every day it may have."""
    if area.pk in passed:
        return None
    formed, ended = area.valid_from, area.valid_to
    if (formed is None or formed <= day) and (ended is None or ended >= day):
        return area
    known = succession()
    if formed is not None and formed > day:
        near = [each for each in known.earlier[area.pk] if area.was_formed_after(each)]
    else:
        near = list(known.later[area.pk])
    units = {
        unit.pk if unit else None: unit
        for each in near
        for unit in (_unit_on(each, day, passed | {area.pk}),)
    }
    (only,) = units.values() if len(units) == 1 else (None,)
    return only if only is not None and only.level == area.level else None


class UnitGrouping(AreaGrouping):
    """Areas of one level by the boundaries of a day. ``within``: the ids of the areas of that level
    to which the question is narrowed already; None where it is not."""

    def __init__(
        self, grouping: AreaGrouping, boundaries: Boundaries, within: frozenset[int] | None
    ) -> None:
        super().__init__(grouping.label, grouping.parameter, grouping.unknown)
        self.boundaries, self.within = boundaries, within

    def expression(self) -> Any:
        """The id of the unit; -1 where nobody can say which it was."""
        column = f"{self.parameter}_id"
        moved: defaultdict[int, list[int]] = defaultdict(list)
        for area, unit in self.boundaries.units.items():
            moved[unit].append(area)
        cases = [
            When(**{f"{column}__in": areas}, then=Value(unit)) for unit, areas in moved.items()
        ]
        return Case(*cases, default=F(column), output_field=IntegerField())

    def values(self, raws: Iterable[Any], language: str) -> dict[Any, BucketValue]:
        """The bucket of each unit, which is asked for by all areas that are counted in it."""
        raws = set(raws)
        found = super().values(raws - {_NOWHERE}, language)
        for raw, value in found.items():
            if raw is not None and (moved := self.boundaries.under(raw)):
                own = () if self._is_left_out(raw) else (value.code,)
                found[raw] = _asked_by(value, (*own, *self._codes(moved)))
        if _NOWHERE in raws:
            apart = BucketValue(
                UNMAPPED, gettext("not to be placed by these boundaries"), unknown=True
            )
            nowhere = self.boundaries.under(_NOWHERE)
            of_level = [area for area in nowhere if area.level == self.parameter]
            found[_NOWHERE] = _asked_by(apart, self._codes(of_level))
        return found

    def _codes(self, areas: Iterable[Area]) -> tuple[str, ...]:
        return tuple(area.code for area in areas if not self._is_left_out(area.pk))

    def _is_left_out(self, area: int) -> bool:
        return self.within is not None and area not in self.within


def _asked_by(value: BucketValue, codes: tuple[str, ...]) -> BucketValue:
    return BucketValue(
        value.code,
        value.label,
        value.unknown,
        rank=value.rank,
        asked_by=codes if len(codes) <= MAX_LOOKED_UP else None,
    )


def boundary_errors(group_by: Sequence[str]) -> list[ParameterError]:
    """What is wrong with asking for boundaries of a day where this is grouped by."""
    if any(name in PLACES for name in group_by):
        return []
    message = gettext("This needs a place to group by, one of: %(places)s.")
    return [ParameterError("boundaries", message % {"places": ", ".join(PLACES)})]


def merged(
    rows: Iterable[tuple[tuple[Any, ...], int, int]], positions: Iterable[int], day: Boundaries
) -> list[tuple[tuple[Any, ...], int, int]]:
    """Counts by areas as counts by the units of a day. ``positions`` are those of areas among the
    values grouped by. Only for what lies in one area alone, which may be added up."""
    places = set(positions)
    sums: defaultdict[tuple[Any, ...], list[int]] = defaultdict(lambda: [0, 0])
    for key, count, certain in rows:
        units = tuple(
            day.units.get(raw, raw) if place in places else raw for place, raw in enumerate(key)
        )
        sums[units][0] += count
        sums[units][1] += certain
    return [(key, count, certain) for key, (count, certain) in sums.items()]
