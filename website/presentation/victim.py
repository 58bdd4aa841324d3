"""A victim's page: the person, the line of what became of them, and every incident."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from website.presentation.citations import CitedFact, Notes, Resting, rests_on
from website.presentation.dates import in_order
from website.presentation.people import name_in_words
from website.presentation.status_line import Step, status_line

Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class VictimPage:
    """What the victim's template shows beyond single values of the document."""

    line: list[Step]
    violations: list[Mapping[str, Any]]
    legal_actions: list[Mapping[str, Any]]
    photograph: Document | None
    taken_back: bool
    """Whether this revision showed a photograph that is published no longer."""
    notes: Notes
    sources: list[Resting]


def present_victim(
    document: Document, sources: Iterable[Document], reader: str, *, taken_back: bool = False
) -> VictimPage:
    """Work out the page of a victim; acts and legal actions in order of date.

    ``taken_back``: the photograph that the document speaks of is there no longer.
    """
    sources = list(sources)
    line = status_line(document.get("statuses") or (), document.get("body_events") or ())
    violations = sorted(
        document.get("violations") or (), key=lambda violation: in_order(violation.get("start"))
    )
    actions = sorted(
        document.get("legal_actions") or (), key=lambda action: in_order(action.get("filed"))
    )
    facts = list(_facts(document, line, reader))
    notes = Notes((cited.fact for cited in facts), sources)
    photograph = None if taken_back else document.get("photograph")
    sources_shown = rests_on(facts, sources)
    return VictimPage(line, violations, actions, photograph, taken_back, notes, sources_shown)


def _facts(document: Document, line: list[Step], reader: str) -> Iterator[CitedFact]:
    name = name_in_words(document, reader).first
    yield CitedFact(gettext("who %(who)s is") % {"who": name}, document, "person")
    label = gettext("what became of %(who)s") % {"who": name}
    for step in line:
        yield CitedFact(label, step.entry, "line")
