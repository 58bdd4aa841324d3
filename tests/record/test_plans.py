"""How the main questions are answered on many facts: by index, never by reading a whole table."""

from datetime import timedelta

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from record import narrow_statistics
from record.questions import ask
from tests.record.many import DAY, many_violations, refresh_statistics
from tests.record.plans import reads_of

# Filling the tables takes far longer than asking: one process fills them once for all its tests.
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("plans")]

MANY = 20_000

QUESTIONS = [
    "",
    "date_from=2010&date_to=2011",
    "date_from=2010-03-05&date_to=2011-07-09",
    "type=enforced-disappearance&date_from=2010&date_to=2011",
    "date_unknown=true",
    "ordering=-changed",
    "ordering=date",
    "date_to=2010&page=5",
]


TRAITS = ["sex=unknown", "grade=alleged&type=liberty", "source_type=none", "status=unknown"]

GROUPS = [["month"], ["type"], ["district"], ["year", "type_group"], ["district", "month"]]
GROUPS += [["status"], ["sex"], ["age_group"], ["agency"], ["grade"], ["source_type"]]


@pytest.fixture(scope="module")
def many(committed):
    many_violations(MANY, started=lambda number: DAY - timedelta(days=number % 7000))
    refresh_statistics()


def test_no_list_and_no_count_reads_a_whole_table(many):
    def ask_for_all(query):
        question = ask("violations", QueryDict(query), "en")
        assert question.count() > 0 or query == "date_unknown=true"
        question.count_certain()
        question.count_undated()
        question.entries()

    found = {query: reads_of(lambda query=query: ask_for_all(query)) for query in QUESTIONS}
    assert {query for query, whole in found.items() if whole} == set()


def test_no_count_of_a_trait_looks_at_facts(many):
    for unit in ("incidents", "violations"):
        for query in TRAITS:
            question = ask(unit, QueryDict(query), "en")
            with CaptureQueriesContext(connection) as captured:
                assert question.count() > 0
            facts = [query["sql"] for query in captured if "record_fact" in query["sql"]]
            assert not facts, (unit, query)


def test_no_statistics_read_a_whole_table(many):
    question = ask("violations", QueryDict(""), "en")
    for group_by in GROUPS:
        assert reads_of(lambda by=group_by: question.statistics(by)) == set(), group_by


def test_statistics_by_two_traits_of_much_read_no_whole_facts(many, monkeypatch):
    monkeypatch.setattr(narrow_statistics, "MANY", 1_000)
    for query in ("", "date_from=2005&date_to=2012", "grade=alleged&type=liberty"):
        question = ask("violations", QueryDict(query), "en")
        assert question.count() > 1_000
        with CaptureQueriesContext(connection) as captured:
            question.statistics(["sex", "grade"])
        asked = [each["sql"] for each in captured]
        assert any("record_numberedfact" in sql for sql in asked), query
        assert not [sql for sql in asked if 'FROM "record_fact"' in sql], query


def test_few_facts_of_a_range_are_found_in_an_index_before_they_are_read(many):
    question = ask("violations", QueryDict("type=liberty&date_from=2010&date_to=2010-03"), "en")
    assert 0 < question.count() < 1_000
    with CaptureQueriesContext(connection) as captured:
        question.statistics(["grade"])
    (statement,) = [each["sql"] for each in captured if "grade_id" in each["sql"]]
    assert "ARRAY(SELECT id FROM record_fact" in statement
    assert reads_of(lambda: question.statistics(["grade"])) == set()
