"""Photographs on their way into the public record, and out of it."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final

import pghistory
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from incidents.documents.case import BuiltDocument
from incidents.documents.photograph import shown_picture
from incidents.documents.values import Document
from incidents.models import Person, Picture, StaffMember
from incidents.publishing.neighbours import rewrite
from incidents.readiness import PUBLISH, consents_to_photographs
from record.chain import publishing_lock
from record.models import PublishedPicture, VictimEntry
from record.pictures import drop_pictures, put_pictures, shown_in, shows_photograph, take_back

_TAKEN_DOWN: Final = "The photograph is no longer shown."
"""What the public record says of it where nobody has said more."""


def bring_in(built: Iterable[BuiltDocument]) -> None:
    """Put the photographs that these documents show into the record, before they are written."""
    chosen = {
        row.reference: picture.pk
        for row in built
        if row.content.get("photograph")
        and isinstance(row.row, Person)
        and (picture := shown_picture(row.row)) is not None
    }
    if not chosen:
        return
    copies = dict(Picture.objects.filter(pk__in=chosen.values()).values_list("pk", "copy"))
    put_pictures({reference: bytes(copies[pk]) for reference, pk in chosen.items()})


def no_longer_seen(
    before: Mapping[str, Document], built: Iterable[BuiltDocument]
) -> dict[str, str]:
    """Victim → SHA-256 of the photograph that stood in the record and is shown no longer."""
    return {
        row.reference: was
        for row in built
        if (was := shown_in(before.get(row.reference, {}))) and shown_in(row.content) != was
    }


def take_down(
    person: Person, *, by: StaffMember, note: str = "", at: datetime | None = None
) -> bool:
    """Take the photograph of a person out of the record at once, wherever it was shown.

    One person suffices, as for a withdrawal: when in doubt, safety comes first. It is not shown
    again until somebody ticks it anew. Returns whether one was public.
    """
    if not by.has_perm(PUBLISH):
        raise PermissionDenied
    return _take_down(person, by, note, at or timezone.now())


def obey_case_file(person: Person, *, by: StaffMember | None, at: datetime | None = None) -> bool:
    """Take the photograph out if the case file allows none any more; whether that was so.

    Neither consent that has ended, nor stricter protection, nor a box that was unticked waits for
    a correction. Whoever may record these needs no further right for what follows from them;
    ``by`` is None where only time has passed.
    """
    if not is_public(person) or _is_allowed(person):
        return False
    return _take_down(person, by, "", at or timezone.now())


def without_consent() -> QuerySet[Person]:
    """People whose photograph is public and for whom no consent to it counts any more: it ran out
    by itself, or they have come back."""
    public = PublishedPicture.objects.values("reference")
    consents = consents_to_photographs().filter(person=OuterRef("pk"))
    return Person.objects.filter(~Exists(consents), reference__in=public).order_by("pk")


def is_public(person: Person) -> bool:
    """Whether the record shows a photograph of the person."""
    return bool(person.reference) and shows_photograph(str(person.reference))


def _is_allowed(person: Person) -> bool:
    """Whether the case file, as it is stored, lets out a photograph of the person."""
    stored = Person.objects.select_related("unit").get(pk=person.pk)
    if shown_picture(stored) is None:
        return False
    return consents_to_photographs().filter(person=stored).exists()


def _take_down(person: Person, by: StaffMember | None, note: str, at: datetime) -> bool:
    with (
        publishing_lock(),
        pghistory.context(user=by.pk if by else None, act="take down a photograph"),
    ):
        hide_pictures(person, by=by)
        entry = VictimEntry.objects.live().filter(reference=person.reference or "").first()
        was = shown_in(entry.content()) if entry else ""
        if entry is None or not was:
            # Bytes that no document shows are a fault, and are not left lying there.
            drop_pictures([person.reference] if person.reference else [])
            return False
        rewrite(
            [entry.reference],
            lambda content: {**content, "photograph": None},
            note=note or _TAKEN_DOWN,
            at=at,
        )
        take_back({entry.reference: was})
    return True


def hide_pictures(person: Person, *, by: StaffMember | None = None) -> None:
    """Let no later publication show a photograph that was chosen until now."""
    for picture in person.pictures.filter(shown=True).defer("copy"):
        picture.shown = False
        picture.changed_by = by or picture.changed_by
        picture.save(update_fields=["shown", "changed_by", "changed_at"])
