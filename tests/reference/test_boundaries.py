"""Loading boundaries: which areas they are, what is wrong with a file, and how to mend it."""

import json

import pytest
import shapely
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from reference.models import Area, Boundary
from reference.outlines import read_outline
from tests.reference.area_factory import make_area
from tests.reference.boundary_factory import collection, feature, made_up_borders, square

pytestmark = pytest.mark.django_db

CREDIT = {"attribution": "Survey of Nowhere", "licence": "CC BY 4.0"}


@pytest.fixture
def districts():
    """Two districts beside each other, with points inside their squares."""
    country = make_area("XX", name="Land")
    west = make_area("XX1", "district", country, name="West", latitude=0.5, longitude=0.5)
    east = make_area("XX2", "district", country, name="East", latitude=0.5, longitude=1.5)
    return west, east


@pytest.fixture
def load(tmp_path, capsys):
    """Load a text as a file; returns what the command printed."""

    def run(text, **options):
        path = tmp_path / "boundaries.geojson"
        path.write_text(text, encoding="utf-8")
        call_command("load_boundaries", path, **{**CREDIT, **options})
        return capsys.readouterr().out

    return run


def both(**members):
    return collection(feature("XX1", square(0, 0)), feature("XX2", square(1, 0)), **members)


def stored():
    return dict(Boundary.objects.values_list("area__code", "outline"))


def test_features_are_matched_by_code_and_credited(districts, load):
    said = load(both(), date="2022-11")
    assert set(stored()) == {"XX1", "XX2"}
    west = Boundary.objects.get(area__code="XX1")
    assert (west.attribution, west.licence, str(west.dated)) == (*CREDIT.values(), "2022-11")
    assert (west.west, west.south, west.east, west.north) == (0, 0, 1, 1)
    assert (west.middle_latitude, west.middle_longitude) == (0.5, 0.5)
    assert "2 boundaries loaded by adm2_pcode" in said


def test_features_without_our_codes_are_matched_by_name(districts, load):
    said = load(
        collection(
            feature("NW01", square(0, 0), name="west"), feature("NW02", square(1, 0), name="East")
        )
    )
    assert "2 boundaries loaded by adm2_name" in said


def test_the_property_can_be_named(districts, load):
    shapes = [
        feature("XX2", square(0, 0), name="West", other="XX1"),
        feature("XX1", square(1, 0), name="East", other="XX2"),
    ]
    load(collection(*shapes), code_property="other")
    assert read_outline(stored()["XX1"])[0][0][0] in square(0, 0)
    with pytest.raises(CommandError, match="no feature has the property code"):
        load(collection(*shapes), code_property="code")


def test_codes_of_another_list_are_not_taken_for_ours(districts, load):
    said = load(collection(feature("XX1", square(0, 0)), feature("XX2", square(5, 5))))
    assert set(stored()) == {"XX1"}
    assert "Feature 2, left out: lies 5.7 degrees from East (XX2)" in said
    assert "--name-property" in said


def test_a_point_in_a_town_just_across_the_border_is_no_fault(districts, load):
    load(collection(feature("XX2", square(1.6, 0))))
    assert set(stored()) == {"XX2"}


def test_loading_again_replaces_and_leaves_other_areas_alone(districts, load):
    load(both())
    before = stored()
    load(collection(feature("XX1", square(0.2, 0))), attribution="Somebody else")
    after = stored()
    assert after["XX2"] == before["XX2"]
    assert after["XX1"] != before["XX1"]
    assert Boundary.objects.get(area__code="XX1").attribution == "Somebody else"


def test_all_are_removed_on_demand(districts, load, capsys):
    load(both())
    call_command("load_boundaries", remove=True)
    assert "2 boundaries removed." in capsys.readouterr().out
    assert stored() == {}


BOW_TIE = [(0, 0), (1, 1), (1, 0), (0, 1), (0, 0)]


@pytest.mark.parametrize(
    ("faulty", "words"),
    [
        (feature("XX2", BOW_TIE), "is not valid: Self-intersection"),
        (feature("XX2", BOW_TIE), "ogr2ogr -makevalid"),
        (feature("XX2", square(1, 0)[:-1]), "a ring that is not closed"),
        (feature("XX2", [(1, 0), (2, 0), (1, 0)]), "fewer than four positions"),
        (feature("XX2", []), "a ring without positions"),
        (feature("XX2"), "has no coordinates"),
        (feature("XX2", [("1", "0")]), "a position that is not two numbers"),
        ({**feature("XX2"), "geometry": None}, "has no geometry"),
        (
            {**feature("XX2"), "geometry": {"type": "Point", "coordinates": [1, 0]}},
            "is a Point; an area is a Polygon or a MultiPolygon",
        ),
        ({"type": "Polygon"}, "is not a Feature"),
        (feature("XX9", square(1, 0)), "no such area: XX9"),
        (feature("", square(1, 0)), "no such area: has no adm2_pcode"),
    ],
)
def test_a_feature_that_cannot_be_used_is_named_and_the_others_load(districts, load, faulty, words):
    said = load(collection(feature("XX1", square(0, 0)), faulty))
    assert "Feature 2, " in said
    assert words in said
    assert set(stored()) == {"XX1"}


@pytest.mark.parametrize("first", [square(0, 0), BOW_TIE])
def test_an_area_that_comes_twice_has_no_shape_from_either(districts, load, first):
    parts = [feature("XX1", first), feature("XX1", square(0.5, 0, 0.5))]
    said = load(collection(*parts, feature("XX2", square(1, 0))))
    assert "Feature 1, left out: is XX1 as feature 2 is" in said
    assert "Feature 2, left out: is XX1 as feature 1 is" in said
    assert set(stored()) == {"XX2"}


def test_tehsils_are_not_taken_for_their_district(districts, load):
    west, _ = districts
    for number in (1, 2, 3):
        make_area(f"XX1{number}", "tehsil", west, name=f"T{number}", latitude=0.5, longitude=0.5)
    tehsils = [
        feature("XX1", square(number / 5, 0.4, 0.2), adm3_pcode=f"XX1{number}")
        for number in (1, 2, 3)
    ]
    with pytest.raises(CommandError, match="feature 1: is XX1 as features 2, 3 are"):
        load(collection(*tehsils), code_property="adm2_pcode")
    load(collection(*tehsils), code_property="adm3_pcode")
    assert set(stored()) == {"XX11", "XX12", "XX13"}


METRES = square(3_456_789, 2_345_678, 1000)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "not GeoJSON, or not all of it"),
        ("code,name\nXX1,West\n", "not GeoJSON"),
        (b"\xff\xfe\x00".decode("latin-1"), "not GeoJSON"),
        ("[1, 2]", "not a FeatureCollection of GeoJSON but something else"),
        (json.dumps(feature("XX1", square(0, 0))), "but a Feature"),
        ('{"type": "Topology", "objects": {}}', "but a Topology"),
        ('{"type": "FeatureCollection"}', "not a FeatureCollection"),
        ('{"type": "FeatureCollection", "features": []}', "no feature is an area that is known"),
        (both()[:-40], "not GeoJSON, or not all of it"),
        (collection(feature("XX1", METRES)), "ogr2ogr -t_srs EPSG:4326"),
        (both(crs={"type": "name", "properties": {"name": "EPSG:32642"}}), "EPSG:32642"),
        (collection(feature("YY1", square(0, 0))), "Load the areas first"),
        (collection(feature("XX1", square(40, 40))), "latitude before longitude"),
        (collection(feature("XX1", square(0.5, 0.5, 0.0003))), "smaller than a thousandth"),
    ],
)
def test_a_file_that_cannot_be_used_changes_nothing(districts, load, text, words):
    load(both())
    before = stored()
    with pytest.raises(CommandError, match=words) as refused:
        load(text)
    assert str(refused.value).startswith("Nothing was loaded: ")
    assert stored() == before


def test_a_system_that_is_in_degrees_may_be_named(districts, load):
    load(both(crs={"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}))
    assert len(stored()) == 2


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"attribution": " "}, "--attribution and --licence"),
        ({"licence": ""}, "--attribution and --licence"),
        ({"remove": True}, "and not both"),
    ],
)
def test_nothing_is_loaded_without_a_credit_or_while_removing(districts, load, options, words):
    with pytest.raises(CommandError, match=words):
        load(both(), **options)
    assert stored() == {}


def test_a_file_that_is_not_there_is_said(districts, tmp_path):
    with pytest.raises(CommandError, match="No such file"):
        call_command("load_boundaries", tmp_path / "none.geojson", **CREDIT)


@pytest.mark.parametrize("given", [("--date", "yesterday"), ("--tolerance", "2")])
def test_a_mistyped_option_is_refused(districts, tmp_path, given):
    with pytest.raises(CommandError, match="is wanted"):
        call_command("load_boundaries", str(tmp_path), *given)


def test_neighbours_keep_one_border_between_them(load):
    call_command("load_areas", verbosity=0)
    said = load(made_up_borders("PK2"))
    assert "35 boundaries loaded" in said
    shapes = [
        shapely.MultiPolygon([(outer, holes) for outer, *holes in read_outline(outline)])
        for outline in stored().values()
    ]
    before = sum(len(each["geometry"]["coordinates"][0]) for each in features_of("PK2"))
    assert sum(shapely.get_num_coordinates(shapes)) < before / 2
    assert shapely.coverage_is_valid(shapes)


def features_of(code):
    return json.loads(made_up_borders(code))["features"]


def test_districts_that_stay_without_are_named(districts, load):
    said = load(collection(feature("XX1", square(0, 0))))
    assert "Districts that stay without a boundary: XX2." in said


def test_shapes_that_do_not_fit_together_are_said(districts, load):
    said = load(collection(feature("XX1", square(0, 0, 1.1)), feature("XX2", square(1, 0))))
    assert "The shapes overlap" in said


def test_small_islands_go_and_the_largest_part_stays(districts, load):
    islands = feature("XX1", square(0, 0))
    islands["geometry"] = {
        "type": "MultiPolygon",
        "coordinates": [[square(0, 0)], [square(0.5, 1.2, 0.005)], [square(0, 1.3, 0.1)]],
    }
    load(collection(islands), tolerance=0.02)
    assert len(read_outline(stored()["XX1"])) == 2


SLIT = [(0, 0), (1, 0), (1, 1), (0.50045, 1), (0.50045, 0.2), (0.5, 0.2), (0.5, 1), (0, 1), (0, 0)]
TWO_POINTS = [(0, 0), (1, 0), (0.50045, 0.5), (1, 1), (0, 1), (0.49955, 0.5), (0, 0)]


@pytest.mark.parametrize("ring", [SLIT, TWO_POINTS], ids=["a slit", "a waist"])
def test_a_gap_narrower_than_what_is_kept_closes_and_leaves_a_valid_shape(districts, load, ring):
    load(collection(feature("XX1", ring)), tolerance=0.0005)
    polygons = [shapely.Polygon(*parts) for parts in map(split, read_outline(stored()["XX1"]))]
    assert all(polygon.is_valid for polygon in polygons)
    assert shapely.MultiPolygon(polygons).is_valid
    assert sum(polygon.area for polygon in polygons) == pytest.approx(
        shapely.Polygon(ring).area, abs=0.001
    )


def split(rings):
    outer, *holes = rings
    return outer, holes


def test_holes_stay(districts, load):
    load(collection(feature("XX1", square(0, 0), square(0.4, 0.4, 0.2)[::-1])))
    ((outer, hole),) = read_outline(stored()["XX1"])
    assert set(outer) == set(square(0, 0))
    assert len(hole) == 5


@pytest.mark.parametrize("change", ["attribution = ''", "outline = ''", "west = 2", "north = 91"])
def test_the_database_refuses_a_boundary_without_credit_or_box(districts, load, change):
    load(both())
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE reference_boundary SET {change}")


def test_a_name_of_several_levels_is_that_of_the_level_asked_for(districts, load):
    west, _ = districts
    make_area("XX11", "tehsil", west, name="West", latitude=0.5, longitude=0.5)
    load(collection(feature("?", square(0, 0, 0.6), name="West")), level="tehsil")
    assert Area.objects.get(boundary__isnull=False).code == "XX11"
