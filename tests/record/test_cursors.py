"""Walking a list by cursors: every row once, whatever happens meanwhile, at the same cost."""

import base64
import json
from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from record.models import VictimEntry
from record.questions import ask
from record.resources import RESOURCES
from tests.record.factories import (
    agency,
    entry_of,
    hostile_incidents,
    legal_action,
    publish,
    publish_incident,
    rewrite,
    victim,
    violation,
    withdraw_incident,
)
from tests.record.many import DAY, many_sources, many_violations, refresh_statistics

pytestmark = pytest.mark.django_db

ORDERINGS = [
    (resource.name, f"{sign}{key}")
    for resource in RESOURCES.values()
    for key in resource.orderings
    for sign in ("", "-")
]


def question(resource, query):
    asked = ask(resource, QueryDict(query), "en", cursors=True)
    assert asked.errors == []
    return asked


def stretch(resource, query):
    """The references of a stretch and the query strings of its neighbours."""
    asked = question(resource, query)
    documents, following, preceding = asked.stretch()
    links = [each and asked.cursor_link(each) for each in (following, preceding)]
    return [json.loads(document)["reference"] for document in documents], *links


def walk(resource, query="", between=lambda: None):
    """All references from the first to the last; ``between`` happens after each stretch."""
    query, seen = f"{query}&cursor=first", []
    while query:
        found, query, _preceding = stretch(resource, query)
        seen += found
        between()
    return seen


def pages(resource, query=""):
    asked = ask(resource, QueryDict(query), "en")
    return [json.loads(document)["reference"] for document in asked.entries(1, 200)]


@pytest.fixture
def varied(db):
    """Objects of every kind with equal, partial and missing sort keys."""
    hostile_incidents(9)
    publish(*(agency(name) for name in ("", "Aware", "Aware", "Zone")))
    publish_incident(violations=[violation(victim=victim(name)) for name in ("", "Zar", "Zar")])
    publish(*(legal_action(filed=date) for date in ("2023-12-08", "2023-12-08", "2022", "", "")))


@pytest.mark.parametrize(("resource", "ordering"), ORDERINGS)
def test_a_walk_gives_what_pages_give_in_the_same_order(varied, resource, ordering):
    seen = walk(resource, f"ordering={ordering}&page_size=2")
    assert seen == pages(resource, f"ordering={ordering}")
    assert len(seen) > 3


@pytest.mark.parametrize(("resource", "ordering"), ORDERINGS)
def test_a_walk_back_gives_the_same_stretches(varied, resource, ordering):
    onwards, back = [], []
    query = f"ordering={ordering}&page_size=2&cursor=first"
    while query:
        found, query, preceding = stretch(resource, query)
        onwards.append(found)
    back.append(found)
    while preceding:
        found, _following, preceding = stretch(resource, preceding)
        back.append(found)
    assert [row for found in reversed(back) for row in found] == [
        row for found in onwards for row in found
    ]


def test_a_walk_through_equal_keys_and_missing_ones_ends_and_gives_each_row_once():
    references = many_sources(1500) + many_sources(700, published=None)
    seen = walk("sources", "page_size=100")
    assert len(seen) == 2200
    assert set(seen) == set(references)


@pytest.mark.parametrize("ordering", ["date", "-date", "changed", "-changed"])
def test_what_comes_and_goes_meanwhile_loses_and_repeats_nothing(ordering):
    there = [publish_incident(date=date) for date in ["2023-10-29"] * 6 + ["2006", "", ""]]
    withdrawn = there[4].reference
    turns = iter(range(100))

    def meanwhile():
        turn = next(turns)
        if turn < 4:
            publish_incident(date=("2023-10-29", "", "2030", "1990")[turn])
        if turn == 1:
            withdraw_incident(there[4])
        if turn == 2 and "changed" not in ordering:
            for entry in (there[0], there[3], there[5], there[8]):
                rewrite(entry, title="Corrected")

    seen = Counter(walk("incidents", f"ordering={ordering}&page_size=2", meanwhile))
    assert set(seen.values()) == {1}
    assert {entry.reference for entry in there} - {withdrawn} <= seen.keys()


def test_in_the_order_of_change_what_is_corrected_meanwhile_comes_again_in_its_new_version():
    first, *_others = [publish_incident() for _number in range(4)]
    corrected = []

    def meanwhile():
        if not corrected:
            corrected.append(rewrite(first, title="Corrected"))

    seen = walk("incidents", "ordering=changed&page_size=2", meanwhile)
    assert Counter(seen)[first.reference] == 2
    assert seen[-1] == first.reference
    assert len(set(seen)) == 4


def test_a_cursor_stands_even_when_its_own_row_is_gone():
    entries = [publish_incident() for _number in range(5)]
    found, following, _preceding = stretch("incidents", "page_size=2&cursor=first")
    withdraw_incident(entry_of(found[-1]))
    rest, _following, preceding = stretch("incidents", following)
    assert found + rest == [entry.reference for entry in reversed(entries)][:4]
    assert stretch("incidents", preceding)[0] == found[:1]


def test_behind_the_last_row_that_was_left_there_is_an_empty_end():
    many = [publish_incident() for _number in range(2)]
    _found, following, _preceding = stretch("incidents", "page_size=1&cursor=first")
    withdraw_incident(many[0])
    assert stretch("incidents", following)[:2] == ([], None)


@pytest.mark.parametrize("ordering", ["date", "-date", "changed"])
def test_the_way_back_from_an_empty_end_begins_with_the_last_row_that_was_read(ordering):
    many = [publish_incident(date=date) for date in ("2020", "", "2021", "")]
    query, following = f"ordering={ordering}&page_size=3&cursor=first", None
    found, following, _preceding = stretch("incidents", query)
    last = pages("incidents", f"ordering={ordering}")[-1]
    withdraw_incident(next(entry for entry in many if entry.reference == last))
    rest, _following, preceding = stretch("incidents", following)
    assert rest == []
    assert stretch("incidents", preceding)[0] == found


def test_a_cursor_lasts_when_the_order_that_goes_without_saying_is_spelled_out():
    hostile_incidents(3)
    _found, following, _preceding = stretch("incidents", "page_size=1&cursor=first")
    plain = stretch("incidents", following)[0]
    assert stretch("incidents", f"{following}&ordering=-date")[0] == plain


def names_in(cursor):
    text = cursor.partition(".")[0]
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode()


@pytest.mark.parametrize("ordering", ["name", "-name"])
def test_a_cursor_holds_no_name(ordering):
    names = ("Balach Mola", "Aware Gul", "Zar Jan")
    publish_incident(violations=[violation(victim=victim(name)) for name in names])
    query = f"ordering={ordering}&page_size=1&cursor=first"
    _found, following, _preceding = stretch("victims", query)
    written = names_in(QueryDict(following)["cursor"]).lower()
    assert not any(part in written for name in names for part in name.lower().split())


def test_in_the_order_of_names_a_cursor_ends_with_the_name_it_stood_for():
    names = ("Aware Gul", "Balach Mola", "Zar Jan")
    publish_incident(violations=[violation(victim=victim(name)) for name in names])
    found, following, _preceding = stretch("victims", "ordering=name&page_size=1&cursor=first")
    assert len(stretch("victims", following)[0]) == 1
    rewrite(VictimEntry.objects.get(reference=found[0]), name="Nobody Known")
    errors = ask("victims", QueryDict(following), "en", cursors=True).errors
    assert [(error.parameter, error.suggestion) for error in errors] == [("cursor", "first")]


@pytest.mark.parametrize(
    "query",
    [
        "cursor=nonsense",
        "cursor=WyIyMDIzLTEwLTI5IiwyLDAsIjc5MWRmNDU0NDAyODlhMDkiXQ.Rnv3uoMvzI24ETriiPHWLT8sv9nu0",
        "cursor=.",
        "cursor=first2",
        "cursor=%F0%9F%95%AF",
    ],
)
def test_what_is_no_cursor_is_refused_with_the_way_to_begin(query):
    (error,) = ask("incidents", QueryDict(query), "en", cursors=True).errors
    assert (error.parameter, error.suggestion) == ("cursor", "first")


def test_a_cursor_that_was_changed_is_refused():
    hostile_incidents(3)
    _found, following, _preceding = stretch("incidents", "page_size=1&cursor=first")
    text = QueryDict(following)["cursor"]
    for place in range(0, len(text), 7):
        other = "A" if text[place] != "A" else "B"
        changed = QueryDict(following, mutable=True)
        changed["cursor"] = text[:place] + other + text[place + 1 :]
        errors = ask("incidents", changed, "en", cursors=True).errors
        assert [error.parameter for error in errors] == ["cursor"]


@pytest.mark.parametrize("change", ["type=torture", "ordering=date", "date_from=2020", "q=home"])
def test_a_cursor_of_another_question_is_refused(change):
    hostile_incidents(3)
    _found, following, _preceding = stretch("incidents", "page_size=1&cursor=first")
    query = QueryDict(f"{following}&{change}")
    assert [error.parameter for error in ask("incidents", query, cursors=True).errors] == ["cursor"]


def test_a_cursor_of_another_list_is_refused():
    hostile_incidents(3)
    _found, following, _preceding = stretch("incidents", "page_size=1&cursor=first")
    errors = ask("violations", QueryDict(following), "en", cursors=True).errors
    assert [error.parameter for error in errors] == ["cursor"]


@pytest.mark.parametrize("change", ["page_size=2", "fields=title", "type=liberty"])
def test_a_cursor_lasts_while_the_question_is_the_same_in_other_words(change):
    hostile_incidents(4)
    _found, following, _preceding = stretch("incidents", "type=liberty&page_size=1&cursor=first")
    query = QueryDict(following, mutable=True)
    query.update(QueryDict(change).dict())
    query["page_size"] = "2"
    assert len(question("incidents", query.urlencode()).stretch()[0]) == 2


def test_a_page_and_a_cursor_contradict_each_other():
    errors = ask("incidents", QueryDict("page=2&cursor=first"), "en", cursors=True).errors
    assert [error.parameter for error in errors] == ["page"]


def test_where_no_cursors_are_read_there_is_no_such_parameter():
    errors = ask("incidents", QueryDict("cursor=first"), "en").errors
    assert [error.parameter for error in errors] == ["cursor"]


# --- cost -----------------------------------------------------------------------------------------


def day_of(number):
    return None if number % 10 == 0 else DAY - timedelta(days=number // 7)


def plan_of(query):
    """The plan of the statement that finds the rows of a stretch, as it ran."""
    asked = question("violations", query)
    with CaptureQueriesContext(connection) as queries:
        asked.stretch()
    sql = queries[0]["sql"]
    assert "record_fact" in sql
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}")
        return cursor.fetchone()[0][0]["Plan"]


def nodes(plan):
    yield plan
    for part in plan.get("Plans", ()):
        yield from nodes(part)


@pytest.fixture
def long_list(db):
    many_violations(4000, started=day_of)
    refresh_statistics()


@pytest.mark.parametrize("narrowed", ["", "type=liberty", "type=enforced-disappearance"])
@pytest.mark.parametrize("ordering", ["date", "-date", "changed", "-changed"])
def test_a_stretch_far_down_reads_no_more_rows_than_the_first(long_list, narrowed, ordering):
    query = f"{narrowed}&ordering={ordering}&page_size=200&cursor=first"
    for _turn in range(12):
        plan = plan_of(query)
        kinds = {node["Node Type"] for node in nodes(plan)}
        assert kinds <= {"Subquery Scan", "Limit", "Index Scan", "Index Only Scan"}, plan
        for node in nodes(plan):
            assert node["Actual Rows"] <= 201
            assert node.get("Rows Removed by Filter", 0) == 0
        query = stretch("violations", query)[1]


def test_a_stretch_takes_one_query_and_a_second_where_sort_keys_end(long_list):
    counts = []
    query = "page_size=200&cursor=first"
    while query:
        asked = question("violations", query)
        with CaptureQueriesContext(connection) as queries:
            _documents, following, _preceding = asked.stretch()
        counts.append(len(queries))
        query = following and asked.cursor_link(following)
    assert len(counts) == 20
    # The last of those with a key, and the first of those without.
    assert counts.count(2) == 2
    assert set(counts) == {1, 2}
