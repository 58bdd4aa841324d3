"""How the main questions are answered on many facts: by index, never by reading a whole table."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from record.questions import ask
from tests.record.many import DAY, many_incidents, many_violations, refresh_statistics

pytestmark = pytest.mark.django_db

MANY = 20_000
WIDE = {"record_fact", "record_violationentry", "record_incidententry", "record_victimentry"}
KEYS = {"record_incidentkey", "record_victimkey"}

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


OBJECTS = 6_000
"""More than are gathered before they are ordered."""

LISTS = [
    "",
    "type=enforced-disappearance",
    "ordering=-changed",
    "page=3",
    "date_to=2022",
    "date_to=2022&page=3",
    "ordering=date",
]

TRAITS = ["sex=unknown", "grade=alleged&type=liberty", "source_type=none", "status=unknown"]

GROUPS = [["month"], ["type"], ["district"], ["year", "type_group"], ["district", "month"]]
GROUPS += [["status"], ["sex"], ["age_group"], ["agency"], ["grade"], ["source_type"]]


@pytest.fixture
def many_objects():
    many_incidents(OBJECTS, started=lambda number: DAY - timedelta(days=number % 7000))
    refresh_statistics()


@pytest.fixture
def many():
    many_violations(MANY, started=lambda number: DAY - timedelta(days=number % 7000))
    refresh_statistics()


def nodes(plan):
    yield plan
    for part in plan.get("Plans", ()):
        yield from nodes(part)


def whole_reads(captured, tables=WIDE):
    """Those of the tables that some query read from end to end."""
    found = set()
    with connection.cursor() as cursor:
        for query in captured:
            statement = query["sql"]
            if not statement.lstrip().upper().startswith(("SELECT", "WITH")):
                continue
            cursor.execute(f"EXPLAIN (FORMAT JSON) {statement}")
            (answer,) = cursor.fetchone()
            (top,) = json.loads(answer) if isinstance(answer, str) else answer
            found |= {
                node["Relation Name"]
                for node in nodes(top["Plan"])
                if node["Node Type"] == "Seq Scan"
            }
    return found & tables


def reads_of(work, tables=WIDE):
    """The whole reads of what a piece of work asks, which has to ask something."""
    with CaptureQueriesContext(connection) as captured:
        work()
    assert captured
    return whole_reads(captured, tables)


# Filling the tables takes far longer than asking: each test asks all its questions of one record.


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


@pytest.mark.parametrize("resource", ["incidents", "victims"])
def test_no_page_of_objects_found_by_their_facts_reads_a_whole_table(many_objects, resource):
    for query in LISTS:
        pages = [ask(resource, QueryDict(query), "en").entries]
        if "page" not in query:
            cursor = QueryDict(f"{query}&cursor=first".removeprefix("&"))
            pages.append(ask(resource, cursor, "en", cursors=True).stretch)
        for page in pages:
            assert reads_of(page, WIDE | KEYS) == set(), query


def test_no_statistics_read_a_whole_table(many):
    question = ask("violations", QueryDict(""), "en")
    for group_by in GROUPS:
        assert reads_of(lambda by=group_by: question.statistics(by)) == set(), group_by
