"""Section B: proceedings, and the details of an act."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from incidents.history.events import events_of
from incidents.models import (
    BodyEntry,
    Intervention,
    InterventionAddressee,
    LegalAction,
    LegalRelation,
    LegalStep,
    Violation,
    links,
)
from record.models import Entry, IncidentEntry, LegalActionEntry, VictimEntry, ViolationEntry
from tests.incidents import factories as make
from tests.incidents.admin.pages import Form, errors_of
from tests.incidents.interchange import carried

pytestmark = pytest.mark.django_db

ACTS = "/admin/incidents/violation/"


def listed(client, **query):
    """How many acts the list of the staff shows for a question."""
    return client.get(ACTS, query).context["cl"].result_count


def typed(clerk, act, **values):
    """Type details of an act on the page of its case, and save."""
    page = f"/admin/incidents/incident/{act.incident_id}/change/"
    form = Form(clerk, page, "incident_form")
    form.fill(form.row_of("violations", "id", act.pk), **values)
    form.save()
    return Violation.objects.get(pk=act.pk)


def test_10_each_body_answers_for_itself_and_urgent_pending_appeals_are_listed(clerk):
    case = make.incident()
    victim = make.person()
    make.violation(case, victim)
    urgent = make.term("intervention-priority", "urgent")
    pending = make.term("intervention-status", "pending")
    appeal = Intervention.objects.create(
        incident=case, by_text="A rights body", date="2023-11-25", priority=urgent, status=pending
    )
    appeal.types.set(
        [make.term("intervention-type", code) for code in ("urgent-appeal", "demand-inquiry")]
    )
    appeal.people.set([victim])
    answers = (
        ("Commission of Inquiry", "pledged", "2023-12-02"),
        ("Working Group", "no-response", "2024-01"),
    )
    for name, response, date in answers:
        InterventionAddressee.objects.create(
            intervention=appeal,
            agency=make.agency(name, "commission"),
            response=make.term("intervention-response", response),
            responded=date,
        )
    make.cite(appeal)
    Intervention.objects.create(incident=case, by_text="Somebody else", priority=urgent).types.set(
        [make.term("intervention-type", "visit")]
    )

    form = Form(clerk, f"/admin/incidents/intervention/{appeal.pk}/change/", "intervention_form")
    assert len(form["types"]) == 2
    rows = [(form[f"addressees-{n}-response"], form[f"addressees-{n}-responded"]) for n in range(2)]
    assert rows == [
        (str(make.term("intervention-response", response).pk), date)
        for _name, response, date in answers
    ]
    page = clerk.get("/admin/incidents/intervention/?priority=urgent&status=pending")
    assert [row.pk for row in page.context["cl"].result_list] == [appeal.pk]


def test_11_order_defiance_petition_and_late_fir_are_told_without_a_number():
    case = make.incident("Killing of a man in custody")
    make.violation(case, type="extrajudicial-killing")
    court = make.agency("Sessions Court Turbat", "court")
    order = make.legal_action(
        case,
        title="Order to register an FIR",
        type=make.term("legal-action-type", "jop-petition"),
        forum=court,
        filed="2023-11-25",
        accused_text="The regional officer and two others",
        stage=make.term("legal-stage", "decided"),
        outcome=make.term("legal-outcome", "granted"),
        compliance=make.term("legal-compliance", "defied"),
    )
    defied = LegalStep.objects.create(
        action=order,
        date="2023-11-27",
        what="The station does not register it",
        compliance=make.term("legal-compliance", "defied"),
    )
    make.cite(defied)
    petition = make.legal_action(
        case,
        title="Petition to have the order set aside",
        type=make.term("legal-action-type", "challenge"),
        forum=make.agency("High Court", "court"),
        filed="2023-11-25/2023-12-09",
        stage=make.term("legal-stage", "filed"),
    )
    fir = make.legal_action(
        case,
        title="FIR against four officials",
        type=make.term("legal-action-type", "fir"),
        filed="2023-12-09",
        accused_text="Four officials, by post",
        stage=make.term("legal-stage", "registered"),
        outcome=make.term("legal-outcome", "registered"),
        compliance=make.term("legal-compliance", "late"),
    )
    LegalRelation.objects.create(action=petition, kind="challenges", other=order)
    LegalRelation.objects.create(action=fir, kind="implements", other=order)
    make.publish(case)

    told = {row["title"]: row for row in map(Entry.content, LegalActionEntry.objects.all())}
    assert [row["number"] for row in told.values()] == ["", "", ""]
    first = told["Order to register an FIR"]
    assert (first["stage"]["code"], first["outcome"]["code"]) == ("decided", "granted")
    assert first["compliance"]["code"] == "defied"
    assert first["accused_text"] == "The regional officer and two others"
    assert {row["relation"]["code"] for row in first["relations"]} == {
        *("challenged-by", "implemented-by"),
    }
    assert [step["compliance"]["code"] for step in first["steps"]] == ["defied"]
    assert told["FIR against four officials"]["compliance"]["code"] == "late"
    page = Client().get(f"/legal-actions/{LegalAction.objects.get(pk=order.pk).reference}/")
    for title in told:
        assert title in page.content.decode()


DETENTION = {
    "detention_type": ("detention-type", "police-remand"),
    "counsel": ("counsel-access", "refused"),
    "court": ("court-type", "anti-terrorism"),
    "court_language": ("language", "ur"),
    "judicial_district": ("judicial-district", "kech"),
}
TEXTS = {"conditions": "Blindfolded", "case_code": "14/2023", "case_name": "State versus A"}


def test_12_each_detail_of_a_detention_is_filled_unknown_or_empty_and_found_so(clerk):
    case = make.incident(by=clerk.member)
    filled, unknown, empty = (
        make.violation(case, make.person(name), "arbitrary-detention")
        for name in ("Filled", "Unknown", "Empty")
    )
    values = {name: make.term(*term) for name, term in DETENTION.items()}
    typed(clerk, filled, **values, **TEXTS)
    asked = {name: make.term(term[0], "unknown") for name, term in DETENTION.items()}
    typed(clerk, unknown, **asked, **{f"{name}_unknown": "on" for name in TEXTS})

    for name, (_vocabulary, code) in DETENTION.items():
        for value, act in ((code, filled), ("unknown", unknown), ("-", empty)):
            page = clerk.get(ACTS, {name: value})
            assert [row.pk for row in page.context["cl"].result_list] == [act.pk], (name, value)
    for name in TEXTS:
        for value, act in (("known", filled), ("unknown", unknown), ("-", empty)):
            page = clerk.get(ACTS, {name: value})
            assert [row.pk for row in page.context["cl"].result_list] == [act.pk], (name, value)
    assert listed(clerk, q="14/2023") == 1


def test_12_a_text_is_not_known_and_unknown_at_once(clerk):
    case = make.incident(by=clerk.member)
    act = make.violation(case, type="arbitrary-detention")
    page = f"/admin/incidents/incident/{case.pk}/change/"
    form = Form(clerk, page, "incident_form")
    form.fill("violations-0", conditions="Cold", conditions_unknown="on")
    assert any("not both" in error for error in errors_of(form.send()))
    act.refresh_from_db()
    assert act.conditions == ""


def test_12_the_details_go_with_their_act_in_its_history_and_stay_in_the_office(clerk):
    case = make.incident()
    act = make.violation(case, type="arbitrary-detention")
    typed(
        clerk,
        act,
        conditions="Twelve days in a cellar",
        counsel=make.term("counsel-access", "refused"),
    )
    told = clerk.get(f"/admin/incidents/incident/{case.pk}/history/").content.decode()
    assert "Twelve days in a cellar" in told
    assert "Lawyer refused" in told
    make.publish(case)
    act.refresh_from_db()
    for entry in (IncidentEntry.objects.get(), ViolationEntry.objects.get(reference=act.reference)):
        assert "cellar" not in entry.document


def test_12_the_details_go_with_their_act_into_another_installation(tmp_path):
    case = make.incident()
    values = {name: make.term(*term) for name, term in DETENTION.items()}
    asked = {name: make.term(term[0], "unknown") for name, term in DETENTION.items()}
    make.violation(case, type="arbitrary-detention", **values, **TEXTS)
    make.violation(
        case, type="arbitrary-detention", **asked, **{f"{name}_unknown": True for name in TEXTS}
    )
    make.violation(case, type="arbitrary-detention")
    details = (*(f"{name}__code" for name in DETENTION), *TEXTS)
    details += tuple(f"{name}_unknown" for name in TEXTS)
    before = list(Violation.objects.order_by("pk").values_list(*details))
    carried.export(tmp_path / "cases", case)
    carried.another_installation()
    carried.receive(tmp_path / "cases")
    assert list(Violation.objects.order_by("pk").values_list(*details)) == before
    assert len(set(before)) == 3


def test_13_autopsy_body_and_two_claimed_causes_are_told_each_by_its_claimant():
    case = make.incident("A man was found dead")
    victim = make.person()
    make.violation(case, victim, "extrajudicial-killing")
    for event, date, place, note in (
        ("body-found", "2023-11-23", "Riverbed of the Kech", "Marks of ropes on both wrists"),
        ("autopsy-refused", "2023-11-23", "Teaching Hospital", ""),
        ("identified", "2023-11-23", "Teaching Hospital", "By his brother"),
        ("certificate-refused", "2023-11-24", "", ""),
        ("handed-over", "2023-11-23", "", ""),
        ("buried", "2023-11-30", "Graveyard of the village", ""),
    ):
        row = BodyEntry.objects.create(
            incident=case,
            person=victim,
            event=make.term("body-event", event),
            date=date,
            place_text=place,
            note=note,
            claimant_text="Family of the victim",
        )
        make.cite(row)
    make.account(case, "In an exchange of fire", claimant_agency=make.agency(), claimant_text="")
    make.account(case, "Shot while he was held")
    make.publish(case)

    shown = IncidentEntry.objects.get().content()
    events = VictimEntry.objects.get().content()["body_events"]
    told = {row["event"]["code"]: row for row in events}
    assert set(told) == {
        *("body-found", "autopsy-refused", "identified"),
        *("certificate-refused", "handed-over", "buried"),
    }
    assert told["body-found"]["date"]["text"] != told["buried"]["date"]["text"]
    causes = {
        row["claimant"]["name"]: row["answer"]
        for row in shown["accounts"]
        if row["question"]["code"] == "how-died"
    }
    assert causes == {
        "Counter-Terrorism Department": "In an exchange of fire",
        "Family of the victim": "Shot while he was held",
    }


def test_14_details_of_torture_and_destruction_are_entered_and_found(clerk):
    case = make.incident(by=clerk.member)
    hurt = make.violation(case, make.person("Hurt"), "torture")
    burnt = make.violation(case, make.person("Burnt out"), "destruction")
    intents = [make.term("torture-intent", code) for code in ("confession", "intimidation")]
    hurt = typed(
        clerk,
        hurt,
        statement_signed=make.term("statement-signed", "forced-to-sign"),
        medical_attention=make.term("medical-attention", "denied"),
        intents=intents,
    )
    burnt = typed(
        clerk,
        burnt,
        property_kind=make.term("property-kind", "house"),
        property_value="450000",
        property_currency="PKR",
        compensation=make.term("compensation", "refused"),
    )
    assert set(hurt.intents.all()) == set(intents)
    assert (burnt.property_value, burnt.property_currency) == (450000, "PKR")
    for query, act in (
        ({"statement_signed": "forced-to-sign"}, hurt),
        ({"medical_attention": "denied"}, hurt),
        ({"intents": "confession"}, hurt),
        ({"intents": "intimidation"}, hurt),
        ({"property_kind": "house"}, burnt),
        ({"compensation": "refused"}, burnt),
    ):
        page = clerk.get(ACTS, query)
        assert [row.pk for row in page.context["cl"].result_list] == [act.pk], query
    told = {model for model, _column, _event in events_of([case])}
    assert links.ViolationIntent in told


def test_14_a_value_without_its_currency_is_refused(clerk):
    case = make.incident(by=clerk.member)
    make.violation(case, type="destruction")
    form = Form(clerk, f"/admin/incidents/incident/{case.pk}/change/", "incident_form")
    form.fill("violations-0", property_value="450000")
    assert any("currency" in error for error in errors_of(form.send()))


def test_the_list_of_acts_shows_nothing_of_a_restricted_case(clerk):
    closed = make.incident("Closed case", restricted=True)
    act = make.violation(closed, make.person("Hidden"), "torture")
    make.violation(make.incident("Open case"), make.person("Shown"), "torture")
    page = clerk.get(ACTS)
    assert page.context["cl"].result_count == 1
    assert "Hidden" not in page.content.decode()
    assert clerk.get(f"{ACTS}{act.pk}/change/").status_code == 404
    assert clerk.get(f"{ACTS}{act.pk}/history/").status_code == 404


def test_the_list_of_acts_leads_to_the_page_of_the_case(clerk):
    act = make.violation(make.incident())
    assert clerk.get(f"{ACTS}{act.pk}/change/")["Location"] == (
        f"/admin/incidents/incident/{act.incident_id}/change/"
    )
    assert clerk.get(f"{ACTS}{act.pk}/history/").status_code == 302


def test_the_list_of_acts_needs_as_many_queries_for_many(clerk):
    def queries():
        with CaptureQueriesContext(connection) as caught:
            assert clerk.get(ACTS).status_code == 200
        return len(caught)

    case = make.incident()
    make.violation(case, make.person("First"))
    queries()
    few = queries()
    for number in range(8):
        make.violation(make.incident(f"Case {number}"), make.person(f"Victim {number}"))
    assert queries() == few
