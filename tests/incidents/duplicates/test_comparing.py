"""Field by field: what agrees, what differs, what only one record says."""

import pytest

from incidents.admin.places import district_names
from incidents.duplicates.candidates import compare
from incidents.duplicates.comparing import Side, compare_fields
from incidents.duplicates.evidence import Verdict
from tests.incidents import factories as make

pytestmark = pytest.mark.django_db


def side(person):
    acts = list(person.violations.select_related("type", "incident"))
    return Side(person, acts, district_names(act.incident.area_id for act in acts))


def verdicts(one, other):
    rows = compare_fields(side(one), side(other), compare(one, other))
    return {row.label: row.verdict for row in rows}


def test_each_field_says_what_it_came_to():
    one = make.person("Balach", "Mola Bakhsh", occupation_note="tailor", birth="1990")
    other = make.person("Balaach", "Dad Karim", occupation_note="student")
    make.violation(make.incident(), one)
    make.violation(make.incident(date="2015"), other)
    said = verdicts(one, other)
    assert said["Name in Latin script"] is Verdict.AGREES
    assert said["Father’s name"] is Verdict.DIFFERS
    assert said["Occupation"] is Verdict.DIFFERS
    assert said["Born"] is Verdict.ONE
    assert said["What was done, and when"] is Verdict.DIFFERS
    assert said["District"] is Verdict.AGREES
    assert said["Name in Arabic script"] is Verdict.NEITHER


def test_values_are_shown_as_they_were_entered():
    one = make.person("Balach", "Mola Bakhsh", local="بالاچ")
    rows = compare_fields(side(one), side(one), compare(one, make.person("Karim")))
    shown = {row.label: row.one for row in rows}
    assert shown["Name in Latin script"] == ["Balach"]
    assert shown["Name in Arabic script"] == ["بالاچ"]


def test_acts_of_different_kinds_cannot_be_compared_by_date():
    one, other = make.person("Balach"), make.person("Balach")
    make.violation(make.incident(date="2015"), one)
    make.violation(make.incident(date="2020"), other, "staged-encounter")
    assert verdicts(one, other)["What was done, and when"] is Verdict.OPEN
