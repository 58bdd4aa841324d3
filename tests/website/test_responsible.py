"""Who is said to be responsible."""

from tests.website.contents import cite, cited, code, involvement, mention, party, person, violation
from website.presentation.people import name_in_words
from website.presentation.responsible import alleged_responsible

FORCE = party("Frontier Corps", agency="AGY-2026-0001")
FAMILY = party("Family")


def act(number, *involvements):
    return violation(
        f"VIO-2026-000{number}",
        mention("INC-2026-0001"),
        person(f"VIC-2026-000{number}"),
        involvements=list(involvements),
    )


def test_the_same_allegation_for_several_violations_is_told_once_with_all_its_sources():
    first = involvement(FORCE, alleged_by=FAMILY, **cited(cite("SRC-2026-0001")))
    second = involvement(FORCE, alleged_by=FAMILY, **cited(cite("SRC-2026-0002")))
    (entry,) = alleged_responsible([], [act(1, first), act(2, second)])
    assert [each["reference"] for each in entry.violations] == ["VIO-2026-0001", "VIO-2026-0002"]
    assert entry.facts == [first, second]


def test_an_allegation_by_somebody_else_is_another_one():
    others = involvement(FORCE, alleged_by=party("A court"))
    allegations = alleged_responsible(
        [], [act(1, involvement(FORCE, alleged_by=FAMILY)), act(2, others)]
    )
    assert len(allegations) == 2


def test_another_part_in_it_is_another_allegation():
    ordered = involvement(FORCE, degree=code("ordered"))
    assert len(alleged_responsible([], [act(1, involvement(FORCE), ordered)])) == 2


def test_an_allegation_about_the_whole_incident_names_no_violation():
    whole, single = alleged_responsible([involvement(FORCE)], [act(1, involvement(FORCE))])
    assert whole.violations == []
    assert [each["reference"] for each in single.violations] == ["VIO-2026-0001"]


def test_two_who_are_named_in_urdu_alone_are_not_one():
    first, second = (
        involvement({**party(""), "name_local": name}) for name in ("مسلح افراد", "باوردی افراد")
    )
    assert len(alleged_responsible([], [act(1, first), act(2, second)])) == 2


def test_who_is_named_in_urdu_alone_is_not_said_to_be_withheld():
    words = name_in_words({**party(""), "name_local": "مسلح افراد"}, "en")
    assert words.first.value == "مسلح افراد"
