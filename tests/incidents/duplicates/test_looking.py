"""The list of pairs is kept in step with the case file, and a look can be broken off."""

import pytest

from incidents.duplicates import looking
from incidents.duplicates.candidates import MOST
from incidents.duplicates.deciding import decide
from incidents.duplicates.looking import look_at_new, look_at_person, not_looked_at
from incidents.models import (
    Incident,
    Likeness,
    LikenessDecision,
    LookedAt,
    Person,
    PersonName,
    PossiblePair,
    Strength,
    Violation,
)
from tests.incidents import factories as make

pytestmark = pytest.mark.django_db


def pairs():
    return sorted(PossiblePair.objects.open().values_list("first", "second"))


@pytest.fixture
def three():
    """Three records of one man."""
    return [make.person(name, "Mola Bakhsh") for name in ("Balach", "Balaach", "Balach")]


def test_each_pair_is_noted_once(three):
    first, second, third = (person.pk for person in three)
    assert look_at_new() == 3
    assert pairs() == [(first, second), (first, third), (second, third)]


def test_looking_again_changes_nothing_and_looks_at_nobody(three):
    look_at_new()
    before = list(PossiblePair.objects.values_list("pk", flat=True))
    assert look_at_new() == 0
    assert list(PossiblePair.objects.values_list("pk", flat=True)) == before


def test_rows_written_in_bulk_are_seen(three):
    look_at_new()
    [new] = Person.objects.bulk_create([Person()])
    PersonName.objects.bulk_create(
        [PersonName(person=new, given="Balach", fathers_name="Mola Bakhsh")]
    )
    assert look_at_new() == 1
    assert (three[0].pk, new.pk) in pairs()


@pytest.mark.parametrize("part", ["name", "act", "incident"])
def test_whoever_was_worked_on_is_looked_at_again(part):
    person = make.person("Balach", "Mola Bakhsh")
    act = make.violation(make.incident(), person)
    look_at_new()
    row = {"name": person.names.get(), "act": act, "incident": act.incident}[part]
    row.save()
    assert not_looked_at() == [person.pk]


def test_a_pair_that_resembles_no_longer_goes(three):
    look_at_new()
    name = three[2].names.get()
    name.given = "Zahoor"
    name.save()
    look_at_person(three[2])
    assert pairs() == [(three[0].pk, three[1].pk)]


def test_a_pair_found_from_the_side_of_the_other_alone_stays():
    people = [make.person("Balach Marri", "Mola Bakhsh") for _each in range(MOST + 3)]
    look_at_new()
    before = pairs()
    look_at_person(people[-1])
    assert pairs() == before
    assert len(before) > MOST


def test_after_an_interruption_the_rest_is_looked_at(three, monkeypatch):
    monkeypatch.setattr(looking, "AT_ONCE", 1)
    done = []

    def stop_after_one(number, _total):
        done.append(number)
        if number == 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        look_at_new(stop_after_one)
    assert len(not_looked_at()) == 2
    assert look_at_new() == 2
    assert len(pairs()) == 3


def test_what_was_noted_of_people_who_are_gone_goes_with_the_next_look(three):
    look_at_new()
    gone = three[2].pk
    PersonName.objects.filter(person=gone)._raw_delete("default")
    Person.objects.filter(pk=gone)._raw_delete("default")
    look_at_new()
    assert pairs() == [(three[0].pk, three[1].pk)]
    assert not LookedAt.objects.filter(person=gone).exists()


def test_no_more_than_ten_pairs_are_noted_of_one_person():
    for _number in range(14):
        make.person("Balach", "Mola Bakhsh")
    look_at_person(one := make.person("Balach", "Mola Bakhsh"))
    look_at_new()
    assert len([pair for pair in pairs() if one.pk in pair]) <= 20
    assert PossiblePair.objects.filter(strength=Strength.STRONG).exists()


def test_a_pair_of_namesakes_takes_no_place_from_a_better_one():
    one = make.person("Balach", "Mola Bakhsh")
    case = make.incident()
    make.violation(case, one)
    for number in range(12):
        make.violation(make.incident(), make.person("Balach", f"Father {number}"))
    same = make.person("Balach", "Mola Bakhsh")
    look_at_new()
    assert (one.pk, same.pk) in pairs()


def test_a_decision_is_kept_once_for_two_people_with_its_earlier_versions():
    one, other, clerk = make.person("Balach"), make.person("Balaach"), make.staff()
    decide(one, other, Likeness.UNSURE, by=clerk)
    decide(other, one, Likeness.DIFFERENT, by=clerk, reason=" Two villages. ")
    decision = LikenessDecision.objects.get()
    assert (decision.decision, decision.reason) == ("different", "Two villages.")
    model = LikenessDecision.pgh_event_models["insert"]
    assert model.objects.order_by("pgh_id").first().decision == "unsure"


def test_looking_leaves_the_case_file_as_it_is(three):
    make.violation(make.incident(), three[0])
    before = [list(model.objects.values()) for model in (Person, PersonName, Violation, Incident)]
    look_at_new()
    after = [list(model.objects.values()) for model in (Person, PersonName, Violation, Incident)]
    assert before == after
