"""The organisation on its pages: name, logo, contact, licence and its own words."""

import io
import json
import re

import pytest
from PIL import Image

from reference.models import PageText
from tests.record.factories import publish_incident
from tests.reference.organisation_factory import describe, fully, logo, say
from tests.website.page import get
from tests.website.test_for_machines import machine_words, shared
from tests.website.test_http import SNAPSHOT

pytestmark = pytest.mark.django_db

OWN = {page: "/about/" if page == "about" else f"/{page}/" for page in PageText.Page.values}


def shown_logo(page):
    [found] = page.all("img", **{"class": "logo"})
    return found


@pytest.mark.parametrize(
    ("prefix", "short", "name", "text"),
    [
        ("", "Witness Office", "Witness Office Quetta", "An open book"),
        ("/ur", "دفترِ گواہی", "دفترِ گواہی کوئٹہ", "کھلی کتاب"),
    ],
)
def test_every_page_names_the_organisation_in_the_language_of_the_reader(
    client, prefix, short, name, text
):
    fully()
    page = get(client, f"{prefix}/methodology/")
    head, foot = page.html.split("<main", 1)[0], page.html.rsplit("<footer", 1)[1]
    assert f"<bdi>{short}</bdi>" in head
    assert f"– {short}</title>" in head
    assert name in foot
    assert shown_logo(page)["alt"] == text
    assert f"{prefix}/about/" in page.links()


def test_the_logo_is_our_own_file_under_a_name_that_changes_with_it(client):
    fully()
    first = shown_logo(get(client, "/"))
    assert re.fullmatch(r"/logo/[0-9a-f]{16}\.png", first["src"])
    assert shown_logo(get(client, "/ur/"))["src"] == first["src"]
    answer = client.get(first["src"])
    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/png"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "immutable" in answer["Cache-Control"]
    assert "max-age=31536000" in answer["Cache-Control"]
    picture = Image.open(io.BytesIO(answer.content))
    assert (str(picture.width), str(picture.height)) == (first["width"], first["height"])
    describe(**logo(colour="red"))
    assert shown_logo(get(client, "/"))["src"] != first["src"]
    assert client.get(first["src"]).status_code == 404


@pytest.mark.parametrize("name", ["x.png", "0123456789abcdef.png", "..%2f..%2fetc", "logo.svg"])
def test_any_other_name_of_a_logo_is_not_there(client, name):
    fully()
    assert client.get(f"/logo/{name}").status_code == 404


def test_without_a_logo_none_is_shown(client):
    describe(names={"en": "Witness Office"})
    assert not get(client, "/").all("img")


def test_the_foot_of_a_page_tells_how_to_reach_the_organisation_and_the_licence(client):
    fully()
    page = get(client, "/")
    assert {
        "mailto:write@example.org",
        "tel:+92810000000",
        "https://creativecommons.org/licenses/by-sa/4.0/",
    } <= set(page.links())
    assert "PO Box 7, Quetta" in page.text


@pytest.mark.parametrize(
    ("contact", "link"),
    [
        ("+92 81 000 0000", "tel:+92810000000"),
        ("+92 (0)81 000 0000", "tel:+92810000000"),
        ("(081) 000 0000", "tel:0810000000"),
        ("a+b@example.org", "mailto:a+b@example.org"),
        ("a?bcc=x@example.org", "mailto:a%3Fbcc%3Dx@example.org"),
        ("a%0abcc:x@example.org", "mailto:a%250abcc%3Ax@example.org"),
    ],
)
def test_a_contact_leads_where_it_says_and_nowhere_else(client, settings, contact, link):
    settings.GAWAH_CONTACT = contact
    assert link in get(client, "/about/").links()


def test_the_subject_of_a_report_names_its_record(client):
    fully()
    entry = publish_incident()
    page = get(client, f"/corrections/?record={entry.reference}")
    assert f"mailto:write@example.org?subject={entry.reference}" in page.links()


@pytest.mark.parametrize(("name", "address"), OWN.items())
@pytest.mark.parametrize("prefix", ["", "/ur"])
def test_a_page_carries_the_words_of_the_organisation(client, prefix, name, address):
    say(name, en="## How\n\nWe **ask** twice.", ur="## کیسے\n\nہم **دو بار** پوچھتے ہیں۔")
    words = get(client, prefix + address).part("own-words")
    assert ("<strong>ask</strong>" in words) is (prefix == "")
    assert ("<strong>دو بار</strong>" in words) is (prefix == "/ur")
    assert "<h3>" in words


@pytest.mark.parametrize("address", OWN.values())
def test_a_page_without_words_of_its_own_has_no_empty_part(client, address):
    assert "own-words" not in get(client, address).html


@pytest.mark.parametrize(
    ("prefix", "language", "direction"), [("/ur", "en", "ltr"), ("", "ur", "rtl")]
)
def test_words_in_the_other_language_are_marked_as_such(client, prefix, language, direction):
    say("privacy", **{language: "Words."})
    page = get(client, f"{prefix}/privacy/")
    assert page.all("div", **{"class": "matter own-words", "lang": language, "dir": direction})


INSTEAD = {
    "about": "who decides what stands in it",
    "methodology": "does not count as a second source",
    "coverage": "nobody looked",
    "privacy": "How a person appears is decided",
    "corrections": "Somebody compares what you say",
}


@pytest.mark.parametrize(("name", "general"), INSTEAD.items())
@pytest.mark.parametrize("instead", [True, False])
def test_our_general_text_stands_unless_theirs_replaces_it(client, name, general, instead):
    say(name, instead=instead, en="Our own words.")
    text = get(client, OWN[name]).text
    assert (general in text) is not instead
    assert "Our own words." in text


def test_what_describes_the_program_stays_whatever_is_replaced(client):
    for name in OWN:
        say(name, instead=True, en="Words.")
    assert 'id="counting"' in get(client, "/methodology/").html
    assert "set no cookie" in get(client, "/privacy/").text


def test_no_markup_of_a_name_or_a_text_comes_through(client):
    hostile = "<script>alert(1)</script>"
    describe(names={"en": hostile}, logo_texts={"en": '"><script>'}, licence=hostile, **logo())
    say("about", en=hostile)
    page = get(client, "/about/")
    assert "<script>alert" not in page.html
    assert '"><script>' not in page.html


def test_an_edit_ends_the_copies_that_readers_hold(client):
    for make in (lambda: describe(names={"en": "A"}), lambda: say("about", en="B")):
        before = client.get("/about/")["ETag"]
        assert client.get("/about/", headers={"If-None-Match": before}).status_code == 304
        make()
        assert client.get("/about/", headers={"If-None-Match": before}).status_code == 200


@pytest.mark.parametrize("address", ["/about/", "/privacy/", "/"])
def test_naming_the_organisation_asks_nothing(
    client, counted, django_assert_max_num_queries, address
):
    costs = []
    for make in (lambda: None, lambda: (fully(), say("privacy", en="Words."))):
        make()
        get(client, address)
        with django_assert_max_num_queries(20) as queries:
            get(client, address)
        costs.append(len(queries))
    assert costs[0] == costs[1]
    if address != "/":
        assert costs[0] == 1 + SNAPSHOT


def test_engines_and_networks_are_told_who_it_is(client):
    row = fully()
    said = machine_words(get(client, "/coverage/"))
    assert said["license"] == "https://creativecommons.org/licenses/by-sa/4.0/"
    creator = said["creator"]
    assert creator["name"] == "Witness Office Quetta"
    assert creator["url"] == "https://example.org/"
    assert creator["logo"] == f"http://testserver/logo/{row.logo_sha256[:16]}.png"
    assert "phone" not in json.dumps(creator)
    assert shared(get(client, "/"))["og:site_name"] == "Witness Office Quetta"


def test_a_citation_on_a_page_names_the_organisation(client):
    fully()
    entry = publish_incident()
    for prefix, name in (("", "Witness Office Quetta"), ("/ur", "دفترِ گواہی کوئٹہ")):
        html = get(client, f"{prefix}/incidents/{entry.reference}/").html
        assert name in re.search(r'<dd class="citation">(.*?)</dd>', html, re.DOTALL)[1]
