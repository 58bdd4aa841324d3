"""Who is on which list: the table that multiple systems estimation starts from.

How many people were harmed in all can be estimated from how much the lists of several bodies
overlap: the fewer of those on one list are on another, the more are on none. That needs one row
for each person, and for each list a figure:

- ``1``: a row of the list documents the person.
- ``0``: the list could have documented the person and did not.
- ``NA``: it could not have, since none of the violations lies in the period, the areas and the
  types that the list covers. Such a person says nothing about how complete the list is, and a 0
  in this place would make the estimate too high.

A list covers a violation unless it is certain that it does not: an unknown date, place or kind
excludes nothing, and a place or kind known only broadly excludes nothing within it. The date is
that of the start. People who were merged are one row, on all the lists of both.

The strata are those of the first violation whose date is known: estimates are made within them,
since the more a group is visible, the more lists it is on. No name is in the table: a person is
the number of the case file, which the public never sees.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Self

from django.db.models import Exists, OuterRef, QuerySet

from incidents.models import ListRow, Merger, Person, SourceList, Violation
from reference.models import Area, Term

STRATA: Final = ("year", "province", "type", "sex", "age_group", "unit")
"""Year of the first violation, code of its province, code of its type at the top of the list of
types, sex, age group, and whether the row is one person or a group."""

ON_LIST, NOT_ON_LIST, NOT_APPLICABLE = "1", "0", "NA"
UNKNOWN: Final = "unknown"
LIST_PREFIX: Final = "list_"
"""Before the short name of a list, so that no list is called like a stratum."""

_CHUNK = 2_000
_PERSON = Person._meta.model_name

Path = tuple[int, ...]
"""Ids from the top of a tree down to an area or term; empty if it is not known."""


class UnknownList(Exception):
    """There is no list of this short name. ``str()`` names it."""


class EmptyList(Exception):
    """Nothing of the list of this short name is in the case file. ``str()`` names it."""


def lists_named(codes: Sequence[str] = ()) -> list[SourceList]:
    """The lists with these short names, or all that were brought in, in the order of their names.

    A list without rows, never brought in or undone, would say 0 of everybody: it is none here.
    Raises UnknownList and EmptyList.
    """
    lists = list(
        SourceList.objects.annotate(holds=Exists(ListRow.objects.filter(list=OuterRef("pk"))))
        .prefetch_related("covers_areas", "covers_types")
        .order_by("code")
    )
    held: list[SourceList] = [each for each in lists if each.holds]
    if not codes:
        return held
    if missing := sorted(set(codes) - {each.code for each in lists}):
        raise UnknownList(", ".join(missing))
    if empty := sorted(set(codes) - {each.code for each in held}):
        raise EmptyList(", ".join(empty))
    return [each for each in held if each.code in codes]


def columns(lists: Iterable[SourceList]) -> tuple[str, ...]:
    """Names of the columns of the matrix."""
    return ("person", *(f"{LIST_PREFIX}{each.code}" for each in lists), *STRATA)


def rows(lists: Sequence[SourceList], *, chunk: int = _CHUNK) -> Iterator[tuple[str, ...]]:
    """Stream one row a victim, by their numbers; restricted cases are included.

    ``chunk`` people are in memory at a time, with five queries for them, however many lists.
    """
    coverages = [_Coverage.of(each) for each in lists]
    trees = _Trees.read()
    for people in _chunks(_victims(), chunk):
        numbers = [person.pk for person in people]
        violations = _violations(numbers)
        documented = _documented(numbers, lists)
        for person in people:
            theirs = violations[person.pk]
            figures = (_figure(each, documented[person.pk], theirs) for each in coverages)
            yield (str(person.pk), *figures, *_strata(person, theirs, trees))


@dataclass(frozen=True, slots=True)
class _Violation:
    """What of a violation decides whether a list covers it, and in which stratum it is."""

    earliest: date | None
    latest: date | None
    area: Path
    type: Path
    age_group: str

    @property
    def order(self) -> tuple[bool, date]:
        """Sorts by date, the undated last."""
        bound = self.earliest or self.latest
        return bound is None, bound or date.max

    @property
    def year(self) -> str:
        if self.earliest and self.latest and self.earliest.year == self.latest.year:
            return str(self.earliest.year)
        return UNKNOWN


@dataclass(frozen=True, slots=True)
class _Coverage:
    """Whom a list could have documented. Nothing known is everybody."""

    list_id: int
    earliest: date | None
    latest: date | None
    areas: tuple[Path, ...]
    types: tuple[Path, ...]

    @classmethod
    def of(cls, source_list: SourceList) -> Self:
        return cls(
            source_list.pk,
            source_list.covers_earliest,
            source_list.covers_latest,
            tuple(tuple(area.path) for area in source_list.covers_areas.all()),
            tuple(tuple(term.path) for term in source_list.covers_types.all()),
        )

    def could_hold(self, violation: _Violation) -> bool:
        """Whether it is possible that the violation lies within all that the list covers."""
        if self.earliest and violation.latest and violation.latest < self.earliest:
            return False
        if self.latest and violation.earliest and violation.earliest > self.latest:
            return False
        return _may_lie_in(violation.area, self.areas) and _may_lie_in(violation.type, self.types)


@dataclass(frozen=True)
class _Trees:
    """Codes of the provinces and of the types at the top, by id."""

    provinces: dict[int, str]
    types: dict[int, str]

    @classmethod
    def read(cls) -> Self:
        tops = Term.objects.of("violation-type").filter(parent=None)
        return cls(
            dict(Area.objects.at_level(Area.Level.PROVINCE).values_list("pk", "code")),
            dict(tops.values_list("pk", "code")),
        )


def _may_lie_in(path: Path, covered: tuple[Path, ...]) -> bool:
    """Whether the place or kind is inside one that is covered, or known only more broadly."""
    if not path or not covered:
        return True
    return any(path[: len(each)] == each[: len(path)] for each in covered)


def _figure(coverage: _Coverage, documented: set[int], theirs: Sequence[_Violation]) -> str:
    if coverage.list_id in documented:
        return ON_LIST
    covered = any(coverage.could_hold(violation) for violation in theirs)
    return NOT_ON_LIST if covered else NOT_APPLICABLE


def _strata(person: Person, theirs: Sequence[_Violation], trees: _Trees) -> tuple[str, ...]:
    first = min(theirs, key=lambda violation: violation.order)
    province = next((trees.provinces[pk] for pk in first.area if pk in trees.provinces), UNKNOWN)
    return (
        first.year,
        province,
        trees.types.get(first.type[0], UNKNOWN),
        person.sex.code,
        first.age_group,
        person.unit.code,
    )


def _victims() -> QuerySet[Person]:
    """People to whom something was done; one who was merged into another is nobody any more."""
    merged = Merger.objects.standing().filter(loser=OuterRef("pk"))
    return (
        Person.objects.filter(Exists(Violation.objects.filter(person=OuterRef("pk"))))
        .exclude(Exists(merged))
        .select_related("sex", "unit")
        .only("pk", "sex__code", "unit__code")
        .order_by("pk")
    )


def _chunks(people: QuerySet[Person], size: int) -> Iterator[list[Person]]:
    last = 0
    while chunk := list(people.filter(pk__gt=last)[:size]):
        yield chunk
        last = chunk[-1].pk


def _violations(people: Sequence[int]) -> dict[int, list[_Violation]]:
    """Person → violations; a start or place that is left empty is that of the incident."""
    found: dict[int, list[_Violation]] = defaultdict(list)
    values = (
        Violation.objects.filter(person__in=people)
        .order_by("pk")
        .values_list(
            "person_id",
            "start_earliest",
            "start_latest",
            "incident__date_earliest",
            "incident__date_latest",
            "area__path",
            "incident__area__path",
            "type__path",
            "age_group__code",
        )
    )
    for person, start, end, day, last_day, area, incident_area, kind, age_group in values:
        dated = (start, end) if start or end else (day, last_day)
        path = tuple(area or incident_area or ())
        found[person].append(_Violation(*dated, path, tuple(kind), age_group))
    return found


def _documented(people: Sequence[int], lists: Sequence[SourceList]) -> dict[int, set[int]]:
    """Person → ids of the lists with a row on them.

    A row that is a whole incident documents everybody whom it brought, not only the person whom
    it names first.
    """
    found: dict[int, set[int]] = defaultdict(set)
    held = ListRow.objects.filter(person__in=people, list__in=lists).order_by()
    for person, source_list in held.values_list("person_id", "list_id").distinct():
        if person is not None:
            found[person].add(source_list)
    own = {person: person for person in people} | _merged_into(people)
    told = Violation.objects.filter(person__in=people).values("incident")
    brought = ListRow.objects.filter(case__incident__in=told, list__in=lists).order_by()
    for source_list, made in brought.values_list("list_id", "made").iterator():
        for model, number in made.values():
            if model == _PERSON and number in own:
                found[own[number]].add(source_list)
    return found


def _merged_into(people: Sequence[int]) -> dict[int, int]:
    """Number of whoever was merged into one of these people, also by way of others → theirs."""
    found: dict[int, int] = {}
    standing = Merger.objects.standing()
    survivors = {person: person for person in people}
    while survivors:
        merged = standing.filter(survivor__in=survivors).values_list("loser_id", "survivor_id")
        survivors = {loser: survivors[survivor] for loser, survivor in merged if loser not in found}
        found |= survivors
    return found
