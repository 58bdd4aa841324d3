"""What the record holds, by kind, year and place, and where it holds nothing.

A zero of this record never says that nothing happened. The record does not yet hold which places
and years somebody searched, so no zero can be told from a gap; whoever shows this says so.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict

from record.kinds import Kind
from record.models.entry import ENTRY_OF
from record.questions import ask
from record.statistics import Statistics
from reference.models import Area

COUNTED_BY = ("district", "year")
"""The dimensions of ``Coverage.found``."""


@dataclass(frozen=True, slots=True)
class SilentDistricts:
    """Districts of a province, as the gazetteer has them today, without any published incident;
    ``all_districts`` is how many the province has."""

    province: Area
    districts: tuple[Area, ...]
    all_districts: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many objects of each kind are published, the incidents by district and year, and where
    there are none."""

    held: Mapping[Kind, int]
    found: Statistics
    silent: tuple[SilentDistricts, ...]


def coverage(language: str | None = None) -> Coverage:
    """Count what is published. A fixed number of queries, whatever is counted."""
    question = ask(Kind.INCIDENT.plural, QueryDict(), language)
    found = question.statistics(COUNTED_BY)
    with_records = {value.code for value in found.dimensions[0].values if not value.unknown}
    held = {kind: ENTRY_OF[kind].objects.live().count() for kind in Kind}
    return Coverage(held, found, tuple(_silent(with_records)))


def _silent(with_records: set[str]) -> list[SilentDistricts]:
    """For the countries of the gazetteer, province by province, all by their codes."""
    provinces = {area.pk: area for area in Area.objects.at_level(Area.Level.PROVINCE)}
    districts: dict[int, list[Area]] = defaultdict(list)
    existing = Area.objects.at_level(Area.Level.DISTRICT).filter(abolished="")
    for area in existing.order_by("code"):
        above = next((pk for pk in area.path if pk in provinces), None)
        if above is not None:
            districts[above].append(area)
    found = []
    for pk, every in districts.items():
        without = tuple(area for area in every if area.code not in with_records)
        if without:
            found.append(SilentDistricts(provinces[pk], without, len(every)))
    return sorted(found, key=lambda each: each.province.code)
