"""A victim is found by a name in any spelling and either script, and by no other name."""

import pytest
from django.http import QueryDict

from record.questions import ask
from tests.record.factories import (
    publish_incident,
    unnamed_victim,
    victim,
    violation,
    withheld_victim,
)

pytestmark = pytest.mark.django_db


def finds(query):
    return ask("victims", QueryDict(f"name={query}"), "en").count() == 1


def publish_victim(name, **changes):
    publish_incident(violations=[violation(victim=victim(name, **changes))])


LATIN = [
    ("Balach", "Balach", True),
    ("Balach", "Balaach", True),
    ("Balach", "balach", True),
    ("Balach", "BALACH", True),
    ("Balach", "Balch", True),
    ("Balach", "Balahc", True),
    ("Balach", "Bolach", False),
    ("Balach", "Baloch", False),
    ("Zahid Baloch", "Balach", False),
    ("Balach", "Hamid", False),
    ("Mola Bakhsh", "Baksh", True),
    ("Mola Bakhsh", "Bux", True),
    ("Mola Bakhsh", "Bakhshs", True),
    ("Muhammad Ali", "Mohammad", True),
    ("Muhammad Ali", "Mohd Ali", True),
    ("Muhammad Ali", "Mohamad Aly", True),
    ("Hamid", "Zahid", False),
    ("Hamid", "Hamed", True),
    ("Hamid", "Haamid", True),
    ("Ali", "Aly", True),
    ("Ali", "Alam", False),
    ("Saif", "Said", False),
    ("Nasir", "Bashir", False),
    ("Hassan", "Hussain", False),
    ("Shakoor", "Shakur", True),
    ("Saifullah", "Saif Ullah", True),
    # words in any order, titles and the mark of parentage left out
    ("Balach Mola Bakhsh", "Bakhsh Balach", True),
    ("Balach Mola Bakhsh", "Balach s/o Mola Baksh", True),
    ("Akbar Khan Bugti", "Nawab Akbar Bugti", True),
    ("Nawab Akbar Khan Bugti", "Akbar Bugti", True),
    # every word must be there
    ("Balach Mola Bakhsh", "Balach Hamid", False),
    ("Balach", "Balach,Hamid", True),
]

ACROSS = [
    ("Balach", "بالاچ", True),
    ("بالاچ", "Balaach", True),
    ("Balach Baloch", "بالاچ بلوچ", True),
    ("Zahid Baloch", "بالاچ", False),
    ("زاہد بلوچ", "Balach", False),
    ("زاہد بلوچ", "Zahid Baloch", True),
    ("زاہد بلوچ", "زاهد", True),
    ("محمد علی", "Mohammad Ali", True),
    ("Muhammad Ali", "محمد", True),
    ("Muhammad Ali", "علي", True),
    ("مولا بخش", "Mola Baksh", True),
    ("Mola Bakhsh", "بخش", True),
    ("شکور", "Shakoor", True),
    ("سیف اللہ", "Saifullah", True),
    ("Mahnoor", "ماہ نور", True),
    ("ماہ نور", "Zahid", False),
    ("عثمان", "Usman", True),
    # letters that Arabic speaks otherwise than Urdu
    ("رمضان", "Ramadan", True),
    ("Ramadan", "رمضان", True),
    ("Ramzan", "رمضان", True),
    ("معاذ", "Muath", True),
    ("Muath", "معاذ", True),
    ("Hudhaifa", "حذيفة", True),
    ("هيثم", "Haitham", True),
    ("ثابت", "Thabit", True),
    ("رمضان", "Rahman", False),
    ("حمید", "Hamza", False),
    ("Abdul Rauf", "عبدالرؤوف", True),
    ("عطا اللہ", "Ataullah", True),
    ("ممدوح", "Mamdouh", True),
    ("Mamdouh", "ممدوح", True),
    ("Nasir", "نصیر", True),
    ("بلوچ", "Bilal", False),
]


@pytest.mark.parametrize(("published", "sought", "found"), [*LATIN, *ACROSS])
def test_a_name_finds(published, sought, found):
    publish_victim(published)
    assert finds(sought) is found


def test_the_father_s_name_is_part_of_the_name():
    publish_victim("Balach", fathers_name="Mola Bakhsh", name_local="بالاچ")
    assert finds("Balach Bakhsh")
    assert finds("بالاچ Bakhsh")


def test_a_name_that_is_not_shown_finds_nothing():
    publish_incident(
        violations=[
            violation(victim=withheld_victim()),
            violation(victim=victim("B. B.", name_shown="initials")),
            violation(victim=unnamed_victim()),
        ]
    )
    for sought in ("Name withheld", "withheld", "B. B.", "Unidentified", "person"):
        assert not finds(sought)


def test_two_names_in_one_parameter_are_either():
    publish_victim("Balach")
    publish_victim("Hamid")
    publish_victim("Nasir")
    assert ask("victims", QueryDict("name=Balaach,Hameed"), "en").count() == 2
    assert ask("victims", QueryDict("name=Balaach&name=Hameed"), "en").count() == 2
