"""The documented case travels from the case file to the public record, and answers as expected."""

from datetime import UTC, datetime

import pytest
from django.db import transaction
from django.http import QueryDict

from incidents import demonstration
from incidents.models import Incident
from record.models import IncidentEntry, LegalActionEntry, VictimEntry
from record.questions import ask
from record.verification import verify_chain

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 1, 15, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def documented_case(django_db_setup, django_db_blocker):
    """The documented case, published once for the tests of this module, then taken away."""
    with django_db_blocker.unblock(), transaction.atomic():
        demonstration.load(at=NOW)
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _published(documented_case, db):
    """Every test sees the published case."""


def answer(resource, query):
    question = ask(resource, QueryDict(query))
    assert not question.errors
    return question.count(), question.count_certain()


DISAPPEARED = "type=enforced-disappearance"
KILLED = "type=life&district=Kech&date_from=2023-11-22&date_to=2023-11-23"
OCTOBER = "date_from=2023-10&date_to=2023-10"


@pytest.mark.parametrize(
    ("resource", "query", "count", "certain"),
    [
        # Taken on 29 October according to the family; the district is our inference.
        ("violations", f"{DISAPPEARED}&district=Kech&{OCTOBER}", 1, 1),
        ("violations", f"{DISAPPEARED}&district=Kech&{OCTOBER}&area_basis=stated", 0, 0),
        # Still missing in the first half of November, though taken before it.
        (
            "violations",
            f"{DISAPPEARED}&province=Balochistan"
            "&date_from=2023-11-01&date_to=2023-11-19&date_mode=ongoing",
            1,
            1,
        ),
        ("violations", f"{DISAPPEARED}&date_from=2023-11&date_to=2023-11", 0, 0),
        # Acknowledged on the 20th or 21st: perhaps not before the 21st, certainly not later.
        (
            "violations",
            f"{DISAPPEARED}&date_from=2023-11-21&date_to=2023-11-30&date_mode=ongoing",
            1,
            0,
        ),
        (
            "violations",
            f"{DISAPPEARED}&date_from=2023-11-22&date_to=2023-11-30&date_mode=ongoing",
            0,
            0,
        ),
        # One incident, four victims, one of them named.
        ("incidents", KILLED, 1, 1),
        ("victims", KILLED, 4, 4),
        ("victims", f"{KILLED}&named=true", 1, 1),
        ("victims", f"{KILLED}&named=false", 3, 3),
        # A year is certain for itself and only possible for one of its months.
        ("violations", "type=life&province=Balochistan&date_from=2006&date_to=2006", 1, 1),
        ("violations", "type=life&date_from=2006-08&date_to=2006-08", 1, 0),
        # The suspension is dated; the petition lies between 25 November and 9 December.
        (
            "legal-actions",
            "forum=Balochistan High Court&date_from=2023-12-01&date_to=2023-12-31",
            2,
            1,
        ),
        ("legal-actions", "compliance=defied", 1, 1),
        ("incidents", "contested=true&type=life", 1, 1),
        ("incidents", "q=Tubrat&type=life", 1, 1),
    ],
)
def test_the_documented_case_answers(resource, query, count, certain):
    assert answer(resource, query) == (count, certain)


@pytest.mark.parametrize("spelling", ["Balach", "Balaach", "بالاچ", "Balach Mola Baksh"])
def test_the_victim_is_found_in_every_spelling(spelling):
    assert answer("victims", f"name={spelling}") == (1, 1)


@pytest.mark.parametrize("word", ["Balach", "Balaach", "بالاچ", "Tubrat"])
def test_free_text_finds_the_case(word):
    assert answer("incidents", f"q={word}")[0] >= 1


def test_the_days_without_acknowledgement_are_a_range():
    victim = VictimEntry.objects.get(document__contains='"name":"Balaach"').content()
    assert victim["unacknowledged_days"] == {"low": 22, "high": 23}


def test_the_current_status_is_derived_from_the_dated_entries():
    victim = VictimEntry.objects.get(document__contains='"name":"Balaach"').content()
    assert [entry["status"]["code"] for entry in victim["statuses"]] == [
        "at-liberty",
        "disappeared",
        "acknowledged",
        "held-investigation",
        "dead",
    ]
    assert victim["status"]["code"] == "dead"


def test_how_he_died_is_told_in_every_version_with_what_replaced_what():
    killing = _titled(IncidentEntry, "Killing of Balaach")
    versions = [row for row in killing["accounts"] if row["question"]["code"] == "how-died"]
    assert [row["claimant"]["name"] for row in versions] == [
        "Counter-Terrorism Department",
        "Counter-Terrorism Department",
        "Family of the victim",
        "Author of the article",
        "Counter-Terrorism Department",
    ]
    assert versions[1]["replaces"] == versions[0]["id"]
    assert versions[0]["replaced_by"] == versions[1]["id"]


def test_the_chain_from_order_to_registration_is_told_from_both_ends():
    order = _titled(LegalActionEntry, "Order to register FIRs")
    assert {row["relation"]["code"] for row in order["relations"]} == {
        "challenged-by",
        "implemented-by",
    }
    assert [step["compliance"]["code"] for step in order["steps"]] == ["defied", "defied", "late"]


def test_a_pattern_or_a_demand_is_not_counted_as_an_incident_or_a_legal_action():
    assert IncidentEntry.objects.count() == 10
    assert LegalActionEntry.objects.count() == 9


def test_nobody_accused_and_no_relative_is_named():
    documents = " ".join(
        document
        for model in (IncidentEntry, VictimEntry, LegalActionEntry)
        for document in model.objects.documents()
    )
    # The father appears as the father, and in his son's name as the press printed it.
    assert documents.replace("Balaach Mola Bakhsh", "").count('"name":"Mola Bakhsh"') == 0
    assert "Apsar" not in documents


def test_the_chain_of_revisions_verifies():
    assert list(verify_chain()) == []


def test_loading_it_again_changes_nothing():
    assert demonstration.load() == []
    assert Incident.objects.count() == 10


def _titled(model, title):
    return next(
        content
        for entry in model.objects.all()
        if (content := entry.content())["title"].startswith(title)
    )
