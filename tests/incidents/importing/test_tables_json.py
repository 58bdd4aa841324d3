"""JSON as a table: objects as rows, whatever holds them."""

import json

import pytest

from incidents.importing.tables import FileRefused, open_table
from tests.incidents.importing.table_files import read, text_file
from tests.reference.sample_data import sample_data


def json_file(folder, value, name="list.json"):
    text = value if isinstance(value, (str, bytes)) else json.dumps(value, ensure_ascii=False)
    return text_file(folder, text, name)


def row_of(folder, item):
    """The columns of a list of this one item, with their texts."""
    (row,) = open_table(json_file(folder, [item])).rows()
    return row.cells


@pytest.mark.parametrize(
    "text",
    [
        '[{"a": 1}, {"a": 2}]',
        '\ufeff[{"a": 1}, {"a": 2}]',
        '{"a": 1}\n{"a": 2}\n',
        '{"about": "us", "count": 2, "cases": [{"a": 1}, {"a": 2}], "tags": ["x"]}',
        '{"data": {"page": 1, "items": [{"a": 1}, {"a": 2}]}}',
        '{"tags": [["x"]], "none": [], "cases": [{"a": 1}, {"a": 2}]}',
    ],
)
def test_a_list_of_objects_is_found_wherever_it_is(tmp_path, text):
    assert read(json_file(tmp_path, text)) == (("a",), [("1",), ("2",)])


def test_objects_with_lists_of_their_own_are_one_a_line(tmp_path):
    text = '{"a": 1, "tags": ["x", "y"]}\n{"a": 2, "tags": []}\n'
    assert read(json_file(tmp_path, text))[1] == [("1", "x; y"), ("2", "")]


def test_a_single_object_is_a_row_if_the_name_says_that_each_line_is_one(tmp_path):
    assert read(json_file(tmp_path, '{"a": 1}', "list.ndjson")) == (("a",), [("1",)])


def test_columns_are_those_of_all_items_in_order_of_appearance(tmp_path):
    path = json_file(tmp_path, [{"b": 1}, {"a": 2, "b": 3}, {"c": None}, {"c": 4}])
    assert read(path) == (("b", "a", "c"), [("1", "", ""), ("3", "2", ""), ("", "", "4")])


def test_rows_are_numbered_as_items_and_empty_ones_passed_over(tmp_path):
    table = open_table(json_file(tmp_path, [{"a": "x"}, {}, {"a": None}, {"a": "y"}]))
    assert [row.number for row in table.rows()] == [1, 4]


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ('"بالاچ"', "بالاچ"),
        ('"\\u0628"', "ب"),
        ("null", ""),
        ("true", "true"),
        ("false", "false"),
        ("12", "12"),
        ("1.50", "1.50"),
        ("-33.448890", "-33.448890"),
        ("1E5", "100000"),
        ("12345678901234567890123", "12345678901234567890123"),
        ("[1, null, true]", "1; ; true"),
        ("[]", ""),
    ],
)
def test_a_value_is_text_as_it_is_written(tmp_path, written, text):
    path = json_file(tmp_path, f'[{{"a": {written}, "b": 1}}]')
    assert next(open_table(path).rows()).cells["a"] == text


def test_objects_within_objects_become_columns_with_dots(tmp_path):
    item = {"name": "Balach", "place": {"name": "Turbat", "point": {"lat": 26.0, "tags": [1, 2]}}}
    assert row_of(tmp_path, item) == {
        "name": "Balach",
        "place.name": "Turbat",
        "place.point.lat": "26.0",
        "place.point.tags": "1; 2",
    }


def deep(levels):
    value = 1
    for _level in range(levels):
        value = {"a": value}
    return value


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ([{"a": [{"b": 1}]}], "item 1, column “a”: .*list of objects"),
        ([{"a": 1}, {"a": [[1, 2]]}], "item 2, column “a”: .*list of objects or of lists"),
        ([{"a": 1}, 2], "item 2: .*no object"),
        ([["a", "b"], [1, 2]], "item 1: .*no object"),
        ('[{"a": 1, "a": 2}]', "item 1, column “a”: .*two values"),
        ([{"a.b": 1, "a": {"b": 2}}], "column “a.b”: .*two values"),
        ([{"": 1}], "name of a value is empty"),
        ([{"x" * 301: 1}], "300 characters"),
        ([{"a": "x\0y"}], "column “a”: .*NUL"),
        ([{"a": "x" * 100_001}], "item 1, column “a”: .*100000 characters"),
        ([deep(25)], "more than 20 deep"),
        (deep(25), "more than 20 deep"),
        ('[{"a": 1}, {"a": NaN}]', "item 2, column “a”: .*no valid JSON"),
        ('[{"a": 1},]', "no valid JSON"),
        ('[{"a": 1}', "no valid JSON"),
        ('[{"a": 1}] [{"a": 2}]', "no valid JSON"),
        ('[{"a": ' + "1" * 10_000 + "}]", "1000 digits"),
        (b'[{"a": "Mu\xf1oz"}]', "no valid JSON"),
        ("[" * 100_000, "item 1: .*no object"),
        ('{"a": 1}', "no list of objects"),
        ({"a": [{"b": 1}], "c": [{"d": 1}]}, "several lists of objects: a, c"),
        ([], "no row"),
        ([{}, {"a": ""}], "no row"),
        ([{str(number): 1} for number in range(3000)], "2001 columns"),
        ([{str(number): 1 for number in range(3000)}], "more values"),
    ],
)
def test_what_makes_no_table_is_refused(tmp_path, value, said):
    with pytest.raises(FileRefused, match=r"^list\.json.*" + said):
        open_table(json_file(tmp_path, value))


@pytest.mark.parametrize(
    "text",
    [
        '[{"a": "' + "x" * 9_000_000 + '"}]',
        '[{"a": [' + "null," * 2_000_000 + "null]}]",
        '[{"a": ' + " " * 9_000_000 + "1}]",
    ],
)
def test_a_value_without_end_is_refused(tmp_path, text):
    with pytest.raises(FileRefused, match=r"million characters|than a row can hold"):
        open_table(json_file(tmp_path, text))


def test_the_press_list_is_read_in_both_scripts():
    columns, rows = read(sample_data("gaza_press/press_killed_in_gaza.json"))
    assert columns == ("name", "name_en", "notes")
    assert rows[0][:2] == ("محمد الصالحي", "Mohammed al-Salhi")
