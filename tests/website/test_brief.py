"""What an incident was, in the words of a list."""

import pytest

from tests.website.contents import code, incident, mention, person, violation
from website.presentation.brief import acts_in_brief, people_in_brief


def named(name):
    return person("VIC-2026-0001", name)


def unnamed(people=1):
    return person("VIC-2026-0002", "A man", name_shown="unnamed", people=people)


def withheld():
    return person("VIC-2026-0003", "", name_shown="withheld")


@pytest.mark.parametrize(
    ("people", "words"),
    [
        ([named("A")], "A"),
        ([named("A"), named("B")], "A, B"),
        ([named("A"), unnamed()], "A and 1 other"),
        ([named("A"), unnamed(3)], "A and 3 others"),
        ([named("A"), unnamed(None)], "A and others"),
        ([unnamed(), named("A")], "A and 1 other"),
        ([named("A"), named("B"), named("C"), named("D"), unnamed()], "A, B, C and 2 others"),
        ([unnamed()], "A man"),
        ([unnamed(), unnamed(3)], "4 people whose names are not known"),
        ([unnamed(), unnamed(None)], "people whose names are not known"),
        (
            [person("VIC-2026-0003", "", name_shown="withheld"), unnamed()],
            "Name withheld and 1 other",
        ),
    ],
)
def test_people_are_named_as_far_as_there_is_room_and_the_others_counted(people, words):
    assert people_in_brief(people, "en") == words


def test_each_kind_of_act_is_told_once(db):
    here = mention("INC-2026-0001")
    killing = code("staged-encounter", "Staged encounter")
    content = incident(
        violations=[
            violation("VIO-2026-0001", here, named("A")),
            violation("VIO-2026-0002", here, named("A"), type=killing),
            violation("VIO-2026-0003", here, unnamed(), type=killing),
            violation("VIO-2026-0004", here, None, type=code("censorship", "Censorship")),
        ]
    )
    assert acts_in_brief(content, "en") == [
        "Enforced disappearance: A",
        "Staged encounter: A and 1 other",
        "Censorship",
    ]
