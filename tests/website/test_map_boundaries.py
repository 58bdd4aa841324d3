"""Boundaries on the map: below the circles, with whoever drew them, and where none is, none."""

import gzip
import re

import pytest
from django.core.management import call_command

from reference.models import Area
from tests.record.factories import publish_incident
from tests.reference.boundary_factory import collection, feature, made_up_borders, square
from tests.website.page import get
from tests.website.test_map_page import circles, drawing
from tests.website.test_statistics_page import listed_at

KECH, GWADAR = (62.5, 25.6), (61.8, 25.0)
CAVEAT = "Boundaries are simplified and say nothing about the legal status of any area."


@pytest.fixture
def draw(db, tmp_path):
    """Load a file of boundaries."""

    def load(text, **credit):
        path = tmp_path / "boundaries.geojson"
        path.write_text(text, encoding="utf-8")
        credit = {"attribution": "Survey of Nowhere", "licence": "CC BY 4.0", **credit}
        call_command("load_boundaries", path, **credit, verbosity=0)

    return load


def fields(page):
    """Address, words and shade of every district that is shaded."""
    return re.findall(
        r'<a href="([^"]+)" class="field"[^>]*><title>([^<]*)</title>'
        r'<path fill="url\(#upright-([^)]*)\)"',
        page.html,
    )


def test_a_district_is_drawn_below_its_circle_and_leads_to_the_same_list(client, draw):
    publish_incident(area="PK211")
    draw(collection(feature("PK211", square(*KECH))))
    page = get(client, "/incidents/map/")
    ((address, words, shade),) = fields(page)
    ((circle_address, name, count),) = circles(page)
    assert (address.replace("&amp;", "&"), words) == (circle_address, f"{name}: {count}")
    assert listed_at(client, circle_address) == 1
    assert page.html.index('class="field"') < page.html.index('class="circle"')
    assert f'id="{shade}"' in page.html


def test_shades_are_told_in_words_and_their_links_are_not_read_out_twice(client, draw):
    publish_incident(area="PK211")
    draw(collection(feature("PK211", square(*KECH))))
    page = get(client, "/incidents/map/")
    assert re.search(r'<g class="earth" aria-hidden="true">', page.html)
    assert "the deeper it is shaded" in page.html
    Area.objects.filter(code="PK211").update(abolished="2024")
    assert "the deeper it is shaded" not in get(client, "/incidents/map/").html


def test_a_district_without_a_boundary_keeps_its_circle_or_dot(client, draw):
    publish_incident(area="PK211")
    publish_incident(area="PK226")
    draw(collection(feature("PK211", square(*KECH))))
    page = get(client, "/incidents/map/")
    assert {name for _, name, _ in circles(page)} == {"Kech", "Quetta"}
    assert [words for _, words, _ in fields(page)] == ["Kech: 1"]
    assert 'class="place"' in drawing(page)


def test_a_district_in_which_nothing_was_found_is_drawn_without_a_link(client, draw):
    publish_incident(area="PK211")
    gwadar = Area.objects.get(name="Gwadar", level="district").code
    draw(collection(feature("PK211", square(*KECH)), feature(gwadar, square(*GWADAR, 0.6))))
    page = get(client, "/incidents/map/")
    assert len(fields(page)) == 1
    assert "<title>Gwadar</title>" in drawing(page)
    assert "a district in which nothing was found" in page.text


@pytest.mark.parametrize("prefix", ["", "/ur"])
def test_whoever_drew_them_is_told_on_page_and_drawing(client, draw, prefix):
    publish_incident(area="PK211")
    draw(collection(feature("PK211", square(*KECH))), attribution="<Nobody> & Sons", date="2022")
    page = get(client, f"{prefix}/incidents/map/")
    assert "<Nobody> & Sons" in page.text
    assert "CC BY 4.0" in page.text
    assert "<Nobody>" not in page.html
    drawn = client.get(f"{prefix}/incidents/map.svg").content.decode()
    assert "&lt;Nobody&gt; &amp; Sons" in drawn
    if not prefix:
        assert CAVEAT in page.text
        assert CAVEAT in drawn
        assert "No boundary is drawn" not in page.text


def test_without_boundaries_none_is_implied(client, db):
    publish_incident(area="PK211")
    page = get(client, "/incidents/map/")
    assert "No boundary is drawn, and none is implied." in page.text
    assert CAVEAT not in page.text
    assert 'class="earth"' not in page.html


def test_an_abolished_district_does_not_hide_what_came_after_it(client, draw):
    publish_incident(area="PK211")
    draw(collection(feature("PK211", square(*KECH))))
    Area.objects.filter(code="PK211").update(abolished="2024")
    page = get(client, "/incidents/map/")
    assert len(circles(page)) == 1
    assert fields(page) == []


def test_a_district_without_a_point_has_its_circle_inside_of_its_boundary(client, draw):
    publish_incident(area="PK211")
    draw(collection(feature("PK211", square(*KECH))))
    Area.objects.filter(code="PK211").update(latitude=None, longitude=None)
    page = get(client, "/incidents/map/")
    assert [name for _, name, _ in circles(page)] == ["Kech"]
    assert "No point on record" not in page.text


def test_only_what_is_in_sight_is_sent(client, draw):
    publish_incident(area="PK211")
    draw(made_up_borders("PK2"))
    drawn = drawing(get(client, "/incidents/map/"))
    assert "<title>Panjgur</title>" in drawn
    assert "<title>Zhob</title>" not in drawn


def test_counts_become_at_most_three_shades_in_their_order(client, draw):
    for number, code in enumerate(["PK211", "PK226", "PK222", "PK219"], 1):
        for _ in range(number**2):
            publish_incident(area=code)
    draw(made_up_borders("PK2"))
    page = get(client, "/incidents/map/")
    by_count = sorted((int(words.rsplit(" ", 1)[1]), shade) for _, words, shade in fields(page))
    assert [count for count, _ in by_count] == [1, 4, 9, 16]
    assert [shade for _, shade in by_count] == ["shade-1", "shade-2", "shade-3", "shade-3"]
    assert "4 to 6" in page.text


def test_boundaries_cost_no_more_queries(client, draw, counted, django_assert_max_num_queries):
    publish_incident(area="PK211")
    get(client, "/incidents/map/?date_from=2000")
    with django_assert_max_num_queries(14) as before:
        get(client, "/incidents/map/?date_from=2000")
    draw(made_up_borders("PK2"))
    get(client, "/incidents/map/?date_from=2001")
    with django_assert_max_num_queries(14) as after:
        get(client, "/incidents/map/?date_from=2000")
    assert len(after) <= len(before)


def test_a_page_seen_before_boundaries_came_is_not_taken_for_the_present_one(
    client, draw, monkeypatch
):
    monkeypatch.setattr("reference.vocabularies.CHECK_EVERY", 0)
    publish_incident(area="PK211")
    tag = client.get("/incidents/map/").headers["ETag"]
    assert client.get("/incidents/map/", headers={"If-None-Match": tag}).status_code == 304
    draw(collection(feature("PK211", square(*KECH))))
    assert client.get("/incidents/map/", headers={"If-None-Match": tag}).status_code == 200


def test_a_whole_country_weighs_little(client, draw):
    """All 160 districts in sight; style sheet, scripts and icon are another 13 KB."""
    publish_incident(area="PK211")
    districts = Area.objects.at_level("district").filter(abolished="").order_by("code")
    for place, area in enumerate(districts):
        # Scattered evenly over a country of that size, wherever they are in truth.
        latitude, longitude = 24.5 + (place * 0.618034 % 1) * 12, 61.5 + place / 160 * 14
        Area.objects.filter(pk=area.pk).update(latitude=latitude, longitude=longitude)
    for area in (districts[0], districts[159], *districts[10:150:20]):
        publish_incident(area=area.code)
    draw(made_up_borders("PK"))
    html = get(client, "/incidents/map/").html
    assert html.count('z"') >= 150
    assert len(gzip.compress(html.encode(), 6)) < 36_000


@pytest.mark.parametrize("kind", ["incidents", "victims", "violations"])
def test_maps_of_every_kind_have_the_ground(client, draw, kind):
    publish_incident(area="PK211")
    draw(collection(feature("PK211", square(*KECH))))
    assert len(fields(get(client, f"/{kind}/map/"))) == 1
