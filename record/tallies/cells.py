"""Where an object is counted: a pure function from its facts to the cells it adds one to.

An object is counted once in each cell, however many of its facts lie there. ``making.py`` says
the same in SQL, for all facts at once; a test holds the two equal.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from record.models.tally import OPEN_END, OPEN_START, SEVERAL_YEARS, Grain, Lacking

_LEVELS_THAT_LACK = (Lacking.PROVINCE, Lacking.DIVISION, Lacking.DISTRICT)

Types = tuple[int | None, int | None, int | None]
Areas = tuple[int | None, int | None, int | None, int | None]
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Counted:
    """A fact as far as tallies know it. ``types`` are the levels of its type, ``areas`` its
    country, province, division and district, ``named`` every area that it lies in."""

    id: int
    incident: int
    violation: int | None
    victim: int | None
    types: Types
    areas: Areas
    named: tuple[int, ...]
    earliest: date | None
    latest: date | None

    @property
    def dates(self) -> tuple[date | None, date | None]:
        """The first and the last day on which it may have begun."""
        return self.earliest, self.latest

    @property
    def is_exact(self) -> bool:
        """Whether it lies in no other area than those of the four levels."""
        return len(self.named) == len(self.areas) - self.areas.count(None)


class Cell(NamedTuple):
    """The key of a row of ``Tally``, in the order of its columns."""

    type: int
    area: int
    own: bool
    lacking: int
    grain: int
    first: int
    last: int


def is_even(facts: Iterable[Counted]) -> bool:
    """Whether all facts of an object have one date."""
    return len({fact.dates for fact in facts}) == 1


def is_settled(facts: Iterable[Counted]) -> bool:
    """Whether all facts of an object have one place."""
    return len({(fact.areas, fact.named) for fact in facts}) == 1


def may_lie_elsewhere(facts: Iterable[Counted]) -> bool:
    """Whether the facts of an object have several places, of which one may be any district."""
    facts = list(facts)
    return not is_settled(facts) and any(fact.areas[-1] is None for fact in facts)


def cells(facts: Iterable[Counted]) -> set[Cell]:
    """The cells that the object with these facts is counted in."""
    facts = list(facts)
    even, settled = is_even(facts), is_settled(facts)
    return {
        Cell(*node, grain, *span)
        for fact in facts
        for node in _nodes(fact.types, fact.areas, settled and fact.is_exact)
        for grain, span in _spans(months(*fact.dates), even)
    }


def _spans(span: Span, even: bool) -> Iterator[tuple[Grain, Span]]:
    """The times under which a fact's object is counted."""
    if even:
        yield Grain.EVEN, span
        return
    yield Grain.WHOLE, (OPEN_START, OPEN_START)
    yield Grain.YEAR, _bucket(span, of_year=True)
    yield Grain.MONTH, _bucket(span, of_year=span[0] != span[1])


def months(earliest: date | None, latest: date | None) -> Span:
    """The months of the first and last possible day, counted from the year 0."""
    return (
        OPEN_START if earliest is None else month_of(earliest),
        OPEN_END if latest is None else month_of(latest),
    )


def month_of(day: date) -> int:
    """The number of the month a day lies in."""
    return day.year * 12 + day.month - 1


def _bucket(span: Span, *, of_year: bool) -> Span:
    first, last = span
    if span == (OPEN_START, OPEN_END) or not of_year:
        return span
    year = first // 12
    return (year * 12, year * 12 + 11) if year == last // 12 else SEVERAL_YEARS


@lru_cache(maxsize=20_000)
def _nodes(types: Types, areas: Areas, alone: bool) -> tuple[tuple[int, int, bool, int], ...]:
    """Where a fact is counted as to type and place; ``alone``: also in the one area that is known
    of it."""
    return tuple(
        (type_, area, own, lacking)
        for type_, own in _type_nodes(types)
        for area, lacking in _area_nodes(areas, alone)
    )


def _type_nodes(types: Types) -> list[tuple[int, bool]]:
    """Any type, each level of this one, and the type itself where it may have narrower ones."""
    levels = [type_ for type_ in types if type_ is not None]
    nodes = [(0, False), *((type_, False) for type_ in levels)]
    return nodes if len(levels) == len(types) else [*nodes, (levels[-1] if levels else 0, True)]


def _area_nodes(areas: Areas, alone: bool) -> list[tuple[int, int]]:
    """Anywhere and each level, and, in each of these, the narrower levels that are not known;
    then the area ``alone``, where nothing narrower is known of a place without a district."""
    nodes = []
    for depth, area in enumerate((0, *areas)):
        if area is None:
            continue
        nodes.append((area, int(Lacking.NOTHING)))
        nodes += [
            (area, int(lacking))
            for level, lacking in enumerate(_LEVELS_THAT_LACK, start=2)
            if level > depth and areas[level - 1] is None
        ]
    if alone and areas[-1] is None:
        narrowest = next((area for area in reversed(areas) if area is not None), 0)
        nodes.append((narrowest, int(Lacking.NARROWER)))
    return nodes
