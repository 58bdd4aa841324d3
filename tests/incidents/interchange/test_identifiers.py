"""What a row is called everywhere."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents.interchange.declared import KIND, KINDS
from incidents.interchange.identifiers import Name, identifiers_of, known_of, own_code
from incidents.models import Arrival
from tests.incidents import factories as make
from tests.incidents.interchange.carried import another_installation

CODES = st.text("23456789bcdfghjkmnpqrstvwxz", min_size=10, max_size=10)
KIND_NAMES = st.sampled_from([kind.name for kind in KINDS])


@given(CODES, KIND_NAMES, st.integers(1, 10**18 - 1))
def test_an_identifier_is_read_as_it_was_written(code, kind, number):
    name = Name(code, kind, number)
    assert Name.parse(str(name)) == name


@given(st.text())
def test_what_is_read_is_written_as_it_was(text):
    try:
        name = Name.parse(text)
    except ValueError:
        return
    assert str(name) == text


@pytest.mark.parametrize(
    "text",
    ["", "12", "bcdfghjkmn:incident:012", "bcdfghjkmn:staff-member:1", "aeiouaeiou:incident:1"],
)
def test_what_is_no_identifier_is_refused(text):
    with pytest.raises(ValueError):
        Name.parse(text)


@pytest.mark.django_db
def test_an_installation_keeps_its_code():
    assert own_code() == own_code()


@pytest.mark.django_db
def test_another_installation_has_another_code():
    before = own_code()
    another_installation()
    assert own_code() != before


@pytest.mark.django_db
def test_a_row_that_came_is_called_as_where_it_came_from():
    case = make.incident()
    own = identifiers_of(KIND["incident"], [case.pk])[case.pk]
    assert known_of([own]).here == {own: case.pk}
    foreign = str(Name("bcdfghjkmn", "incident", 7))
    Arrival.objects.create(identifier=foreign, kind="incident", row=case.pk)
    assert identifiers_of(KIND["incident"], [case.pk]) == {case.pk: foreign}
    assert known_of([foreign]).here == {foreign: case.pk}


@pytest.mark.django_db
def test_a_row_that_was_removed_is_known_to_have_been_here():
    case = make.incident()
    [name] = identifiers_of(KIND["incident"], [case.pk]).values()
    case.citations.all().delete()
    number = case.pk
    case.delete()
    found = known_of([name])
    assert (found.here, found.gone) == ({}, {name: number})
