"""Places in words."""

from tests.website.contents import BALOCHISTAN, KECH, PAKISTAN, place
from website.presentation.places import place_words


def names(words):
    return [str(area.name.first) for area in words.areas]


def test_the_smallest_area_comes_first_and_the_country_goes_without_saying():
    assert names(place_words(place(), "en")) == ["Kech", "Makran", "Balochistan"]


def test_a_country_that_is_all_that_is_known_is_said():
    assert names(place_words(place(areas=[PAKISTAN]), "en")) == ["Pakistan"]


def test_areas_are_named_in_the_readers_script():
    assert names(place_words(place(areas=[PAKISTAN, BALOCHISTAN, KECH]), "ur")) == [
        "کیچ",
        "بلوچستان",
    ]


def test_an_inferred_district_is_told_as_inferred():
    assert place_words(place(basis="inferred"), "en").inferred
    assert not place_words(place(basis="stated"), "en").inferred


def test_a_description_that_repeats_the_area_is_not_said_twice():
    assert not place_words(place("Kech"), "en").text
    assert str(place_words(place("Near Kech"), "en").text.first) == "Near Kech"


def test_a_list_names_the_areas_without_description_and_division():
    brief = place_words(place("A house"), "en", brief=True)
    assert not brief.text
    assert names(brief) == ["Kech", "Balochistan"]


def test_a_list_keeps_the_description_where_no_area_is_known():
    brief = place_words(place("On the road", areas=[]), "en", brief=True)
    assert str(brief.text.first) == "On the road"


def test_no_place_has_no_words():
    assert place_words(None, "en") is None


def test_a_town_in_a_tehsil_of_its_name_is_named_once():
    tehsil = ("PK21105", "tehsil", "Turbat", "تربت")
    town = ("PK211-turbat", "town", "Turbat", "تربت")
    words = place_words(place(areas=[PAKISTAN, BALOCHISTAN, KECH, tehsil, town]), "en")
    assert names(words) == ["Turbat", "Kech", "Balochistan"]
    assert words.areas[0].code == "PK211-turbat"
