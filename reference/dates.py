"""Dates as uncertain as the witness was: what they mean, and how they match a range of days.

A value keeps the text as given and the first and last day it can mean. The notation is a small
part of EDTF (ISO 8601-2). This module knows neither Django nor languages:
``reference.date_text`` puts a date into words, ``reference.fields`` stores it,
``reference.date_queries`` says the matching rules in SQL.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, Literal, Self, TypedDict

from reference.date_notation import (
    ACCEPTED_FORMS,
    FAULT_MESSAGES,
    OPEN_END,
    RANGE_FORMS,
    DateFault,
    Precision,
    UncertainDateError,
    canonical_text,
    read,
)

__all__ = [
    "ACCEPTED_FORMS",
    "BUCKET_SPANNING",
    "BUCKET_UNKNOWN",
    "FAULT_MESSAGES",
    "RANGE_FORMS",
    "UNKNOWN",
    "DateDocument",
    "DateFault",
    "Match",
    "Precision",
    "UncertainDate",
    "UncertainDateError",
    "check_range",
    "match_ongoing",
    "parse_range_bound",
]

BUCKET_SPANNING: Final = "spanning"
"""Bucket of a date that may lie in more than one year."""

BUCKET_UNKNOWN: Final = "unknown"
"""Bucket of an unknown date."""


class Match(StrEnum):
    """Whether a date lies in a range. Each date gets exactly one answer."""

    CERTAIN = "certain"
    POSSIBLE = "possible"
    NONE = "none"
    UNKNOWN = "unknown"


class DateDocument(TypedDict):
    """A date in a published document. The bounds are ISO 8601 days; None is open or unknown."""

    text: str
    earliest: str | None
    latest: str | None
    precision: str
    approximate: bool
    uncertain: bool


@dataclass(frozen=True, slots=True)
class UncertainDate:
    """A date as given, with the first and last day it can mean, both included.

    Make one with :meth:`parse`. A bound of None is open; both None is an unknown date.
    ``approximate`` ("about") and ``uncertain`` ("perhaps wrong") never widen the bounds.
    """

    text: str
    earliest: date | None
    latest: date | None
    precision: Precision
    approximate: bool = False
    uncertain: bool = False

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read one of ``ACCEPTED_FORMS``; an empty text is the unknown date.

        Surrounding spaces go and Arabic or Urdu digits become ASCII, nothing else changes.
        Raises UncertainDateError for any other text.
        """
        canonical = canonical_text(text)
        return cls(canonical, *read(canonical))

    @classmethod
    def from_document(cls, document: DateDocument) -> Self:
        """Read back what :meth:`as_document` wrote.

        Raises ValueError if the document's bounds are not those of its text.
        """
        value = cls.parse(document["text"])
        if not value.as_document().items() <= document.items():
            raise ValueError("The bounds of this date do not follow from its text.")
        return value

    def as_document(self) -> DateDocument:
        """Return the one date object that every published document and answer uses."""
        return {
            "text": self.text,
            "earliest": self.earliest.isoformat() if self.earliest else None,
            "latest": self.latest.isoformat() if self.latest else None,
            "precision": self.precision.value,
            "approximate": self.approximate,
            "uncertain": self.uncertain,
        }

    def __str__(self) -> str:
        return self.text

    @property
    def is_unknown(self) -> bool:
        """Whether nothing at all is known about the date."""
        return self.precision is Precision.UNKNOWN

    @property
    def ends(self) -> tuple[Self, Self]:
        """The two ends, each a day, month or year with its own marks; an open end is unknown.

        A date that is a single day, month or year is both its own ends. Of a group of days or
        of a decade the ends are its first and last day or year.
        """
        first, slash, last = self.text.partition("/")
        return self._end(first, "earliest"), self._end(last if slash else first, "latest")

    def _end(self, text: str, side: Literal["earliest", "latest"]) -> Self:
        if text in {"", OPEN_END}:
            return self.parse("")
        end = self.parse(text)
        bound = end.earliest if side == "earliest" else end.latest
        if bound is None or end.precision not in {Precision.INTERVAL, Precision.DECADE}:
            return end
        length = 4 if end.precision is Precision.DECADE else 10
        return self.parse(bound.isoformat()[:length] + _mark(end))

    def match(self, first: date | None, last: date | None) -> Match:
        """Say whether this date lies in the range from ``first`` to ``last``, both included.

        None leaves the range open on that side. An open bound of the date is infinite, so only
        a range open on the same side can hold it for certain. Raises ValueError if ``first`` is
        after ``last``.
        """
        check_range(first, last)
        if self.is_unknown:
            return Match.UNKNOWN
        if _surely_from(self.earliest, first) and _surely_until(self.latest, last):
            return Match.CERTAIN
        if _maybe_until(self.earliest, last) and _maybe_from(self.latest, first):
            return Match.POSSIBLE
        return Match.NONE

    def year_of(self) -> str | None:
        """Return the year (``2023``) that both bounds lie in; None if there is no such year."""
        if not (self.earliest and self.latest) or self.earliest.year != self.latest.year:
            return None
        return self.earliest.isoformat()[:4]

    def month_of(self) -> str | None:
        """Return the month (``2023-10``) that both bounds lie in; None if there is none."""
        if not (self.earliest and self.latest):
            return None
        month = self.earliest.isoformat()[:7]
        return month if self.latest.isoformat()[:7] == month else None

    def bucket(self, by: Literal["month", "year"]) -> str:
        """Return the one bucket this date counts in when dates are grouped by month or year.

        By month: ``2023-10``, or ``2006-XX`` (2006, month unknown). By year: ``2006``. Both:
        ``BUCKET_SPANNING`` (not within one year) and ``BUCKET_UNKNOWN``.
        """
        if self.is_unknown:
            return BUCKET_UNKNOWN
        year = self.year_of()
        if year is None:
            return BUCKET_SPANNING
        return year if by == "year" else self.month_of() or f"{year}-XX"

    def coarsened(self, to: Literal["month", "year"]) -> Self:
        """Return this date told no finer than months or years, its marks kept.

        The result's bounds hold this date's bounds. For publication under a protection rule:
        make the document from the result, so that the exact day is nowhere in it.
        """
        finer = {Precision.DAY} if to == "month" else {Precision.DAY, Precision.MONTH}
        if not any(end.precision in finer for end in self.ends):
            return self
        length = 7 if to == "month" else 4
        first, last = (_stem(end)[:length] or OPEN_END for end in self.ends)
        if first == last:
            return self.parse(first + _mark(self))
        first, last = (
            part if part == OPEN_END else part + _mark(end)
            for part, end in zip((first, last), self.ends, strict=True)
        )
        return self.parse(f"{first}/{last}")


def match_ongoing(
    start: UncertainDate,
    end: UncertainDate,
    open_ended: bool,
    first: date | None,
    last: date | None,
) -> Match:
    """Say whether an act was going on at any time from ``first`` to ``last``, both included.

    It was if it had begun by ``last`` and had not ended before ``first``. ``open_ended`` says
    that a missing end means "not ended" (a disappearance: fate not clarified); a recorded end
    counts before it. Any other missing end is unknown, never ongoing: such an act is known to
    have gone on at its start and no longer, and one that surely began before the range is
    ``UNKNOWN``. An act whose start is unknown is ``UNKNOWN``.

    Whatever certainly began in the range was certainly going on in it. Raises ValueError if
    ``first`` is after ``last``.
    """
    began = start.match(first, last)
    if began is Match.UNKNOWN or not _maybe_until(start.earliest, last):
        return began
    if end.is_unknown and not open_ended:
        return Match.UNKNOWN if began is Match.NONE else began
    if not _maybe_from(end.latest, first):
        return Match.NONE
    if began is Match.CERTAIN:
        return Match.CERTAIN
    still = end.is_unknown or (_surely_from(end.earliest, first) and _after_start(start, end))
    return Match.CERTAIN if still and _surely_until(start.latest, last) else Match.POSSIBLE


def _after_start(start: UncertainDate, end: UncertainDate) -> bool:
    """Whether the end, as early as it can be, is not before the start, as late as it can be."""
    return bool(start.latest and end.earliest and start.latest <= end.earliest)


def check_range(first: date | None, last: date | None) -> None:
    """Raise ValueError if a range of days ends before it starts."""
    if first and last and first > last:
        raise ValueError(f"The range from {first} to {last} ends before it starts.")


def _surely_from(bound: date | None, first: date | None) -> bool:
    """Whether a bound is known to be on or after ``first`` (None: no limit)."""
    return first is None or (bound is not None and bound >= first)


def _surely_until(bound: date | None, last: date | None) -> bool:
    """Whether a bound is known to be on or before ``last`` (None: no limit)."""
    return last is None or (bound is not None and bound <= last)


def _maybe_from(bound: date | None, first: date | None) -> bool:
    """Whether a bound can be on or after ``first``; an open bound always can."""
    return first is None or bound is None or bound >= first


def _maybe_until(bound: date | None, last: date | None) -> bool:
    """Whether a bound can be on or before ``last``; an open bound always can."""
    return last is None or bound is None or bound <= last


def parse_range_bound(text: str, *, end: bool) -> date:
    """Read an end of a range to search in: a day, a month or a year.

    Returns its last day if ``end``, else its first. Marks, intervals and the empty text are
    refused with UncertainDateError: a question has no uncertainty of its own.
    """
    try:
        value = UncertainDate.parse(text)
    except UncertainDateError as error:
        told = error.code in {DateFault.YEAR, DateFault.CALENDAR}
        code = error.code if told else DateFault.RANGE_FORM
        raise UncertainDateError(code, text, RANGE_FORMS) from None
    bound = value.latest if end else value.earliest
    if bound is None or not value.text.replace("-", "").isdecimal():
        raise UncertainDateError(DateFault.RANGE_FORM, text, RANGE_FORMS)
    return bound


def _mark(value: UncertainDate) -> str:
    if value.approximate:
        return "%" if value.uncertain else "~"
    return "?" if value.uncertain else ""


def _stem(value: UncertainDate) -> str:
    """The text of a date without a slash, without its mark."""
    return value.text.rstrip("~?%")


UNKNOWN: Final = UncertainDate.parse("")
"""The unknown date: a value, never a made-up 1 January."""
