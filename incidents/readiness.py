"""What stands in the way of publishing a case. Everything is listed, not only the first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from incidents.authorship import authors_of_all
from incidents.documents.case import fingerprint, preview
from incidents.documents.casefile import CaseFile
from incidents.documents.parts import parts
from incidents.documents.photograph import shown_picture
from incidents.documents.protection import accused_may_be_named, shown_name
from incidents.documents.source import public_files
from incidents.documents.standing import read_standing
from incidents.evidence.storing import is_intact
from incidents.models import (
    Consent,
    LegalStep,
    Merger,
    NameProtection,
    Person,
    Publication,
    Review,
    StaffMember,
    Stage,
)
from incidents.names_in_texts import HeldBack, names_of, shown_names_of, texts_of
from incidents.returned import counting
from incidents.reviewing import approvals_of_all
from record.sentence_marks import marks_in

PUBLISH = "incidents.publish_incident"

CONSENT_FOR = {
    NameProtection.FULL: ("publish-name",),
    NameProtection.INITIALS: ("publish-name", "publish-anonymous"),
    NameProtection.WITHHELD: ("publish-name", "publish-anonymous"),
}
"""Any one of these consents allows a person to appear like this."""

PHOTOGRAPH = "publish-photo"
"""The use that a face needs. No ground for publishing without consent replaces it."""


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One thing that stands in the way, in words for whoever has to mend it."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the tables say beside the case files, read for many cases together."""

    by: StaffMember | None
    authors: dict[int, set[int]]
    approvals: dict[int, Review]
    consents: dict[str, set[int]]
    """Use → the people for whom a consent to it is in force, and counts."""
    outlived: dict[str, set[int]]
    """Use → the people who came back and for whom only somebody else has consented."""
    merged: set[int]
    """The people who live on in another record."""


def obstacles(case: CaseFile, *, by: StaffMember | None = None) -> list[Obstacle]:
    """Everything that stands in the way of publishing the case, by ``by`` if given."""
    return obstacles_of_all([case], by=by)[0]


def obstacles_of_all(
    cases: Sequence[CaseFile], *, by: StaffMember | None = None
) -> list[list[Obstacle]]:
    """The obstacles of each case, in a number of queries that does not grow with them."""
    read_standing(case for case in cases if case.standing is None)
    incidents = [case.incident for case in cases]
    consents, outlived = _consents_in_force(cases)
    asked = _Asked(
        by=by,
        authors={} if by is None else authors_of_all(row.pk for row in incidents),
        approvals=approvals_of_all(incidents),
        consents=consents,
        outlived=outlived,
        merged=_merged(cases),
    )
    return [
        [
            *_workflow(case, asked),
            *_content(case),
            *_citations(case),
            *_consents(case, asked),
            *_photographs(case, asked),
            *_files(case),
            *_lives_on(case, asked),
            *_names_in_texts(case),
        ]
        for case in cases
    ]


def _consents_in_force(
    cases: Sequence[CaseFile],
) -> tuple[dict[str, set[int]], dict[str, set[int]]]:
    """Use → the people whose consent counts; use → those for whom it does since their return no
    longer."""
    everybody = {person.pk: person for case in cases for person in case.people}.values()
    named = {person.pk for person in everybody if _needs_consent(person)}
    asked = {PHOTOGRAPH: {person.pk for person in everybody if shown_picture(person)}}
    for uses in CONSENT_FOR.values():
        for use in uses:
            asked[use] = named
    consents: dict[str, set[int]] = {}
    outlived: dict[str, set[int]] = {}
    for use, people in asked.items():
        if not people:
            continue
        given = Consent.objects.in_force(use).filter(person__in=people)
        consents[use] = set(counting(given).values_list("person", flat=True))
        outlived[use] = set(given.values_list("person", flat=True)) - consents[use]
    return consents, outlived


def _merged(cases: Sequence[CaseFile]) -> set[int]:
    people = {person.pk for case in cases for person in _told_of(case)}
    return set(Merger.objects.losers().filter(loser__in=people)) if people else set()


def _told_of(case: CaseFile) -> list[Person]:
    """The people of a case, those who do not appear included."""
    return [*case.people, *(row.person for row in parts(case.incident, "violations"))]


def may_be_shown(person: Person) -> bool:
    """Whether consent in force, or a recorded ground, allows the person to appear as decided."""
    if not _needs_consent(person):
        return True
    uses = CONSENT_FOR.get(NameProtection(person.name_protection), ())
    return any(
        counting(Consent.objects.in_force(use)).filter(person=person).exists() for use in uses
    )


def consents_to_photographs() -> QuerySet[Consent]:
    """Consents to a face in public that are in force and count."""
    return counting(Consent.objects.in_force(PHOTOGRAPH))


def _needs_consent(person: Person) -> bool:
    return person.publication_ground_id is None


def _workflow(case: CaseFile, asked: _Asked) -> Iterator[Obstacle]:
    incident, by = case.incident, asked.by
    if by is not None and not by.has_perm(PUBLISH):
        yield Obstacle("not-a-publisher", _("Your role does not allow you to publish."))
    if by is not None and by.pk in asked.authors[incident.pk]:
        yield Obstacle(
            "own-case",
            _("You have worked on this case yourself. Somebody else has to publish it."),
        )
    if incident.publication in (Publication.WITHDRAWN, Publication.MERGED):
        yield Obstacle(
            "ended",
            _("This case was withdrawn or merged. It cannot be published again."),
        )
    approval = asked.approvals.get(incident.pk)
    if incident.stage != Stage.APPROVED:
        yield Obstacle(
            "not-approved",
            _("The case has not been approved by a second person. Submit it for review."),
        )
    elif approval is None or approval.fingerprint != fingerprint(case):
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
    yield from _marks(case)
    if incident.restricted:
        yield Obstacle("restricted", _("The case is restricted. Lift the restriction first."))
    if incident.grade.code != "not-assessed" and not incident.grade_reason.strip():
        yield Obstacle("grade-without-reason", _("The grade has no reason."))
    hidden = [row for row in parts(incident, "violations") if row not in case.violations]
    if hidden and not case.violations:
        yield Obstacle(
            "nobody-appears",
            _("No victim of this case may appear, so there is nothing to publish."),
        )


def _marks(case: CaseFile) -> Iterator[Obstacle]:
    incident = case.incident
    cited = len(list(parts(incident, "citations")))
    texts = (incident.public_account, incident.public_account_local)
    named = sorted({number for text in texts for number in marks_in(text)})
    for number in named:
        if not 1 <= number <= cited:
            yield Obstacle(
                "mark-without-source",
                _(
                    "The public account has the mark [%(number)s]. Sources cited for what "
                    "happened: %(cited)s."
                )
                % {"number": number, "cited": cited},
            )


def _citations(case: CaseFile) -> Iterator[Obstacle]:
    for fact in case.facts():
        if isinstance(fact, Person):
            continue  # what is said of a person rests on the violations and statuses
        if isinstance(fact, LegalStep) and parts(fact.action, "citations"):
            continue  # a step rests on the source of its legal action unless it names its own
        if isinstance(fact, models.Model) and not parts(fact, "citations"):
            yield Obstacle(
                "uncited",
                _("No source is cited for %(kind)s “%(fact)s”.")
                % {"kind": fact._meta.verbose_name, "fact": fact},
            )


def _consents(case: CaseFile, asked: _Asked) -> Iterator[Obstacle]:
    for person in case.people:
        if not _needs_consent(person):
            continue
        uses = CONSENT_FOR[NameProtection(person.name_protection)]
        if any(person.pk in asked.consents.get(use, ()) for use in uses):
            continue
        if any(person.pk in asked.outlived.get(use, ()) for use in uses):
            yield _about(
                person,
                "consent-before-return",
                _(
                    "“%(person)s” is free since consent was given by somebody else. Ask them, and "
                    "record their own answer; or record a ground with its risk assessment."
                ),
            )
        else:
            yield _about(
                person,
                "no-consent",
                _(
                    "There is neither consent nor a recorded ground for showing “%(person)s” "
                    "like this. Record a consent, a ground with its risk assessment, or show less."
                ),
            )


def _photographs(case: CaseFile, asked: _Asked) -> Iterator[Obstacle]:
    """What is missing to the photographs that would be shown."""
    for person in case.people:
        picture = shown_picture(person)
        if picture is None:
            continue
        if person.pk in asked.outlived.get(PHOTOGRAPH, ()):
            yield _about(
                person,
                "photograph-consent-before-return",
                _(
                    "“%(person)s” is free since somebody else consented to “publish a picture”. "
                    "Ask them, and record their own answer; or do not show the photograph."
                ),
            )
        elif person.pk not in asked.consents.get(PHOTOGRAPH, ()):
            yield _about(
                person,
                "photograph-without-consent",
                _(
                    "There is no consent in force to “publish a picture” of “%(person)s”. Record "
                    "it, or do not show the photograph."
                ),
            )
        if not (picture.description.strip() and picture.description_local.strip()):
            yield _about(
                person,
                "photograph-without-description",
                _(
                    "What is to be seen on the photograph of “%(person)s” is not said in English "
                    "and in Urdu, for those who cannot see it."
                ),
            )
        if not picture.credit.strip():
            yield _about(
                person,
                "photograph-without-credit",
                _("The photograph of “%(person)s” has no credit. Say where it comes from."),
            )


def _files(case: CaseFile) -> Iterator[Obstacle]:
    """Redacted files that would be shown, and are not here as they were looked at."""
    for source in case.sources:
        for copy, _redaction in public_files(source):
            if not is_intact(copy):
                yield Obstacle(
                    "file-not-here",
                    _(
                        "The redacted file %(file)s of “%(source)s” is missing or changed. Have it "
                        "taken from a backup, or do not show it."
                    )
                    % {"file": copy, "source": source},
                )


def _about(person: Person, code: str, message: str) -> Obstacle:
    """An obstacle whose message names the person."""
    return Obstacle(code, message % {"person": person})


def _lives_on(case: CaseFile, asked: _Asked) -> Iterator[Obstacle]:
    for person in {person.pk: person for person in _told_of(case)}.values():
        if person.pk in asked.merged:
            yield _about(
                person,
                "merged-person",
                _(
                    "“%(person)s” was merged into another record. Put the record in which the "
                    "person lives on in its place."
                ),
            )


def _names_in_texts(case: CaseFile) -> Iterator[Obstacle]:
    """Names that protection holds back must not stand in a title, an account or a quotation.

    What may be read by name is no reason to refuse: “Karim” in the name of Karim Bakhsh.
    """
    sought = [name for person in _everybody_held_back(case) for name in names_of(person)]
    if not sought:
        return
    named = [name for person in _shown_by_name(case) for name in shown_names_of(person)]
    texts = texts_of([row.content for row in preview(case)])
    for name in HeldBack(sought, named).standing_in_any(texts):
        yield Obstacle(
            "protected-name",
            _(
                "A text that would be published says “%(name)s”: a name, or what is written like "
                "one, that is not to be shown. Reword the text; if the word is no name, enter the "
                "name of the person whom it resembles in that script as well."
            )
            % {"name": name},
        )


def names_standing_in(person: Person, content: Any) -> list[str]:
    """What of the texts of a content is a name of the person, in any spelling and script."""
    return HeldBack(names_of(person)).standing_in_any(texts_of(content))


def _everybody_held_back(case: CaseFile) -> list[Person]:
    """Every person of the case whose name is not to be shown, also those who do not appear.

    Whoever is only accused is held back unless an accused may be named.
    """
    victims = [*(row.person for row in parts(case.incident, "violations")), *case.concealed]
    accused = _accused(case)
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


def _shown_by_name(case: CaseFile) -> list[Person]:
    """Everybody whom the documents of the case name in full."""
    victims = [person for person in case.people if shown_name(person).shown == "full"]
    return [*victims, *(person for person in _accused(case) if accused_may_be_named(person))]


def _accused(case: CaseFile) -> list[Person]:
    return [row.person for row in parts(case.incident, "involvements") if row.person]
