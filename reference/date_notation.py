"""The notation of uncertain dates: which texts are dates, and which days they can mean.

A small part of EDTF (ISO 8601-2). Knows neither Django nor languages. Import its names from
``reference.dates``, except where the notation itself is the subject.
"""

import re
from calendar import monthrange
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Final, NamedTuple

ACCEPTED_FORMS: Final = (
    "2023-10-29",
    "2023-10",
    "2023",
    "2023-10~",
    "2023-10?",
    "2023-11-22/2023-11-23",
    "2023-11-2X",
    "201X",
    "../2023-12-11",
    "2023-12-08/..",
)
"""One example of each accepted form, as shown to whoever typed something else."""

RANGE_FORMS: Final = ("2023-10-29", "2023-10", "2023")
"""One example of each form accepted as an end of a range to search in."""

OPEN_END: Final = ".."
"""Stands for the missing end of an interval."""

LONGEST_TEXT: Final = 64
"""Characters read at most. The longest accepted form has 23; longer texts are not a date."""

_SHOWN_CHARACTERS = 40
_FIRST_YEAR = 1000
_ASCII_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "0123456789" * 2)
_PART = re.compile(
    r"""(?: (?P<decade>[0-9]{3})X
          | (?P<year>[0-9]{4})
            (?: -XX | -(?P<month>[0-9]{2}) (?: -(?P<day>[0-9]{2}) | -(?P<tens>[0-3])X )? )?
        ) (?P<mark>[~?%]?)""",
    re.VERBOSE,
)


def gettext_noop(message: str) -> str:
    """Mark a message for the translation catalogue; ``reference.date_text`` translates it."""
    return message


class DateFault(StrEnum):
    """What is wrong with a text that is not an accepted date."""

    FORM = "form"
    YEAR = "year"
    CALENDAR = "calendar"
    ORDER = "order"
    NO_BOUND = "no-bound"
    DASH = "dash"
    RANGE_FORM = "range-form"
    FEAST = "feast"


FAULT_MESSAGES: Final = {
    DateFault.FORM: gettext_noop(
        "“%(text)s” cannot be read as a date. Write it like one of these: %(forms)s."
        " Leave it empty if the date is not known."
    ),
    DateFault.YEAR: gettext_noop(
        "“%(text)s”: a year has four digits, from 1000 to 9999. Accepted forms: %(forms)s."
    ),
    DateFault.CALENDAR: gettext_noop(
        "“%(text)s” is not in the calendar. The order is year, month, day."
        " Accepted forms: %(forms)s."
    ),
    DateFault.ORDER: gettext_noop(
        "“%(text)s” ends before it starts. The earlier date comes first. Accepted forms: %(forms)s."
    ),
    DateFault.NO_BOUND: gettext_noop(
        "“%(text)s” says nothing about the date. Leave it empty if the date is not known."
        " Accepted forms: %(forms)s."
    ),
    DateFault.DASH: gettext_noop(
        "“%(text)s” can mean a month or two years. Write 2009-10 for October 2009,"
        " 2009/2010 for 2009 or 2010. Accepted forms: %(forms)s."
    ),
    DateFault.RANGE_FORM: gettext_noop(
        "“%(text)s” is not a day, a month or a year. Write it like one of these: %(forms)s."
    ),
    DateFault.FEAST: gettext_noop(
        "“%(text)s”: feasts and months of the lunar calendar fall on other days from place to"
        " place. Ask which dates are meant, and write those. Accepted forms: %(forms)s."
    ),
}


class UncertainDateError(ValueError):
    """A text that is not an accepted date.

    ``code`` names the fault, ``params`` holds ``text`` (shortened, fit to be shown) and ``forms``
    (the accepted forms): what ``FAULT_MESSAGES[code]`` needs. As text it is that message in
    English.
    """

    def __init__(self, code: DateFault, text: str, forms: tuple[str, ...] = ACCEPTED_FORMS) -> None:
        self.code = code
        self.params = {"text": _shown(text), "forms": ", ".join(forms)}
        super().__init__(FAULT_MESSAGES[code] % self.params)


class Precision(StrEnum):
    """How a date was given.

    ``INTERVAL`` has two bounds (two dates, or a group of days such as 2023-11-2X), ``OPEN`` one,
    ``UNKNOWN`` none.
    """

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    DECADE = "decade"
    INTERVAL = "interval"
    OPEN = "open"
    UNKNOWN = "unknown"


def canonical_text(text: str) -> str:
    """Return the text without surrounding spaces, its Arabic or Urdu digits as ASCII."""
    return text.strip().translate(_ASCII_DIGITS)


class Reading(NamedTuple):
    """What a text means: the fields of an UncertainDate after its text, in their order."""

    earliest: date | None
    latest: date | None
    precision: Precision
    approximate: bool = False
    uncertain: bool = False


# The same few thousand texts come back on every page of a list; a reading cannot be changed.
@lru_cache(maxsize=8192)
def read(text: str) -> Reading:
    """Read a canonical text; raises UncertainDateError if it is not an accepted form."""
    if len(text) > LONGEST_TEXT:
        raise UncertainDateError(DateFault.FORM, text)
    if not text:
        return Reading(None, None, Precision.UNKNOWN)
    return _read_interval(text) if "/" in text else _read_part(text, text)


def _read_interval(text: str) -> Reading:
    first, _, last = text.partition("/")
    if first == last == OPEN_END:
        raise UncertainDateError(DateFault.NO_BOUND, text)
    nothing = Reading(None, None, Precision.OPEN)
    start = nothing if first == OPEN_END else _read_part(first, text)
    end = nothing if last == OPEN_END else _read_part(last, text)
    if start.earliest and end.latest and end.latest < start.earliest:
        raise UncertainDateError(DateFault.ORDER, text)
    return Reading(
        start.earliest,
        end.latest,
        Precision.OPEN if OPEN_END in {first, last} else Precision.INTERVAL,
        start.approximate or end.approximate,
        start.uncertain or end.uncertain,
    )


def _read_part(part: str, whole: str) -> Reading:
    """Read a date without a slash; ``whole`` is what the error shows."""
    found = _PART.fullmatch(part)
    if found is None:
        raise UncertainDateError(DateFault.FORM, whole)
    mark = found["mark"]
    earliest, latest, precision = _bounds(found, whole)
    return Reading(earliest, latest, precision, mark in {"~", "%"}, mark in {"?", "%"})


def _bounds(found: re.Match[str], whole: str) -> tuple[date, date, Precision]:
    decade = found["decade"]
    year = int(decade) * 10 if decade else int(found["year"])
    if year < _FIRST_YEAR:
        raise UncertainDateError(DateFault.YEAR, whole)
    if decade:
        return date(year, 1, 1), date(year + 9, 12, 31), Precision.DECADE
    if found["month"] is None:
        return date(year, 1, 1), date(year, 12, 31), Precision.YEAR
    try:
        return _days(year, int(found["month"]), found["day"], found["tens"])
    except ValueError:
        raise UncertainDateError(DateFault.CALENDAR, whole) from None


def _days(year: int, month: int, day: str | None, tens: str | None) -> tuple[date, date, Precision]:
    """Bounds within one month; raises ValueError for a month or day that does not exist."""
    start = date(year, month, 1)
    length = monthrange(year, month)[1]
    if day:
        only = date(year, month, int(day))
        return only, only, Precision.DAY
    if tens:
        first, last = max(int(tens) * 10, 1), min(int(tens) * 10 + 9, length)
        if first > last:
            raise ValueError("The month has no such days.")
        return start.replace(day=first), start.replace(day=last), Precision.INTERVAL
    return start, start.replace(day=length), Precision.MONTH


def _shown(text: str) -> str:
    """The text fit for a message: no control characters, not endless."""
    printable = "".join(character if character.isprintable() else "�" for character in text)
    if len(printable) <= _SHOWN_CHARACTERS:
        return printable
    return printable[:_SHOWN_CHARACTERS] + "…"
