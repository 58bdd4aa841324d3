"""The values beside a list: each count is exactly what its link finds."""

import re
from html import unescape

import pytest
from django.utils import translation

from tests.record.factories import (
    agency,
    citation,
    involvement,
    legal_action,
    publish_incident,
    source,
    unnamed_victim,
    victim,
    violation,
)
from tests.website.page import get
from website import kept_facets
from website.presentation import facets

_VALUE = re.compile(
    r'<li class="depth-[^"]*">(?:<a href="([^"]*)">|<span aria-current="true">)([^<]*)<'
    r'.*?<span class="n">([^<]*)</span></li>'
)
_FACET = re.compile(r"<summary>([^<]*)</summary>(.*?)</details>", re.DOTALL)


@pytest.fixture
def published(db):
    """Incidents that differ in everything a facet counts, unknown values among them."""
    ctd = agency("Counter Terrorism Department")
    corps = agency("Example Corps", type="paramilitary", parents=())
    twice = victim("Saeed Example", sex="man")
    court = legal_action("habeas")
    for number, (kind, day, area, grade) in enumerate(
        [
            ("enforced-disappearance", "2023-10-29", "PK211", "alleged"),
            ("short-term-disappearance", "2023-11", "PK211", "corroborated"),
            ("staged-encounter", "2022", "PK226", "confirmed"),
            ("extrajudicial-killing", "2022/2023", "PK2", "alleged"),
            ("torture", "", None, "alleged"),
            ("arbitrary-detention", "2016-03-01", "PK6", "contested"),
        ]
    ):
        who = twice if number % 3 == 0 else unnamed_victim() if number == 4 else None
        acts = [violation(kind, victim=who), violation("torture", victim=who)]
        by = [involvement(ctd), involvement(corps)] if number < 2 else []
        acts[0].content["involvements"] = by
        publish_incident(
            f"Case {number}",
            date=day,
            area=area,
            grade=grade,
            violations=acts[: 1 + number % 2],
            legal_actions=[court] if number == 0 else [],
            citations=[citation(source(f"Report {number}", type="news"))] if number else [],
        )
    publish_incident("A march", kind="protest", violations=[], date="2023-12-01", area="PK211")


def offered(page):
    """Dimension, label, address (None for what is asked already) and count of every value."""
    start = page.html.find('class="facets"')
    if start < 0:
        return []
    markup = page.html[start : page.html.index("</nav>", start)]
    return [
        (title, unescape(label), unescape(address) or None, int(count.replace(",", "")))
        for title, values in _FACET.findall(markup)
        for address, label, count in _VALUE.findall(values)
    ]


def found(client, address):
    """How many objects a list says it finds."""
    figure = re.search(r'class="figure"><strong>([0-9,]+) ', get(client, address).html)
    return int(figure[1].replace(",", ""))


QUESTIONS = (
    "/incidents/",
    "/violations/",
    "/victims/",
    "/sources/",
    "/agencies/",
    "/legal-actions/",
    "/incidents/?area=PK2",
    "/violations/?district=PK211",
    "/violations/?type=liberty",
    "/violations/?type=enforced-disappearance",
    "/incidents/?type=torture&year=2023",
    "/incidents/?type__not=torture",
    "/incidents/?date_from=2022&date_to=2023",
    "/victims/?sex=man",
    "/incidents/?source_type=none",
    "/incidents/?agency=AGY-2026-0001",
    "/sources/?source_type=media",
)


@pytest.mark.parametrize("address", QUESTIONS)
def test_every_value_finds_exactly_as_many_as_it_says(client, published, address):
    values = offered(get(client, address))
    path = address.split("?")[0]
    for title, label, query, count in values:
        if query is not None:
            # The table counts as the list does, and has no values of its own to count.
            assert found(client, f"{path}table/{query}") == count, (title, label)
    assert values or path in ("/agencies/", "/legal-actions/", "/sources/")


def test_what_is_asked_already_is_marked_and_others_are_offered_in_its_place(client, published):
    page = get(client, "/violations/?district=PK211")
    places = {label: query for title, label, query, _ in offered(page) if title == "District"}
    assert places["Kech"] is None
    assert "district=PK226" in places["Quetta"]
    assert "in place of what was asked:" in page.text


def test_a_value_narrows_and_keeps_the_rest_of_the_question(client, published):
    values = offered(get(client, "/incidents/?grade=alleged"))
    query = next(query for title, _, query, _ in values if title == "Year")
    assert query.startswith("?year=2023")
    assert "grade=alleged" in query


def test_the_unknown_is_among_the_values(client, published):
    labels = {(title, label) for title, label, _, _ in offered(get(client, "/violations/"))}
    assert ("Year", "date unknown") in labels
    assert ("Province", "province unknown") in labels


def test_a_term_is_counted_with_its_narrower_ones(client, published):
    values = {label: count for _, label, _, count in offered(get(client, "/violations/"))}
    assert values["Enforced disappearance"] == 2
    assert values["Short-term disappearance"] == 1


def test_what_does_not_divide_the_list_is_not_offered(client, db):
    publish_incident()
    publish_incident()
    assert offered(get(client, "/incidents/")) == []


def test_an_empty_list_has_nothing_to_narrow(client, db):
    assert offered(get(client, "/incidents/")) == []


def test_facets_follow_the_record_and_the_language(client, published):
    before = offered(get(client, "/incidents/"))
    publish_incident("Another", date="2020-01-01", area="PK226")
    after = offered(get(client, "/incidents/"))
    assert before != after
    with translation.override("ur"):
        urdu = get(client, "/ur/incidents/")
    assert "بلوچستان" in urdu.html[urdu.html.index('class="facets"') :]


@pytest.mark.parametrize(
    ("address", "most"),
    [("/incidents/", 45), ("/violations/?area=PK2&type=liberty&date_from=2022", 65)],
)
def test_counting_takes_a_fixed_number_of_queries_and_none_the_second_time(
    client, published, counted, django_assert_max_num_queries, address, most
):
    counts = []
    for more in (0, 5):
        for number in range(more):
            publish_incident(f"More {number}", date="2023-10-30", area="PK211")
        get(client, address)
        kept_facets.forget()
        with django_assert_max_num_queries(most) as queries:
            get(client, address)
        counts.append(len(queries))
    assert counts[0] == counts[1]
    with django_assert_max_num_queries(11):
        get(client, address)


def test_another_page_of_a_list_has_the_same_facets(client, published):
    first = offered(get(client, "/incidents/?page_size=2"))
    assert first == offered(get(client, "/incidents/?page_size=2&page=2"))


@pytest.mark.parametrize("query", ["", "?type=liberty", "?area=PK2", "?sex=man", "?date_from=2022"])
def test_of_very_much_only_what_tallies_tell_is_counted_and_counted_the_same(
    client, published, monkeypatch, query
):
    for address in ("/incidents/", "/violations/"):
        whole = offered(get(client, address + query))
        kept_facets.forget()
        with monkeypatch.context() as patched:
            patched.setattr(facets, "MOST", 0)
            some = offered(get(client, address + query))
        kept_facets.forget()
        assert set(some) <= set(whole)
        assert whole
        assert (some == whole) == (query in ("", "?type=liberty", "?area=PK2"))
