"""A workbook: which sheets it has, how its dates are counted, and which cells are dates."""

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from incidents.importing.tables.limits import MAX_FORMATS, MAX_SHEETS
from incidents.importing.tables.refusal import Place
from incidents.importing.tables.xlsx_formats import Meaning, meaning_of
from incidents.importing.tables.xlsx_package import Package
from incidents.importing.tables.xlsx_sheet import is_filled
from incidents.importing.tables.xlsx_xml import parse_whole


@dataclass(frozen=True)
class Sheet:
    """A sheet of cells, hidden or not."""

    name: str
    part: str


class Workbook:
    """An opened workbook. Close it after use."""

    def __init__(self, path: Path, place: Place) -> None:
        """Open the file and read its frame. Raises FileRefused."""
        self.package = Package(path, place)
        try:
            self._read_frame()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self.package.close()

    def filled_sheets(self) -> list[Sheet]:
        """The sheets in which at least one cell holds something."""
        return [sheet for sheet in self.sheets if is_filled(self.package, sheet.part)]

    def _read_frame(self) -> None:
        root = _Relations(self.package, "")
        part = root.target("officeDocument") or "xl/workbook.xml"
        frame = _Frame()
        with self.package.open(part, frame=True) as source:
            parse_whole(source, frame, self.package)
        self.counted_from_1904 = frame.counted_from_1904
        relations = _Relations(self.package, part)
        self.sheets = tuple(
            Sheet(name, relations.parts[number])
            for name, number in frame.sheets
            if relations.kinds.get(number) == "worksheet"
        )
        self.strings_part = relations.target("sharedStrings")
        self.meanings = self._read_meanings(relations.target("styles"))

    def _read_meanings(self, part: str) -> tuple[Meaning, ...]:
        """Number of a cell's format → whether it shows a number as a date."""
        formats = _Formats()
        if part:
            with self.package.open(part, frame=True) as source:
                parse_whole(source, formats, self.package)
        known: dict[int, Meaning] = {}
        for number in set(formats.of_cells):
            known[number] = meaning_of(number, formats.codes.get(number))
        return tuple(known[number] for number in formats.of_cells)


class _Relations:
    """What a part refers to: id → part of the package, and its kind."""

    def __init__(self, package: Package, part: str) -> None:
        self.parts: dict[str, str] = {}
        self.kinds: dict[str, str] = {}
        self._folder, name = posixpath.split(part)
        own = posixpath.join(self._folder, "_rels", f"{name}.rels")
        if own in package:
            with package.open(own, frame=True) as source:
                parse_whole(source, self, package)

    def target(self, kind: str) -> str:
        """The first part of a kind, or nothing."""
        found: Iterator[str] = (key for key, value in self.kinds.items() if value == kind)
        return self.parts.get(next(found, ""), "")

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag != "Relationship" or attributes.get("TargetMode") == "External":
            return
        target = posixpath.join("/", self._folder, attributes["Target"])
        self.parts[attributes["Id"]] = posixpath.normpath(target).lstrip("/")
        self.kinds[attributes["Id"]] = attributes["Type"].rpartition("/")[2]

    def end(self, tag: str) -> None:
        pass

    def text(self, text: str) -> None:
        pass


@dataclass
class _Frame:
    """The workbook part: names of the sheets with the ids of their parts."""

    sheets: list[tuple[str, str]] = field(default_factory=list)
    counted_from_1904: bool = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "workbookPr":
            self.counted_from_1904 = attributes.get("date1904") in ("1", "true")
        elif tag == "sheet":
            number = next(value for name, value in attributes.items() if name.endswith(":id"))
            self.sheets.append((attributes["name"], number))
            if len(self.sheets) > MAX_SHEETS:
                raise ValueError("too many sheets")

    def end(self, tag: str) -> None:
        pass

    def text(self, text: str) -> None:
        pass


@dataclass
class _Formats:
    """The styles part: codes of the formats by number, and the number of each cell format."""

    codes: dict[int, str] = field(default_factory=dict)
    of_cells: list[int] = field(default_factory=list)
    _inside: bool = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "numFmt":
            self.codes[int(attributes["numFmtId"])] = attributes["formatCode"]
        elif tag == "cellXfs":
            self._inside = True
        elif tag == "xf" and self._inside:
            self.of_cells.append(int(attributes.get("numFmtId", 0)))
            if len(self.of_cells) > MAX_FORMATS:
                raise ValueError("too many formats")

    def end(self, tag: str) -> None:
        if tag == "cellXfs":
            self._inside = False

    def text(self, text: str) -> None:
        pass
