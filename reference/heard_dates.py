"""Dates as people tell them: “late November 2023”, “before 29 October”, “نومبر ۲۰۲۳ کے آخر میں”.

What ``reference.typed_dates`` reads has one meaning. What is read here is our understanding of
somebody's words: whoever typed them has to see it and say yes before it is kept. Where words can
mean two things both are given. Feasts that follow the moon are refused: they fall on other days
from place to place, and no table of them is kept. Knows no Django.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Final

from reference.date_notation import LONGEST_TEXT, canonical_text
from reference.dates import DateFault, UncertainDate, UncertainDateError
from reference.heard_bounds import (
    after,
    before,
    marked,
    night_of,
    part_of,
    since,
    split_part,
    until,
)
from reference.month_names import ABOUT_WORDS, date_in_words, fold_words, month_number
from reference.typed_dates import read_typed

_DIRECTION_MARKS: Final = dict.fromkeys(
    map(ord, "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
)
_FEASTS: Final = re.compile(
    r"\b(?:eid|id-ul|bakra|ramzan|ramazan|ramadan|muharram|moharram|ashura|shab|rabi|safar|rajab)"
    r"|عید|رمضان|محرم|عاشور|شب ?برات|ربیع|صفر|رجب|شعبان|شوال|ذی"
)
_PERHAPS: Final = re.compile(r"(?:perhaps|possibly|maybe|probably|شاید|غالبا[ً]?)\s+")
_ABOUT: Final = re.compile(rf"(?:{'|'.join(map(re.escape, ABOUT_WORDS))})\.?\s+(?=\S)")
_WEEKDAY: Final = (
    r"(?:(?:sun|mon|tues|wednes|thurs|fri|satur)day|اتوار|پیر|سوموار|منگل|بدھ|جمعرات|جمعہ|ہفتہ)"
)
_BEFORE_IT: Final = re.compile(
    rf"^(?:(?:on|in|at|during|sometime in|some time in|the|morning of|evening of|"
    rf"night between|{_WEEKDAY})[,،]?\s+)+"
)
_BEHIND_IT: Final = re.compile(r"\s+(?:میں|کو|کی شام|کی صبح|کے دن|کے دوران)$")
_NIGHT: Final = re.compile(
    r"night (?:of |on )(?:the )?(.+)|(.+?),? at night|(.+?) night|(.+?) کی رات(?: کو| میں)?"
)
_DAY_AND_NEXT: Final = re.compile(r"([0-9]{1,2})/(?=[0-9]{1,2} )")

_BETWEEN: Final = (
    re.compile(r"between (?P<first>.+?) and (?P<last>.+)"),
    re.compile(r"from (?P<first>.+?) (?:to|until|till) (?P<last>.+)"),
    re.compile(r"(?P<first>.+?) (?:to|and|or|until|till|[-–]) (?P<last>.+)"),
    re.compile(r"(?P<first>.+?) (?:اور|یا) (?P<last>.+?)(?: کے درمیان)?"),
    re.compile(r"(?P<first>.+?) سے (?P<last>.+?)(?: تک| کے درمیان)"),
)
_BEFORE: Final = re.compile(r"(?:before|earlier than) (?P<en>.+)|(?P<ur>.+?) سے (?:پہلے|قبل)")
_UNTIL: Final = re.compile(
    r"(?:by|until|till|up to|on or before|not later than|no later than) (?P<en>.+)"
    r"|(?P<ur>.+?) تک"
)
_AFTER: Final = re.compile(r"(?:after|later than) (?P<en>.+)|(?P<ur>.+?) کے بعد")
_SINCE: Final = re.compile(r"(?:since|from|on or after) (?P<en>.+)|(?P<ur>.+?) سے")

_NUMBERS: Final = re.compile(r"([0-9]{1,2})([./-])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})")
_SHORT_YEAR: Final = re.compile(
    r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?[\s,-]+(?P<month>[^\W\d_]+)\.?[\s,-]+['’]?(?P<year>[0-9]{2})"
)
_MONTH_NUMBER: Final = re.compile(
    r"(?P<month>[^\W\d_]+)\.?[\s-]+(?P<sign>['’])?(?P<number>[0-9]{1,2})(?P<th>st|nd|rd|th)?"
)
_DAY_MONTH: Final = re.compile(
    r"(?P<number>[0-9]{1,2})(?P<th>st|nd|rd|th)? (?P<month>[^\W\d_]+)\.?"
)
_DECADE: Final = re.compile(r"(?P<decade>[0-9]{3})0['’]?s")


def hear(text: str, *, near: date | None = None) -> tuple[UncertainDate, ...]:
    """What a text can mean, the likeliest first: one reading, or several to choose from.

    ``near`` is the day by which it had happened: it tells the year of “29 October” and the
    century of “Nov 23”; by default today. Raises UncertainDateError for words that say no date,
    with the fault ``FEAST`` for feasts of the lunar calendar.
    """
    try:
        return (read_typed(text),)
    except UncertainDateError as error:
        plain = _tidy(text)
        if len(plain) > LONGEST_TEXT:
            raise
        if _FEASTS.search(plain):
            raise UncertainDateError(DateFault.FEAST, text.strip()) from None
        readings = tuple(_parsed(_Ear(near or date.today()).told(plain)))
        if not readings:
            raise error
        return readings


def is_certain(text: str) -> bool:
    """Whether a text has one meaning, so that nobody need be asked."""
    try:
        read_typed(text)
    except UncertainDateError:
        return False
    return True


class _Ear:
    """Turns words into the notation; every method gives all readings, or none."""

    def __init__(self, near: date) -> None:
        self._near = near

    def told(self, words: str) -> list[str]:
        """A date with what may stand around it."""
        if found := _PERHAPS.match(words):
            return [marked(each, "?") for each in self.told(words[found.end() :])]
        if found := _ABOUT.match(words):
            return [marked(each, "~") for each in self.told(words[found.end() :])]
        words = _BEFORE_IT.sub("", words, count=1).strip()
        if night := self._night(words):
            return night
        words = _BEHIND_IT.sub("", words).strip()
        return self._open(words) or self._part(words) or self._atom(words) or self._between(words)

    def _open(self, words: str) -> list[str]:
        """Before or after something."""
        cases: tuple[tuple[re.Pattern[str], Callable[[UncertainDate], str]], ...] = (
            (_BEFORE, before),
            (_AFTER, after),
            (_UNTIL, until),
            (_SINCE, since),
        )
        for pattern, bound in cases:
            found = pattern.fullmatch(words)
            if found is None or self._between(words):
                continue
            inner = self.told(found["en"] or found["ur"])
            return [text for each in _parsed(inner) if (text := bound(each))]
        return []

    def _between(self, words: str) -> list[str]:
        for pattern in _BETWEEN:
            found = pattern.fullmatch(words)
            if found is None:
                continue
            lasts = self.told(found["last"])
            firsts = lasts and self._first(found["first"], found["last"])
            if firsts and lasts:
                return [f"{first}/{last}" for first in firsts for last in lasts]
        return []

    def _first(self, words: str, last: str) -> list[str]:
        """The first of two dates, which may leave the month or the year to the second."""
        behind = last.split()
        for borrowed in (" ".join(behind[-1:]), " ".join(behind[-2:])):
            if found := self.told(f"{words} {borrowed}"):
                return found
        return self.told(words)

    def _part(self, words: str) -> list[str]:
        """A part of a month or of a year."""
        found = split_part(words)
        if found is None:
            return []
        part, whole = found
        return [text for each in _parsed(self.told(whole)) if (text := part_of(each, part))]

    def _night(self, words: str) -> list[str]:
        """A night, which belongs to two days."""
        found = _NIGHT.fullmatch(words)
        if found is None:
            return []
        day = _DAY_AND_NEXT.sub(r"\1-", next(filter(None, found.groups())), count=1)
        return [night_of(each) for each in _parsed(self.told(day))]

    def _atom(self, words: str) -> list[str]:
        """A day, a month or a year."""
        if not words:
            return []
        if written := date_in_words(words):
            return [written]
        if found := _DECADE.fullmatch(words):
            return [f"{found['decade']}X"]
        if found := _NUMBERS.fullmatch(words):
            return list(self._from_numbers(found))
        if found := _SHORT_YEAR.fullmatch(words):
            month = month_number(found["month"])
            year = self._year(found["year"])
            return [f"{year}-{month:02d}-{int(found['day']):02d}"] if month else []
        if found := _MONTH_NUMBER.fullmatch(words):
            return self._month_and_number(found)
        if found := _DAY_MONTH.fullmatch(words):
            return self._without_year(found)
        try:
            value = read_typed(words)
        except UncertainDateError:
            return []
        return [value.text] if value.text else []

    def _from_numbers(self, found: re.Match[str]) -> Iterator[str]:
        """Day first, as written here, then month first where that can be."""
        first, second, year = int(found[1]), int(found[3]), self._year(found[4])
        yield f"{year}-{second:02d}-{first:02d}"
        if found[2] != "." and first != second:
            yield f"{year}-{first:02d}-{second:02d}"

    def _month_and_number(self, found: re.Match[str]) -> list[str]:
        """“Nov 23”: November 2023, or the 23rd of a November."""
        month = month_number(found["month"])
        if not month:
            return []
        number, day = found["number"], int(found["number"])
        of_the_year = self._latest(month, day)
        if found["th"] or len(number) == 1:
            return [of_the_year]
        of_a_year = f"{self._year(number)}-{month:02d}"
        return [of_a_year] if found["sign"] else [of_a_year, of_the_year]

    def _without_year(self, found: re.Match[str]) -> list[str]:
        month = month_number(found["month"])
        return [self._latest(month, int(found["number"]))] if month else []

    def _latest(self, month: int, day: int) -> str:
        """The last such day that is not still to come."""
        year = self._near.year - ((month, day) > (self._near.month, self._near.day))
        return f"{year}-{month:02d}-{day:02d}"

    def _year(self, digits: str) -> int:
        """A year of two digits is the latest one that is not still to come."""
        if len(digits) == 4:
            return int(digits)
        century = self._near.year // 100 * 100
        year = century + int(digits)
        return year if year <= self._near.year else year - 100


def _tidy(text: str) -> str:
    plain = canonical_text(" ".join(text.translate(_DIRECTION_MARKS).split()))
    return fold_words(plain).strip(" .,،۔")


def _parsed(texts: Iterable[str]) -> Iterator[UncertainDate]:
    """The readings that are dates of the calendar, each once."""
    seen = set()
    for text in texts:
        try:
            value = UncertainDate.parse(text)
        except UncertainDateError:
            continue
        if value.text and value.text not in seen:
            seen.add(value.text)
            yield value
