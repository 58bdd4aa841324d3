"""Numbered notes: which source says so, and what rests on each source."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

Fact = Mapping[str, Any]
"""Any part of a document that has ``citations`` and ``confidential_sources``."""


@dataclass(frozen=True, slots=True)
class CitedFact:
    """A fact as the page names it: ``label`` in the reader's language, ``anchor`` its id."""

    label: str
    fact: Fact
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """One numbered note. ``citation`` is None where the source is not made public."""

    number: int
    citation: Fact | None
    source: Fact | None


@dataclass(slots=True)
class Resting:
    """A source with the facts that rest on it and those it disputes, in page order."""

    source: Fact
    supports: list[CitedFact] = field(default_factory=list)
    disputes: list[CitedFact] = field(default_factory=list)


class Notes:
    """The notes of one page, numbered from 1 in the order in which its facts first cite them.

    Two facts that cite the same passage in the same way share a note. Everything that rests on
    sources we do not name shares one note, so that not even their number shows.
    """

    def __init__(self, facts: Iterable[Fact], sources: Iterable[Fact]) -> None:
        self._sources = {source["reference"]: source for source in sources}
        self._numbers: dict[tuple[str, ...], int] = {}
        self.notes: list[Note] = []
        for fact in facts:
            for citation in fact.get("citations") or ():
                self._number(_passage(citation), citation)
            if fact.get("confidential_sources"):
                self._number(_UNNAMED, None)

    def __iter__(self) -> Iterable[Note]:
        return iter(self.notes)

    def __len__(self) -> int:
        return len(self.notes)

    def marks(self, *facts: Fact | None) -> list[int]:
        """The note numbers of facts, ascending, each once; none for what has no sources."""
        passages = [key for fact in facts if fact for key in _passages(fact)]
        return sorted({self._numbers[key] for key in passages if key in self._numbers})

    def mark_of(self, citation: Fact) -> list[int]:
        """The note number of one citation; none for what no fact of the page cites."""
        number = self._numbers.get(_passage(citation))
        return [number] if number else []

    def _number(self, key: tuple[str, ...], citation: Fact | None) -> None:
        if key in self._numbers:
            return
        number = self._numbers[key] = len(self._numbers) + 1
        source = self._sources.get(citation["source"]) if citation else None
        self.notes.append(Note(number, citation, source))


def rests_on(facts: Iterable[CitedFact], sources: Iterable[Fact]) -> list[Resting]:
    """Each source in its own order, with what it supports and what it disputes, each once."""
    resting = {source["reference"]: Resting(source) for source in sources}
    for cited in facts:
        for citation in cited.fact.get("citations") or ():
            entry = resting.get(citation["source"])
            if entry is None:
                continue
            pile = entry.disputes if citation.get("stance") == "disputes" else entry.supports
            if all(other.label != cited.label for other in pile):
                pile.append(cited)
    return list(resting.values())


_UNNAMED = ("",)


def _passages(fact: Fact) -> list[tuple[str, ...]]:
    passages = [_passage(citation) for citation in fact.get("citations") or ()]
    return [*passages, _UNNAMED] if fact.get("confidential_sources") else passages


def _passage(citation: Fact) -> tuple[str, ...]:
    return (
        citation["source"],
        citation.get("locator") or "",
        citation.get("quotation") or "",
        citation.get("stance") or "",
    )
