"""Counts in words, with their unit, and how sure they are."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language, gettext, ngettext, ngettext_lazy

from reference.date_text import localise_digits

UNITS: Mapping[str, Any] = {
    "incidents": ngettext_lazy("%(n)s incident", "%(n)s incidents", "count"),
    "victims": ngettext_lazy("%(n)s victim", "%(n)s victims", "count"),
    "violations": ngettext_lazy("%(n)s violation", "%(n)s violations", "count"),
    "agencies": ngettext_lazy("%(n)s agency", "%(n)s agencies", "count"),
    "legal-actions": ngettext_lazy("%(n)s legal action", "%(n)s legal actions", "count"),
    "sources": ngettext_lazy("%(n)s source", "%(n)s sources", "count"),
}


def number(count: int) -> str:
    """An exact number as the reader's language writes it: 12,345 or ۱۲٬۳۴۵."""
    language = get_language()
    grouped = f"{count:,}"
    return localise_digits(grouped.replace(",", "٬") if language == "ur" else grouped, language)


def count_words(unit: str, count: int) -> str:
    """ "1 incident", "12,345 incidents"."""
    return str(UNITS[unit] % {"count": count, "n": number(count)})


def sureness_words(count: int, certain: int) -> str:
    """How many of the found lie in the range for certain and how many only possibly."""
    possible = count - certain
    if count == 0:
        return ""
    if possible == 0:
        return gettext("all certainly in the range")
    if certain == 0:
        return gettext("none certainly in the range, all possibly")
    return ngettext(
        "%(certain)s certainly in the range, %(possible)s only possibly",
        "%(certain)s certainly in the range, %(possible)s only possibly",
        certain,
    ) % {"certain": number(certain), "possible": number(possible)}


def undated_words(count: int, *, ongoing: bool) -> str:
    """How many more there are whose date is not known; for what was ongoing, or whose end."""
    if ongoing:
        return ngettext(
            "Of %(n)s more nobody can say whether it was ongoing then: its beginning or its end "
            "is not known.",
            "Of %(n)s more nobody can say whether they were ongoing then: their beginning or "
            "their end is not known.",
            count,
        ) % {"n": number(count)}
    return ngettext(
        "%(n)s more has no known date, so nobody can say whether it belongs here.",
        "%(n)s more have no known date, so nobody can say whether they belong here.",
        count,
    ) % {"n": number(count)}


def otherwise_words(count: int) -> str:
    """How many more there are on the date that another claimant gives."""
    return ngettext(
        "%(n)s more belongs here if the date of another claimant is taken.",
        "%(n)s more belong here if the dates of other claimants are taken.",
        count,
    ) % {"n": number(count)}


def unplaced_words(count: int) -> str:
    """How many more there are whose place is not known, or only roughly."""
    return ngettext(
        "%(n)s more may belong here: its place is not known, or only roughly.",
        "%(n)s more may belong here: their place is not known, or only roughly.",
        count,
    ) % {"n": number(count)}
