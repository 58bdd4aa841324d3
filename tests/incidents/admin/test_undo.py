"""“Undo”: exactly the last action of one person, all of it or nothing, and in the history."""

import re

import pghistory
import pgtrigger
import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext

from incidents import roles
from incidents.expunging import ask_for, carry_out
from incidents.history.taking_back import TakingBackRefused, take_back
from incidents.models import (
    Consent,
    Expunging,
    Incident,
    Person,
    PersonName,
    Violation,
)
from reference import vocabularies
from reference.fields import date_columns
from tests.incidents import factories
from tests.incidents.admin.pages import Form, messages_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(db):
    made = factories.incident()
    made.act = factories.violation(made, factories.person("Balaach"))
    return made


def path_of(case, page="change/"):
    return f"/admin/incidents/incident/{case.pk}/{page}"


def form_of(client, case):
    return Form(client, path_of(case), "incident_form")


def offered(client, path="/admin/"):
    """The action that the next page offers to take back; None if it offers nothing."""
    found = re.search(r'name="action" value="([^"]+)"', client.get(path).content.decode())
    return found and found[1]


def undo(client, action=None):
    action = action or offered(client)
    assert action, "nothing was offered"
    return client.post("/admin/undo/", {"action": action})


def somebody_else():
    """In a test, which is one transaction, the database takes what is written after a request to
    be of it, unless it is told otherwise."""
    return pghistory.context(user=factories.staff().pk)


def values_of(row):
    fresh = type(row).objects.get(pk=row.pk)
    left_out = {"changed_at", "changed_by"}
    return {
        each.name: getattr(fresh, each.attname)
        for each in row._meta.concrete_fields
        if each.name not in left_out
    }


def test_a_save_is_taken_back_field_by_field(clerk, case):
    before = values_of(case)
    form_of(clerk, case).fill(title="Something else", date="2023").save()
    undo(clerk)
    assert values_of(case) == before


def test_the_offer_is_made_once(clerk, case):
    form_of(clerk, case).fill(title="Something else").save()
    assert offered(clerk, path_of(case))
    assert offered(clerk) is None


def test_a_save_that_changed_nothing_offers_nothing(clerk, case):
    form_of(clerk, case).save()
    assert offered(clerk) is None


def test_rows_that_were_added_go_and_rows_that_were_removed_come_back(clerk, case):
    told = factories.account(case, "He was taken by ghosts.")
    before = values_of(told)
    cited = told.citations.get().pk
    form = form_of(clerk, case)
    form.values["accounts-0-DELETE"] = ["on"]
    form.add_row("casualties", harm="taken", best=3, claimant_text="Family")
    form.save()
    assert not case.accounts.exists()
    undo(clerk)
    assert not case.casualties.exists()
    assert values_of(told) == before
    assert told.citations.get().pk == cited


def test_methods_and_sources_that_were_chosen_are_taken_back(clerk, case):
    form = form_of(clerk, case)
    [usual] = [each.source for each in case.act.citations.all()]
    added = factories.source("A new article")
    method = factories.term("method", vocabularies.terms("method")[0].code)
    form.fill("violations-0", methods=[method], cited_sources=[usual, added]).save()
    assert case.act.methods.exists()
    undo(clerk)
    assert not case.act.methods.exists()
    assert [each.source for each in case.act.citations.all()] == [usual]


def new_case(client):
    form = Form(client, "/admin/incidents/incident/add/", "incident_form")
    kind = factories.term("incident-kind", "violation-event")
    return form.fill(title="Entered by mistake", kind=kind, date="2023").save()


def last_of(client):
    """The last action of a session, also where it is not offered."""
    return client.session["last_action"][0]


def test_a_record_that_was_just_made_stays_and_what_to_do_is_said(clerk):
    made = new_case(clerk)
    assert offered(clerk) is None
    undo(clerk, last_of(clerk))
    assert Incident.objects.filter(pk=made).exists()
    [told] = messages_of(clerk)
    assert "Nobody deletes a record" in told


def test_the_search_forms_of_a_name_follow(clerk, case):
    name = case.act.person.names.get()
    page = f"/admin/incidents/person/{case.act.person_id}/change/"
    Form(clerk, page, "person_form").fill("names-0", given="Zarif").save()
    undo(clerk)
    again = PersonName.objects.get(pk=name.pk)
    assert (again.given, again.folded, again.skeleton) == (name.given, name.folded, name.skeleton)


@pytest.mark.parametrize("step", ["submit", "reopen"])
def test_a_step_of_review_is_taken_back(clerk, case, step):
    if step == "reopen":
        factories.reviewing.submit(case, by=clerk.member)
    case.refresh_from_db()
    stage, decided = case.stage, case.reviews.count()
    clerk.post(path_of(case, "publication/"), {"step": step})
    undo(clerk)
    case.refresh_from_db()
    assert (case.stage, case.reviews.count()) == (stage, decided)


def test_an_approval_is_taken_back(clerk, reviewer, case):
    factories.reviewing.submit(case, by=clerk.member)
    page = path_of(case, "publication/")
    reviewer.post(page, {"step": "approve", "seen": reviewer.get(page).context["seen"]})
    undo(reviewer)
    case.refresh_from_db()
    assert case.stage == "submitted"
    assert not case.reviews.filter(decision="approved").exists()
    assert "approved for publication" in reviewer.get(path_of(case, "history/")).content.decode()
    reviewer.post(page, {"step": "approve", "seen": reviewer.get(page).context["seen"]})
    case.refresh_from_db()
    assert case.stage == "approved", "deciding made nobody an author"


def test_an_edit_that_reopened_a_case_is_taken_back_with_its_stage(clerk, reviewer, case):
    factories.approve(case, clerk=clerk.member, reviewer=factories.publisher())
    form_of(reviewer, case).fill(title="Something else").save()
    case.refresh_from_db()
    assert case.stage == "draft"
    undo(reviewer)
    case.refresh_from_db()
    assert (case.stage, case.title) == ("approved", "Taken from home in Turbat")


def test_nobody_but_a_reviewer_lets_a_case_be_approved_again(clerk, reviewer, case):
    factories.approve(case, clerk=clerk.member, reviewer=reviewer.member)
    form_of(clerk, case).fill(title="Something else").save()
    assert offered(clerk) is None
    undo(clerk, last_of(clerk))
    case.refresh_from_db()
    assert (case.stage, case.title) == ("draft", "Something else")
    assert any("submit it anew" in told for told in messages_of(clerk))


def test_a_decision_stays_when_the_right_to_review_is_gone(clerk, reviewer, case):
    factories.reviewing.submit(case, by=clerk.member)
    page = path_of(case, "publication/")
    reviewer.post(page, {"step": "approve", "seen": reviewer.get(page).context["seen"]})
    reviewer.member.groups.set([Group.objects.get(name=roles.DATA_ENTRY)])
    undo(reviewer, last_of(reviewer))
    case.refresh_from_db()
    assert case.stage == "approved"


def test_both_stand_in_the_history(clerk, case):
    form_of(clerk, case).fill(title="Something else").save()
    undo(clerk)
    events = apps.get_model("incidents", "IncidentEvent").objects.filter(pgh_obj_id=case.pk)
    titles = [event.title for event in events.order_by("pgh_id")]
    assert titles[-2:] == ["Something else", "Taken from home in Turbat"]
    assert events.last().pgh_context.metadata["act"] == "take back"


def test_what_somebody_else_changed_since_stays_and_is_named(clerk, other_clerk, case):
    form_of(clerk, case).fill(title="Something else").save()
    action = offered(clerk)
    form_of(other_clerk, case).fill(title="A third title").save()
    undo(clerk, action)
    case.refresh_from_db()
    assert case.title == "A third title"
    [told] = messages_of(clerk)
    assert "changed since" in told
    assert str(other_clerk.member) in told
    assert path_of(case, "history/") in told


def test_nothing_is_taken_back_where_one_row_cannot_be(clerk, other_clerk, case):
    """The case itself stands as it was left, one row of it does not."""
    form = form_of(clerk, case)
    form.fill(title="Something else").fill("violations-0", start="2023-10-30").save()
    action = offered(clerk)
    with somebody_else():
        Violation.objects.filter(pk=case.act.pk).update(**date_columns("start", "2023-10-31"))
    undo(clerk, action)
    case.refresh_from_db()
    assert case.title == "Something else"


def test_a_row_on_which_something_hangs_since_is_not_removed(clerk, case):
    form = form_of(clerk, case)
    form.add_row("casualties", harm="taken", best=3, claimant_text="Family")
    form.save()
    action = offered(clerk)
    with somebody_else():
        factories.cite(case.casualties.get())
    undo(clerk, action)
    assert case.casualties.exists()
    assert any("cannot be taken back" in told for told in messages_of(clerk))


def test_nobody_takes_back_what_somebody_else_did(clerk, other_clerk, case):
    form_of(clerk, case).fill(title="Something else").save()
    undo(other_clerk, offered(clerk))
    case.refresh_from_db()
    assert case.title == "Something else"


def test_a_case_that_was_closed_to_somebody_is_not_changed_by_their_undo(clerk, publisher, case):
    form_of(clerk, case).fill(title="Something else").save()
    action = offered(clerk)
    case.assigned.add(publisher.member)
    Incident.objects.filter(pk=case.pk).update(restricted=True)
    undo(clerk, action)
    case.refresh_from_db()
    assert case.title == "Something else"
    assert all("Something else" not in told for told in messages_of(clerk))


def test_a_publication_is_not_offered_and_not_taken_back(clerk, publisher, case):
    factories.approve(case, clerk=clerk.member, reviewer=factories.publisher())
    publisher.post(path_of(case, "publication/"), {"step": "publish", "confirmed": "yes"})
    case.refresh_from_db()
    assert case.publication == "published"
    assert offered(publisher) is None
    events = apps.get_model("incidents", "IncidentEvent").objects.filter(pgh_obj_id=case.pk)
    action = events.order_by("pgh_id").last().pgh_context_id
    undo(publisher, str(action))
    with pytest.raises(TakingBackRefused, match="withdrawn"):
        take_back(action, by=publisher.member)
    case.refresh_from_db()
    assert case.publication == "published"


@pytest.mark.parametrize("action", ["", "x", "00000000-0000-0000-0000-000000000000"])
def test_an_action_that_there_never_was_is_refused(clerk, action):
    assert clerk.post("/admin/undo/", {"action": action}).status_code == 302
    assert messages_of(clerk) == ["There is nothing of yours to take back here."]


def test_the_address_alone_does_nothing(clerk):
    assert clerk.get("/admin/undo/").status_code == 405


def test_taking_back_costs_the_same_for_one_row_as_for_many(clerk, case):
    def cost(number):
        form = form_of(clerk, case)
        for _each in range(number):
            form.add_row("casualties", harm="taken", best=3, claimant_text="Family")
        form.save()
        action = offered(clerk)
        with CaptureQueriesContext(connection) as asked:
            undo(clerk, action)
        return len([each for each in asked if each["sql"].lstrip().startswith("SELECT")])

    assert cost(1) == cost(4)


# ------------------------------------------------------------------------- the last action alone


def test_what_is_offered_is_named(clerk, case):
    form_of(clerk, case).fill(title="Something else").save()
    html = clerk.get("/admin/").content.decode()
    banner = html.split('class="undo"')[1].split("</form>")[0]
    assert "Incident" in banner
    assert "Something else" in banner


def test_an_older_action_is_not_taken_back_any_more(clerk, case):
    form_of(clerk, case).fill(title="Something else").save()
    action = offered(clerk)
    page = f"/admin/incidents/person/{case.act.person_id}/change/"
    Form(clerk, page, "person_form").fill(about="Somebody else").save()
    undo(clerk, action)
    case.refresh_from_db()
    assert case.title == "Something else"
    assert any("last thing" in told for told in messages_of(clerk))


def test_after_half_an_hour_nothing_is_taken_back(clerk, case):
    form_of(clerk, case).fill(title="Something else").save()
    action = offered(clerk)
    session = clerk.session
    session["last_action"] = [action, session["last_action"][1] - 31 * 60]
    session.save()
    undo(clerk, action)
    case.refresh_from_db()
    assert case.title == "Something else"


def test_what_was_taken_back_can_be_done_again(clerk, case):
    form = form_of(clerk, case)
    form.fill(title="Something else")
    form.add_row("casualties", harm="taken", best=3, claimant_text="Family")
    form.save()
    undo(clerk)
    assert not case.casualties.exists()
    undo(clerk)
    case.refresh_from_db()
    assert case.title == "Something else"
    assert case.casualties.get().best == 3


@pytest.mark.parametrize("asking", [{"HTTP_SEC_PURPOSE": "prefetch"}, {"QUERY_STRING": "_popup=1"}])
def test_the_offer_waits_for_the_page_that_somebody_reads(clerk, case, asking):
    form_of(clerk, case).fill(title="Something else").save()
    clerk.get(path_of(case), **asking)
    clerk.head(path_of(case))
    assert offered(clerk)


# ------------------------------------------------------------------- what protects is not undone


def stays(client, rows):
    """Nothing is offered, nothing is changed, and where to do it is said."""
    before = [values_of(row) for row in rows]
    assert offered(client) is None
    undo(client, last_of(client))
    assert [values_of(row) for row in rows] == before
    assert any("protects" in told for told in messages_of(client))


def test_restricting_a_case_is_not_taken_back(clerk, case):
    case.assigned.add(clerk.member)
    form_of(clerk, case).fill(restricted="on").save()
    stays(clerk, [case])


def test_keeping_a_row_internal_is_not_taken_back(clerk, case):
    form_of(clerk, case).fill("violations-0", internal="on").save()
    stays(clerk, [case.act])


def test_an_assignment_that_was_removed_is_not_given_again(clerk, case):
    case.assigned.add(clerk.member, factories.staff())
    form_of(clerk, case).fill(assigned=[clerk.member]).save()
    stays(clerk, [case])
    assert case.assigned.count() == 1


def test_a_source_is_not_made_open_again(clerk):
    source = factories.source("A talk")
    page = f"/admin/incidents/source/{source.pk}/change/"
    Form(clerk, page, "source_form").fill(confidential="on").save()
    stays(clerk, [source])


@pytest.mark.parametrize(
    "protection", [{"name_protection": "withheld"}, {"place_protection": "province"}]
)
def test_the_protection_of_a_person_is_not_lowered(clerk, case, protection):
    page = f"/admin/incidents/person/{case.act.person_id}/change/"
    Form(clerk, page, "person_form").fill(**protection).save()
    stays(clerk, [case.act.person])


def test_a_person_who_was_protected_more_by_taking_back_is_not_asked_about(clerk, case):
    Person.objects.filter(pk=case.act.person_id).update(name_protection="withheld")
    page = f"/admin/incidents/person/{case.act.person_id}/change/"
    Form(clerk, page, "person_form").fill(name_protection="initials").save()
    undo(clerk)
    assert Person.objects.get(pk=case.act.person_id).name_protection == "withheld"


def consent(person, **values):
    return Consent.objects.create(
        person=person,
        use=factories.term("consent-use", "publish-name"),
        answer=factories.term("consent-answer", "granted"),
        **values,
    )


@pytest.mark.parametrize(
    "typed",
    [
        {"withdrawn_on": "2024-01-02"},
        {"expires": "2031-01-01"},
        {"answer": "refused"},
    ],
)
def test_a_consent_that_ended_does_not_stand_again(clerk, case, typed):
    given = consent(case.act.person)
    if "answer" in typed:
        typed = {"answer": factories.term("consent-answer", typed["answer"])}
    page = f"/admin/incidents/person/{case.act.person_id}/change/"
    Form(clerk, page, "person_form").fill("consents-0", **typed).save()
    stays(clerk, [given])


def test_what_would_leave_the_record_is_asked_and_told(publisher, case):
    person = case.act.person
    factories.publish(case)
    # The ground is gone, and nobody has looked through the record since.
    Person.objects.filter(pk=person.pk).update(publication_ground=None)
    form = Form(publisher, f"/admin/incidents/person/{person.pk}/change/", "person_form")
    form.add_row(
        "consents",
        use=factories.term("consent-use", "publish-name"),
        answer=factories.term("consent-answer", "granted"),
    )
    form.save()
    action = offered(publisher)
    answer = publisher.post("/admin/undo/", {"action": action})
    assert "takes something out of the public record" in answer.content.decode()
    case.refresh_from_db()
    assert case.publication == "published"
    assert person.consents.exists()
    publisher.post("/admin/undo/", {"action": action, "confirmed": "yes"})
    case.refresh_from_db()
    assert case.publication == "unpublished"
    assert not person.consents.exists()
    assert any(case.reference in told for told in messages_of(publisher))


# ------------------------------------------------------------- what somebody may not know of


def test_a_row_that_was_removed_from_a_case_closed_since_does_not_come_back(clerk, publisher, case):
    told = factories.account(case, "He was taken by ghosts.")
    form = form_of(clerk, case)
    form.values["accounts-0-DELETE"] = ["on"]
    form.save()
    action = offered(clerk)
    case.assigned.add(publisher.member)
    Incident.objects.filter(pk=case.pk).update(restricted=True)
    undo(clerk, action)
    assert not case.accounts.filter(pk=told.pk).exists()
    assert messages_of(clerk) == ["There is nothing of yours to take back here."]


def test_names_of_a_person_who_was_hidden_since_stay(clerk, case):
    page = f"/admin/incidents/person/{case.act.person_id}/change/"
    Form(clerk, page, "person_form").fill("names-0", given="Zarif").save()
    action = offered(clerk)
    Incident.objects.filter(pk=case.pk).update(restricted=True)
    undo(clerk, action)
    assert PersonName.objects.get(person=case.act.person_id).given == "Zarif"
    assert messages_of(clerk) == ["There is nothing of yours to take back here."]


def test_what_was_removed_for_good_does_not_come_back(clerk, administrator, publisher, case):
    page = f"/admin/incidents/person/{case.act.person_id}/change/"
    form = Form(clerk, page, "person_form")
    form.values["names-0-DELETE"] = ["on"]
    form.add_row("names", given="Zarif")
    form.save()
    action = offered(clerk)
    asked = {"ground": "request", "request_reference": "12/2026", "words": "Somebody asked."}
    wish = Expunging(kind="person", row_id=case.act.person_id, **asked)
    with somebody_else():
        carry_out(ask_for(wish, by=administrator.member), by=publisher.member)
    undo(clerk, action)
    assert not PersonName.objects.filter(given__in=["Balaach", "Zarif"]).exists()


def test_a_row_without_a_history_before_is_not_removed(clerk, case):
    """A row that stood before its history began was changed, and not added."""
    with pgtrigger.ignore():
        told = factories.account(case, "He was taken by ghosts.")
    form_of(clerk, case).fill("accounts-0", answer="By men in uniform.").save()
    undo(clerk, last_of(clerk))
    told.refresh_from_db()
    assert told.answer == "By men in uniform."
