"""Which consents count: what ends them, and what a return leaves of them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from incidents.documents.casefile import read_cases
from incidents.models import Consent, Incident
from incidents.readiness import may_be_shown, obstacles
from incidents.returned import came_back, to_be_asked_anew
from reference.dates import UNKNOWN
from tests.incidents import factories as make

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


def consent(person, answer="granted", use="publish-name", giver=None, **values):
    return Consent.objects.create(
        person=person,
        use=make.term("consent-use", use),
        answer=make.term("consent-answer", answer),
        giver=make.term("consent-giver", giver) if giver else None,
        **values,
    )


def somebody():
    """A person whose name needs a consent, and a case of theirs."""
    person = make.person(publication_ground=None)
    case = make.incident()
    make.violation(case, person)
    return person, case


def in_the_way(case):
    [read] = read_cases(Incident.objects.filter(pk=case.pk))
    return {each.code for each in obstacles(read)} & {"no-consent", "consent-before-return"}


# ------------------------------------------------------------------------------------ in force


@pytest.mark.parametrize("answer", ["refused", "withdrawn", "expired"])
def test_a_later_answer_ends_what_was_granted_before(answer):
    person, case = somebody()
    consent(person)
    assert Consent.objects.in_force("publish-name").exists()
    consent(person, answer)
    assert not Consent.objects.in_force("publish-name").exists()
    assert in_the_way(case) == {"no-consent"}


@pytest.mark.parametrize(
    ("granted", "refused", "holds"),
    [
        ("2024-01-01", "2024-02-01", False),
        ("2024-01-01", "2023-12-01", True),
        ("2024-01-01", "2024-01-01", False),
        ("2024-01-01", None, False),
        (None, "2020-01-01", False),
        (None, None, False),
    ],
)
def test_later_is_by_date_and_else_by_entry(granted, refused, holds):
    person = make.person()
    consent(person, given_on=granted)
    consent(person, "refused", given_on=refused)
    assert Consent.objects.in_force("publish-name").exists() is holds


@pytest.mark.parametrize("refused", ["2023-01-01", None])
def test_whoever_agrees_after_a_refusal_has_agreed(refused):
    person = make.person()
    consent(person, "refused", given_on=refused)
    consent(person, given_on="2024-01-01")
    assert Consent.objects.in_force("publish-name").exists()


@pytest.mark.parametrize("answer", ["not-asked", "unknown"])
def test_what_is_no_answer_ends_nothing(answer):
    person = make.person()
    consent(person)
    consent(person, answer)
    assert Consent.objects.in_force("publish-name").exists()


def test_a_refusal_of_one_use_by_one_person_leaves_the_others():
    one, other = make.person(), make.person("Hani")
    consent(one)
    consent(one, "refused", "publish-photo")
    consent(other, "refused")
    assert [row.person for row in Consent.objects.in_force("publish-name")] == [one]


def test_a_later_consent_that_was_taken_back_does_not_leave_the_earlier_one():
    person = make.person()
    consent(person, given_on="2023-01-01")
    consent(person, given_on="2024-01-01", withdrawn_on="2024-02-01")
    assert not Consent.objects.in_force("publish-name").exists()


# -------------------------------------------------------------------------------------- return


@pytest.mark.parametrize(
    ("status", "back"),
    [
        ("found-free", True),
        ("released", True),
        ("bailed", True),
        ("acquitted", True),
        ("served", True),
        ("escaped", True),
        ("at-liberty", False),
        ("fugitive", False),
        ("found-held", False),
        ("disappeared", False),
        ("dead", False),
    ],
)
def test_who_can_speak_for_themselves_again(status, back):
    person, case = somebody()
    make.status(case, person, "disappeared", date="2023-12-01")
    make.status(case, person, status, date="2024-01-10")
    assert came_back().filter(pk=person.pk).exists() is back


@pytest.mark.parametrize(
    ("dated", "undated", "back"),
    [("released", "disappeared", True), ("disappeared", "released", False)],
)
def test_an_undated_status_never_stands_for_the_present_beside_a_dated_one(dated, undated, back):
    person, case = somebody()
    make.status(case, person, dated, date="2024-01-10")
    make.status(case, person, undated, date=UNKNOWN)
    assert came_back().filter(pk=person.pk).exists() is back


def test_an_undated_return_counts_where_nothing_is_dated():
    person, case = somebody()
    make.status(case, person, "released", date=UNKNOWN)
    assert came_back().filter(pk=person.pk).exists()


@pytest.mark.parametrize(
    ("giver", "given_on", "counts"),
    [
        ("self", "2023-12-05", True),
        ("self", "2024-02-01", True),
        ("self", None, True),
        ("guardian", "2023-12-05", True),
        ("parent", "2023-12-05", False),
        ("parent", "2024-02-01", False),
        ("lawyer", "2024-02-01", False),
        (None, "2024-02-01", False),
    ],
)
def test_after_the_return_only_what_they_said_themselves_counts(giver, given_on, counts):
    person, case = somebody()
    consent(person, giver=giver, given_on=given_on)
    assert may_be_shown(person)
    make.status(case, person, "released", date="2024-01-10")
    assert may_be_shown(person) is counts
    assert in_the_way(case) == (set() if counts else {"consent-before-return"})


def test_a_refusal_of_their_own_never_makes_the_consent_of_another_count():
    person, case = somebody()
    consent(person, giver="parent", given_on="2023-12-05")
    make.status(case, person, "released", date="2024-01-10")
    consent(person, "refused", "publish-photo", giver="self", given_on="2024-02-01")
    assert not may_be_shown(person)
    consent(person, "refused", giver="self", given_on="2024-02-01")
    assert not may_be_shown(person)
    assert in_the_way(case) == {"no-consent"}


def test_where_nobody_has_consented_a_return_is_not_the_reason():
    person, case = somebody()
    make.status(case, person, "released", date="2024-01-10")
    assert in_the_way(case) == {"no-consent"}


@pytest.mark.parametrize(
    ("own", "asked"),
    [
        (None, True),
        ({"given_on": "2023-01-01"}, False),
        ({"given_on": "2023-01-01", "expires": "2023-06-01"}, True),
        ({"given_on": "2024-02-01", "answer": "refused"}, False),
        ({"given_on": "2023-01-01", "answer": "refused"}, True),
        ({"given_on": "2024-02-01", "giver": "guardian"}, False),
    ],
    ids=str,
)
def test_who_is_to_be_asked_anew(own, asked):
    person, case = somebody()
    consent(person, giver="parent", given_on="2023-12-05")
    make.status(case, person, "released", date="2024-01-10")
    if own:
        consent(person, **{"giver": "self"} | own)
    assert to_be_asked_anew().filter(pk=person.pk).exists() is asked


def test_a_consent_holds_on_its_last_day():
    person = make.person()
    row = consent(person, expires=TODAY)
    assert Consent.objects.in_force().get() == row
    Consent.objects.update(expires=TODAY - timedelta(days=1))
    assert not Consent.objects.in_force().exists()
