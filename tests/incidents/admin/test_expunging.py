"""Removing for good, on its pages: two people, no content on any of them, and the trace."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from incidents import roles
from incidents.models import AccessEvent, Expunging, Person
from incidents.visibility import SEES_ALL
from tests.incidents import factories
from tests.incidents.admin.conftest import browser_of
from tests.incidents.admin.pages import Form, errors_of

pytestmark = pytest.mark.django_db

LIST = "/admin/incidents/expunging/"
WORD = "Zqbalach"


def ask(client, row_id, **values):
    form = Form(client, f"{LIST}add/", "expunging_form")
    values = {"ground": "request", "request_reference": "R 7", "words": "She asked."} | values
    return form.fill(kind="person", row_id=row_id, **values).send("_save")


def wish(client, person):
    assert ask(client, person.pk).status_code == 302
    return Expunging.objects.get()


def page(expunging, step="change"):
    return f"{LIST}{expunging.pk}/{step}/"


def test_an_administrator_asks_and_a_publisher_agrees(administrator, publisher):
    person = factories.person(WORD)
    asked = wish(administrator, person)
    assert Person.objects.get().names.exists()
    question = publisher.get(page(asked, "agree")).content.decode()
    assert "Names: 1" in question or "names: 1" in question
    assert WORD not in question
    publisher.post(page(asked, "agree"), {"confirmed": "yes"})
    assert not Person.objects.get().names.exists()
    asked.refresh_from_db()
    assert (asked.asked_by, asked.agreed_by) == (administrator.member, publisher.member)


def test_whoever_agrees_is_led_to_the_record_and_that_is_noted(administrator, publisher):
    case = factories.incident("Restricted")
    form = Form(administrator, f"{LIST}add/", "expunging_form")
    values = {"ground": "request", "request_reference": "R 7", "words": "She asked."}
    form.fill(kind="incident", row_id=case.pk, **values).send("_save")
    asked = Expunging.objects.get()
    case.restricted = True
    case.save()
    case.assigned.add(publisher.member)
    question = publisher.get(page(asked, "agree")).content.decode()
    assert f'<a href="/admin/incidents/incident/{case.pk}/change/">' in question
    noted = AccessEvent.objects.filter(member=publisher.member, section="expunging_agree")
    assert noted.get().key == str(case.pk)


def test_somebody_who_may_not_know_of_it_cannot_agree(administrator, publisher):
    person = factories.person(WORD)
    asked = wish(administrator, person)
    case = factories.incident("Restricted")
    factories.violation(case, person)
    case.restricted = True
    case.save()
    publisher.post(page(asked, "agree"), {"confirmed": "yes"})
    assert Person.objects.get().names.exists() is not publisher.member.has_perm(SEES_ALL)


def test_nothing_goes_before_the_question_was_answered(administrator, publisher):
    asked = wish(administrator, factories.person(WORD))
    publisher.post(page(asked, "agree"))
    assert Person.objects.get().names.exists()


def test_whoever_asked_is_offered_no_agreeing_and_refused(administrator):
    asked = wish(administrator, factories.person(WORD))
    shown = administrator.get(page(asked)).content.decode()
    assert page(asked, "agree") not in shown
    assert page(asked, "turn-down") in shown
    administrator.post(page(asked, "agree"), {"confirmed": "yes"})
    assert Person.objects.get().names.exists()


def test_it_can_be_turned_down(administrator, publisher):
    asked = wish(administrator, factories.person(WORD))
    publisher.post(page(asked, "turn-down"), {"confirmed": "yes"})
    asked.refresh_from_db()
    assert asked.refused_by == publisher.member
    publisher.post(page(asked, "agree"), {"confirmed": "yes"})
    assert Person.objects.get().names.exists()


def test_what_is_public_is_refused_beside_the_form(administrator):
    person = factories.person(WORD)
    case = factories.incident()
    factories.violation(case, person)
    factories.publish(case)
    person.refresh_from_db()
    assert any(person.reference in error for error in errors_of(ask(administrator, person.pk)))
    assert not Expunging.objects.exists()


@pytest.mark.parametrize("group", [roles.DATA_ENTRY, roles.REVIEWER])
def test_others_find_no_such_page(administrator, group):
    asked = wish(administrator, factories.person(WORD))
    client = browser_of(factories.staff(group))
    for path in (LIST, f"{LIST}add/", page(asked), page(asked, "agree"), page(asked, "turn-down")):
        assert client.get(path).status_code == 403, path


def test_the_history_says_that_it_was_removed_and_why(administrator, publisher, clerk):
    person = factories.person(WORD)
    asked = wish(administrator, person)
    publisher.post(page(asked, "agree"), {"confirmed": "yes"})
    shown = clerk.get(f"/admin/incidents/person/{person.pk}/history/").content.decode()
    assert "Removed for good" in shown
    assert "R 7" in shown
    assert WORD not in shown


def test_the_list_needs_as_many_queries_for_many(administrator):
    def queries():
        with CaptureQueriesContext(
            connection,
        ) as found:
            assert administrator.get(LIST).status_code == 200
        return len(found)

    wish(administrator, factories.person("Zarif"))
    queries()
    few = queries()
    for number in range(6):
        ask(administrator, factories.person(f"Zarif {number}").pk)
    queries()  # the first page after it also shows what was said
    assert queries() == few
