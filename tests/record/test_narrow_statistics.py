"""Statistics from narrow rows are those of the facts, through every change of the record."""

from itertools import combinations

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from incidents.jobs import counts
from incidents.jobs.worker import work_off
from record import kept_blocks, narrow_statistics
from record.kept_blocks import count_ahead
from record.models import BlockCount, Fact, NumberedFact
from record.narrow_facts import BLOCK, narrow_that_differ, rebuild_narrow
from record.questions import ask
from record.rebuilding import rebuild_keys
from tests.record.factories import publish_incident, victim, violation, withdraw_incident
from tests.record.test_statistics_laws import random_facts  # noqa: F401 - a fixture
from tests.record.test_tallies import Walk

pytestmark = pytest.mark.django_db

DIMENSIONS = [
    *("province", "month", "year", "type", "type_group", "status", "sex", "age_group"),
    *("agency", "grade", "source_type", "attribution"),
]
QUERIES = [
    *(
        "",
        "sex=woman",
        "district=unknown",
        "status=dead&type=life",
        "province=PK2",
        "area=PK211",
        "area=PK2",
    ),
    *("date_from=2006-08&date_to=2007-02", "date_to=2006-12&date_mode=certain", "month=2006-08"),
    *("agency=none&contested=false", "sex__not=man", "grade=alleged&year=2007"),
]


@pytest.fixture(autouse=True)
def nothing_is_few(monkeypatch):
    monkeypatch.setattr(kept_blocks, "FEW", 0)


BY_FACTS, AT_ONCE, IN_TURN = (10**9, 10**9), (0, 10**9), (0, 0)
"""From how many objects on narrow rows are read, and objects told apart some at a time."""


def buckets(monkeypatch, sizes, unit, query, group_by):
    many, apart = sizes
    monkeypatch.setattr(narrow_statistics, "MANY", many)
    monkeypatch.setattr(narrow_statistics, "APART", apart)
    question = ask(unit, QueryDict(query), "en")
    assert not question.errors, question.errors
    found = question.statistics(group_by)
    return {each.code: (each.count, each.certain, each.people) for each in found.buckets}


@pytest.mark.parametrize("unit", ["violations", "incidents", "victims"])
def test_any_two_traits_are_counted_as_on_the_facts(random_facts, monkeypatch, unit):  # noqa: F811
    pairs = list(combinations(DIMENSIONS, 2))
    for number, group_by in enumerate(pairs):
        query = QUERIES[number % len(QUERIES)]
        on_facts = buckets(monkeypatch, BY_FACTS, unit, query, group_by)
        for sizes in (AT_ONCE, IN_TURN):
            assert buckets(monkeypatch, sizes, unit, query, group_by) == on_facts, (query, group_by)


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("unit", ["violations", "incidents", "victims"])
def test_every_question_they_tell_is_counted_as_on_the_facts(
    random_facts,  # noqa: F811
    monkeypatch,
    unit,
    query,
):
    for group_by in (("status", "sex"), ("agency", "year"), ("attribution", "agency")):
        on_facts = buckets(monkeypatch, BY_FACTS, unit, query, group_by)
        for sizes in (AT_ONCE, IN_TURN):
            assert buckets(monkeypatch, sizes, unit, query, group_by) == on_facts, group_by


def test_a_row_that_is_not_as_its_fact_is_found(random_facts):  # noqa: F811
    assert narrow_that_differ() == 0
    first = NumberedFact.objects.order_by("pk").first()
    NumberedFact.objects.filter(pk=first.pk).update(month=first.month + 1)
    assert narrow_that_differ() == 2
    NumberedFact.objects.filter(pk=first.pk).delete()
    assert narrow_that_differ() == 1
    Fact.objects.filter(pk__gt=first.pk).update(agencies=[9_999])
    assert narrow_that_differ() > 0
    rebuild_narrow()
    assert narrow_that_differ() == 0


PAIRS = [("sex", "status"), ("status", "sex"), ("agency", "attribution"), ("type", "grade")]


def everything(unit, group_by):
    """The buckets of all there is, and of one province."""
    return [
        {
            each.code: each.count
            for each in ask(unit, QueryDict(query), "en").statistics(group_by).buckets
        }
        for query in ("", "province=PK2")
    ]


@pytest.mark.parametrize("unit", ["violations", "incidents", "victims"])
def test_what_was_counted_ahead_is_what_is_counted(
    random_facts,  # noqa: F811
    monkeypatch,
    unit,
):
    on_facts = {group_by: everything(unit, group_by) for group_by in PAIRS}
    monkeypatch.setattr(narrow_statistics, "MANY", 0)
    assert {group_by: everything(unit, group_by) for group_by in PAIRS} == on_facts
    assert not count_ahead(seconds=600)
    assert BlockCount.objects.exists()
    with CaptureQueriesContext(connection) as captured:
        assert {group_by: everything(unit, group_by) for group_by in PAIRS} == on_facts
    assert not any("generate_series" in each["sql"] for each in captured)
    assert kept_blocks.faults() == 0


def test_a_kept_count_that_is_wrong_is_found(random_facts):  # noqa: F811
    count_ahead(seconds=600)
    BlockCount.objects.filter(pk=BlockCount.objects.first().pk).update(counts="[[1,2,3]]")
    assert kept_blocks.faults() == 1


@pytest.mark.parametrize("seed", [31, 32])
def test_what_was_counted_ahead_is_passed_over_once_anything_is_published(seed, monkeypatch):
    """Publications, corrections, withdrawals and mergers, each told of by the next answer."""
    walk = Walk(seed)
    for _step in range(4):
        walk.go(4)
        assert narrow_that_differ() == 0
        assert kept_blocks.faults() == 0
        for unit in ("violations", "incidents", "victims"):
            monkeypatch.setattr(narrow_statistics, "MANY", 10**9)
            on_facts = {group_by: everything(unit, group_by) for group_by in PAIRS}
            monkeypatch.setattr(narrow_statistics, "MANY", 0)
            assert {group_by: everything(unit, group_by) for group_by in PAIRS} == on_facts
        assert not count_ahead(seconds=600)
    assert BlockCount.objects.exists()
    list(rebuild_keys())
    assert narrow_that_differ() == 0
    assert not BlockCount.objects.exists()


@pytest.mark.parametrize("statuses", [(None, "unknown"), ("unknown", None)])
def test_the_unknown_is_one_though_only_a_later_block_has_it_in_both_ways(statuses, monkeypatch):
    monkeypatch.setattr(narrow_statistics, "MANY", 0)
    first, second = (violation(victim=victim(status=status)) for status in statuses)
    publish_incident(violations=[first])
    assert not count_ahead(seconds=600)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT setval(pg_get_serial_sequence('record_incidententry', 'id'), %s)", [BLOCK]
        )
    publish_incident(violations=[second])
    found = ask("violations", QueryDict(), "en").statistics(("status", "sex"))
    assert {each.code: each.count for each in found.buckets} == {
        "unknown,man": 2,
        "unknown,unknown": 0,
    }


def test_nothing_is_left_of_what_was_withdrawn():
    published = publish_incident()
    assert NumberedFact.objects.exists()
    withdraw_incident(published)
    assert not NumberedFact.objects.exists()


def test_the_worker_counts_ahead_what_is_missing(random_facts, monkeypatch):  # noqa: F811
    monkeypatch.setattr(counts, "FOR", 600.0)
    work_off(once=True)
    kept = BlockCount.objects.count()
    assert kept > 0
    BlockCount.objects.filter(statement=BlockCount.objects.first().statement).delete()
    assert BlockCount.objects.count() < kept
    work_off(once=True)
    assert BlockCount.objects.count() == kept


def test_what_is_asked_in_other_words_is_forgotten(random_facts):  # noqa: F811
    BlockCount.objects.create(statement="0" * 32, block=0, unit=0, version=0, counts="[]")
    count_ahead(seconds=600)
    assert not BlockCount.objects.filter(statement="0" * 32).exists()
