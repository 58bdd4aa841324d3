"""What is new in a case to somebody who has seen it before."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from incidents.history.differences import Point, differences_since, events_of_case
from incidents.history.events import in_order
from incidents.models import (
    Consent,
    Contact,
    Incident,
    IncidentLink,
    LastLook,
    PersonRelation,
    Violation,
)
from reference.vocabularies import terms
from tests.incidents import factories
from tests.incidents.admin.pages import Form

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(db):
    made = factories.incident()
    made.act = factories.violation(made, factories.person("Balaach"))
    return made


def path_of(case, page="changes/"):
    return f"/admin/incidents/incident/{case.pk}/{page}"


def look(client, case, page="publication/"):
    answer = client.get(path_of(case, page))
    assert answer.status_code == 200
    return answer


def some_days_pass(case):
    """Whoever has looked comes back another day."""
    for seen in LastLook.objects.filter(incident=case):
        seen.seen_at -= timedelta(days=2)
        # All that happened in a test is as old as its beginning: it stays what was seen.
        seen.save()


def change(client, case, **values):
    Form(client, path_of(case, "change/"), "incident_form").fill(**values).save()


def news(client, case):
    """Kind, act and name → old and new of what the page tells as new."""
    return {
        (row.kind, row.act, each.name): (each.old, each.new)
        for row in look(client, case, "changes/").context["rows"]
        for each in row.differences
    }


def test_what_others_changed_since_the_last_look_is_shown_with_old_and_new(clerk, reviewer, case):
    look(reviewer, case)
    some_days_pass(case)
    change(clerk, case, title="Taken from a shop")
    change(clerk, case, title="Taken from his shop")
    page = look(reviewer, case)
    assert "Since you last looked" in page.content.decode()
    assert news(reviewer, case)["Incident", "update", "Title"] == (
        "Taken from home in Turbat",
        "Taken from his shop",
    )
    [row] = [row for row in page.context["news"].rows if row.kind == "Incident"]
    assert row.actor == str(clerk.member)


def test_what_is_new_stays_new_until_the_sitting_ends(clerk, reviewer, case):
    look(reviewer, case)
    some_days_pass(case)
    change(clerk, case, title="Taken from a shop")
    look(reviewer, case)
    assert ("Incident", "update", "Title") in news(reviewer, case)
    some_days_pass(case)
    assert news(reviewer, case) == {}


def test_ones_own_changes_are_no_news(clerk, case):
    look(clerk, case)
    some_days_pass(case)
    change(clerk, case, title="Taken from a shop")
    assert news(clerk, case) == {}


def test_a_first_look_compares_with_nothing(reviewer, case):
    page = look(reviewer, case, "changes/")
    assert "You look at this case for the first time." in page.content.decode()


def test_rows_that_came_and_went_are_shown(clerk, reviewer, case):
    told = factories.account(case, "He was taken by ghosts.")
    look(reviewer, case)
    some_days_pass(case)
    form = Form(clerk, path_of(case, "change/"), "incident_form")
    form.values["accounts-0-DELETE"] = ["on"]
    form.add_row("casualties", harm="taken", best=3, claimant_text="Family")
    form.save()
    found = news(reviewer, case)
    assert found["Account", "delete", "What they say"] == (told.answer, "")
    assert found["Number of people harmed", "insert", "Most likely"] == ("", "3")


def test_a_name_of_a_victim_that_was_changed_is_news_of_the_case(clerk, reviewer, case):
    look(reviewer, case)
    some_days_pass(case)
    page = f"/admin/incidents/person/{case.act.person_id}/change/"
    Form(clerk, page, "person_form").fill("names-0", given="Balach").save()
    assert news(reviewer, case)["Name", "update", "Name"] == ("Balaach", "Balach")


def test_the_form_says_that_others_changed_something_and_leads_to_it(clerk, reviewer, case):
    Incident.objects.filter(pk=case.pk).update(changed_at=timezone.now() - timedelta(days=9))
    look(reviewer, case, "change/")
    some_days_pass(case)
    assert "since you last looked" not in look(reviewer, case, "change/").content.decode()
    some_days_pass(case)
    change(clerk, case, title="Taken from a shop")
    html = look(reviewer, case, "change/").content.decode()
    assert "since you last looked" in html
    assert path_of(case) in html
    assert "Title" in {name for _kind, _act, name in news(reviewer, case)}, "that was no look"


def test_differences_of_a_hidden_neighbour_are_not_shown(clerk, reviewer, case):
    look(reviewer, case)
    some_days_pass(case)
    secret = factories.incident("A raidmark", restricted=True)
    IncidentLink.objects.create(
        from_incident=case, to_incident=secret, kind=factories.term("incident-link", "follows")
    )
    petition = factories.legal_action(secret, title="A petitionmark")
    petition.incidents.add(case)
    petition.incidents.remove(case)
    Incident.objects.filter(pk=secret.pk).update(title="A raidmark, later")
    html = look(reviewer, case, "changes/").content.decode()
    assert "raidmark" not in html
    assert "petitionmark" not in html
    assert "Link to another incident" not in html
    secret.assigned.add(reviewer.member)
    assert "raidmark" in look(reviewer, case, "changes/").content.decode()


def test_the_page_of_a_restricted_case_opens_for_nobody_else(clerk, case):
    case.restricted = True
    case.save()
    assert clerk.get(path_of(case)).status_code in (403, 404)


def test_a_moment_nobody_has_heard_of_is_refused(clerk, case):
    assert clerk.get(path_of(case, "changes/?since=yesterday")).status_code == 404


@pytest.mark.parametrize("since", ["submitted", "approved"])
def test_without_such_a_decision_there_is_nothing_to_compare_with(clerk, case, since):
    assert (
        "The case was never" in clerk.get(path_of(case, f"changes/?since={since}")).content.decode()
    )


def test_what_came_in_while_somebody_looked_is_shown_the_next_time(reviewer, case):
    """An event bears the time at which its transaction began: it may be older than a look that
    did not see it."""
    events = events_of_case(case, seen_by=reviewer.member)
    [seen, *_late] = [each for each in events if each[0] is Incident]
    at = timezone.now()
    known = Point(at, frozenset({f"incident:{seen[2].pgh_id}"}))
    found = differences_since(known, events, seen_by=reviewer.member)
    assert "Violation" in {row.kind for row in found}
    assert "Incident" not in {row.kind for row in found}


def test_the_page_costs_the_same_however_much_was_changed(clerk, reviewer, case):
    """Rows that were changed are called by their names, which say who and what they are of."""

    def cost():
        look(reviewer, case, "changes/")
        with CaptureQueriesContext(connection) as asked:
            look(reviewer, case, "changes/")
        return len(asked)

    def rows(number):
        act = factories.violation(case, factories.person(f"Karim {number}"))
        consent = Consent.objects.create(
            person=act.person,
            use=factories.term("consent-use", "publish-name"),
            answer=factories.term("consent-answer", "granted"),
        )
        link = IncidentLink.objects.create(
            from_incident=case,
            to_incident=factories.incident(f"Another {number}"),
            kind=factories.term("incident-link", "follows"),
        )
        contact = Contact.objects.create(person=act.person, text="A shop")
        relation = PersonRelation.objects.create(
            person=act.person,
            other=case.act.person,
            kind=factories.term("person-relation", terms("person-relation")[0].code),
        )
        return act, consent, link, contact, relation

    def change_rows(act, consent, link, contact, relation):
        Violation.objects.filter(pk=act.pk).update(outcome="He came back.")
        Consent.objects.filter(pk=consent.pk).update(note="By telephone")
        IncidentLink.objects.filter(pk=link.pk).update(
            kind=factories.term("incident-link", "part-of")
        )
        Contact.objects.filter(pk=contact.pk).update(text="Another shop")
        PersonRelation.objects.filter(pk=relation.pk).update(
            kind=factories.term("person-relation", terms("person-relation")[1].code)
        )

    made = [rows(number) for number in range(4)]
    look(reviewer, case)
    some_days_pass(case)
    change_rows(*made[0])
    few = cost()
    for each in made[1:]:
        change_rows(*each)
    assert len(look(reviewer, case, "changes/").context["rows"]) == 5 * 4
    assert cost() == few


def test_opening_the_form_does_not_hide_what_is_new(clerk, reviewer, case):
    look(reviewer, case)
    some_days_pass(case)
    change(clerk, case, title="Taken from a shop")
    change(reviewer, case, time_of_day="at night")
    html = look(reviewer, case, "change/").content.decode()
    assert "since you last looked" in html, "also where somebody has changed it after that"
    some_days_pass(case)
    assert ("Incident", "update", "Title") in news(reviewer, case)


def test_a_name_that_was_changed_is_told_on_the_form_of_the_case(clerk, reviewer, case):
    look(reviewer, case)
    some_days_pass(case)
    page = f"/admin/incidents/person/{case.act.person_id}/change/"
    Form(clerk, page, "person_form").fill("names-0", given="Balach").save()
    assert "since you last looked" in look(reviewer, case, "change/").content.decode()


def test_what_came_within_the_first_sitting_is_news(clerk, reviewer, case):
    look(reviewer, case)
    change(clerk, case, title="Taken from a shop")
    assert ("Incident", "update", "Title") in news(reviewer, case)


@pytest.mark.parametrize("page", ["publication/", "changes/", "change/"])
def test_a_page_that_nobody_reads_is_no_look(reviewer, case, page):
    reviewer.head(path_of(case, page))
    reviewer.get(path_of(case, page), HTTP_SEC_PURPOSE="prefetch;prerender")
    assert not LastLook.objects.filter(incident=case).exists()


def test_a_difference_at_the_end_of_a_long_text_is_shown(clerk, reviewer, case):
    long = "He was taken from his home at night. " * 40
    Incident.objects.filter(pk=case.pk).update(public_account=f"{long}By Karim.")
    look(reviewer, case)
    some_days_pass(case)
    change(clerk, case, public_account=f"{long}By Zarif.")
    for page in ("changes/", "history/"):
        html = look(reviewer, case, page).content.decode()
        assert "By Zarif.</ins>" in html.split("<details>")[0]
        assert html.count(f"{long}By Zarif.") == 1


def test_another_record_of_the_same_name_is_told_apart(clerk, reviewer, case):
    other = factories.person("Balaach")
    look(reviewer, case)
    some_days_pass(case)
    was = case.act.person_id
    Violation.objects.filter(pk=case.act.pk).update(person=other)
    assert news(reviewer, case)["Violation", "update", "Victim"] == (
        f"Balaach ({was})",
        f"Balaach ({other.pk})",
    )


def test_events_of_one_row_stand_in_the_order_in_which_they_were_written(reviewer, case):
    """A transaction that began earlier may write later: its event bears the earlier time."""
    for title in ("The first", "The second"):
        Incident.objects.filter(pk=case.pk).update(title=title)
    events = [each[2] for each in events_of_case(case, seen_by=reviewer.member)]
    titled = [each for each in events if getattr(each, "title", "").startswith("The ")]
    titled[1].pgh_created_at -= timedelta(minutes=1)
    assert [each.title for each in titled] == ["The first", "The second"]
    again = in_order([(Incident, "", each) for each in reversed(titled)])
    assert [each[2].title for each in again] == ["The first", "The second"]


@pytest.mark.django_db(transaction=True)
def test_what_was_changed_since_it_was_handed_in_is_shown(clerk, reviewer, case):
    Incident.objects.filter(pk=case.pk).update(title="As it was handed in")
    factories.reviewing.submit(case, by=clerk.member)
    Incident.objects.filter(pk=case.pk).update(title="Changed afterwards")
    rows = reviewer.get(path_of(case, "changes/?since=submitted")).context["rows"]
    [title] = [each for row in rows for each in row.differences if each.name == "Title"]
    assert (title.old, title.new) == ("As it was handed in", "Changed afterwards")
