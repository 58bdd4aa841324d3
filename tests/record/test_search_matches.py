"""Words are looked up once for an answer, by their index alone, and whatever way their documents
are then looked for, the answer is the same."""

import json

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from record import counting, search_matches
from record.models import Fact, IncidentText
from record.questions import ask
from record.search_matches import matches
from record.search_query import search_query
from record.snapshots import snapshot
from record.walking import Text
from record.where import _kept
from tests.record.documented_facts import documented_facts
from tests.record.factories import hostile_incidents, publish_incident

pytestmark = pytest.mark.django_db

WORDS = ["q=turbat", "q=home", "q=pasni road", "q=night", "q=killing", "q=nowhere at all"]
BESIDE = [
    "",
    "type=life",
    "date_from=2023&date_to=2023",
    "date_from=2023-11-01&date_to=2023-11-22&date_mode=certain",
    "date_to=2018&date_mode=ongoing",
    "date_unknown=true",
    "district=Kech",
    "province=PK2&date_from=2006",
    "status=dead&changed_since=2020-01-01",
    "ordering=date",
]
UNITS = ("incidents", "victims", "violations")


@pytest.fixture
def facts():
    found = documented_facts()
    hostile_incidents(3)
    return found


@pytest.fixture(params=[True, False], ids=["gathered", "walked"])
def either_way(request, monkeypatch):
    """Ids are joined, however many there are; or looked among, however few."""
    for threshold in ("_MANY", "_FEW"):
        monkeypatch.setattr(search_matches, threshold, 1_000_000 if request.param else -1)
    if not request.param:
        monkeypatch.setattr(counting, "FEW", -1)


def questions():
    for unit in UNITS:
        for words in WORDS:
            for beside in BESIDE:
                question = ask(unit, QueryDict(f"{words}&{beside}".rstrip("&")), "en")
                assert question.errors == []
                yield question


def objects(question, **conditions):
    """The ids of the objects found, told from the words as they stand in the index."""
    resource = question.resource
    texts = IncidentText.objects.filter(vector=question.values["q"].query)
    words = set(texts.values_list("pk", flat=True))
    wordless = question.filters.data.copy()
    wordless.pop("q")
    asked = ask(resource.name, wordless, "en").filters.conditions(**conditions)
    own = set(resource.keys.objects.filter(*asked.own).values_list(resource.key_id, flat=True))
    rows = Fact.objects.filter(*asked.facts).values_list("incident_id", resource.fact_column)
    return {unit for incident, unit in rows if incident in words and unit in own} - {None}


def test_counts_and_lists_are_those_of_the_index(facts, either_way):
    found = 0
    for question in questions():
        asked = objects(question)
        found += len(asked)
        assert question.count() == len(asked), question.canonical
        assert question.count_certain() == len(objects(question, certainly=True))
        listed = question.entries(1, 200)
        assert len(listed) == len(set(listed)) == len(asked)
        whole = [each for batch in question.everything(Text.DOCUMENT) for each in batch]
        assert listed == whole
        if question.has_range:
            undated = objects(question, undecided=True) - asked
            assert question.count_undated() == len(undated), question.canonical
        if question.filters.has_places:
            unplaced = objects(question, unplaced=True) - asked
            assert question.count_unplaced() == len(unplaced), question.canonical
    assert found > 100


def test_what_is_counted_besides_is_what_it_is_without_gathering(facts, either_way):
    told = 0
    for question in questions():
        asked = question.filters.conditions()
        for wider, besides in (
            (question.filters.conditions(undecided=True), question.count_undated),
            (question.filters.conditions(unplaced=True), question.count_unplaced),
        ):
            if besides():
                told += 1
                assert besides() == counting.count_besides(question.resource, wider, asked)
    assert told


def test_a_text_is_matched_once_for_an_answer(facts):
    query = "q=turbat&district=Kech&date_from=2020&date_to=2023"
    for unit in UNITS:
        question = ask(unit, QueryDict(query), "en")
        with CaptureQueriesContext(connection) as captured:
            assert question.count() > 0
            question.count_certain()
            question.count_undated()
            question.count_unplaced()
            assert question.entries()
        assert sum("record_incidenttext" in each["sql"] for each in captured) == 1, unit


def test_a_list_by_words_alone_is_counted_without_its_facts(facts):
    question = ask("incidents", QueryDict("q=turbat"), "en")
    with CaptureQueriesContext(connection) as captured:
        assert question.count() > 0
        assert question.entries()
    assert len(captured) == 2
    assert not any("record_fact" in each["sql"] for each in captured)


def test_words_are_matched_by_their_index_alone(facts):
    # Of few texts a reading of them all would be cheapest; of a million it takes minutes.
    with CaptureQueriesContext(connection) as captured:
        assert matches(IncidentText, search_query("turbat")).number > 0
    told, _end, statement = captured[0]["sql"].rpartition("; ")

    def plan(told):
        with connection.cursor() as cursor:
            cursor.execute(f"{told}EXPLAIN (FORMAT JSON) {statement}")
            return json.dumps(cursor.fetchone()[0])

    assert "enable_seqscan" in told
    assert "Bitmap Index Scan" in plan(f"{told}; ")


def settings():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('work_mem'), current_setting('enable_seqscan')")
        return cursor.fetchone()


def test_what_the_database_is_told_for_words_it_forgets_once_they_are_found(facts):
    with snapshot():
        before = settings()
        assert matches(IncidentText, search_query("turbat")).number > 0
        assert settings() == before


@pytest.mark.django_db(transaction=True)
def test_what_was_found_is_kept_no_longer_than_the_record_is_held_still():
    publish_incident("Turbat")
    words = ask("incidents", QueryDict("q=turbat"), "en").values["q"]
    assert words.found_in(IncidentText).number == 1
    publish_incident("Turbat")
    assert words.found_in(IncidentText).number == 2
    with snapshot():
        assert words.found_in(IncidentText) is words.found_in(IncidentText)


def test_words_are_not_remembered_with_the_conditions(facts):
    _kept.cache_clear()
    question = ask("violations", QueryDict("q=turbat"), "en")
    question.statistics(["year"])
    assert question.count() > 0
    assert "turbat" not in str(question.filters.conditions().facts)
    assert _kept.cache_info().currsize == 0
