"""Feeds of what a question finds and of all changes: valid, stable, in pages, without the
withdrawn."""

import math
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from record.kinds import Kind
from record.questions import ask
from reference import vocabularies
from tests.api.case import publish_case
from tests.api.shapes import assert_open, assert_refused
from tests.record.factories import (
    entry_of,
    hostile_incidents,
    publish_incident,
    rewrite,
    victim,
    violation,
    withdraw_incident,
    withheld_victim,
)

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def feed(client, address, **options):
    response = client.get(f"/api/v1/{address}", **options)
    assert response.status_code == 200, response.content
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(response.content)  # noqa: S314 - our own answer


def texts(element, path):
    return [each.text for each in element.findall("/".join(f"{ATOM}{part}" for part in path))]


def titles(element):
    return texts(element, ["entry", "title"])


def link(element, relation, **attributes):
    found = [
        each.get("href")
        for each in element.findall(f"{ATOM}link")
        if each.get("rel") == relation
        and all(each.get(name) == value for name, value in attributes.items())
    ]
    return found[0] if found else None


@pytest.mark.parametrize("kind", list(Kind))
def test_every_list_is_a_feed_with_what_rfc_4287_demands(client, kind):
    publish_case()
    found = feed(client, f"{kind.plural}.atom")
    for required in ("id", "title", "updated", "author"):
        assert len(found.findall(f"{ATOM}{required}")) == 1
    assert link(found, "self") == f"http://testserver/api/v1/{kind.plural}.atom"
    assert found.findall(f"{ATOM}entry")
    for entry in found.findall(f"{ATOM}entry"):
        for required in ("id", "title", "updated"):
            assert len(entry.findall(f"{ATOM}{required}")) == 1
        (page, data) = [each.get("href") for each in entry.findall(f"{ATOM}link")]
        assert client.get(page.removeprefix("http://testserver")).status_code == 200
        assert client.get(data.removeprefix("http://testserver")).status_code == 200


def test_a_feed_holds_what_the_list_holds_for_the_same_question(client):
    publish_incident("In Kech", area="PK211")
    publish_incident("Elsewhere", area="PK2")
    query = "district=Kech&date_from=2023"
    listed = client.get(f"/api/v1/incidents/?{query}").json()["results"]
    found = feed(client, f"incidents.atom?{query}")
    assert titles(found) == [each["title"] for each in listed] == ["In Kech"]


def test_a_feed_is_called_by_the_question_in_its_language(client):
    query = "district=Kech"
    for language in ("en", "ur"):
        question = ask("incidents", QueryDict(query), language)
        found = feed(client, f"incidents.atom?{query}&lang={language}")
        assert found.find(f"{ATOM}title").text == f"Gawah: {question.sentence()}"
        assert found.get(XML_LANG) == language


def test_an_urdu_feed_leads_to_urdu_pages(client):
    entry = publish_incident("Taken from home", title_local="گھر سے اٹھایا گیا")
    found = feed(client, "incidents.atom?lang=ur")
    assert titles(found) == ["گھر سے اٹھایا گیا"]
    page = found.find(f"{ATOM}entry/{ATOM}link").get("href")
    assert page == f"http://testserver/ur/incidents/{entry.reference}/"


def test_what_changed_last_comes_first_under_the_id_it_always_had(client):
    first = publish_incident("First")
    publish_incident("Second")
    before = texts(feed(client, "incidents.atom"), ["entry", "id"])
    assert before[1] == f"tag:testserver,2026:{first.reference}"
    rewrite(first, title="First, corrected")
    found = feed(client, "incidents.atom")
    assert titles(found) == ["First, corrected", "Second"]
    assert texts(found, ["entry", "id"]) == before[::-1]
    assert texts(found, ["entry", "updated"])[0].startswith("2026-02-01T12:30:00")
    assert texts(found, ["entry", "published"])[0].startswith("2026-01-15T09:00:00")


def test_what_is_withdrawn_is_in_no_feed_but_the_one_of_changes(client):
    entry = publish_incident("Taken from home")
    withdraw_incident(entry)
    assert titles(feed(client, "incidents.atom")) == []
    changes = client.get("/api/v1/changes.atom").content.decode()
    assert f"{entry.reference}: withdrawn" in changes
    assert "Taken from home" not in changes


def test_the_feed_of_an_empty_list_is_dated_by_the_record_and_not_by_the_clock(client):
    empty = feed(client, "incidents.atom")
    assert texts(empty, ["updated"])[0].startswith("1970-01-01")
    publish_incident()
    nothing = feed(client, "incidents.atom?district=Gwadar")
    assert texts(nothing, ["updated"])[0].startswith("2026-01-15T09:00:00")


@pytest.mark.parametrize("address", ["incidents.atom?page_size=2", "changes.atom"])
def test_following_the_links_leads_through_everything_once(client, address, monkeypatch):
    monkeypatch.setattr("api.views.feeds.PAGE_SIZE", 2)
    for number in range(5):
        publish_incident(f"Case {number}")
    whole, following = [], f"http://testserver/api/v1/{address}"
    while following:
        found = feed(client, following.removeprefix("http://testserver/api/v1/"))
        assert link(found, "first").startswith("http://testserver/api/v1/")
        whole += texts(found, ["entry", "id"])
        following = link(found, "next")
    assert len(whole) == len(set(whole))
    assert len([each for each in whole if "INC-" in each]) == 5


@pytest.mark.parametrize("title", ["a\x0bb", "a\x01b", "<b>&amp;</b>", "]]>"])
def test_a_hostile_text_leaves_the_feed_readable(client, title):
    publish_incident(title)
    (found,) = titles(feed(client, "incidents.atom"))
    assert found == title.replace("\x0b", "\ufffd").replace("\x01", "\ufffd")


def test_hostile_lists_make_a_valid_feed(client):
    hostile_incidents(10)
    assert len(titles(feed(client, "incidents.atom"))) == 10


def test_a_withheld_name_is_withheld_in_a_feed(client):
    publish_incident(violations=[violation(victim=withheld_victim())])
    assert titles(feed(client, "victims.atom")) == ["Name withheld"]


@pytest.mark.parametrize(
    ("address", "parameter", "suggestion"),
    [
        ("incidents.atom?distrit=Kech", "distrit", "district"),
        ("incidents.atom?lang=de", "lang", None),
        ("incidents.atom?page=2", "page", None),
        ("incidents.atom?fields=reference", "fields", None),
        ("incidents.atom?ordering=date", "ordering", "-changed"),
        ("incidents.atom?cursor=nonsense", "cursor", "first"),
        ("incidents.atom?format=csv", "format", "atom"),
        ("changes.atom?after=3", "after", None),
        ("changes.atom?before=x", "before", None),
    ],
)
def test_a_wrong_parameter_is_refused_as_everywhere(client, address, parameter, suggestion):
    publish_incident()
    response = client.get(f"/api/v1/{address}")
    error = response.json()["errors"][0]
    assert response.status_code == 400
    assert error["parameter"] == parameter
    if suggestion:
        assert_refused(response, parameter, suggestion)


def test_a_reader_who_holds_the_feed_gets_304_until_something_changes(client):
    entry = publish_incident()
    first = client.get("/api/v1/incidents.atom")
    held = {"If-None-Match": first["ETag"]}
    assert client.get("/api/v1/incidents.atom", headers=held).status_code == 304
    rewrite(entry, title="Another title")
    assert client.get("/api/v1/incidents.atom", headers=held).status_code == 200


@pytest.mark.parametrize("address", [*(f"{kind.plural}.atom" for kind in Kind), "changes.atom"])
def test_a_feed_asks_as_often_for_many_records_as_for_few(client, address, monkeypatch):
    monkeypatch.setattr(vocabularies, "CHECK_EVERY", math.inf)
    numbers = []
    for _number in range(3):
        publish_case()
        client.get(f"/api/v1/{address}")
        with CaptureQueriesContext(connection) as queries:
            feed(client, address)
        numbers.append(len(queries))
    assert numbers[1] == numbers[2] < 12


def test_a_feed_is_open_for_reading_and_names_the_way_on(client):
    publish_incident()
    publish_incident()
    answer = client.get("/api/v1/incidents.atom?page_size=1")
    assert_open(answer)
    assert answer["Link"].endswith('; rel="next"')


def test_a_feed_says_the_name_that_is_public(client):
    publish_incident(violations=[violation(victim=victim("Balach"))])
    (title,) = titles(feed(client, "violations.atom"))
    assert title.endswith(": Balach")
    assert (
        entry_of("VIO-2026-0001").reference
        in texts(feed(client, "violations.atom"), ["entry", "id"])[0]
    )


@pytest.mark.parametrize("address", ["incidents/", "incidents/table/", "victims/?district=Kech"])
def test_a_list_page_leads_to_its_feed(client, address):
    publish_incident()
    page = client.get(f"/{address}").content.decode()
    assert '<link rel="alternate" type="application/atom+xml"' in page
    address = page.split('type="application/atom+xml" href="')[1].split('"')[0]
    assert client.get(address.replace("&amp;", "&")).status_code == 200
