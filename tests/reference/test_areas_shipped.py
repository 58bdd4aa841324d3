"""The areas that ship with the program: Pakistan."""

import csv
from collections import Counter
from datetime import date

import pytest
from django.db import connection

from reference.area_loading import load_areas
from reference.areas import AmbiguousArea, UnknownArea, resolve_area
from reference.models import Area, AreaName
from reference.models.area import fold_place
from reference.names import script_of
from tests.reference.sample_data import sample_data

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def reference_data(db):
    """The shipped areas, as the session has loaded them; other tests of the folder begin empty."""
    if not Area.objects.exists():
        load_areas()


def _rows(file):
    text = sample_data(f"pakistan_areas/{file}").read_text(encoding="utf-8")
    return csv.DictReader(text.splitlines())


def test_all_units_of_the_code_list_are_there():
    levels = Counter(Area.objects.values_list("level", flat=True))
    assert (levels["country"], levels["province"], levels["tehsil"]) == (1, 7, 577)
    # 160 of the list of 2021, and Hub and Usta Muhammad, which are younger.
    assert levels["district"] == 162


def test_balochistan_has_its_8_divisions_and_36_districts_of_2023():
    balochistan = Area.objects.get(code="PK2")
    inside = Area.objects.within(balochistan).existing_on(date(2023, 10, 29))
    assert inside.at_level("division").count() == 8
    assert inside.at_level("district").count() == 36


def test_codes_and_names_agree_with_the_published_list():
    names = AreaName.objects.values_list("area__code", "area__level", "folded")
    known = {(code, level, folded.replace(" ", "")) for code, level, folded in names}
    for row in _rows("pk_admin_codes.csv"):
        for level in ("Province", "District", "Tehsil"):
            joined = fold_place(row[level]).replace(" ", "")
            assert (row[f"{level}_Code"], level.lower(), joined) in known


def test_divisions_and_points_agree_with_the_compiled_list():
    for row in _rows("balochistan_districts.csv"):
        district = resolve_area(row["district"], level="district", on=date(2023, 1, 1))
        assert district.parent.name == row["division"]
        assert float(district.latitude or 0) == pytest.approx(float(row["hq_lat"] or 0))
        assert float(district.longitude or 0) == pytest.approx(float(row["hq_lon"] or 0))


def test_provinces_divisions_districts_and_towns_have_urdu_names():
    nameless = Area.objects.exclude(level="tehsil").filter(name_local="")
    assert not nameless.exists()
    local = Area.objects.exclude(name_local="").values_list("name_local", flat=True)
    assert {script_of(name) for name in local} == {"arabic"}


TOWNS = """
Turbat Gwadar Pasni Ormara Jiwani Tump Mand Buleda Hoshab Panjgur Khuzdar Wadh Mach Hub Bela Awaran
Mashkai Sui Quetta Karachi Islamabad
"""


@pytest.mark.parametrize("town", TOWNS.split())
def test_the_towns_that_reports_name_are_there(town):
    assert resolve_area(town, level="town").name == town


def test_every_point_lies_in_or_near_pakistan():
    points = Area.objects.exclude(latitude=None)
    assert points.exclude(latitude__range=(23.5, 37.1)).count() == 0
    assert points.exclude(longitude__range=(60.8, 77.9)).count() == 0


@pytest.mark.parametrize(
    ("code", "predecessors", "first_day"),
    [
        ("PK2-hub", {"PK217"}, date(2022, 9, 1)),
        ("PK233", {"PK210"}, date(2017, 8, 1)),
        ("PK234", {"PK219"}, date(2017, 8, 1)),
        ("PK229", {"PK207"}, date(2013, 1, 1)),
        ("PK2-usta-muhammad", {"PK207"}, date(2022, 1, 1)),
        ("PK235", {"PK214"}, date(2021, 6, 29)),
        ("PK2-loralai", {"PK2-zhob"}, date(2021, 6, 29)),
    ],
)
def test_young_units_know_when_and_out_of_what_they_were_formed(code, predecessors, first_day):
    area = Area.objects.get(code=code)
    assert set(area.predecessors.values_list("code", flat=True)) == predecessors
    assert area.valid_from == first_day


def test_lehri_is_abolished_and_its_tehsils_are_in_sibi_and_kachhi():
    lehri = Area.objects.get(code="PK218")
    assert lehri.valid_to == date(2018, 12, 31)
    assert {area.code for area in lehri.successors.all()} == {"PK228", "PK209"}
    assert Area.objects.get(code="PK21802").parent.code == "PK228"


def test_every_area_has_a_path_that_ends_in_itself_and_follows_its_parents():
    paths = dict(Area.objects.values_list("pk", "path"))
    for pk, parent in Area.objects.values_list("pk", "parent"):
        assert paths[pk] == [*paths.get(parent, []), pk]


def test_loading_again_changes_nothing():
    names = AreaName.objects.count()
    again = load_areas()
    assert (again.created, again.updated) == ([], [])
    assert len(again.unchanged) == Area.objects.count()
    assert AreaName.objects.count() == names


@pytest.mark.parametrize(
    ("text", "level", "code"),
    [
        ("PK211", None, "PK211"),
        ("pk211-TURBAT", None, "PK211-turbat"),
        ("PK211", "district", "PK211"),
        ("Kech", None, "PK211"),
        ("  kech  ", "district", "PK211"),
        ("کیچ", None, "PK211"),
        ("كيچ", None, "PK211"),
        ("Turbat", "town", "PK211-turbat"),
        ("Turbat", "district", "PK211"),
        ("Turbat", None, "PK211"),
        ("Tubrat", None, "PK211-turbat"),
        ("تربت", "town", "PK211-turbat"),
        ("Baluchistan", None, "PK2"),
        ("PK-BA", None, "PK2"),
        ("Qila Abdullah", None, "PK214"),
        ("Qilla Saifullah", "district", "PK215"),
        ("قلعہ سیف‌اللہ", "district", "PK215"),
        ("Jafarabad", None, "PK207"),
        ("جعفرآباد", None, "PK207"),
        ("Las Bela", None, "PK217"),
        ("Musa Khel", "district", "PK221"),
        ("Chaghi", None, "PK203"),
        ("Chaghai", None, "PK203"),
        ("Bolan", None, "PK209"),
        ("Dera Bughti", None, "PK204"),
        ("Sheerani", None, "PK227"),
        ("Panjgoor", None, "PK224"),
        ("Besima", "tehsil", "PK23002"),
        ("Shaheed Sikandarabad", None, "PK233"),
        ("Quetta", None, "PK2-quetta"),
        ("Quetta", "district", "PK226"),
        ("Kalat", None, "PK2-kalat"),
        ("Kalat district", None, "PK210"),
        ("ضلع قلات", None, "PK210"),
        ("Makran Division", None, "PK2-makran"),
        ("Kech district", "district", "PK211"),
        ("Naseerabad", "district", "PK222"),
        ("Karachi", None, "PK7-karachi"),
        ("Karachi", "town", "PK7-karachi-city"),
        ("Mir Ali", None, "PK52505"),
    ],
)
def test_a_code_or_name_leads_to_its_area(text, level, code):
    assert resolve_area(text, level).code == code


@pytest.mark.parametrize(
    ("text", "level", "codes"),
    [
        ("Sahiwal", "tehsil", {"PK63102", "PK63203"}),
        ("Khanpur", None, {"PK51103", "PK62801", "PK72002"}),
        ("Lehri", None, {"PK218", "PK21802"}),
        ("Naseerabad", None, {"PK2-naseerabad", "PK222", "PK10702", "PK70902"}),
    ],
)
def test_a_name_used_in_different_places_is_refused_with_its_candidates(text, level, codes):
    with pytest.raises(AmbiguousArea) as refusal:
        resolve_area(text, level)
    assert {area.code for area in refusal.value.candidates} == codes
    assert all(code in str(refusal.value) for code in codes)


@pytest.mark.parametrize(
    ("text", "level", "suggested"),
    [
        ("Turbet", "town", "PK211-turbat"),
        ("Gwadr", None, "PK205"),
        ("Khuzdarr city", "district", "PK213"),
        ("گوادو", None, "PK205"),
    ],
)
def test_an_unknown_name_is_refused_with_similar_ones(text, level, suggested):
    with pytest.raises(UnknownArea) as refusal:
        resolve_area(text, level)
    assert suggested in {area.code for area in refusal.value.suggestions}
    assert len(refusal.value.suggestions) <= 5


@pytest.mark.parametrize(
    "text", ["", "   ", "\0", "-", "xyzzy", "'; DROP TABLE", "PK211\n--", "😀"]
)
def test_nonsense_is_refused_without_suggestions(text):
    with pytest.raises(UnknownArea) as refusal:
        resolve_area(text)
    assert refusal.value.suggestions == ()


def test_a_code_of_another_level_is_not_taken():
    with pytest.raises(UnknownArea):
        resolve_area("PK2", level="district")


def test_the_day_decides_between_an_abolished_district_and_what_is_left():
    assert resolve_area("Lehri", on=date(2023, 1, 1)).code == "PK21802"
    with pytest.raises(UnknownArea):
        resolve_area("Lehri", level="district", on=date(2023, 1, 1))
    assert resolve_area("Lehri", level="district", on=date(2015, 1, 1)).code == "PK218"


def test_resolving_takes_few_queries(django_assert_max_num_queries):
    with django_assert_max_num_queries(3):
        resolve_area("Kech")
    with django_assert_max_num_queries(4), pytest.raises(UnknownArea) as refusal:
        resolve_area("Keech bazaar")
    with django_assert_max_num_queries(0):
        str(refusal.value)


@pytest.mark.parametrize(
    ("areas", "index", "other_scans"),
    [
        (Area.objects.named("Kech"), "reference_areaname_joined", ["seqscan"]),
        (Area.objects.similar_to("Kech"), "reference_areaname_trigram", ["seqscan", "indexscan"]),
        (Area.objects.within(Area(pk=1)), "reference_area_path", ["seqscan", "indexscan"]),
    ],
)
def test_searches_can_use_their_index(areas, index, other_scans):
    with connection.cursor() as cursor:
        for scan in other_scans:  # so few areas are read faster without any index
            cursor.execute(f"SET LOCAL enable_{scan} = off")
    assert index in areas.explain()
