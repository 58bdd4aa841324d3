"""The coverage of the record as its page shows it; what is counted is ``record.coverage``'s."""

from dataclasses import dataclass

from record import coverage as counted
from record.kinds import Kind
from record.statistics import Statistics
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
    """What is published, in the reader's language. A fixed number of queries."""
    whole = counted.coverage()
    table = cross_table(whole.found, lambda query: list_address(Kind.INCIDENT, query))
    held = [Held(kind, whole.held[kind], list_address(kind)) for kind in RESOURCES]
    return Coverage(record_state(), held, whole.found, table, _silent(whole.silent))


def _silent(found: tuple[counted.SilentDistricts, ...]) -> list[Silent]:
    """By the names that the reader sees."""
    named = [
        Silent(
            each.province.label,
            tuple(sorted(area.label for area in each.districts)),
            each.all_districts,
        )
        for each in found
    ]
    return sorted(named, key=lambda each: each.province)
