"""Dates in words on the pages of a new case: put into their boxes as they were understood."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.http import QueryDict

from incidents.models import Source
from reference.date_text import render_date
from reference.dates import UncertainDateError
from reference.heard_dates import hear, is_certain
from reference.typed_dates import read_typed

DATES: Final = ("published", "date")


@dataclass(frozen=True, slots=True)
class HeardDate:
    """A date that was not written in the notation, and how it was understood."""

    box: str
    typed: str
    understood: str
    words: str


def understood(posted: QueryDict, chosen: Source | None) -> tuple[QueryDict, list[HeardDate]]:
    """What was sent, with dates in words replaced by their one reading, and which these were.

    What a source tells had happened by the day on which it was published: ``chosen`` is the source
    that is entered already, if there is one.
    """
    data, heard = posted.copy(), []
    for box in DATES:
        typed = posted.get(box, "")
        if is_certain(typed):
            continue
        near = _told_by(data, chosen) if box == "date" else None
        try:
            readings = hear(typed, near=near)
        except UncertainDateError:
            continue
        if len(readings) == 1:
            [value] = readings
            data[box] = value.text
            heard.append(HeardDate(box, typed, value.text, render_date(value)))
    return data, heard


def _told_by(data: QueryDict, chosen: Source | None) -> date | None:
    if chosen is not None:
        return chosen.published.latest
    try:
        return read_typed(data.get("published", "")).latest
    except UncertainDateError:
        return None
