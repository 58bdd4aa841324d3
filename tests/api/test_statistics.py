"""Counts in buckets, each of which leads to exactly the records it counts."""

import pytest

from tests.api.shapes import assert_problem, assert_refused
from tests.record.factories import (
    agency,
    hostile_incidents,
    involvement,
    publish_incident,
    unnamed_victim,
    victim,
    violation,
)

pytestmark = pytest.mark.django_db

BASE = "http://testserver/api/v1/violations/"
DIMENSIONS = (
    *("province", "division", "district", "month", "year", "type", "type_group", "status"),
    *("sex", "age_group", "agency", "grade", "attribution"),
)


def statistics(client, query):
    answer = client.get(f"/api/v1/statistics/?{query}")
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_the_whole_answer(client):
    publish_incident(date="2023-10-29", area="PK211")
    publish_incident(date="2023", area="PK211")
    publish_incident(date="2023-11-2X", area=None)

    found = statistics(client, "group_by=district,month&date_from=2023-10&date_to=2023-11")

    found["meta"].pop("generated_at")
    cite = found["meta"].pop("cite")
    assert "/api/v1/statistics/?unit=violations&group_by=district,month&date_from=" in cite
    question = "Violations, possibly between 2023-10-01 and 2023-11-30"
    kech = {"code": "PK211", "label": "Kech", "unknown": False}
    nowhere = {"code": "unknown", "label": "district unknown", "unknown": True}
    dates = "date_from=2023-10-01&date_to=2023-11-30"
    assert found == {
        "count": 3,
        "count_certain": 2,
        "people": None,
        "adds_up": True,
        "group_by": [
            {"name": "district", "label": "District"},
            {"name": "month", "label": "Month"},
        ],
        "boundaries": None,
        "buckets": [
            {
                "district": kech,
                "month": {"code": "2023-10", "label": "October 2023", "unknown": False},
                "count": 1,
                "count_certain": 1,
                "people": None,
                "url": f"{BASE}?district=PK211&{dates}&month=2023-10",
            },
            {
                "district": kech,
                "month": {"code": "2023-XX", "label": "2023, month unknown", "unknown": False},
                "count": 1,
                "count_certain": 0,
                "people": None,
                "url": f"{BASE}?district=PK211&{dates}&month=2023-XX",
            },
            {
                "district": nowhere,
                "month": {"code": "2023-11", "label": "November 2023", "unknown": False},
                "count": 1,
                "count_certain": 1,
                "people": None,
                "url": f"{BASE}?district=unknown&{dates}&month=2023-11",
            },
            {
                "district": nowhere,
                "month": {"code": "unknown", "label": "date unknown", "unknown": True},
                "count": 0,
                "count_certain": 0,
                "people": None,
                "url": None,
            },
        ],
        "meta": {
            "question": question,
            "unit": "violations",
            "dataset_version": 12,
            "licence": "CC BY 4.0",
            "caveat": "Documented cases, not all cases: do not read trends from them.",
            "collecting_bodies": ["Gawah"],
            "date_basis": (
                "When the violation began; for an incident without violations, "
                "when the incident began."
            ),
            "undated": 0,
            "dated_otherwise": 0,
            "notes": [],
            "unplaced": 0,
            "languages": ["en", "ur"],
        },
    }


def test_figures_by_the_boundaries_of_a_day_name_it_and_lead_to_what_they_count(client):
    publish_incident(area="PK210")
    publish_incident(area="PK233")
    found = statistics(client, "group_by=district&boundaries=2010-01-01&type=liberty")
    kalat = found["buckets"][0]
    assert (kalat["district"]["code"], kalat["count"]) == ("PK210", 2)
    assert client.get(kalat["url"]).json()["count"] == 2
    assert (found["count"], found["adds_up"]) == (2, True)
    assert found["boundaries"]["date"] == "2010-01-01"
    (under,) = [each for each in found["boundaries"]["rolled_up"] if each["code"] == "PK210"]
    assert [area["code"] for area in under["areas"]] == ["PK233"]
    assert found["meta"]["question"].endswith(", by the boundaries of 2010-01-01")
    assert "&boundaries=2010-01-01" in found["meta"]["cite"]
    after = statistics(client, "group_by=district&boundaries=2020-01-01&type=liberty")
    assert after["count"] == 2
    assert [each["count"] for each in after["buckets"]] == [1, 1, 0]


@pytest.mark.parametrize(
    "query",
    [
        *("boundaries=2010", "boundaries=2010-01", "boundaries=2010-02-30", "boundaries=20100101"),
        *("boundaries=2010-W01-1", "boundaries=2999-01-01", "boundaries=today", "boundaries="),
        "boundaries=2010-01-01&boundaries=2011-01-01",
    ],
)
def test_a_day_that_is_none_is_refused(client, query):
    assert_refused(client.get(f"/api/v1/statistics/?group_by=district&{query}"), "boundaries")


def test_boundaries_without_a_place_to_group_by_are_refused(client):
    answer = client.get("/api/v1/statistics/?group_by=year,type&boundaries=2010-01-01")
    assert_refused(answer, "boundaries")


def test_a_list_takes_no_boundaries(client):
    assert_refused(client.get("/api/v1/violations/?boundaries=2010-01-01"), "boundaries")


@pytest.mark.parametrize("unit", ["violations", "incidents", "victims"])
def test_every_bucket_leads_to_the_records_it_counts(client, unit):
    police = agency("Police", type="police")
    hostile_incidents(7)
    publish_incident(
        date="2006-03",
        violations=[
            violation("torture", victim=unnamed_victim(), involvements=[involvement(police)]),
            violation("extrajudicial-killing", victim=victim("Somebody", status=None)),
        ],
    )
    for dimension in DIMENSIONS:
        found = statistics(client, f"unit={unit}&group_by={dimension}&date_to=2023-10-29")
        assert found["meta"]["unit"] == unit
        filled = [bucket for bucket in found["buckets"] if bucket["url"]]
        assert filled
        for bucket in filled:
            listed = client.get(bucket["url"]).json()
            assert listed["count"] == bucket["count"]
            assert listed["count_certain"] == bucket["count_certain"]


def test_what_is_unknown_has_a_bucket_even_when_it_is_empty(client):
    publish_incident(date="2023-10-29", area="PK211")
    (bucket,) = [b for b in statistics(client, "group_by=district")["buckets"] if b["count"] == 0]
    assert bucket["district"]["unknown"] is True


def test_people_are_counted_apart_from_groups_of_unknown_size(client):
    publish_incident(
        violations=[
            violation(victim=victim("One man")),
            violation(victim=unnamed_victim(12, estimated=True)),
            violation(victim=unnamed_victim(None)),
        ]
    )
    found = statistics(client, "unit=victims&group_by=district")
    assert found["count"] == 3
    people = {"known": 13, "estimated": 12, "groups_of_unknown_size": 1}
    assert found["people"] == people
    assert found["buckets"][0]["people"] == people


def test_buckets_that_overlap_say_so(client):
    corps, wing = agency("Frontier Corps", type="paramilitary"), agency("Police", type="police")
    both = [involvement(corps), involvement(wing)]
    publish_incident(violations=[violation(involvements=both)])
    found = statistics(client, "group_by=agency")
    assert found["adds_up"] is False
    assert found["count"] == 1
    assert [bucket["count"] for bucket in found["buckets"]] == [1, 1, 0]


@pytest.mark.parametrize(
    ("query", "parameter", "suggestion"),
    [
        ("", "group_by", None),
        ("group_by=", "group_by", None),
        ("group_by=distrct", "group_by", "district"),
        ("group_by=district,district", "group_by", None),
        ("group_by=district,month,type", "group_by", None),
        ("group_by=year&unit=violation", "unit", "violations"),
        ("group_by=year&unit=agencies", "unit", None),
        ("group_by=year&unit=incidents&unit=victims", "unit", None),
        ("group_by=year&page=1", "page", None),
        ("group_by=year&page_size=10", "page_size", None),
        ("group_by=year&fields=reference", "fields", None),
        ("group_by=year&ordering=date", "ordering", None),
        ("group_by=year&tipe=torture", "tipe", "type"),
        ("group_by=year&type=tortur", "type", "torture"),
    ],
)
def test_what_is_not_understood_is_refused_by_name(client, query, parameter, suggestion):
    assert_refused(client.get(f"/api/v1/statistics/?{query}"), parameter, suggestion)


def test_all_faults_are_reported_at_once(client):
    answer = client.get("/api/v1/statistics/?group_by=weather&page=1&type=tortur")
    problem = assert_problem(answer, 400, "parameters")
    assert [error["parameter"] for error in problem["errors"]] == ["group_by", "page", "type"]


def test_figures_that_are_still_current_are_not_sent_again(client):
    publish_incident()
    first = client.get("/api/v1/statistics/?group_by=year")
    same = {"If-None-Match": first["ETag"]}
    assert client.get("/api/v1/statistics/?group_by=year", headers=same).status_code == 304
    publish_incident()
    assert client.get("/api/v1/statistics/?group_by=year", headers=same).status_code == 200
