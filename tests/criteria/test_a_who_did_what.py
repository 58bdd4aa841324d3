"""Section A: who did what to whom."""

import pytest
from django.http import QueryDict
from django.test import Client

from incidents.models import (
    Citation,
    Incident,
    Person,
    StatusEntry,
    Violation,
)
from incidents.models.incident import judgement_needs_a_reason
from record.models import IncidentEntry, VictimEntry, ViolationEntry
from record.questions import ask
from reference.models import Term
from tests.incidents import factories as make
from tests.incidents.admin.pages import Form, errors_of

pytestmark = pytest.mark.django_db


def asked(unit, query=""):
    question = ask(unit, QueryDict(query))
    assert not question.errors
    return question


def references_of(unit, query):
    return [row["reference"] for row in Client().get(f"/api/v1/{unit}/?{query}").json()["results"]]


def test_1_three_brothers_taken_and_one_found_dead_are_four_violations_and_three_victims():
    case = make.incident("Three brothers taken from one house")
    brothers = [make.person(name) for name in ("Kamal", "Jamal", "Bilal")]
    for brother in brothers:
        make.violation(case, brother)
    make.violation(case, brothers[0], "extrajudicial-killing", start="2023-11")
    make.publish(case)

    assert asked("incidents").count() == 1
    assert asked("violations").statistics(["type"]).total == 4
    assert asked("victims").statistics(["type"]).total == 3
    entry = IncidentEntry.objects.get()
    assert len(entry.content()["violations"]) == 4
    page = Client().get(f"/incidents/{entry.reference}/").content.decode()
    assert page.count("Enforced disappearance</") >= 3
    assert all(name in page for name in ("Kamal", "Jamal", "Bilal"))
    assert "Extrajudicial killing" in page


OWN_FACTS = (
    {
        "type": "torture",
        "start": "2023-10-29",
        "end": "2023-11-05",
        "area": "PK211",
        "area_end": "PK209",
        "place_type": "camp",
        "stated_reason": "suspicion of sabotage",
        "methods": ["beating"],
        "physical_effects": "broken wrist",
        "psychological_effects": "does not sleep",
        "instruments": ["Convention against Torture, article 2"],
        "age_low": 19,
        "age_high": 19,
        "outcome": "treated at home",
    },
    {
        "type": "arbitrary-detention",
        "start": "2023-11-20",
        "end": "2023-12-01",
        "area": "PK209",
        "area_end": "PK211",
        "place_type": "police-station",
        "stated_reason": "possession of explosives",
        "methods": ["incommunicado-holding"],
        "physical_effects": "loss of weight",
        "psychological_effects": "fears uniforms",
        "instruments": ["Constitution of Pakistan, article 10"],
        "age_low": 24,
        "age_high": 26,
        "outcome": "released on bail",
    },
)


def violation_with(case, facts):
    values = dict(facts)
    methods = [make.term("method", code) for code in values.pop("methods")]
    act = make.violation(
        case,
        make.person(f"Victim of {values['type']}"),
        values.pop("type"),
        **{
            **values,
            "area": make.area(values["area"]),
            "area_basis": "stated",
            "area_end": make.area(values["area_end"]),
            "place_type": make.term("place-type", values["place_type"]),
        },
    )
    act.methods.set(methods)
    return act


def test_2_two_violations_of_one_incident_hold_facts_of_their_own_and_are_found_by_them(clerk):
    methods = list(Term.objects.filter(vocabulary="method", hidden=False)[:2])
    facts = [
        {**row, "methods": [method.code]} for row, method in zip(OWN_FACTS, methods, strict=True)
    ]
    case = make.incident(date="2023-10", by=clerk.member)
    acts = [violation_with(case, row) for row in facts]
    first, second = (Violation.objects.get(pk=act.pk) for act in acts)
    fields = [name for name in facts[0] if name != "methods"]
    assert [name for name in fields if getattr(first, name) == getattr(second, name)] == []
    assert set(first.methods.all()).isdisjoint(second.methods.all())
    boxes = Form(clerk, f"/admin/incidents/incident/{case.pk}/change/", "incident_form")
    for place, act in enumerate((first, second)):
        assert boxes[f"violations-{place}-physical_effects"] == act.physical_effects
        assert boxes[f"violations-{place}-instruments"] == act.instruments[0]

    make.publish(case)
    first.refresh_from_db()
    second.refresh_from_db()
    by_date = "date_from=2023-11-10&date_to=2023-11-30"
    assert references_of("violations", by_date) == [second.reference]
    assert references_of("violations", "area=PK211") == [first.reference]
    assert references_of("violations", "area=PK209") == [second.reference]
    assert "broken wrist" not in ViolationEntry.objects.get(reference=first.reference).document


def test_3_a_new_status_leaves_the_earlier_one_and_is_current_everywhere(clerk):
    victim = make.person("Balach", "Mola Bakhsh")
    case = make.incident()
    make.violation(case, victim)
    earlier = make.status(case, victim, "disappeared", "2023-10-29", claimant_text="His mother")
    before = StatusEntry.objects.filter(pk=earlier.pk).values().get()
    make.publish(case)

    make.status(case, victim, "found-free", "2024-01-10", claimant_text="His brother")
    make.correct(case)

    assert StatusEntry.objects.filter(pk=earlier.pk).values().get() == before
    shown = VictimEntry.objects.get().content()
    assert [(row["status"]["code"], row["claimant"]["name"]) for row in shown["statuses"]] == [
        ("disappeared", "His mother"),
        ("found-free", "His brother"),
    ]
    assert shown["status"]["code"] == "found-free"
    for unit in ("violations", "victims", "incidents"):
        assert asked(unit, "status=found-free").count() == 1
        assert asked(unit, "status=disappeared").count() == 0
    [row] = asked("violations").statistics(["status"]).rows[:1]
    assert row.number == 1
    incident = IncidentEntry.objects.get().content()
    assert incident["violations"][0]["victim"]["status"]["code"] == "found-free"
    listed = clerk.get("/admin/incidents/victim/?status=found-free").content.decode()
    assert "Balach" in listed


def test_4_denial_and_admission_stand_side_by_side_and_the_days_between_are_a_range(clerk):
    victim = make.person()
    case = make.incident(date="2023-10-29")
    act = make.violation(case, victim)
    agency = make.agency()
    form = Form(clerk, f"/admin/incidents/incident/{case.pk}/change/", "incident_form")
    source = make.make_source_once()
    form.add_row(
        "attributions",
        speaker=agency,
        attribution=make.term("attribution", "officials-deny"),
        date="2023-11-01",
        custody=make.term("acknowledgement", "custody-denied"),
        contact_family="refused",
        cited_sources=source,
    )
    form.add_row(
        "attributions",
        speaker=agency,
        attribution=make.term("attribution", "officials-accept"),
        date="2023-11-20/2023-11-22",
        custody=make.term("acknowledgement", "place-told"),
        place_told="Police station, Turbat",
        contact_family="allowed",
        contact_counsel="refused",
        contact_relief="unknown",
        cited_sources=source,
    )
    form.save()

    denied, admitted = case.attributions.order_by("pk")
    assert (denied.custody.code, denied.place_told, denied.contact_family) == (
        *("custody-denied", "", "refused"),
    )
    assert (admitted.custody.code, admitted.place_told) == ("place-told", "Police station, Turbat")
    assert (admitted.contact_family, admitted.contact_counsel) == ("allowed", "refused")
    assert (admitted.contact_relief, admitted.contact_rights) == ("unknown", "")
    assert denied.speaker == admitted.speaker == agency
    make.publish(case)
    act.refresh_from_db()
    shown = ViolationEntry.objects.get(reference=act.reference).content()
    told = IncidentEntry.objects.get().content()["attributions"]
    assert [row["attribution"]["code"] for row in told] == ["officials-deny", "officials-accept"]
    assert shown["unacknowledged_days"] == {"low": 22, "high": 24}
    assert "Police station" not in IncidentEntry.objects.get().document


def test_4_without_an_admission_nothing_is_counted():
    case = make.incident(date="2023-10-29")
    act = make.violation(case)
    make.attribution(
        case,
        make.agency(),
        date="2023-11-01",
        custody=make.term("acknowledgement", "custody-denied"),
    )
    make.publish(case)
    act.refresh_from_db()
    shown = ViolationEntry.objects.get(reference=act.reference).content()
    assert shown["unacknowledged_days"] is None


@pytest.mark.parametrize("internal", [False, True])
def test_4_what_officials_say_of_the_case_is_said_of_no_one_of_several_who_were_taken(internal):
    case = make.incident(date="2023-10-29")
    act = make.violation(case, make.person("Kamal"))
    other = make.violation(case, make.person("Jamal"), internal=internal)
    police = make.agency()
    admits = {"date": "2023-11-20", "custody": make.term("acknowledgement", "place-told")}
    make.attribution(case, police, "officials-accept", **admits)
    make.publish(case)

    def days(of):
        of.refresh_from_db()
        shown = ViolationEntry.objects.get(reference=of.reference).content()
        return shown["unacknowledged_days"]

    assert days(act) is None
    assert internal or days(other) is None

    make.attribution(case, police, "officials-accept", violation=act, **admits)
    make.correct(case)
    assert days(act) == {"low": 22, "high": 22}
    assert internal or days(other) is None


def test_5_an_agency_a_post_and_men_in_plain_clothes_are_involved_each_in_their_own_way():
    case = make.incident()
    act = make.violation(case)
    degrees = {
        code: make.term("involvement-degree", code)
        for code in ("ordered", "no-control", "carried-out")
    }
    rows = (
        ("ordered", {"agency": make.agency()}, "Family of the victim", "in-post", "fir-named"),
        (
            "no-control",
            {"post": "Regional officer"},
            "Author of the article",
            "suspended",
            "author-asserted",
        ),
        (
            "carried-out",
            {
                "description": "Men in plain clothes",
                "type": make.term("agency-type", "plain-clothes"),
            },
            "A neighbour",
            "unknown",
            "uniform-or-vehicle",
        ),
    )
    for degree, who, alleger, status, basis in rows:
        make.involvement(
            case,
            violation=act,
            degree=degrees[degree],
            alleged_by_text=alleger,
            status=make.term("perpetrator-status", status),
            basis=make.term("involvement-basis", basis),
            **who,
        )
    make.publish(case)
    act.refresh_from_db()
    shown = ViolationEntry.objects.get(reference=act.reference).content()["involvements"]
    assert [
        (
            row["degree"]["code"],
            row["alleged_by"]["name"],
            row["status"]["code"],
            row["basis"]["code"],
        )
        for row in shown
    ] == [(degree, alleger, status, basis) for degree, _who, alleger, status, basis in rows]
    assert shown[1]["party"]["post"] == "Regional officer"
    assert shown[2]["description"] == "Men in plain clothes"
    assert shown[2]["agency_type"]["code"] == "plain-clothes"


def test_6_individuals_and_groups_are_counted_as_victims_and_as_people():
    case = make.incident()
    for number in range(10):
        make.violation(case, make.person(f"Person {number}"))
    group = make.term("counting-unit", "community")
    about = make.person(
        "", unit=group, group_size=200, size_estimated=True, description="People of the village"
    )
    unknown = make.person("", unit=group, description="Others taken with them")
    make.violation(case, about)
    make.violation(case, unknown)
    make.publish(case)

    found = asked("victims").statistics(["type"])
    assert found.total == 12
    assert found.people.known == 210
    assert found.people.groups_of_unknown_size == 1

    told = Client().get("/api/v1/statistics/?unit=victims&group_by=type").json()
    people = {"known": 210, "estimated": 200, "groups_of_unknown_size": 1}
    assert (told["count"], told["people"]) == (12, people)
    assert [bucket["people"] for bucket in told["buckets"] if bucket["count"]] == [people]
    for page in ("/statistics/?unit=victims&group_by=type", "/victims/"):
        words = " ".join(Client().get(page).content.decode().split())
        assert "12 victims" in words
        assert "210 people (200 of them estimated) and 1 group of unknown size" in words, page


def test_7_one_page_tells_every_role_and_no_column_holds_one(clerk):
    person = make.person("Hameed", "Dad Muhammad")
    case = make.incident("Hameed was threatened")
    make.violation(case, person, "threat")
    other = make.incident("His son was taken")
    make.violation(other, make.person("Sameer"))
    action = make.legal_action(other, title="Petition for the son", complainant=person)
    told = make.source("Talk with the father", confidential=True, informant=person)
    make.cite(other, told)
    accused = make.incident("Land was taken")
    make.involvement(accused, person=person)

    page = clerk.get(f"/admin/incidents/person/{person.pk}/change/").content.decode()
    for role, title in (
        ("Victim", case.title),
        ("Complainant", action.title),
        ("Source", "Talk with the father"),
        ("Alleged to be responsible", accused.title),
    ):
        assert f"<p>{role}: <a " in page
        assert title in page
    columns = {field.name for field in Person._meta.concrete_fields}
    assert not {name for name in columns if "victim" in name or "role" in name}


def test_7_a_role_in_a_restricted_case_is_not_told_to_others(clerk):
    person = make.person("Hameed", "Dad Muhammad")
    make.violation(make.incident("Open"), person, "threat")
    closed = make.incident("His son was taken", restricted=True)
    make.violation(closed, make.person("Sameer"))
    make.legal_action(closed, title="Petition for the son", complainant=person)
    page = clerk.get(f"/admin/incidents/person/{person.pk}/change/").content.decode()
    assert "Open" in page
    assert "Petition for the son" not in page


def test_8_the_reliability_of_a_source_and_of_what_it_says_here_are_told_apart(clerk):
    source = make.source(
        "A report",
        reliability=make.term("source-reliability", "mostly"),
        language=make.term("language", "bal"),
        published="2023-11-26",
        received_on="2023-12-01",
    )
    case = make.incident()
    citation = make.cite(
        case,
        source,
        stance="disputes",
        reliability=make.term("information-reliability", "likely-false"),
        connection=make.term("source-connection", "reporter"),
    )
    citing = Form(clerk, f"/admin/incidents/citation/{citation.pk}/change/", "citation_form")
    assert citing["reliability"] == str(make.term("information-reliability", "likely-false").pk)
    citing.fill(reliability=make.term("information-reliability", "likely-true")).save()
    source.refresh_from_db()
    assert source.reliability.code == "mostly"
    about = Form(clerk, f"/admin/incidents/source/{source.pk}/change/", "source_form")
    assert about["received_on"] == "2023-12-01"
    about.fill(reliability=make.term("source-reliability", "poor")).save()
    citation = Citation.objects.get(pk=citation.pk)
    assert (citation.reliability.code, citation.stance) == ("likely-true", "disputes")
    assert citation.source.reliability.code == "poor"


def test_9_another_violation_status_needs_a_reason_and_both_judgements_stay(clerk):
    case = make.incident(
        violation_status=make.term("violation-status", "possible"),
        violation_status_note="Two relatives say so.",
    )
    page = f"/admin/incidents/incident/{case.pk}/change/"
    confirmed = make.term("violation-status", "confirmed-violation")
    form = Form(clerk, page, "incident_form").fill(violation_status=confirmed)
    assert any("Say why the violation status" in error for error in errors_of(form.send()))
    assert Incident.objects.get(pk=case.pk).violation_status.code == "possible"
    form = Form(clerk, page, "incident_form").fill(violation_status=confirmed)
    form.fill(violation_status_note="The court found the arrest unlawful.").save()

    told = clerk.get(f"/admin/incidents/incident/{case.pk}/history/").content.decode()
    for word in (
        *("Possible", "Two relatives say so.", "Confirmed violation"),
        *("The court found the arrest unlawful.", str(clerk.member)),
    ):
        assert word in told


@pytest.mark.parametrize(
    ("before", "now", "needed"),
    [
        ((None, ""), (1, ""), False),
        ((1, "Because."), (1, "Because."), False),
        ((1, "Because."), (2, "Because."), True),
        ((1, "Because."), (2, " "), True),
        ((1, "Because."), (2, "Since then."), False),
        ((1, ""), (None, ""), True),
    ],
)
def test_9_a_reason_is_needed_only_where_a_judgement_stood(before, now, needed):
    assert judgement_needs_a_reason(before, now) is needed
