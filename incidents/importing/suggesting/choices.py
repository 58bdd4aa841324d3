"""What somebody chose on the page: kept on the batch, and written out as a mapping."""

from dataclasses import asdict, dataclass, field, fields
from typing import Any, Self

from incidents.importing.suggesting.headers import Family, families
from incidents.importing.tables import TableOptions

VALUES_SHOWN = 200
"""Distinct values of a column that are offered for choice, the most frequent ones."""


@dataclass(slots=True, kw_only=True)
class ChosenSource:
    """The source on which every fact of the list rests."""

    title: str = ""
    type: str = "case-list"
    publisher: str = ""
    author: str = ""
    published: str = ""
    url: str = ""
    confidential: bool = False


@dataclass(slots=True, kw_only=True)
class Choices:
    """How the columns of one table become cases.

    ``targets``: column, or pattern of a numbered family ("place_{n}"), → code of its target;
    columns that are absent are kept with their row and not read. ``families``: pattern → its
    numbers. ``terms``: column → value → code of the term (or name of the agency); a value without
    one is not understood. ``seen``: column → its distinct values with how often each occurs, the
    most frequent first.
    """

    list_code: str = ""
    list_name: str = ""
    sheet: str = ""
    encoding: str = ""
    header_row: int = 1
    rows_are: str = "victim"
    targets: dict[str, str] = field(default_factory=dict)
    families: dict[str, list[int]] = field(default_factory=dict)
    terms: dict[str, dict[str, str]] = field(default_factory=dict)
    seen: dict[str, list[tuple[str, int]]] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    day_first: bool | None = None
    title: str = ""
    public_account: str = ""
    incident_kind: str = "violation-event"
    violation_type: str = "unknown"
    new_agency_type: str = ""
    """Type of the agencies that the list brings; empty: only agencies already known are linked."""
    claimant: str = ""
    protection: str = "withheld"
    publication_ground: str = ""
    risk_assessment: str = ""
    source: ChosenSource = field(default_factory=ChosenSource)

    def to_json(self) -> dict[str, Any]:
        """Return everything as JSON can hold it."""
        return asdict(self)

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Self:
        """Read what ``to_json`` wrote; names that are not known are passed over."""
        names = {each.name for each in fields(cls)}
        values = {name: value for name, value in kept.items() if name in names}
        values["source"] = ChosenSource(**values.get("source", {}))
        values["seen"] = {
            column: [(value, number) for value, number in rows]
            for column, rows in values.get("seen", {}).items()
        }
        return cls(**values)

    @property
    def table_options(self) -> TableOptions:
        """How the file has to be read."""
        return TableOptions(sheet=self.sheet, encoding=self.encoding, header_row=self.header_row)

    def column_for(self, target: str) -> str:
        """The one column that becomes this; of a family its first. Empty: none does."""
        return next(iter(self.columns_for(target)), "")

    def columns_for(self, target: str) -> list[str]:
        """All columns that become this, in the order of the table; of a family its first."""
        return [self.first_of(name) for name, code in self.targets.items() if code == target]

    def families_for(self, target: str) -> list[str]:
        """The patterns of the numbered families that become this."""
        found = (name for name, code in self.targets.items() if code == target)
        return [name for name in found if name in self.families]

    def first_of(self, name: str) -> str:
        """The column of this name, or the first one of the family with this pattern."""
        numbers = self.families.get(name)
        return name.replace("{n}", str(numbers[0])) if numbers else name


@dataclass(frozen=True, slots=True)
class Entry:
    """What the page asks about as one: a column, or a numbered family of columns."""

    name: str
    columns: tuple[str, ...]
    family: Family | None = None


def entries(columns: tuple[str, ...] | list[str]) -> list[Entry]:
    """Columns of a table in their order, with those of a numbered family taken together."""
    member_of = {column: family for family in families(columns) for column in family.columns}
    found: dict[str, Entry] = {}
    for column in columns:
        family = member_of.get(column)
        name = family.pattern if family else column
        if name not in found:
            found[name] = Entry(name, family.columns if family else (column,), family)
    return list(found.values())
