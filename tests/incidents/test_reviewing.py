import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from incidents import reviewing, roles
from incidents.models import Review, Stage
from tests.incidents import factories as make

pytestmark = pytest.mark.django_db


def test_a_draft_is_submitted_verified_and_approved():
    case, clerk, reviewer = make.incident(), make.staff(), make.staff(roles.REVIEWER)
    reviewing.submit(case, by=clerk)
    reviewing.verify(case, by=reviewer)
    reviewing.approve(case, by=reviewer)
    assert case.stage == Stage.APPROVED
    assert [row.decision for row in case.reviews.all()] == ["submitted", "verified", "approved"]


def test_whoever_entered_a_case_cannot_approve_it():
    reviewer = make.staff(roles.REVIEWER)
    case = make.incident(by=reviewer)
    reviewing.submit(case, by=make.staff())
    with pytest.raises(reviewing.ReviewRefused):
        reviewing.approve(case, by=reviewer)


def test_whoever_entered_a_single_row_of_a_case_cannot_approve_it():
    case, reviewer = make.incident(), make.staff(roles.REVIEWER)
    make.violation(case, entered_by=reviewer)
    reviewing.submit(case, by=make.staff())
    with pytest.raises(reviewing.ReviewRefused):
        reviewing.approve(case, by=reviewer)


def test_whoever_submitted_a_case_cannot_approve_it():
    case, reviewer = make.incident(), make.staff(roles.REVIEWER)
    reviewing.submit(case, by=reviewer)
    with pytest.raises(reviewing.ReviewRefused):
        reviewing.approve(case, by=reviewer)


def test_a_superuser_cannot_approve_their_own_case_either():
    case, chief = make.incident(), make.staff(is_superuser=True)
    reviewing.submit(case, by=chief)
    with pytest.raises(reviewing.ReviewRefused):
        reviewing.approve(case, by=chief)


def test_data_entry_cannot_approve():
    case = make.incident()
    reviewing.submit(case, by=make.staff())
    with pytest.raises(PermissionDenied):
        reviewing.approve(case, by=make.staff())


def test_a_case_is_not_returned_without_a_reason():
    case = make.incident()
    reviewing.submit(case, by=make.staff())
    with pytest.raises(reviewing.ReviewRefused):
        reviewing.return_for_work(case, by=make.staff(roles.REVIEWER), reason=" ")


def test_a_draft_cannot_be_approved_without_being_submitted():
    with pytest.raises(reviewing.ReviewRefused):
        reviewing.approve(make.incident(), by=make.staff(roles.REVIEWER))


def test_the_database_refuses_an_approval_by_the_author():
    case, one = make.incident(), make.staff()
    with pytest.raises(IntegrityError), transaction.atomic():
        Review.objects.create(
            incident=case, decision="approved", author=one, reviewer=one, fingerprint="x"
        )


def test_the_database_refuses_an_approval_that_binds_no_content():
    case = make.incident()
    with pytest.raises(IntegrityError), transaction.atomic():
        Review.objects.create(
            incident=case, decision="approved", author=make.staff(), reviewer=make.staff()
        )
