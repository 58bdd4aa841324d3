"""A legal action's page: its steps in order and its relations in both directions."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext, pgettext

from website.presentation.citations import CitedFact, Notes, Resting, rests_on
from website.presentation.dates import date_words
from website.presentation.language import read_both
from website.presentation.legal_chain import Relation, relations_of

Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class LegalActionPage:
    """What the legal action's template shows beyond single values of the document."""

    relations: list[Relation]
    notes: Notes
    sources: list[Resting]


def present_legal_action(
    document: Document, sources: Iterable[Document], reader: str
) -> LegalActionPage:
    """Work out the page of a legal action."""
    sources = list(sources)
    facts = list(_facts(document, reader))
    notes = Notes((cited.fact for cited in facts), sources)
    return LegalActionPage(relations_of(document), notes, rests_on(facts, sources))


def _facts(document: Document, reader: str) -> Iterator[CitedFact]:
    yield CitedFact(gettext("the action itself"), document)
    for step in document.get("steps") or ():
        label = pgettext("legal step: date", "%(what)s, %(when)s") % {
            "what": read_both(step, "what", reader).first or gettext("step"),
            "when": date_words(step.get("date")),
        }
        yield CitedFact(label, step)
