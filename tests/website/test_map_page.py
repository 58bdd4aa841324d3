"""The map: a circle only where a district is known, and every number a way to its list."""

import re
from html import unescape

import pytest

from reference.models import Area
from tests.record.factories import hostile_incidents, publish_incident
from tests.website.page import Page, get
from tests.website.test_statistics_page import listed_at, numbers


def drawing(page):
    """The markup of the map itself."""
    start = page.html.index('class="chart map"')
    return page.html[start : page.html.index("</svg>", start)]


def circles(page):
    """Address, name and count of every circle."""
    found = re.findall(
        r'<a href="([^"]+)" class="circle"[^>]*><title>([^<]*): ([^<]*)</title>', drawing(page)
    )
    return [(unescape(address), name, count) for address, name, count in found]


def test_every_circle_leads_to_the_list_of_its_district(client, db):
    for area in ("PK211", "PK211", "PK226"):
        publish_incident(area=area)
    found = circles(get(client, "/incidents/map/"))
    assert {(name, count) for _, name, count in found} == {("Kech", "2"), ("Quetta", "1")}
    for address, _, count in found:
        assert listed_at(client, address) == int(count)


def test_what_is_known_to_the_province_alone_has_no_circle_but_a_line(client, db):
    publish_incident(area="PK211")
    publish_incident(area="PK2")
    page = get(client, "/incidents/map/")
    assert [name for _, name, _ in circles(page)] == ["Kech"]
    address = page.link_to("Balochistan, district unknown")
    assert listed_at(client, address) == 1
    assert "Balochistan, district unknown 1" in page.text


def test_what_has_no_place_is_told_with_a_link(client, db):
    publish_incident(area="PK211")
    publish_incident(area=None)
    publish_incident(area="PK")
    page = get(client, "/incidents/map/")
    address = page.link_to("place unknown, or only the country known")
    assert listed_at(client, address) == 2
    assert len(circles(page)) == 1


def test_a_district_without_a_point_is_told_and_not_drawn(client, db):
    publish_incident(area="PK211")
    publish_incident(area="PK226")
    Area.objects.filter(code="PK226").update(latitude=None, longitude=None)
    page = get(client, "/incidents/map/")
    assert [name for _, name, _ in circles(page)] == ["Kech"]
    assert "No point on record" in page.text
    assert listed_at(client, page.link_to("Quetta")) == 1


def test_without_any_district_there_is_no_map_but_the_numbers(client, db):
    publish_incident(area="PK2")
    page = get(client, "/incidents/map/")
    assert "None of these has a district that could be drawn." in page.text
    assert 'class="chart map"' not in page.html
    assert numbers(page)[0][1] == 1


def test_an_empty_answer_does_not_say_that_nothing_happened(client, db):
    page = get(client, "/violations/map/?type=torture")
    assert "That does not mean that nothing happened." in page.text


@pytest.mark.parametrize("unit", ["incidents", "victims", "violations"])
def test_every_number_of_the_table_leads_to_its_list(client, db, unit):
    hostile_incidents()
    found = numbers(get(client, f"/{unit}/map/"))
    assert len(found) == 3
    for address, count in found:
        assert listed_at(client, address) == count


def test_a_circle_tells_the_certain_part_from_the_possible(client, db):
    publish_incident(date="2023-10-29")
    publish_incident(date="2023")
    drawn = drawing(get(client, "/incidents/map/?date_from=2023-10&date_to=2023-10"))
    radii = [
        float(re.search(rf'<circle class="{part}"[^>]* r="([\d.]+)"', drawn)[1])
        for part in ("certain", "possible")
    ]
    assert radii[0] < radii[1]
    assert radii[0] ** 2 / radii[1] ** 2 == pytest.approx(0.5, rel=0.01)


def test_another_country_is_drawn_from_its_own_points(client, db):
    country = Area.objects.create(code="XX", level="country", name="Elsewhere")
    for number in range(3):
        Area.objects.create(
            code=f"XX{number}",
            level="district",
            parent=country,
            name=f"District {number}",
            latitude=-10 - number / 4,
            longitude=-60 + number / 4,
        )
    publish_incident(area="XX0")
    page = get(client, "/incidents/map/")
    assert [name for _, name, _ in circles(page)] == ["District 0"]
    assert drawing(page).count('class="place"') == 2
    assert "Kech" not in page.html


def test_the_map_says_what_it_is_not(client, db):
    publish_incident()
    text = get(client, "/incidents/map/").text
    assert "not where something happened" in text
    assert "No boundary is drawn, and none is implied." in text
    assert text.count("do not read trends from them") == 1


def test_a_mistyped_question_draws_nothing(client, db):
    publish_incident()
    response = client.get("/incidents/map/?typ=life")
    assert response.status_code == 400
    assert 'class="chart map"' not in Page(response).html
    assert client.get("/incidents/map.svg?typ=life").status_code == 400


def test_the_table_of_a_map_is_kept_with_the_same_numbers(client, db):
    for area in ("PK211", "PK211", "PK2"):
        publish_incident(area=area)
    page = get(client, "/incidents/map/?date_from=2023")
    kept = client.get(page.link_to("table as CSV"))
    assert kept.status_code == 200
    lines = kept.content.decode().splitlines()
    assert any(",Kech,2,2,0," in line for line in lines), lines


@pytest.mark.parametrize("kind", ["agencies", "legal-actions", "sources"])
def test_what_has_no_facts_has_no_map(client, db, kind):
    assert client.get(f"/{kind}/map/").status_code == 404


@pytest.mark.parametrize("prefix", ["", "/ur"])
def test_the_map_is_kept_as_one_whole_drawing(client, db, prefix):
    publish_incident(area="PK211")
    publish_incident(area="PK2")
    response = client.get(f"{prefix}/incidents/map.svg?date_from=2023")
    assert response.headers["Content-Type"] == "image/svg+xml"
    assert response.headers["Content-Disposition"] == 'attachment; filename="incidents-map.svg"'
    drawn = response.content.decode()
    assert ("بلوچستان" if prefix else "Balochistan") in drawn
    assert "<a " not in drawn
    assert " style=" not in drawn


def test_a_map_costs_the_same_queries_however_much_it_shows(
    client, db, counted, django_assert_max_num_queries
):
    costs = []
    publish_incident()
    for more in (0, 8):
        for number in range(more):
            publish_incident(f"Case {number}", area=f"PK2{20 + number}")
        get(client, "/incidents/map/?date_from=2000")
        with django_assert_max_num_queries(14) as queries:
            get(client, "/incidents/map/?date_from=2000")
        costs.append(len(queries))
    assert costs[0] == costs[1]


@pytest.mark.parametrize(
    ("mode", "words"),
    [("", "1 more has no known date"), ("&date_mode=ongoing", "Of 1 more nobody can say")],
)
def test_what_has_no_date_is_told_beside_a_range_with_its_list(client, db, mode, words):
    publish_incident(date="")
    publish_incident(date="2015")
    page = get(client, f"/incidents/map/?date_from=2015&date_to=2016{mode}")
    assert words in page.text
    assert listed_at(client, page.link_to("Show those without a date")) == 1


def test_the_drawing_to_keep_tells_what_has_no_date_or_place(client, db):
    publish_incident(date="", area="PK211")
    publish_incident(date="2015", area="PK211")
    publish_incident(date="2015", area=None)
    query = "?date_from=2015&date_to=2016&province=PK2"
    drawn = client.get(f"/incidents/map.svg{query}").content.decode()
    assert "1 more has no known date" in drawn
    assert "1 more may belong here" in drawn


@pytest.mark.parametrize(
    "given", ["page=abc", "page=2", "cursor=first", "format=csv", "ordering=x"]
)
@pytest.mark.parametrize("address", ["/incidents/map/", "/incidents/map.svg"])
def test_what_a_map_has_not_is_refused_and_not_left_out(client, db, address, given):
    publish_incident()
    answer = client.get(f"{address}?{given}")
    assert answer.status_code == 400
    assert "A map shows everything that is found, without this." in answer.content.decode()


@pytest.mark.parametrize("arranged", ["page=1", "page_size=5", "ordering=date", "fields=title"])
def test_the_way_from_a_list_to_its_map_carries_the_question_alone(client, db, arranged):
    publish_incident()
    page = get(client, f"/incidents/?type=liberty&{arranged}")
    assert page.link_to("Map") == "/incidents/map/?type=liberty"


def test_a_map_that_cannot_be_drawn_says_why(client, db):
    publish_incident(area=None)
    answer = client.get("/incidents/map.svg")
    assert answer.status_code == 404
    assert answer.content.decode() == "None of these has a district that could be drawn."
