"""Dates of documents, read back, put in order and made readable for machines."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext

from reference.date_text import render_date
from reference.dates import Precision, UncertainDate

DateValue = Mapping[str, Any]

_EXACT = {Precision.DAY, Precision.MONTH, Precision.YEAR}
_LAST = date.max

# A page asks for the same date in words, for machines and in order, and dates recur.
_parsed = lru_cache(4096)(UncertainDate.parse)


def read_date(value: DateValue | None) -> UncertainDate:
    """The date of a document; an absent one is the unknown date."""
    return _parsed(value["text"] if value else "")


def is_known(value: DateValue | None) -> bool:
    """Whether anything is known about the date."""
    return not read_date(value).is_unknown


def date_words(value: DateValue | None) -> str:
    """The date in the reader's words, with where it comes from unless a source states it."""
    words = render_date(read_date(value))
    basis = value.get("basis") if value else None
    if basis == "derived":
        return gettext("%(date)s (worked out from other statements)") % {"date": words}
    if basis == "inferred":
        return gettext("%(date)s (our reading)") % {"date": words}
    return words


def machine_date(value: DateValue | None) -> str:
    """The date for an HTML ``datetime`` attribute: ``2023-10-29``, ``2023-10`` or ``2023``.

    Empty where HTML has no way to say it, as for an interval.
    """
    read = read_date(value)
    return read.text.rstrip("~?%") if read.precision in _EXACT else ""


def day_words(moment: datetime | str | DateValue | None) -> str:
    """The day (UTC) of a moment, of its ISO 8601 text or of a date, in the reader's words."""
    if not moment:
        return ""
    if isinstance(moment, Mapping):
        return date_words(moment) if is_known(moment) else ""
    text = moment.astimezone(UTC).isoformat() if isinstance(moment, datetime) else moment
    return render_date(UncertainDate.parse(text[:10]))


def in_order(value: DateValue | None) -> tuple[bool, date]:
    """A sort key: the earliest possible day; unknown dates last."""
    read = read_date(value)
    return read.is_unknown, read.earliest or read.latest or _LAST
