"""Two objects become one; the address of a published one leads to the other for ever."""

from datetime import datetime

import pghistory
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from incidents.combining import combine
from incidents.documents.copies import refreshed, renamed
from incidents.documents.values import Document
from incidents.documents.victim import current_status, in_time
from incidents.duplicates.deciding import decide
from incidents.informants import UnreadableTiesError, refuse_unreadable
from incidents.models import (
    Incident,
    Likeness,
    Merger,
    NameProtection,
    Person,
    PersonRelation,
    Publication,
    StaffMember,
)
from incidents.models.sealed import Unreadable
from incidents.publishing.neighbours import content_of, rewrite
from incidents.publishing.photographs import obey_case_file
from incidents.publishing.refusal import PublicationRefused
from incidents.publishing.releasing import publish
from incidents.publishing.shielding import protect_merged
from incidents.readiness import PUBLISH, Obstacle
from record.chain import last_sequence, publishing_lock
from record.kinds import Kind, kind_of
from record.mentions import live_mentions
from record.models import Entry, IncidentEntry, VictimEntry
from record.models.revision import Action
from record.writing import merge_entry, write

CHANGE_PERSON = "incidents.change_person"


def merge(
    loser: Incident | Person,
    survivor: Incident | Person,
    *,
    by: StaffMember,
    note: str,
    at: datetime | None = None,
) -> None:
    """Merge an object into another of its kind; a public reference of the loser answers 308.

    Two incidents: first move the rows (``incidents.combining``) and have the survivor approved
    again; its correction and the merge are then one act. Two people: rows and documents are
    moved here, and ``separate`` can move them back. Raises PublicationRefused.
    """
    if not by.has_perm(permission_to_merge(loser, survivor)):
        raise PermissionDenied
    if not note.strip():
        raise refusal("no-note", _("Say in a sentence why these are one: it is published."))
    at = at or timezone.now()
    with publishing_lock(), pghistory.context(user=by.pk, act="merge"):
        if isinstance(loser, Incident) and isinstance(survivor, Incident):
            _merge_incidents(loser, survivor, by, note, at)
        elif isinstance(loser, Person) and isinstance(survivor, Person):
            _merge_people(loser, survivor, by, note, at)
        else:
            raise refusal("two-kinds", _("Only two incidents or two people can be made one."))


def permission_to_merge(*rows: Incident | Person) -> str:
    """What somebody needs to make these one, or two again: the public is concerned as soon as
    one of them has a public reference."""
    unpublished = all(isinstance(row, Person) and row.reference is None for row in rows)
    return CHANGE_PERSON if unpublished else PUBLISH


def refusal(code: str, message: str) -> PublicationRefused:
    """A refusal for one reason."""
    return PublicationRefused([Obstacle(code, message)])


def refuse_unreadable_ties(merger: Merger | None = None) -> None:
    """Refuse while the key is missing to who told us, or to what this merger moved: sources would
    stay with the other person. Raises PublicationRefused."""
    try:
        refuse_unreadable()
        if merger is not None and isinstance(merger.told, Unreadable):
            raise UnreadableTiesError
    except UnreadableTiesError as error:
        raise refusal("unreadable-ties", str(error)) from None


def _merge_incidents(
    loser: Incident, survivor: Incident, by: StaffMember, note: str, at: datetime
) -> None:
    if loser.violations.exists():
        raise refusal(
            "not-combined",
            _("Move the violations to the incident that stays, and have it approved."),
        )
    entry = publish(survivor, by=by, note=note, at=at)
    gone = IncidentEntry.objects.live().filter(reference=loser.reference).first()
    if gone is not None:
        merge_entry(gone, entry, note=note, at=at)
        _lead_mentions(str(loser.reference), entry.reference, entry.content(), note, at)
    loser.publication = Publication.MERGED if loser.reference else Publication.UNPUBLISHED
    loser.save(update_fields=["publication", "changed_at"])


def _merge_people(
    loser: Person, survivor: Person, by: StaffMember, note: str, at: datetime
) -> None:
    if loser.pk == survivor.pk:
        raise refusal("one-row", _("These are already one and the same."))
    list(Person.objects.select_for_update().filter(pk__in=(loser.pk, survivor.pk)).order_by("pk"))
    for row in (loser, survivor):
        row.refresh_from_db()
    # Once more: one of them may have become public since the page was read.
    if not by.has_perm(permission_to_merge(loser, survivor)):
        raise PermissionDenied
    _refuse_unfit(loser, survivor)
    gone, stays = (
        VictimEntry.objects.live().filter(reference=row.reference or "").first()
        for row in (loser, survivor)
    )
    if gone is not None and stays is None:
        raise refusal("survivor-unpublished", _("The one that stays has to be the published one."))
    kept = protect_merged(loser, survivor, gone=gone is not None, stays=stays is not None)
    moved = combine(loser, survivor, by=by)
    loser.name_protection = NameProtection.HIDDEN
    loser.save(update_fields=["name_protection", "changed_at"])
    # Before the number of the last revision is kept: a separation brings no photograph back.
    if obey_case_file(survivor, by=by, at=at) and stays is not None:
        stays.refresh_from_db()
    Merger.objects.create(
        loser=loser,
        survivor=survivor,
        note=note.strip(),
        moved=moved,
        kept=kept,
        last_revision=last_sequence(),
        merged_by=by,
    )
    decide(loser, survivor, Likeness.SAME, by=by, reason=note)
    if gone is not None and stays is not None:
        _unite(gone, stays, note, at)


def _refuse_unfit(loser: Person, survivor: Person) -> None:
    """Refuse people who are two, or of whom one is no record of its own any more, and all while
    nobody can say whose sources go along."""
    refuse_unreadable_ties()
    if Merger.objects.standing().filter(loser__in=(loser, survivor)).exists():
        raise refusal(
            "merged-already",
            _("One of them was merged into another record already. Use that record instead."),
        )
    if PersonRelation.objects.filter(
        person__in=(loser, survivor), other__in=(loser, survivor)
    ).exists():
        raise refusal(
            "related",
            _(
                "These two are recorded as related to each other, so they are two people. If that "
                "is a mistake, take the relation out first."
            ),
        )


def _unite(gone: Entry, stays: Entry, note: str, at: datetime) -> None:
    """Let the record follow: one document, and every mention of the other one led to it."""
    content = _united(content_of(stays.content()), content_of(gone.content()))
    write(stays.kind, content, reference=stays.reference, action=Action.CORRECTED, note=note, at=at)
    _lead_mentions(gone.reference, stays.reference, content, note, at)
    merge_entry(gone, stays, note=note, at=at)


def _united(stays: Document, gone: Document) -> Document:
    """The survivor's document with what was recorded under the other reference."""
    statuses = sorted(stays["statuses"] + gone["statuses"], key=in_time)
    taken = {line["reference"] for line in stays["legal_actions"]}
    return {
        **stays,
        "statuses": statuses,
        "status": current_status(statuses),
        "body_events": sorted(stays["body_events"] + gone["body_events"], key=in_time),
        "unacknowledged_days": stays["unacknowledged_days"] or gone["unacknowledged_days"],
        "violations": sorted(
            stays["violations"] + gone["violations"], key=lambda act: act["start"]["earliest"] or ""
        ),
        "legal_actions": stays["legal_actions"]
        + [line for line in gone["legal_actions"] if line["reference"] not in taken],
    }


def _lead_mentions(old: str, new: str, content: Document, note: str, at: datetime) -> None:
    """Let every live document that mentions the old reference mention the new one."""
    mentioning = [name for names in live_mentions([old]).values() for name in names]
    rewrite(
        mentioning,
        lambda standing: _once(refreshed(renamed(standing, old, new), {new: content}), new),
        note=note,
        at=at,
    )


def _once(content: Document, reference: str) -> Document:
    """The content with the victim listed once, where both were victims of one incident or
    parties to one legal action."""
    if kind_of(reference) is not Kind.VICTIM or "victims" not in content:
        return content
    same = [victim for victim in content["victims"] if victim["reference"] == reference]
    if len(same) < 2:
        return content
    parts = {
        part: sorted((line for victim in same for line in victim[part]), key=in_time)
        for part in ("statuses", "body_events")
        if part in same[0]
    }
    first = {**same[0], **parts}
    victims = [
        first if victim is same[0] else victim
        for victim in content["victims"]
        if victim is same[0] or victim["reference"] != reference
    ]
    return {**content, "victims": victims}
