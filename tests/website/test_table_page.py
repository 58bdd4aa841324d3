"""The table: the same records as the list, a line each, in the order of a column."""

import re

import pytest

from tests.record.factories import hostile_incidents, publish_incident, victim, violation
from tests.website.page import Page, get
from tests.website.test_search_page import LISTS, listed


def cells(page):
    """How many cells each line of the table has."""
    body = page.html.split("<tbody")[1].split("</tbody>")[0]
    return [len(re.findall(r'role="(?:cell|rowheader)"', line)) for line in body.split("<tr")[1:]]


@pytest.mark.parametrize("resource", LISTS)
def test_a_table_shows_the_records_of_the_list_in_its_order(client, turbat, resource):
    query = "?type=life"
    page = get(client, f"/{resource}/table/{query}")
    assert listed(page)
    assert listed(page) == listed(get(client, f"/{resource}/{query}"))


@pytest.mark.parametrize("prefix", ["", "/ur"])
@pytest.mark.parametrize("resource", LISTS)
def test_every_line_has_a_cell_for_every_heading(client, turbat, prefix, resource):
    page = get(client, f"{prefix}/{resource}/table/")
    headings = len(page.all("th", role="columnheader"))
    assert cells(page)
    assert set(cells(page)) == {headings}


def test_a_heading_puts_the_table_in_its_order_and_turns_it_round(client, db):
    late = publish_incident(date="2023-10-29").reference
    early = publish_incident(date="2010").reference
    page = get(client, "/incidents/table/?area=PK211")
    assert listed(page) == [late, early]
    assert page.all("th", **{"aria-sort": "descending"})
    turned = get(client, "/incidents/table/" + page.link_to("Date"))
    assert listed(turned) == [early, late]
    assert turned.all("th", **{"aria-sort": "ascending"})
    assert turned.link_to("Date") == "?area=PK211&ordering=-date"
    changed = get(client, "/incidents/table/" + turned.link_to("Last changed"))
    assert listed(changed) == [early, late]


def test_the_table_turns_its_pages(client, db):
    for number in range(3):
        publish_incident(f"Case {number}")
    page = get(client, "/incidents/table/?page_size=2")
    assert "1 to 2 of 3" in page.text
    following = page.all("a", rel="next")[0]["href"]
    assert len(listed(get(client, f"/incidents/table/{following}"))) == 1
    assert client.get("/incidents/table/?page=2").status_code == 404


def test_a_mistyped_parameter_gets_the_form_and_no_table(client, db):
    publish_incident()
    response = client.get("/incidents/table/?date_from=2023-13")
    page = Page(response)
    assert response.status_code == 400
    assert page.all("input", name="date_from")[0]["aria-invalid"] == "true"
    assert not page.all("table")


def test_the_table_of_the_same_question_is_one_click_away(client, db):
    publish_incident()
    page = get(client, "/incidents/?sex=man&ordering=date")
    assert page.link_to("Table") == "/incidents/table/?sex=man"
    assert get(client, "/incidents/table/?sex=man").link_to("List") == "/incidents/?sex=man"


def test_the_whole_list_is_offered_as_files_and_feed(client, db):
    publish_incident()
    page = get(client, "/incidents/table/?sex=man&ordering=date&page_size=10")
    filed = "?sex=man&ordering=date"
    assert page.link_to("CSV") == f"/api/v1/incidents.csv{filed}"
    assert page.link_to("Excel") == f"/api/v1/incidents.xlsx{filed}"
    assert page.link_to("GeoJSON") == f"/api/v1/incidents.geojson{filed}"
    assert page.link_to("JSON") == f"/api/v1/incidents/{filed}&page_size=10"
    assert page.link_to("feed of news").startswith("/api/v1/incidents.atom?sex=man")
    assert "/methodology/#counting" in page.links()


@pytest.mark.parametrize("resource", LISTS)
@pytest.mark.parametrize("ending", ["csv", "xlsx", "ndjson", "geojson"])
def test_every_file_offered_is_there(client, turbat, resource, ending):
    links = get(client, f"/{resource}/").links()
    offered = [link for link in links if link.startswith(f"/api/v1/{resource}.{ending}")]
    mapped = resource in ("incidents", "violations", "victims")
    assert len(offered) == (ending != "geojson" or mapped)
    for link in offered:
        response = client.get(link)
        assert response.status_code == 200
        assert b"".join(response)
        response.close()


def test_hostile_texts_stand_in_a_table_as_they_are(client, db):
    hostile_incidents()
    page = get(client, "/incidents/table/")
    assert "<script>" not in page.html
    assert "<script>alert(1)</script>" in page.text


def test_a_table_costs_the_same_queries_however_long_it_is(
    client, db, counted, django_assert_max_num_queries
):
    counts = []
    for more in (1, 6):
        for number in range(more):
            publish_incident(f"Case {number}", violations=[violation(victim=victim())])
        get(client, "/incidents/table/")
        with django_assert_max_num_queries(8) as queries:
            get(client, "/incidents/table/")
        counts.append(len(queries))
    assert counts[0] == counts[1]
