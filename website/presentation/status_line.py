"""The dated line of what became of a person, each entry with the one who says so."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from website.presentation.dates import in_order

Entry = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Step:
    """One entry: a status, or what happened to the body. ``entry`` is the document's part."""

    entry: Entry
    is_body_event: bool = False


def status_line(statuses: Iterable[Entry], body_events: Iterable[Entry] = ()) -> list[Step]:
    """Statuses and body events as one line in order of date.

    An undated entry stays behind the entry it follows in the document, because staff entered
    it there for a reason. On one day a status stands before what happened to the body.
    """
    steps = [(key, 0, Step(entry)) for key, entry in _keyed(statuses)]
    steps += [(key, 1, Step(entry, is_body_event=True)) for key, entry in _keyed(body_events)]
    return [step for _, _, step in sorted(steps, key=lambda item: item[:2])]


def _keyed(entries: Iterable[Entry]) -> Iterable[tuple[date, Entry]]:
    previous = date.min
    for entry in entries:
        unknown, earliest = in_order(entry.get("date"))
        previous = previous if unknown else earliest
        yield previous, entry
