"""What an agency has said of incidents and answered to appeals, gathered from their documents."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from website.presentation.dates import in_order

Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Statement:
    """An ``attribution`` that the agency made, and the incident that it stands in."""

    incident: Document
    attribution: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the agency answered to an ``appeal``: ``reply`` has ``response`` and ``responded``."""

    incident: Document
    appeal: Mapping[str, Any]
    reply: Mapping[str, Any]


def statements_of(agency: str, incidents: Iterable[Document]) -> list[Statement]:
    """What the agency with this reference said of these incidents, the earliest first."""
    found = [
        Statement(incident, attribution)
        for incident in incidents
        for attribution in _attributions(incident)
        if (attribution["speaker"] or {}).get("agency") == agency
    ]
    return sorted(found, key=lambda each: in_order(each.attribution["date"]))


def answers_of(agency: str, incidents: Iterable[Document]) -> list[Answer]:
    """What was asked of the agency in these incidents, with its answer or that none is known."""
    found = [
        Answer(incident, appeal, reply)
        for incident in incidents
        for appeal in incident.get("interventions") or ()
        for reply in appeal["to"]
        if (reply["party"] or {}).get("agency") == agency
    ]
    return sorted(found, key=lambda each: in_order(each.appeal["date"]))


def _attributions(incident: Document) -> Iterator[Mapping[str, Any]]:
    yield from incident.get("attributions") or ()
    for violation in incident.get("violations") or ():
        yield from violation.get("attributions") or ()
