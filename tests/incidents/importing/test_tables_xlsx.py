"""Workbooks: each cell as it is shown, and nothing that would be lost or guessed."""

import datetime
import struct
import zipfile

import openpyxl
import pytest

from incidents.importing.tables import FileRefused, TableOptions, open_table, sheets
from tests.incidents.importing.table_files import (
    MAIN,
    header_and_one_row,
    inline,
    read,
    sheet_xml,
    text_file,
    workbook_file,
)


def saved(folder, *rows, formats=None, **others):
    """A workbook as openpyxl writes it; ``others`` are further sheets by name."""
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.title = "Cases"
    for row in rows:
        sheet.append(row)
    for cell, code in (formats or {}).items():
        sheet[cell].number_format = code
    for name, lines in others.items():
        other = workbook.create_sheet(name)
        for line in lines:
            other.append(line)
    return workbook, folder / "list.xlsx"


def value_of(folder, value, code=None, *, epoch=None):
    """The text of a cell with this value and number format."""
    workbook, path = saved(folder, ["value"], [value], formats={"A2": code} if code else None)
    if epoch:
        workbook.epoch = epoch
    workbook.save(path)
    return read(path)[1][0][0]


def of_cell(folder, cell, **parts):
    """The text of the cell A2, given as XML."""
    rows = f'<row r="1">{inline("A1", "value")}</row><row r="2">{cell}</row>'
    return read(workbook_file(folder, sheet_xml(rows), **parts))[1][0][0]


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        ("بالاچ", None, "بالاچ"),
        ("  kept  ", None, "  kept  "),
        ("007", None, "007"),
        ("one\ntwo", None, "one\ntwo"),
        (12, None, "12"),
        (12.0, None, "12"),
        (-3, None, "-3"),
        (33.4, None, "33.4"),
        (0.1 + 0.2, None, "0.3"),
        (1e-7, None, "0.0000001"),
        (3520212345671, None, "3520212345671"),
        (True, None, "TRUE"),
        (False, None, "FALSE"),
        (datetime.date(2023, 10, 29), None, "2023-10-29"),
        (datetime.datetime(2023, 10, 29), None, "2023-10-29"),
        (datetime.datetime(2023, 10, 29, 14, 30), None, "2023-10-29T14:30:00"),
        (datetime.date(2023, 10, 29), "dd/mm/yyyy", "2023-10-29"),
        (datetime.date(2023, 10, 1), "mmm-yy", "2023-10"),
        (datetime.date(2023, 10, 29), "mmm-yy", "2023-10-29"),
        (datetime.date(2023, 1, 1), "yyyy", "2023"),
        (datetime.date(2023, 1, 1), "d mmmm yyyy", "2023-01-01"),
        (datetime.time(7, 5), None, "07:05:00"),
        (datetime.timedelta(hours=36, minutes=5), "[h]:mm", "36:05:00"),
        (45228, "0.00", "45228"),
        (45228, '#,##0 "days"', "45228"),
        (0.5, "0%", "0.5"),
    ],
)
def test_a_cell_is_text_as_a_person_would_write_it(tmp_path, value, code, text):
    assert value_of(tmp_path, value, code) == text


def test_dates_of_a_workbook_that_counts_from_1904_are_right(tmp_path):
    day = datetime.date(2023, 10, 29)
    assert value_of(tmp_path, day, epoch=openpyxl.utils.datetime.CALENDAR_MAC_1904) == "2023-10-29"


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('<c r="A2"><v>33.399999999999999</v></c>', "33.4"),
        ('<c r="A2"><v>1.0E2</v></c>', "100"),
        ('<c r="A2" t="e"><v>#N/A</v></c>', "#N/A"),
        ('<c r="A2" t="str"><f>A1</f><v>value</v></c>', "value"),
        ('<c r="A2"><f>1+1</f><v>2</v></c>', "2"),
        ('<c r="A2" t="d"><v>2023-10-29T00:00:00</v></c>', "2023-10-29"),
        ('<c t="inlineStr"><is><t>no reference</t></is></c>', "no reference"),
        ('<c r="A2" t="inlineStr"><is><r><t>in </t></r><r><t>parts</t></r></is></c>', "in parts"),
        ('<c r="A2" t="inlineStr"><is><t>a_x000D_b</t></is></c>', "a\rb"),
        ('<c r="A2" t="inlineStr"><is><t>_x0000__xD800_</t></is></c>', "_x0000__xD800_"),
    ],
)
def test_a_cell_of_the_xml_is_text(tmp_path, cell, text):
    assert of_cell(tmp_path, cell) == text


def test_shared_texts_are_read_without_reading_aids(tmp_path):
    strings = (
        f'<sst xmlns="{MAIN}"><si><t>other</t></si><si><r><t>bi</t></r><r><t>ta</t></r>'
        "<rPh><t>aid</t></rPh></si></sst>"
    )
    cell = '<c r="A2" t="s"><v>1</v></c>'
    assert of_cell(tmp_path, cell, strings=strings) == "bita"


def test_names_of_elements_with_a_prefix_are_read(tmp_path):
    sheet = (
        f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData>'
        '<x:row r="1"><x:c r="A1" t="inlineStr"><x:is><x:t>name</x:t></x:is></x:c></x:row>'
        '<x:row r="2"><x:c r="A2"><x:v>7</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    )
    assert read(workbook_file(tmp_path, sheet)) == (("name",), [("7",)])


def test_a_formula_without_its_result_is_refused_and_not_calculated(tmp_path):
    workbook, path = saved(tmp_path, ["name", "sum"], ["Balach", "=1+1"])
    workbook.save(path)
    with pytest.raises(FileRefused, match=r"cell B2: .*None is calculated"):
        read(path)


@pytest.mark.parametrize("error", ["#REF!", "#DIV/0!", "#VALUE!", "#NAME?"])
def test_an_error_is_refused_at_its_cell(tmp_path, error):
    with pytest.raises(FileRefused, match=f"sheet “Cases”, cell A2: .*{error[1:4]}"):
        of_cell(tmp_path, f'<c r="A2" t="e"><v>{error}</v></c>')


def test_a_date_that_is_none_is_refused_at_its_cell(tmp_path):
    workbook, path = saved(tmp_path, ["day"], [99999999], formats={"A2": "yyyy-mm-dd"})
    workbook.save(path)
    with pytest.raises(FileRefused, match=r"cell A2: .*its number is none"):
        read(path)


def test_merged_cells_are_refused_with_their_ranges(tmp_path):
    workbook, path = saved(tmp_path, ["a", "b"], [1, 2], [3, 4])
    workbook.active.merge_cells("A2:A3")
    workbook.save(path)
    with pytest.raises(FileRefused, match="merged: A2:A3"):
        open_table(path)


def test_merged_cells_of_a_title_above_the_header_do_no_harm(tmp_path):
    workbook, path = saved(tmp_path, ["Our list", ""], ["a", "b"], [1, 2])
    workbook.active.merge_cells("A1:B1")
    workbook.save(path)
    assert read(path, header_row=2) == (("a", "b"), [("1", "2")])


def test_formulas_and_errors_above_the_header_do_no_harm(tmp_path):
    workbook, path = saved(tmp_path, ["=NOW()"], ["a"], [1])
    workbook.save(path)
    assert read(path, header_row=2) == (("a",), [("1",)])


def test_a_workbook_with_several_filled_sheets_asks_for_one(tmp_path):
    workbook, path = saved(tmp_path, ["a"], [1], Other=[["b"], [2]], Empty=[])
    workbook.save(path)
    with pytest.raises(FileRefused, match="“Cases”, “Other”"):
        open_table(path)
    assert sheets(path) == ["Cases", "Other"]
    assert read(path, sheet="other ") == (("b",), [("2",)])


def test_the_only_filled_sheet_is_taken(tmp_path):
    workbook, path = saved(tmp_path, Other=[["b"], [2]])
    workbook.save(path)
    assert read(path) == (("b",), [("2",)])


def test_an_unknown_sheet_is_refused_with_those_there_are(tmp_path):
    workbook, path = saved(tmp_path, ["a"], [1])
    workbook.save(path)
    with pytest.raises(FileRefused, match=r"no sheet “Victims”.*“Cases”"):
        read(path, sheet="Victims")


def test_hidden_sheets_and_rows_are_read(tmp_path):
    workbook, path = saved(tmp_path, Other=[["a"], [1], [2]])
    workbook["Other"].sheet_state = "hidden"
    workbook["Other"].row_dimensions[3].hidden = True
    workbook.save(path)
    assert read(path)[1] == [("1",), ("2",)]


def test_a_workbook_without_any_value_is_refused(tmp_path):
    workbook, path = saved(tmp_path)
    workbook.save(path)
    with pytest.raises(FileRefused, match="No sheet"):
        open_table(path)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([["a", "b"]], "no row under"),
        ([["a", None, "c"], [1, 2, 3]], "cell B2: .*no name"),
        ([["a"], [1, 2]], "row 2: .*filled cell B.*ends at column A"),
        ([["a", "b", "a"], [1, 2, 3]], r"row 1: .*“a” \(A, C\)"),
        ([[None], [1]], "row 1: .*empty"),
        ([[f"c{number}" for number in range(10_000)], [1]], "10000 columns"),
        ([["a"], ["x" * 100_001]], "row 2, column “a”: .*100000 characters"),
    ],
)
def test_a_sheet_that_is_no_table_is_refused_at_its_row(tmp_path, rows, said):
    if isinstance(rows[1:] and rows[1][0], str):
        sheet = sheet_xml(
            f'<row r="1">{inline("A1", "a")}</row><row r="2">{inline("A2", rows[1][0])}</row>'
        )
        path = workbook_file(tmp_path, sheet)
    else:
        workbook, path = saved(tmp_path, *rows)
        workbook.save(path)
    with pytest.raises(FileRefused, match=said):
        read(path)


def test_empty_columns_and_rows_are_passed_over_and_rows_keep_their_numbers(tmp_path):
    workbook, path = saved(tmp_path, ["a", None, "c", None], [1, None, 3], [], [4, None, 6])
    workbook.save(path)
    assert [(row.number, row.cells) for row in open_table(path).rows()] == [
        (2, {"a": "1", "c": "3"}),
        (4, {"a": "4", "c": "6"}),
    ]


def test_rows_behind_a_long_run_of_formatted_empty_ones_are_not_lost(tmp_path):
    empty = "".join(
        f'<row r="{number}"><c r="A{number}" s="0"/></row>' for number in range(3, 60_000)
    )
    last = f'<row r="60001">{inline("A60001", "Gul")}</row>'
    path = workbook_file(tmp_path, sheet_xml(header_and_one_row() + empty + last))
    assert read(path)[1] == [("Balach",), ("Gul",)]


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path):
    sheet = sheet_xml(header_and_one_row(), after=" " * 40_000_000)
    path = workbook_file(tmp_path, sheet)
    assert path.stat().st_size < 100_000
    with pytest.raises(FileRefused, match="far larger than any list"):
        open_table(path)


def test_a_workbook_of_many_parts_is_refused(tmp_path):
    extra = [(f"xl/media/{number}", "") for number in range(10_001)]
    with pytest.raises(FileRefused, match="far larger than any list"):
        open_table(workbook_file(tmp_path, sheet_xml(header_and_one_row()), extra=extra))


def test_parts_that_claim_two_gigabytes_are_refused(tmp_path):
    path = workbook_file(tmp_path, sheet_xml(header_and_one_row()))
    rewrite_size(path, "xl/worksheets/sheet1.xml", 3 * 1024**3)
    with pytest.raises(FileRefused, match="far larger than any list"):
        open_table(path)


def test_a_part_that_is_larger_than_it_claims_is_never_unpacked_beyond_that(tmp_path):
    sheet = sheet_xml(header_and_one_row(), after=" " * 40_000_000)
    path = workbook_file(tmp_path, sheet)
    rewrite_size(path, "xl/worksheets/sheet1.xml", 500)
    with pytest.raises(FileRefused, match="damaged"):
        open_table(path)


def rewrite_size(path, part, size):
    """Let the directory of a zip file lie about the size of a part."""
    content = bytearray(path.read_bytes())
    at = content.rindex(part.encode()) - 46
    assert content[at : at + 4] == b"PK\x01\x02"
    content[at + 24 : at + 28] = struct.pack("<I", size)
    path.write_bytes(content)


@pytest.mark.parametrize("packing", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_packing_that_unpacks_without_bound_is_refused(tmp_path, packing):
    path = tmp_path / "list.xlsx"
    with zipfile.ZipFile(path, "w", packing) as package:
        package.writestr("xl/workbook.xml", "x")
    with pytest.raises(FileRefused, match="no office program uses"):
        open_table(path)


def test_a_workbook_that_was_cut_off_is_refused(tmp_path):
    path = workbook_file(tmp_path, sheet_xml(header_and_one_row()))
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(FileRefused, match="damaged"):
        open_table(path)


def test_a_workbook_with_flipped_bytes_is_refused(tmp_path):
    path = workbook_file(tmp_path, sheet_xml(header_and_one_row()))
    content = bytearray(path.read_bytes())
    at = content.index(b"xl/worksheets/sheet1.xml") + 40
    content[at : at + 20] = bytes(20)
    with pytest.raises(FileRefused, match="damaged"):
        open_table(text_file(tmp_path, bytes(content), "list.xlsx"))


@pytest.mark.parametrize(
    "document_type",
    [
        '<!DOCTYPE a [<!ENTITY e "x">]>',
        '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE a SYSTEM "http://example.org/a.dtd">',
    ],
)
def test_entities_and_document_types_are_refused(tmp_path, document_type):
    sheet = document_type + sheet_xml(f'<row r="1">{inline("A1", "name")}</row>')
    with pytest.raises(FileRefused, match="damaged"):
        open_table(workbook_file(tmp_path, sheet))


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="A1" t="s"><v>99</v></c></row>',
        '<row r="1"><c r="A1" s="x"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>many</v></c></row>',
        '<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row>',
        '<row r="2"><c r="A2"><v>1</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>',
        '<row r="1"><c r="ZZZZ1"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></row>',
        '<row r="9999999"><c r="A9999999"><v>1</v></c></row>',
    ],
)
def test_cells_that_do_not_hang_together_are_refused(tmp_path, rows):
    with pytest.raises(FileRefused, match="damaged"):
        read(workbook_file(tmp_path, sheet_xml(rows)))


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1">' + inline("A1", "&#65;" * 1_000_000) + "</row>",
        '<row r="1"><c r="' + "A" * 5_000_000 + '"/></row>',
        '<row r="1">' + "<c><v>1</v></c>" * 16_385 + "</row>",
    ],
)
def test_a_row_without_end_is_refused(tmp_path, rows):
    padded = sheet_xml(rows, after="".join(f"<!--{number}-->" for number in range(50_000)))
    with pytest.raises(FileRefused, match=r"damaged|characters"):
        read(workbook_file(tmp_path, padded))


def test_a_table_can_be_read_again_and_left_half_read(tmp_path):
    workbook, path = saved(tmp_path, ["a"], ["x"], ["y"])
    workbook.save(path)
    table = open_table(path, options=TableOptions())
    assert next(table.rows()).cells == {"a": "x"}
    assert [row.cells["a"] for row in table.rows()] == ["x", "y"]
