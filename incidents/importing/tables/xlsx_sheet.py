"""The rows of a sheet, streamed out of its XML."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from incidents.importing.tables.limits import CHUNK_BYTES, MAX_ROW_BYTES
from incidents.importing.tables.xlsx_package import Package
from incidents.importing.tables.xlsx_xml import parse

_LAST_COLUMN = 16_384
_LAST_ROW = 1_048_576
_MERGE = re.compile(rb"<(?:\w+:)?mergeCell\s[^<>]*?ref\s*=\s*[\"']([A-Z0-9:$]+)[\"']")
_OVERLAP_BYTES = 1024
"""More than the longest element that the pattern finds, so that none is cut in two."""
_CELL_COST = 32
"""Bytes a cell counts for in the size of a row, however little is in it."""


class RawCell(NamedTuple):
    """A cell as the XML has it."""

    reference: str
    kind: str
    """``n``, ``s``, ``str``, ``inlineStr``, ``b``, ``e`` or ``d``."""
    style: int
    text: str
    formula: bool


RawRow = tuple[int, dict[int, str]]
"""Number of the row, and column (from 0) → text of its filled cells."""


def read_rows(
    package: Package, part: str, text_of: Callable[[RawCell], str], *, first: int
) -> Iterator[RawRow]:
    """Stream the filled rows from row ``first`` on. Raises FileRefused."""
    handler = _Rows(text_of, first)
    with package.open(part) as source:
        for _piece in parse(source, handler, package):
            yield from handler.taken()


def is_filled(package: Package, part: str) -> bool:
    """Whether any cell of a sheet holds something."""
    return any(True for _row in read_rows(package, part, lambda cell: cell.text.strip(), first=1))


def merged_ranges(package: Package, part: str) -> list[str]:
    """The merged ranges of a sheet, such as ``A2:A5``.

    They stand behind all rows, so they are looked for before the rows are read, in the bytes: text
    of a cell cannot be taken for them, since a ``<`` of a text is written otherwise.
    """
    found: dict[str, None] = {}
    with package.open(part) as source:
        rest = b""
        while chunk := source.read(CHUNK_BYTES):
            rest += chunk
            found.update(dict.fromkeys(match.decode() for match in _MERGE.findall(rest)))
            rest = rest[-_OVERLAP_BYTES:]
            if len(found) > _LAST_COLUMN:
                break
    return list(found)


class _Rows:
    """Handler of a sheet: collects the filled rows of each piece that was parsed."""

    def __init__(self, text_of: Callable[[RawCell], str], first: int) -> None:
        self._text_of, self._first = text_of, first
        self._rows: list[RawRow] = []
        self._cells: dict[int, str] = {}
        self._number, self._column, self._size = 0, -1, 0
        self._inside = False  # of the rows; elements of other parts may be called alike
        self._kind, self._style, self._reference = "n", 0, ""
        self._pieces: list[str] = []
        self._formula = self._taking = self._aid = False
        self._columns: dict[str, int] = {}

    def taken(self) -> list[RawRow]:
        """The rows that were completed since the last call."""
        rows, self._rows = self._rows, []
        return rows

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if not self._inside:
            self._inside = tag == "sheetData"
        elif tag == "c":
            self._start_cell(attributes)
        elif tag == "v" or (tag == "t" and not self._aid):
            self._taking = True
        elif tag == "f":
            self._formula = True
        elif tag == "rPh":
            self._aid = True
        elif tag == "row":
            self._start_row(attributes)

    def text(self, text: str) -> None:
        if self._taking:
            self._pieces.append(text)
            self._grow(len(text))

    def end(self, tag: str) -> None:
        if tag == "v" or tag == "t":
            self._taking = False
        elif tag == "c":
            if (self._pieces or self._formula) and self._inside:
                self._end_cell()
        elif tag == "rPh":
            self._aid = False
        elif tag == "row" and self._inside:
            if self._cells:
                self._rows.append((self._number, self._cells))
        elif tag == "sheetData":
            self._inside = False

    def _start_row(self, attributes: dict[str, str]) -> None:
        number = int(float(attributes["r"])) if "r" in attributes else self._number + 1
        if not self._number < number <= _LAST_ROW:
            raise ValueError("rows out of order")
        self._number, self._cells, self._column, self._size = number, {}, -1, 0

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self._reference = attributes.get("r", "")
        self._kind = attributes.get("t", "n")
        self._style = int(attributes.get("s", 0))
        self._pieces, self._formula = [], False
        column = self._column + 1
        if self._reference:
            letters = self._reference.rstrip("0123456789")
            known = self._columns.get(letters)
            column = self._known_column(letters) if known is None else known
        if not self._column < column < _LAST_COLUMN:
            raise ValueError("cells out of order")
        self._column = column

    def _end_cell(self) -> None:
        if self._number < self._first:
            return
        cell = RawCell(
            self._reference, self._kind, self._style, "".join(self._pieces), self._formula
        )
        self._grow(_CELL_COST)
        text = self._text_of(cell)
        if text:
            self._cells[self._column] = text

    def _known_column(self, letters: str) -> int:
        number = 0
        for letter in letters:
            number = number * 26 + ord(letter) - ord("A") + 1
        self._columns[letters] = number - 1
        return number - 1

    def _grow(self, size: int) -> None:
        self._size += size
        if self._size > MAX_ROW_BYTES:
            raise ValueError("endless row")
