"""People in words."""

import pytest
from django.utils.translation import override

from tests.website.contents import code, incident, mention, person, victim, violation
from website.presentation.people import (
    age_words,
    days_words,
    harm_words,
    name_in_words,
    parentage_words,
    people_words,
    victims_of,
    violations_without_victim,
)


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (24, 24, "24 years old"),
        (1, 1, "1 year old"),
        (24, 26, "24 to 26 years old"),
        (18, None, "at least 18 years old"),
        (None, 17, "at most 17 years old"),
        (None, None, ""),
    ],
)
def test_an_age_is_as_exact_as_it_is_known(low, high, words):
    assert age_words({"low": low, "high": high}) == words


def test_no_age_has_no_words():
    assert age_words(None) == ""


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [(22, 23, "22 to 23 days"), (1, 1, "1 day"), (22, None, "at least 22 days"), (None, None, "")],
)
def test_days_are_counted_as_a_range(low, high, words):
    assert days_words({"low": low, "high": high}) == words


@pytest.mark.parametrize(
    ("low", "best", "high", "words"),
    [
        (4, 4, 4, "4 killed"),
        (3, None, 4, "3 to 4 killed"),
        (3, 4, 5, "3 to 5, most likely 4 killed"),
        (2, None, None, "at least 2 killed"),
        (None, None, None, "number unknown killed"),
    ],
)
def test_a_number_of_people_keeps_its_bounds(low, best, high, words):
    numbers = {"kind": code("killed"), "low": low, "best": best, "high": high}
    assert harm_words(numbers) == words


@pytest.mark.parametrize(
    ("people", "estimated", "words"),
    [
        (1, False, ""),
        (200, True, "a group of about 200"),
        (3, False, "a group of 3"),
        (None, False, "a group of unknown size"),
    ],
)
def test_a_group_says_how_large_it_is(people, estimated, words):
    assert people_words({"people": people, "estimated": estimated}) == words


def test_a_withheld_name_is_said_to_be_withheld_whatever_the_document_holds():
    hidden = victim("Must not show", "پوشیدہ", name_shown="withheld")
    assert str(name_in_words(hidden, "en").first) == "Name withheld"
    assert name_in_words(hidden, "ur").second is None


@pytest.mark.parametrize(
    ("sex", "words"),
    [("man", "son of Dad"), ("woman", "daughter of Dad"), ("unknown", "child of Dad")],
)
def test_parentage_is_told_as_people_tell_it(sex, words):
    known = victim(fathers_name="Dad", sex=code(sex))
    assert str(parentage_words(known, "en")) == words


def test_numbers_are_written_as_urdu_writes_them():
    with override("ur"):
        assert "۲۴" in age_words({"low": 24, "high": 24})


def test_each_victim_stands_once_with_all_their_violations_and_the_age_they_had():
    here = mention("INC-2026-0001")
    first = person("VIC-2026-0001", age={"low": 24, "high": 24})
    content = incident(
        victims=[{"reference": "VIC-2026-0001", "name": "Aslam", "age": None}],
        violations=[
            violation("VIO-2026-0001", here, first),
            violation("VIO-2026-0002", here, person("VIC-2026-0002")),
            violation("VIO-2026-0003", here, first),
        ],
    )
    parts = victims_of(content)
    assert [[v["reference"] for v in part.violations] for part in parts] == [
        ["VIO-2026-0001", "VIO-2026-0003"],
        ["VIO-2026-0002"],
    ]
    assert parts[0].victim["age"] == {"low": 24, "high": 24}
    assert parts[0].victim["name"] == "Aslam"


def test_a_violation_without_a_victim_is_kept_apart():
    closed = violation("VIO-2026-0001", mention("INC-2026-0001"), None)
    content = incident(violations=[closed])
    assert victims_of(content) == []
    assert violations_without_victim(content) == [closed]
