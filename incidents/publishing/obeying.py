"""What is public obeys the consents at once: taken back, run out or refused, they wait for nobody.

A person is hidden first, and as far as the case file allows, not further: where somebody still
consents to an account without the name, only what says who it is goes. Initials are not chosen
here: beside a full name that was public they would hide nobody. Whoever decides that more can be
shown has the case approved and published anew.

The record is set right from its own documents, never from the case file, where somebody may be at
work on what nobody has approved.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final

import pghistory
from django.db.models import Exists, JSONField, OuterRef, Q, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.utils import timezone

from incidents.documents.values import Document, dated
from incidents.models import Consent, NameProtection, Person, StaffMember
from incidents.models.consent import ConsentQuerySet
from incidents.publishing.neighbours import content_of, live_entries, rewrite
from incidents.publishing.photographs import hide_pictures, obey_case_file
from incidents.publishing.public_files import (
    files_beside,
    shows_more_than_allowed,
    take_down_files,
)
from incidents.publishing.shielding import stricter
from incidents.publishing.withdrawing import Withdrawal
from incidents.readiness import CONSENT_FOR
from incidents.returned import counting, to_be_asked_anew
from record.chain import publishing_lock, redact
from record.mentions import live_mentions
from record.models import VictimEntry
from reference.dates import UNKNOWN

REASON: Final = "consent-withdrawn"
"""The class of reason that the public learns."""

_NOTE: Final = "Consent to what was shown has ended."

_SAYS_WHO: Final[Document] = {
    "name": "",
    "name_local": "",
    "name_shown": "withheld",
    "named": False,
    "names": [],
    "fathers_name": "",
    "fathers_name_local": "",
    "birth": dated(UNKNOWN),
    "age": None,
    "occupation_note": "",
    "about": "",
    "about_local": "",
    "photograph": None,
}
"""Members that say who somebody is → what they hold once the name is withheld, as the documents
of a person and of what was done to them are built (``documents.victim``, ``documents.violation``).
"""

_HELD_BACK: Final = ("initials", "withheld")
"""Ways to show a person (``documents.protection.ShownName``) from which no more is taken while
an account without the name is allowed."""

_NAMES: Final = frozenset({"name", "name_local", "name_shown", "named"})


@dataclass(frozen=True, slots=True)
class Obeyed:
    """What left the record: objects withdrawn whole, those written anew with less, whether a
    photograph went, and the sources of which redacted files went."""

    withdrawn: list[str] = field(default_factory=list)
    rewritten: list[str] = field(default_factory=list)
    photograph: bool = False
    files: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.withdrawn or self.rewritten or self.photograph or self.files)


def obey_consents(person: Person, *, by: StaffMember | None, at: datetime | None = None) -> Obeyed:
    """Let the record show no more of a person than the consents and grounds that are stored
    allow; return what went. Whoever may record these needs no further right for what follows from
    them; ``by`` is None where only time has passed.

    Call it in the transaction that stores them. It may be asked for any person, public or not.
    """
    at = at or timezone.now()
    shown = _shown(person)
    beside = [] if shown is None else files_beside([str(person.reference)])
    hides_more = bool(beside) and shows_more_than_allowed(person, shown)
    follows = _obey(person, shown, by, at)
    if not (follows or hides_more):
        return follows
    take_down_files(beside, by=by, at=at)
    return replace(follows, files=sorted({*follows.files, *beside}))


def _obey(person: Person, shown: str | None, by: StaffMember | None, at: datetime) -> Obeyed:
    photograph = obey_case_file(person, by=by, at=at)
    if shown is None or (allowed := _allowed(person)) == NameProtection.FULL:
        return Obeyed(photograph=photograph)
    with (
        publishing_lock(),
        pghistory.context(user=by.pk if by else None, act="obey consents"),
    ):
        if allowed == NameProtection.HIDDEN:
            _protect(person, NameProtection.HIDDEN, by)
            gone = Withdrawal(REASON, _NOTE, at, by=by, final=False).of(person)
            return Obeyed(gone.withdrawn, gone.rewritten, photograph, gone.files)
        if shown in _HELD_BACK:
            return Obeyed(photograph=photograph)
        return _withhold(person, photograph, by, at)


def beyond_consent() -> QuerySet[Person]:
    """People in the record without a ground and without a consent to the name that counts: it
    ended, was taken out, or they came back.

    Of each it is asked again what is allowed: there may be one to an account without it. Where
    that one holds and the record holds the name back already, nothing is left to obey.
    """
    public = VictimEntry.objects.live()
    shown = KeyTextTransform("name_shown", Cast("document", JSONField()))
    held_back = public.annotate(shown=shown).filter(shown__in=_HELD_BACK)
    nameless = Person.objects.filter(
        ~Q(pk__in=_held_by("publish-name")),
        publication_ground__isnull=True,
        reference__in=public.values("reference"),
    )
    settled = Q(pk__in=_held_by(*CONSENT_FOR[NameProtection.WITHHELD])) & Q(
        Exists(held_back.filter(reference=OuterRef("reference")))
    )
    return nameless.exclude(settled).order_by("pk")


def _held_by(*uses: str) -> QuerySet[Consent, int]:
    """The people of whom a consent to one of these uses is in force and counts."""
    held = counting(Consent.objects.in_force().filter(use__code__in=uses), of_all=True)
    return held.values_list("person", flat=True)


def _shown(person: Person) -> str | None:
    """How the record names the person (``documents.protection.ShownName``); None if it does not
    know them."""
    if not person.reference:
        return None
    entry = VictimEntry.objects.live().filter(reference=person.reference).first()
    return None if entry is None else str(entry.content()["name_shown"])


def _allowed(person: Person) -> NameProtection:
    """The most that may be shown: the full name, nothing of it, or not the person at all."""
    stored = Person.objects.get(pk=person.pk)
    if stored.publication_ground_id is not None:
        return NameProtection.FULL
    if _holds(person, CONSENT_FOR[NameProtection.FULL]):
        return NameProtection.FULL
    if _holds(person, CONSENT_FOR[NameProtection.WITHHELD]):
        return NameProtection.WITHHELD
    return NameProtection.HIDDEN


def _holds(person: Person, uses: tuple[str, ...]) -> bool:
    """Whether a consent to one of these uses holds.

    What a family allowed for somebody who has come back stands in the record until the person has
    answered: the office is asked to ask them (DESIGN section 6).
    """
    given: ConsentQuerySet = Consent.objects.in_force().filter(person=person, use__code__in=uses)
    unasked = to_be_asked_anew(person).exists()
    return (given if unasked else counting(given)).exists()


def _withhold(person: Person, photograph: bool, by: StaffMember | None, at: datetime) -> Obeyed:
    """Take out of the record what says who the person is, and keep the account."""
    reference = str(person.reference)
    _protect(person, NameProtection.WITHHELD, by)
    hide_pictures(person, by=by)
    around = [name for names in live_mentions([reference]).values() for name in names]
    rewritten = [
        *_rewrite_changed([reference], _held_back, at),
        *_rewrite_changed(around, lambda content: _held_back_in(content, reference), at),
    ]
    gone = Withdrawal(REASON, _NOTE, at, by=by, final=False).of_words_naming(person)
    redact([reference])
    rest = dict.fromkeys([*rewritten, *gone.rewritten])
    kept = [each for each in rest if each not in gone.withdrawn]
    return Obeyed(gone.withdrawn, kept, photograph, gone.files)


def _rewrite_changed(
    references: list[str], change: Callable[[Document], Document], at: datetime
) -> list[str]:
    """Write anew what is otherwise after ``change``; the references of these documents."""
    changed = [
        entry.reference
        for entry in live_entries(references)
        if change(content_of(entry.content())) != content_of(entry.content())
    ]
    return rewrite(changed, change, note=_NOTE, at=at)


def _held_back_in(content: Any, reference: str) -> Any:
    """A document with every part that stands for the person held back, at any depth."""
    if isinstance(content, list):
        return [_held_back_in(part, reference) for part in content]
    if not isinstance(content, dict):
        return content
    part = {key: _held_back_in(value, reference) for key, value in content.items()}
    return _held_back(part) if part.get("reference") == reference else part


def _held_back(part: Document) -> Document:
    """The part without what says who this is; the words for somebody unnamed stay."""
    kept = _NAMES if part.get("name_shown") == "unnamed" else frozenset()
    return {key: _SAYS_WHO.get(key, was) if key not in kept else was for key, was in part.items()}


def _protect(person: Person, most: NameProtection, by: StaffMember | None) -> None:
    """Let no later publication show more than is allowed now."""
    if stricter("name_protection", person.name_protection, most) == person.name_protection:
        return
    person.name_protection = most
    person.changed_by = by or person.changed_by
    person.save(update_fields=["name_protection", "changed_by", "changed_at"])
