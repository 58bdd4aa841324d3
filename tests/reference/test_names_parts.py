"""Taking names apart, telling their script, and putting them in order."""

import pytest

from reference.names import (
    URDU_LETTERS,
    URDU_SORT_CODES,
    Relation,
    script_of,
    sort_key_urdu,
    split_parentage,
    strip_honorifics,
)


@pytest.mark.parametrize(
    ("text", "name", "relation", "parent"),
    [
        ("Balach s/o Mola Bakhsh", "Balach", Relation.SON, "Mola Bakhsh"),
        ("Balach S/O. Mola Bakhsh", "Balach", Relation.SON, "Mola Bakhsh"),
        ("Balach, son of Mola Bakhsh", "Balach", Relation.SON, "Mola Bakhsh"),
        ("Balach (s/o Mola Bakhsh)", "Balach", Relation.SON, "Mola Bakhsh"),
        ("Hani d/o Dad Karim", "Hani", Relation.DAUGHTER, "Dad Karim"),
        ("Zarina w / o Karim", "Zarina", Relation.WIFE, "Karim"),
        ("بالاچ ولد مولا بخش", "بالاچ", Relation.SON, "مولا بخش"),
        ("محمد بن قاسم", "محمد", Relation.SON, "قاسم"),
        ("ہانی بنت داد کریم", "ہانی", Relation.DAUGHTER, "داد کریم"),
        ("زرینہ زوجہ محمد علی", "زرینہ", Relation.WIFE, "محمد علی"),
        ("زوجہ محمد علی", "", Relation.WIFE, "محمد علی"),
        ("A s/o B s/o C", "A", Relation.SON, "B s/o C"),
        ("Muhammad bin Qasim", "Muhammad", Relation.SON, "Qasim"),
        ("Bin Laden", "Bin Laden", None, None),
        ("Balach s/o", "Balach s/o", None, None),
        ("Balach Baloch", "Balach Baloch", None, None),
        ("Robinson Wilson", "Robinson Wilson", None, None),
        ("ولدان", "ولدان", None, None),
        ("", "", None, None),
    ],
)
def test_a_parentage_mark_parts_the_name_from_the_parent(text, name, relation, parent):
    assert split_parentage(text) == (name, relation, parent)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Nawab Akbar Khan Bugti", "Akbar Khan Bugti"),
        ("Mir Balach", "Balach"),
        ("Mir Khan", "Mir Khan"),
        ("Haji", "Haji"),
        ("Adv. Imran Baloch Advocate", "Imran Baloch"),
        ("ڈاکٹر ماہ رنگ", "ماہ رنگ"),
        ("میر", "میر"),
        ("Balach", "Balach"),
    ],
)
def test_titles_are_stripped_and_the_spelling_kept(text, name):
    assert strip_honorifics(text) == name


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("Balach", "latin"),
        ("Ñuñoa", "latin"),
        ("بالاچ", "arabic"),
        ("بالاچ (B)", "arabic"),
        ("Balach بل", "latin"),
        ("Балач", "other"),
        ("123 - ?", "other"),
        ("", "other"),
    ],
)
def test_the_script_is_that_of_most_letters(text, script):
    assert script_of(text) == script


def test_the_urdu_letters_pair_with_codes_in_ascending_order():
    assert len(URDU_LETTERS) == len(URDU_SORT_CODES) == len(set(URDU_LETTERS)) == 42
    assert sorted(URDU_SORT_CODES) == list(URDU_SORT_CODES)


def test_urdu_names_sort_as_in_a_dictionary():
    places = ["آواران", "بارکھان", "پنجگور", "تربت", "ٹانک", "چاغی", "ڈیرہ بگٹی", "ژوب", "کوئٹہ"]
    places += ["گوادر", "لسبیلہ", "نوشکی", "واشک", "ہرنائی"]
    assert sorted(sorted(places), key=sort_key_urdu) == places


def test_keyboard_variants_sort_with_the_urdu_letter():
    assert sort_key_urdu("كيچ") == sort_key_urdu("کیچ")
