"""However large a file is, only a row of it is held in memory."""

import json
import tracemalloc
import zipfile

import pytest

from incidents.importing.tables import open_table
from tests.incidents.importing.table_files import MAIN, inline, sheet_xml, workbook_file

MEGABYTE = 1024**2
ROWS = 20_000
NOTE = "testimony " * 110


def csv_file(folder):
    path = folder / "list.csv"
    with path.open("w") as file:
        file.write("name,note\n")
        file.writelines(f"name {number},{NOTE}\n" for number in range(ROWS))
    return path


def json_file(folder):
    path = folder / "list.json"
    with path.open("w") as file:
        file.write('[{"name": "name 0", "note": ""}')
        for number in range(1, ROWS):
            file.write(",\n" + json.dumps({"name": f"name {number}", "note": NOTE}))
        file.write("]")
    return path


def xlsx_file(folder):
    """A workbook whose shared texts alone are 20 MB."""
    rows = "".join(
        f'<row r="{number}"><c r="A{number}" t="s"><v>{number - 2}</v></c></row>'
        for number in range(2, ROWS + 2)
    )
    texts = "".join(f"<si><t>{number} {NOTE}</t></si>" for number in range(ROWS))
    header = f'<row r="1">{inline("A1", "note")}</row>'
    return workbook_file(
        folder, sheet_xml(header + rows), strings=f'<sst xmlns="{MAIN}">{texts}</sst>'
    )


@pytest.mark.parametrize(("write", "limit"), [(csv_file, 4), (json_file, 4), (xlsx_file, 30)])
def test_a_file_of_twenty_megabytes_is_read_in_a_few(tmp_path, monkeypatch, write, limit):
    monkeypatch.setattr("incidents.importing.tables.xlsx_strings.SPOOL_BYTES", MEGABYTE)
    path = write(tmp_path)
    size = (
        sum(entry.file_size for entry in zipfile.ZipFile(path).infolist())
        if path.suffix == ".xlsx"
        else path.stat().st_size
    )
    assert size > 20 * MEGABYTE
    tracemalloc.start()
    try:
        assert sum(1 for _row in open_table(path).rows()) == ROWS
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < limit * MEGABYTE, f"{peak / MEGABYTE:.1f} MB"
