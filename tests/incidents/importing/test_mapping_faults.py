"""A mapping with a fault: every fault at once, with its line and the nearest known word."""

import pytest

from incidents.importing.mapping import MappingRefused, read_mapping
from tests.incidents.factories import agency
from tests.incidents.importing.small_lists import ROW, VICTIM, mapping_text

pytestmark = pytest.mark.django_db


def faults_of(text, columns=tuple(ROW)):
    with pytest.raises(MappingRefused) as refused:
        read_mapping(text, columns=columns)
    return refused.value.faults


def only_fault(text, columns=tuple(ROW)):
    (fault,) = faults_of(text, columns)
    line = text.splitlines()[fault.line - 1] if fault.line else ""
    return fault, line


def test_a_good_mapping_is_read():
    mapping = read_mapping(mapping_text(), columns=list(ROW))
    assert mapping.columns_read == {"id", "name", "date"}
    assert mapping.row_key(ROW) == "1"


@pytest.mark.parametrize(
    ("victim", "word"),
    [
        ('[victim]\nname = [{ given = "name" }]\n', "double brackets"),
        (VICTIM.replace("[[victim]]\n", "[[victim]]\neach = [1, 2]\n"), "each = {"),
    ],
)
def test_a_victim_that_is_written_wrongly_is_not_called_missing_as_well(victim, word):
    fault, _line = only_fault(mapping_text(victim=victim))
    assert word in fault.message


def test_broken_toml_names_the_line():
    (fault,) = faults_of('[list]\ncode = "x"\nname = ')
    assert fault.line == 3


@pytest.mark.parametrize(
    ("more", "nearest"),
    [
        ('[[acount]]\nquestion = { value = "other" }\n', "account"),
        ('[[casualties]]\nharm = { value = "killed" }\nloww = "id"\nbest = "id"\n', "low"),
        ('[[victim]]\n[[victim.names]]\ngiven = "name"\n', "name"),
    ],
)
def test_an_unknown_table_or_field_names_the_nearest(more, nearest):
    fault, _line = only_fault(mapping_text(more))
    assert f"“{nearest}”" in fault.message


def test_an_unknown_column_names_the_nearest_header_and_its_line():
    text = mapping_text().replace('date = "date"', 'date = "datte"')
    fault, line = only_fault(text)
    assert "“date”" in fault.message
    assert line == 'date = "datte"'


def test_an_unknown_column_in_a_template_is_found():
    fault, line = only_fault(mapping_text().replace("{name}", "{nmae}"))
    assert "“name”" in fault.message
    assert "{nmae}" in line


def test_an_unknown_code_names_the_nearest_and_the_line_inside_a_list():
    text = mapping_text().replace(
        '{ value = "enforced-disappearance" }',
        '{ first_of = [\n  { value = "torture" },\n  { value = "enforced-disapearance" },\n] }',
    )
    fault, line = only_fault(text)
    assert "enforced-disappearance" in fault.message
    assert "enforced-disapearance" in line


def test_an_unknown_code_in_a_map_is_found():
    victim = '[[victim]]\n[[victim.name]]\ngiven = "name"\n[[victim.violation]]\n'
    text = mapping_text(victim=victim + 'type = { column = "id", map = { a = "tortur" } }\n')
    fault, _line = only_fault(text)
    assert "“torture”" in fault.message
    assert fault.where == "victim.violation.type.map"


def test_an_unknown_modifier_names_the_nearest():
    text = mapping_text().replace('date = "date"', 'date = { column = "date", day_frist = true }')
    fault, _line = only_fault(text)
    assert "“day_first”" in fault.message


def test_an_unknown_agency_names_the_nearest():
    agency(name="Frontier Corps Balochistan")
    more = """
[[involvement]]
agency = { column = "id", map = { FC = "Frontier Corps Baluchistan" } }
alleged_by_text = { value = "family" }
"""
    fault, _line = only_fault(mapping_text(more))
    assert "Frontier Corps Balochistan" in fault.message


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('are = "victim"', 'are = "person"'),
        ('code = "test"', "code = 7"),
        ('code = "test"', 'code = "two words"'),
        ('key = ["id"]', "key = [1]"),
        ('date = "date"', "date = { }"),
        ('date = "date"', 'date = { column = "date", value = "2023" }'),
        ('date = "date"', 'date = { column = "date", formats = ["%d.%m.%y"] }'),
        ('date = "date"', 'date = { value = "30/02/2023" }'),
        ('date = "date"', 'date = { column = "date", unmapped = "drop" }'),
        ('date = "date"', 'date = { column = "date", differ = "often" }'),
        ("[[victim.name]]", "[victim.name]"),
        ("[[victim.violation]]", '[[victim.violation]]\ninternal = "yes "'),
        ("[[victim.violation]]", '[[victim.violation]]\nwhen = { is = "1" }'),
        ("[[victim.violation]]", "[[victim.violation]]\neach = [1, 2]"),
        ("[[victim.violation]]", '[[victim.violation]]\nlatitude = { value = "high" }'),
        ('title = "The list itself"', 'title = ""'),
        ('type = "dataset"', ""),
        ('kind = { value = "violation-event" }', ""),
    ],
)
def test_a_wrong_word_or_type_is_refused_with_a_line(old, new):
    text = mapping_text()
    assert old in text
    faults = faults_of(text.replace(old, new))
    assert all(fault.line for fault in faults)
    assert str(MappingRefused(faults))


def test_all_faults_are_told_at_once_in_the_order_of_the_lines():
    text = mapping_text().replace('date = "date"', 'date = "datte"\nplce = "id"')
    text = text.replace('given = "name"', 'given = "nam"')
    lines = [fault.line for fault in faults_of(text)]
    assert len(lines) == 3
    assert lines == sorted(lines)


def test_without_the_list_any_name_is_taken_for_a_column():
    assert "whatever" in read_mapping(mapping_text().replace('"name"', '"whatever"')).columns_read


def test_a_list_of_people_needs_a_victim():
    (fault,) = faults_of(mapping_text(victim=""))
    assert "[[victim]]" in fault.message


def test_a_fault_of_a_numbered_family_is_told_once_for_each_missing_column():
    more = '[[victim]]\neach = { n = [1, 2] }\n[[victim.name]]\ngiven = "name_{n}"\n'
    messages = [fault.message for fault in faults_of(mapping_text(more))]
    assert ["name_1" in messages[0], "name_2" in messages[1]] == [True, True]
