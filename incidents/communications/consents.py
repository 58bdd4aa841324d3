"""Whose consent lets a paper out, and what a return ends.

Stricter than what counts for publishing: a paper tells everything, by name, to a body that can do
harm, so that a consent of nobody knows whom opens nothing.
"""

from collections.abc import Collection
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from incidents.communications.forms import Form, types_of_disappearance
from incidents.communications.subject import Subject
from incidents.documents.protection import is_identified
from incidents.models import Consent, Person, Publication, Violation
from incidents.models.consent import ConsentQuerySet
from incidents.models.violation import EndMeaning
from incidents.readiness import may_be_shown
from incidents.returned import BY_RIGHT, came_back, counting

PUBLISH_NAME: Final = "publish-name"
"""The use under which a name stands in public."""

_OF_PAPERS: Final = ("share-un", "share-commission", "share-court", "keep")
_MAY_AGREE: Final = (*BY_RIGHT, "parent", "spouse", "sibling", "child", "other-kin")
"""Codes of ``consent-giver`` who can agree to a paper: the person, a guardian, the family. Not
whoever was never written down, and no lawyer, whose instruction nobody here has seen."""


def counting_here(consents: ConsentQuerySet) -> ConsentQuerySet:
    """Those of these consents that count for papers. Of people who came back, be it that only the
    act says so, those that they or a guardian gave."""
    released = _released().filter(person=OuterRef("person"))
    by_whom = Q(giver__code__in=_MAY_AGREE) | ~Q(use__code__in=_OF_PAPERS)
    return counting(consents).filter(by_whom, Q(giver__code__in=BY_RIGHT) | ~Exists(released))


def uses_in_force(person: Person) -> frozenset[str]:
    """Codes of ``consent-use`` to which there is a consent for this person that is in force and
    counts here. One query."""
    given = counting_here(Consent.objects.in_force()).filter(person=person)
    return frozenset(given.values_list("use__code", flat=True))


def who_agreed(person: Person, use: str) -> frozenset[str]:
    """Codes of ``consent-giver`` of everybody whose consent to this use is in force and counts."""
    given = counting_here(Consent.objects.in_force(use)).filter(person=person)
    return frozenset(given.values_list("giver__code", flat=True))


def is_back(person: Person) -> bool:
    """Whether the person can answer for themselves again, by their status or by an act that
    ended with their return."""
    return came_back().filter(pk=person.pk).exists() or _released().filter(person=person).exists()


def is_named_in_public(subject: Subject) -> bool:
    """Whether the world can read now, in this incident, who this person is."""
    person = subject.person
    published = subject.incident.publication == Publication.PUBLISHED
    return published and is_identified(person) and may_be_shown(person)


def agreed_to_name(form: Form, people: Collection[int]) -> frozenset[tuple[int, str]]:
    """Person and use, for each consent of these people that lets a name stand on such a paper."""
    uses = [PUBLISH_NAME] if form.use is None else [PUBLISH_NAME, form.use]
    given = Consent.objects.in_force().filter(use__code__in=uses, person__in=people)
    return frozenset(counting_here(given).values_list("person", "use__code"))


def _released() -> QuerySet[Violation]:
    """Acts that ended with a return after which the person was not taken again."""
    again = (
        Violation.objects.filter(
            person=OuterRef("person"), type__code__in=types_of_disappearance(), end=""
        )
        .alias(began=Coalesce("start_earliest", "incident__date_earliest"))
        .filter(began__gt=OuterRef("end_earliest"))
    )
    return Violation.objects.filter(~Exists(again), end_meaning=EndMeaning.RELEASED)
