"""An incident's page: its document taken apart in the order in which the page tells it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext, pgettext

from website.presentation.accounts import ContradictionTable, contradiction_table
from website.presentation.citations import CitedFact, Notes, Resting, rests_on
from website.presentation.dates import date_words
from website.presentation.headlines import act_words
from website.presentation.legal_chain import Link, legal_chain
from website.presentation.people import (
    VictimPart,
    name_in_words,
    victims_of,
    violations_without_victim,
)
from website.presentation.responsible import Responsible, alleged_responsible
from website.presentation.status_line import Step, status_line
from website.presentation.terms import term_label

Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class VictimSection:
    """A victim of the incident with violations, status line and unacknowledged days."""

    part: VictimPart
    line: list[Step]
    unacknowledged_days: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class IncidentPage:
    """Everything the incident's template shows beyond single values of the document."""

    victims: list[VictimSection]
    other_violations: list[Mapping[str, Any]]
    contradictions: ContradictionTable
    responsible: list[Responsible]
    chain: list[Link]
    notes: Notes
    sources: list[Resting]


def present_incident(document: Document, sources: Iterable[Document], reader: str) -> IncidentPage:
    """Work out the page of an incident. ``sources`` are those it cites, in its order."""
    sources = list(sources)
    victims = [_section(part) for part in victims_of(document)]
    others = violations_without_victim(document)
    contradictions = contradiction_table(document.get("accounts") or ())
    responsible = alleged_responsible(
        document.get("involvements") or (), document.get("violations") or ()
    )
    chain = legal_chain(document.get("legal_actions") or ())
    facts = list(_facts(document, victims, contradictions, responsible, chain, reader))
    return IncidentPage(
        victims,
        others,
        contradictions,
        responsible,
        chain,
        Notes((cited.fact for cited in facts), sources),
        rests_on(facts, sources),
    )


def _section(part: VictimPart) -> VictimSection:
    victim = part.victim
    return VictimSection(
        part,
        status_line(victim.get("statuses") or (), victim.get("body_events") or ()),
        victim.get("unacknowledged_days"),
    )


def _facts(
    document: Document,
    victims: list[VictimSection],
    contradictions: ContradictionTable,
    responsible: list[Responsible],
    chain: list[Link],
    reader: str,
) -> Iterator[CitedFact]:
    """Every cited fact in page order: the one list that numbers notes and fills the sources."""
    yield CitedFact(gettext("what happened, when and where"), document, "account")
    for victim in victims:
        yield from _victim_facts(victim, reader)
    for violation in violations_without_victim(document):
        label = term_label(violation["type"], "violation-type")
        yield from _violation_facts(violation, label)
    for attribution in document.get("attributions") or ():
        yield CitedFact(gettext("what officials say of it"), attribution, "officials")
    for row in contradictions.rows:
        question = term_label(row.question, "account-question")
        for cell in row.cells:
            for statement in cell.statements:
                claimant = name_in_words(statement.account["claimant"], reader).first
                label = pgettext("claimant: question", "%(who)s: %(what)s") % {
                    "who": claimant,
                    "what": question,
                }
                yield CitedFact(label, statement.account, statement.anchor)
    for entry in responsible:
        for fact in entry.facts:
            yield CitedFact(gettext("who is alleged to be responsible"), fact, "responsible")
    yield from _legal_facts(chain, reader)
    for intervention in document.get("interventions") or ():
        yield CitedFact(gettext("appeals made"), intervention, "appeals")
    for number in document.get("casualties") or ():
        yield CitedFact(gettext("numbers of people"), number, "numbers")


def _victim_facts(victim: VictimSection, reader: str) -> Iterator[CitedFact]:
    for violation in victim.part.violations:
        yield from _violation_facts(violation, act_words(violation, reader))
    name = name_in_words(victim.part.victim, reader).first
    label = gettext("what became of %(who)s") % {"who": name}
    for step in victim.line:
        yield CitedFact(label, step.entry, victim.part.victim["reference"])


def _violation_facts(violation: Mapping[str, Any], label: str) -> Iterator[CitedFact]:
    anchor = violation["reference"]
    yield CitedFact(label, violation, anchor)
    for element in violation.get("elements") or ():
        yield CitedFact(label, element, anchor)
    said = gettext("what officials say of it: %(what)s") % {
        "what": term_label(violation["type"], "violation-type")
    }
    for attribution in violation.get("attributions") or ():
        yield CitedFact(said, attribution, anchor)


def _legal_facts(chain: list[Link], reader: str) -> Iterator[CitedFact]:
    for link in chain:
        title = term_label(link.action.get("type"), "legal-action-type")
        label = pgettext("legal action: date", "%(what)s, %(when)s") % {
            "what": title,
            "when": date_words(link.action.get("filed")),
        }
        for step in link.action.get("steps") or ():
            yield CitedFact(label, step, link.action["reference"])
