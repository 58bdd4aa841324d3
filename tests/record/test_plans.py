"""How the main questions are answered on many facts: by index, never by reading a whole table."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from record.questions import ask
from tests.record.many import DAY, many_violations, refresh_statistics

pytestmark = pytest.mark.django_db

MANY = 20_000
WIDE = {"record_fact", "record_violationentry", "record_incidententry", "record_victimentry"}

QUESTIONS = [
    "",
    "date_from=2010&date_to=2011",
    "date_from=2010-03-05&date_to=2011-07-09",
    "type=enforced-disappearance&date_from=2010&date_to=2011",
    "date_unknown=true",
    "ordering=-changed",
]


@pytest.fixture
def many():
    many_violations(MANY, started=lambda number: DAY - timedelta(days=number % 7000))
    refresh_statistics()


def nodes(plan):
    yield plan
    for part in plan.get("Plans", ()):
        yield from nodes(part)


def whole_reads(captured):
    """The wide tables that some query read from end to end."""
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
    return found & WIDE


@pytest.mark.parametrize("query", QUESTIONS)
def test_no_list_and_no_count_reads_a_whole_table(many, query):
    question = ask("violations", QueryDict(query), "en")
    with CaptureQueriesContext(connection) as captured:
        assert question.count() > 0 or query == "date_unknown=true"
        question.count_certain()
        question.count_undated()
        question.entries()
    assert len(captured) >= 2
    assert whole_reads(captured) == set()


@pytest.mark.parametrize("group_by", [["month"], ["type"], ["district"], ["year", "type_group"]])
def test_no_statistics_read_a_whole_table(many, group_by):
    question = ask("violations", QueryDict(""), "en")
    with CaptureQueriesContext(connection) as captured:
        question.statistics(group_by)
    assert whole_reads(captured) == set()
