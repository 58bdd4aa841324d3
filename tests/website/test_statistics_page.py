"""Statistics: every number with its unit, its unknown beside it, and a way to its list."""

import csv
import gzip
import io
import re
from html import unescape

import pytest
from django.utils import translation

from record.groupings import GROUPINGS
from tests.record.documented_facts import documented_facts
from tests.record.factories import (
    agency,
    involvement,
    publish_incident,
    unnamed_victim,
    victim,
    violation,
)
from tests.website.page import Page, get

UNITS = ("incidents", "victims", "violations")


@pytest.fixture
def facts(db):
    documented_facts()


def numbers(page):
    """Pairs of address and count: every cell of a table that leads to a list."""
    rows = re.findall(
        r'<tr role="row"[^>]*><th[^>]*><a href="([^"]+)">.*?<strong>([\d,]+)</strong>', page.html
    )
    cells = re.findall(r'<td><a href="([^"]+)">([\d,]+)</a>', page.html)
    return [(unescape(address), int(count.replace(",", ""))) for address, count in rows + cells]


def listed_at(client, address):
    """How many records the list at an address counts. Read from the bare markup: parsing hundreds
    of lists would take longer than making them."""
    response = client.get(address)
    assert response.status_code == 200, address
    return int(re.search(rb'class="figure"><strong>([\d,]+) ', response.content)[1])


def row(page, label):
    """The row of the table with this label, as text."""
    found = re.search(
        rf"<th[^>]*>(?:<a [^>]*>)?{re.escape(label)}(?:</a>)?</th>(.*?)</tr>", page.html
    )
    assert found, f"no row {label!r}"
    return re.sub(r"<[^>]*>", " ", found[1]).split()


@pytest.mark.parametrize("unit", UNITS)
def test_every_number_leads_to_a_list_with_exactly_that_count(client, facts, unit):
    for by in GROUPINGS:
        found = numbers(get(client, f"/statistics/?unit={unit}&group_by={by}"))
        assert found, by
        for address, count in found:
            assert listed_at(client, address) == count, address


def test_every_number_of_a_cross_table_leads_to_its_list(client, facts):
    for by in ("district,year", "type,month", "agency,grade", "status,sex"):
        found = numbers(get(client, f"/statistics/?group_by={by}&province=PK2"))
        assert found, by
        for address, count in found:
            assert address.startswith("/violations/?")
            assert listed_at(client, address) == count, address


def test_every_bar_of_time_leads_to_its_list(client, facts):
    page = get(client, "/statistics/?unit=incidents&group_by=month")
    drawing = page.html[page.html.index('class="chart time') :].split("</svg>")[0]
    bars = re.findall(r'<a href="([^"]+)"[^>]*><title>[^<]*: (\d+)</title>', drawing)
    assert len(bars) > 4
    for address, count in bars:
        assert listed_at(client, unescape(address)) == int(count)


def test_the_unknown_and_the_spanning_are_bars_of_their_own(client, facts):
    page = get(client, "/statistics/?group_by=month")
    for label, sort in (
        ("2006, month unknown", "partly"),
        ("in more than one year", "spanning"),
        ("date unknown", "unknown"),
    ):
        assert row(page, label)[-1] == "1"
        assert re.search(rf'<a [^>]*class="{sort}"[^>]*><title>{label}: 1</title>', page.html)


def test_an_empty_unknown_is_shown_as_zero(client, db):
    publish_incident()
    assert row(get(client, "/statistics/?group_by=district"), "district unknown") == ["0"]


def test_certain_and_possible_are_drawn_and_told_apart(client, db):
    publish_incident(date="2023-10-29")
    publish_incident(date="2023")
    page = get(client, "/statistics/?group_by=district&date_from=2023-10&date_to=2023-10")
    assert "2 violations: 1 certainly in the range, 1 only possibly" in page.text
    assert row(page, "Kech") == ["2", "1", "certainly", "1", "only", "possibly"]
    bars = page.all("rect", width="50%")
    assert {(bar["class"], bar.get("x")) for bar in bars} >= {
        ("certain", None),
        ("possible", "50%"),
    }


def test_without_a_range_nothing_is_called_only_possible(client, db):
    publish_incident(date="2023")
    page = get(client, "/statistics/")
    assert "only possibly" not in page.text
    assert not page.all("rect", **{"class": "possible"})


def test_places_can_be_counted_as_they_were_on_a_day(client, db):
    publish_incident(area="PK210")
    publish_incident(area="PK233")
    page = get(client, "/statistics/?group_by=district&boundaries=2010-01-01")
    assert "by the boundaries of 1 January 2010" in page.text
    assert "Surab" not in page.text
    assert 'type="date" name="boundaries" value="2010-01-01"' in page.html
    assert "Surab" in get(client, "/statistics/?group_by=district").text
    answer = client.get("/statistics/table.csv?group_by=district&boundaries=2010-01-01")
    assert b"PK210,Kalat,2" in answer.content


def test_a_day_that_is_none_is_told_and_one_of_no_places_is_not_read(client, db):
    answer = client.get("/statistics/?group_by=district&boundaries=2999-01-01")
    assert answer.status_code == 400
    assert "This day has not come yet." in answer.content.decode()
    page = get(client, "/statistics/?group_by=year&boundaries=2010-01-01")
    assert "boundaries" not in page.text


def test_the_question_the_unit_and_the_caveat_stand_on_the_page(client, db):
    publish_incident()
    page = get(client, "/statistics/?unit=victims&group_by=sex&area=Kech")
    assert "Victims in Kech" in page.text
    assert "1 victim" in page.text
    assert "Counted by: Sex" in page.text
    assert page.text.count("do not read trends from them") == 1
    assert "/methodology/#counting" in page.links()


def test_the_words_of_a_vocabulary_are_explained_one_click_away(client, db):
    page = get(client, "/statistics/?group_by=type,grade")
    assert page.link_to("Violation") == "/definitions/violation-type/"
    assert page.link_to("How well established") == "/definitions/grade/"
    assert "What these words mean" not in get(client, "/statistics/?group_by=year").text


def test_people_are_counted_beside_victims(client, db):
    publish_incident(
        violations=[violation(victim=victim()), violation(victim=unnamed_victim(people=None))]
    )
    page = get(client, "/statistics/?unit=victims&group_by=sex")
    assert "1 person and 1 group of unknown size" in page.text


def test_rows_that_overlap_say_so(client, db):
    two = [involvement(agency("First")), involvement(agency("Second"))]
    publish_incident(violations=[violation(involvements=two)])
    page = get(client, "/statistics/?group_by=agency")
    assert "The rows add up to more than that" in page.text
    assert "The rows add up" not in get(client, "/statistics/?group_by=sex").text


def test_places_come_by_size_and_the_unknown_last(client, db):
    for area in ("PK226", "PK211", "PK211", None, None, None):
        publish_incident(area=area)
    page = get(client, "/statistics/?group_by=district")
    labels = re.findall(r'<th role="rowheader"[^>]*>(?:<a [^>]*>)?([^<]+)', page.html)
    assert labels[0] == "Kech"
    assert labels[-1] == "district unknown"


def test_a_year_without_a_record_is_a_row_of_zeros(client, db):
    publish_incident(date="2019-01-01", area="PK211")
    publish_incident(date="2022-01-01", area="PK226")
    page = get(client, "/statistics/?group_by=year,district")
    assert row(page, "2020") == ["0"] * len(row(page, "2019"))
    assert row(page, "2021")


def test_what_narrows_the_question_can_be_taken_off_without_losing_the_grouping(client, db):
    page = get(client, "/statistics/?unit=victims&group_by=sex,status&type=life&area=PK211")
    assert "?unit=victims&group_by=sex,status&type=life" in page.links()
    assert "?unit=victims&group_by=sex,status&area=PK211" in page.links()


def test_the_form_carries_the_question_along(client, db):
    page = get(client, "/statistics/?group_by=year&type=liberty,life&sex=man")
    hidden = {field["name"]: field["value"] for field in page.all("input", type="hidden")}
    assert hidden == {"type": "liberty,life", "sex": "man"}
    assert "selected" in page.all("option", value="year")[0]


def test_a_form_without_a_second_dimension_leads_to_the_plain_address(client, db):
    response = client.get("/statistics/?unit=incidents&group_by=sex&group_by=")
    assert response.headers["Location"] == "/statistics/?unit=incidents&group_by=sex"


def test_the_same_question_has_one_canonical_address(client, db):
    page = get(client, "/statistics/?sex=man&group_by=year")
    assert page.all("link", rel="canonical")[0]["href"] == (
        "http://testserver/statistics/?unit=violations&group_by=year&sex=man"
    )


def test_two_dimensions_may_come_repeated_as_forms_send_them(client, facts):
    page = get(client, "/statistics/?group_by=sex&group_by=year")
    assert "Counted by: Sex, Year" in page.text


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("group_by=colour", "group_by"),
        ("group_by=sex,sex", "group_by"),
        ("group_by=sex,year,grade", "group_by"),
        ("unit=sources", "unit"),
        ("page=2", "page"),
        ("date_from=2023-13", "date_from"),
        ("typ=life", "typ"),
    ],
)
def test_a_mistyped_question_counts_nothing(client, db, query, parameter):
    publish_incident()
    response = client.get(f"/statistics/?{query}")
    assert response.status_code == 400
    page = Page(response)
    assert f"{parameter}:" in page.text
    assert not page.all("table")
    if parameter == "date_from":
        assert page.all("input", name="date_from")[0]["aria-invalid"] == "true"
    for name in ("table.csv", "chart.svg", "chart.png"):
        assert client.get(f"/statistics/{name}?{query}").status_code == 400


def test_the_table_is_kept_as_csv(client, db):
    publish_incident(date="2023-10-29", area="PK211")
    response = client.get("/statistics/table.csv?unit=incidents&group_by=district&date_from=2023")
    assert response.headers["Content-Disposition"] == (
        'attachment; filename="incidents-by-district.csv"'
    )
    lines = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    address = "http://testserver/incidents/?date_from=2023-01-01&district=PK211"
    assert lines[0] == {
        "district": "PK211",
        "district_label": "Kech",
        "incidents": "1",
        "incidents_certain": "1",
        "incidents_only_possible": "0",
        "list": lines[0]["list"],
    }
    assert set(lines[0]["list"].split("?")[1].split("&")) == set(address.split("?")[1].split("&"))
    assert lines[-1]["district"] == "unknown"


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"])
def test_no_cell_of_the_table_is_a_formula(client, db, name):
    publish_incident(violations=[violation(involvements=[involvement(agency(name))])])
    body = client.get("/statistics/table.csv?group_by=agency").content.decode("utf-8-sig")
    labels = [line["agency_label"] for line in csv.DictReader(io.StringIO(body))]
    assert f"'{name}" in labels
    assert not [label for label in labels if label.startswith(("=", "+", "-", "@", "\t"))]


@pytest.mark.parametrize("by", ["type", "month", "year"])
@pytest.mark.parametrize("prefix", ["", "/ur"])
def test_the_chart_is_kept_with_all_that_is_needed_to_judge_it(client, facts, prefix, by):
    response = client.get(f"{prefix}/statistics/chart.svg?group_by={by}&date_from=2006")
    assert response.headers["Content-Type"] == "image/svg+xml"
    drawing = response.content.decode()
    with translation.override("ur" if prefix else "en"):
        caveat = translation.gettext(
            "Documented cases, not all cases: do not read trends from them."
        )
    assert caveat in drawing
    assert f"http://testserver{prefix}/statistics/?unit=violations&amp;group_by={by}" in drawing
    assert "CC BY 4.0" in drawing
    assert "<a " not in drawing
    assert "<style" not in drawing
    assert " style=" not in drawing


def test_hostile_names_stay_text_in_the_chart(client, db):
    named = agency("<script>alert(1)</script>")
    publish_incident(violations=[violation(involvements=[involvement(named)])])
    drawing = client.get("/statistics/chart.svg?group_by=agency").content.decode()
    assert "<script" not in drawing
    assert "&lt;script&gt;" in drawing


def test_a_list_offers_its_statistics_and_keeps_the_question(client, db):
    page = get(client, "/victims/?type=life&area=PK211&page_size=10")
    assert page.link_to("Statistics")
    assert "/statistics/?unit=victims&group_by=year&type=life&area=PK211" in page.links()


@pytest.mark.parametrize("address", ["/agencies/", "/legal-actions/", "/sources/"])
def test_what_is_not_counted_in_buckets_has_a_list_and_a_table_alone(client, db, address):
    page = get(client, address)
    ways = page.html[page.html.index('class="ways"') :].split("</nav>")[0]
    assert re.findall('href="([^"]*)"', ways) == [f"{address}table/"]


@pytest.mark.parametrize("by", ["year", "type", "agency", "district,year"])
def test_statistics_cost_the_same_queries_whatever_they_count(
    client, db, counted, django_assert_max_num_queries, by
):
    costs = []
    publish_incident()
    for more in (0, 5):
        for number in range(more):
            publish_incident(f"Case {number}", date=f"20{10 + number}", area=f"PK2{20 + number}")
        get(client, f"/statistics/?group_by={by}&date_from=2000")
        with django_assert_max_num_queries(12) as queries:
            get(client, f"/statistics/?group_by={by}&date_from=2000")
        costs.append(len(queries))
    assert costs[0] == costs[1]


@pytest.mark.parametrize("prefix", ["", "/ur"])
def test_a_page_of_statistics_is_light(client, db, prefix):
    for number in range(24):
        publish_incident(f"Case {number}", date=f"{2000 + number}-05")
    response = client.get(
        f"{prefix}/statistics/?group_by=month", headers={"accept-encoding": "gzip"}
    )
    assert gzip.decompress(response.content)
    assert len(response.content) < 15_000


def test_bars_and_numbers_are_written_in_urdu(client, db):
    publish_incident(date="2023-10-29")
    page = get(client, "/ur/statistics/?group_by=year")
    assert "۲۰۲۳" in page.text
    assert row(page, "۲۰۲۳") == ["۱"]


def test_what_may_have_been_ongoing_is_told_in_the_words_of_that_question(client, db):
    publish_incident(date="")
    query = "unit=violations&group_by=year&date_from=2015&date_to=2016&date_mode=ongoing"
    page = get(client, f"/statistics/?{query}")
    assert "nobody can say whether it was ongoing then" in page.text
    assert "has no known date" not in page.text


def test_the_chart_to_keep_tells_what_has_no_date(client, db):
    publish_incident(date="")
    publish_incident(date="2015")
    for grouping in ("year", "district"):
        query = f"unit=incidents&group_by={grouping}&date_from=2015&date_to=2016"
        drawn = client.get(f"/statistics/chart.svg?{query}").content.decode()
        assert "1 more has no known date" in drawn


def test_two_things_together_are_no_chart_and_that_is_said(client, db):
    answer = client.get("/statistics/chart.svg?unit=incidents&group_by=district,year")
    assert answer.status_code == 400
    assert "counted by one thing alone" in answer.content.decode()


@pytest.mark.parametrize(("grouping", "is_period"), [("month", True), ("district", False)])
def test_a_table_of_periods_is_marked_so_that_it_can_be_short(client, db, grouping, is_period):
    publish_incident(date="2015")
    for dates in ("", "&date_from=2015&date_to=2015"):
        page = get(client, f"/statistics/?unit=incidents&group_by={grouping}{dates}")
        (table,) = page.all("table")
        assert ("periods" in table["class"].split()) == is_period
