"""One row while it is being drafted: its cells as the mapping sees them, and what was wrong."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from incidents.importing.drafts import KeyedRow
from incidents.importing.problems import Problem, shown
from incidents.models import Severity

MOST_REMEMBERED = 4096
"""Distinct texts of a column whose meaning is remembered; lists repeat themselves."""


@dataclass(slots=True)
class RowReading:
    """``cells`` are those that the mapping reads, stripped; what means “not given” is absent."""

    row: KeyedRow
    cells: dict[str, str]
    problems: list[Problem] = field(default_factory=list)

    @classmethod
    def empty(cls) -> "RowReading":
        """No row at all, for what the mapping itself writes."""
        return cls(KeyedRow("", 0, {}), {})

    def report(
        self,
        code: str,
        reason: str,
        remedy: str = "",
        *,
        column: str = "",
        value: str = "",
        severity: Severity = Severity.REFUSED,
    ) -> None:
        """Note what is wrong with a value of this row."""
        self.problems.append(
            Problem(
                row=self.row.number,
                key=self.row.key,
                column=column,
                value=shown(value),
                code=code,
                reason=reason,
                remedy=remedy,
                severity=severity,
            )
        )

    def with_cells(self, more: Mapping[str, str]) -> "RowReading":
        """The same row with further cells; problems are noted in the same place."""
        return RowReading(self.row, {**self.cells, **more}, self.problems)

    @property
    def refused(self) -> bool:
        """Whether something keeps the row from being brought in."""
        return bool(self.problems) and any(problem.refuses for problem in self.problems)


Rule = Callable[[RowReading], Any]
"""Reads one value of a row: the finished value, or None where there is none."""

Test = Callable[[Mapping[str, str]], bool]
"""Whether something is meant for a row, by its cells."""
