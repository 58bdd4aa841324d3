from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents.documents.protection import Protection, shown_name
from record.models import VictimEntry
from reference.dates import UncertainDate
from tests.incidents import factories as make


@pytest.mark.parametrize(
    ("given_date", "level", "shown"),
    [
        ("2023-10-29", "day", "2023-10-29"),
        ("2023-10-29", "month", "2023-10"),
        ("2023-10-29", "year", "2023"),
        ("2023-10-29~", "month", "2023-10~"),
        ("2023-11-22/2023-11-23", "month", "2023-11"),
        ("2023-10-29/2023-11-02", "month", "2023-10/2023-11"),
        ("2023-12-30/2024-01-02", "year", "2023/2024"),
        ("../2023-12-11", "month", "../2023-12"),
        ("2023-12-08/..", "year", "2023/.."),
        ("2023", "month", "2023"),
        ("", "year", ""),
    ],
)
def test_a_date_is_shown_no_finer_than_allowed(given_date, level, shown):
    coarse = Protection(date=level).coarsen(UncertainDate.parse(given_date))
    assert coarse.text == shown


@given(day=st.dates(min_value=date(1900, 1, 1)), level=st.sampled_from(["month", "year"]))
def test_a_coarser_date_always_still_holds_the_day(day, level):
    coarse = Protection(date=level).coarsen(UncertainDate.parse(day.isoformat()))
    assert coarse.earliest <= day <= coarse.latest


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("protection", "shown", "text", "text_local"),
    [
        ("full", "full", "Balach", "بالاچ"),
        ("initials", "initials", "B.", "ب."),
        ("withheld", "withheld", "", ""),
    ],
)
def test_a_name_appears_as_protection_allows(protection, shown, text, text_local):
    name = shown_name(make.person("Balach", local="بالاچ", protection=protection))
    assert (name.shown, name.text, name.text_local) == (shown, text, text_local)


@pytest.mark.django_db
def test_somebody_without_a_name_is_spoken_of_by_their_description():
    name = shown_name(make.person("", protection="withheld", description="Man killed in the raid"))
    assert (name.shown, name.text) == ("unnamed", "Man killed in the raid")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("level", "levels", "point_of"),
    [
        ("exact", ["country", "province", "division", "district", "tehsil", "town"], "place"),
        ("town", ["country", "province", "division", "district", "tehsil", "town"], "town"),
        ("district", ["country", "province", "division", "district"], "district"),
        ("province", ["country", "province"], "province"),
    ],
)
def test_a_place_appears_no_finer_than_protection_allows(level, levels, point_of):
    case = make.incident(
        area=make.area("PK211-turbat"),
        area_basis="inferred",
        place_text="Third house behind the mosque",
        latitude="26.00123",
        longitude="63.05123",
    )
    make.violation(case, make.person(place_protection=level))
    place = make.publish(case).content()["place"]
    assert [area["level"] for area in place["areas"]] == levels
    assert place["point"] is None or place["point"]["of"] == point_of
    assert bool(place["text"]) == (level == "exact")


@pytest.mark.django_db
def test_what_victims_share_follows_the_strictest_of_them():
    case = make.incident(area=make.area("PK211-turbat"), area_basis="inferred", date="2023-10-29")
    make.violation(case, make.person("Balach"))
    make.violation(case, make.person("Zarif", place_protection="province", date_protection="year"))
    content = make.publish(case).content()
    assert content["date"]["text"] == "2023"
    assert [area["level"] for area in content["place"]["areas"]] == ["country", "province"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("ground", "named"),
    [("official-in-function", True), ("court-named", True), ("already-public", False)],
)
def test_somebody_accused_is_named_only_as_official_or_by_a_court(ground, named):
    case = make.incident()
    accused = make.person("Rashid", publication_ground=make.term("consent-ground", ground))
    make.involvement(case, person=accused, post="Regional officer")
    party = make.publish(case).content()["involvements"][0]["party"]
    assert (party["name"] == "Rashid") == named


@pytest.mark.django_db
@pytest.mark.parametrize("part", ["age", "fathers_name", "about", "birth"])
def test_details_that_single_a_person_out_stay_private_with_the_name(part):
    case = make.incident()
    victim = make.person(
        "Zarif", "Karim", protection="withheld", about="Son of the tea seller", birth="1999"
    )
    make.violation(case, victim, age_low=24, age_high=24)
    content = make.publish(case).content()
    document = VictimEntry.objects.get().content() | {
        "age": content["violations"][0]["victim"]["age"]
    }
    value = document[part]
    assert not value or value.get("text") == ""
