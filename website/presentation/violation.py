"""A violation's own page: one act, with its sources."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from website.presentation.citations import CitedFact, Notes, Resting, rests_on
from website.presentation.responsible import Responsible, alleged_responsible
from website.presentation.terms import term_label

Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ViolationPage:
    """What the violation's template shows beyond single values of the document."""

    responsible: list[Responsible]
    notes: Notes
    sources: list[Resting]


def present_violation(document: Document, sources: Iterable[Document]) -> ViolationPage:
    """Work out the page of a violation."""
    sources = list(sources)
    responsible = alleged_responsible((), [document])
    facts = list(_facts(document, responsible))
    notes = Notes((cited.fact for cited in facts), sources)
    return ViolationPage(responsible, notes, rests_on(facts, sources))


def _facts(document: Document, responsible: list[Responsible]) -> Iterator[CitedFact]:
    yield CitedFact(term_label(document["type"], "violation-type"), document)
    for element in document.get("elements") or ():
        yield CitedFact(term_label(element["element"], "disappearance-element"), element)
    for attribution in document.get("attributions") or ():
        yield CitedFact(gettext("what officials say of it"), attribution)
    for entry in responsible:
        for fact in entry.facts:
            yield CitedFact(gettext("who is alleged to be responsible"), fact)
