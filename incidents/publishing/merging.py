"""Two published objects become one; the address of the first leads to the second for ever."""

from datetime import datetime

import pghistory
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from incidents.combining import combine
from incidents.documents.copies import refreshed, renamed
from incidents.documents.values import Document
from incidents.documents.victim import current_status, in_time
from incidents.models import Incident, NameProtection, Person, Publication, StaffMember
from incidents.publishing.neighbours import content_of, rewrite
from incidents.publishing.refusal import PublicationRefused
from incidents.publishing.releasing import release
from incidents.readiness import PUBLISH, Obstacle
from record.chain import publishing_lock
from record.mentions import live_mentions
from record.models import IncidentEntry, VictimEntry
from record.models.revision import Action
from record.writing import merge_entry, write


def merge(
    loser: Incident | Person,
    survivor: Incident | Person,
    *,
    by: StaffMember,
    note: str,
    at: datetime | None = None,
) -> None:
    """Merge a published object into another of its kind; the old reference answers 308.

    Two incidents: first move the rows (``incidents.combining``) and have the survivor approved
    again; its correction and the merge are then one act. Two people: rows and documents are
    moved here. Raises PublicationRefused.
    """
    if not by.has_perm(PUBLISH):
        raise PermissionDenied
    if not note.strip():
        raise PublicationRefused(
            [Obstacle("no-note", _("Say in a sentence why these are one: it is published."))]
        )
    at = at or timezone.now()
    with publishing_lock(), pghistory.context(user=by.pk, act="merge"):
        if isinstance(loser, Incident) and isinstance(survivor, Incident):
            _merge_incidents(loser, survivor, by, note, at)
        elif isinstance(loser, Person) and isinstance(survivor, Person):
            _merge_people(loser, survivor, by, note, at)
        else:
            raise PublicationRefused(
                [Obstacle("two-kinds", _("Only two incidents or two people can be made one."))]
            )


def _merge_incidents(
    loser: Incident, survivor: Incident, by: StaffMember, note: str, at: datetime
) -> None:
    if loser.violations.exists():
        raise PublicationRefused(
            [
                Obstacle(
                    "not-combined",
                    _("Move the violations to the incident that stays, and have it approved."),
                )
            ]
        )
    entry = release(survivor, by=by, note=note, at=at)
    gone = IncidentEntry.objects.live().filter(reference=loser.reference).first()
    if gone is not None:
        merge_entry(gone, entry, note=note, at=at)
        _lead_mentions(str(loser.reference), entry.reference, entry.content(), note, at)
    loser.publication = Publication.MERGED if loser.reference else Publication.UNPUBLISHED
    loser.save(update_fields=["publication", "changed_at"])


def _merge_people(
    loser: Person, survivor: Person, by: StaffMember, note: str, at: datetime
) -> None:
    if _protection(loser) != _protection(survivor):
        raise PublicationRefused(
            [
                Obstacle(
                    "protected-differently",
                    _("One of them is protected more. Bring both to the same protection first."),
                )
            ]
        )
    gone, stays = (
        VictimEntry.objects.live().filter(reference=row.reference or "").first()
        for row in (loser, survivor)
    )
    combine(loser, survivor, by=by)
    loser.name_protection = NameProtection.HIDDEN
    loser.save(update_fields=["name_protection", "changed_at"])
    if gone is None:
        return
    if stays is None:
        raise PublicationRefused(
            [Obstacle("survivor-unpublished", _("The one that stays has to be the published one."))]
        )
    content = _united(content_of(stays.content()), content_of(gone.content()))
    write(stays.kind, content, reference=stays.reference, action=Action.CORRECTED, note=note, at=at)
    _lead_mentions(gone.reference, stays.reference, content, note, at)
    merge_entry(gone, stays, note=note, at=at)


def _protection(person: Person) -> tuple[str, str, str]:
    return person.name_protection, person.place_protection, person.date_protection


def _united(stays: Document, gone: Document) -> Document:
    """The survivor's document with what was recorded under the other reference."""
    statuses = sorted(stays["statuses"] + gone["statuses"], key=in_time)
    return {
        **stays,
        "statuses": statuses,
        "status": current_status(statuses),
        "body_events": sorted(stays["body_events"] + gone["body_events"], key=in_time),
        "violations": sorted(
            stays["violations"] + gone["violations"], key=lambda act: act["start"]["earliest"] or ""
        ),
        "legal_actions": stays["legal_actions"]
        + [line for line in gone["legal_actions"] if line not in stays["legal_actions"]],
    }


def _lead_mentions(old: str, new: str, content: Document, note: str, at: datetime) -> None:
    """Let every live document that mentions the old reference mention the new one."""
    mentioning = [name for names in live_mentions([old]).values() for name in names]
    rewrite(
        mentioning,
        lambda standing: refreshed(renamed(standing, old, new), {new: content}),
        note=note,
        at=at,
    )
