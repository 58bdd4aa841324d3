"""Where nothing is found: the nearest questions that find something, with exact counts."""

import re
from html import unescape

import pytest

from tests.record.factories import publish_incident, victim, violation
from tests.website.page import get
from tests.website.test_facets import found

_NEAR = re.compile(
    r'<li><a href="([^"]*)">(.*?)</a> <span class="quiet">([0-9,]+) (?:\w+)</span></li>'
)


def near(page):
    """Query, sentence and count of each question offered."""
    start = page.html.find('<ul class="nearby">')
    if start < 0:
        return []
    markup = page.html[start : page.html.index("</ul>", start)]
    return [
        (unescape(query), re.sub("<[^>]*>", "", unescape(words)), int(count))
        for query, words, count in _NEAR.findall(markup)
    ]


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("?district=PK226", "Incidents in Balochistan"),
        ("?type=short-term-disappearance", "Enforced disappearances"),
        ("?date_from=2023-02&date_to=2023-03", "between 1 January 2023 and 31 December 2023"),
        ("?month=2023-02", "date: 2023"),
        ("?name=Balach+Nobody", "victim named like “Balach”"),
        ("?date_from=2023&date_to=2023-09&date_mode=certain&sex=man", "31 December 2023"),
    ],
)
def test_what_is_wider_in_one_thing_is_offered(client, db, query, sentence):
    publish_incident(violations=[violation(victim=victim("Balach Example", sex="man"))])
    page = get(client, f"/incidents/{query}")
    assert "0 incidents" in page.text
    offered = near(page)
    assert any(sentence in words for _, words, _ in offered), offered


def test_each_offer_finds_exactly_as_many_as_it_says(client, db):
    for area in ("PK211", "PK211", "PK226", "PK6"):
        publish_incident(area=area)
    page = get(client, "/violations/?type=torture&area=PK211&date_from=2023-02&date_to=2023-03")
    assert near(page)
    for query, _, count in near(page):
        assert count
        address = query if query.startswith("/") else f"/violations/{query}"
        assert found(client, address) == count


def test_leaving_out_one_condition_keeps_the_others(client, db):
    publish_incident(area="PK211")
    offered = near(get(client, "/incidents/?type=torture&area=PK211"))
    assert ("?area=PK211", "Incidents in Kech", 1) in offered


def test_an_empty_record_offers_nothing(client, db):
    assert near(get(client, "/incidents/?type=torture")) == []


@pytest.mark.parametrize("way", ["", "table/", "timeline/", "map/"])
def test_every_way_to_see_nothing_says_what_is_near(client, db, way):
    publish_incident(area="PK211")
    page = get(client, f"/incidents/{way}?type=torture&area=PK211")
    assert "That does not mean that nothing happened." in page.text
    assert "?area=PK211" in {query for query, _, _ in near(page)}


def test_what_is_tried_is_bounded(client, db, counted, django_assert_max_num_queries):
    publish_incident(area="PK226", grade="confirmed")
    query = (
        "type=torture&area=PK211&date_from=2022-02&date_to=2022-03&status=dead&sex=woman"
        "&age_group=child&grade=alleged&legal=none&named=true&name=A+B+Example&q=nothing"
    )
    get(client, f"/incidents/?{query}")
    with django_assert_max_num_queries(60):
        get(client, f"/incidents/?{query}")
