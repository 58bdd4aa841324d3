"""The API names whoever staff said publishes the record, in members that were there before."""

import io
import json

import openpyxl
import pytest

from record.releasing.making import make_release
from tests.record.factories import publish_incident
from tests.reference.organisation_factory import describe, fully

pytestmark = pytest.mark.django_db


def members(value):
    """The paths of all members of a document."""
    if not isinstance(value, dict):
        return set()
    return {(name, *rest) for name, held in value.items() for rest in members(held) or {()}}


@pytest.mark.parametrize("address", ["", "incidents/", "statistics/?group_by=year", "schema/"])
def test_no_member_comes_or_goes_with_the_organisation(client, address, settings):
    settings.GAWAH_CONTACT = "write@example.org"
    publish_incident()
    before = members(client.get(f"/api/v1/{address}").json())
    fully()
    assert members(client.get(f"/api/v1/{address}").json()) == before


def test_the_index_the_lists_and_the_description_name_it(client):
    publish_incident()
    fully()
    index = client.get("/api/v1/").json()
    assert index["name"] == "Witness Office Quetta"
    assert index["licence"] == "CC BY-SA 4.0"
    assert index["contact"] == "write@example.org"
    meta = client.get("/api/v1/incidents/").json()["meta"]
    assert meta["licence"] == "CC BY-SA 4.0"
    assert meta["cite"].startswith("Witness Office Quetta: ")
    described = client.get("/api/v1/schema/").json()["info"]
    assert described["title"] == "Witness Office Quetta"
    assert described["license"]["name"] == "CC BY-SA 4.0"


BODIES = ["Witness Office Quetta", "Families' Committee"]


def test_every_answer_names_the_caveat_and_who_collected_the_data(client):
    publish_incident()
    fully()
    assert client.get("/api/v1/").json()["collecting_bodies"] == BODIES
    for address in ("incidents/", "sources/", "statistics/?group_by=year", "coverage/"):
        meta = client.get(f"/api/v1/{address}").json()["meta"]
        assert meta["collecting_bodies"] == BODIES
        assert meta["caveat"]


@pytest.mark.parametrize("format_", ["csv", "csv-plain", "ndjson", "geojson", "xlsx"])
def test_every_file_names_them_beside_its_rows(client, format_):
    publish_incident()
    fully()
    describe(collecting_bodies={"en": "Comité\nOne; two"})
    answer = client.get(f"/api/v1/incidents/?format={format_}")
    content = answer.getvalue()
    assert answer["X-Caveat"].startswith("Documented cases, not all cases")
    assert answer["X-Collecting-Bodies"] == "Comit%C3%A9; One%3B two"
    if format_ == "geojson":
        assert json.loads(content)["collecting_bodies"] == ["Comité", "One; two"]
    if format_ == "xlsx":
        about = openpyxl.load_workbook(io.BytesIO(content))["about"]
        told = {row[0]: row[1] for row in about.iter_rows(values_only=True)}
        assert told["collecting_bodies"] == "Comité; One; two"
        assert told["caveat"].startswith("Documented cases, not all cases")


def test_a_feed_names_who_collected_the_data(client):
    publish_incident()
    fully()
    body = client.get("/api/v1/incidents.atom?lang=ur").content.decode()
    assert "<contributor><name>خاندانوں کی کمیٹی</name></contributor>" in body


@pytest.mark.parametrize(
    ("language", "name"), [("en", "Witness Office Quetta"), ("ur", "دفترِ گواہی کوئٹہ")]
)
def test_a_feed_names_it_in_the_language_of_the_feed(client, language, name):
    publish_incident()
    fully()
    body = client.get(f"/api/v1/incidents.atom?lang={language}").content.decode()
    assert f"<name>{name}</name>" in body
    assert "<rights>CC BY-SA 4.0</rights>" in body


@pytest.mark.parametrize("what", ["incidents/", "", "schema/", "{record}", "{record}citation/"])
def test_an_edit_ends_the_copies_that_programs_hold(client, what):
    entry = publish_incident()
    address = "/api/v1/" + what.format(record=f"incidents/{entry.reference}/")
    held = client.get(address)["ETag"]
    assert client.get(address, headers={"If-None-Match": held}).status_code == 304
    fully()
    assert client.get(address, headers={"If-None-Match": held}).status_code == 200


def test_a_release_names_it(tmp_path):
    publish_incident()
    fully()
    manifest = make_release("2026-02-01", within=tmp_path)
    assert (manifest.organisation, manifest.licence) == ("Witness Office Quetta", "CC BY-SA 4.0")
