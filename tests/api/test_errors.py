"""Every way to fail, each in the one shape that errors have."""

import json

import pytest
from django.http import Http404
from django.test import RequestFactory
from django.urls import path

from api import errors
from api.problem_types import PROBLEM_TYPES
from api.views.base import ReadView
from config.urls import urlpatterns as site_addresses
from tests.api.shapes import assert_open, assert_problem
from tests.record.factories import publish_incident

pytestmark = pytest.mark.django_db

UNKNOWN_ADDRESSES = (
    "nothing/",
    "nothing",
    "incidents/INC-2026-0001/r/",
    "incidents/INC-2026-0001/r/one/",
    "incidents/INC-2026-0001/slug/",
    "incidents//",
    "index.html",
    "admin/",
    "<script>alert(1)</script>/",
    "%00/",
    "problems/nothing/",
    "vocabularies/nothing/",
)
EVERY_ADDRESS = (
    "",
    "incidents/",
    "victims/",
    "violations/",
    "agencies/",
    "legal-actions/",
    "sources/",
    "incidents/INC-2026-0001/",
    "incidents/INC-2026-0001/r/1/",
    "incidents/INC-2026-0001/r/1/seal/",
    "changes/",
    "limits/",
    "statistics/?group_by=year",
    "coverage/",
    "areas/",
    "vocabularies/",
    "vocabularies/grade/",
    "problems/",
    "problems/not-found/",
)

LISTED = {"incidents", "victims", "violations", "agencies", "legal-actions", "sources"}


class BrokenView(ReadView):
    """Fails in a way that says a lot about the inside."""

    def get(self, request):
        raise RuntimeError("secret of the inside")


class MissingView(ReadView):
    def get(self, request):
        raise Http404("secret of the inside")


urlpatterns = [
    path("api/v1/broken/", BrokenView.as_view()),
    path("api/v1/missing/", MissingView.as_view()),
    *site_addresses,
]


@pytest.mark.parametrize("address", UNKNOWN_ADDRESSES)
def test_an_unknown_address_is_a_problem_like_any_other(client, address):
    answer = client.get(f"/api/v1/{address}", headers={"Accept": "text/html,*/*"})
    assert_problem(answer, 404, "not-found")
    assert "script" not in answer.content.decode()


def test_a_missing_slash_is_made_good(client):
    answer = client.get("/api/v1/incidents?type=torture")
    assert_problem(answer, 308, "address")
    assert answer["Location"] == "/api/v1/incidents/?type=torture"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
@pytest.mark.parametrize("address", ["", "incidents/", "incidents/INC-2026-0001/", "nothing/"])
def test_nothing_can_be_written(client, address, method):
    answer = getattr(client, method)(f"/api/v1/{address}")
    # The trail of changes looks who is there before anything is written.
    del answer["Vary"]
    answer["Vary"] = "Accept"
    assert_problem(answer, 405, "method")
    assert answer["Allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("address", EVERY_ADDRESS)
@pytest.mark.parametrize(
    "accept", ["text/html", "text/turtle", "application/xml", "application/json;q=0"]
)
def test_a_format_that_is_not_offered_is_not_acceptable(client, address, accept):
    answer = client.get(f"/api/v1/{address}", headers={"Accept": accept})
    problem = assert_problem(answer, 406, "not-acceptable")
    assert "application/json" in problem["detail"]


@pytest.mark.parametrize(
    "address", [each for each in EVERY_ADDRESS if each.rstrip("/") not in LISTED]
)
def test_what_is_no_list_is_offered_in_no_table(client, address):
    answer = client.get(f"/api/v1/{address}", headers={"Accept": "text/csv"})
    assert_problem(answer, 406, "not-acceptable")


@pytest.mark.parametrize("address", EVERY_ADDRESS)
@pytest.mark.parametrize(
    "accept",
    [
        "",
        "*/*",
        "application/json",
        "application/*",
        "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    ],
)
def test_json_comes_out_for_programs_and_browsers_alike(client, address, accept):
    publish_incident()
    answer = client.get(f"/api/v1/{address}", headers={"Accept": accept})
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/json"
    assert_open(answer)


@pytest.mark.parametrize("address", EVERY_ADDRESS)
def test_an_explicit_format_wins_over_the_header(client, address):
    publish_incident()
    separator = "&" if "?" in address else "?"
    answer = client.get(f"/api/v1/{address}{separator}format=json", headers={"Accept": "text/html"})
    assert answer.status_code == 200


@pytest.mark.parametrize("address", EVERY_ADDRESS)
@pytest.mark.parametrize("name", ["format", "nonsense"])
def test_every_address_refuses_what_it_does_not_know(client, address, name):
    publish_incident()
    separator = "&" if "?" in address else "?"
    answer = client.get(f"/api/v1/{address}{separator}{name}=xml")
    problem = assert_problem(answer, 400, "parameters")
    assert [error["parameter"] for error in problem["errors"]] == [name]


@pytest.mark.urls(__name__)
def test_a_fault_of_ours_tells_nothing_and_is_logged_under_its_number(client, caplog):
    client.raise_request_exception = False
    answer = client.get("/api/v1/broken/", headers={"Accept": "text/html,*/*"})
    problem = assert_problem(answer, 500, "server")
    assert "secret" not in answer.content.decode()
    assert "RuntimeError" not in answer.content.decode()
    (record,) = [each for each in caplog.records if each.name == "api.errors"]
    assert problem["request_id"] in record.getMessage()
    assert record.exc_info[0] is RuntimeError


@pytest.mark.urls(__name__)
def test_a_fault_of_ours_reaches_whoever_watches_for_faults(client):
    with pytest.raises(RuntimeError, match="secret of the inside"):
        client.get("/api/v1/broken/")


@pytest.mark.urls(__name__)
def test_what_a_view_says_of_something_missing_stays_inside(client):
    answer = client.get("/api/v1/missing/")
    assert_problem(answer, 404, "not-found")
    assert "secret" not in answer.content.decode()


@pytest.mark.parametrize("address", ["/api/", "/api/v2/", "/api/v2/incidents/"])
def test_addresses_of_no_version_are_problems_too(client, address):
    assert_problem(client.get(address), 404, "not-found")


def test_an_unknown_host_is_a_problem_too(client):
    answer = client.get("/api/v1/", headers={"Host": "evil.example"})
    assert_problem(answer, 400, "bad-request")
    assert "evil" not in answer.content.decode()


@pytest.mark.parametrize(
    ("handler", "status", "slug"),
    [
        (lambda request: errors.bad_request(request, Exception("secret")), 400, "bad-request"),
        (lambda request: errors.page_not_found(request, Exception("secret")), 404, "not-found"),
        (errors.server_error, 500, "server"),
    ],
)
def test_handlers_of_the_whole_site_have_a_form_for_the_api(handler, status, slug):
    answer = handler(RequestFactory().get("/api/nothing/"))
    answer.json = lambda: json.loads(answer.content)
    assert_problem(answer, status, slug)
    assert b"secret" not in answer.content


def test_the_type_of_an_error_is_an_address_that_explains_it(client):
    for slug, problem in PROBLEM_TYPES.items():
        description = client.get(problem.address).json()
        assert description == {
            "type": f"/api/v1/problems/{slug}/",
            "status": problem.status,
            "title": problem.title,
            "meaning": problem.meaning,
        }


@pytest.mark.parametrize(
    ("address", "anchor"),
    [
        ("violations/?type=tortur", "parameter-type"),
        ("violations/?type__not=tortur", "parameter-type"),
        ("violations/?tipe=torture", "parameter-type"),
        ("violations/?perpetrator=army", "parameter-agency"),
        ("violations/?callback=f", "parameters"),
        ("violations/?cursor=abc", "parameter-cursor"),
        ("violations/?sample=none", "parameter-sample"),
        ("violations/?sample=2&seed=x", "parameter-seed"),
        ("violations/?format=xml", "parameter-format"),
        ("legal-actions/?forum=nobody", "parameter-forum"),
        ("statistics/?group_by=colour", "parameter-group_by"),
        ("statistics/?group_by=type&unit=cases", "parameter-unit"),
        ("statistics/?group_by=district&boundaries=then", "parameter-boundaries"),
        ("violations.atom?lang=fr", "parameter-lang"),
        ("changes/?after=x", "parameter-after"),
        ("changes.atom?before=x", "parameter-before"),
        ("areas/?level=street", "parameter-level"),
        ("areas/?within=nowhere", "parameter-within"),
        ("limits/?x=1", "parameters"),
    ],
)
def test_an_error_leads_to_where_the_parameter_is_explained(client, db, address, anchor):
    (error,) = client.get(f"/api/v1/{address}").json()["errors"]
    path, _hash, found = error["documentation"].partition("#")
    assert found == anchor
    assert f'id="{anchor}"' in client.get(path).content.decode()


def test_all_kinds_of_error_are_listed(client):
    listed = client.get("/api/v1/problems/").json()["results"]
    assert [each["type"] for each in listed] == [each.address for each in PROBLEM_TYPES.values()]


@pytest.mark.parametrize(
    ("address", "headers"),
    [
        ("incidents/?" + "&".join(f"p{number}=1" for number in range(1001)), {}),
        ("incidents/?%ff=%fe", {}),
        ("incidents/?q=%ed%a0%80", {}),
        ("incidents/%ff/", {}),
        ("incidents/?type=" + "x" * 20_000, {}),
        ("incidents/" + "x" * 5_000 + "/", {}),
        ("incidents/?;drop table", {}),
        ("incidents/", {"Accept": ";;;"}),
        ("incidents/", {"Accept": "json"}),
        ("incidents/", {"If-None-Match": '"unclosed', "If-Modified-Since": "yesterday"}),
        ("incidents/", {"Accept-Language": "ur", "Accept-Encoding": "br", "Range": "bytes=0-1"}),
        ("//evil.example/", {}),
        ("incidents/../../admin/", {}),
    ],
)
def test_hostile_requests_get_an_answer_in_json(client, address, headers):
    answer = client.get(f"/api/v1/{address}", headers=headers)
    assert answer.status_code in {200, 400, 404, 406}
    assert answer["Content-Type"].endswith("json")
    answer.json()
    assert_open(answer)
