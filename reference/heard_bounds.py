"""What words around a date make of it: a part of it, a night, before and after.

Takes and gives dates in their notation. By the rule of the house a month or a year has three
parts: early, mid and late; of a month these are the days 1–10, 11–20 and 21 to its end. Knows no
Django.
"""

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import Final

from reference.date_notation import OPEN_END
from reference.dates import Precision, UncertainDate

_PARTS: Final = {
    "early": r"early|beginning|start|شروع|اغاز|اوایل|ابتدا",
    "mid": r"middle|mid|وسط|درمیان",
    "late": r"late|end|close|اواخر|اخری دنوں|اخر|اختتام",
    "first-half": r"first half|پہلے نصف",
    "second-half": r"second half|دوسرے نصف",
    "first-week": r"first week|پہلے ہفتے",
    "last-week": r"last week|اخری ہفتے",
}
_PART_WORDS: Final = "|".join(f"(?:{words})" for words in _PARTS.values())
_PART_FIRST: Final = re.compile(rf"(?P<part>{_PART_WORDS})(?:-| (?:of |in )?)(?P<whole>.+)")
_PART_LAST: Final = re.compile(rf"(?P<whole>.+?) (?:کے|کی) (?P<part>{_PART_WORDS})")
_PART_BETWEEN: Final = re.compile(
    rf"(?P<month>[^\W\d_]+) (?:کے|کی) (?P<part>{_PART_WORDS}) (?P<year>[0-9]{{4}})"
)
_MARKS: Final = "~?%"


def split_part(words: str) -> tuple[str, str] | None:
    """“Late November 2023” as the code of a part and the words for the whole."""
    if found := _PART_BETWEEN.fullmatch(words):
        said, whole = found["part"], f"{found['month']} {found['year']}"
    elif found := _PART_FIRST.fullmatch(words) or _PART_LAST.fullmatch(words):
        said, whole = found["part"], found["whole"]
    else:
        return None
    return next(code for code, word in _PARTS.items() if re.fullmatch(word, said)), whole


def part_of(whole: UncertainDate, part: str) -> str:
    """A part of a month or a year; empty for anything else, and for one with a mark."""
    start = whole.earliest
    if start is None or whole.approximate or whole.uncertain:
        return ""
    if whole.precision is Precision.YEAR:
        return _part_of_year(whole.text, part)
    if whole.precision is not Precision.MONTH:
        return ""
    last = monthrange(start.year, start.month)[1]
    first_day, last_day = {
        "early": (1, 10),
        "mid": (11, 20),
        "late": (21, last),
        "first-half": (1, 15),
        "second-half": (16, last),
        "first-week": (1, 7),
        "last-week": (last - 6, last),
    }[part]
    return f"{whole.text}-{first_day:02d}/{whole.text}-{last_day:02d}"


def night_of(value: UncertainDate) -> str:
    """The night that begins on a day crosses midnight; anything but a day stays as it is."""
    day = value.earliest
    if value.precision is not Precision.DAY or day is None or day == date.max:
        return value.text
    mark = _mark_of(value)
    return f"{value.text}/{day + timedelta(days=1)}{mark}"


def marked(text: str, mark: str) -> str:
    """A text of the notation with a mark on each end, beside any that it has."""
    return "/".join(end if end == OPEN_END else _end_marked(end, mark) for end in text.split("/"))


def until(value: UncertainDate) -> str:
    """Up to the end of a date."""
    return f"{OPEN_END}/{value.ends[1].text}" if value.latest else ""


def since(value: UncertainDate) -> str:
    """From the beginning of a date on."""
    return f"{value.ends[0].text}/{OPEN_END}" if value.earliest else ""


def before(value: UncertainDate) -> str:
    """“Before November” ends with October; the word says that November itself is not meant."""
    first = value.earliest
    if first is None or first == date.min:
        return ""
    return f"{OPEN_END}/{_like(first - timedelta(days=1), value.ends[0])}"


def after(value: UncertainDate) -> str:
    """“After November” begins with December."""
    last = value.latest
    if last is None or last == date.max:
        return ""
    return f"{_like(last + timedelta(days=1), value.ends[1])}/{OPEN_END}"


def _like(day: date, end: UncertainDate) -> str:
    """A day as exactly, and with the same mark, as the end of a date beside it."""
    length = {Precision.YEAR: 4, Precision.MONTH: 7}.get(end.precision, 10)
    return day.isoformat()[:length] + _mark_of(end)


def _mark_of(end: UncertainDate) -> str:
    return end.text[len(end.text.rstrip(_MARKS)) :]


def _end_marked(end: str, mark: str) -> str:
    stem = end.rstrip(_MARKS)
    return stem + (mark if end[len(stem) :] in ("", mark) else "%")


def _part_of_year(year: str, part: str) -> str:
    months = {
        "early": ("01", "04"),
        "mid": ("05", "08"),
        "late": ("09", "12"),
        "first-half": ("01", "06"),
        "second-half": ("07", "12"),
    }.get(part)
    return f"{year}-{months[0]}/{year}-{months[1]}" if months else ""
