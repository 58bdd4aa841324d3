"""The way of a case from draft to approved. Author and approver are always two people."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from incidents.documents.case import fingerprint
from incidents.documents.casefile import read_cases
from incidents.models import (
    Citation,
    Decision,
    DisappearanceElement,
    Incident,
    LegalStep,
    Person,
    PersonName,
    Protest,
    Review,
    StaffMember,
    Stage,
)

REVIEW = "incidents.review_incident"


class ReviewRefused(Exception):
    """A decision that cannot be taken now. The text says what to do instead."""


@transaction.atomic
def submit(incident: Incident, *, by: StaffMember, note: str = "") -> Review:
    """Hand a draft or a returned case in for review."""
    _in_stage(incident, Stage.DRAFT, Stage.RETURNED)
    return _decide(incident, Decision.SUBMITTED, Stage.SUBMITTED, by=by, reason=note)


@transaction.atomic
def return_for_work(incident: Incident, *, by: StaffMember, reason: str) -> Review:
    """Send a case back, saying what is missing. Raises ReviewRefused without a reason."""
    _may_review(by)
    _in_stage(incident, Stage.SUBMITTED, Stage.VERIFIED, Stage.APPROVED)
    if not reason.strip():
        raise ReviewRefused(_("Say what has to be done before the case comes back."))
    return _decide(incident, Decision.RETURNED, Stage.RETURNED, by=by, reason=reason)


@transaction.atomic
def verify(incident: Incident, *, by: StaffMember, reason: str = "") -> Review:
    """Record that a second person has checked the facts against the sources."""
    _may_review(by)
    _in_stage(incident, Stage.SUBMITTED)
    _is_not_the_author(incident, by)
    return _decide(incident, Decision.VERIFIED, Stage.VERIFIED, by=by, reason=reason)


@transaction.atomic
def approve(incident: Incident, *, by: StaffMember, reason: str = "") -> Review:
    """Approve exactly what the preview shows now; any later change needs a new approval."""
    _may_review(by)
    _in_stage(incident, Stage.SUBMITTED, Stage.VERIFIED)
    _is_not_the_author(incident, by)
    [case] = read_cases(Incident.objects.filter(pk=incident.pk))
    return _decide(
        incident,
        Decision.APPROVED,
        Stage.APPROVED,
        by=by,
        reason=reason,
        seen=fingerprint(case),
    )


@transaction.atomic
def reopen(incident: Incident, *, by: StaffMember) -> None:
    """Take a case that was handed in back to draft, so that it can be corrected."""
    _in_stage(incident, Stage.SUBMITTED, Stage.VERIFIED, Stage.APPROVED)
    incident.stage = Stage.DRAFT
    incident.changed_by = by
    incident.save()


def authors_of(incident: Incident) -> set[int]:
    """Everybody who wrote any row of a case or handed it in: none of them may approve or
    publish it."""
    rows = (
        Incident.objects.filter(pk=incident.pk),
        incident.violations.all(),
        incident.attributions.all(),
        incident.involvements.all(),
        incident.statuses.all(),
        incident.body_entries.all(),
        incident.accounts.all(),
        incident.casualties.all(),
        incident.interventions.all(),
        incident.legal_actions.all(),
        Person.objects.filter(violations__incident=incident),
        PersonName.objects.filter(person__violations__incident=incident),
        DisappearanceElement.objects.filter(violation__incident=incident),
        LegalStep.objects.filter(action__incidents=incident),
        Protest.objects.filter(incident=incident),
        incident.links_out.all(),
        *(
            Citation.objects.filter(**{f"{fact}__incident": incident})
            for fact in ("violation", "attribution", "involvement", "status", "account")
        ),
        incident.citations.all(),
    )
    writers = {
        pk
        for queryset in rows
        for pair in queryset.order_by().values_list("entered_by", "changed_by")
        for pk in pair
        if pk is not None
    }
    submitters = incident.reviews.filter(decision=Decision.SUBMITTED)
    return writers | set(submitters.values_list("reviewer", flat=True))


def approval_of(incident: Incident) -> Review | None:
    """The approval that stands, if the case is approved."""
    if incident.stage != Stage.APPROVED:
        return None
    return incident.reviews.filter(decision=Decision.APPROVED).order_by("pk").last()


def _decide(
    incident: Incident,
    decision: Decision,
    stage: Stage,
    *,
    by: StaffMember,
    reason: str,
    seen: str = "",
) -> Review:
    incident.stage = stage
    incident.save(update_fields=["stage", "changed_at"])
    return Review.objects.create(
        incident=incident,
        decision=decision,
        author=by if decision == Decision.SUBMITTED else _submitter(incident),
        reviewer=by,
        grade=incident.grade,
        reason=reason,
        fingerprint=seen,
    )


def _submitter(incident: Incident) -> StaffMember | None:
    last = incident.reviews.filter(decision=Decision.SUBMITTED).order_by("pk").last()
    return None if last is None else last.reviewer


def _may_review(by: StaffMember) -> None:
    if not by.has_perm(REVIEW):
        raise PermissionDenied


def _is_not_the_author(incident: Incident, by: StaffMember) -> None:
    if by.pk in authors_of(incident):
        raise ReviewRefused(
            _("You have worked on this case yourself. Somebody else has to decide on it.")
        )


def _in_stage(incident: Incident, *stages: Stage) -> None:
    incident.refresh_from_db(fields=["stage"])
    if incident.stage not in stages:
        raise ReviewRefused(
            _("This cannot be done while the case is: %(stage)s.")
            % {"stage": incident.get_stage_display()}
        )
