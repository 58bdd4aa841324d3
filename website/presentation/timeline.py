"""What a question finds, one period after the other, with what has no exact date apart."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from django.utils.safestring import SafeString
from django.utils.translation import gettext

from record.statistics import Statistics
from reference.dates import BUCKET_SPANNING, BUCKET_UNKNOWN
from website.presentation.counted import Address, Counted, counted_rows
from website.presentation.counts import count_words, number

By = Literal["month", "year"]

MONTHS: Final = 36
"""Months that are still told one by one; more are told by years."""

SHOWN: Final = 5
"""Records told of each period; its list has all of them."""


@dataclass(frozen=True, slots=True)
class Period:
    """A month or year: its count, its list and the first of its records. ``words`` is the count
    with its unit, ``closer`` the address of the same line of time for this period alone."""

    counted: Counted
    words: str
    rows: Sequence[SafeString]
    closer: str = ""

    @property
    def others(self) -> str:
        """How many more its list has, as the reader's language writes it; empty for none."""
        more = self.counted.count - len(self.rows)
        return number(more) if more > 0 else ""


@dataclass(frozen=True, slots=True)
class Year:
    """The periods of one year; ``gap`` says in words what lies between it and the one before."""

    name: str
    gap: str
    periods: tuple[Period, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """Years in order, and apart from them what spans several and what has no date."""

    by: By
    counted: tuple[Counted, ...]
    years: tuple[Year, ...]
    apart: tuple[Period, ...]


def granularity(months: Statistics) -> By:
    """Whether to tell by months or by years."""
    return "month" if sum(1 for bucket in months.buckets if bucket.count) <= MONTHS else "year"


def timeline(
    by: By,
    found: Statistics,
    rows: Mapping[str, Sequence[SafeString]],
    address: Address,
    closer: Callable[[str], str],
) -> Timeline:
    """Put counts and records in the order of time. ``closer`` gives the address of a year."""
    counted = counted_rows(found, address)
    present = [row for row in counted if row.count]
    dated = [row for row in present if row.code not in (BUCKET_SPANNING, BUCKET_UNKNOWN)]
    dated.sort(key=lambda row: row.code)
    apart = [row for row in present if row.code in (BUCKET_SPANNING, BUCKET_UNKNOWN)]

    def period(row: Counted) -> Period:
        way = closer(row.code) if by == "year" and row in dated else ""
        words = count_words(found.unit, row.count)
        return Period(row, words, rows.get(row.code, ()), way)

    return Timeline(
        by,
        tuple(counted),
        tuple(_years(dated, period)),
        tuple(period(row) for row in apart),
    )


def _years(dated: Sequence[Counted], period: Callable[[Counted], Period]) -> Iterator[Year]:
    before: int | None = None
    for year in dict.fromkeys(row.code[:4] for row in dated):
        periods = tuple(period(row) for row in dated if row.code[:4] == year)
        yield Year(_plain(int(year)), _gap(before, int(year)), periods)
        before = int(year)


def _gap(before: int | None, year: int) -> str:
    """The years between two in which nothing is recorded, in words; empty for none."""
    if before is None or year - before < 2:
        return ""
    if year - before == 2:
        return gettext("%(year)s: nothing recorded here") % {"year": _plain(year - 1)}
    span = {"first": _plain(before + 1), "last": _plain(year - 1)}
    return gettext("%(first)s to %(last)s: nothing recorded here") % span


def _plain(year: int) -> str:
    return number(year).replace(",", "").replace("٬", "")
