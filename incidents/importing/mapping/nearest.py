"""The known words nearest to one that is not known."""

from collections.abc import Iterable
from difflib import get_close_matches

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

OFFERED = 3

LONGEST_WORD = 80
"""Characters of a word that are compared; no known word is much longer."""


def nearest(word: str, known: Iterable[str], count: int = OFFERED) -> list[str]:
    """Up to ``count`` known words that are spelt like ``word``, nearest first."""
    by_folded: dict[str, str] = {}
    for each in known:
        by_folded.setdefault(each.casefold(), each)
    found = get_close_matches(word[:LONGEST_WORD].casefold(), by_folded, n=count, cutoff=0.5)
    return [by_folded[each] for each in found]


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A sentence that names the nearest known words, with a space before it, or nothing."""
    found = nearest(word, known)
    return " " + _("Nearest: %(words)s.") % {"words": listed(found)} if found else ""


def listed(words: Iterable[str]) -> str:
    """Words one after another, each in quotation marks."""
    return pgettext("between the items of a list", ", ").join(f"“{word}”" for word in words)
