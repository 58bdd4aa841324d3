"""Values of a mapping: where each comes from, what its cells mean, and which row counts."""

from typing import Any

from incidents.importing.suggesting.choices import Choices
from incidents.importing.suggesting.targets import SPLIT
from incidents.importing.suggesting.toml_text import Inline


class Expressions:
    """Says for each target which column it comes from, by what somebody chose."""

    def __init__(self, choices: Choices) -> None:
        self.choices = choices

    def cell(self, target: str) -> Any:
        """The column that becomes this, if one does."""
        column = self.choices.column_for(target)
        return named(column) if column else None

    def first(self, target: str) -> Any:
        """The same for an incident: the first of its rows that says something counts."""
        cell = self.cell(target)
        return cell and first_counts(cell)

    def joined(self, target: str) -> Any:
        """All columns that become this, one after the other."""
        columns = self.choices.columns_for(target)
        if len(columns) < 2:
            return self.first(target)
        return Inline(columns=columns, join="; ", differ="first")

    def term(self, target: str) -> Any:
        """The column that becomes this term, with what its values mean."""
        column = self.choices.column_for(target)
        if not column:
            return None
        value = Inline(column=column)
        if codes := self.map(column):
            value["map"] = Inline(codes)
        if target in SPLIT:
            value["split"] = list(SPLIT[target])
        value["unmapped"] = "leave"
        return value

    def map(self, column: str) -> dict[str, str]:
        """Value → code, without the values that mean nothing."""
        name = next(name for name in self.choices.targets if self.choices.first_of(name) == column)
        return {value: code for value, code in self.choices.terms.get(name, {}).items() if code}

    def date(self, target: str) -> Any:
        """The column that becomes this date."""
        column = self.choices.column_for(target)
        if not column:
            return None
        return Inline(column=column)

    def begun(self) -> Any:
        """When it began: the day, or else the month."""
        return self.either_date("start", "start-month")

    def either_date(self, day: str, month: str) -> Any:
        """A day, or where it is missing the month of another column."""
        exact, rough = self.date(day), self.date(month)
        if rough:
            rough["exact_to"] = "month"
        return either([date for date in (exact, rough) if date])


def named(name: str) -> Any:
    """The name alone where it cannot be taken for a template."""
    return Inline(column=name) if {"{", "}"} & set(name) else name


def area(column: str, target: str) -> Inline:
    """An area that is not known is left out and reported; the row keeps its name."""
    return Inline(column=column, level=target, unmapped="leave")


def constant(value: str) -> Any:
    """A text that stands for itself; None where it is empty."""
    return Inline(value=value) if value else None


def typed(text: str) -> Any:
    """A text as somebody typed it, with columns in braces if there are any."""
    return Inline(text=text) if "{" in text else constant(text)


def either(values: list[Any]) -> Any:
    """The first of these that a row fills."""
    if len(values) < 2:
        return values[0] if values else None
    return Inline(first_of=values)


def first_counts(value: Any) -> Any:
    """Rows of one incident may differ in this; the first one that says something counts."""
    return _with(value, "first")


def spanning(value: Any) -> Any:
    """The incident lasts from the earliest to the latest of its rows."""
    return _with(value, "span")


def _with(value: Any, differ: str) -> Any:
    if value is None:
        return None
    if isinstance(value, str):
        value = Inline(column=value)
    return value if "value" in value else Inline({**value, "differ": differ})


def filled(table: dict[str, Any]) -> dict[str, Any]:
    """A table without what says nothing."""
    empty: tuple[Any, ...] = (None, "", [], {})
    return {key: value for key, value in table.items() if value not in empty}
