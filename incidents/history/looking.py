"""Up to where each person has seen a case, so that what is new to them can be shown."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from incidents.history.differences import LATELY, Point, events_of_case, name_of
from incidents.history.events import RowEvent, users_of_contexts
from incidents.history.marks import Mark, marks_since
from incidents.history.wording import KINDS_OF_TIES, Words
from incidents.models import Decision, Incident, LastLook, StaffMember

SITTING: Final = timedelta(minutes=30)
"""Looks less than this apart are one sitting: what was new at its beginning stays new until its
end, so that it is not lost by opening the page a second time."""


def last_seen(incident: Incident, user: StaffMember) -> Point | None:
    """What this person knew of a case when their sitting began; None before their first look."""
    look = _of(incident, user)
    if look is None:
        return None
    if timezone.now() - look.seen_at > SITTING:
        return Point(look.seen_at, frozenset(look.recent))
    return None if look.until is None else Point(look.until, frozenset(look.until_recent))


@transaction.atomic
def look(incident: Incident, user: StaffMember, events: Iterable[RowEvent] = ()) -> None:
    """Remember that this person sees the case now. Of ``events`` they see all; what happened in
    the last minutes and is not among them is shown to them once more."""
    recent = timezone.now() - LATELY
    _note(incident, user, [name_of(row) for row in events if row[2].pgh_created_at > recent])


@transaction.atomic
def _note(incident: Incident, user: StaffMember, recent: list[str]) -> None:
    now = timezone.now()
    before = _of(incident, user)
    values: dict[str, Any] = {"seen_at": now, "recent": recent}
    if before is None:
        values |= {"until": now, "until_recent": recent}
    elif now - before.seen_at > SITTING:
        values |= {"until": before.seen_at, "until_recent": before.recent}
    LastLook.objects.update_or_create(incident=incident, member=user, defaults=values)


def glance(incident: Incident, user: StaffMember) -> datetime | None:
    """Note a look at the form of a case, which shows how it stands and not what changed: the first
    one is a look, and no later one is.

    Returns since when somebody else has changed something of it, if so.
    """
    since = last_seen(incident, user)
    marks = marks_since(incident, (timezone.now() if since is None else since.at) - LATELY)
    if since is None:
        _note(incident, user, [mark.name for mark in marks])
        return None
    new = [mark for mark in marks if not since.knows_of(mark.at, mark.name)]
    users = users_of_contexts({mark.context for mark in new}) if new else {}
    theirs = [mark for mark in new if users.get(mark.context) != user.pk]
    return since.at if theirs and _tell_something(incident, theirs, user) else None


def _tell_something(incident: Incident, marks: list[Mark], user: StaffMember) -> bool:
    """Whether this person may know of anything that was changed: that a case was tied to one that
    they may not know of is nothing new to them. Only where nothing but ties changed they are
    read."""
    if any(mark.kind not in KINDS_OF_TIES for mark in marks):
        return True
    names = {mark.name for mark in marks}
    events = [row for row in events_of_case(incident, seen_by=user) if name_of(row) in names]
    words = Words(events, user)
    return not all(words.conceals(model, event) for model, _column, event in events)


def decided_last(incident: Incident, decision: Decision) -> Point | None:
    """The moment of the last such decision on a case."""
    review = incident.reviews.filter(decision=decision).order_by("-pk").first()
    return None if review is None else Point(review.at)


def _of(incident: Incident, user: StaffMember) -> LastLook | None:
    return LastLook.objects.filter(incident=incident, member=user).first()
