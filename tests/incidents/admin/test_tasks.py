"""Tasks in the admin, the page of dates, and each person's work on the first page."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from incidents.models import Stage, Task
from incidents.reviewing import return_for_work, submit
from tests.incidents import factories as make

ADD = reverse("admin:incidents_task_add")
LIST = reverse("admin:incidents_task_changelist")
DATES = reverse("admin:dates")
HOME = reverse("admin:index")


def text_of(answer):
    assert answer.status_code == 200
    return answer.content.decode()


def typed(incident, **values):
    return {
        "incident": incident.pk,
        "kind": "call",
        "what": "Call the lawyer",
        "due": "2030-01-31",
        "assignee": "",
        "done_on": "",
        "outcome": "",
    } | values


def task(incident, **values):
    values = {"kind": "call", "what": "Call the lawyer", "due": timezone.localdate()} | values
    return Task.objects.create(incident=incident, **values)


def test_a_clerk_enters_a_task(clerk):
    incident = make.incident()
    assert clerk.post(ADD, typed(incident, assignee=clerk.member.pk)).status_code == 302
    made = Task.objects.get()
    assert (made.incident, made.assignee, made.entered_by) == (
        incident,
        clerk.member,
        clerk.member,
    )


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"due": ""}, "This field is required."),
        ({"due": "soon"}, "Enter a valid date."),
        ({"outcome": "Nobody answered"}, "Say also on which day it was done."),
    ],
)
def test_what_is_missing_is_said_at_its_box(clerk, values, message):
    answer = text_of(clerk.post(ADD, typed(make.incident(), **values)))
    assert message in answer
    assert not Task.objects.exists()


def test_a_task_is_not_given_to_somebody_who_may_not_open_the_case(clerk, other_clerk):
    incident = make.incident(restricted=True)
    incident.assigned.add(clerk.member)
    answer = text_of(clerk.post(ADD, typed(incident, assignee=other_clerk.member.pk)))
    assert "may not open this case" in answer
    assert not Task.objects.exists()


def test_the_case_from_which_one_comes_is_chosen_already(clerk):
    incident = make.incident("Taken in Panjgur")
    assert "Taken in Panjgur" in text_of(clerk.get(ADD, {"incident": incident.pk}))


@pytest.mark.parametrize("asked", ["99999999999999999999", "x", "0", ""])
def test_a_case_that_is_none_is_not_chosen(clerk, asked):
    assert clerk.get(ADD, {"incident": asked}).status_code == 200


def test_a_restricted_case_is_not_chosen_from_the_address(clerk):
    hidden = make.incident("Hidden case", restricted=True)
    assert "Hidden case" not in text_of(clerk.get(ADD, {"incident": hidden.pk}))


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ({}, {"Mine", "Anybody's"}),
        ({"standing": "done"}, {"Finished"}),
        ({"standing": "all"}, {"Mine", "Anybody's", "Finished"}),
        ({"whose": "mine"}, {"Mine"}),
        ({"whose": "nobody"}, {"Anybody's"}),
    ],
)
def test_the_list_shows_what_is_to_be_done_unless_more_is_asked(clerk, asked, shown):
    incident = make.incident()
    task(incident, what="Mine", assignee=clerk.member)
    task(incident, what="Anybody's")
    task(incident, what="Finished", done_on=timezone.localdate())
    found = clerk.get(LIST, asked).context["cl"].queryset
    assert {row.what for row in found} == shown


def test_chosen_tasks_are_marked_as_done(clerk):
    row = task(make.incident())
    clerk.post(LIST, {"action": "mark_done", "_selected_action": [row.pk]})
    row.refresh_from_db()
    assert (row.done_on, row.changed_by) == (timezone.localdate(), clerk.member)


def test_a_task_leaves_an_approved_case_approved(clerk):
    incident = make.incident()
    make.approve(incident)
    clerk.post(ADD, typed(incident))
    incident.refresh_from_db()
    assert incident.stage == Stage.APPROVED


def test_the_page_of_a_case_shows_its_open_tasks(clerk):
    incident = make.incident()
    task(incident, what="Call the lawyer")
    task(incident, what="Write to the court", done_on=timezone.localdate())
    page = text_of(clerk.get(reverse("admin:incidents_incident_change", args=[incident.pk])))
    assert "Call the lawyer" in page
    assert "Write to the court" not in page


def test_the_page_of_dates_lists_everybodys_and_ones_own(clerk):
    task(make.incident(), what="Somebody's")
    task(make.incident(), what="My own", assignee=clerk.member)
    assert {"Somebody's", "My own"} <= lines(clerk.get(DATES))
    assert lines(clerk.get(DATES, {"whose": "mine"})) == {"My own"}


def lines(answer):
    assert answer.status_code == 200
    return {line.due.what for line in answer.context["lines"]}


def test_days_are_said_in_words(clerk):
    today = timezone.localdate()
    for days in (-1, 0, 2):
        task(make.incident(), due=today + timedelta(days=days))
    page = text_of(clerk.get(DATES))
    assert [words in page for words in ("1 day ago", "today", "in 2 days")] == [True] * 3


def test_the_first_page_shows_each_person_their_work(clerk, publisher):
    sent_back = make.incident("Sent back", by=clerk.member)
    submit(sent_back, by=clerk.member)
    return_for_work(sent_back, by=publisher.member, reason="The date is missing.")
    make.incident("A draft of mine", by=clerk.member)
    waits = make.incident("Waits", by=clerk.member)
    submit(waits, by=clerk.member)
    mine = clerk.get(HOME).context
    assert [case.title for case in mine["in_work"]] == ["Sent back", "A draft of mine"]
    assert [case.title for case in mine["waiting"]] == ["Waits"]
    assert publisher.get(HOME).context["in_work"] == []


def test_an_administrator_of_staff_has_no_dates(administrator):
    assert administrator.get(DATES).status_code == 403
    assert "Dates to keep" not in text_of(administrator.get(HOME))


def test_the_first_page_takes_the_same_queries_however_much_there_is(
    clerk, django_assert_max_num_queries
):
    for _ in range(12):
        incident = make.incident(by=clerk.member)
        task(incident)
        submit(incident, by=clerk.member)
        make.incident(by=clerk.member)
    with django_assert_max_num_queries(24):
        clerk.get(HOME)
