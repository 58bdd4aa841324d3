"""People as a clerk writes them down, one a line."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from incidents.entry.people_lines import read_lines

pytestmark = pytest.mark.django_db


def read(line):
    [person] = read_lines(line)
    return person


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            "Balach s/o Mola Bakhsh, 22, student",
            {"given": "Balach", "fathers_name": "Mola Bakhsh", "age": "22", "sex": "man"},
        ),
        (
            "بالاچ ولد مولا بخش، ۲۲ سال",
            {"given_local": "بالاچ", "fathers_name_local": "مولا بخش", "age": "۲۲ سال"},
        ),
        (
            "1. Balach s/o Mola Bakhsh / بالاچ ولد مولا بخش, about 30",
            {"given": "Balach", "given_local": "بالاچ", "age": "about 30"},
        ),
        ("Balach (بالاچ)", {"given": "Balach", "given_local": "بالاچ"}),
        ("Zarmina d/o Karim, 19", {"given": "Zarmina", "fathers_name": "Karim", "sex": "woman"}),
        ("Karim, male, tailor’s helper", {"sex": "man", "occupation_note": "tailor’s helper"}),
        ("about 20 unnamed people", {"is_group": True, "group_size": 20, "size_estimated": True}),
        ("three other men", {"is_group": True, "group_size": 3, "size_estimated": False}),
        ("۲۰ نامعلوم افراد", {"is_group": True, "group_size": 20}),
        ("تین دیگر افراد", {"is_group": True, "group_size": 3}),
        ("unidentified man", {"is_group": False, "description": "unidentified man", "sex": "man"}),
        (
            "a man named Balach s/o Mola Bakhsh, 22",
            {"given": "Balach", "fathers_name": "Mola Bakhsh", "description": "", "age": "22"},
        ),
        (
            "a boy Balach s/o Mola Bakhsh",
            {"given": "Balach", "description": "", "sex": "man", "is_group": False},
        ),
        ("unidentified man, about 30", {"description": "unidentified man", "age": "about 30"}),
    ],
)
def test_a_line_is_read(line, expected):
    person = read(line)
    assert {name: getattr(person, name) for name in expected} == expected


@pytest.mark.parametrize(
    "line",
    [
        "three students Balach, Karim and Dad",
        "three students named Balach and Karim",
        "3 men Balach s/o Mola Bakhsh and his brothers",
        "تین طلبہ بالاچ ولد مولا بخش",
        "20 people; Balach",
    ],
)
def test_a_line_that_counts_and_names_people_is_no_group(line):
    person = read(line)
    assert not person.is_group
    assert (person.group_size, person.description) == (None, "")
    assert "on a line of their own" in " ".join(person.doubts)


PUBLISHED = "This text is published as it stands: take every name out of it."


@pytest.mark.parametrize(
    "line",
    [
        "three students Balach and Karim",
        "20 Baloch students",
        "about 20 people of the village of Mir Dad",
        "unidentified man Balach",
        "نامعلوم شخص بالاچ",
    ],
)
def test_what_else_stands_in_a_published_description_is_pointed_out(line):
    assert PUBLISHED in read(line).doubts


@pytest.mark.parametrize(
    "line", ["about 20 unnamed people", "three other men", "۲۰ نامعلوم افراد", "an unknown woman"]
)
def test_a_description_of_plain_words_raises_no_doubt(line):
    assert read(line).doubts == []


def test_an_occupation_is_found_in_either_language():
    assert read("Balach s/o Mola Bakhsh, 22, student").occupation.code == "student"
    label = read("Balach, student").occupation.label_in("ur")
    assert read(f"بالاچ، {label}").occupation.code == "student"


def test_what_was_done_to_one_alone_stands_behind_a_colon():
    person = read("Balach s/o Mola Bakhsh, 22: staged encounter, torture-by-words")
    assert [act.code for act in person.acts] == ["staged-encounter"]
    assert any("torture-by-words" in doubt for doubt in person.doubts)


@pytest.mark.parametrize(
    ("line", "doubt"),
    [
        ("Balach", "No father’s name"),
        ("Balach s/o Mola Bakhsh, came by bus", "came by bus"),
        ("Zarmina w/o Karim", "husband"),
        (", 22", "No name was found"),
    ],
)
def test_what_is_doubtful_is_said(line, doubt):
    assert any(doubt in told for told in read(line).doubts)


def test_a_line_that_is_read_without_doubt_says_so():
    assert read("Balach s/o Mola Bakhsh, 22, student").doubts == []


def test_two_lines_with_one_name_are_noted_in_any_spelling():
    _first, second = read_lines("Balach s/o Mola Bakhsh\nBalaach s/o Mola Baksh")
    assert any("Line 1 has the same name" in doubt for doubt in second.doubts)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(max_size=300))
def test_every_line_of_any_text_is_somebody(text):
    lines = [line.strip() for line in text.splitlines()]
    # A line of nothing but numbering is nobody: what is left of each line is tried alone.
    alone = [person.line for line in lines for person in read_lines(line)]
    assert [person.line for person in read_lines(text)] == alone
    for person in read_lines(text):
        assert person.line
        assert person.line in text
        assert person.given or person.given_local or person.description or person.doubts
