"""Uncertain dates in words, in the active language: the one place where a date becomes text.

Also the words that go with typing one: what the accepted forms are, and what was wrong.
"""

from collections.abc import Sequence
from typing import Final

from django.utils.dates import MONTHS, MONTHS_ALT
from django.utils.functional import Promise
from django.utils.translation import get_language, get_language_bidi, gettext, pgettext
from django.utils.translation import gettext_lazy as _

from reference.dates import (
    BUCKET_SPANNING,
    BUCKET_UNKNOWN,
    FAULT_MESSAGES,
    Precision,
    UncertainDate,
    UncertainDateError,
)

DATE_HELP: Final[Promise] = _(
    "Write what is known: a day (2023-10-29), a month (2023-10) or a year (2023)."
    " Between two dates: 2023-11-22/2023-11-23."
    " On or before: ../2023-12-11. On or after: 2023-12-08/.."
    " X stands for a digit that is not known: 2023-11-2X, 201X."
    " Put ~ after a date for “about”, ? for “uncertain”."
    " Leave it empty if the date is not known."
)
"""The accepted forms in plain words, for the help text of an input."""

_DIGITS: Final = {"ur": str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")}
_ISOLATE, _END_ISOLATE = "\u2066", "\u2069"


def render_date(value: UncertainDate) -> str:
    """Put a date into plain words: "about October 2023", "between 22 and 23 November 2023"."""
    start, end = value.ends
    if value.is_unknown:
        return gettext("date unknown")
    if value.precision is Precision.OPEN:
        return _since(start) if end.is_unknown else _until(end)
    if start == end:
        return _with_marks(_words(start), value)
    if "/" not in value.text:
        words = pgettext("days or years", "%(first)s–%(last)s") % _pair(start, end)
        return _with_marks(words, value)
    marked = value.approximate or value.uncertain
    pair = _marked_pair(start, end) if marked else _pair(start, end)
    return pgettext("two dates", "between %(first)s and %(last)s") % pair


def render_bucket(code: str) -> str:
    """Put a bucket of ``UncertainDate.bucket`` into words: "2006, month unknown"."""
    if code == BUCKET_UNKNOWN:
        return gettext("date unknown")
    if code == BUCKET_SPANNING:
        return gettext("in more than one year")
    if code.endswith("-XX"):
        return gettext("%(year)s, month unknown") % {"year": _number(code[:4])}
    return _words(UncertainDate.parse(code))


def localise_digits(text: str, language: str | None) -> str:
    """Write the ASCII digits of a text as a language does (``ur``: ۰۱۲۳); others stay."""
    return text.translate(_DIGITS.get((language or "").split("-")[0], {}))


def explain(error: UncertainDateError) -> str:
    """Say in the active language what was wrong with a typed date, with the accepted forms."""
    params = {name: _isolated(text) for name, text in error.params.items()}
    return gettext(FAULT_MESSAGES[error.code]) % params


def explain_heard(text: str, readings: Sequence[UncertainDate]) -> str:
    """Say how words were understood, and what has to be done before that is kept.

    With one reading the box holds it already; of several, one has to be written.
    """
    told = {
        "text": _isolated(text.strip()),
        "date": _isolated(readings[0].text),
        "words": render_date(readings[0]),
    }
    if len(readings) == 1:
        return (
            gettext(
                "“%(text)s” is understood as %(date)s: %(words)s. It now stands in the box. Send "
                "the page again if that is what was meant; correct it if not."
            )
            % told
        )
    comma = pgettext("between the items of a list", ", ")
    told["dates"] = comma.join(f"{_isolated(each.text)} ({render_date(each)})" for each in readings)
    return gettext("“%(text)s” can mean more than one date: %(dates)s. Write the one meant.") % told


def _isolated(text: str) -> str:
    """Keep typed text in its own order inside a right-to-left sentence.

    Without isolates "../2023-12-11" would show its dots on the other side.
    """
    return f"{_ISOLATE}{text}{_END_ISOLATE}" if get_language_bidi() else text


def _number(number: int | str) -> str:
    return localise_digits(str(number), get_language())


def _words(date: UncertainDate) -> str:
    """A day, month or year without its marks."""
    first = date.earliest
    if first is None:
        raise ValueError("Only a day, a month or a year has words of its own.")
    parts = {"day": _number(first.day), "year": _number(first.year)}
    if date.precision is Precision.YEAR:
        return parts["year"]
    if date.precision is Precision.MONTH:
        return pgettext("month and year", "%(month)s %(year)s") % {
            **parts,
            "month": MONTHS[first.month],
        }
    return pgettext("full date", "%(day)s %(month)s %(year)s") % {
        **parts,
        "month": MONTHS_ALT[first.month],
    }


def _with_marks(words: str, date: UncertainDate) -> str:
    """Words of a date with what its marks say of it."""
    if date.approximate:
        words = pgettext("date", "about %(date)s") % {"date": words}
    if date.uncertain:
        words = pgettext("date", "%(date)s (uncertain)") % {"date": words}
    return words


def _marked_words(date: UncertainDate) -> str:
    return _with_marks(_words(date), date)


def _since(date: UncertainDate) -> str:
    if date.precision is Precision.DAY:
        return pgettext("day", "on or after %(date)s") % {"date": _marked_words(date)}
    return pgettext("month or year", "in or after %(date)s") % {"date": _marked_words(date)}


def _until(date: UncertainDate) -> str:
    if date.precision is Precision.DAY:
        return pgettext("day", "on or before %(date)s") % {"date": _marked_words(date)}
    return pgettext("month or year", "in or before %(date)s") % {"date": _marked_words(date)}


def _marked_pair(start: UncertainDate, end: UncertainDate) -> dict[str, str]:
    """Both dates in full: a mark belongs to one of them, so neither may borrow from the other."""
    return {"first": _marked_words(start), "last": _marked_words(end)}


def _pair(start: UncertainDate, end: UncertainDate) -> dict[str, str]:
    """Two dates without marks, the first without the month or year that the second names."""
    return {"first": _shortened(start, end), "last": _words(end)}


def _shortened(start: UncertainDate, end: UncertainDate) -> str:
    first, last = start.earliest, end.latest
    alike = start.precision is end.precision is not Precision.YEAR
    if not (alike and first and last and first.year == last.year):
        return _words(start)
    if start.precision is Precision.MONTH:
        return str(MONTHS[first.month])
    if first.month == last.month:
        return _number(first.day)
    return pgettext("day and month", "%(day)s %(month)s") % {
        "day": _number(first.day),
        "month": MONTHS_ALT[first.month],
    }
