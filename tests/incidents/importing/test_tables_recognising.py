"""A file is what its content says, and it is refused in words that name it."""

import gzip
import zipfile

import pytest

from incidents.importing.tables import FileRefused, open_table, sheets
from incidents.importing.tables.limits import MAX_FILE_BYTES
from tests.incidents.importing.table_files import (
    header_and_one_row,
    read,
    sheet_xml,
    text_file,
    workbook_file,
)


def ole(*names):
    """The start of an OLE2 file whose directory, in the first sector, has these names."""
    head = bytearray(512)
    head[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    head[30:32] = (9).to_bytes(2, "little")
    return bytes(head) + b"".join(
        f"{name}\0".encode("utf-16-le").ljust(128, b"\0") for name in names
    )


def zipped(folder, *names):
    path = folder / "inner.zip"
    with zipfile.ZipFile(path, "w") as package:
        for name in names:
            package.writestr(name, "x")
    return path.read_bytes()


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "picture"),
        (b"\xff\xd8\xff\xe0" + bytes(50), "picture"),
        (gzip.compress(b"name\nBalach\n", mtime=0), "packed archive"),
        (b"7z\xbc\xaf\x27\x1c" + bytes(50), "packed archive"),
        (b"{\\rtf1 name}", "RTF"),
        (b"SQLite format 3\0" + bytes(50), "database"),
        (b"$FL2@(#) SPSS", "statistics program"),
        (b"\n<!DOCTYPE html><table><tr><td>name", "web page"),
        (b"<table><tr><td>name", "web page"),
        (b'<?xml version="1.0"?><Workbook>', "XML"),
        (ole("Root Entry", "Workbook"), "XLS"),
        (ole("Root Entry", "EncryptedPackage"), "password"),
        (ole("Root Entry", "WordDocument"), "DOC"),
        (bytes(range(256)) * 8, "binary"),
    ],
)
@pytest.mark.parametrize("name", ["list.csv", "list.xlsx", "list.xls", "list"])
def test_a_file_of_another_kind_is_named(tmp_path, content, what, name):
    with pytest.raises(FileRefused, match=what) as refusal:
        open_table(text_file(tmp_path, content, name))
    assert str(refusal.value).startswith(f"{name}:")


@pytest.mark.parametrize(
    ("part", "what"),
    [
        ("word/document.xml", "Word"),
        ("ppt/presentation.xml", "presentation"),
        ("xl/workbook.bin", "XLSB"),
        ("META-INF/manifest.xml", "OpenDocument"),
        ("list.csv", "packed archive"),
    ],
)
def test_a_zip_file_that_is_no_workbook_is_named(tmp_path, part, what):
    with pytest.raises(FileRefused, match=what):
        open_table(text_file(tmp_path, zipped(tmp_path, part), "list.xlsx"))


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("list.xlsx", b"name\nBalach\n", "CSV.*not an Excel workbook"),
        ("list.json", b"name\nBalach\n", "CSV.*not a JSON file"),
        ("list.csv", b'[{"name": "Balach"}]', "JSON file, not a text table"),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_refused(tmp_path, name, content, said):
    with pytest.raises(FileRefused, match=said):
        open_table(text_file(tmp_path, content, name))


def test_a_workbook_called_csv_is_refused(tmp_path):
    path = workbook_file(tmp_path, sheet_xml(header_and_one_row()), name="list.csv")
    with pytest.raises(FileRefused, match=r"Excel workbook.*not a text table"):
        open_table(path)


def test_the_owners_name_of_the_file_counts_not_that_of_the_upload(tmp_path):
    path = text_file(tmp_path, "name\nBalach\n", "upload.tmp")
    with pytest.raises(FileRefused, match=r"^list\.xlsx: "):
        open_table(path, name="list.xlsx")


def test_a_file_without_a_telling_name_is_read_by_its_content(tmp_path):
    assert read(text_file(tmp_path, '[{"name": "Balach"}]', "upload")) == (("name",), [("Balach",)])


def test_a_format_that_was_given_has_to_be_that_of_the_file(tmp_path):
    with pytest.raises(FileRefused, match="as was said"):
        read(text_file(tmp_path, "name\nBalach\n"), format="json")


def test_a_format_nobody_knows_is_refused(tmp_path):
    with pytest.raises(FileRefused, match="csv, xlsx and json"):
        read(text_file(tmp_path, "name\nBalach\n"), format="ods")


@pytest.mark.parametrize("content", [b"", b" \n\r\n\t", b"\xef\xbb\xbf"])
def test_an_empty_file_is_refused(tmp_path, content):
    with pytest.raises(FileRefused, match="empty"):
        open_table(text_file(tmp_path, content))


def test_a_file_of_two_gigabytes_is_refused_by_its_size(tmp_path):
    path = tmp_path / "list.csv"
    with path.open("wb") as file:
        file.truncate(2 * 1024**3)  # takes no room on the disk
    assert path.stat().st_size > MAX_FILE_BYTES
    with pytest.raises(FileRefused, match="2048 MB"):
        open_table(path)


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(FileRefused, match="cannot be opened"):
        open_table(tmp_path / "list.csv")


def test_rows_are_counted_from_one(tmp_path):
    with pytest.raises(FileRefused, match="header_row"):
        read(text_file(tmp_path, "name\nBalach\n"), header_row=0)


def test_a_text_table_has_no_sheets(tmp_path):
    assert sheets(text_file(tmp_path, "name\nBalach\n")) == []
