"""The ways to see what one question finds: a list, a table, on a map, in time, and counted."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from record.kinds import Kind
from record.statistics import COUNTED
from website.addresses import page_address
from website.statistics_question import DEFAULT_GROUPING, statistics_address

LIST: Final = "list"
TABLE: Final = "table"
MAP: Final = "map"
TIMELINE: Final = "timeline"
STATISTICS: Final = "statistics"

NAMES: Final[dict[str, Promise]] = {
    LIST: pgettext_lazy("way to see a result", "List"),
    TABLE: pgettext_lazy("way to see a result", "Table"),
    MAP: pgettext_lazy("way to see a result", "Map"),
    TIMELINE: pgettext_lazy("way to see a result", "Timeline"),
    STATISTICS: pgettext_lazy("way to see a result", "Statistics"),
}

_OF_COUNTED: Final = frozenset({MAP, TIMELINE, STATISTICS})
"""Only what consists of facts has a district and a date of its own and is counted in buckets."""


@dataclass(frozen=True, slots=True)
class Way:
    """A way to see the same records."""

    name: Promise
    address: str
    current: bool


def ways_to_see(kind: Kind, query: str, current: str) -> list[Way]:
    """Every way that this kind of record has; ``query`` is the filter alone."""
    counted = kind.plural in COUNTED
    return [
        Way(words, address_of(way, kind, query), way == current)
        for way, words in NAMES.items()
        if counted or way not in _OF_COUNTED
    ]


def address_of(way: str, kind: Kind, query: str) -> str:
    """The address of one way to see what a question finds."""
    if way == STATISTICS:
        own = f"unit={kind.plural}&group_by={DEFAULT_GROUPING}"
        return statistics_address(f"{own}&{query}" if query else own)
    path = page_address(f"website:{kind.plural}" + ("" if way == LIST else f"-{way}"))
    return f"{path}?{query}" if query else path
