"""Dates of lists: the forms in which people of many countries write them.

Whatever can mean two things is refused with the way to say which is meant; a date is never read
as more exact than it was written.
"""

import re
from datetime import date, datetime

from django.utils.translation import gettext as _

from incidents.importing.drafting.unusable import Unusable
from incidents.importing.mapping.shape import DateOptions
from reference.date_notation import LONGEST_TEXT, canonical_text
from reference.date_text import explain
from reference.dates import DateFault, UncertainDate, UncertainDateError
from reference.month_names import ABOUT_WORDS, date_in_words, fold_words
from reference.typed_dates import read_typed

_DIRECTION_MARKS = dict.fromkeys(
    map(ord, "\u200e\u200f\u061c\u202a\u202b\u202c\u2066\u2067\u2068\u2069")
)
_ISO_TIME = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ][0-9]{2}:[0-9]{2}(?::[0-9.]+)?(?:Z|[+-][0-9:]+)?"
)
_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NUMBERS = re.compile(r"([0-9]{1,2})\s*([./-])\s*([0-9]{1,2})\s*\2\s*([0-9]{4})([~?%]?)")
_YEAR_FIRST = re.compile(r"([0-9]{4})[./]([0-9]{1,2})[./]([0-9]{1,2})([~?%]?)")
_MONTH_YEAR = re.compile(r"([0-9]{1,2})[./-]([0-9]{4})([~?%]?)")
_SHORT_YEAR = re.compile(r"[0-9]{1,2}[./ -](?:[0-9]{1,2}|[^\W\d_]+)[./ -]['’]?[0-9]{2}")
_ABOUT = re.compile(rf"(?:{'|'.join(map(re.escape, ABOUT_WORDS))})\.?\s+(?=\S)")
_LENGTHS = {"day": 10, "month": 7, "year": 4}


def read_date(text: str, options: DateOptions) -> UncertainDate:
    """Read a date of a list. Raises Unusable, which says what could be written instead."""
    found = _by_format(text[:LONGEST_TEXT], options) if options.formats else None
    if found is None:
        found = _read(text, options)
    return _as_meant(found, options)


def _as_meant(found: UncertainDate, options: DateOptions) -> UncertainDate:
    """The date no more exact than the mapping says, and with the mark that it says."""
    if options.exact_to == "month" or options.exact_to == "year":
        found = found.coarsened(to=options.exact_to)
    if found.is_unknown or not (options.approximate or options.uncertain):
        return found
    approximate = options.approximate or found.approximate
    uncertain = options.uncertain or found.uncertain
    mark = ("%" if uncertain else "~") if approximate else "?"
    ends = found.text.split("/")
    marked = [end if end == ".." else end.rstrip("~?%") + mark for end in ends]
    return UncertainDate.parse("/".join(marked))


def _by_format(text: str, options: DateOptions) -> UncertainDate | None:
    plain = canonical_text(text)
    for form in options.formats:
        try:
            day = datetime.strptime(plain, form).date()
        except ValueError:
            continue
        exact = (
            "day"
            if re.search("%[djaA]", form)
            else "month"
            if re.search("%[mbB]", form)
            else "year"
        )
        return UncertainDate.parse(day.isoformat()[: _LENGTHS[exact]])
    return None


def _read(text: str, options: DateOptions) -> UncertainDate:
    if len(text) > LONGEST_TEXT:
        raise _refused(text, "", UncertainDateError(DateFault.FORM, text))
    plain = canonical_text(" ".join(text.translate(_DIRECTION_MARKS).split()))
    if found := _ISO_TIME.fullmatch(plain):
        plain = found[1]
    about, plain = _without_about(plain)
    numbers = _from_numbers(plain, options)
    written = numbers or date_in_words(plain)
    try:
        value = UncertainDate.parse(written) if written else read_typed(plain)
    except UncertainDateError as error:
        if numbers or _ISO_DAY.fullmatch(plain):
            raise _impossible(text) from None
        raise _refused(text, plain, error) from None
    if about and not value.approximate:
        return _as_meant(value, DateOptions(approximate=True))
    return value


def _without_about(plain: str) -> tuple[bool, str]:
    found = _ABOUT.match(fold_words(plain))
    return (True, plain[found.end() :]) if found else (False, plain)


def _from_numbers(plain: str, options: DateOptions) -> str | None:
    """A date in numbers as an accepted form; None if it is none."""
    if found := _YEAR_FIRST.fullmatch(plain):
        return f"{found[1]}-{int(found[2]):02d}-{int(found[3]):02d}{found[4]}"
    if found := _MONTH_YEAR.fullmatch(plain):
        return f"{found[2]}-{int(found[1]):02d}{found[3]}"
    found = _NUMBERS.fullmatch(plain)
    if found is None:
        return None
    first, sign, second, year, mark = int(found[1]), found[2], int(found[3]), found[4], found[5]
    day_first = _day_first(first, second, sign, options.day_first, plain)
    day, month = (first, second) if day_first else (second, first)
    return f"{year}-{month:02d}-{day:02d}{mark}"


def _day_first(first: int, second: int, sign: str, told: bool | None, plain: str) -> bool:
    """Whether the day stands first: as told, or where only that can be."""
    if told is not None:
        return told
    if sign == "." or first > 12 or first == second:
        return True
    if second > 12:
        return False
    raise Unusable(
        "date-two-readings",
        _("“%(text)s” can be read in two ways: day first or month first.") % {"text": plain},
        _("Say in the mapping which it is: day_first = true or day_first = false."),
    )


def _refused(text: str, plain: str, error: UncertainDateError) -> Unusable:
    if _SHORT_YEAR.fullmatch(plain):
        return Unusable(
            "date-short-year",
            _("“%(text)s”: a year of two digits can be in more than one century.") % {"text": text},
            _("Write the year with four digits."),
        )
    if error.code is DateFault.CALENDAR:
        return _impossible(text)
    return Unusable(
        "date-not-read",
        explain(error),
        _("Correct the cell, or say in the mapping how dates are written, with “formats”."),
    )


def _impossible(text: str) -> Unusable:
    return Unusable(
        "date-impossible",
        _("There is no such day in the calendar: “%(text)s”.") % {"text": text},
        _("Correct the date, or leave the cell empty if it is not known."),
    )


def span(first: UncertainDate | None, last: UncertainDate | None) -> UncertainDate | None:
    """One date from the start of the one to the end of the other, each as exact as it was.

    Where only one is given, that one. Raises Unusable where the second lies before the first.
    """
    if first is None or last is None or first.is_unknown or last.is_unknown or first == last:
        return next((each for each in (first, last) if each and not each.is_unknown), None)
    start, end = first.ends[0].text or "..", last.ends[1].text or ".."
    if start == end:
        return UncertainDate.parse(start) if start != ".." else None
    if start == end == "..":
        return None
    try:
        return UncertainDate.parse(f"{start}/{end}")
    except UncertainDateError:
        raise Unusable(
            "end-before-start",
            _("“%(last)s” lies before “%(first)s”.") % {"first": first.text, "last": last.text},
            _("Check both dates: one of them is wrong, or they are in each other's column."),
        ) from None


def span_of(dates: list[UncertainDate]) -> UncertainDate:
    """One date that holds all of these, each end as exact as the one that gives it."""
    first = min(dates, key=lambda each: each.earliest or date.min)
    last = max(dates, key=lambda each: each.latest or date.max)
    return span(first, last) or dates[0]
