"""Text tables: any encoding and separator, and nothing lost silently."""

import codecs
import csv
import io
from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incidents.importing.tables import FileRefused, TableOptions, open_table
from tests.incidents.importing.table_files import read, text_file

URDU = "نام,جگہ\nبالاچ مولا بخش,تربت\nگل محمد,کوئٹہ\nچاکر,پنجگور\n"
SPANISH = "nombre,lugar\nMuñoz Peña,Concepción\nJosé Núñez,Valparaíso\nÁngela Ibáñez,Ñuñoa\n"
POLISH = "imię,miejsce\nŁukasz,Łódź\nŚwięty,Gdańsk\n"
RUSSIAN = "Имя,Место\nИван Петров,Грозный\nАхмед,Шали\n"


def rows_of(text):
    header, *rows = [tuple(line.split(",")) for line in text.splitlines()]
    return header, rows


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (URDU, "utf-8"),
        (URDU, "utf-8-sig"),
        (URDU, "utf-16"),
        (URDU, "utf-16-le"),
        (URDU, "utf-16-be"),
        (URDU, "utf-32"),
        (SPANISH, "utf-16-le"),
        ("الاسم,المكان\nمحمد أحمد,غزة\nعبد الله,خان يونس\n", "cp1256"),
        (SPANISH, "cp1252"),
        (SPANISH, "mac_roman"),
        (SPANISH, "cp850"),
        (POLISH, "cp1250"),
        (RUSSIAN, "cp1251"),
    ],
)
def test_the_encoding_is_found_out(tmp_path, text, encoding):
    assert read(text_file(tmp_path, text, encoding=encoding)) == rows_of(text)


def test_the_encoding_can_be_given(tmp_path):
    path = text_file(tmp_path, "isim,yer\nŞırnaklı,Diyarbakır\n", encoding="cp1254")
    assert read(path, encoding="Windows-1254")[1] == [("Şırnaklı", "Diyarbakır")]


def test_a_mark_before_the_text_is_no_part_of_the_first_column(tmp_path):
    path = text_file(tmp_path, codecs.BOM_UTF8 + "نام\nبالاچ\n".encode())
    assert read(path, encoding="utf-8")[0] == ("نام",)


@pytest.mark.parametrize("encoding", ["klingon", "base64", "rot13"])
def test_an_encoding_that_is_none_is_refused(tmp_path, encoding):
    with pytest.raises(FileRefused, match="no known encoding"):
        read(text_file(tmp_path, "name\nBalach\n"), encoding=encoding)


def test_mixed_encodings_are_refused_at_the_line(tmp_path):
    content = "nombre\nMuñoz\nNúñez\n".encode() + "Peña\n".encode("cp1252")
    with pytest.raises(FileRefused, match=r"line 4 of the text.*mixes encodings.*line 2"):
        open_table(text_file(tmp_path, content))


def test_a_wrong_byte_far_behind_the_sample_is_refused_at_its_line(tmp_path):
    content = b"name\n" + b"Balach\n" * 50_000 + b"Mu\xf1oz\n"
    table = open_table(text_file(tmp_path, content), options=TableOptions(encoding="utf-8"))
    with pytest.raises(FileRefused, match=r"line 50002 of the text.*cannot be read as utf-8"):
        list(table.rows())


def test_a_wrong_byte_of_a_guessed_encoding_is_refused_at_its_line(tmp_path):
    content = SPANISH.encode("cp1252") * 4000 + b"\x81,\x8d\n"
    table = open_table(text_file(tmp_path, content))
    with pytest.raises(FileRefused, match=f"line {4 * 4000 + 1} of the text"):
        list(table.rows())


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_separator_is_found_out(tmp_path, delimiter):
    text = delimiter.join(("name", "note")) + "\n" + delimiter.join(("Balach", "a, b; c")) + "\n"
    if delimiter in ",;":
        text = text.replace("a, b; c", '"a, b; c"')
    assert read(text_file(tmp_path, text)) == (("name", "note"), [("Balach", "a, b; c")])


def test_a_decimal_comma_is_no_separator(tmp_path):
    assert read(text_file(tmp_path, "x;y\n1,5;2,5\n3,1;4,0\n"))[0] == ("x", "y")


@pytest.mark.parametrize("given", ["tab", "\\t", "\t"])
def test_the_separator_can_be_given(tmp_path, given):
    path = text_file(tmp_path, "a,b\tc\n1,2\t3\n")
    assert read(path, delimiter=given) == (("a,b", "c"), [("1,2", "3")])


def test_a_separator_of_two_characters_is_refused(tmp_path):
    with pytest.raises(FileRefused, match="cannot be a separator"):
        read(text_file(tmp_path, "a::b\n1::2\n"), delimiter="::")


def test_the_line_by_which_excel_names_the_separator_is_not_a_row(tmp_path):
    assert read(text_file(tmp_path, "sep=;\na;b\n1;2\n")) == (("a", "b"), [("1", "2")])


def test_quoted_line_breaks_belong_to_the_cell_and_rows_are_counted_as_a_spreadsheet_does(tmp_path):
    path = text_file(tmp_path, 'name,note\nBalach,"one\ntwo"\n\nGul,three\n')
    assert [(row.number, row.cells["note"]) for row in open_table(path).rows()] == [
        (2, "one\ntwo"),
        (4, "three"),
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end_is_read(tmp_path, end):
    assert read(text_file(tmp_path, end.join(("a,b", "1,2", "")))) == (("a", "b"), [("1", "2")])


def test_rows_can_be_read_again(tmp_path):
    table = open_table(text_file(tmp_path, "a\n1\n2\n"))
    assert [row.cells for row in table.rows()] == [row.cells for row in table.rows()]


def test_space_inside_cells_stays_and_around_names_of_columns_goes(tmp_path):
    assert read(text_file(tmp_path, " first  name ,b\n x ,y\n")) == (
        ("first name", "b"),
        [(" x ", "y")],
    )


def test_empty_rows_are_passed_over(tmp_path):
    assert read(text_file(tmp_path, "a,b\n\n,\n1,2\n \n,\n"))[1] == [("1", "2")]


def test_empty_columns_behind_the_last_are_passed_over(tmp_path):
    assert read(text_file(tmp_path, "a,b,,\n1,2,,\n3,4\n")) == (
        ("a", "b"),
        [("1", "2"), ("3", "4")],
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a,b\n1,2,3\n", "row 2: .*filled cell C.*header ends at column B"),
        ("a,b\n1,2\n3\n", "row 3: .*1 cells.*names 2 columns"),
        ("a,b,a\n1,2,3\n", r"row 1: .*same name: “a” \(A, C\)"),
        ("a,,c\n1,2,3\n", "row 2, cell B2: .*column has no name"),
        ('a,b\n1,"2\n3,4\n', "row 2: .*not closed"),
        ('a,b\n1,"he said "no" to it"\n', "row 2: .*middle of a cell"),
        ("a,b\n1,2\n3,\0\n", "line 3 of the text: .*NUL"),
        ("a,b\n", "no row under"),
        ("\n1,2\n", "row 1: .*empty"),
        ("a\n" + "x" * 100_001 + "\n", "row 2, column “a”: .*100000 characters"),
        (f"{'x' * 301}\n1\n", "row 1, cell A: .*300 characters"),
    ],
)
def test_what_cannot_be_read_without_guessing_is_refused_at_its_row(tmp_path, text, said):
    with pytest.raises(
        FileRefused, match=r"^list\.csv, " + said if "row under" not in said else said
    ):
        read(text_file(tmp_path, text), delimiter=",")


def test_a_row_says_its_line_too_where_cells_have_line_breaks(tmp_path):
    with pytest.raises(FileRefused, match="row 3, line 4 of the text"):
        read(text_file(tmp_path, 'a,b\n1,"x\ny"\n2\n'))


def test_a_title_above_the_names_of_the_columns_is_refused_with_the_way_out(tmp_path):
    path = text_file(tmp_path, "Our list\nname,place\nBalach,Turbat\n")
    with pytest.raises(FileRefused, match="header_row"):
        read(path, delimiter=",")
    assert read(path, header_row=2) == (("name", "place"), [("Balach", "Turbat")])


def test_a_header_row_behind_the_end_is_refused(tmp_path):
    with pytest.raises(FileRefused, match="no row 9"):
        read(text_file(tmp_path, "a\n1\n"), header_row=9)


def test_ten_thousand_columns_are_refused(tmp_path):
    text = ",".join(f"c{number}" for number in range(10_000)) + "\n" + "1," * 10_000 + "\n"
    with pytest.raises(FileRefused, match="10000 columns; 2000"):
        read(text_file(tmp_path, text))


def test_a_line_without_end_is_refused(tmp_path):
    with pytest.raises(FileRefused, match="does not end"):
        read(text_file(tmp_path, b"a,b\n" + b"," * 5_000_000), delimiter=",")


def test_a_table_without_end_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("incidents.importing.tables.csv_table.MAX_ROWS", 3)
    table = open_table(text_file(tmp_path, "a\n1\n2\n3\n4\n"))
    with pytest.raises(FileRefused, match="more than 2000000 rows"):
        list(table.rows())


def test_rows_before_a_bad_one_can_be_had(tmp_path):
    table = open_table(text_file(tmp_path, "a,b\n1,2\n3\n"))
    assert [row.cells["b"] for row in islice(table.rows(), 1)] == ["2"]


TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc"), include_characters="\n\t"),
    max_size=12,
).filter(lambda text: not text.endswith("\r"))
NAMES = st.text(st.characters(codec="utf-8", categories=("L", "N")), min_size=1, max_size=8)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(NAMES, min_size=1, max_size=5, unique=True).flatmap(
        lambda columns: st.tuples(
            st.just(columns),
            st.lists(
                st.lists(TEXT, min_size=len(columns), max_size=len(columns)).filter(
                    lambda cells: any(cell.strip() for cell in cells)
                ),
                min_size=1,
                max_size=6,
            ),
        )
    ),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32"]),
    st.sampled_from([",", ";", "\t", "|"]),
    st.sampled_from(["\n", "\r\n"]),
)
def test_whatever_a_csv_writer_writes_is_read_as_it_was(
    tmp_path_factory, table, encoding, delimiter, end
):
    columns, rows = table
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator=end)
    writer.writerows([columns, *rows])
    path = text_file(tmp_path_factory.mktemp("written"), text.getvalue(), encoding=encoding)
    found = read(path, delimiter=delimiter, encoding=encoding, format="csv")
    assert found == (tuple(columns), [tuple(row) for row in rows])
