"""What the number format of a cell says: whether its number is a date, and how exact."""

import re
from datetime import date, datetime, time, timedelta
from enum import Enum
from typing import Final

from openpyxl.styles.numbers import (
    BUILTIN_FORMATS,
    STRIP_RE,
    is_date_format,
    is_timedelta_format,
)
from openpyxl.utils.datetime import CALENDAR_MAC_1904, WINDOWS_EPOCH, from_excel

_EAST_ASIAN_DATES = frozenset((*range(27, 37), *range(50, 59)))
"""Formats without a code of their own; they show dates wherever they are used."""

_HALF_A_SECOND: Final = timedelta(milliseconds=500)
_LITERAL = re.compile(r"\\.|_.|\*.")


class Meaning(Enum):
    """How a number is shown."""

    NUMBER = "number"
    DATE = "date"
    MONTH = "month"
    """Month and year without a day, as Excel shows what was typed as “Oct 2023”."""
    YEAR = "year"
    DURATION = "duration"


def meaning_of(number: int, code: str | None) -> Meaning:
    """The meaning of a format, by its code or, without one, by its number."""
    if code is None:
        if number in _EAST_ASIAN_DATES:
            return Meaning.DATE
        code = BUILTIN_FORMATS.get(number)
    if code is None or not is_date_format(code):
        return Meaning.NUMBER
    if is_timedelta_format(code):
        return Meaning.DURATION
    bare = _LITERAL.sub("", STRIP_RE.sub("", code.split(";")[0])).lower()
    if "y" not in bare or any(letter in bare for letter in "dhs"):
        return Meaning.DATE
    return Meaning.MONTH if "m" in bare else Meaning.YEAR


def date_text(value: float, meaning: Meaning, *, from_1904: bool) -> str:
    """The date, time or duration a number stands for, in ISO 8601, to the second.

    A day that nobody gave is not invented: what is shown as a month and stored as its first day
    is that month, and so with years. Raises ValueError or OverflowError for impossible dates.
    """
    epoch = CALENDAR_MAC_1904 if from_1904 else WINDOWS_EPOCH
    if meaning is Meaning.DURATION:
        return _duration_text(timedelta(days=value))
    moment = from_excel(value, epoch)
    if isinstance(moment, time):
        return moment.isoformat(timespec="seconds")
    if not isinstance(moment, datetime):
        raise ValueError("no date")
    moment = (moment + _HALF_A_SECOND).replace(microsecond=0)
    if moment.time() != time():
        return moment.isoformat()
    return _day_text(moment.date(), meaning)


def _day_text(day: date, meaning: Meaning) -> str:
    if meaning is Meaning.MONTH and day.day == 1:
        return day.isoformat()[:7]
    if meaning is Meaning.YEAR and (day.month, day.day) == (1, 1):
        return day.isoformat()[:4]
    return day.isoformat()


def _duration_text(length: timedelta) -> str:
    seconds = round(length.total_seconds())
    sign = "-" if seconds < 0 else ""
    minutes, seconds = divmod(abs(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{sign}{hours}:{minutes:02}:{seconds:02}"
