"""The description of the API for programs is valid, complete and true."""

import json

import pytest
import schemathesis
from django import forms
from django.http import QueryDict
from jsonschema import Draft202012Validator

from api.schema.document import addressed, template
from api.schema.operations import OPERATIONS, WITHOUT_OPERATION
from api.schema.parameters import shape_of
from api.urls import urlpatterns
from record.filters import FILTERS
from record.kinds import Kind
from record.models.entry import ENTRY_OF
from record.questions import ask
from record.writing import withdraw_entries
from reference.models import Term
from tests.api.case import publish_case
from tests.api.shapes import assert_open, assert_refused
from tests.record import factories
from tests.schemas import faults

pytestmark = pytest.mark.django_db

ADDRESS = "/api/v1/schema/"


def described(client):
    response = client.get(ADDRESS)
    assert response.status_code == 200
    return response.json()


def schema_of(document, path, status="200", media_type="application/json"):
    answers = document["paths"][path]["get"]["responses"]
    return answers[status]["content"][media_type]["schema"]


def assert_described(document, path, response, media_type="application/json"):
    """The answer is what the description says of this address, and holds nothing else."""
    shape = schema_of(document, path, str(response.status_code), media_type)
    assert faults(response.json(), shape, document["components"]["schemas"]) == []


# --- the document -------------------------------------------------------------------------------


def test_it_is_valid_openapi(client):
    schemathesis.openapi.from_dict(described(client)).validate()


def test_every_shape_is_valid_json_schema(client):
    document = described(client)
    for shape in document["components"]["schemas"].values():
        Draft202012Validator.check_schema(shape)


def test_every_reference_inside_leads_somewhere(client):
    document = described(client)
    parts = json.dumps(document).split('"$ref": "#/')[1:]
    for path in {each.split('"')[0] for each in parts}:
        found = document
        for step in path.split("/"):
            found = found[step]


def test_every_address_has_an_operation():
    names = {pattern.name for pattern in urlpatterns}
    missing = names - OPERATIONS.keys() - WITHOUT_OPERATION
    assert not missing, f"Add to OPERATIONS in api/schema/operations.py: {sorted(missing)}."
    gone = OPERATIONS.keys() - names
    assert not gone, f"Take out of OPERATIONS, since api/urls.py has it no more: {sorted(gone)}."


def test_every_address_is_described_once(client):
    paths = [template(each) for each in addressed(urlpatterns)]
    assert len(set(paths)) == len(paths)
    assert list(described(client)["paths"]) == paths


def test_operations_have_names_of_their_own(client):
    paths = described(client)["paths"].values()
    names = [each["get"]["operationId"] for each in paths]
    assert len(set(names)) == len(names)


def test_the_first_address_names_it(client):
    found = {each["name"]: each["url"] for each in client.get("/api/v1/").json()["resources"]}
    assert found["schema"] == f"http://testserver{ADDRESS}"


# --- parameters ---------------------------------------------------------------------------------


def parameters_of(document, path):
    return {each["name"]: each for each in document["paths"][path]["get"]["parameters"]}


@pytest.mark.parametrize("kind", list(Kind))
def test_every_parameter_of_a_list_is_described(client, kind):
    document = described(client)
    bound = FILTERS[kind.plural](QueryDict(), cursors=True, samples=True)
    found = parameters_of(document, f"/api/v1/{kind.plural}/")
    assert found.keys() == bound.filters.keys() | {"format"}
    assert [name for name, each in found.items() if not each["description"]] == []


@pytest.mark.parametrize("kind", list(Kind))
def test_the_example_of_a_parameter_is_one_that_it_takes(client, kind):
    publish_case()
    beside = {"date_mode": "&date_from=2023", "seed": "&sample=5"}
    found = parameters_of(described(client), f"/api/v1/{kind.plural}/")
    for name, each in found.items():
        value = each["example"]
        written = ",".join(map(str, value)) if isinstance(value, list) else json.dumps(value)
        query = f"{name}={written.strip(chr(34))}{beside.get(name, '')}"
        question = ask(kind.plural, QueryDict(query), cursors=True, samples=True)
        assert question.errors == [], query


def test_twins_are_described_as_what_they_are(client):
    found = parameters_of(described(client), "/api/v1/violations/")
    assert found["type__not"]["description"].startswith("Leave out: Violation.")
    assert found["type__and"]["description"].startswith("And also: Violation.")
    assert found["type__not"]["schema"] == found["type"]["schema"]


def test_codes_of_a_vocabulary_are_listed(client):
    found = parameters_of(described(client), "/api/v1/violations/")
    codes = found["type"]["schema"]["items"]["enum"]
    assert {"enforced-disappearance", "none"} <= set(codes)


def test_a_field_that_nobody_described_is_refused():
    with pytest.raises(TypeError, match=r"Say in api/schema/parameters\.py what EmailField takes"):
        shape_of(forms.EmailField())


@pytest.mark.parametrize("path", [template(each) for each in addressed(urlpatterns)])
def test_every_address_refuses_what_is_not_described(client, path):
    case = publish_case()
    found = parameters_of(described(client), path)
    assert "nonsense" not in found
    response = client.get(filled(path, case), {"nonsense": "1", **needed(found)})
    assert_refused(response, "nonsense")


# --- answers ------------------------------------------------------------------------------------


def filled(path, case):
    """An address with what the case published."""
    kind = next((each for each in Kind if path.startswith(f"/api/v1/{each.plural}/")), None)
    reference = ENTRY_OF[kind].objects.live().first().reference if kind else ""
    slug = "grade" if "vocabularies" in path else "withdrawn"
    return path.format(reference=reference, version=1, slug=slug, format="json")


def needed(parameters):
    """The least that an address needs to answer."""
    return {"group_by": "district"} if parameters.get("group_by", {}).get("required") else {}


JSON_PATHS = [
    template(each)
    for each in addressed(urlpatterns)
    if "application/json" in OPERATIONS[each.name].media
]


@pytest.mark.parametrize("path", JSON_PATHS)
def test_answers_in_json_are_as_described(client, path):
    case = publish_case()
    document = described(client)
    response = client.get(filled(path, case), needed(parameters_of(document, path)))
    assert response.status_code == 200
    assert_described(document, path, response)


@pytest.mark.parametrize("kind", list(Kind))
def test_lists_of_chosen_members_are_as_described(client, kind):
    publish_case()
    path = f"/api/v1/{kind.plural}/"
    response = client.get(path, {"fields": "reference", "sample": 5, "date_from": 2023})
    assert_described(described(client), path, response)


def test_statistics_by_two_dimensions_are_as_described(client):
    publish_case()
    query = {"unit": "victims", "group_by": "district,month"}
    path = "/api/v1/statistics/"
    assert_described(described(client), path, client.get(path, query))


def test_geojson_is_as_described(client):
    publish_case()
    response = client.get("/api/v1/incidents.geojson")
    document = described(client)
    shape = schema_of(document, "/api/v1/incidents.{format}", media_type="application/geo+json")
    body = json.loads(b"".join(response.streaming_content))
    assert list(Draft202012Validator(shape).iter_errors(body)) == []


def test_a_wrong_parameter_is_answered_as_described(client):
    path = "/api/v1/incidents/"
    response = client.get(path, {"district": "Quttea"})
    assert_described(described(client), path, response, "application/problem+json")


def test_a_withdrawn_record_is_answered_as_described(client):
    source = factories.publish(factories.source())
    withdraw_entries([source], reason="safety", at=factories.LATER)
    response = client.get(f"/api/v1/sources/{source.reference}/")
    assert response.status_code == 410
    path = "/api/v1/sources/{reference}/"
    assert_described(described(client), path, response, "application/problem+json")


@pytest.mark.parametrize("path", [template(each) for each in addressed(urlpatterns)])
def test_headers_that_are_promised_are_those_that_scripts_may_read(client, path):
    response = client.get(ADDRESS)
    assert_open(response)
    readable = set(response["Access-Control-Expose-Headers"].split(", ")) | {"Last-Modified"}
    answers = response.json()["paths"][path]["get"]["responses"].values()
    assert {name for each in answers for name in each.get("headers", {})} <= readable


# --- asking again -------------------------------------------------------------------------------


def test_who_holds_it_is_told_that_nothing_changed(client):
    etag = client.get(ADDRESS)["ETag"]
    again = client.get(ADDRESS, headers={"If-None-Match": etag})
    assert again.status_code == 304
    assert again.content == b""


def test_a_new_term_changes_it(client, django_capture_on_commit_callbacks):
    before = client.get(ADDRESS)
    with django_capture_on_commit_callbacks(execute=True):
        Term.objects.create(vocabulary="grade", code="rumoured", labels={"en": "Rumoured"})
    after = client.get(ADDRESS)
    assert after["ETag"] != before["ETag"]
    found = parameters_of(after.json(), "/api/v1/incidents/")
    assert "rumoured" in found["grade"]["schema"]["items"]["enum"]


def test_it_takes_no_parameters(client):
    assert_refused(client.get(ADDRESS, {"lang": "ur"}), "lang")
