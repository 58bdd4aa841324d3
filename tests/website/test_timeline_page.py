"""The line of time: each period with its records, what has no exact date apart."""

import re
from html import unescape

import pytest

from tests.record.factories import hostile_incidents, publish_incident, violation
from tests.website.page import Page, get
from tests.website.test_facets import found
from website.presentation.timeline import MONTHS, SHOWN

_PERIOD = re.compile(r'<a(?: class="n")? href="(/violations/\?[^"]*)">([0-9,]+) violations?</a>')


def periods(page):
    """Address of the list and number of each period told."""
    return [(unescape(address), int(count)) for address, count in _PERIOD.findall(page.html)]


def headings(page):
    """The headings of years and months, in order, numbers apart."""
    line = page.html[page.html.index('class="timeline"') :]
    found = re.findall(r"<h[23][^>]*>\s*([^<]*?)\s*<", line)
    return [heading for heading in found if heading]


def test_records_stand_under_their_months_in_the_order_of_time(client, db):
    for title, day in (("Later", "2023-11-02"), ("First", "2023-10-03"), ("Second", "2023-10-29")):
        publish_incident(title, date=day)
    page = get(client, "/incidents/timeline/")
    assert headings(page) == ["2023", "October 2023", "November 2023"]
    assert page.html.index(">First<") < page.html.index(">Second<") < page.html.index(">Later<")


def test_every_number_is_that_of_its_list(client, db):
    for day in ("2023-10-29", "2023-10", "2023", "2022/2023", "", "2006-05-01"):
        publish_incident(date=day, violations=[violation(), violation("torture")])
    page = get(client, "/violations/timeline/?date_from=2000")
    assert len(periods(page)) == 4
    page = get(client, "/violations/timeline/")
    assert len(periods(page)) == 5
    for address, count in periods(page):
        assert found(client, address) == count == (4 if "2023-10" in address else 2)


def test_what_has_no_exact_date_stands_apart_and_is_never_left_out(client, db):
    publish_incident("Dated", date="2023-10-29")
    publish_incident("Some time", date="2022/2023")
    publish_incident("Nobody knows", date="")
    page = get(client, "/incidents/timeline/")
    apart = page.html[page.html.index('id="apart"') :]
    for title in ("Some time", "Nobody knows"):
        assert f">{title}<" in apart
    assert ">Dated<" not in apart
    assert headings(page)[-2:] == ["in more than one year", "date unknown"]


def test_certain_and_possible_are_told_apart(client, db):
    publish_incident(date="2023-10-29")
    publish_incident(date="2023-10")
    page = get(client, "/incidents/timeline/?date_from=2023-10-15&date_to=2023-11")
    assert "1 certainly · 1 only possibly" in page.text


def test_years_without_a_record_are_seen(client, db):
    publish_incident(date="2006")
    publish_incident(date="2009-01-01")
    publish_incident(date="2011-01-01")
    page = get(client, "/incidents/timeline/")
    assert "2007 to 2008: nothing recorded here" in page.text
    assert "2010: nothing recorded here" in page.text


def test_many_months_are_told_by_years_and_each_year_leads_to_its_months(client, db):
    for number in range(MONTHS + 1):
        publish_incident(date=f"{2000 + number // 12}-{number % 12 + 1:02d}-01")
    page = get(client, "/violations/timeline/")
    assert headings(page) == ["2000", "2001", "2002", "2003"]
    closer = get(client, page.link_to("month by month"))
    assert headings(closer)[:2] == ["2000", "January 2000"]


def test_a_period_with_many_records_tells_the_first_and_leads_to_all(client, db):
    for number in range(SHOWN + 2):
        publish_incident(f"Case {number}", date=f"2023-10-{number + 1:02d}")
    page = get(client, "/violations/timeline/")
    assert page.html.count('href="/violations/VIO-') == SHOWN
    assert found(client, page.link_to("and 2 more")) == SHOWN + 2


def test_an_incident_with_acts_in_two_months_stands_in_both(client, db):
    acts = [violation(start="2023-10-29"), violation("staged-encounter", start="2023-11-23")]
    publish_incident("Taken, then killed", date="2023-10-29", violations=acts)
    page = get(client, "/incidents/timeline/")
    assert page.html.count(">Taken, then killed<") == 2
    assert "The periods add up to more than that" in page.text


@pytest.mark.parametrize("resource", ["incidents", "victims", "violations"])
def test_the_line_of_the_same_question_is_one_click_away(client, turbat, resource):
    page = get(client, f"/{resource}/?type=life")
    line = get(client, page.link_to("Timeline"))
    assert line.link_to("List") == f"/{resource}/?type=life"


@pytest.mark.parametrize("query", ["typ=life", "date_from=2023-13", "page=2", "ordering=date"])
def test_a_question_that_cannot_be_asked_gets_the_form_and_no_line(client, db, query):
    publish_incident()
    for way in ("timeline", "map"):
        response = client.get(f"/incidents/{way}/?{query}")
        page = Page(response)
        assert response.status_code == 400
        assert page.all("input", name="date_from")
        assert page.all("div", role="alert")
        assert "Taken from home" not in page.text


def test_the_form_of_a_line_offers_no_order_and_no_pages(client, db):
    page = Page(client.get("/incidents/timeline/?typ=life"))
    assert not page.all("select", name="ordering")
    assert not page.all("input", name="page_size")


def test_hostile_texts_stand_on_the_line_as_they_are(client, db):
    hostile_incidents()
    assert "<script>" not in get(client, "/incidents/timeline/").html


def test_a_line_costs_the_same_queries_however_much_is_on_it(
    client, db, counted, django_assert_max_num_queries
):
    counts = []
    for more in (2, 9):
        for number in range(more):
            publish_incident(f"Case {number}", date=f"2023-{number + 1:02d}-10")
        get(client, "/incidents/timeline/")
        with django_assert_max_num_queries(10) as queries:
            get(client, "/incidents/timeline/")
        counts.append(len(queries))
    assert counts[0] == counts[1]
