"""Lists of objects found by their facts, among thousands of objects: never by a whole table."""

from datetime import timedelta

import pytest
from django.http import QueryDict

from record.questions import ask
from tests.record.many import DAY, many_incidents, refresh_statistics
from tests.record.plans import KEYS, WIDE, reads_of

# As in test_plans.py: filled once.
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("plans of objects")]

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


@pytest.fixture(scope="module")
def many_objects(committed):
    many_incidents(OBJECTS, started=lambda number: DAY - timedelta(days=number % 7000))
    refresh_statistics()


@pytest.mark.parametrize("resource", ["incidents", "victims"])
def test_no_page_of_objects_found_by_their_facts_reads_a_whole_table(many_objects, resource):
    for query in LISTS:
        pages = [ask(resource, QueryDict(query), "en").entries]
        if "page" not in query:
            cursor = QueryDict(f"{query}&cursor=first".removeprefix("&"))
            pages.append(ask(resource, cursor, "en", cursors=True).stretch)
        for page in pages:
            assert reads_of(page, WIDE | KEYS) == set(), query
