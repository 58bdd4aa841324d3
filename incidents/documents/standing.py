"""What a case is tied to outside of itself, and what the record says of it now."""

from collections.abc import Iterable, Iterator

from incidents.documents.casefile import CaseFile
from incidents.documents.parts import parts
from incidents.documents.references import Publishable, kind_of, provisional_references
from incidents.documents.values import Document
from record.kinds import Kind
from record.models.entry import ENTRY_OF

_SPOKEN_OF = (Kind.INCIDENT, Kind.VICTIM, Kind.LEGAL_ACTION)
"""Kinds of which documents repeat what others have published."""


def standing_contents(case: CaseFile) -> dict[str, Document]:
    """What the record says now of everything this case mentions, by reference; read once."""
    if case.standing is None:
        read_standing([case])
    return case.standing or {}


def read_standing(cases: Iterable[CaseFile]) -> None:
    """Read for many cases what the record says now: at most a query a kind."""
    cases = list(cases)
    wanted: dict[Kind, set[str]] = {}
    for case in cases:
        for row in spoken_of(case):
            if row.reference:
                wanted.setdefault(kind_of(row), set()).add(row.reference)
    found = {
        entry.reference: entry.content()
        for kind in _SPOKEN_OF
        if kind in wanted
        for entry in ENTRY_OF[kind].objects.live().filter(reference__in=wanted[kind])
    }
    for case in cases:
        case.standing = found


def stands_alone(case: CaseFile) -> bool:
    """Whether the record says nothing yet of what this case mentions, itself included."""
    standing = standing_contents(case)
    return not any(row.reference in standing for row in spoken_of(case))


def spoken_of(case: CaseFile) -> Iterator[Publishable]:
    """The case and what it shares with others: people, legal actions, linked incidents."""
    yield case.incident
    yield from case.people
    yield from case.legal_actions
    yield from neighbours(case)


def neighbours(case: CaseFile) -> Iterator[Publishable]:
    """Objects of other cases that this one mentions."""
    yield from (row.to_incident for row in parts(case.incident, "links_out"))
    yield from (row.from_incident for row in parts(case.incident, "links_in"))
    for action in case.legal_actions:
        yield from parts(action, "incidents")
        yield from parts(action, "people")
        yield from (row.other for row in parts(action, "relations"))
        yield from (row.action for row in parts(action, "relations_to"))


def ties(case: CaseFile) -> list[list[str]]:
    """Every tie of this case to something outside it, whether that is public or not."""
    refer, incident = provisional_references, case.incident
    found = [
        *(["to", row.kind.code, refer(row.to_incident)] for row in parts(incident, "links_out")),
        *(["from", row.kind.code, refer(row.from_incident)] for row in parts(incident, "links_in")),
    ]
    for action in case.legal_actions:
        name = refer(action)
        found += [
            *([name, "incident", refer(row)] for row in parts(action, "incidents")),
            *([name, "victim", refer(row)] for row in parts(action, "people")),
            *([name, row.kind, refer(row.other)] for row in parts(action, "relations")),
            *([name, "of " + row.kind, refer(row.action)] for row in parts(action, "relations_to")),
        ]
    return sorted(found)
