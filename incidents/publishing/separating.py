"""Taking the merger of two people back: in the case file and, if it was public, in the record.

The record is set right from its own documents, never from the case file, where somebody may be
at work on what nobody has approved: ``incidents.publishing.restoring``.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pghistory
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from incidents.combining import Moved, move_back
from incidents.duplicates.deciding import decide
from incidents.models import Incident, LegalAction, Likeness, Merger, Person, StaffMember
from incidents.publishing.merging import permission_to_merge, refusal, refuse_unreadable_ties
from incidents.publishing.photographs import obey_case_file
from incidents.publishing.refusal import PublicationRefused
from incidents.publishing.restoring import put_back, written_since
from incidents.publishing.shielding import protections, set_protections, stricter
from incidents.readiness import may_be_shown
from record.chain import publishing_lock
from record.models import Entry, VictimEntry
from record.models.entry import State
from record.writing import unmerge_entry


@dataclass(frozen=True, slots=True)
class Separated:
    """What a separation did. ``restored``: the reference that answers by itself again."""

    back: Moved
    restored: str = ""


def separate(
    merger: Merger, *, by: StaffMember, note: str, at: datetime | None = None
) -> Separated:
    """Make two people of one again: exactly what the merger moved goes back.

    Rows that were added to the survivor since stay there. A public reference of the loser answers
    by itself again, with the documents that stood before the merger; where the record has changed
    since, nobody can say whose the changes are, and the separation is refused. Nobody is shown
    more than the survivor was. Raises PublicationRefused.
    """
    if not note.strip():
        raise refusal("no-note", _("Say in a sentence why these are two people."))
    at = at or timezone.now()
    with publishing_lock(), pghistory.context(user=by.pk, act="separate"):
        rows = Merger.objects.select_related("loser", "survivor")
        merger = rows.select_for_update(of=("self", "loser", "survivor")).get(pk=merger.pk)
        loser, survivor = merger.loser, merger.survivor
        if not by.has_perm(permission_to_merge(loser, survivor)):
            raise PermissionDenied
        _refuse_out_of_order(merger)
        refuse_unreadable_ties(merger)
        entries = VictimEntry.objects.filter(reference=loser.reference or "")
        gone = entries.filter(state=State.MERGED).select_related("merged_into").first()
        stays = VictimEntry.objects.live().filter(reference=survivor.reference or "").first()
        _refuse_changed(merger, gone, stays)
        back = move_back(merger, by=by)
        _restore_protection(merger, loser, survivor)
        shown = [survivor] if stays is not None else []
        if gone is not None:
            shown += [loser] if stays is not None else []
            _follow(merger, gone, stays, note, at)
        _refuse_without_consent(shown)
        merger.undone_by, merger.undone_at = by, at
        merger.save(update_fields=["undone_by", "undone_at"])
        decide(loser, survivor, Likeness.DIFFERENT, by=by, reason=note)
        for person in shown:
            # The consent to a face may have been that of the other one.
            obey_case_file(person, by=by, at=at)
    return Separated(back=back, restored=str(loser.reference) if loser in shown else "")


def added_since(merger: Merger) -> list[QuerySet[Any]]:
    """Rows entered of the survivor after the merger: nobody said which of the two they mean."""
    survivor = merger.survivor
    rows = (survivor.violations, survivor.statuses, survivor.body_entries, survivor.names)
    return [each.filter(entered_at__gt=merger.merged_at) for each in rows]


def _refuse_out_of_order(merger: Merger) -> None:
    if merger.undone_at is not None:
        raise refusal("undone", _("This merger was taken back already."))
    later = Merger.objects.standing().filter(loser=merger.survivor).first()
    if later is not None:
        raise refusal(
            "merged-since",
            _("The one that stayed was merged into another record since. Take that back first."),
        )


def _refuse_changed(merger: Merger, gone: Entry | None, stays: Entry | None) -> None:
    """What is public has to tell nothing that came of the two being one."""
    if gone is None:
        if since := written_since(merger.last_revision, _concerned(merger)):
            raise _changed_since(since)
    elif stays is not None:
        _refuse_more_protected(merger)
        _refuse_edited(merger)


def _refuse_more_protected(merger: Merger) -> None:
    """What stands in the record was approved for the protection of that time."""
    now = protections(merger.survivor)
    if any(stricter(field, now[field], was) != was for field, was in merger.kept.items()):
        raise _too_late(
            "protected-since", _("The one that stayed has been protected more since the merger.")
        )


def _refuse_edited(merger: Merger) -> None:
    """A name that somebody has taken out since must not come back with an earlier document."""
    ids = merger.moved.get("names", [])
    untouched = merger.survivor.names.filter(pk__in=ids, changed_at__lte=merger.merged_at)
    if merger.loser.changed_at > merger.merged_at or untouched.count() < len(ids):
        raise _too_late(
            "edited-since",
            _("The name or the details of the one that went have been changed since the merger."),
        )


def _refuse_without_consent(shown: list[Person]) -> None:
    for person in shown:
        if not may_be_shown(person):
            raise _too_late(
                "no-consent",
                _(
                    "There is neither consent nor a recorded ground for showing “%(person)s” like "
                    "this, apart from the other record."
                )
                % {"person": person},
            )


def _changed_since(references: list[str]) -> PublicationRefused:
    return _too_late(
        "changed-since",
        _("The public record has changed since the merger: %s.") % ", ".join(references),
    )


def _too_late(code: str, reason: str) -> PublicationRefused:
    way = _(
        "So the merger cannot be taken back. Enter the other one as a new person "
        "instead, name that person in the violations and statuses that are theirs, and have these "
        "cases approved and corrected."
    )
    return refusal(code, f"{reason} {way}")


def _concerned(merger: Merger) -> list[str]:
    """References under which the public may be told of rows that the merger moved."""
    cases = Incident.objects.none()
    for name in ("violations", "statuses", "body_entries", "involvements"):
        rows = getattr(merger.survivor, name).filter(pk__in=merger.moved.get(name, []))
        cases |= Incident.objects.filter(pk__in=rows.values("incident"))
    actions = LegalAction.objects.filter(pk__in=merger.moved.get("legal_actions", []))
    found = [merger.survivor.reference]
    for each in (cases, actions):
        found += each.values_list("reference", flat=True)
    return [reference for reference in found if reference is not None]


def _restore_protection(merger: Merger, loser: Person, survivor: Person) -> None:
    """The loser's own protection again, or the survivor's of now where that is stricter."""
    now = protections(survivor)
    set_protections(
        loser, {field: stricter(field, was, now[field]) for field, was in merger.kept.items()}
    )


def _follow(merger: Merger, gone: Entry, stays: Entry | None, note: str, at: datetime) -> None:
    """Let the record follow the case file. Where the one that stayed is public no more, neither
    is the one that went."""
    if stays is not None:
        changed = put_back(gone, stays, after=merger.last_revision, note=note, at=at)
        if changed:
            raise _changed_since(changed)
        return
    reason = gone.merged_into.withdrawal_reason if gone.merged_into else ""
    unmerge_entry(gone, None, reason=reason, note=note, at=at)
