"""Files for the tests of tables: ordinary ones, and ones that nobody should send."""

import zipfile

from incidents.importing.tables import TableOptions, open_table

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def read(path, *, name="", **options):
    """Columns, and cells of each row, of a file."""
    table = open_table(path, name=name, options=TableOptions(**options))
    return table.columns, [
        tuple(row.cells[column] for column in table.columns) for row in table.rows()
    ]


def text_file(folder, content, name="list.csv", encoding="utf-8"):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


def sheet_xml(rows, after=""):
    return f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{after}</worksheet>'


def inline(reference, text):
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'


def workbook_file(folder, sheet, *, name="list.xlsx", strings="", styles="", extra=()):
    """A workbook of one sheet, written part by part so that each can be wrong."""
    kinds = [("worksheet", "worksheets/sheet1.xml")]
    parts = {
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{DOCUMENT}"><sheets>'
        '<sheet name="Cases" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/worksheets/sheet1.xml": sheet,
    }
    for content, kind, part in (
        (strings, "sharedStrings", "sharedStrings.xml"),
        (styles, "styles", "styles.xml"),
    ):
        if content:
            kinds.append((kind, part))
            parts[f"xl/{part}"] = content
    links = "".join(
        f'<Relationship Id="rId{number}" Type="{DOCUMENT}/{kind}" Target="{part}"/>'
        for number, (kind, part) in enumerate(kinds, start=1)
    )
    parts["xl/_rels/workbook.xml.rels"] = (
        f'<Relationships xmlns="{PACKAGE}">{links}</Relationships>'
    )
    path = folder / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for part, content in (*parts.items(), *extra):
            package.writestr(part, content)
    return path


def header_and_one_row():
    return f'<row r="1">{inline("A1", "name")}</row><row r="2">{inline("A2", "Balach")}</row>'
