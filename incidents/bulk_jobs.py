"""Bulk review and publication as jobs, some hundred cases a transaction.

How far a job has come is written in the transaction of the cases themselves: after a kill the next
worker goes on with the first case that was not dealt with, and deals with none twice.
"""

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from incidents import publishing, reviewing
from incidents.jobs import JobFailed, JobStopped, Progress, ask_for, job
from incidents.models import Incident, Job, JobRefusal, StaffMember
from incidents.readiness import PUBLISH
from incidents.reviewing import REVIEW, Reviewed
from incidents.visibility import visible_to

CHANGE: Final = "incidents.change_incident"

AT_ONCE: Final = 250
"""Cases of one transaction: read in as many queries as one, and some 30 MB of memory."""


@dataclass(frozen=True, slots=True)
class _Refusal:
    """One reason why nothing was done with a case."""

    incident: Incident
    code: str
    reason: str


_Act = Callable[[list[Incident], Job], list[_Refusal]]


def ask_for_step(kind: str, cases: Sequence[int], *, by: StaffMember, language: str = "") -> Job:
    """Have one of the steps below taken with these cases, given by their ids.

    What is to be approved is approved only as it stands now: a hash of each goes with the job.
    """
    arguments: dict[str, Any] = {"incidents": list(cases), "language": language}
    if kind == "approve":
        arguments["seen"] = _seen(cases)
    return ask_for(kind, arguments, by=by, total=len(cases))


def _seen(cases: Sequence[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for begin in range(0, len(cases), AT_ONCE):
        rows = Incident.objects.filter(pk__in=cases[begin : begin + AT_ONCE])
        found |= reviewing.fingerprints_of_all(list(rows))
    return found


@job("submit")
def submit(asked: Job, progress: Progress) -> str:
    """Hand cases in for review."""
    return _work(asked, progress, CHANGE, _submit)


@job("verify")
def verify(asked: Job, progress: Progress) -> str:
    """Record that a second person has checked cases."""
    return _work(asked, progress, REVIEW, _verify)


@job("approve")
def approve(asked: Job, progress: Progress) -> str:
    """Approve cases as they stand."""
    return _work(asked, progress, REVIEW, _approve)


@job("publish")
def publish(asked: Job, progress: Progress) -> str:
    """Publish approved cases."""
    return _work(asked, progress, PUBLISH, _publish)


def _submit(incidents: list[Incident], asked: Job) -> list[_Refusal]:
    return list(_refused(reviewing.submit_many(incidents, by=asked.asked_by, note=_note(asked))))


def _verify(incidents: list[Incident], asked: Job) -> list[_Refusal]:
    return list(_refused(reviewing.verify_many(incidents, by=asked.asked_by, reason=_note(asked))))


def _approve(incidents: list[Incident], asked: Job) -> list[_Refusal]:
    # The keys of JSON are text. A job that says nothing of a case has no case approved.
    seen = {int(pk): told for pk, told in asked.arguments.get("seen", {}).items()}
    return list(
        _refused(
            reviewing.approve_many(incidents, by=asked.asked_by, reason=_note(asked), seen=seen)
        )
    )


def _note(asked: Job) -> str:
    note: str = asked.arguments.get("note", "")
    return note


def _refused(reviewed: Sequence[Reviewed]) -> Iterator[_Refusal]:
    for each in reviewed:
        if each.refused is not None:
            yield _Refusal(each.incident, each.refused.code, str(each.refused))


def _publish(incidents: list[Incident], asked: Job) -> list[_Refusal]:
    return [
        _Refusal(outcome.incident, obstacle.code, obstacle.message)
        for outcome in publishing.publish_many(incidents, by=asked.asked_by, note=_note(asked))
        for obstacle in outcome.obstacles
    ]


def _work(asked: Job, progress: Progress, permission: str, act: _Act) -> str:
    """Go through the cases of a job from where it stands; returns what came of it."""
    by = asked.asked_by
    if not by.has_perm(permission):
        raise JobFailed(_("Your role does not allow this."))
    ids = _incidents(asked)
    Job.objects.filter(pk=asked.pk).update(total=len(ids))
    for begin in range(asked.done, len(ids), AT_ONCE):
        try:
            progress.check()
        except JobStopped:
            stays = _("Stopped. What was done by then stays.")
            raise JobStopped(f"{stays} {_closing(asked, ids)}") from None
        with _garbage_left_alone(), transaction.atomic():
            _deal_with(ids[begin : begin + AT_ONCE], asked, act)
    return _closing(asked, ids)


@contextmanager
def _garbage_left_alone() -> Iterator[None]:
    """Look for garbage when the block ends: what it reads lives as long as it does, and going
    through all of that again and again takes a third of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.collect()


def _incidents(asked: Job) -> list[int]:
    """The cases that were asked for, always in the same order: it says where to go on."""
    ids: list[int] = sorted(asked.arguments["incidents"])
    return ids


def _deal_with(ids: list[int], asked: Job, act: _Act) -> None:
    # What was hidden from the person meanwhile, or removed, is passed over in silence.
    cases = visible_to(asked.asked_by, Incident.objects.filter(pk__in=ids)).order_by("pk")
    refusals = act(list(cases), asked)
    JobRefusal.objects.bulk_create(
        JobRefusal(job=asked, incident=row.incident, code=row.code, reason=row.reason)
        for row in refusals
    )
    Job.objects.filter(pk=asked.pk).update(
        done=F("done") + len(ids),
        refused=F("refused") + len({row.incident.pk for row in refusals}),
        starts=0,
    )


def _closing(asked: Job, ids: list[int]) -> str:
    """What came of the cases up to where the job stands, without those that were passed over."""
    asked.refresh_from_db(fields=["done", "refused"])
    cases = visible_to(asked.asked_by, Incident.objects.filter(pk__in=ids[: asked.done]))
    done = cases.exclude(pk__in=asked.refusals.values("incident")).count()
    message = ngettext("%(number)d case was dealt with.", "%(number)d cases were dealt with.", done)
    if not asked.refused:
        return message % {"number": done}
    refused = ngettext(
        "%(number)d case was refused.", "%(number)d cases were refused.", asked.refused
    )
    return f"{message % {'number': done}} {refused % {'number': asked.refused}}"
