"""What happened to a case while somebody had its form open."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from django.db import models

from incidents.admin.forms import SOURCES
from incidents.history.differences import Point
from incidents.history.events import RowEvent
from incidents.models import (
    CITED_FACTS,
    Citation,
    DisappearanceElement,
    Incident,
    Intervention,
    InterventionAddressee,
    Protest,
    Violation,
    links,
)

Box = tuple[type[models.Model], int, str]
"""A box with several choices: model and key of its row, and its name."""

_SETS: Final[dict[type[models.Model], tuple[type[models.Model], str, str, str]]] = {
    links.IncidentAssignment: (Incident, "assigned", "incident_id", "staffmember_id"),
    links.ViolationMethod: (Violation, "methods", "violation_id", "term_id"),
    links.ViolationIntent: (Violation, "intents", "violation_id", "term_id"),
    links.ProtestKind: (Protest, "kinds", "protest_id", "term_id"),
    links.ProtestResponse: (Protest, "state_responses", "protest_id", "term_id"),
    links.InterventionKind: (Intervention, "types", "intervention_id", "term_id"),
    links.InterventionPerson: (Intervention, "people", "intervention_id", "person_id"),
    InterventionAddressee: (Intervention, "to", "intervention_id", "agency_id"),
}
"""Rows behind the choices of a box → row of the box, its name, and the columns of both sides."""

SET_NAMES: Final = tuple(name for _owner, name, _of, _choice in _SETS.values())
"""Names of these boxes."""


@dataclass(slots=True)
class Meanwhile:
    """What happened since the form was opened."""

    then: dict[tuple[type[models.Model], int], Any] = field(default_factory=dict)
    """Rows as they stood when it was opened."""
    gone: set[tuple[type[models.Model], int]] = field(default_factory=set)
    added: dict[Box, set[int]] = field(default_factory=lambda: defaultdict(set))
    taken: dict[Box, set[int]] = field(default_factory=lambda: defaultdict(set))

    def stood(self, model: type[models.Model]) -> list[Any]:
        """The rows of a kind that stood when the form was opened."""
        return [
            event
            for (kind, _key_of), event in self.then.items()
            if kind is model and event.pgh_label != "delete"
        ]

    def chosen(self, place: Box) -> set[int]:
        """The choices that a box showed when the form was opened."""
        behind: tuple[type[models.Model], ...] = (Citation, *_SETS)
        return {
            choice
            for model in behind
            for event in self.stood(model)
            for box, choice in _choices(model, event)
            if box == place
        }

    def cited_at(self, fact: type[models.Model], key: int) -> tuple[str, str]:
        """Place and quotation as the boxes of a fact showed them: those of its only citation."""
        columns = [f"{column}_id" for column, model in CITED_FACTS.items() if model is fact]
        cited = [
            event
            for event in self.stood(Citation)
            if any(getattr(event, column) == key for column in columns)
        ]
        return (cited[0].locator, cited[0].quotation) if len(cited) == 1 else ("", "")

    def elements(self, violation: int) -> dict[int, Any]:
        """What was found on the elements of a violation, by the number of their term."""
        stood = self.stood(DisappearanceElement)
        return {each.element_id: each for each in stood if each.violation_id == violation}


def meanwhile_of(events: Iterable[RowEvent], point: Point) -> Meanwhile:
    """What the events of a case after a moment did, and how it stood at that moment."""
    found = Meanwhile()
    for row in events:
        model, _column, event = row
        if point.knows(row):
            found.then[model, event.id] = event
            continue
        if event.pgh_label == "delete":
            found.gone.add((model, event.id))
        for box, choice in _choices(model, event):
            if event.pgh_label == "insert":
                found.added[box].add(choice)
                found.taken[box].discard(choice)
            elif event.pgh_label == "delete":
                found.taken[box].add(choice)
                found.added[box].discard(choice)
    return found


def _choices(model: type[models.Model], event: Any) -> Iterator[tuple[Box, int]]:
    """The choice in a box that a row stands for, if it does."""
    if model is Citation:
        for column, fact in CITED_FACTS.items():
            if (key := getattr(event, f"{column}_id")) is not None:
                yield (fact, key, SOURCES), event.source_id
    elif model in _SETS:
        owner, name, of, choice = _SETS[model]
        yield (owner, getattr(event, of), name), getattr(event, choice)
