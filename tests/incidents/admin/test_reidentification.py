"""The warning that the mix of what is shown singles out somebody whose name is held back."""

import pytest

from incidents.documents.casefile import read_cases
from incidents.models import Incident
from incidents.reidentification import FEWEST, singled_out
from tests.incidents import factories

pytestmark = pytest.mark.django_db

EVERY = Incident.objects.all


def victim(protection="withheld", name="Balaach", **values):
    values.setdefault("sex", factories.term("sex", "man"))
    values.setdefault("occupation", factories.term("occupation", "tailor"))
    return factories.person(name, protection=protection, **values)


def case(*victims, **values):
    made = factories.incident(**values)
    for each in victims:
        factories.violation(made, each)
    return made


def warnings(incident, among=None):
    [read] = read_cases(Incident.objects.filter(pk=incident.pk))
    return singled_out(read, among=EVERY() if among is None else among)


def others(number, **values):
    for index in range(number):
        case(victim("full", f"Other{index}"), **values)


def test_somebody_whom_nobody_resembles_is_warned_of():
    [warning] = warnings(case(victim()))
    assert warning.people == 1
    assert warning.by == ("Kech", "October 2023", "Male", "Adult", "Tailor")
    assert "Balaach" in warning.message


@pytest.mark.parametrize("number", range(FEWEST + 1))
def test_the_warning_ends_when_enough_people_share_what_is_shown(number):
    others(number)
    assert bool(warnings(case(victim()))) is (number + 1 < FEWEST)


@pytest.mark.parametrize("protection", ["full", "hidden"])
def test_nobody_is_warned_of_who_is_named_or_does_not_appear(protection):
    assert warnings(case(victim(protection))) == []


def test_initials_hold_a_name_back_too():
    assert warnings(case(victim("initials")))


def test_somebody_without_a_known_name_is_not_warned_of():
    assert warnings(case(factories.person("", protection="withheld"))) == []


@pytest.mark.parametrize(
    "differing",
    [
        {"area": "PK2", "area_basis": "stated"},
        {"date": "2023-11-02"},
        {"date": "2023"},
    ],
)
def test_people_of_another_place_or_time_do_not_count(differing):
    if "area" in differing:
        differing = {**differing, "area": factories.area(differing["area"])}
    others(FEWEST, **differing)
    assert warnings(case(victim()))


@pytest.mark.parametrize(
    "differing",
    [("sex", "sex", "woman"), ("occupation", "occupation", "teacher")],
)
def test_people_of_another_sex_or_occupation_do_not_count(differing):
    column, vocabulary, code = differing
    for _index in range(FEWEST):
        case(victim("full", "Other", **{column: factories.term(vocabulary, code)}))
    assert warnings(case(victim()))


def test_what_is_not_known_singles_nobody_out():
    others(FEWEST)
    unknown = victim(sex=factories.term("sex", "unknown"), occupation=None)
    [act] = case(unknown).violations.all()
    assert warnings(act.incident) == []


def test_a_coarser_place_and_date_widen_the_circle():
    others(FEWEST, area=factories.area("PK2"), area_basis="stated", date="2023-02-01")
    hidden = victim(place_protection="province", date_protection="year")
    assert warnings(case(hidden)) == []


def test_a_town_counts_as_its_district():
    town = {"area": factories.area("PK211-turbat"), "area_basis": "inferred"}
    others(FEWEST, **town)
    assert warnings(case(victim(place_protection="town"), **town)) == []
    assert warnings(case(victim(place_protection="town"))) == []


def test_the_place_and_start_of_the_violation_come_before_those_of_the_incident():
    others(FEWEST, area=factories.area("PK2"), area_basis="stated", date="2024-01-05")
    made = case(victim())
    made.violations.update(area=factories.area("PK2"), area_basis="stated")
    act = made.violations.get()
    act.start = "2024-01"
    act.save()
    assert warnings(made) == []


def test_a_group_counts_with_its_people():
    group = victim("full", "", unit=factories.term("counting-unit", "individual"), group_size=5)
    case(group)
    assert warnings(case(victim())) == []


def test_cases_that_the_reader_may_not_see_do_not_count():
    others(FEWEST, restricted=True)
    made = case(victim())
    assert warnings(made) == []
    assert warnings(made, Incident.objects.visible_to(factories.staff()))


def test_an_undated_and_unplaced_case_is_no_mistake():
    assert warnings(case(victim(), date="", area=None))
