"""Sources beside facts: one choice for a whole case, several for one fact."""

import pytest

from incidents.models import Citation
from tests.incidents import factories
from tests.incidents.admin.pages import Form, errors_of, messages_of

pytestmark = pytest.mark.django_db


def page_of(client, incident):
    return Form(client, f"/admin/incidents/incident/{incident.pk}/change/", "incident_form")


@pytest.fixture
def case(db):
    made = factories.incident()
    factories.violation(made)
    Citation.objects.all().delete()
    return made


@pytest.fixture
def act(case):
    return case.violations.get()


def test_one_choice_cites_every_fact_that_names_no_source(clerk, case, act):
    article, other = factories.source("The article"), factories.source("Another one")
    factories.cite(act, other)
    form = page_of(clerk, case)
    form.add_row(
        "accounts",
        question=factories.term("account-question", "how-died"),
        claimant_text="Family of the victim",
        answer="He was killed.",
    )
    form.add_row("casualties", harm="killed", best=1, claimant_text="Family of the victim")
    form.fill(source_of_the_rest=article).save()
    assert messages_of(clerk)[0] == "Facts that now rest on this source: 3."
    assert [row.source for row in act.citations.all()] == [other]
    assert [row.source for row in case.citations.all()] == [article]
    assert [row.source for row in case.accounts.get().citations.all()] == [article]
    assert Citation.objects.filter(source=article).count() == 3


def test_a_case_from_one_article_is_cited_while_it_is_entered(clerk):
    article = factories.source("The article")
    form = Form(clerk, "/admin/incidents/incident/add/", "incident_form")
    form.fill(
        title="A raid",
        kind=factories.term("incident-kind", "violation-event"),
        source_of_the_rest=article,
    )
    form.fill(
        "violations-0",
        person=factories.person(),
        type=factories.term("violation-type", "enforced-disappearance"),
        deprivation_finding=factories.term("element-finding", "alleged"),
    ).save()
    assert Citation.objects.filter(source=article).count() == 3, "case, violation and element"
    assert {row.entered_by for row in Citation.objects.all()} == {clerk.member}


def test_sources_are_added_and_taken_away(clerk, case, act):
    first, second = factories.source("First"), factories.source("Second")
    form = page_of(clerk, case)
    form.fill("violations-0", cited_sources=[second, first]).save()
    assert [row.source for row in act.citations.all()] == [second, first]
    page_of(clerk, case).fill("violations-0", cited_sources=[first]).save()
    assert [row.source for row in act.citations.all()] == [first]


def test_place_and_quotation_belong_to_the_only_source(clerk, case, act):
    article = factories.source()
    page_of(clerk, case).fill(
        "violations-0", cited_sources=[article], cited_where="line 21", cited_quotation="They came."
    ).save()
    page_of(clerk, case).fill("violations-0", cited_where="line 22").save()
    citation = act.citations.get()
    assert (citation.locator, citation.quotation) == ("line 22", "They came.")


def test_place_belongs_to_the_source_that_is_added(clerk, case, act):
    first, second = factories.source("First"), factories.source("Second")
    factories.cite(act, first, locator="line 1")
    page_of(clerk, case).fill(
        "violations-0", cited_sources=[first, second], cited_where="line 2"
    ).save()
    assert [(row.source, row.locator) for row in act.citations.all()] == [
        (first, "line 1"),
        (second, "line 2"),
    ]


def test_a_place_for_several_new_sources_is_refused(clerk, case, act):
    sources = [factories.source("First"), factories.source("Second")]
    form = page_of(clerk, case).fill("violations-0", cited_sources=sources, cited_where="p. 4")
    assert any("not clear which source" in error for error in errors_of(form.send()))
    assert not act.citations.exists()


def test_a_place_without_a_source_is_refused(clerk, case):
    form = page_of(clerk, case).fill("violations-0", cited_where="p. 4")
    assert any("not clear which source" in error for error in errors_of(form.send()))


def test_stance_and_reliability_stand_on_the_page_of_the_citation(clerk, case, act):
    citation = factories.cite(act, factories.source("An article"))
    path = f"/admin/incidents/citation/{citation.pk}/change/"
    assert path in page_of(clerk, case).html
    form = Form(clerk, path, "citation_form")
    reliability = factories.term("information-reliability", "likely-false")
    form.fill(stance="disputes", reliability=reliability).save()
    citation.refresh_from_db()
    assert (citation.stance, citation.reliability.code) == ("disputes", "likely-false")
    assert citation.changed_by == clerk.member


def test_the_steps_of_a_legal_action_are_cited_in_one_choice(clerk, case):
    article = factories.source()
    form = Form(clerk, "/admin/incidents/legalaction/add/", "legalaction_form")
    form.fill(
        title="Order to register an FIR",
        type=factories.term("legal-action-type", "jop-petition"),
        incidents=[case],
        source_of_the_rest=article,
    )
    form.add_row("steps", what="Order", date="2023-11-25")
    form.save()
    action = case.legal_actions.get()
    assert [row.source for row in action.citations.all()] == [article]
    assert [row.source for row in action.steps.get().citations.all()] == [article]


def test_elements_carry_sources_of_their_own(clerk, case, act):
    article, family = factories.source("The article"), factories.source("The family")
    form = page_of(clerk, case)
    form.fill(
        "violations-0",
        state_finding=factories.term("element-finding", "disputed"),
        state_note="The family names uniforms",
        state_sources=[family, article],
    ).save()
    element = act.elements.get()
    assert (element.element.code, element.finding.code) == ("el-state", "disputed")
    assert [row.source for row in element.citations.all()] == [family, article]
    assert not act.citations.exists()


def test_an_element_whose_finding_is_emptied_goes_with_its_sources(clerk, case, act):
    form = page_of(clerk, case)
    form.fill("violations-0", state_finding=factories.term("element-finding", "disputed")).save()
    page_of(clerk, case).fill("violations-0", state_finding="", state_note="").save()
    assert not act.elements.exists()


def test_a_note_on_an_element_needs_a_finding(clerk, case):
    form = page_of(clerk, case).fill("violations-0", state_note="Uniforms")
    assert any("Choose a finding" in error for error in errors_of(form.send()))
