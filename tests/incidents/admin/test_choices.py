"""What the boxes of a page offer: people and places in any spelling, terms, rows of the case."""

import pytest
from django.utils import translation

from incidents.models import Capture, Incident, LegalAction, Violation
from reference.models import Area, Term
from reference.vocabularies import clear_cache
from tests.incidents import factories
from tests.incidents.admin.pages import Form, errors_of

pytestmark = pytest.mark.django_db

ADD = "/admin/incidents/incident/add/"


def offered(client, model, field, term, prefix=""):
    response = client.get(
        f"{prefix}/admin/autocomplete/",
        {"app_label": "incidents", "model_name": model, "field_name": field, "term": term},
    )
    assert response.status_code == 200
    return [result["text"] for result in response.json()["results"]]


def new_incident(client, **values):
    form = Form(client, ADD, "incident_form")
    form.fill(
        title="A raid",
        kind=factories.term("incident-kind", "violation-event"),
        date="2023-10-29",
        **values,
    )
    return form


@pytest.mark.parametrize("spelling", ["Balach", "Balaach", "balaach", "بالاچ", "Balach Mola"])
def test_a_person_is_found_in_either_script_and_any_spelling(clerk, spelling):
    factories.person("Balaach", "Mola Bakhsh", local="بالاچ")
    factories.person("Karima", "Mehrab")
    found = offered(clerk, "violation", "person", spelling)
    assert found == ["Balaach · بالاچ, father: Mola Bakhsh"]


def test_namesakes_are_told_apart_by_father_age_and_district(clerk):
    for father, code, age in (("Mola Bakhsh", "PK211-turbat", 24), ("Ghulam", "PK2", None)):
        victim = factories.person("Balaach", father)
        case = factories.incident(area=factories.area(code), area_basis="stated")
        factories.violation(case, victim, age_low=age, age_high=age)
    assert set(offered(clerk, "violation", "person", "Balaach")) == {
        "Balaach, father: Mola Bakhsh, 24, Kech",
        "Balaach, father: Ghulam",
    }


def test_the_person_whose_name_resembles_the_text_most_comes_first(clerk):
    factories.person("Balochan", "Bala")
    factories.person("Balaach", "")
    assert offered(clerk, "violation", "person", "Balach")[0] == "Balaach"


@pytest.mark.parametrize("text", ["CTD", "counter-terrorism", "Counter Terrorism Dep", "انسداد"])
def test_an_agency_is_found_by_any_of_its_names(clerk, text):
    factories.agency(abbreviation="CTD", name_local="محکمۂ انسدادِ دہشت گردی")
    factories.agency("Balochistan Police", "police")
    found = offered(clerk, "involvement", "agency", text)
    assert found == ["Counter-Terrorism Department (CTD)"]


@pytest.mark.parametrize("text", ["Turbat", "tur", "Tubrat", "تربت", "تربت شہر"])
def test_a_town_is_found_and_says_in_which_district_it_lies(clerk, text):
    assert "Turbat, town, Kech" in offered(clerk, "incident", "area", text)


def test_areas_are_called_in_the_language_of_the_page(clerk):
    district = Area.objects.get(code="PK211")
    found = offered(clerk, "incident", "area", "Turbat", prefix="/ur")
    assert any(district.name_local in label for label in found)


def test_nothing_is_found_for_a_text_without_letters(clerk):
    factories.person("Balaach")
    assert offered(clerk, "violation", "person", "…") == []


def test_a_town_fills_its_district_and_says_that_it_was_inferred(clerk):
    town = factories.area("PK211-turbat")
    pk = new_incident(clerk, area=town).save()
    assert Incident.objects.get(pk=pk).area_basis == "inferred"
    page = clerk.get(f"/admin/incidents/incident/{pk}/change/").content.decode()
    assert "Kech district (inferred" in page
    listed = clerk.get("/admin/incidents/incident/").content.decode()
    assert '<td class="field-district_column">Kech</td>' in listed


def test_a_term_that_is_hidden_is_not_offered_but_stays_where_it_was_used(clerk):
    kind = factories.term("incident-kind", "context")
    old = factories.incident(kind=kind)
    Term.objects.filter(pk=kind.pk).update(hidden=True)
    clear_cache()
    assert kind.label not in Form(clerk, ADD, "incident_form").labels("kind")

    form = Form(clerk, f"/admin/incidents/incident/{old.pk}/change/", "incident_form")
    assert kind.label in form.labels("kind")
    form.fill(title="Reworded").save()
    old.refresh_from_db()
    assert (old.title, old.kind) == ("Reworded", kind)


def test_a_hidden_term_cannot_be_chosen_anew(clerk):
    kind = factories.term("incident-kind", "context")
    Term.objects.filter(pk=kind.pk).update(hidden=True)
    clear_cache()
    form = new_incident(clerk)
    form.values["kind"] = [str(kind.pk)]
    assert any("is not offered any more" in error for error in errors_of(form.send()))


def test_a_term_of_another_vocabulary_is_refused(clerk):
    form = new_incident(clerk)
    form.values["kind"] = [str(factories.term("sex", "man").pk)]
    assert errors_of(form.send()) == ["Choose one of the terms in the list."]


def test_terms_are_an_indented_tree(clerk):
    form = Form(clerk, ADD, "incident_form")
    labels = [label for _key, label in form.choices["violations-0-type"]]
    parent = factories.term("violation-type", "enforced-disappearance")
    below = factories.term("violation-type", "short-term-disappearance")
    indent = {label.strip(): len(label) - len(label.lstrip("\u00a0")) for label in labels}
    assert indent[below.label] > indent[parent.label] > 0


def test_terms_are_shown_in_the_language_of_the_page(clerk):
    term = factories.term("violation-type", "enforced-disappearance")
    form = Form(clerk, f"/ur{ADD}", "incident_form")
    with translation.override("ur"):
        assert term.label in form.labels("violations-0-type")


def test_a_row_is_chosen_only_among_those_of_its_own_case(clerk):
    case, other = factories.incident(), factories.incident("Another case")
    own = factories.violation(case, factories.person("Balaach"))
    factories.violation(other, factories.person("Karima"))
    factories.account(case, "He was killed.")
    factories.account(other, "She was freed.")
    form = Form(clerk, f"/admin/incidents/incident/{case.pk}/change/", "incident_form")
    assert form.labels("accounts-__prefix__-violation") == ["---------", f"{own.type}: Balaach"]
    assert len(form.labels("accounts-__prefix__-replaces")) == 2
    assert form.labels("accounts-0-replaces") == ["---------"], "no account replaces itself"


def test_a_row_of_another_case_cannot_be_sent_either(clerk):
    case, other = factories.incident(), factories.incident("Another case")
    foreign = factories.violation(other, factories.person("Karima"))
    factories.account(case, "He was killed.")
    form = Form(clerk, f"/admin/incidents/incident/{case.pk}/change/", "incident_form")
    form.values["accounts-0-violation"] = [str(foreign.pk)]
    assert any("Choose a row of this case" in error for error in errors_of(form.send()))


@pytest.mark.parametrize(
    ("box", "typed"),
    [("date", "the other day"), ("end", "last autumn"), ("violations-0-start", "2023-13")],
)
def test_a_date_that_cannot_be_read_is_refused_with_the_accepted_forms(clerk, box, typed):
    form = new_incident(clerk)
    form.fill("violations-0", person=factories.person(), type=_any_type())
    form.values[box] = [typed]
    response = form.send()
    assert any("2023-10-29" in error for error in errors_of(response)), errors_of(response)
    assert typed in response.content.decode(), "what was typed is still there"
    assert not Incident.objects.exists()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("29 October 2023", "2023-10-29"),
        ("۲۰۲۳", "2023"),
        ("2023-10~", "2023-10~"),
        ("../2023-12-11", "../2023-12-11"),
        ("", ""),
    ],
)
def test_dates_are_taken_as_they_are_heard(clerk, typed, kept):
    form = new_incident(clerk)
    form.values["date"] = [typed]
    assert Incident.objects.get(pk=form.save()).date.text == kept


def test_a_person_added_beside_the_page_is_chosen_there(clerk):
    path = "/admin/incidents/person/add/?_to_field=id&_popup=1"
    form = Form(clerk, path, "person_form")
    form.fill("names-0", given="Balaach", fathers_name="Mola Bakhsh")
    response = form.send("_save")
    assert response.status_code == 200
    assert "Balaach" in response.content.decode()
    assert "admin/js/popup_response.js" in response.content.decode()


def test_rows_that_were_left_empty_are_not_saved(clerk):
    new_incident(clerk).save()
    assert not Violation.objects.exists()


def _any_type():
    return factories.term("violation-type", "enforced-disappearance")


def test_a_legal_action_is_made_beside_the_page_of_a_case_and_tied_to_it_there(clerk):
    path = "/admin/incidents/legalaction/add/"
    kind = factories.term("legal-action-type", "fir")
    popup = Form(clerk, f"{path}?_to_field=id&_popup=1", "legalaction_form")
    assert popup.fill(title="An FIR", type=kind).send("_save").status_code == 200
    action = LegalAction.objects.get()

    form = new_incident(clerk)
    form.add_row("LegalAction_incidents", legalaction=action)
    pk = form.save()
    assert [case.pk for case in action.incidents.all()] == [pk]

    alone = Form(clerk, path, "legalaction_form").fill(title="Another FIR", type=kind)
    assert errors_of(alone.send()), "on a page of its own it has to name its incident"


def test_what_was_chosen_is_still_labelled_when_a_page_is_refused(clerk):
    person = factories.person("Balaach", "Mola Bakhsh")
    form = new_incident(clerk)
    form.fill("violations-0", person=person, type=_any_type(), start="5/10/2023")
    answer = form.send()
    form.read(answer, "incident_form")
    assert form.labels("violations-0-person") == ["Balaach, father: Mola Bakhsh"]


def test_who_captured_a_file_is_written(clerk):
    form = Form(clerk, "/admin/incidents/source/add/", "source_form")
    form.fill(title="An article", type=factories.term("source-type", "news"))
    form.add_row("captures", sha256="a" * 64, captured_at="2023-12-11T09:30")
    form.save()
    capture = Capture.objects.get()
    assert capture.captured_by == clerk.member
    assert capture.captured_at.isoformat() == "2023-12-11T09:30:00+00:00"
