"""Who comes into question as the same person, and how strong the hint is."""

import pytest

from incidents.duplicates.candidates import (
    TypedPerson,
    candidates_for,
    candidates_of,
    compare,
    hints,
)
from incidents.duplicates.deciding import decide
from incidents.duplicates.evidence import Trait, Verdict
from incidents.duplicates.keys import renew_keys
from incidents.models import Likeness, Merger, PersonName, PersonRelation, Strength
from tests.incidents import factories as make

pytestmark = pytest.mark.django_db


def found(person):
    """Candidate id → strength."""
    renew_keys()
    return {each.other: each.strength for each in candidates_for(person)}


def taken(name="Balach", fathers_name="", *, date="2023-10-29", area="PK211", local="", **values):
    """Somebody who disappeared, in an incident of their own."""
    values.setdefault("sex", make.term("sex", "man"))
    person = make.person(name, fathers_name, local=local, **values)
    case = make.incident(date=date, area=make.area(area), area_basis="stated")
    make.violation(case, person)
    return person


def test_the_same_name_and_fathers_name_in_another_spelling_are_a_strong_hint():
    one, other = taken("Balaach", "Mola Baksh"), taken("Balach", "Maula Bakhsh")
    assert found(one) == {other.pk: Strength.STRONG}


def test_a_name_in_one_script_finds_the_same_name_in_the_other():
    one = taken("Balach", "Mola Bakhsh")
    other = taken("بالاچ", "مولا بخش")
    assert found(one) == {other.pk: Strength.STRONG}
    assert found(other) == {one.pk: Strength.STRONG}


def test_a_typing_error_in_the_name_is_seen_through():
    one, other = taken("Balach", "Mola Bakhsh"), taken("Balch", "Mola Bakhsh")
    assert found(one)[other.pk] >= Strength.POSSIBLE


def test_a_fathers_name_printed_like_a_surname_is_known_again():
    one, other = taken("Balach Mola Bakhsh"), taken("Balach", "Mola Bakhsh")
    [candidate] = (renew_keys(), candidates_for(one))[1]
    assert (candidate.other, candidate.strength) == (other.pk, Strength.STRONG)
    assert candidate.verdicts[Trait.FATHER] is Verdict.AGREES


def test_different_fathers_never_make_more_than_a_weak_hint():
    one, other = taken("Balach", "Mola Bakhsh"), taken("Balach", "Dad Karim")
    assert found(one) == {other.pk: Strength.WEAK}


def test_namesakes_with_different_fathers_elsewhere_are_no_hint():
    one = taken("Balach", "Mola Bakhsh")
    taken("Balach", "Dad Karim", date="2015-01-01", area="PK203")
    assert found(one) == {}


def test_a_given_name_alone_is_no_hint():
    one = taken("Balach", date="2012", area="PK211")
    taken("Balach", date="2021", area="PK203")
    assert found(one) == {}


@pytest.mark.parametrize("tribe", ["Baloch", "Bugti", "Marri", "Mengal", "Zehri", "بلوچ"])
def test_a_shared_tribe_name_counts_for_nothing(tribe):
    one, other = taken(f"Balach {tribe}"), taken(f"Karim {tribe}")
    third = taken(tribe)
    assert found(one) == {}
    assert found(third) == {}
    assert other.pk not in found(third)


def test_the_same_name_day_and_district_are_a_strong_hint_without_a_father():
    one, other = taken("Balach Baloch"), taken("Balach")
    assert found(one) == {other.pk: Strength.STRONG}


def test_the_same_name_with_dates_that_may_overlap_is_possible():
    one, other = taken("Balach", date="2023-10"), taken("Balach", date="2023", area="PK2")
    assert found(one) == {other.pk: Strength.POSSIBLE}


def test_a_date_as_wide_as_a_decade_proves_nothing():
    one = taken("Balach", date="2023-10-29", area="PK2")
    taken("Balach", date="2015/2025", area="PK2")
    assert found(one) == {}


def test_qadir_and_qadeer_are_told_apart_by_the_arabic_script():
    one = taken("Qadir", "Dad Karim", local="قادر")
    other = taken("Qadeer", "Dad Karim", local="قدیر")
    latin_only = taken("Qadeer", "Dad Karim")
    assert found(one) == {latin_only.pk: Strength.STRONG}
    assert other.pk not in found(one)


def test_a_father_who_complains_is_never_the_same_person():
    son, father = taken("Mola Bakhsh", "Balach"), taken("Mola Bakhsh", "Balach")
    PersonRelation.objects.create(
        person=son, other=father, kind=make.term("person-relation", "parent")
    )
    assert found(son) == {}
    assert found(father) == {}


def test_groups_and_unnamed_people_are_never_candidates():
    one = taken("Balach", "Mola Bakhsh")
    group = taken("Balach", "Mola Bakhsh", unit=make.term("counting-unit", "family"))
    nobody = taken("", description="man killed in the same raid")
    assert found(one) == {}
    assert found(group) == {}
    assert found(nobody) == {}


def test_two_people_of_one_incident_are_two_people_unless_father_and_name_are_the_very_same():
    case = make.incident()
    one, other, third = (
        make.person("Balach", "Mola Bakhsh"),
        make.person("Balach", "Mola Bakhsh"),
        make.person("Balach"),
    )
    for person in (one, other, third):
        make.violation(case, person)
    assert found(one) == {other.pk: Strength.STRONG}


def test_a_decision_that_they_differ_is_not_asked_again():
    one, other = taken("Balach", "Mola Bakhsh"), taken("Balach", "Mola Bakhsh")
    decide(other, one, Likeness.DIFFERENT, by=make.staff(), reason="Two villages.")
    assert found(one) == {}
    assert found(other) == {}


def test_somebody_who_could_not_decide_is_reminded():
    one, other = taken("Balach", "Mola Bakhsh"), taken("Balach", "Mola Bakhsh")
    decide(one, other, Likeness.UNSURE, by=make.staff())
    assert found(one) == {other.pk: Strength.STRONG}


def test_somebody_merged_into_another_is_no_candidate():
    one, other = taken("Balach", "Mola Bakhsh"), taken("Balach", "Mola Bakhsh")
    Merger.objects.create(loser=other, survivor=taken("Other"), note="One.", merged_by=make.staff())
    assert found(one) == {}


@pytest.mark.parametrize(
    ("mine", "theirs", "trait"),
    [
        ({"birth": "1990"}, {"birth": "1960"}, Trait.BIRTH),
        ({"area": "PK211"}, {"area": "PK203"}, Trait.PLACE),
        ({"date": "2023-10-29"}, {"date": "2015-01-01"}, Trait.DATE),
    ],
)
def test_one_thing_against_it_makes_a_strong_hint_possible(mine, theirs, trait):
    one = taken("Balach", "Mola Bakhsh", **mine)
    taken("Balach", "Mola Bakhsh", **theirs)
    renew_keys()
    [candidate] = candidates_for(one)
    assert candidate.strength == Strength.POSSIBLE
    assert candidate.verdicts[trait] is Verdict.DIFFERS


def test_somebody_of_another_sex_is_a_weak_hint_at_most():
    one = taken("Gul", "Mola Bakhsh")
    taken("Gul", "Mola Bakhsh", sex=make.term("sex", "woman"))
    assert set(found(one).values()) <= {Strength.WEAK}


def test_what_was_done_after_a_death_speaks_against_it():
    one, other = make.person("Balach", "Mola Bakhsh"), make.person("Balach", "Mola Bakhsh")
    make.violation(make.incident(date="2020-01-01"), one, "staged-encounter")
    make.violation(make.incident(date="2023-10-29"), other)
    candidate = compare(one, other)
    assert candidate.verdicts[Trait.DATE] is Verdict.DIFFERS


def test_an_age_at_the_time_is_compared_with_a_birth():
    one = taken("Balach", "Mola Bakhsh", birth="1990")
    other = make.person("Balach", "Mola Bakhsh")
    make.violation(make.incident(date="2020-01-01"), other, "staged-encounter", age_low=60)
    assert compare(one, other).verdicts[Trait.BIRTH] is Verdict.DIFFERS
    third = make.person("Balach", "Mola Bakhsh")
    make.violation(make.incident(date="2020-01-01"), third, age_low=29, age_high=31)
    assert compare(one, third).verdicts[Trait.BIRTH] is Verdict.AGREES


def test_two_unnamed_people_can_be_compared():
    one, other = taken("", description="a man"), taken("Balach")
    verdicts = compare(one, other).verdicts
    assert verdicts[Trait.NAME] is Verdict.ONE
    assert verdicts[Trait.PLACE] is Verdict.AGREES
    assert compare(one, taken("")).verdicts[Trait.NAME] is Verdict.NEITHER


def test_the_likeliest_comes_first():
    one = taken("Balach", "Mola Bakhsh")
    weak, strong = taken("Balach", "Dad Karim"), taken("Balach", "Mola Bakhsh")
    assert list(found(one)) == [strong.pk, weak.pk]


def test_many_are_asked_for_in_a_fixed_number_of_queries(django_assert_num_queries):
    people = [taken("Balach", "Mola Bakhsh") for _number in range(4)]
    renew_keys()
    with django_assert_num_queries(5):  # keys, a savepoint around two, and its end
        found = list(candidates_of([person.pk for person in people]))
    assert len(found) == 12


def test_a_name_being_typed_finds_who_is_known():
    known = taken("بالاچ", "مولا بخش")
    renew_keys()
    [hint] = hints(TypedPerson(names=[("Balaach", "Mola Bakhsh")]))
    assert (hint.other, hint.strength) == (known.pk, Strength.POSSIBLE)
    [hint] = hints(TypedPerson(names=[("Balaach", ""), ("بالاچ", "مولا بخش")]))
    assert (hint.other, hint.strength) == (known.pk, Strength.STRONG)


def test_a_namesake_is_shown_to_whoever_types_as_a_weak_hint():
    known = taken("Balach", "Dad Karim")
    renew_keys()
    [hint] = hints(TypedPerson(names=[("Balach", "Mola Bakhsh")]))
    assert (hint.other, hint.strength) == (known.pk, Strength.WEAK)
    assert hint.differs == ["father"]


def test_nothing_is_hinted_at_for_an_empty_name_or_oneself():
    known = taken("Balach")
    renew_keys()
    assert hints(TypedPerson(names=[("", ""), ("Baloch", "")])) == []
    assert hints(TypedPerson(names=[("Balach", "")]), but=known.pk) == []


def test_a_name_changed_past_the_program_is_compared_as_it_is_now():
    one, other = taken("Balach", "Mola Bakhsh"), taken("Karim", "Mola Bakhsh")
    assert found(one) == {}
    PersonName.objects.filter(person=other).update(given="Balach")
    assert found(one) == {other.pk: Strength.STRONG}
