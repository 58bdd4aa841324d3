"""Restricting a case that is public, on its page: asked first, and done without a deadlock."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.incidents import factories as make
from tests.incidents.admin.pages import Form, messages_of
from tests.incidents.admin.test_undo import undo

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(db):
    made = make.incident()
    made.act = make.violation(made)
    make.publish(made)
    return made


def form_of(client, case):
    return Form(client, f"/admin/incidents/incident/{case.pk}/change/", "incident_form")


def locks_in_order(queries, row_lock):
    sql = [each["sql"] for each in queries]
    publishing = next(at for at, each in enumerate(sql) if "pg_advisory_xact_lock" in each)
    return publishing < next(at for at, each in enumerate(sql) if row_lock in each)


def test_the_question_tells_of_nothing_that_was_undone(clerk, case):
    question = form_of(clerk, case).fill(restricted="on").send().content.decode()
    assert "takes it out of the public record" in question
    assert "draft again" not in question
    assert messages_of(clerk) == []


def test_the_publishing_lock_is_taken_before_the_case_is_locked(clerk, case):
    form = form_of(clerk, case).fill(restricted="on")
    with CaptureQueriesContext(connection) as queries:
        form.send()
    assert locks_in_order(queries, "FOR NO KEY UPDATE")


def test_so_it_is_where_somebody_public_is_told_to_have_come_back(clerk, case):
    form = form_of(clerk, case)
    form.add_row(
        "statuses",
        person=case.act.person,
        status=make.term("victim-status", "found-free"),
        date="2024-01-05",
        claimant_text="Family",
    )
    with CaptureQueriesContext(connection) as queries:
        form.save()
    assert locks_in_order(queries, "FOR NO KEY UPDATE")


def test_so_it_is_when_something_of_somebody_public_is_taken_back(clerk, case):
    person = case.act.person
    page = f"/admin/incidents/person/{person.pk}/change/"
    Form(clerk, page, "person_form").fill(internal_notes="Ask his uncle").save()
    with CaptureQueriesContext(connection) as queries:
        undo(clerk)
    person.refresh_from_db()
    assert person.internal_notes == ""
    assert locks_in_order(queries, "FOR UPDATE")


def test_a_case_of_which_nobody_was_ever_public_waits_for_no_publisher(clerk):
    draft = make.incident()
    make.violation(draft)
    form = form_of(clerk, draft).fill(title="Another title")
    with CaptureQueriesContext(connection) as queries:
        form.save()
    assert not [each for each in queries if "pg_advisory_xact_lock" in each["sql"]]
