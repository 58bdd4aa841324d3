"""What a mapping says, read and checked: the form in which the rest of an import uses it."""

import hashlib
import json
from collections.abc import Mapping as Table_
from dataclasses import dataclass, field
from typing import Any, Literal

from incidents.importing.mapping.catalogue import Table
from incidents.importing.mapping.templates import Template
from incidents.importing.tables.rows import TableOptions
from reference.date_notation import canonical_text

LONGEST_KEY = 300
"""Characters of a key; a longer one ends in a digest of the whole."""

ITEM = "item"
"""Name of the part of a cell that a block with ``split`` stands for."""

COUNT = "count"
"""Name of the number of people of a case."""

ROWS = "rows"
"""Name of the number of rows of a case."""

RowKind = Literal["victim", "violation", "incident"]
Differ = Literal["refuse", "first", "span", "leave"]
Policy = Literal["refuse", "leave", "ignore", "use"]


@dataclass(frozen=True, eq=False)
class Condition:
    """One test of a row: a column holds one of these texts, or none of them, or anything."""

    column: str
    among: frozenset[str] = frozenset()
    unlike: frozenset[str] = frozenset()
    containing: tuple[str, ...] = ()
    filled: bool | None = None


@dataclass(frozen=True, eq=False)
class When:
    """All of these must hold; of ``either``, if there are any, at least one."""

    every: tuple[Condition, ...] = ()
    either: tuple["When", ...] = ()


@dataclass(frozen=True, eq=False)
class DateOptions:
    """How dates are written in a column and how exactly they are meant."""

    formats: tuple[str, ...] = ()
    day_first: bool | None = None
    exact_to: Literal["day", "month", "year"] = "day"
    approximate: bool = False
    uncertain: bool = False


@dataclass(frozen=True, eq=False)
class Value:
    """Where the value of a field comes from.

    ``kind``: ``column``, ``text`` (a template), ``constant``, ``first_of``, ``columns``,
    ``range`` (two dates) or ``parts`` (year, month, day). ``sources`` are the columns, in order;
    ``options`` the values tried in turn or, for ``range`` and ``parts``, what they consist of.
    """

    kind: Literal["column", "text", "constant", "first_of", "columns", "range", "parts"]
    where: str
    line: int | None
    sources: tuple[str, ...] = ()
    template: Template | None = None
    constant: Any = None
    options: tuple["Value | None", ...] = ()
    join: str = " "
    when: When | None = None
    map: Table_[str, Any] | None = None
    map_case: bool = False
    unmapped: Policy | None = None
    use: Any = None
    missing: frozenset[str] = frozenset()
    split: tuple[str, ...] = ()
    differ: Differ = "refuse"
    dates: DateOptions = field(default_factory=DateOptions)
    within: str = ""
    level: str = ""
    basis: str = ""
    create: Table_[str, Any] | None = None


@dataclass(frozen=True, eq=False)
class Split:
    """A column whose text holds several items, each of which makes the block once."""

    column: str
    by: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Block:
    """One table of the mapping: a row of the case file for each row, or none."""

    table: Table
    index: str
    where: str
    line: int | None
    fields: Table_[str, Value] = field(default_factory=dict)
    children: tuple["Block", ...] = ()
    when: When | None = None
    split: Split | None = None
    end_before_start: Literal["refuse", "leave-end", "leave-both"] = "refuse"
    cite: Table_[str, Value] | None = None
    cited: bool = True

    def child(self, name: str) -> "Block | None":
        """The first table of that name inside this one."""
        return next((child for child in self.children if child.table.name == name), None)


@dataclass(frozen=True)
class ListSpec:
    """The list itself: its code and name, and what it could have recorded."""

    code: str
    name: str
    covers: str = ""
    areas: tuple[str, ...] = ()
    types: tuple[str, ...] = ()


@dataclass(frozen=True)
class Order:
    """Columns whose dates must not go back, and what happens where they do."""

    columns: tuple[str, ...]
    otherwise: Literal["leave-later", "leave-all", "refuse"]


@dataclass(frozen=True)
class RowsSpec:
    """What a row is and which columns name it, its incident and its person."""

    are: RowKind
    key: tuple[str, ...] = ()
    incident: tuple[str, ...] = ()
    person: tuple[str, ...] = ()
    orders: tuple[Order, ...] = ()


@dataclass(frozen=True)
class PlaceSpec:
    """Columns in which the list names a place and its point."""

    name: str
    latitude: str
    longitude: str
    level: str
    parent: str
    leave_out: frozenset[str] = frozenset()
    box: tuple[float, float, float, float] | None = None
    """South, west, north, east: a point outside it belongs to another country."""


@dataclass(frozen=True)
class AreasSpec:
    """The areas that the list itself brings, below one country."""

    country_code: str
    country_name: str
    places: tuple[PlaceSpec, ...]


@dataclass(frozen=True)
class AgencySpec:
    """An agency that the mapping describes, for where it does not exist yet."""

    name: str
    values: Table_[str, Any]


@dataclass(frozen=True, eq=False)
class Mapping:
    """A whole mapping. ``columns_read`` are the columns of the list that it reads."""

    text: str
    list: ListSpec
    table_options: TableOptions
    missing: frozenset[str]
    rows: RowsSpec
    dates: DateOptions
    areas: AreasSpec | None
    agencies: tuple[AgencySpec, ...]
    source: Table_[str, Value]
    citation: Table_[str, Value]
    also_cite: tuple[Block, ...]
    incident: Block
    facts: tuple[Block, ...]
    victims: tuple[Block, ...]
    columns_read: frozenset[str]

    def row_key(self, cells: Table_[str, str]) -> str:
        """The key of a row in the list; without key columns, a digest of its content.

        Empty where the key columns are.
        """
        if not self.rows.key:
            content = json.dumps(dict(sorted(cells.items())), ensure_ascii=False)
            return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:32]
        return self._joined(cells, self.rows.key)

    def case_key(self, cells: Table_[str, str], row_key: str) -> str:
        """The key of the case of a row: rows that share it tell of one incident."""
        if not self.rows.incident:
            return row_key
        return self._joined(cells, self.rows.incident) or _bounded(f"— {row_key}")

    def person_key(self, cells: Table_[str, str], row_key: str) -> str:
        """The key of the person of a row within its case."""
        if not self.rows.person:
            return row_key
        return self._joined(cells, self.rows.person) or f"— {row_key}"

    def _joined(self, cells: Table_[str, str], columns: tuple[str, ...]) -> str:
        given = [cells.get(column, "").strip() for column in columns]
        if not any(text and text not in self.missing for text in given):
            return ""
        return _bounded(" / ".join(map(canonical_text, given)))  # ۱ names the row that 1 names


def _bounded(key: str) -> str:
    if len(key) <= LONGEST_KEY:
        return key
    digest = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:32]
    return f"{key[: LONGEST_KEY - 33]} {digest}"
