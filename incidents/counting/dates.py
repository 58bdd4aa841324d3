"""When an act happened, for lists and counts of acts: its own start, or the date of its case."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

from django.db.models import Case, DateField, F, Q, QuerySet, When

from reference.date_queries import certain_between, date_unknown, possible_between

HAPPENED: Final = "happened"
"""Prefix of the two columns that ``dated`` adds."""


class DateMode(StrEnum):
    """How the date of an act must lie to the days asked for."""

    POSSIBLE = "possible"
    CERTAIN = "certain"
    UNDATED = "undated"


@dataclass(frozen=True, slots=True)
class Days:
    """The days asked for, both included; None leaves a side open. UNDATED asks for the acts of
    which nobody knows when they happened, whatever the days."""

    first: date | None = None
    last: date | None = None
    mode: DateMode = DateMode.POSSIBLE

    @property
    def has_range(self) -> bool:
        """Whether some days are asked for."""
        return self.mode is not DateMode.UNDATED and (self.first or self.last) is not None

    def chosen(self) -> Q | None:
        """Which acts of ``dated`` are asked for; None for all."""
        if self.mode is DateMode.UNDATED:
            return date_unknown(HAPPENED)
        if not self.has_range:
            return None
        if self.mode is DateMode.CERTAIN:
            return certain_between(HAPPENED, self.first, self.last)
        return possible_between(HAPPENED, self.first, self.last)

    def certain(self) -> Q | None:
        """Which of them lie there for certain; None where no days are asked for."""
        return certain_between(HAPPENED, self.first, self.last) if self.has_range else None


def dated(acts: QuerySet[Any]) -> QuerySet[Any]:
    """Acts with the bounds of their own start or, where they have none, of the date of their case,
    under the prefix HAPPENED."""
    own_unknown = date_unknown("start")
    bounds = {
        f"{HAPPENED}_{side}": Case(
            When(own_unknown, then=F(f"incident__date_{side}")),
            default=F(f"start_{side}"),
            output_field=DateField(),
        )
        for side in ("earliest", "latest")
    }
    found: QuerySet[Any] = acts.alias(**bounds)
    return found
