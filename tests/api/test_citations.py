"""Citations over the API: in every form, of the record as it stands and of each revision."""

import pytest
from django.test import override_settings

from record.kinds import Kind
from record.models.entry import ENTRY_OF
from record.writing import merge_entry
from tests.api.case import publish_case
from tests.api.shapes import assert_open, assert_problem, assert_refused
from tests.record.factories import (
    LATER,
    agency,
    publish,
    publish_incident,
    rewrite,
    withdraw_incident,
)

pytestmark = pytest.mark.django_db

PAGE = "http://testserver/incidents/INC-2026-0001/r/1/"


def citation(entry, version=None, query=""):
    part = "" if version is None else f"r/{version}/"
    return f"/api/v1/{entry.kind.plural}/{entry.reference}/{part}citation/{query}"


@pytest.mark.parametrize("kind", list(Kind))
def test_every_published_object_can_be_cited(client, kind):
    publish_case()
    entry = ENTRY_OF[kind].objects.first()
    cited = client.get(citation(entry)).json()
    assert (cited["record"], cited["revision"]) == (entry.reference, 1)
    assert cited["url"] == f"http://testserver/{kind.plural}/{entry.reference}/r/1/"
    assert client.get(cited["url"].removeprefix("http://testserver")).status_code == 200
    assert client.get(citation(entry, 1)).json() == cited


def test_a_detail_says_how_to_cite_it(client):
    entry = publish_incident("Taken from home")
    block = client.get(f"/api/v1/incidents/{entry.reference}/").json()["citation"]
    assert block == {
        "record": "INC-2026-0001",
        "revision": 1,
        "date": "2026-01-15",
        "url": PAGE,
        "text": (
            "Gawah: “Taken from home”. Record INC-2026-0001, revision 1 of 2026-01-15. "
            f"{PAGE} (CC BY 4.0)."
        ),
    }


def test_a_revision_is_cited_as_it_was(client):
    entry = publish_incident("First title")
    rewrite(entry, title="Second title")
    assert "First title" in client.get(citation(entry, 1)).json()["text"]
    assert "Second title" in client.get(citation(entry)).json()["text"]
    assert client.get(citation(entry)).json()["revision"] == 2


@pytest.mark.parametrize(
    ("format_", "media_type", "beginning"),
    [
        ("text", "text/plain; charset=utf-8", b"Gawah: "),
        ("bibtex", "application/x-bibtex; charset=utf-8", b"@misc{INC-2026-0001-r1,"),
        ("csl", "application/vnd.citationstyles.csl+json", b"["),
        ("json", "application/json", b"{"),
    ],
)
def test_a_citation_is_offered_in_the_forms_that_programs_read(
    client, format_, media_type, beginning
):
    entry = publish_incident("Taken & gone")
    answer = client.get(citation(entry, query=f"?format={format_}"))
    assert answer["Content-Type"] == media_type
    assert answer.content.startswith(beginning)
    assert_open(answer)
    if format_ != "json":
        by_header = client.get(citation(entry), headers={"Accept": media_type.split(";")[0]})
        assert by_header.content == answer.content


def test_an_urdu_citation_has_the_urdu_title(client):
    entry = publish_incident("Taken from home", title_local="گھر سے اٹھایا گیا")
    assert "گھر سے اٹھایا گیا" in client.get(citation(entry, query="?lang=ur")).json()["text"]


def test_what_is_withdrawn_cannot_be_cited(client):
    entry = publish_incident("Taken from home")
    withdraw_incident(entry)
    for address in (citation(entry), citation(entry, 1)):
        assert_problem(client.get(address), 410, "withdrawn")


def test_what_was_merged_is_cited_under_the_survivor(client):
    gone, kept = publish(agency("C.T.D."), agency("Counter Terrorism Department"))
    merge_entry(gone, kept, at=LATER)
    answer = client.get(citation(gone))
    assert_problem(answer, 308, "merged")
    assert answer["Location"] == citation(kept)
    text = client.get(client.get(citation(gone, query="?format=text"))["Location"])
    assert kept.reference in text.content.decode()


def test_a_wrong_parameter_is_refused(client):
    entry = publish_incident()
    assert_refused(client.get(citation(entry, query="?style=apa")), "style", None)
    assert_refused(client.get(citation(entry, query="?format=bibtx")), "format", "bibtex")


def test_a_copy_is_current_until_the_record_is_corrected(client):
    entry = publish_incident("First title")
    first = client.get(citation(entry))
    held = {"If-None-Match": first["ETag"]}
    assert client.get(citation(entry), headers=held).status_code == 304
    rewrite(entry, title="Second title")
    assert client.get(citation(entry), headers=held).status_code == 200


def test_a_detail_is_new_when_its_publisher_goes_by_another_name(client):
    entry = publish_incident()
    address = f"/api/v1/incidents/{entry.reference}/"
    held = {"If-None-Match": client.get(address)["ETag"]}
    assert client.get(address, headers=held).status_code == 304
    with override_settings(GAWAH_ORGANISATION="Another name"):
        assert client.get(address, headers=held).status_code == 200
