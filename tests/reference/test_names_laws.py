"""Laws of the name keys, on arbitrary text and on text made of what the rules touch."""

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reference.names import (
    fold,
    fold_for_hints,
    script_of,
    skeleton,
    sort_key_urdu,
    split_parentage,
    strip_honorifics,
)

FRAGMENTS = """
abd abdul abdur ullah allah uddin ul al ur un e i a o u h l r d s n z q w ph que ee oo mir haji
hafeez agha sardar khan shaheed bibi dr mulla rehman din hak عبد ال اللہ الدین الحق بی میر خان
ا ل ی و ہ ء ـ ئ ؤ s/o ولد بن ' - . \u0301 \u200c \u202e
"""
names = st.one_of(
    st.text(),
    st.text(st.characters(categories=["Cs", "Cc", "Lo", "Mn"])),
    st.lists(st.sampled_from(FRAGMENTS.split()), max_size=10).map("".join),
    st.lists(st.sampled_from(FRAGMENTS.split()), max_size=6).map(" ".join),
)


@given(names, st.booleans())
@example("ع\u0640ء", False)
def test_folding_twice_is_folding_once(text, keep):
    folded = fold(text, keep_honorifics=keep)
    assert fold(folded, keep_honorifics=keep) == folded


@given(names)
@example("\0")
@example("\ud800")
def test_every_key_can_be_stored_in_postgresql(text):
    for key in (fold(text), skeleton(text), fold_for_hints(text)):
        assert "\0" not in key
        key.encode()


@given(names)
def test_names_that_fold_alike_have_one_skeleton(text):
    assert skeleton(fold(text)) == skeleton(text)


@given(names)
def test_a_key_is_words_with_single_spaces(text):
    for key in (fold(text), skeleton(text)):
        assert key == " ".join(key.split())


@given(names)
def test_a_name_that_folds_to_something_has_a_skeleton(text):
    assert bool(fold(text)) == bool(skeleton(text))


@given(names)
def test_taking_a_name_apart_never_fails_and_never_loses_the_name(text):
    parts = split_parentage(text)
    assert (parts.relation is None) == (parts.parent is None)
    assert parts.name or parts.parent or not text.strip()
    assert bool(strip_honorifics(text).strip()) == bool(text.strip())


@given(names)
def test_any_text_has_a_script_and_a_sort_key(text):
    assert script_of(text) in {"latin", "arabic", "other"}
    sort_key_urdu(text)


@pytest.mark.parametrize("part", ["ullah", "udin", "ulhak", "ال", "اللہ", "الحق", "بی ", "mir "])
def test_text_made_of_joints_takes_no_longer_than_other_text(part):
    text = "ab" + part * (8000 // len(part))
    began = time.perf_counter()
    skeleton(text)
    assert time.perf_counter() - began < 1
