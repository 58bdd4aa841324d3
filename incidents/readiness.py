"""What stands in the way of publishing a case. Everything is listed, not only the first."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from incidents.documents.case import fingerprint, preview
from incidents.documents.casefile import CaseFile
from incidents.documents.protection import accused_may_be_named, shown_name
from incidents.models import (
    LegalStep,
    NameProtection,
    Person,
    PersonName,
    Publication,
    StaffMember,
    Stage,
    Violation,
)
from incidents.reviewing import approval_of, authors_of
from reference.names import fold

PUBLISH = "incidents.publish_incident"

_CONSENT_FOR = {
    NameProtection.FULL: ("publish-name",),
    NameProtection.INITIALS: ("publish-name", "publish-anonymous"),
    NameProtection.WITHHELD: ("publish-name", "publish-anonymous"),
}
"""Any one of these consents allows a person to appear like this."""

_SHORTEST_TELLING_NAME = 4
"""Letters of a folded name below which it is too common a word to be searched for in texts."""


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One thing that stands in the way, in words for whoever has to mend it."""

    code: str
    message: str


def obstacles(case: CaseFile, *, by: StaffMember | None = None) -> list[Obstacle]:
    """Everything that stands in the way of publishing the case, by ``by`` if given."""
    return [
        *_workflow(case, by),
        *_content(case),
        *_citations(case),
        *_consents(case),
        *_names_in_texts(case),
    ]


def _workflow(case: CaseFile, by: StaffMember | None) -> Iterator[Obstacle]:
    incident = case.incident
    if by is not None and not by.has_perm(PUBLISH):
        yield Obstacle("not-a-publisher", _("Your role does not allow you to publish."))
    if by is not None and by.pk in authors_of(incident):
        yield Obstacle(
            "own-case",
            _("You have worked on this case yourself. Somebody else has to publish it."),
        )
    if incident.publication in (Publication.WITHDRAWN, Publication.MERGED):
        yield Obstacle(
            "ended",
            _("This case was withdrawn or merged. It cannot be published again."),
        )
    if incident.stage != Stage.APPROVED:
        yield Obstacle(
            "not-approved",
            _("The case has not been approved by a second person. Submit it for review."),
        )
    elif (approval := approval_of(incident)) is None or approval.fingerprint != fingerprint(case):
        yield Obstacle(
            "changed-since-approval",
            _(
                "What would be published has changed since the approval. "
                "It has to be approved anew."
            ),
        )


def _content(case: CaseFile) -> Iterator[Obstacle]:
    incident = case.incident
    if not incident.public_account.strip():
        yield Obstacle("no-account", _("The public account is empty."))
    if incident.restricted:
        yield Obstacle("restricted", _("The case is restricted. Lift the restriction first."))
    if incident.grade.code != "not-assessed" and not incident.grade_reason.strip():
        yield Obstacle("grade-without-reason", _("The grade has no reason."))
    hidden = [row for row in incident.violations.all() if row not in case.violations]
    if hidden and not case.violations:
        yield Obstacle(
            "nobody-appears",
            _("No victim of this case may appear, so there is nothing to publish."),
        )


def _citations(case: CaseFile) -> Iterator[Obstacle]:
    for fact in case.facts():
        if isinstance(fact, Person):
            continue  # what is said of a person rests on the violations and statuses
        if isinstance(fact, LegalStep) and fact.action.citations.exists():
            continue  # a step rests on the source of its legal action unless it names its own
        if isinstance(fact, models.Model) and not fact.citations.all():  # type: ignore[attr-defined]
            yield Obstacle(
                "uncited",
                _("No source is cited for %(kind)s “%(fact)s”.")
                % {"kind": fact._meta.verbose_name, "fact": fact},
            )


def _consents(case: CaseFile) -> Iterator[Obstacle]:
    for person in case.people:
        if person.publication_ground is not None:
            continue
        uses = _CONSENT_FOR[NameProtection(person.name_protection)]
        if not any(person.consents.in_force(use).exists() for use in uses):
            yield Obstacle(
                "no-consent",
                _(
                    "There is neither consent nor a recorded ground for showing “%(person)s” "
                    "like this. Record a consent, a ground with its risk assessment, or show less."
                )
                % {"person": person},
            )


def _names_in_texts(case: CaseFile) -> Iterator[Obstacle]:
    """Names that protection holds back must not stand in a title, an account or a quotation."""
    contents = [row.content for row in preview(case)]
    for person in _everybody_held_back(case):
        for name in names_standing_in(person, contents):
            yield Obstacle(
                "protected-name",
                _(
                    "A text that would be published contains the name “%(name)s”, "
                    "which is not to be shown. Reword the text."
                )
                % {"name": name},
            )


def names_standing_in(person: Person, content: Any) -> list[PersonName]:
    """The names of a person that stand, in any spelling, in the texts of a content."""
    text = fold(" ".join(_texts(content)))
    return [name for name in person.names.all() if _stands_in(name, text)]


def _everybody_held_back(case: CaseFile) -> list[Person]:
    """Every person of the case whose name is not to be shown, also those who do not appear.

    Whoever is only accused is held back unless an accused may be named.
    """
    incident = case.incident
    acts = Violation.objects.filter(incident=incident)  # the internal ones as well
    victims = [row.person for row in acts.prefetch_related("person__names")]
    accused = [row.person for row in incident.involvements.all() if row.person]
    appearing = {person.pk for person in case.people}
    held_back = [
        *(person for person in victims if shown_name(person).shown != "full"),
        *(
            person
            for person in accused
            if person.pk not in appearing and not accused_may_be_named(person)
        ),
    ]
    return list({person.pk: person for person in held_back}.values())


def _stands_in(name: PersonName, folded_text: str) -> bool:
    folded = fold(name.given)
    if len(folded) < _SHORTEST_TELLING_NAME:
        return False
    return re.search(rf"(?<!\w){re.escape(folded)}(?!\w)", folded_text) is not None


def _texts(value: Any) -> Iterator[str]:
    """Every text of a content, at any depth."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)
