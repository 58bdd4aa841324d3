"""What the record holds, by kind, year and place, and where it holds nothing.

A zero of this record never says that nothing happened. The record does not yet hold which places
and years somebody searched, so no zero can be told from a gap; the page says so.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.http import QueryDict

from record.kinds import Kind
from record.models.entry import ENTRY_OF
from record.questions import ask
from record.statistics import Statistics
from reference.models import Area
from website.presentation.counted import CrossTable, cross_table
from website.published import RecordState, record_state
from website.resources import RESOURCES, list_address


@dataclass(frozen=True, slots=True)
class Held:
    """How many objects of a kind are published, and their list."""

    kind: Kind
    count: int
    address: str


@dataclass(frozen=True, slots=True)
class Silent:
    """Districts of a province, as the gazetteer has them today, without any published incident."""

    province: str
    districts: tuple[str, ...]
    all_districts: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """Everything the page tells."""

    state: RecordState
    held: list[Held]
    found: Statistics
    table: CrossTable
    silent: list[Silent]


def coverage() -> Coverage:
    """Count what is published. A fixed number of queries, whatever is counted."""
    question = ask(Kind.INCIDENT.plural, QueryDict())
    found = question.statistics(["district", "year"])
    table = cross_table(found, lambda query: list_address(Kind.INCIDENT, query))
    with_records = {value.code for value in found.dimensions[0].values if not value.unknown}
    return Coverage(record_state(), _held(), found, table, _silent(with_records))


def _held() -> list[Held]:
    return [
        Held(kind, ENTRY_OF[kind].objects.live().count(), list_address(kind)) for kind in RESOURCES
    ]


def _silent(with_records: set[str]) -> list[Silent]:
    """For the countries of the gazetteer, province by province."""
    provinces: dict[int, Area] = {
        area.pk: area for area in Area.objects.at_level(Area.Level.PROVINCE)
    }
    districts: dict[int, list[Area]] = defaultdict(list)
    for area in Area.objects.at_level(Area.Level.DISTRICT).filter(abolished=""):
        above = next((pk for pk in area.path if pk in provinces), None)
        if above is not None:
            districts[above].append(area)
    found = []
    for pk, every in districts.items():
        without = [area for area in every if area.code not in with_records]
        if without:
            names = tuple(sorted(area.label for area in without))
            found.append(Silent(provinces[pk].label, names, len(every)))
    return sorted(found, key=lambda each: each.province)
