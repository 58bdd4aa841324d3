"""The history page: every change of a case and its parts, with values, actor and time."""

import pytest

from incidents.history.differences import changes_of
from incidents.models import Incident
from tests.incidents import factories
from tests.incidents.admin.pages import Form

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(db):
    made = factories.incident()
    factories.violation(made, factories.person("Balaach"))
    return made


def path_of(case, page="change/"):
    return f"/admin/incidents/incident/{case.pk}/{page}"


def differences(case, user):
    """Kind, act and name of what this person changed → old and new."""
    return {
        (row.kind, row.act, each.name): (each.old, each.new)
        for change in changes_of(case, seen_by=user)
        if change.actor == str(user)
        for row in change.rows
        for each in row.differences
    }


def test_old_and_new_value_of_a_field_are_shown_with_who_changed_it(clerk, case):
    form = Form(clerk, path_of(case), "incident_form")
    form.fill(title="Taken from a shop", date="2023", area="", area_basis="").save()
    page = clerk.get(path_of(case, "history/")).content.decode()
    assert "Taken from home in Turbat</del>" in page
    assert "Taken from a shop</ins>" in page
    assert str(clerk.member) in page
    found = differences(case, clerk.member)
    assert found["Incident", "update", "Date"] == ("29 October 2023", "2023")
    assert found["Incident", "update", "Area"][0] == "Kech (district)"


def test_changes_of_parts_are_shown_terms_in_words(clerk, case):
    form = Form(clerk, path_of(case), "incident_form")
    term = factories.term("violation-type", "short-term-disappearance")
    form.fill("violations-0", type=term).save()
    found = differences(case, clerk.member)
    assert found["Violation", "update", "What was done"] == (
        "Enforced disappearance",
        "Short-term disappearance",
    )


def test_rows_that_were_added_and_taken_out_are_shown(clerk, case):
    form = Form(clerk, path_of(case), "incident_form")
    form.add_row("casualties", harm="taken", best=3, claimant_text="Family")
    form.save()
    added = differences(case, clerk.member)
    assert added["Number of people harmed", "insert", "Most likely"] == ("", "3")
    form = Form(clerk, path_of(case), "incident_form")
    form.values["casualties-0-DELETE"] = ["on"]
    form.save()
    gone = differences(case, clerk.member)
    assert gone["Number of people harmed", "delete", "Most likely"] == ("3", "")


def test_sources_that_were_added_are_shown(clerk, case):
    form = Form(clerk, path_of(case), "incident_form")
    usual = case.violations.get().citations.get().source
    form.fill("violations-0", cited_sources=[usual, factories.source("A new article")]).save()
    assert differences(case, clerk.member)["Citation", "insert", "Source"] == ("", "A new article")


def test_people_and_methods_that_were_linked_are_shown(clerk, case):
    form = Form(clerk, path_of(case), "incident_form")
    method = factories.term("method", form.choices["violations-0-methods"] and _any("method"))
    form.fill("violations-0", methods=[method])
    form.fill(assigned=[clerk.member]).save()
    found = differences(case, clerk.member)
    assert found["Assigned to", "insert", "Staff member"] == ("", str(clerk.member))
    assert found["Methods", "insert", "Term"] == ("", method.label)


def _any(vocabulary):
    from reference.vocabularies import terms

    return terms(vocabulary)[0].code


def test_decisions_are_part_of_the_history(clerk, case):
    factories.reviewing.submit(case, by=clerk.member)
    page = clerk.get(path_of(case, "history/")).content.decode()
    assert "submitted for review" in page


def test_what_a_command_changed_is_shown_without_a_name(clerk, case):
    Incident.objects.filter(pk=case.pk).update(title="Changed by an import")
    page = clerk.get(path_of(case, "history/")).content.decode()
    assert "Changed by an import" in page
    assert "no member of staff" in page


def test_a_save_that_changed_nothing_leaves_no_trace(clerk, case):
    before = len(changes_of(case, seen_by=clerk.member))
    Form(clerk, path_of(case), "incident_form").save()
    assert len(changes_of(case, seen_by=clerk.member)) == before


def test_the_history_of_a_person_holds_names_and_consents(clerk):
    person = factories.person("Balaach")
    form = Form(clerk, f"/admin/incidents/person/{person.pk}/change/", "person_form")
    form.fill("names-0", given="Balach")
    form.add_row(
        "consents",
        use=factories.term("consent-use", "publish-name"),
        answer=factories.term("consent-answer", "granted"),
    )
    form.save()
    found = differences(person, clerk.member)
    assert found["Name", "update", "Name"] == ("Balaach", "Balach")
    assert found["Consent", "insert", "Answer"][1]


def test_passwords_are_in_no_history(administrator):
    member = factories.staff()
    member.set_password("another password altogether")
    member.save()
    page = administrator.get(f"/admin/incidents/staffmember/{member.pk}/history/").content.decode()
    assert "md5$" not in page
    assert "Password" not in page


def test_no_second_log_keeps_titles(clerk, case):
    from django.contrib.admin.models import LogEntry

    Form(clerk, path_of(case), "incident_form").fill(title="Another title").save()
    assert not LogEntry.objects.exists()


@pytest.mark.parametrize("section", ["reference/term", "reference/area", "auth/group"])
def test_what_the_program_brings_has_a_page_without_changes(administrator, section):
    keys = {
        "reference/term": factories.term("sex", "man").pk,
        "reference/area": factories.area().pk,
        "auth/group": factories.staff().groups.get().pk,
    }
    page = administrator.get(f"/admin/{section}/{keys[section]}/history/")
    assert "Nothing was recorded." in page.content.decode()
