"""Marks in an account that name the source of a sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from record.sentence_marks import at_marks, counting, marks_in, renumbered, without_marks

PIECES = some.lists(some.sampled_from(["He was taken.", " [1]", "[12]", "\n\n", "۔ ", " [2023]"]))


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Nobody knows.", [("Nobody knows.", [])]),
        ("Taken. [1] Held. [2] [1]", [("Taken.", [1]), (" Held.", [2, 1])]),
        ("لے گئے۔ [۱]", [("لے گئے۔", [1])]),
        ("Seen in [2023] there", [("Seen in [2023] there", [])]),
        ("[1]", [("", [1])]),
        ("", []),
    ],
)
def test_a_text_comes_apart_at_its_marks(text, pieces):
    assert list(at_marks(text)) == pieces


@given(PIECES)
def test_nothing_is_lost_but_the_marks(parts):
    text = "".join(parts)
    pieces = list(at_marks(text))
    assert "".join(words for words, _numbers in pieces) == without_marks(text)
    assert [number for _words, numbers in pieces for number in numbers] == marks_in(text)


def test_marks_get_new_numbers_are_left_out_or_stay():
    text = "Taken. [1] Held. [2] Seen. [9]"
    assert renumbered(text, {1: None, 2: 1}) == "Taken. Held. [1] Seen. [9]"


def test_a_mark_whose_number_stays_is_not_touched():
    assert renumbered("لے گئے۔ [۱] بند ہے۔ [۲]", {1: 1, 2: 3}) == "لے گئے۔ [۱] بند ہے۔ [3]"


def test_marks_count_what_stays():
    assert counting("Taken. [1] Held. [2] Seen. [3]", [True, False, True]) == (
        "Taken. [1] Held. Seen. [2]"
    )
