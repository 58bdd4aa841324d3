"""Where a question finds nothing: the questions nearest to it that find something.

Each differs from what was asked in one thing, and is offered with its exact count.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.http import QueryDict

from record.coded_fields import period_bounds
from record.date_question import DateMode
from record.kinds import Kind
from record.parameter_fields import Members
from record.parameter_filters import AreaParameter, TermParameter
from record.questions import Question, ask
from reference.models import Area
from reference.vocabularies import lineage
from website.presentation.counts import count_words
from website.presentation.question_words import question_words

TRIED: Final = 12
"""Questions that are counted, at the most."""

OFFERED: Final = 6
_DATES: Final = ("date_from", "date_to", "date_mode")
_ARRANGING: Final = frozenset({"page", "page_size", "ordering", "fields", "format", "cursor"})

_Changes = dict[str, str | None]


@dataclass(frozen=True, slots=True)
class NearQuestion:
    """A question in words, its query string and how much it finds, in words."""

    sentence: str
    query: str
    count_words: str


def nearby(kind: Kind, question: Question) -> list[NearQuestion]:
    """Questions near to one that finds nothing, the nearest first.

    At most ``TRIED`` questions are read and counted.
    """
    found: list[NearQuestion] = []
    tried = {question.filter_query}
    for changes in _nearest_first(question):
        known = {name: to for name, to in changes.items() if name in question.filters.filters}
        query = question.link(**{**dict.fromkeys(_ARRANGING & question.values.keys()), **known})
        if query in tried:
            continue
        if len(tried) > TRIED or len(found) == OFFERED:
            break
        tried.add(query)
        near = ask(kind.plural, QueryDict(query), lenient_blanks=True)
        if not near.errors and (count := near.count()):
            words = count_words(near.unit, count)
            found.append(NearQuestion(question_words(near), query, words))
    return found


def _nearest_first(question: Question) -> Iterator[_Changes]:
    """First what widens one thing asked, then what leaves it out, then the whole list."""
    yield from _wider(question)
    yield from _left_out(question)
    yield dict.fromkeys(question.values)


def _wider(question: Question) -> Iterator[_Changes]:
    for name, value in question.values.items():
        parameter = question.filters.filters[name]
        if isinstance(parameter, AreaParameter) and not parameter.exclude:
            yield from _wider_places(name, value)
        elif isinstance(parameter, TermParameter) and not parameter.exclude:
            yield from _wider_terms(parameter.vocabulary, name, value)
        elif name == "month" and len(value.items) == 1 and period_bounds(value.items[0]):
            yield {"month": None, "year": value.items[0][:4]}
    if question.has_range:
        if question.spelled("date_mode") not in ([], [DateMode.POSSIBLE]):
            yield {"date_mode": None}
        yield from _whole_years(question)
    if name_words := question.spelled("name"):
        yield from _fewer_words(name_words[0])


def _wider_places(name: str, value: Members) -> Iterator[_Changes]:
    """The area above the one asked for, then the one above that."""
    if len(value.items) != 1:
        return
    above = Area.objects.filter(pk__in=value.items[0].path[1:-1]).only("code", "path")
    for area in sorted(above, key=lambda each: -len(each.path)):
        yield {name: None, "area": area.code}


def _wider_terms(vocabulary: str, name: str, value: Members) -> Iterator[_Changes]:
    if len(value.items) == 1 and len(path := lineage(vocabulary, value.items[0].code)) > 1:
        yield {name: path[-2]}


def _whole_years(question: Question) -> Iterator[_Changes]:
    dates = question.filters.dates
    first = f"{dates.first.year:04d}" if dates.first else None
    last = f"{dates.last.year:04d}" if dates.last else None
    yield {"date_from": first, "date_to": last, "date_mode": None}


def _fewer_words(name: str) -> Iterator[_Changes]:
    """Each word of a name alone, the longest first; then the words anywhere in the text."""
    words = sorted(dict.fromkeys(name.split()), key=len, reverse=True)
    if len(words) > 1:
        for word in words[:3]:
            yield {"name": word}
    yield {"name": None, "q": name}


def _left_out(question: Question) -> Iterator[_Changes]:
    for name in question.values:
        if name in _ARRANGING or name in _DATES:
            continue
        yield {name: None}
    if question.has_range:
        yield dict.fromkeys(_DATES)
