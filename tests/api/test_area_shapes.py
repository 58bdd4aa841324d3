"""Areas as GeoJSON: boundaries where they are loaded, points elsewhere, and whole."""

import math

import pytest
from django.core.management import call_command

from reference import vocabularies
from reference.models import Area
from tests.api.test_contract import assert_refused
from tests.reference.boundary_factory import collection, feature, square

pytestmark = pytest.mark.django_db

KECH = (62.5, 25.6)


@pytest.fixture
def kech(tmp_path):
    """Kech with a boundary that nobody drew."""
    path = tmp_path / "boundaries.geojson"
    path.write_text(collection(feature("PK211", square(*KECH))), encoding="utf-8")
    credit = {"attribution": "Survey of Nowhere", "licence": "CC BY 4.0", "date": "2022-11"}
    call_command("load_boundaries", path, **credit, verbosity=0)
    return Area.objects.get(code="PK211")


def features(client, query=""):
    answer = client.get(f"/api/v1/areas/?format=geojson{query}")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/geo+json"
    return {each["id"]: each for each in answer.json()["features"]}


def test_a_boundary_is_given_with_whoever_drew_it(client, kech):
    found = features(client)["PK211"]
    assert found["geometry"]["type"] == "Polygon"
    assert {tuple(at) for at in found["geometry"]["coordinates"][0]} == set(square(*KECH))
    assert found["properties"]["precision"] == "boundary"
    boundary = found["properties"]["boundary"]
    assert boundary["attribution"] == "Survey of Nowhere"
    assert boundary["licence"] == "CC BY 4.0"
    assert boundary["date"]["text"] == "2022-11"


def test_without_a_boundary_there_is_the_point_or_nothing(client, kech):
    found = features(client, "&level=district")
    assert found["PK226"]["geometry"]["type"] == "Point"
    assert found["PK226"]["properties"]["precision"] == "point"
    bare = next(each for each in found.values() if each["geometry"] is None)
    assert bare["properties"]["precision"] is None
    assert found["PK226"]["properties"]["boundary"] is None


def test_the_file_holds_all_that_is_found(client, kech):
    answer = client.get("/api/v1/areas/?format=geojson")
    assert len(answer.json()["features"]) == answer.json()["count"] == Area.objects.count()
    assert answer.headers["X-Total-Count"] == str(Area.objects.count())
    assert "say nothing about the legal status" in answer.json()["caveat"]
    assert set(features(client, "&q=Kech&level=district")) == {"PK211"}


@pytest.mark.parametrize("given", ["page=2", "page_size=5"])
def test_a_file_has_no_pages(client, kech, given):
    name = given.partition("=")[0]
    assert_refused(client.get(f"/api/v1/areas/?format=geojson&{given}"), name)


def test_the_list_says_who_drew_a_boundary_and_leaves_it_out(client, kech):
    (found,) = client.get("/api/v1/areas/?q=Kech&level=district").json()["results"]
    assert found["boundary"]["attribution"] == "Survey of Nowhere"
    assert "coordinates" not in str(found)
    (bare,) = client.get("/api/v1/areas/?q=Panjgur&level=district").json()["results"]
    assert bare["boundary"] is None


def test_a_file_costs_the_same_queries_however_many_areas_it_has(
    client, kech, monkeypatch, django_assert_max_num_queries
):
    monkeypatch.setattr(vocabularies, "CHECK_EVERY", math.inf)
    features(client)
    costs = []
    for query in ("&q=Kech&level=district", ""):
        with django_assert_max_num_queries(12) as queries:
            features(client, query)
        costs.append(len(queries))
    assert costs[0] == costs[1]
