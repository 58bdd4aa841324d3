"""A question's counts, order, pages and links."""

import json
import math

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from record import counting
from record.filters import FILTERS
from record.questions import ask
from record.walking import Text
from reference import vocabularies
from tests.record.documented_facts import documented_facts
from tests.record.factories import hostile_incidents, publish_incident, violation

pytestmark = pytest.mark.django_db


@pytest.fixture
def facts():
    return documented_facts()


def question(resource, query, **options):
    asked = ask(resource, QueryDict(query), "en", **options)
    assert asked.errors == []
    return asked


def names(facts, resource, query):
    return facts.called(question(resource, query).entries())


# --- certain, possible, unknown ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("resource", "query", "possible", "certain"),
    [
        ("violations", "type=liberty&district=Kech&date_from=2023-10&date_to=2023-10", 1, 1),
        ("violations", "type=life&date_from=2006&date_to=2006", 1, 1),
        ("violations", "type=life&date_from=2006-08&date_to=2006-08", 1, 0),
        ("violations", "type=life&date_from=2018&date_to=2018", 1, 0),
        ("violations", "type=life&date_from=2023-11-22&date_to=2023-11-22", 2, 0),
        ("incidents", "type=life&date_from=2023-11-22&date_to=2023-11-22", 1, 0),
        ("incidents", "type=life&date_from=2023-11-22&date_to=2023-11-23", 1, 1),
        ("victims", "type=life&date_from=2006-08&date_to=2023-11-22", 4, 1),
        ("violations", "date_from=2023-11-01&date_to=2023-11-19&date_mode=ongoing", 2, 2),
        ("violations", "date_from=2023-11-21&date_to=2023-11-30&date_mode=ongoing", 4, 3),
        ("violations", "date_from=2006-08&date_to=2006-08&date_mode=certain", 0, 0),
        ("legal-actions", "date_from=2023-12&date_to=2023-12", 2, 1),
        ("sources", "date_from=2023-11-22&date_to=2023-11-22", 1, 0),
        ("agencies", "date_from=2006-08&date_to=2006-08", 1, 0),
        ("violations", "", 7, 7),
        ("violations", "date_unknown=true", 1, 1),
    ],
)
def test_a_count_comes_with_the_part_that_is_certain(facts, resource, query, possible, certain):
    asked = question(resource, query)
    assert (asked.count(), asked.count_certain()) == (possible, certain)


@pytest.mark.parametrize(
    ("resource", "query", "undated"),
    [
        ("violations", "date_from=2023&date_to=2023", 1),
        ("violations", "date_from=1990&date_to=1991&date_mode=certain", 1),
        ("violations", "type=life&date_from=2023", 0),
        ("violations", "sex=woman&date_from=2023", 1),
        ("victims", "date_from=2023", 1),
        # began before the range, and nobody recorded an end: killings have none
        ("violations", "type=life&date_from=2024&date_mode=ongoing", 4),
        ("sources", "date_from=2023", 1),
        ("legal-actions", "date_from=2023", 0),
        ("violations", "", 0),
        ("violations", "date_unknown=true", 0),
    ],
)
def test_what_has_no_date_is_counted_beside_the_answer(facts, resource, query, undated):
    assert question(resource, query).count_undated() == undated


def test_an_incident_found_by_one_fact_is_not_undated_by_another():
    publish_incident(date="2023", violations=[violation(), violation("torture", start="")])
    asked = question("incidents", "date_from=2023&date_to=2023")
    assert (asked.count(), asked.count_undated()) == (1, 0)
    asked = question("violations", "date_from=2023&date_to=2023")
    assert (asked.count(), asked.count_undated()) == (1, 1)


@pytest.mark.parametrize(
    ("resource", "query", "unplaced"),
    [
        # somewhere in the province, or nowhere at all: it may have been in Kech
        ("violations", "district=Kech", 3),
        ("violations", "area=PK2-makran", 3),
        ("violations", "area=PK211-turbat", 4),
        ("violations", "province=PK2", 1),
        ("violations", "province=PK7", 1),
        ("violations", "area=PK", 1),
        ("violations", "type=life&district=Kech", 2),
        ("violations", "district=Kech&date_from=2006&date_to=2006", 1),
        ("incidents", "district=Kech", 3),
        ("legal-actions", "district=Kech", 1),
        ("violations", "area=unknown", 0),
        ("violations", "district=unknown", 0),
        ("violations", "district__not=Kech", 0),
        ("violations", "", 0),
    ],
)
def test_what_may_belong_to_a_place_is_counted_beside_the_answer(facts, resource, query, unplaced):
    assert question(resource, query).count_unplaced() == unplaced


# --- order and pages ---------------------------------------------------------------------------

LATEST_FIRST = ["killing of three", "killing", "disappearance", "student missing"]


def test_the_newest_come_first_and_the_undated_last(facts):
    found = names(facts, "violations", "")
    assert found[:4] in (LATEST_FIRST, ["killing", *LATEST_FIRST[:1], *LATEST_FIRST[2:]])
    assert found[4:] == ["killing of labourers", "killing of bugti", "girl missing"]


def test_turned_round_the_undated_still_come_last(facts):
    found = names(facts, "violations", "ordering=date")
    assert found[:2] == ["killing of bugti", "killing of labourers"]
    assert found[-1] == "girl missing"


@pytest.mark.parametrize(
    ("resource", "query", "first"),
    [
        ("incidents", "ordering=-date", "sit in"),
        ("incidents", "ordering=date", "operation"),
        ("incidents", "ordering=-changed", "unknown case"),
        ("victims", "ordering=name", "balaach"),
        ("victims", "", "three"),
        ("agencies", "", "bla"),
        ("agencies", "ordering=-name", "bench"),
        ("legal-actions", "", "suspension"),
        ("sources", "ordering=-date", "article"),
        ("sources", "ordering=date", "statement"),
    ],
)
def test_each_order_begins_with(facts, resource, query, first):
    assert names(facts, resource, query)[0] == first


@pytest.mark.parametrize("resource", FILTERS)
def test_every_order_lists_everything_once_over_pages_with_equal_keys(resource):
    for number in range(7):
        publish_incident(date="2023-10-29" if number % 2 else "", title=f"{number}")
    for ordering in FILTERS[resource].resource.orderings:
        for sign in ("", "-"):
            asked = question(resource, f"ordering={sign}{ordering}&page_size=2")
            seen = [entry for page in range(1, 6) for entry in asked.entries(page=page)]
            assert len(seen) == len(set(seen)) == asked.count()


@pytest.mark.parametrize("few", [counting.FEW, -1], ids=["gathered", "walked"])
@pytest.mark.parametrize("resource", FILTERS)
@pytest.mark.parametrize("query", ["ordering=date", "date_to=2023", "date_to=2023&ordering=date"])
def test_pages_are_cut_from_the_list_as_a_file_has_it(facts, resource, query, few, monkeypatch):
    monkeypatch.setattr(counting, "FEW", few)
    hostile_incidents(9)
    if "date" not in FILTERS[resource].resource.orderings:
        query = query.replace("ordering=date", "ordering=name")
    asked = question(resource, query)
    whole = [document for batch in asked.everything(Text.DOCUMENT) for document in batch]
    seen = [document for page in range(1, 30) for document in asked.entries(page, 2)]
    assert seen == whole
    assert seen
    assert asked.entries(30, 2) == []


def test_a_page_asked_for_is_the_page_given(facts):
    everything = question("violations", "").entries()
    assert question("violations", "page=2&page_size=3").entries() == everything[3:6]
    assert question("violations", "page=9&page_size=3").entries() == []
    assert question("violations", "page=1").entries(page=2, size=5) == everything[5:]


# --- cost --------------------------------------------------------------------------------------


def queries_of(call):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        call()
    return len(captured)


@pytest.mark.parametrize("resource", FILTERS)
@pytest.mark.parametrize("query", ["", "type=life&date_from=2023", "district=PK211&date_from=2023"])
def test_the_number_of_queries_does_not_grow_with_the_record(resource, query, monkeypatch):
    # A slow test would look again whether terms and areas have changed.
    monkeypatch.setattr(vocabularies, "CHECK_EVERY", math.inf)
    for incidents in (1, 6):
        for _ in range(incidents):
            publish_incident(date="2023-10", violations=[violation("staged-encounter")])
        asked = ask(resource, QueryDict(query), "en")
        assert asked.errors == []  # areas are looked up once
        assert queries_of(ask(resource, QueryDict(query), "en").filters.given.is_valid) == 0
        # The tallies, and the objects of several dates that they cannot count.
        assert 1 <= queries_of(asked.count) <= 2
        assert queries_of(asked.count_certain) <= 2
        assert queries_of(asked.entries) == 1
        assert queries_of(asked.count_undated) <= 1
        # Likewise, of several places.
        assert queries_of(asked.count_unplaced) <= 2
        assert queries_of(asked.sentence) == 0


# --- spelling ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "canonical"),
    [
        ("", ""),
        ("page=3", ""),
        ("district=Kech&type=life", "type=life&district=PK211"),
        ("district=کیچ&type=liberty,life,life", "type=liberty,life&district=PK211"),
        ("type=life&type=liberty", "type=liberty,life"),
        ("date_to=2023&date_from=2023-10", "date_from=2023-10-01&date_to=2023-12-31"),
        ("q=a+b%26c,d", "q=a%20b%26c,d"),
        ("changed_since=2023-10-29", "changed_since=2023-10-29T00%3A00%3A00Z"),
        ("contested=false&page_size=5", "contested=false&page_size=5"),
        ("agency=BLA,none", "agency={bla.reference},none"),
    ],
)
def test_equal_questions_have_one_spelling(facts, query, canonical):
    asked = question("violations", query)
    assert asked.canonical == canonical.format(**vars(facts))
    assert question("violations", asked.canonical).canonical == asked.canonical


def test_a_link_exchanges_parameters_and_keeps_the_rest(facts):
    asked = question("violations", "type=life&district=Kech&page=2&page_size=1")
    assert asked.link(page="3") == "type=life&district=PK211&page=3&page_size=1"
    assert asked.link(district=None, page=None, sex=["man", "woman"]) == (
        "type=life&sex=man,woman&page_size=1"
    )


def test_fields_cut_a_document_down(facts):
    asked = question("incidents", "fields=title,reference&type=none")
    (document,) = asked.entries()
    assert json.loads(asked.selected(document)) == {
        "title": "Sit-in at the square",
        "reference": facts["sit in"],
    }
    whole = question("incidents", "type=none")
    assert whole.selected(document) == document


@pytest.mark.parametrize("resource", FILTERS)
def test_every_key_of_a_document_can_be_asked_for(facts, resource):
    for document in question(resource, "").entries():
        assert set(json.loads(document)) <= set(FILTERS[resource].resource.document_keys)
