"""Two people at one case: the second sees what the first did meanwhile, and loses nothing."""

import pytest

from tests.incidents import factories
from tests.incidents.admin.pages import Form

# What happens in one transaction happens at one time: only apart can one be after the other.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def case(db):
    made = factories.incident()
    made.act = factories.violation(made, factories.person("Balaach"))
    made.told = factories.account(made, "He was taken.")
    return made


def form_of(client, case):
    return Form(client, f"/admin/incidents/incident/{case.pk}/change/", "incident_form")


def refused(form):
    """Send a form that is out of date; the form that comes back."""
    answer = form.send()
    assert answer.status_code == 200
    form.read(answer, "incident_form")
    assert "while you had it open" in form.html
    return form


def test_what_both_typed_is_kept_and_the_change_is_shown(clerk, other_clerk, case):
    second = form_of(other_clerk, case)
    form_of(clerk, case).fill(date="2023-10-30", title="What the first wrote").save()
    second.fill(title="What the second wrote", time_of_day="at night")
    refused(second)
    assert "What the first wrote</ins>" in second.html
    assert str(clerk.member) in second.html
    assert second["title"] == "What the second wrote"
    assert second["date"] == "2023-10-30"
    second.save()
    case.refresh_from_db()
    assert (case.title, case.date.text) == ("What the second wrote", "2023-10-30")
    assert case.time_of_day == "at night"


def test_rows_and_sources_of_the_first_stay(clerk, other_clerk, case):
    usual = case.act.citations.get().source
    added = factories.source("A new article")
    second = form_of(other_clerk, case)
    first = form_of(clerk, case)
    first.fill("violations-0", cited_sources=[usual, added], outcome="He came back.")
    first.add_row("casualties", harm="taken", best=3, claimant_text="Family")
    first.save()
    second.fill("violations-0", stated_reason="None was given.")
    refused(second).save()
    case.act.refresh_from_db()
    assert case.casualties.count() == 1
    assert {each.source for each in case.act.citations.all()} == {usual, added}
    assert (case.act.outcome, case.act.stated_reason) == ("He came back.", "None was given.")


def test_what_was_typed_into_a_row_that_the_first_took_out_becomes_a_new_one(
    clerk, other_clerk, case
):
    factories.account(case, "He was never seen.")
    second = form_of(other_clerk, case)
    first = form_of(clerk, case)
    first.values["accounts-0-DELETE"] = first.values["accounts-1-DELETE"] = ["on"]
    first.save()
    at = second.row_of("accounts", "answer", "He was taken.")
    second.fill(title="What the second wrote").fill(at, answer="He was taken at night.")
    refused(second)
    assert second["accounts-TOTAL_FORMS"] == "1"
    second.save()
    case.refresh_from_db()
    assert case.title == "What the second wrote"
    assert [each.answer for each in case.accounts.all()] == ["He was taken at night."]


def test_what_the_first_found_on_an_element_stays(clerk, other_clerk, case):
    second = form_of(other_clerk, case)
    alleged = factories.term("element-finding", "alleged")
    first = form_of(clerk, case)
    first.fill("violations-0", state_finding=alleged, state_note="By men in uniform.").save()
    second.fill("violations-0", outcome="He came back.")
    refused(second).save()
    element = case.act.elements.get()
    assert (element.finding, element.note) == (alleged, "By men in uniform.")


def test_a_third_change_is_shown_too(clerk, other_clerk, case):
    second = form_of(other_clerk, case)
    form_of(clerk, case).fill(date="2023-10-30").save()
    refused(second.fill(title="What the second wrote"))
    form_of(clerk, case).fill(time_of_day="at noon").save()
    refused(second)
    assert "at noon</ins>" in second.html
    assert second["time_of_day"] == "at noon"


def test_a_place_in_the_source_that_the_first_typed_stays(clerk, other_clerk, case):
    citation = case.act.citations.get()
    second = form_of(other_clerk, case)
    first = form_of(clerk, case)
    first.fill("violations-0", cited_where="p. 3", cited_quotation="He was taken.").save()
    second.fill("violations-0", outcome="He came back.")
    refused(second).save()
    citation.refresh_from_db()
    assert (citation.locator, citation.quotation) == ("p. 3", "He was taken.")
    case.act.refresh_from_db()
    assert case.act.outcome == "He came back."


@pytest.mark.parametrize(
    "typed",
    [
        {"cited_quotation": "He was taken."},
        {"state_finding": "alleged", "state_note": "By men in uniform."},
    ],
)
def test_a_removed_row_is_kept_whatever_was_typed_into_it(clerk, other_clerk, case, typed):
    second = form_of(other_clerk, case)
    first = form_of(clerk, case)
    for rows in ("violations", "accounts"):
        first.values[f"{rows}-0-DELETE"] = ["on"]
    first.save()
    if "state_finding" in typed:
        typed = typed | {"state_finding": factories.term("element-finding", "alleged")}
    second.fill("violations-0", **typed)
    refused(second)
    assert (second["violations-TOTAL_FORMS"], second["accounts-TOTAL_FORMS"]) == ("1", "0")
    name = list(typed)[-1]
    assert second[f"violations-0-{name}"] == typed[name]


def test_ones_own_change_in_another_window_is_shown_too(clerk, case):
    second = form_of(clerk, case)
    form_of(clerk, case).fill(date="2023-10-30").save()
    second.fill(title="From the second window")
    told = refused(second).html.split('id="meanwhile"')[1].split("</section>")[0]
    assert "30 October 2023" in told
