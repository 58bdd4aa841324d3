"""One object: as it stands, as it stood, after a merge and after a withdrawal."""

import pytest

from record.kinds import Kind
from record.models import Revision, SourceEntry
from record.writing import merge_entry, withdraw_entry
from tests.api.case import publish_case
from tests.api.shapes import assert_open, assert_problem
from tests.record.factories import (
    LATER,
    agency,
    citation,
    entry_of,
    publish,
    publish_incident,
    rewrite,
    source,
    withdraw_incident,
)

pytestmark = pytest.mark.django_db

NOT_MODIFIED_HEADERS = ("ETag", "Vary", "Cache-Control", "Access-Control-Allow-Origin")


def detail(entry, version=None):
    address = f"/api/v1/{entry.kind.plural}/{entry.reference}/"
    return address if version is None else f"{address}r/{version}/"


def test_a_detail_is_the_stored_text_with_its_tag_and_date(client):
    entry = publish_incident()
    answer = client.get(detail(entry))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/json"
    assert answer.content.startswith(entry.document[:-1].encode())
    assert answer["ETag"].startswith('"1-')
    assert answer["Last-Modified"] == "Thu, 15 Jan 2026 09:00:00 GMT"
    assert "Content-Location" not in answer  # the revision has no citation in its text
    assert answer["Cache-Control"] == "no-cache"
    assert_open(answer)


@pytest.mark.parametrize(
    "condition",
    [
        lambda answer: {"If-None-Match": answer["ETag"]},
        lambda answer: {"If-None-Match": f'"other", {answer["ETag"]}'},
        lambda answer: {"If-None-Match": "*"},
        lambda answer: {"If-Modified-Since": answer["Last-Modified"]},
    ],
)
@pytest.mark.parametrize("version", [None, 1])
def test_a_copy_that_is_still_current_is_not_sent_again(client, condition, version):
    address = detail(publish_incident(), version)
    first = client.get(address)
    again = client.get(address, headers=condition(first))
    assert again.status_code == 304
    assert again.content == b""
    assert {name: again[name] for name in NOT_MODIFIED_HEADERS} == {
        name: first[name] for name in NOT_MODIFIED_HEADERS
    }


def test_a_correction_makes_a_copy_stale(client):
    entry = publish_incident()
    first = client.get(detail(entry))
    rewrite(entry, title="Taken from his home in Turbat")
    again = client.get(
        detail(entry),
        headers={"If-None-Match": first["ETag"], "If-Modified-Since": first["Last-Modified"]},
    )
    assert again.status_code == 200
    assert again.json()["version"] == 2
    assert again["ETag"] != first["ETag"]
    assert again["Last-Modified"] == "Sun, 01 Feb 2026 12:30:00 GMT"


def test_a_condition_that_does_not_hold_is_a_problem(client):
    entry = publish_incident()
    answer = client.get(detail(entry), headers={"If-Match": '"another"'})
    assert_problem(answer, 412, "precondition")


def test_each_revision_stays_as_it_was_published(client):
    entry = publish_incident("Taken from home")
    rewrite(entry, title="Taken from his home in Turbat")
    first, second = (client.get(detail(entry, version)) for version in (1, 2))
    assert [first.json()["title"], second.json()["title"]] == [
        "Taken from home",
        "Taken from his home in Turbat",
    ]
    assert [first.json()["version"], second.json()["version"]] == [1, 2]
    now = client.get(detail(entry)).json()
    assert second.json() == {name: now[name] for name in now if name != "citation"}
    assert first["ETag"] != second["ETag"]
    assert first["Link"] == (
        f'<{detail(entry)}>; rel="latest-version", <{detail(entry, 1)}seal/>; rel="describedby"'
    )
    assert first.content == Revision.objects.get(sequence=entry.sequence).document.encode()


@pytest.mark.parametrize("version", ["2", "0", "99999999999999999999", "1000000000000"])
def test_a_revision_that_was_never_published_is_not_found(client, version):
    entry = publish_incident()
    assert_problem(client.get(detail(entry, version)), 404, "not-found")


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_has_details_and_revisions(client, kind):
    publish_case()
    reference = f"{kind.prefix}-2026-0001"
    for address in (detail(entry_of(reference)), detail(entry_of(reference), 1)):
        assert client.get(address).json()["reference"] == reference


def test_what_was_withdrawn_is_gone_with_a_public_reason_and_nothing_else(client):
    entry = publish_incident("Taken from home in Turbat", account="A secret place")
    rewrite(entry, title="Taken from his home")
    withdraw_incident(entry, reason="safety")
    for address in (detail(entry), *(detail(entry, version) for version in (1, 2, 3))):
        answer = client.get(address)
        problem = assert_problem(answer, 410, "withdrawn")
        assert problem["reason"]["code"] == "safety"
        assert problem["reason"]["label"]
        assert set(problem) == {
            *("type", "title", "status", "detail", "errors", "request_id", "reason")
        }
        assert "Turbat" not in answer.content.decode()
        assert "secret" not in answer.content.decode()
    assert client.get("/api/v1/incidents/").json()["count"] == 0


def test_a_copy_does_not_outlive_a_withdrawal(client):
    entry = publish_incident()
    for version in (None, 1):
        held = client.get(detail(entry, version))
        assert held.status_code == 200
    tags = [client.get(detail(entry, version))["ETag"] for version in (None, 1)]
    withdraw_incident(entry)
    for version, tag in zip((None, 1), tags, strict=True):
        answer = client.get(detail(entry, version), headers={"If-None-Match": tag})
        assert_problem(answer, 410, "withdrawn")


def test_the_state_of_the_object_withdraws_its_revisions_even_with_the_text_there(client):
    entry = publish(source("A report"))
    SourceEntry.objects.filter(pk=entry.pk).update(
        state="withdrawn", document="", content_sha256="", withdrawal_reason="safety"
    )
    assert Revision.objects.get(reference=entry.reference).document
    assert_problem(client.get(detail(entry, 1)), 410, "withdrawn")


def test_an_older_version_that_mentioned_something_withdrawn_is_gone_alone(client):
    hidden = publish(source("The diary of a witness"))
    entry = publish_incident(citations=[citation(hidden)])
    rewrite(entry, citations=[], sources=[])
    withdraw_entry(hidden, reason="safety", at=LATER)
    problem = assert_problem(client.get(detail(entry, 1)), 410, "withdrawn")
    assert problem["reason"] is None
    assert detail(entry) in problem["detail"]
    assert client.get(detail(entry)).status_code == 200


def test_what_was_merged_leads_to_the_survivor(client):
    gone, kept = publish(agency("C.T.D."), agency("Counter Terrorism Department"))
    merge_entry(gone, kept, at=LATER)
    answer = client.get(f"{detail(gone)}?format=json")
    problem = assert_problem(answer, 308, "merged")
    assert answer["Location"] == f"{detail(kept)}?format=json"
    assert problem["merged_into"] == {
        "reference": kept.reference,
        "url": f"{detail(kept)}?format=json",
    }
    assert client.get(answer["Location"]).json()["reference"] == kept.reference


def test_the_survivor_lists_the_references_under_which_it_is_found_as_well(client):
    first, second, kept = publish(
        agency("C.T.D."), agency("CTD Balochistan"), agency("Counter Terrorism Department")
    )
    alone = client.get(detail(kept))
    assert "former_references" not in alone.json()
    merge_entry(first, kept, at=LATER)
    one = client.get(detail(kept), headers={"If-None-Match": alone["ETag"]})
    assert one.json()["former_references"] == [first.reference]
    merge_entry(second, kept, at=LATER)
    both = client.get(detail(kept), headers={"If-None-Match": one["ETag"]})
    former = [first.reference, second.reference]
    assert both.json() == {**alone.json(), "former_references": former}
    assert "Content-Location" not in both
    assert client.get(detail(kept), headers={"If-None-Match": both["ETag"]}).status_code == 304
    assert "former_references" not in client.get(detail(kept, 1)).json()
    for reference in both.json()["former_references"]:
        answer = client.get(f"/api/v1/agencies/{reference}/")
        assert answer["Location"] == detail(kept)


def test_what_was_merged_twice_is_found_where_it_ended(client):
    first, second, kept = publish(agency("A force"), agency("The force"), agency("The Force"))
    merge_entry(first, second, at=LATER)
    merge_entry(second, kept, at=LATER)
    assert client.get(detail(first))["Location"] == detail(kept)
    former = client.get(detail(kept)).json()["former_references"]
    assert former == [first.reference, second.reference]


def test_a_copy_held_by_its_time_alone_does_not_hide_a_merge(client):
    gone, kept = publish(agency("C.T.D."), agency("Counter Terrorism Department"))
    held = {"If-Modified-Since": client.get(detail(kept))["Last-Modified"]}
    assert client.get(detail(kept), headers=held).status_code == 304
    merge_entry(gone, kept, at=LATER)
    assert client.get(detail(kept), headers=held).status_code == 200


def test_the_revisions_of_a_merged_object_can_still_be_cited(client):
    gone, kept = publish(agency("C.T.D."), agency("Counter Terrorism Department"))
    merge_entry(gone, kept, at=LATER)
    assert client.get(detail(gone, 1)).json()["name"] == "C.T.D."
    answer = client.get(detail(gone, 2))
    assert_problem(answer, 308, "merged")
    assert answer["Location"] == detail(kept)


@pytest.mark.parametrize(
    "reference",
    ["INC-2026-9999", "inc-2026-0001", "INC-26-1", "1", "%00", "INC-2026-0001%0A", "..", "é" * 300],
)
def test_what_never_existed_is_not_found(client, reference):
    publish_incident()
    answer = client.get(f"/api/v1/incidents/{reference}/")
    assert_problem(answer, 404, "not-found")


def test_a_reference_of_another_kind_says_where_to_look(client):
    publish_incident()
    problem = assert_problem(client.get("/api/v1/incidents/VIO-2026-0001/"), 404, "not-found")
    assert "/api/v1/violations/" in problem["detail"]


def test_details_take_no_parameters_but_the_format(client):
    entry = publish_incident()
    assert client.get(f"{detail(entry)}?format=json").status_code == 200
    problem = assert_problem(client.get(f"{detail(entry)}?page=1"), 400, "parameters")
    assert problem["errors"][0]["parameter"] == "page"
