"""The pages that explain: definitions, methodology, coverage, privacy, corrections."""

import re
from itertools import pairwise

import pytest

from record.public_vocabularies import PUBLIC_VOCABULARIES
from reference.models import Term
from reference.vocabularies import clear_cache, terms
from tests.record.factories import publish_incident, withdraw_incident
from tests.website.page import get
from tests.website.test_http import SNAPSHOT
from tests.website.test_statistics_page import listed_at

PAGES = ("/methodology/", "/definitions/", "/coverage/", "/privacy/", "/corrections/")


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("prefix", ["", "/ur"])
def test_every_page_leads_to_those_that_explain(client, db, prefix, address):
    page = get(client, f"{prefix}/")
    assert f"{prefix}{address}" in page.links()
    assert get(client, f"{prefix}{address}").all("h1")


@pytest.mark.parametrize("address", [*PAGES, "/definitions/grade/", "/statistics/"])
def test_headings_come_in_order(client, db, address):
    publish_incident()
    levels = [int(tag[1]) for tag, _ in get(client, address).elements if re.match(r"h\d$", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))


def test_definitions_explain_the_vocabularies_that_the_api_has(client, db):
    given = client.get("/api/v1/vocabularies/").json()["results"]
    links = get(client, "/definitions/").links()
    explained = [link.split("/")[-2] for link in links if re.match(r"/definitions/[^/]+/$", link)]
    assert sorted(explained) == sorted(each["code"] for each in given)


@pytest.mark.parametrize("slug", PUBLIC_VOCABULARIES)
def test_every_term_has_its_code_both_names_and_an_address(client, db, slug):
    page = get(client, f"/definitions/{slug}/")
    anchors = {attributes["id"] for tag, attributes in page.elements if "id" in attributes}
    for term in terms(slug):
        assert term.code in anchors
        assert f"#{term.code}" in page.links()
        assert term.label_in("en") in page.text
        assert term.label_in("ur") in page.text


def test_a_definition_is_in_the_language_of_the_page(client, db):
    meaning = terms("grade")[1]
    assert meaning.definition_in("en") in get(client, "/definitions/grade/").text
    assert meaning.definition_in("ur") in get(client, "/ur/definitions/grade/").text


def test_a_term_leads_to_the_records_that_bear_it(client, db):
    publish_incident()
    page = get(client, "/definitions/violation-type/")
    assert listed_at(client, "/violations/?type=enforced-disappearance") == 1
    assert "/violations/?type=enforced-disappearance" in page.links()


def test_a_term_out_of_use_is_still_explained(client, db):
    Term.objects.filter(vocabulary="grade", code="alleged").update(hidden=True)
    clear_cache()
    page = get(client, "/definitions/grade/")
    assert "Alleged" in page.text
    assert "out of use" in page.text


@pytest.mark.parametrize("slug", ["consent-ground", "contact", "nonsense", "vocabulary"])
def test_what_is_about_the_work_of_a_team_is_not_explained(client, db, slug):
    assert client.get(f"/definitions/{slug}/").status_code == 404


def test_methodology_explains_every_grade(client, db):
    text = get(client, "/methodology/").text
    for grade in terms("grade"):
        assert grade.label in text
        assert grade.definition in text


def test_every_number_of_the_coverage_leads_to_its_list(client, db):
    publish_incident(date="2023-10-29", area="PK211")
    publish_incident(date="2021", area="PK211")
    publish_incident(date="", area=None)
    page = get(client, "/coverage/")
    cells = re.findall(r'<td><a href="([^"]+)">(\d+)</a>', page.html)
    assert len(cells) == 3
    for address, count in cells:
        assert listed_at(client, address.replace("&amp;", "&")) == int(count)


def test_coverage_says_that_a_zero_is_not_nothing(client, db):
    publish_incident(date="2019-01-01")
    publish_incident(date="2021-01-01")
    text = get(client, "/coverage/").text
    assert "never that nothing happened" in text
    assert "nobody looked" in text
    assert "2020" in text


def test_coverage_names_the_districts_without_a_record(client, db):
    publish_incident(area="PK211")
    page = get(client, "/coverage/")
    silent = page.html[page.html.index('id="silent"') :]
    assert "Quetta" in silent
    assert "Kech" not in silent


def test_what_was_withdrawn_is_not_counted_as_covered(client, db):
    withdraw_incident(publish_incident())
    assert "Nothing is published yet." in get(client, "/coverage/").text


def test_coverage_costs_the_same_queries_however_much_there_is(
    client, db, counted, django_assert_max_num_queries
):
    costs = []
    publish_incident()
    for more in (0, 5):
        for number in range(more):
            publish_incident(f"Case {number}", date=f"201{number}", area=f"PK22{number}")
        get(client, "/coverage/")
        with django_assert_max_num_queries(20) as queries:
            get(client, "/coverage/")
        costs.append(len(queries))
    assert costs[0] == costs[1]


@pytest.mark.parametrize("address", ["/methodology/", "/definitions/grade/", "/privacy/"])
def test_a_page_of_words_alone_asks_the_database_once(
    client, db, counted, django_assert_num_queries, address
):
    get(client, address)
    with django_assert_num_queries(1 + SNAPSHOT):
        get(client, address)


def test_without_a_contact_the_page_says_so(client, db, settings):
    settings.GAWAH_CONTACT = ""
    assert "No way to write to us has been published yet." in get(client, "/corrections/").text


@pytest.mark.parametrize(
    ("contact", "link"),
    [
        ("write@example.org", "mailto:write@example.org"),
        ("https://example.org/contact", "https://example.org/contact"),
        ("PO Box 7, Quetta", None),
        ("javascript:alert(1)", None),
    ],
)
def test_the_contact_is_a_link_only_where_it_is_an_address(client, db, settings, contact, link):
    settings.GAWAH_CONTACT = contact
    page = get(client, "/corrections/")
    assert contact in page.text
    assert (link in page.links()) if link else not [a for a in page.links() if contact in a]


@pytest.mark.parametrize("address", PAGES)
def test_no_form_stores_anything(client, db, address):
    assert not get(client, address).all("form")


def test_readers_are_told_how_the_api_is_counted(client, db):
    text = get(client, "/privacy/").text
    assert "Reading these pages is not counted." in text
    assert "list of visitors" in text
