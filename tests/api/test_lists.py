"""The envelope of lists, pages and their refusal, ordering and selection of fields."""

import re
from datetime import UTC, datetime

import pytest

from tests.api.shapes import assert_open, assert_problem, assert_refused, references
from tests.record.factories import (
    account,
    date_value,
    hostile_incidents,
    publish_incident,
    violation,
)
from tests.record.many import many_sources

pytestmark = pytest.mark.django_db

KINDS = ("incidents", "victims", "violations", "agencies", "legal-actions", "sources")


def test_the_envelope_says_what_was_asked_and_how_to_cite_it(client, settings):
    settings.GAWAH_ORGANISATION = "Witness Office"
    publish_incident(date="2023-10-29", area="PK211")
    publish_incident(date="2023", area="PK211")
    publish_incident(date="", area="PK211")
    publish_incident(date="2023-10-05", area="PK2")
    before = datetime.now(UTC).replace(microsecond=0)

    answer = client.get(
        "/api/v1/violations/?type=enforced-disappearance&district=Kech"
        "&date_from=2023-10&date_to=2023-10&fields=reference"
    )

    envelope = answer.json()
    generated_at = datetime.fromisoformat(envelope["meta"].pop("generated_at"))
    assert before <= generated_at <= datetime.now(UTC)
    url = (
        "http://testserver/api/v1/violations/?type=enforced-disappearance&district=PK211"
        "&date_from=2023-10-01&date_to=2023-10-31"
    )
    question = "Enforced disappearances in Kech, possibly between 2023-10-01 and 2023-10-31"
    assert envelope == {
        "count": 2,
        "count_certain": 1,
        "next": None,
        "previous": None,
        "results": [{"reference": "VIO-2026-0001"}, {"reference": "VIO-2026-0002"}],
        "meta": {
            "question": question,
            "unit": "violations",
            "dataset_version": 16,
            "licence": "CC BY 4.0",
            "cite": (
                f"Witness Office: {question}. Dataset version 16. {url} "
                f"(retrieved {generated_at.date()}; CC BY 4.0)."
            ),
            "caveat": "Documented cases, not all cases: do not read trends from them.",
            "collecting_bodies": ["Witness Office"],
            "date_basis": (
                "When the violation began; for an incident without violations, "
                "when the incident began."
            ),
            "undated": 1,
            "dated_otherwise": 0,
            "notes": [],
            "unplaced": 1,
            "languages": ["en", "ur"],
        },
    }
    assert_open(answer)


@pytest.mark.parametrize("resource", ["incidents/", "violations/", "statistics/?group_by=year"])
def test_an_answer_says_how_many_count_on_the_date_of_another_claimant(client, resource):
    publish_incident(date="2023-10-29", accounts=[account(answer_date=date_value("2023-11-20"))])
    address = f"/api/v1/{resource}{'&' if '?' in resource else '?'}"
    november = client.get(f"{address}date_from=2023-11&date_to=2023-11").json()
    assert (november["count"], november["meta"]["dated_otherwise"]) == (0, 1)
    whenever = client.get(address).json()
    assert (whenever["count"], whenever["meta"]["dated_otherwise"]) == (1, 0)


@pytest.mark.parametrize("resource", KINDS)
def test_an_empty_record_gives_an_empty_list(client, resource):
    envelope = client.get(f"/api/v1/{resource}/").json()
    assert (envelope["count"], envelope["count_certain"], envelope["results"]) == (0, 0, [])
    assert envelope["meta"]["unit"] == resource
    assert envelope["meta"]["dataset_version"] == 0


@pytest.mark.parametrize("ordering", ["date", "-date", "changed", "-changed"])
def test_following_next_gives_every_record_once(client, ordering):
    hostile_incidents(10)
    url = f"/api/v1/incidents/?page_size=3&ordering={ordering}"
    seen = []
    while url:
        answer = client.get(url)
        assert answer.json()["count"] == 10
        seen += references(answer)
        url = answer.json()["next"]
    assert len(seen) == 10
    assert len(set(seen)) == 10


def test_next_and_previous_keep_the_question_and_stand_in_the_link_header_too(client):
    hostile_incidents(3)
    answer = client.get("/api/v1/incidents/?page=2&page_size=1&ordering=date&fields=reference")
    base = "http://testserver/api/v1/incidents/?ordering=date"
    before = f"{base}&page=1&page_size=1&fields=reference"
    after = f"{base}&page=3&page_size=1&fields=reference"
    assert answer.json()["previous"] == before
    assert answer.json()["next"] == after
    assert answer["Link"] == f'<{after}>; rel="next", <{before}>; rel="prev"'


def test_a_single_page_has_no_link_header(client):
    publish_incident()
    assert "Link" not in client.get("/api/v1/incidents/")


def test_a_page_behind_the_last_one_is_refused_and_the_last_one_named(client):
    hostile_incidents(3)
    assert_refused(client.get("/api/v1/incidents/?page=3&page_size=2"), "page", "2")


def test_hostile_texts_come_out_as_they_went_in(client):
    entries = hostile_incidents()
    documents = client.get("/api/v1/incidents/?ordering=changed").json()["results"]
    assert documents == [entry.content() for entry in entries]


def test_fields_select_members_in_the_order_of_the_request(client):
    publish_incident("Taken at night")
    answer = client.get("/api/v1/incidents/?fields=title,reference")
    assert answer.json()["results"] == [{"title": "Taken at night", "reference": "INC-2026-0001"}]


@pytest.mark.parametrize(
    ("query", "parameter", "suggestion"),
    [
        ("tipe=torture", "tipe", "type"),
        ("type=enforced-disapearance", "type", "enforced-disappearance"),
        ("date_from=yesterday", "date_from", None),
        ("date_mode=certain", "date_mode", None),
        ("page=0", "page", None),
        ("page=first", "page", None),
        ("page_size=201", "page_size", "200"),
        ("page=51&page_size=200", "page", None),
        ("ordering=titel", "ordering", None),
        ("fields=titel", "fields", "title"),
        ("format=jsn", "format", "json"),
        ("format=", "format", "json"),
        ("type__isnull=maybe", "type__isnull", "type"),
        ("named=maybe", "named", None),
        ("q=%00", "q", None),
        ("district=", "district", None),
        ("page=1&page=2", "page", None),
        ("cursor=abc", "cursor", "first"),
        ("page=2&cursor=first", "page", None),
    ],
)
def test_what_is_not_understood_is_refused_by_name(client, query, parameter, suggestion):
    publish_incident()
    assert_refused(client.get(f"/api/v1/incidents/?{query}"), parameter, suggestion)


def test_all_faults_are_reported_at_once(client):
    answer = client.get("/api/v1/incidents/?tipe=x&page=0&district=Atlantis")
    problem = assert_problem(answer, 400, "parameters")
    assert {error["parameter"] for error in problem["errors"]} == {"tipe", "page", "district"}
    assert "3 parameters" in problem["detail"]


def test_an_ambiguous_place_lists_what_it_may_mean(client):
    error = assert_refused(client.get("/api/v1/incidents/?area=Sahiwal"), "area")
    assert len(error["candidates"]) >= 2
    for candidate in error["candidates"]:
        assert set(candidate) == {"code", "label"}
        answer = client.get(f"/api/v1/incidents/?area={candidate['code']}")
        assert answer.status_code == 200


@pytest.mark.parametrize("resource", KINDS)
def test_nothing_that_was_sent_comes_back_in_an_error(client, resource):
    canary = "xq7zzcanary"
    for name in ("type", "district", "name", "date_from", "page", "fields", "format", "ordering"):
        for value in (canary, f"<b>{canary}</b>"):
            answer = client.get(f"/api/v1/{resource}/", {name: value})
            if name != "name":
                assert_problem(answer, 400, "parameters")
                assert canary not in answer.content.decode()


def test_an_unreadable_parameter_name_is_not_repeated(client):
    answer = client.get("/api/v1/incidents/?%3Cscript%3E=1")
    problem = assert_problem(answer, 400, "parameters")
    assert "script" not in problem["errors"][0]["parameter"]


def test_the_same_question_finds_the_same_whatever_the_spelling(client):
    publish_incident(area="PK211")
    publish_incident(area="PK2")
    spellings = ("PK211", "Kech", "kech", "Ketch", "کیچ")
    found = {
        tuple(references(client.get("/api/v1/incidents/", {"district": s}))) for s in spellings
    }
    assert len(found) == 1
    assert len(found.pop()) == 1


def test_comma_and_repetition_are_or_and_parameters_are_and(client):
    publish_incident(area="PK211", violations=[violation("torture")])
    publish_incident(area="PK211", violations=[violation("enforced-disappearance")])
    publish_incident(area="PK2", violations=[violation("torture")])
    for query, count in [
        ("type=torture,enforced-disappearance", 3),
        ("type=torture&type=enforced-disappearance", 3),
        ("type=torture&district=PK211", 1),
        ("type__not=torture", 1),
    ]:
        assert client.get(f"/api/v1/incidents/?{query}").json()["count"] == count


def test_a_copy_that_is_still_current_is_not_sent_again(client):
    publish_incident()
    first = client.get("/api/v1/incidents/?type=liberty")
    again = client.get("/api/v1/incidents/?type=liberty", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    assert again.content == b""
    assert again["ETag"] == first["ETag"]
    assert_open(again)


def test_beyond_the_last_page_by_number_the_way_on_is_named(client):
    error = assert_refused(client.get("/api/v1/incidents/?page=51&page_size=200"), "page")
    assert error["message"] == (
        "Pages reach 10000 rows. Begin again with cursor=first and follow next, or take the whole "
        "list as a file: csv, csv-plain, ndjson, geojson, xlsx."
    )


def test_following_next_leads_beyond_what_page_numbers_reach(client):
    many_sources(10_150)
    found = client.get("/api/v1/sources/?page=49&page_size=200&fields=reference").json()
    assert "page=50" in found["next"]
    seen, steps = set(), 0
    while found["next"]:
        answer = client.get(found["next"])
        found = answer.json()
        page = references(answer)
        assert not seen & set(page)
        seen.update(page)
        steps += 1
    assert steps == 2
    assert len(seen) == 10_150 - 49 * 200
    assert "cursor=" in found["previous"]


def test_cursors_stand_in_the_link_header_too(client):
    hostile_incidents(3)
    first = client.get("/api/v1/incidents/?cursor=first&page_size=1")
    second = client.get(first.json()["next"])
    assert first["Link"] == f'<{first.json()["next"]}>; rel="next"'
    assert second["Link"] == (
        f'<{second.json()["next"]}>; rel="next", <{second.json()["previous"]}>; rel="prev"'
    )
    assert client.get(second.json()["previous"]).json()["results"] == first.json()["results"]


def test_a_walk_by_cursor_counts_and_cites_like_a_page(client):
    hostile_incidents(3)
    page = client.get("/api/v1/incidents/?type=liberty").json()
    stretch = client.get("/api/v1/incidents/?type=liberty&cursor=first").json()
    for envelope in (page, stretch):
        del envelope["meta"]["generated_at"]
    assert stretch == page


def test_a_publication_makes_every_copy_stale(client):
    publish_incident()
    first = client.get("/api/v1/incidents/")
    publish_incident()
    again = client.get("/api/v1/incidents/", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 200
    assert again.json()["count"] == 2


def test_the_tag_of_one_question_is_no_use_for_another(client):
    first = client.get("/api/v1/incidents/")
    other = client.get("/api/v1/incidents/?tipe=x", headers={"If-None-Match": first["ETag"]})
    assert_refused(other, "tipe", "type")


def test_a_wrong_question_is_wrong_whatever_the_client_holds(client):
    answer = client.get("/api/v1/incidents/?tipe=x", headers={"If-None-Match": "*"})
    assert_refused(answer, "tipe", "type")


def test_lists_are_readable_line_by_line(client):
    publish_incident()
    publish_incident()
    lines = client.get("/api/v1/incidents/").content.decode().splitlines()
    assert [bool(re.match(r'\{"reference":', line)) for line in lines[1:3]] == [True, True]
