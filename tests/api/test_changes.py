"""The changes in the order of commits, and the chain that anyone can check."""

import hashlib
import json
import threading

import pytest
from django.db import connections, transaction

from record.chain import FIRST_PREVIOUS_HASH, SEALED_FIELDS
from record.models import Revision
from record.writing import merge_entry, withdraw_entry
from tests.api.case import publish_case
from tests.api.shapes import assert_open, assert_problem, assert_refused
from tests.record.factories import (
    LATER,
    agency,
    publish,
    publish_incident,
    rewrite,
    source,
    withdraw_incident,
)

pytestmark = pytest.mark.django_db


def changes(client, query=""):
    answer = client.get(f"/api/v1/changes/?{query}")
    assert answer.status_code == 200, answer.content
    return answer.json()


def follow(client, after=0, size=3):
    """Every change after a number, as a copy would read them, and the number to go on from."""
    found, more = [], True
    while more:
        page = changes(client, f"after={after}&page_size={size}")
        found += page["results"]
        after, more = page["after"], page["next"]
    return found, after


def test_a_change_says_what_happened_to_what_and_when(client):
    entry = publish(source("A report"))
    (change,) = changes(client)["results"]
    revision = Revision.objects.get()
    assert change == {
        "sequence": 1,
        "kind": "source",
        "reference": entry.reference,
        "version": 1,
        "action": "created",
        "document_sha256": revision.document_sha256,
        "note_sha256": "",
        "reason": "",
        "merged_into": "",
        "published_at": "2026-01-15T09:00:00Z",
        "previous_hash": FIRST_PREVIOUS_HASH,
        "salt": revision.salt,
        "hash": revision.hash,
        "reason_label": "",
        "url": f"http://testserver/api/v1/sources/{entry.reference}/r/1/",
    }


def test_the_whole_life_of_a_record_can_be_followed(client):
    gone, kept, corrected, withdrawn = publish(agency("A"), agency("B"), agency("C"), agency("D"))
    rewrite(corrected, name="C, corrected")
    merge_entry(gone, kept, at=LATER)
    withdraw_entry(withdrawn, reason="safety", at=LATER)
    found, after = follow(client)
    assert [(each["action"], each["reference"], each["version"]) for each in found] == [
        *(("created", entry.reference, 1) for entry in (gone, kept, corrected, withdrawn)),
        ("corrected", corrected.reference, 2),
        ("merged", gone.reference, 2),
        ("withdrawn", withdrawn.reference, 2),
    ]
    assert found[5]["merged_into"] == kept.reference
    assert (found[6]["reason"], found[6]["reason_label"]) == ("safety", "Safety")
    assert after == 7
    statuses = [client.get(each["url"]).status_code for each in found]
    assert statuses == [200, 200, 200, 410, 200, 308, 410]


def test_the_server_says_what_to_ask_for_next(client):
    publish(*(source(str(number)) for number in range(5)))
    page = changes(client, "page_size=2")
    assert (page["count"], page["after"]) == (5, 2)
    assert page["next"] == "http://testserver/api/v1/changes/?after=2&page_size=2"
    page = changes(client, "after=4&page_size=2")
    assert (page["count"], page["after"], page["next"]) == (1, 5, None)
    page = changes(client, "after=5")
    assert (page["count"], page["after"], page["results"]) == (0, 5, [])
    assert page["meta"]["dataset_version"] == 5
    assert page["meta"]["unit"] == "changes"


def test_the_way_on_stands_in_the_link_header_too(client):
    publish(*(source(str(number)) for number in range(3)))
    answer = client.get("/api/v1/changes/?page_size=2")
    assert answer["Link"] == f'<{answer.json()["next"]}>; rel="next"'
    assert_open(answer)


def test_before_anything_is_published_nothing_has_changed(client):
    page = changes(client)
    assert (page["count"], page["after"], page["next"], page["results"]) == (0, 0, None, [])


@pytest.mark.parametrize(
    ("query", "parameter", "suggestion"),
    [
        ("after=-1", "after", None),
        ("after=yesterday", "after", None),
        ("after=2", "after", "1"),
        ("after=1&after=1", "after", None),
        ("page_size=1001", "page_size", "1000"),
        ("page_size=0", "page_size", None),
        ("since=1", "since", None),
        ("page=2", "page", "page_size"),
        ("format=csv", "format", "json"),
    ],
)
def test_what_is_not_understood_is_refused(client, query, parameter, suggestion):
    publish(source())
    assert_refused(client.get(f"/api/v1/changes/?{query}"), parameter, suggestion)


def test_a_copy_that_follows_changes_is_the_record(client):
    incident = publish_incident("Taken from home")
    publish_case()
    rewrite(incident, title="Taken from his home")
    withdraw_incident(publish_incident("To be withdrawn"))
    copy = {}
    for change in follow(client)[0]:
        if change["action"] in ("withdrawn", "merged"):
            copy.pop(change["reference"])
        else:
            copy[change["reference"]] = change["version"]
    listed = {}
    for kind in ("incidents", "victims", "violations", "agencies", "legal-actions", "sources"):
        for document in client.get(f"/api/v1/{kind}/").json()["results"]:
            listed[document["reference"]] = document["version"]
    assert copy == listed


@pytest.mark.django_db(transaction=True)
def test_a_slow_transaction_is_never_overtaken(client):
    """Two publish at once; whoever took the lower number is seen first, however slow."""
    publish(source("Before"))
    published, may_commit = threading.Event(), threading.Event()

    def slowly():
        with transaction.atomic():
            publish(source("Slow"))
            published.set()
            may_commit.wait(20)
        connections.close_all()

    def at_once():
        publish(source("Quick"))
        connections.close_all()

    slow, quick = threading.Thread(target=slowly), threading.Thread(target=at_once)
    slow.start()
    assert published.wait(20)
    quick.start()
    quick.join(1)
    seen, after = follow(client)
    may_commit.set()
    slow.join()
    quick.join()
    assert [each["sequence"] for each in seen] == [1]
    later, after = follow(client, after)
    assert [each["sequence"] for each in later] == [2, 3]
    titles = [client.get(each["url"]).json()["title"] for each in later]
    assert titles == ["Slow", "Quick"]
    assert after == 3


def digest(change):
    """The hash of a revision as a stranger computes it from what is published."""
    sealed = {name: change[name] for name in SEALED_FIELDS}
    text = json.dumps(sealed, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def test_anyone_can_check_the_whole_chain_after_a_withdrawal_too(client):
    incident = publish_incident("کیچ میں")
    rewrite(incident, title="Corrected")
    withdraw_incident(incident)
    previous = FIRST_PREVIOUS_HASH
    found, _after = follow(client)
    assert len(found) > 8
    for change in found:
        assert change["previous_hash"] == previous
        assert change["hash"] == digest(change)
        previous = change["hash"]


def test_a_change_of_one_sealed_field_shows(client):
    publish(source())
    (change,) = changes(client)["results"]
    for name in SEALED_FIELDS:
        assert digest({**change, name: "another"}) != change["hash"]


def test_the_bytes_of_a_revision_are_those_that_were_sealed(client):
    publish_case()
    for change in follow(client)[0]:
        body = change["salt"].encode() + client.get(change["url"]).content
        assert hashlib.sha256(body).hexdigest() == change["document_sha256"]


def test_a_revision_has_its_seal_at_an_address_of_its_own(client):
    entry = publish_incident()
    withdraw_incident(publish_incident())
    for change in follow(client)[0]:
        path = change["url"].removeprefix("http://testserver")
        assert client.get(f"{path}seal/").json() == change
    answer = client.get(f"/api/v1/incidents/{entry.reference}/r/1/seal/")
    again = client.get(answer.request["PATH_INFO"], headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("path", ["INC-2026-0001/r/9/", "INC-2026-0009/r/1/", "VIO-2026-0001/r/1/"])
def test_what_was_never_published_has_no_seal(client, path):
    publish_incident()
    assert_problem(client.get(f"/api/v1/incidents/{path}seal/"), 404, "not-found")


def test_a_seal_says_nothing_of_what_was_withdrawn(client):
    entry = publish_incident("A hidden place", note="A hidden reason")
    withdraw_incident(entry)
    for version in (1, 2):
        body = client.get(f"/api/v1/incidents/{entry.reference}/r/{version}/seal/").content
        assert b"hidden" not in body
    assert client.get(f"/api/v1/incidents/{entry.reference}/r/1/seal/").json()["salt"] == ""
    assert b"hidden" not in client.get("/api/v1/changes/").content


@pytest.mark.parametrize("reference", ["INC%00", "nonsense", "VIC-2026-0001"])
def test_a_seal_of_what_is_no_reference_of_this_kind_is_not_found(client, reference):
    answer = client.get(f"/api/v1/incidents/{reference}/r/1/seal/")
    assert_problem(answer, 404, "not-found")
