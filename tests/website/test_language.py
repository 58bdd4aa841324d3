"""Texts in two scripts."""

import pytest

from website.presentation.language import in_both, punctuation


def shown(value, local, reader):
    both = in_both(value, local, reader)
    return [(text.value, text.language) for text in (both.first, both.second) if text]


@pytest.mark.parametrize(
    ("value", "local", "reader", "expected"),
    [
        ("Kech", "کیچ", "en", [("Kech", "en"), ("کیچ", "ur")]),
        ("Kech", "کیچ", "ur", [("کیچ", "ur"), ("Kech", "en")]),
        ("Kech", "", "ur", [("Kech", "en")]),
        ("", "کیچ", "en", [("کیچ", "ur")]),
        (None, None, "en", [("", "en")]),
    ],
)
def test_the_readers_script_comes_first(value, local, reader, expected):
    assert shown(value, local, reader) == expected


def test_an_urdu_title_in_the_plain_field_is_still_marked_as_urdu():
    assert in_both("تربت واقعہ", "", "en").first.language == "ur"


def test_latin_letters_in_the_local_field_are_not_set_from_right_to_left():
    assert in_both("", "Balach", "ur").first.direction == "ltr"


def test_nothing_in_either_script_is_false():
    assert not in_both("", "", "en")


@pytest.mark.parametrize(
    ("mark", "reader", "expected"), [(",", "en", ", "), (",", "ur", "، "), (".", "ur", "۔ ")]
)
def test_punctuation_is_that_of_the_language(mark, reader, expected):
    assert punctuation(mark, reader) == expected
