"""A question as a page says it back: the days in it as the reader's language writes dates.

The API says them as it takes them, ``2023-10-01``; what is read by people is written for people.
"""

import re
from typing import Final

from record.boundaries import Boundaries
from record.questions import Question
from reference.date_text import render_date
from reference.dates import UncertainDate, UncertainDateError

_DAY: Final = re.compile("\u2066?" r"(?<![\w-])(\d{4}-\d{2}-\d{2})(?![\w-])" "\u2069?")
"""With the marks that keep its figures from left to right, which words do not need."""

_QUOTED: Final = re.compile(r"([“”«][^“”»]*[“”»])")
"""What somebody typed stays as they typed it."""


def question_words(question: Question, boundaries: Boundaries | None = None) -> str:
    """The question in plain words, in the active language, and by the boundaries of which day it
    is counted."""
    return with_dates_in_words(question.sentence(boundaries))


def with_dates_in_words(sentence: str) -> str:
    """The sentence with every day outside of quotations in words."""
    parts = _QUOTED.split(sentence)
    parts[::2] = [_DAY.sub(_in_words, part) for part in parts[::2]]
    return "".join(parts)


def _in_words(day: re.Match[str]) -> str:
    try:
        return render_date(UncertainDate.parse(day[1]))
    except UncertainDateError:
        return day[0]
