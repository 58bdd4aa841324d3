"""Knowing values: terms by their labels and codes, dates by their order, cells that say nothing."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from incidents.importing.suggesting.headers import plain
from incidents.importing.suggesting.targets import SPLIT
from reference.vocabularies import terms

_SEX = {
    "man": "m|male|man|boy|masculine|hombre|masculino|varon|homme|masculin|ذكر|رجل|مرد|لڑکا|مذکر",
    "woman": "f|female|woman|girl|w|mujer|femenino|femme|feminin|أنثى|امرأة|عورت|خاتون|لڑکی|مونث",
}
_AGE_GROUP = {
    "adult": "adult|adulto|adulte|بالغ",
    "child": "child|minor|juvenile|menor|nino|nina|enfant|mineur|طفل|قاصر|بچہ|بچی|نابالغ",
}
_WORDS = {"sex": _SEX, "age-group": _AGE_GROUP}
_MALE_COLUMN = {"1": "man", "0": "woman"}
"""A column called "male" that holds 1 and 0."""

_NOT_GIVEN = frozenset(
    {"na", "n/a", "n.a.", "n.a", "n/d", "#n/a", "null", "nan", "-", "--", "–", "—", "."}
)
_THREE_NUMBERS = re.compile(r"^\s*(\d{1,2})\s*[./-]\s*(\d{1,2})\s*[./-]\s*\d{4}\b")
_MONTHS = 12


def known_terms(vocabulary: str, values: Iterable[str], *, header: str = "") -> dict[str, str]:
    """Value → code, for the values that are a label (in any language), a code or a plain word.

    A value that fits two terms fits none.
    """
    words = _words_of(vocabulary)
    found = {value: words.get(plain(value), "") for value in values}
    if vocabulary == "sex" and plain(header) == "male":
        found |= {value: _MALE_COLUMN[value.strip()] for value in found if value.strip() in "01"}
    return {value: code for value, code in found.items() if code}


def day_first(dates: Iterable[str]) -> bool | None:
    """Whether 5/10/2023 means a day in October, if other dates of the list prove it."""
    proved = set()
    for text in dates:
        if match := _THREE_NUMBERS.match(text):
            first, second = int(match[1]), int(match[2])
            if first > _MONTHS >= second:
                proved.add(True)
            elif second > _MONTHS >= first:
                proved.add(False)
    return proved.pop() if len(proved) == 1 else None


def not_given(values: Iterable[str]) -> list[str]:
    """The values that lists put where nothing is known, as they are written here."""
    return sorted({value.strip() for value in values if value.strip().casefold() in _NOT_GIVEN})


def mostly(values: Sequence[str], test: "re.Pattern[str]") -> bool:
    """Whether at least two of three values match, and there are any."""
    matching = sum(1 for value in values if test.search(value))
    return bool(values) and matching * 3 >= len(values) * 2


def parts(text: str, target: str) -> list[str]:
    """The terms in a cell: one, but for targets that take several."""
    found = [text]
    for separator in SPLIT.get(target, ()):
        found = [part for each in found for part in each.split(separator)]
    return [part.strip() for part in found if part.strip()]


def distinct(values: Iterable[str], limit: int) -> list[tuple[str, int]]:
    """The most frequent values with their number."""
    return Counter(values).most_common(limit)


def _words_of(vocabulary: str) -> dict[str, str]:
    """Every word for a term → its code, without those that fit two terms."""
    found: dict[str, set[str]] = {}
    for term in terms(vocabulary):
        labels = (term.code, *term.labels.values())
        more = _WORDS.get(vocabulary, {}).get(term.code, "").split("|")
        for word in (*labels, *more):
            if form := plain(word):
                found.setdefault(form, set()).add(term.code)
    return {form: next(iter(codes)) for form, codes in found.items() if len(codes) == 1}
