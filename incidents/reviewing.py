"""The way of a case from draft to approved. Author and approver are always two people.

Each decision can be taken on one case or on many; the rules are those for one, and what stands in
the way of one case keeps back no other.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from incidents.authorship import authors_of_all
from incidents.documents.case import fingerprint
from incidents.documents.casefile import read_cases
from incidents.documents.standing import read_standing
from incidents.models import Decision, Incident, Review, StaffMember, Stage

REVIEW = "incidents.review_incident"


class ReviewRefused(Exception):
    """A decision that cannot be taken now. The text says what to do instead."""

    def __init__(self, message: str, *, code: str = "") -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What became of a decision on one case: it was taken, or refused."""

    incident: Incident
    review: Review | None = None
    refused: ReviewRefused | None = None


def submit(incident: Incident, *, by: StaffMember, note: str = "") -> Review:
    """Hand a draft or a returned case in for review."""
    return _only(submit_many([incident], by=by, note=note))


def submit_many(
    incidents: Sequence[Incident], *, by: StaffMember, note: str = ""
) -> list[Reviewed]:
    """Hand drafts and returned cases in for review."""
    return _decide(incidents, _SUBMITTING, by=by, reason=note)


def return_for_work(incident: Incident, *, by: StaffMember, reason: str) -> Review:
    """Send a case back, saying what is missing. Raises ReviewRefused without a reason."""
    _may_review(by)
    return _only(_decide([incident], _RETURNING, by=by, reason=reason))


def verify(incident: Incident, *, by: StaffMember, reason: str = "") -> Review:
    """Record that a second person has checked the facts against the sources."""
    return _only(verify_many([incident], by=by, reason=reason))


def verify_many(
    incidents: Sequence[Incident], *, by: StaffMember, reason: str = ""
) -> list[Reviewed]:
    """Record for many cases that a second person has checked the facts against the sources."""
    _may_review(by)
    return _decide(incidents, _VERIFYING, by=by, reason=reason)


def approve(
    incident: Incident, *, by: StaffMember, reason: str = "", seen: str | None = None
) -> Review:
    """Approve exactly what the preview shows now; any later change needs a new approval.

    ``seen`` is the fingerprint of what the reviewer has looked at: a case that is no longer the
    same is refused. Without it the reviewer is taken to look now.
    """
    looked_at = None if seen is None else {incident.pk: seen}
    return _only(approve_many([incident], by=by, reason=reason, seen=looked_at))


def approve_many(
    incidents: Sequence[Incident],
    *,
    by: StaffMember,
    reason: str = "",
    seen: Mapping[int, str] | None = None,
) -> list[Reviewed]:
    """Approve of many cases exactly what their previews show now. All are in memory together.

    ``seen`` gives the fingerprint of each case as the reviewer has asked for its approval.
    """
    _may_review(by)
    return _decide(incidents, _APPROVING, by=by, reason=reason, seen=seen)


@transaction.atomic
def reopen(incident: Incident, *, by: StaffMember) -> None:
    """Take a case that was handed in back to draft, so that it can be corrected."""
    incident.refresh_from_db(fields=["stage"])
    if incident.stage not in (Stage.SUBMITTED, Stage.VERIFIED, Stage.APPROVED):
        raise _wrong_stage(incident)
    incident.stage = Stage.DRAFT
    incident.changed_by = by
    incident.save()


def approvals_of_all(incidents: Iterable[Incident]) -> dict[int, Review]:
    """The approvals that stand, by incident: one query."""
    approved = [incident.pk for incident in incidents if incident.stage == Stage.APPROVED]
    reviews = Review.objects.filter(incident__in=approved, decision=Decision.APPROVED)
    return {review.incident_id: review for review in reviews.order_by("pk")}


def fingerprints_of_all(incidents: Sequence[Incident]) -> dict[int, str]:
    """What each case would tell the world now, as a hash, by id. All are in memory together."""
    cases = read_cases(Incident.objects.filter(pk__in=[incident.pk for incident in incidents]))
    read_standing(cases)
    return {case.incident.pk: fingerprint(case) for case in cases}


def _nothing_seen(incidents: Sequence[Incident]) -> dict[int, str]:
    return {incident.pk: "" for incident in incidents}


@dataclass(frozen=True, slots=True)
class _Step:
    """A decision: where it begins, where it leads, and what it asks for."""

    decision: Decision
    begins: tuple[Stage, ...]
    leads: Stage
    by_another: bool = False
    needs_reason: bool = False
    seen: Callable[[Sequence[Incident]], dict[int, str]] = _nothing_seen


_SUBMITTING = _Step(Decision.SUBMITTED, (Stage.DRAFT, Stage.RETURNED), Stage.SUBMITTED)
_RETURNING = _Step(
    Decision.RETURNED,
    (Stage.SUBMITTED, Stage.VERIFIED, Stage.APPROVED),
    Stage.RETURNED,
    needs_reason=True,
)
_VERIFYING = _Step(Decision.VERIFIED, (Stage.SUBMITTED,), Stage.VERIFIED, by_another=True)
_APPROVING = _Step(
    Decision.APPROVED,
    (Stage.SUBMITTED, Stage.VERIFIED),
    Stage.APPROVED,
    by_another=True,
    seen=fingerprints_of_all,
)


@transaction.atomic
def _decide(
    incidents: Sequence[Incident],
    step: _Step,
    *,
    by: StaffMember,
    reason: str,
    seen: Mapping[int, str] | None = None,
) -> list[Reviewed]:
    _read_anew(incidents)
    refused = _refusals(incidents, step, by, reason)
    standing = step.seen([incident for incident in incidents if incident.pk not in refused])
    if seen is not None:
        refused |= _changed_since(seen, standing)
    taken = [incident for incident in incidents if incident.pk not in refused]
    reviews = _record(taken, step, by, reason, standing)
    return [
        Reviewed(incident, reviews.get(incident.pk), refused.get(incident.pk))
        for incident in incidents
    ]


def _read_anew(incidents: Sequence[Incident]) -> None:
    """Take the stage and grade of the cases from the database, and keep others from them."""
    rows = Incident.objects.filter(pk__in=[incident.pk for incident in incidents]).order_by("pk")
    locked = rows.select_for_update().values_list("pk", "stage", "grade")
    found = {pk: (stage, grade) for pk, stage, grade in locked}
    for incident in incidents:
        incident.stage, incident.grade_id = found[incident.pk]


def _refusals(
    incidents: Sequence[Incident], step: _Step, by: StaffMember, reason: str
) -> dict[int, ReviewRefused]:
    refused = {
        incident.pk: _wrong_stage(incident)
        for incident in incidents
        if incident.stage not in step.begins
    }
    left = [incident.pk for incident in incidents if incident.pk not in refused]
    if step.needs_reason and not reason.strip():
        message = _("Say what has to be done before the case comes back.")
        return refused | {pk: ReviewRefused(message, code="no-reason") for pk in left}
    if step.by_another:
        message = _("You have worked on this case yourself. Somebody else has to decide on it.")
        authors = authors_of_all(left)
        own = (pk for pk in left if by.pk in authors[pk])
        refused |= {pk: ReviewRefused(message, code="own-case") for pk in own}
    return refused


def _changed_since(seen: Mapping[int, str], standing: dict[int, str]) -> dict[int, ReviewRefused]:
    """The cases that no longer tell what the person has seen."""
    message = _("The case has changed since you looked at it. Look at it again before you decide.")
    return {
        pk: ReviewRefused(message, code="changed-since-asked")
        for pk, told in standing.items()
        if seen.get(pk) != told
    }


def _record(
    incidents: Sequence[Incident],
    step: _Step,
    by: StaffMember,
    reason: str,
    fingerprints: dict[int, str],
) -> dict[int, Review]:
    ids = [incident.pk for incident in incidents]
    submitters = {} if step.decision == Decision.SUBMITTED else _submitters(ids)
    Incident.objects.filter(pk__in=ids).update(stage=step.leads, changed_at=timezone.now())
    for incident in incidents:
        incident.stage = step.leads
    reviews = Review.objects.bulk_create(
        Review(
            incident=incident,
            decision=step.decision,
            author_id=by.pk if step.decision == Decision.SUBMITTED else submitters.get(incident.pk),
            reviewer=by,
            grade_id=incident.grade_id,
            reason=reason,
            fingerprint=fingerprints[incident.pk],
        )
        for incident in incidents
    )
    return {review.incident_id: review for review in reviews}


def _submitters(incidents: Sequence[int]) -> dict[int, int]:
    """Who handed each case in last."""
    reviews = Review.objects.filter(incident__in=incidents, decision=Decision.SUBMITTED)
    return dict(reviews.order_by("pk").values_list("incident", "reviewer"))


def _only(reviewed: Sequence[Reviewed]) -> Review:
    [one] = reviewed
    if one.review is None:
        raise one.refused or ReviewRefused("")
    return one.review


def _may_review(by: StaffMember) -> None:
    if not by.has_perm(REVIEW):
        raise PermissionDenied


def _wrong_stage(incident: Incident) -> ReviewRefused:
    return ReviewRefused(
        _("This cannot be done while the case is: %(stage)s.")
        % {"stage": incident.get_stage_display()},
        code="wrong-stage",
    )
