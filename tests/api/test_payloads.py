"""Each resource, whole: a member that slips in or out of an answer breaks a test here."""

import pytest

from tests.api import expected
from tests.api.case import publish_case

CASES = {
    "incidents": [expected.INCIDENT],
    "violations": [expected.VIOLATION],
    "victims": [expected.VICTIM],
    "agencies": [expected.POLICE, expected.COURT],
    "legal-actions": [expected.LEGAL_ACTION],
    "sources": [expected.SOURCE],
}


@pytest.fixture(autouse=True)
def case(db):
    return publish_case()


@pytest.mark.parametrize("resource", CASES)
def test_a_list_gives_the_documents_whole(client, resource):
    assert client.get(f"/api/v1/{resource}/").json()["results"] == CASES[resource]


@pytest.mark.parametrize("resource", CASES)
def test_a_detail_is_the_document_with_its_citation(client, resource):
    for document in CASES[resource]:
        answer = client.get(f"/api/v1/{resource}/{document['reference']}/")
        detail = answer.json()
        assert detail.pop("citation")["record"] == document["reference"]
        assert detail == document


@pytest.mark.parametrize("resource", CASES)
def test_every_member_of_a_document_can_be_asked_for_by_name(client, resource):
    document = CASES[resource][0]
    answer = client.get(f"/api/v1/{resource}/?fields={','.join(document)}")
    assert answer.status_code == 200
    assert answer.json()["results"] == CASES[resource]


def test_urdu_stands_in_the_bytes_as_urdu(client):
    assert "بالاچ مولا بخش".encode() in client.get("/api/v1/victims/").content


def test_a_list_gives_the_stored_texts_unchanged(client, case):
    assert case.document.encode() in client.get("/api/v1/incidents/").content
