"""Reading tables of areas: CSV files, UTF-8, with a header line. Knows no database.

Two shapes, told apart by their headers.

**One area a row**, as in `fixtures/areas`. Columns, in any order, only the first four required:

| column | content |
|---|---|
| code | permanent code; letters, digits and . _ - |
| level | country, province, division, district, tehsil or town |
| parent | code of the wider area it is part of; empty for a country |
| name | in Latin script |
| name_local | in the script of the country |
| aliases, misspellings, former_names | names in any script, separated by ; |
| latitude, longitude | degrees, WGS 84; both or none |
| established, abolished | a date as exact as it is known: 2021-06-29, 2022-09, 2022 |
| predecessors | codes of the areas it was formed out of, separated by ; |
| population | persons |
| note, source | free text |

**One narrowest area a row, with the areas it lies in**, as in the COD-AB tables of OCHA: for each
level a code column and a name column. Levels are ADM0 to ADM4 (country, province, district,
tehsil, town) or written out (`Province_Code`, `Province`). Code columns end in `PCODE` or `CODE`;
name columns in `EN` (the name), in another language code (the local name; it is also the name
where there is no English one), or in `NAME` or nothing. `ALT..` columns are aliases. Columns
without a level (latitude, longitude, established, validTo, population, note, source) are about the
row's narrowest area.

Lines at the top that begin with # are comments. An empty cell says nothing: it changes nothing.
Columns that mean nothing to us are ignored and named in `AreaTable.ignored_columns`.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

LEVELS: Final = ("country", "province", "division", "district", "tehsil", "town")

PLAIN_FIELDS: Final = ("name", "name_local", "note", "source")
OTHER_FIELDS: Final = ("latitude", "longitude", "established", "abolished", "population")
NAME_LISTS: Final = {"former_names": "former", "aliases": "alias", "misspellings": "misspelling"}

_OTHER_HEADERS: Final = {
    "pcode": "code",
    "parent_code": "parent",
    "parent_pcode": "parent",
    "name_en": "name",
    "name_ur": "name_local",
    "local_name": "name_local",
    "alias": "aliases",
    "former_name": "former_names",
    "lat": "latitude",
    "center_lat": "latitude",
    "lon": "longitude",
    "lng": "longitude",
    "center_lon": "longitude",
    "valid_from": "established",
    "valid_to": "abolished",
    "validto": "abolished",
    "pop": "population",
}
_COLUMNS: Final = frozenset(
    ("code", "level", "parent", "predecessors", *PLAIN_FIELDS, *OTHER_FIELDS, *NAME_LISTS)
)
_REQUIRED: Final = ("code", "level", "parent", "name")

_ADM_LEVELS: Final = {
    "0": "country",
    "1": "province",
    "2": "district",
    "3": "tehsil",
    "4": "town",
}
_LEVEL_WORDS: Final = {
    "country": "country",
    "province": "province",
    "region": "province",
    "state": "province",
    "division": "division",
    "district": "district",
    "county": "district",
    "tehsil": "tehsil",
    "taluka": "tehsil",
    "municipality": "tehsil",
    "commune": "tehsil",
    "comuna": "tehsil",
    "town": "town",
}
_Line = tuple[int, list[str]]
_LEVEL_HEADER: Final = re.compile(
    r"^(?:adm(?:in)?_?(?P<number>[0-4])|(?P<word>" + "|".join(_LEVEL_WORDS) + r"))_?(?P<rest>.*)$"
)
_NAME: Final = frozenset({"", "name", "en", "name_en"})
_CODE: Final = frozenset({"code", "pcode", "p_code"})
_LOCAL_NAME: Final = re.compile(
    r"^(?:name_?\d|(?:name_)?(?!id$|hq$|no$|lat$|lon$|ref$)[a-z]{2,3})$"
)
_OF_THE_ROW: Final = frozenset((*OTHER_FIELDS, "note", "source"))


@dataclass(frozen=True, slots=True)
class _Role:
    """What a column of a wide table holds: code, name, local or alias, of one level."""

    level: str
    kind: str


@dataclass(slots=True)
class Problem:
    """Something wrong in a file. `row` is the line number as an editor shows it."""

    file: str
    row: int
    column: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}, row {self.row}, column {self.column}: {self.message}"


class AreaFileError(ValueError):
    """A table that cannot be loaded, with everything that is wrong with it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(map(str, self.problems)))


@dataclass(slots=True)
class AreaRow:
    """What a table says of one area. `cells` holds the columns that are not empty."""

    file: str
    row: int
    code: str
    level: str
    parent: str
    cells: dict[str, str] = field(default_factory=dict)
    names: list[tuple[str, str]] = field(default_factory=list)
    predecessors: list[str] = field(default_factory=list)
    columns: dict[str, str] = field(default_factory=dict)
    """For messages: the header in the file of what we call otherwise."""

    def problem(self, column: str, message: str) -> Problem:
        """A problem of this row; `column` in our words."""
        return Problem(self.file, self.row, self.columns.get(column, column), message)


@dataclass(slots=True)
class AreaTable:
    """The areas of one or several files, in their order."""

    rows: list[AreaRow] = field(default_factory=list)
    ignored_columns: list[str] = field(default_factory=list)


def read_area_files(paths: Iterable[Path]) -> AreaTable:
    """Read tables that may refer to each other.

    Raises AreaFileError with all problems of all files; OSError when a file cannot be opened.
    """
    table = AreaTable()
    problems: list[Problem] = []
    for path in paths:
        try:
            read = _read_file(path)
        except AreaFileError as error:
            problems += error.problems
        else:
            table.rows += read.rows
            table.ignored_columns += read.ignored_columns
    if problems:
        raise AreaFileError(problems)
    return table


def _read_file(path: Path) -> AreaTable:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        problem = Problem(path.name, 1, "", f"not UTF-8 text: {error.reason}")
        raise AreaFileError([problem]) from error
    try:
        if "\0" in text:
            raise csv.Error("it has NUL characters")
        lines = list(_numbered_rows(text))
    except csv.Error as error:
        raise AreaFileError([Problem(path.name, 1, "", f"not readable as CSV: {error}")]) from error
    (header_row, headers), *rows = lines or [(1, [])]
    problems = [
        Problem(path.name, number, str(len(headers) + 1), "more cells than headers")
        for number, cells in rows
        if len(cells) > len(headers)
    ]
    if problems:
        raise AreaFileError(problems)
    normal = [_normal(header) for header in headers]
    roles = [_role(header) for header in normal]
    if "level" not in normal and any(role and role.kind == "code" for role in roles):
        return _read_wide(path.name, headers, roles, rows)
    return _read_long(path.name, header_row, headers, rows)


def _numbered_rows(text: str) -> Iterator[_Line]:
    """The CSV rows that are not blank, each with the line of the file it ends on."""
    lines = text.splitlines(keepends=True)
    comments = 0
    while comments < len(lines) and lines[comments].lstrip().startswith("#"):
        comments += 1
    reader = csv.reader(lines[comments:], strict=True)
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield comments + reader.line_num, [cell.strip() for cell in cells]


def _normal(header: str) -> str:
    return re.sub(r"[^0-9a-z]+", "_", header.strip().lower()).strip("_")


def _read_long(file: str, header_row: int, headers: list[str], rows: list[_Line]) -> AreaTable:
    columns = [_column(header) for header in headers]
    problems = [
        Problem(file, header_row, column, "this column is missing")
        for column in _REQUIRED
        if column not in columns
    ]
    problems += [
        Problem(file, header_row, header, "this column is there twice")
        for header, column in zip(headers, columns, strict=True)
        if column and columns.count(column) > 1
    ]
    if problems:
        raise AreaFileError(problems)
    named = {column: header for column, header in zip(columns, headers, strict=True) if column}
    table = AreaTable(
        ignored_columns=[h for h, column in zip(headers, columns, strict=True) if not column]
    )
    for number, cells in rows:
        record = {c: cell for c, cell in zip(columns, cells, strict=False) if c and cell}
        table.rows.append(_long_row(file, number, record, named))
    return table


def _column(header: str) -> str:
    """Our word for a column without a level; empty for one that means nothing to us."""
    column = _OTHER_HEADERS.get(_normal(header), _normal(header))
    return column if column in _COLUMNS else ""


def _long_row(file: str, number: int, record: dict[str, str], named: dict[str, str]) -> AreaRow:
    return AreaRow(
        file=file,
        row=number,
        code=record.get("code", ""),
        level=record.get("level", ""),
        parent=record.get("parent", ""),
        cells={key: record[key] for key in (*PLAIN_FIELDS, *OTHER_FIELDS) if key in record},
        names=[
            (kind, name)
            for column, kind in NAME_LISTS.items()
            for name in _items(record.get(column, ""))
        ],
        predecessors=_items(record.get("predecessors", "")),
        columns=named,
    )


def _items(cell: str) -> list[str]:
    return [item.strip() for item in cell.split(";") if item.strip()]


def _role(normal: str) -> _Role | None:
    match = _LEVEL_HEADER.match(normal)
    if not match:
        return None
    level = _LEVEL_WORDS[match["word"]] if match["word"] else _ADM_LEVELS[match["number"]]
    rest = match["rest"]
    if rest in _CODE:
        return _Role(level, "code")
    if rest in _NAME:
        return _Role(level, "name")
    if rest.startswith("alt"):
        return _Role(level, "alias")
    return _Role(level, "local") if _LOCAL_NAME.match(rest) else None


def _read_wide(
    file: str, headers: list[str], roles: list[_Role | None], rows: list[_Line]
) -> AreaTable:
    plain = [
        column if not role and (column := _column(header)) in _OF_THE_ROW else ""
        for header, role in zip(headers, roles, strict=True)
    ]
    table = AreaTable(
        ignored_columns=[
            header
            for header, role, column in zip(headers, roles, plain, strict=True)
            if not role and not column
        ]
    )
    found: dict[str, AreaRow] = {}
    problems: list[Problem] = []
    for number, cells in rows:
        areas = _areas_of_row(file, number, cells, headers, roles)
        for area in areas:
            first = found.setdefault(area.code, area)
            if _said(first) != _said(area):
                problems.append(area.problem("name", _contradiction(first, area)))
        if areas:
            narrowest = found[areas[-1].code]
            narrowest.cells |= {c: v for c, v in zip(plain, cells, strict=False) if c and v}
            narrowest.columns |= {c: h for c, h in zip(plain, headers, strict=True) if c}
    if problems:
        raise AreaFileError(problems)
    table.rows = sorted(found.values(), key=lambda area: LEVELS.index(area.level))
    return table


def _areas_of_row(
    file: str, number: int, cells: list[str], headers: list[str], roles: list[_Role | None]
) -> list[AreaRow]:
    """The areas a row names, from the widest; each is part of the one before."""
    areas: list[AreaRow] = []
    for level in LEVELS:
        texts: dict[str, list[str]] = {"code": [], "name": [], "local": [], "alias": []}
        columns: dict[str, str] = {}
        for cell, header, role in zip(cells, headers, roles, strict=False):
            if role and role.level == level:
                columns.setdefault(role.kind, header)
                texts[role.kind] += [cell] if cell else []
        if not texts["code"]:
            continue
        name, *local = texts["name"][:1] + texts["local"] or [""]
        columns.setdefault("name", columns.get("local", columns["code"]))
        areas.append(
            AreaRow(
                file=file,
                row=number,
                code=texts["code"][0],
                level=level,
                parent=areas[-1].code if areas else "",
                cells={k: v for k, v in (("name", name), ("name_local", "".join(local[:1]))) if v},
                names=[("alias", alias) for alias in (*local[1:], *texts["alias"])],
                columns=columns,
            )
        )
    return areas


def _said(area: AreaRow) -> tuple[str, str, str]:
    return area.level, area.parent, area.cells.get("name", "")


def _contradiction(first: AreaRow, area: AreaRow) -> str:
    words = "{0} {2} in {1}"
    return (
        f"{area.code} is {words.format(*_said(area))} here "
        f"and {words.format(*_said(first))} in row {first.row}"
    )
