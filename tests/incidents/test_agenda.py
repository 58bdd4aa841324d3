"""Dates to keep: what appears, for whom, and until when."""

from datetime import date, timedelta

import pytest

from incidents.agenda import Reason, agenda
from incidents.models import Consent, Intervention, InterventionAddressee, LegalStep, Task
from incidents.reviewing import submit
from incidents.urgency import review_queue, urgent_violations
from tests.incidents import factories as make

pytestmark = pytest.mark.django_db

TODAY = date(2024, 1, 15)


@pytest.fixture
def clerk():
    return make.staff()


def reasons(member, *, today=TODAY):
    return [due.reason for due in agenda(member, today=today)]


def task(incident, *, due=TODAY, **values):
    return Task.objects.create(incident=incident, kind="call", what="Call", due=due, **values)


def missing(began="2023-12-01", **values):
    """A disappearance of somebody who was not found."""
    return make.violation(make.incident(date=began, **values), make.person())


def consent(person, **values):
    values = {"use": "publish-name", "answer": "granted", "giver": "parent"} | values
    coded = {
        name: make.term(f"consent-{name}", values.pop(name)) for name in ("use", "answer", "giver")
    }
    return Consent.objects.create(person=person, **coded, **values)


def free(violation, since="2024-01-10"):
    make.status(violation.incident, violation.person, "released", date=since)


# ------------------------------------------------------------------------------------ tasks


@pytest.mark.parametrize(
    ("due", "shown"),
    [(-400, True), (0, True), (30, True), (31, False)],
    ids=["long past", "today", "in thirty days", "later"],
)
def test_open_tasks_appear_until_they_are_done(clerk, due, shown):
    task(make.incident(), due=TODAY + timedelta(days=due))
    assert (reasons(clerk) == [Reason.TASK]) is shown


def test_a_task_that_is_done_is_no_date(clerk):
    task(make.incident(), done_on=TODAY)
    assert reasons(clerk) == []


def test_a_task_is_mine_if_it_is_given_to_me_or_to_nobody_in_my_case(clerk):
    other = make.staff()
    given = task(make.incident(), assignee=clerk)
    free_in_mine = task(make.incident(by=clerk))
    not_mine = task(make.incident(by=clerk), assignee=other)
    elsewhere = task(make.incident())
    found = {due.row: due.mine for due in agenda(clerk, today=TODAY)}
    assert found == {given: True, free_in_mine: True, not_mine: False, elsewhere: False}


# --------------------------------------------------------------------------------- hearings


def hearing(next_date, *, incident=None):
    action = make.legal_action(incident or make.incident())
    return LegalStep.objects.create(
        action=action, what="Hearing", date="2023-12-20", next_date=next_date
    )


def test_the_next_hearing_is_a_date(clerk):
    step = hearing(TODAY + timedelta(days=3))
    (due,) = agenda(clerk, today=TODAY)
    assert (due.reason, due.row, due.days_left(TODAY)) == (Reason.HEARING, step.action, 3)


def test_a_hearing_that_has_passed_stays_until_somebody_enters_what_came_of_it(clerk):
    step = hearing(date(2024, 1, 2))
    assert reasons(clerk) == [Reason.HEARING]
    LegalStep.objects.create(action=step.action, what="Adjourned", date="2024-01-02")
    assert reasons(clerk) == []


def test_a_hearing_put_off_before_its_day_is_kept_on_the_new_day_alone(clerk):
    step = hearing(date(2024, 1, 20))
    LegalStep.objects.create(
        action=step.action, what="Adjourned", date="2024-01-10", next_date=date(2024, 2, 5)
    )
    assert [due.day for due in agenda(clerk, today=TODAY)] == [date(2024, 2, 5)]


def test_hearings_of_an_old_archive_are_not_listed(clerk):
    hearing(date(2015, 3, 1))
    assert reasons(clerk) == []


# --------------------------------------------------------------------------- urgent appeals


@pytest.mark.parametrize(
    ("began", "days_left"),
    [("2023-12-01", 45), ("2023-11", 16), ("2023-10-16", 0), ("2023-10-15", None), ("", None)],
)
def test_a_disappearance_is_urgent_for_three_months_from_its_earliest_day(clerk, began, days_left):
    missing(began)
    found = [(due.reason, due.days_left(TODAY)) for due in agenda(clerk, today=TODAY)]
    assert found == ([] if days_left is None else [(Reason.URGENT_APPEAL, days_left)])


@pytest.mark.parametrize(
    ("began", "last"), [("2023-11-30", date(2024, 2, 28)), ("2023-12-15", date(2024, 3, 14))]
)
def test_three_months_are_counted_by_the_calendar(clerk, began, last):
    missing(began)
    (due,) = agenda(clerk, today=date(2024, 2, 20))
    assert due.day == last


def test_a_violation_with_a_start_of_its_own_is_counted_from_it(clerk):
    violation = missing("2023-10-01")
    violation.start = "2023-12-20"
    violation.save()
    assert [due.day for due in agenda(clerk, today=date(2024, 3, 1))] == [date(2024, 3, 19)]


@pytest.mark.parametrize(
    ("status", "urgent"),
    [("released", False), ("dead", False), ("acknowledged", True), ("fugitive", True)],
)
def test_it_is_no_longer_urgent_once_the_fate_is_clarified(status, urgent):
    violation = missing()
    make.status(violation.incident, violation.person, status, date="2024-01-10")
    assert urgent_violations(TODAY).exists() is urgent


def test_a_release_before_they_were_taken_again_clarifies_nothing():
    violation = missing()
    make.status(make.incident(date="2019"), violation.person, "released", date="2019-05-01")
    assert urgent_violations(TODAY).exists()


def test_a_release_told_of_in_another_case_clarifies_it():
    violation = missing()
    make.status(make.incident(date="2024-01"), violation.person, "released", date="2024-01-10")
    assert not urgent_violations(TODAY).exists()


@pytest.mark.parametrize("for_them", [True, False], ids=["for this victim", "for another"])
def test_an_urgent_appeal_settles_it_for_those_it_names(for_them):
    violation = missing()
    appeal = Intervention.objects.create(incident=violation.incident)
    appeal.types.set([make.term("intervention-type", "urgent-appeal")])
    appeal.people.set([violation.person if for_them else make.person("Another")])
    InterventionAddressee.objects.create(intervention=appeal, agency=make.agency("WGEID"))
    assert urgent_violations(TODAY).exists() is not for_them


# --------------------------------------------------------------------------------- consents


def test_a_consent_that_ends_soon_is_a_date(clerk):
    consent(make.person(), expires=TODAY + timedelta(days=5))
    consent(make.person(), expires=TODAY + timedelta(days=50))
    consent(make.person(), expires=TODAY + timedelta(days=5), withdrawn_on=TODAY)
    assert reasons(clerk) == [Reason.CONSENT_ENDS]


def test_a_consent_that_was_renewed_is_no_date(clerk):
    person = make.person()
    consent(person, expires=TODAY + timedelta(days=5))
    consent(person, expires=TODAY + timedelta(days=500))
    assert reasons(clerk) == []


@pytest.mark.parametrize("reference", [None, "VIC-2024-0001"])
def test_a_consent_that_ended_stays_a_date_for_people_in_the_record(clerk, reference):
    consent(make.person(reference=reference), expires=TODAY - timedelta(days=5))
    assert bool(reasons(clerk)) is bool(reference)


@pytest.mark.parametrize(
    ("giver", "given_on", "asked"),
    [
        ("parent", "2023-12-05", True),
        ("parent", "2024-01-12", True),
        ("self", "2024-01-12", False),
        ("unknown", None, True),
    ],
)
def test_whoever_came_back_is_asked_unless_they_have_answered_since(clerk, giver, given_on, asked):
    violation = missing()
    consent(violation.person, given_on="2023-12-05")
    free(violation)
    consent(violation.person, giver=giver, given_on=given_on)
    assert (Reason.ASK_ANEW in reasons(clerk)) is asked


def test_a_return_that_a_concealed_case_tells_of_is_told_to_nobody_else(clerk):
    violation = missing()
    consent(violation.person)
    secret = make.incident("Released", restricted=True)
    make.status(secret, violation.person, "released", date="2024-01-10")
    assert Reason.ASK_ANEW not in reasons(clerk)
    secret.assigned.add(clerk)
    assert Reason.ASK_ANEW in reasons(clerk)


def test_nobody_is_asked_anew_while_missing(clerk):
    violation = missing()
    consent(violation.person)
    assert Reason.ASK_ANEW not in reasons(clerk)


# --------------------------------------------------------------------- who sees, how much


def test_dates_of_a_restricted_case_do_not_exist_for_others(clerk):
    violation = missing(restricted=True)
    incident = violation.incident
    task(incident)
    hearing(TODAY, incident=incident)
    consent(violation.person, expires=TODAY)
    assert reasons(clerk) == []
    incident.assigned.add(clerk)
    assert {due.reason for due in agenda(clerk, today=TODAY)} == {
        Reason.TASK,
        Reason.HEARING,
        Reason.URGENT_APPEAL,
        Reason.CONSENT_ENDS,
    }


def test_the_number_of_queries_does_not_depend_on_how_much_is_due(
    clerk, django_assert_max_num_queries
):
    for _ in range(3):
        violation = missing()
        task(violation.incident)
        hearing(TODAY, incident=violation.incident)
        consent(violation.person, expires=TODAY)
    with django_assert_max_num_queries(14):
        assert len(agenda(clerk, today=TODAY)) == 12


def test_the_queue_puts_urgent_cases_first_and_then_the_oldest(clerk):
    first, second = make.incident("First"), make.incident("Second")
    urgent = missing(title="Urgent").incident
    for incident in (first, second, urgent):
        submit(incident, by=clerk)
    queue = review_queue(clerk, today=TODAY)
    assert [(case.title, case.urgent) for case in queue] == [
        ("Urgent", True),
        ("First", False),
        ("Second", False),
    ]
