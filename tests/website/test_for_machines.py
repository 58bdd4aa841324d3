"""What search engines and networks are told: where everything is, and nothing that harms."""

import json
import re
from xml.etree import ElementTree

import pytest

from record.models import IncidentEntry
from tests.record.factories import (
    publish_incident,
    rewrite,
    victim,
    violation,
    withdraw_incident,
    withheld_victim,
)
from tests.website.page import get
from website import sitemap
from website.machine_words import dataset_words
from website.published import RecordState
from website.sitemap import PART

SPACE = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def located(client, address):
    """The addresses that a part of the sitemap, or its index, names."""
    response = client.get(address)
    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith("application/xml")
    root = ElementTree.fromstring(response.content)  # noqa: S314 - our own answer
    return [found.text for found in root.iterfind(".//s:loc", SPACE)]


def part_of(entry):
    """The part that an incident stands in: ids grow from test to test."""
    return f"/sitemap-incidents-{(entry.pk - 1) // PART + 1}.xml"


def path_of(address):
    return address.removeprefix("http://testserver")


def machine_words(page):
    """What the page says in JSON-LD."""
    text = re.search(r'<script type="application/ld\+json">(.*?)</script>', page.html)[1]
    return json.loads(text)


def test_the_sitemap_leads_to_every_published_object_in_both_languages(client, db):
    entry = publish_incident()
    found = [
        address
        for part in located(client, "/sitemap.xml")
        for address in located(client, path_of(part))
    ]
    assert f"http://testserver/incidents/{entry.reference}/" in found
    assert f"http://testserver/ur/incidents/{entry.reference}/" in found
    assert len(found) == len(set(found))
    for address in found:
        assert client.get(path_of(address)).status_code == 200, address


def test_what_was_withdrawn_is_in_no_sitemap(client, db):
    entry = publish_incident()
    other = publish_incident()
    withdraw_incident(entry)
    found = located(client, part_of(other))
    assert not [address for address in found if entry.reference in address]
    assert [address for address in found if other.reference in address]


def test_the_sitemap_comes_in_parts(client, db, monkeypatch):
    entries = [publish_incident(f"Case {number}") for number in range(3)]
    monkeypatch.setattr(sitemap, "PART", 1)
    parts = [path_of(part) for part in located(client, "/sitemap.xml") if "incidents" in part]
    assert f"/sitemap-incidents-{entries[-1].pk}.xml" == parts[-1]
    assert located(client, f"/sitemap-incidents-{entries[1].pk}.xml")[0].endswith(
        f"/{entries[1].reference}/"
    )


def test_a_part_beyond_the_last_is_not_there(client, db):
    publish_incident()
    last = IncidentEntry.objects.order_by("pk").last().pk // PART + 1
    assert client.get(f"/sitemap-incidents-{last + 1}.xml").status_code == 404
    assert client.get("/sitemap-incidents-0.xml").status_code == 404


def test_the_sitemap_says_when_a_record_last_changed(client, db):
    entry = rewrite(publish_incident(), title="Corrected")
    body = client.get(part_of(entry)).content.decode()
    assert f"<lastmod>{entry.changed_at.date().isoformat()}</lastmod>" in body


def test_robots_are_led_to_the_sitemap_and_away_from_questions(client, db):
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert "Sitemap: http://testserver/sitemap.xml" in lines
    assert "Disallow: /*?" in lines
    assert "admin" not in " ".join(lines)


def test_search_engines_learn_what_the_record_is(client, db):
    publish_incident()
    said = machine_words(get(client, "/coverage/"))
    assert said["@type"] == "Dataset"
    assert said["url"] == "http://testserver/coverage/"
    assert said["license"] == "https://creativecommons.org/licenses/by/4.0/"
    said = machine_words(get(client, "/"))
    assert said["@type"] == "WebSite"
    assert said["potentialAction"]["target"]["urlTemplate"] == (
        "http://testserver/?q={search_term_string}"
    )


def test_a_name_of_the_organisation_cannot_end_its_element(client, db, settings):
    settings.GAWAH_ORGANISATION = "</script><b>&"
    page = get(client, "/coverage/")
    assert "</script><b>" not in page.html
    assert machine_words(page)["creator"]["name"] == "</script><b>&"


def test_no_word_of_a_case_is_told_to_machines(client, db):
    publish_incident("Taken from home", account="He was seen.")
    for address in ("/", "/coverage/"):
        said = json.dumps(machine_words(get(client, address)))
        assert "Taken" not in said
        assert "seen" not in said


def shared(page):
    """What a network shows of a shared link."""
    return {
        found["property"]: found["content"]
        for found in page.all("meta")
        if found.get("property", "").startswith("og:")
    }


def test_a_shared_question_says_what_was_asked(client, db):
    said = shared(get(client, "/?area=Kech"))
    assert said["og:title"] == "Incidents in Kech"
    assert said["og:url"] == "http://testserver/?area=Kech"


@pytest.mark.parametrize("made", [victim, withheld_victim])
def test_a_shared_record_shows_neither_name_nor_face(client, db, made):
    entry = publish_incident(
        "Balach taken from home", violations=[violation(victim=made())], account="Balach was taken."
    )
    document = entry.content()
    addresses = [f"/incidents/{entry.reference}/"]
    addresses += [f"/victims/{each['reference']}/" for each in document["victims"]]
    addresses += [f"/violations/{each['reference']}/" for each in document["violations"]]
    for address in addresses:
        said = shared(get(client, address))
        assert said["og:title"].endswith(address.split("/")[2])
        assert "Balach" not in " ".join(said.values())
        assert "og:image" not in said


@pytest.mark.parametrize(
    ("licence", "address"),
    [
        ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"),
        ("CC-BY-NC-SA-4.0", "https://creativecommons.org/licenses/by-nc-sa/4.0/"),
        ("CC0-1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
        ("https://example.org/terms", "https://example.org/terms"),
        ("Ours alone", None),
    ],
)
def test_the_licence_is_an_address_or_is_left_out(rf, db, settings, licence, address):
    settings.GAWAH_LICENCE = licence
    words = json.loads(dataset_words(rf.get("/"), RecordState(0, None)))
    assert words.get("license") == address
