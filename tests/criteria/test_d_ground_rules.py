"""Section D: ground rules of the data."""

from datetime import date

import pghistory
import pytest
from django.apps import apps
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.utils import translation

from incidents.history.reasons import forget_reasons, reasons_of, reseal_reasons
from incidents.models import Incident, Intervention
from record.models import ViolationEntry
from record.questions import ask
from reference import vocabularies
from reference.vocabularies import term
from tests.incidents import factories as make
from tests.incidents.admin.pages import Form, errors_of

pytestmark = pytest.mark.django_db


def found(query):
    question = ask("violations", QueryDict(query))
    assert not question.errors
    return question.count(), question.count_certain()


def test_19_a_killing_of_2006_is_certain_for_the_year_and_in_no_month():
    case = make.incident("Killing in 2006", date="2006")
    make.violation(case, make.person(), "extrajudicial-killing")
    make.publish(case)

    year, august = "date_from=2006&date_to=2006", "date_from=2006-08&date_to=2006-08"
    assert found(year) == (1, 1)
    assert found(august) == (1, 0)
    client = Client()
    for query, certain in ((year, 1), (august, 0)):
        for unit in ("violations", "victims", "incidents"):
            answer = client.get(f"/api/v1/{unit}/?{query}").json()
            assert (answer["count"], answer["count_certain"]) == (1, certain)
            feed = client.get(f"/api/v1/{unit}.atom?{query}").content.decode()
            assert feed.count("<entry>") == 1
        answer = client.get(f"/api/v1/statistics/?group_by=month&{query}").json()
        assert (answer["count"], answer["count_certain"]) == (1, certain)
        held = {row["month"]["label"]: row["count"] for row in answer["buckets"] if row["count"]}
        assert list(held.values()) == [1]
        [label] = held
        assert "2006" in label
        assert "unknown" in label
        assert "Killing in 2006" in client.get(f"/?{query}").content.decode()


def test_20_terms_are_found_hidden_noted_translated_and_coded(clerk, administrator):
    case = make.incident(by=clerk.member)
    methods = [term("method", code) for code in _two_methods()]
    act = make.violation(case, make.person(), "staged-encounter")
    page = f"/admin/incidents/incident/{case.pk}/change/"
    form = Form(clerk, page, "incident_form")
    form.fill("violations-0", methods=methods, method_notes=f"{methods[1].label}: with a cable")
    form.save()
    act.refresh_from_db()
    assert act.method_notes == {methods[1].code: "with a cable"}
    assert set(act.methods.all()) == set(methods)
    urdu = clerk.get(f"/ur{page}").content.decode()
    assert f"{methods[1].label_in('ur')}: with a cable" in urdu
    translation.activate("en")

    make.publish(case)
    assert found("type=life") == (1, 1)
    hide = Form(administrator, f"/admin/reference/term/{methods[0].pk}/change/", "term_form")
    hide.fill(hidden="on").save()
    vocabularies.clear_cache()
    shown = ViolationEntry.objects.get().content()["methods"]
    assert {row["code"] for row in shown} == {method.code for method in methods}
    offered = Form(clerk, "/admin/incidents/incident/add/", "incident_form")
    keys = [value for value, _label in offered.choices["violations-__prefix__-methods"]]
    assert str(methods[0].pk) not in keys
    assert str(methods[1].pk) in keys

    told = Client().get("/api/v1/vocabularies/violation-type/").json()
    row = next(row for row in told["results"] if row["code"] == "enforced-disappearance")
    assert row["huridocs"] == "4:030103"
    assert row["labels"]["ur"]


def _two_methods():
    return [each.code for each in vocabularies.terms("method")][:2]


@pytest.mark.parametrize("line", ["with a cable", "No such method: with a cable"])
def test_20_a_note_belongs_to_a_method(clerk, line):
    case = make.incident(by=clerk.member)
    make.violation(case)
    form = Form(clerk, f"/admin/incidents/incident/{case.pk}/change/", "incident_form")
    form.fill("violations-0", methods=[term("method", _two_methods()[0])], method_notes=line)
    assert any("a colon and the note" in error for error in errors_of(form.send()))


def test_20_a_note_on_a_method_that_was_not_chosen_is_refused(clerk):
    case = make.incident(by=clerk.member)
    make.violation(case)
    first, second = (term("method", code) for code in _two_methods())
    form = Form(clerk, f"/admin/incidents/incident/{case.pk}/change/", "incident_form")
    form.fill("violations-0", methods=[first], method_notes=f"{second.label}: with a cable")
    assert any(second.label in error for error in errors_of(form.send()))


def test_21_a_division_finds_its_towns_and_staff_add_local_terms(clerk, administrator):
    case = make.incident(area=make.area("PK211-turbat"), area_basis="stated", by=clerk.member)
    act = make.violation(case, type="arbitrary-detention")
    make.publish(case)
    assert found("area=Makran") == (1, 1)

    for vocabulary, code, label in (
        ("occupation", "karez-digger", "Karez digger"),
        ("judicial-district", "awaran", "Awaran"),
    ):
        form = Form(administrator, "/admin/reference/term/add/", "term_form")
        form.fill(vocabulary=vocabulary, code=code, label_en=label).save()
    vocabularies.clear_cache()
    person = Form(clerk, f"/admin/incidents/person/{act.person_id}/change/", "person_form")
    assert "Karez digger" in person.labels("occupation")
    boxes = Form(clerk, f"/admin/incidents/incident/{case.pk}/change/", "incident_form")
    assert "Awaran" in boxes.labels("violations-0-judicial_district")


def records_to_manage():
    case = make.incident()
    yield "incident", case
    victim = make.person()
    make.violation(case, victim)
    yield "person", victim
    yield "victim", victim
    yield "legalaction", make.legal_action(case)
    yield "source", make.source("A source")
    yield "agency", make.agency()
    appeal = Intervention.objects.create(incident=case, by_text="A body")
    appeal.types.set([make.term("intervention-type", "visit")])
    yield "intervention", appeal


def test_22_each_record_has_its_book_keeping_and_is_listed_by_monitoring(clerk):
    active, pending = make.term("monitoring", "active"), make.term("monitoring", "pending")
    for name, record in records_to_manage():
        page = f"/admin/incidents/{name}/{record.pk}/change/"
        form = Form(clerk, page, f"{name}_form")
        form.fill(received_on="2023-12-01", project="Archive", monitoring=active)
        form.fill(internal_notes="Ask again in spring").save()
        record.refresh_from_db()
        assert record.changed_by == clerk.member
        assert record.received_on == date(2023, 12, 1)
        lists = {
            code: clerk.get(f"/admin/incidents/{name}/?monitoring={code}").context["cl"]
            for code in ("active", "pending")
        }
        assert record.pk in [row.pk for row in lists["active"].result_list], name
        assert record.pk not in [row.pk for row in lists["pending"].result_list], name
    assert pending.code == "pending"


def test_24_old_and_new_value_are_written_by_whichever_road(clerk):
    case = make.incident(date="2023-10-29", by=clerk.member)
    events = apps.get_model("incidents", "IncidentEvent").objects.filter(pgh_obj_id=case.pk)
    form = Form(clerk, f"/admin/incidents/incident/{case.pk}/change/", "incident_form")
    form.fill(date="2023-10-30").save()
    last = events.order_by("pgh_id").last()
    assert (str(last.date), last.pgh_context.metadata["user"]) == ("2023-10-30", clerk.member.pk)
    with pghistory.context(user=clerk.member.pk):
        Incident.objects.filter(pk=case.pk).update(title="By an import")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE incidents_incident SET title = 'By hand' WHERE id = %s", [case.pk])
    told = list(events.order_by("pgh_id").values_list("title", flat=True))
    assert told[-2:] == ["By an import", "By hand"]
    assert str(events.order_by("pgh_id").first().date) == "2023-10-29"


def test_24_why_something_is_changed_stands_beside_who_and_when(clerk):
    case = make.incident(date="2023-10-29", by=clerk.member)
    page = f"/admin/incidents/incident/{case.pk}/change/"
    draft = Form(clerk, page, "incident_form")
    assert draft.fill(date="2023-10-30").send(why="").status_code == 302, "drafts explain nothing"
    make.violation(case)
    make.publish(case)

    form = Form(clerk, page, "incident_form")
    assert form["why"] == ""
    refused = form.fill(date="2023-11-02").send(why="")
    assert any("Say in a sentence why" in error for error in errors_of(refused))
    case.refresh_from_db()
    assert str(case.date) == "2023-10-30"
    Form(clerk, page, "incident_form").send(why="")
    form.send(why="The brother named the day")
    case.refresh_from_db()
    assert str(case.date) == "2023-11-02"

    told = clerk.get(f"/admin/incidents/incident/{case.pk}/history/").content.decode()
    assert "The brother named the day" in told
    last = apps.get_model("incidents", "IncidentEvent").objects.filter(date="2023-11-02").first()
    assert (str(last.date), last.pgh_context.metadata["user"]) == ("2023-11-02", clerk.member.pk)
    # What is said of a case that was told in trust lies in the database for nobody to read.
    assert "brother" not in str(last.pgh_context.metadata)


def test_24_a_row_of_what_is_public_is_not_changed_without_a_reason(clerk):
    case = make.incident(by=clerk.member)
    act = make.violation(case)
    make.publish(case)
    form = Form(clerk, f"/admin/incidents/incident/{case.pk}/change/", "incident_form")
    form.fill(form.row_of("violations", "id", act), outcome="Released")
    assert any("Say in a sentence why" in error for error in errors_of(form.send(why="")))
    act.refresh_from_db()
    assert act.outcome == ""
    assert form.send(why="A newspaper told").status_code == 302
    act.refresh_from_db()
    assert act.outcome == "Released"


def test_24_consent_that_is_taken_back_needs_no_reason(clerk):
    case = make.incident(by=clerk.member)
    act = make.violation(case)
    make.publish(case)
    form = Form(clerk, f"/admin/incidents/person/{act.person_id}/change/", "person_form")
    form.add_row(
        "consents",
        use=make.term("consent-use", "keep"),
        answer=make.term("consent-answer", "granted"),
    )
    answer = form.send(why="")
    assert answer.status_code == 302, errors_of(answer)


def test_24_a_reason_is_sealed_anew_and_forgotten_with_what_is_expunged(clerk):
    case = make.incident(by=clerk.member)
    page = f"/admin/incidents/incident/{case.pk}/change/"
    Form(clerk, page, "incident_form").fill(title="Another title").send(why="A slip of the pen")
    events = apps.get_model("incidents", "IncidentEvent").objects.filter(pgh_obj_id=case.pk)
    assert reseal_reasons() == (1, 0)
    assert "A slip of the pen" in reasons_of(events).values()
    forget_reasons(events.values_list("pgh_context_id", flat=True))
    assert reasons_of(events) == {}
    assert events.exclude(pgh_context=None).last().pgh_context.metadata["user"]
