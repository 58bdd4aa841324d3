"""Truths about one row are held by the database, whoever writes."""

from importlib import import_module

import pytest
from django.db import Error, connection, transaction

from incidents.models import Capture, Casualties, Citation, CustodyEntry, Incident, Person
from tests.incidents import factories as make

pytestmark = pytest.mark.django_db


def refused(sql, parameters=()):
    with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, parameters)
    return True


@pytest.fixture
def case():
    return make.incident()


@pytest.mark.parametrize(
    "change",
    [
        "date_earliest = '2023-12-01', date_latest = '2023-11-01'",
        "area_basis = ''",
        "area_id = NULL",
        "latitude = 26.0",
        "latitude = 91, longitude = 63",
        "publication = 'published', reference = NULL",
    ],
)
def test_an_incident_cannot_contradict_itself(case, change):
    assert refused(f"UPDATE incidents_incident SET {change} WHERE id = %s", [case.pk])


def test_a_violation_cannot_end_before_it_starts(case):
    act = make.violation(case, start="2023-10-29")
    assert refused(
        "UPDATE incidents_violation SET end_earliest = '2023-10-01', end_latest = '2023-10-01'"
        " WHERE id = %s",
        [act.pk],
    )


def test_an_incident_cannot_be_linked_to_itself(case):
    kind = make.term("incident-link", "follows")
    with pytest.raises(Error), transaction.atomic():
        case.links_out.create(kind=kind, to_incident=case)


def test_the_same_link_cannot_be_made_twice(case):
    kind, other = make.term("incident-link", "follows"), make.incident()
    case.links_out.create(kind=kind, to_incident=other)
    with pytest.raises(Error), transaction.atomic():
        case.links_out.create(kind=kind, to_incident=other)


@pytest.mark.parametrize("numbers", [(5, 4, 6), (1, 7, 6), (6, None, 5), (None, None, None)])
def test_numbers_of_people_rise_from_low_to_high(case, numbers):
    low, best, high = numbers
    with pytest.raises(Error), transaction.atomic():
        Casualties.objects.create(incident=case, harm="killed", low=low, best=best, high=high)


@pytest.mark.parametrize("facts", ["none", "two"])
def test_a_citation_belongs_to_exactly_one_fact(case, facts):
    targets = {"incident": case, "violation": make.violation(case)} if facts == "two" else {}
    with pytest.raises(Error), transaction.atomic():
        Citation.objects.create(source=make.source(), **targets)


def test_a_ground_without_consent_needs_its_risk_assessment():
    with pytest.raises(Error), transaction.atomic():
        make.person(risk_assessment="")


def test_a_source_that_names_who_told_us_is_confidential():
    with pytest.raises(Error), transaction.atomic():
        make.source(informant=make.person())


def test_an_involvement_names_somebody(case):
    with pytest.raises(Error), transaction.atomic():
        make.involvement(case)


def test_an_involvement_names_its_alleger(case):
    with pytest.raises(Error), transaction.atomic():
        make.involvement(case, post="Regional officer", alleged_by_text="")


def test_an_account_names_its_claimant(case):
    with pytest.raises(Error), transaction.atomic():
        make.account(case, "He was taken.", claimant_text="")


def test_a_hash_is_a_hash():
    with pytest.raises(Error), transaction.atomic():
        Capture.objects.create(source=make.source(), sha256="not a hash")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE incidents_custodyentry SET reason = 'other'",
        "DELETE FROM incidents_custodyentry",
        "TRUNCATE incidents_custodyentry",
    ],
)
def test_the_custody_log_only_grows(statement):
    capture = Capture.objects.create(source=make.source(), sha256="a" * 64)
    CustodyEntry.objects.create(capture=capture, act="received", actor=make.staff())
    assert refused(statement)


def test_a_person_is_withheld_until_somebody_decides_otherwise():
    assert Person().name_protection == "withheld"


def test_no_default_invents_a_fact():
    incident, person = Incident(), Person()
    assert (incident.date.is_unknown, incident.grade.code) == (True, "not-assessed")
    assert (person.sex.code, person.birth.is_unknown) == ("unknown", True)


def test_texts_in_urdu_that_were_told_apart_come_back_when_the_migration_is_taken_back():
    case = make.incident()
    whole = {"description": "مسلح افراد", "alleged_by_text": "خاندان"}
    made = make.involvement(case, **whole, **{f"{name}_local": whole[name] for name in whole})
    english = make.involvement(case, description="Armed men")
    told = import_module("incidents.migrations.0014_casework")._told_apart
    steps = [told("incidents_involvement", column) for column in whole]

    def texts(row):
        row.refresh_from_db()
        return [getattr(row, name) for name in whole]

    with connection.cursor() as cursor:
        for step in steps:
            cursor.execute(step.sql)
        assert texts(made) == ["", ""]
        for step in steps:
            cursor.execute(step.reverse_sql)
    assert texts(made) == list(whole.values())
    assert texts(english) == ["Armed men", "Family of the victim"]
