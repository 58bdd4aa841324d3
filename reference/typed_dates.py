"""Dates as people type them, when only one reading is possible.

What a keyboard, a phone or a word processor makes of an accepted form (Urdu digits, long
dashes, spaces, the sign for two dots), and months in words, are mapped to that form. Whatever
can mean two things is left as it stands, for ``UncertainDate.parse`` to refuse: 5/10/2023 is
May or October, depending on who wrote it. Knows no Django.
"""

import re
from typing import Final

from reference.date_notation import LONGEST_TEXT, canonical_text
from reference.dates import DateFault, UncertainDate, UncertainDateError

_ENGLISH = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_URDU = (
    *("جنوری", "فروری", "مارچ", "اپریل", "مئی", "جون"),
    *("جولائی", "اگست", "ستمبر", "اکتوبر", "نومبر", "دسمبر"),
)

MONTH_NUMBERS: Final = {
    **{name: number for number, name in enumerate(_ENGLISH, start=1)},
    **{name[:3]: number for number, name in enumerate(_ENGLISH, start=1)},
    **{name: number for number, name in enumerate(_URDU, start=1)},
    "sept": 9,
}
"""Month names in lower case, English (also shortened) and Urdu, with their number."""

_HYPHENS = "‐‑‒–—−"
_DIRECTION_MARKS = "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_SIGNS: Final = str.maketrans(
    {
        **dict.fromkeys(_HYPHENS, "-"),
        **dict.fromkeys(_DIRECTION_MARKS, ""),
        "…": "..",
        "؟": "?",
        "٪": "%",
        "،": ",",
        # Arabic keyboards send these two for the Urdu letters in the month names.
        "ي": "ی",
        "ك": "ک",
    }
)
_MARKS: Final = {"~?": "%", "?~": "%"}

_SPACE_BESIDE_SIGN = re.compile(r"\s*([-/~?%])\s*")
_UNKNOWN_DIGIT = re.compile(r"(?<=[0-9-])x|(?<=-x)x")
_LONG_DASH_MONTH = re.compile(rf"[0-9]{{2}}([0-9]{{2}})\s*[{_HYPHENS}]\s*([0-9]{{2}})")
_DASHED_INTERVAL = re.compile(r"([0-9]{4}(?:-[0-9]{2}){0,2})-([0-9]{4}(?:-[0-9]{2}){0,2})")
_MARK_AT_END = r"(?P<mark>[~?%]?)"
_DAY_FIRST = re.compile(
    rf"(?:(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)? )?(?P<month>[^\W\d_]+)\.?,? (?P<year>[0-9]{{4}})"
    rf"{_MARK_AT_END}"
)
_MONTH_FIRST = re.compile(
    rf"(?P<month>[^\W\d_]+)\.? (?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?,? (?P<year>[0-9]{{4}})"
    rf"{_MARK_AT_END}"
)


def read_typed(text: str) -> UncertainDate:
    """Read a date as typed.

    Accepts all that ``UncertainDate.parse`` does and what maps to it with certainty. Raises
    UncertainDateError, which shows the text as it was typed, for everything else.
    """
    if len(text.strip()) > LONGEST_TEXT:
        raise UncertainDateError(DateFault.FORM, text.strip())
    if _may_be_two_years(text):
        raise UncertainDateError(DateFault.DASH, text.strip())
    tidy = _tidy(text)
    try:
        return UncertainDate.parse(_from_words(tidy) or _from_dashes(tidy) or tidy)
    except UncertainDateError as error:
        raise UncertainDateError(error.code, text.strip()) from None


def _tidy(text: str) -> str:
    """Replace the signs that keyboards and word processors put for those of the forms."""
    spaced = " ".join(canonical_text(text.translate(_SIGNS)).split())
    close = _SPACE_BESIDE_SIGN.sub(r"\1", spaced)
    for typed, mark in _MARKS.items():
        close = close.replace(typed, mark)
    return _UNKNOWN_DIGIT.sub("X", close)


def _may_be_two_years(text: str) -> bool:
    """Whether a long dash joins a year to what may be the next one's last two digits.

    In print 2009–10 is two years. 2023–10 cannot be: it is a hyphen that a word processor
    lengthened.
    """
    found = _LONG_DASH_MONTH.fullmatch(canonical_text(text))
    return found is not None and int(found[2]) > int(found[1])


def _from_dashes(tidy: str) -> str | None:
    """Two whole dates with a dash between them, as an interval."""
    found = _DASHED_INTERVAL.fullmatch(tidy)
    return f"{found[1]}/{found[2]}" if found else None


def _from_words(tidy: str) -> str | None:
    """A date with its month in words, as an accepted form; None if it is not one."""
    found = _DAY_FIRST.fullmatch(tidy) or _MONTH_FIRST.fullmatch(tidy)
    number = MONTH_NUMBERS.get(found["month"].lower()) if found else None
    if found is None or number is None:
        return None
    day = f"-{int(found['day']):02d}" if found["day"] else ""
    return f"{found['year']}-{number:02d}{day}{found['mark']}"
