"""How the API lets itself be read: methods, other sites' scripts, caches, no cookies."""

import pytest
from django.urls import get_resolver

from reference.models import Area, Term
from reference.models.area import AreaName
from tests.api.case import publish_case
from tests.api.shapes import assert_open
from tests.api.test_errors import EVERY_ADDRESS

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def case(db):
    return publish_case()


@pytest.mark.parametrize("address", EVERY_ADDRESS)
def test_head_says_what_get_says_without_the_body(client, address):
    got = client.get(f"/api/v1/{address}")
    head = client.head(f"/api/v1/{address}")
    assert head.status_code == got.status_code == 200
    assert head.content == b""
    assert head["Content-Length"] == got["Content-Length"] == str(len(got.content))
    assert head.get("ETag") == got.get("ETag")


@pytest.mark.parametrize("address", [*EVERY_ADDRESS, "nothing/"])
def test_scripts_of_other_sites_may_ask_and_read(client, address):
    answer = client.options(
        f"/api/v1/{address}",
        headers={"Origin": "https://news.example", "Access-Control-Request-Method": "GET"},
    )
    assert answer.status_code == 204
    assert answer.content == b""
    assert answer["Allow"] == answer["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    allowed = answer["Access-Control-Allow-Headers"].split(", ")
    assert {"Accept", "Authorization", "If-None-Match", "If-Modified-Since"} <= set(allowed)
    assert answer["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("address", EVERY_ADDRESS)
def test_headers_that_clients_need_are_visible_to_scripts(client, address):
    answer = client.get(f"/api/v1/{address}", headers={"Origin": "https://news.example"})
    assert_open(answer)
    exposed = set(answer["Access-Control-Expose-Headers"].split(", "))
    assert exposed == {
        *("Content-Disposition", "ETag", "Link", "Location", "Retry-After", "WWW-Authenticate"),
        *("X-Dataset-Version", "X-Total-Count", "X-Caveat", "X-Collecting-Bodies"),
        *("X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset"),
    }
    assert "Access-Control-Allow-Credentials" not in answer


@pytest.mark.parametrize("address", EVERY_ADDRESS)
def test_copies_are_checked_each_time_so_that_a_withdrawal_reaches_them(client, address):
    assert client.get(f"/api/v1/{address}")["Cache-Control"] == "no-cache"


def test_cookies_make_no_difference(client):
    plain = client.get("/api/v1/incidents/")
    client.cookies["sessionid"] = "stolen-session"
    other = client.get("/api/v1/incidents/")
    assert other.json()["results"] == plain.json()["results"]
    assert not other.cookies


def test_every_address_of_the_api_is_tried_here():
    names = {
        pattern.name
        for resolver in get_resolver().url_patterns
        if getattr(resolver, "app_name", None) == "api"
        for pattern in resolver.url_patterns
    }
    tried = {
        *(
            "root",
            "statistics",
            "coverage",
            "changes",
            "limits",
            "areas",
            "vocabularies",
            "vocabulary",
            "schema",
        ),
        *("problems", "problem"),
        "sources-link",  # tried in test_source_links
    }
    kinds = {"incidents", "victims", "violations", "agencies", "legal-actions", "sources"}
    parts = (
        *("", "-file", "-detail", "-revision", "-seal"),
        *("-feed", "-citation", "-revision-citation"),  # tried in test_feeds and test_citations
    )
    assert names == tried | {"unknown", "changes-feed"} | {
        f"{kind}{part}" for kind in kinds for part in parts
    }


def test_the_first_address_leads_to_every_resource_by_an_example_that_works(client):
    index = client.get("/api/v1/").json()
    assert {resource["name"] for resource in index["resources"]} == {
        *("incidents", "victims", "violations", "agencies", "legal-actions", "sources"),
        *("statistics", "coverage", "changes", "areas", "vocabularies", "limits", "problems"),
        "schema",
    }
    for resource in index["resources"]:
        assert resource["holds"]
        for url in (resource["example"], resource["url"]):
            wanted = 400 if url == resource["url"] and resource["name"] == "statistics" else 200
            assert client.get(url).status_code == wanted
    assert index["dataset_version"] == 7
    assert index["licence"] == "CC BY 4.0"


def renamed_term():
    term = Term.objects.get(vocabulary="violation-type", code="enforced-disappearance")
    term.labels = {**term.labels, "en": "Renamed"}
    term.save()


def renamed_area():
    area = Area.objects.get(code="PK211")
    area.name = "Renamed"
    area.save()


def another_name_of_an_area():
    AreaName.objects.create(area=Area.objects.get(code="PK211"), name="Keych", kind="variant")


@pytest.mark.parametrize("change", [renamed_term, renamed_area, another_name_of_an_area])
@pytest.mark.parametrize(
    "address",
    ["/api/v1/statistics/?group_by=type", "/api/v1/incidents/?district=Kech", "/statistics/"],
)
def test_a_change_of_words_and_areas_makes_copies_old(client, change, address):
    tag = client.get(address)["ETag"]
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304
    change()
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 200
