"""What a question is narrowed by, each with the way back; and what is wrong with a question."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext

from record.filter_sets import DATE_PARAMETERS
from record.parameter_filters import MembersParameter
from record.questions import ParameterError, Question
from website.presentation.controls import chosen_words
from website.presentation.question_words import with_dates_in_words

_NOT_NARROWING = frozenset({"page", "page_size", "ordering", "fields", "format"})


@dataclass(frozen=True, slots=True)
class Narrowing:
    """One value in use, in words; ``query`` asks the same question without it alone.

    ``or_else``: another value of the same parameter comes before it, and either will do.
    """

    label: str | Promise
    words: str
    query: str
    or_else: bool = False


@dataclass(frozen=True, slots=True)
class Way:
    """A way to mend a question: words to click and the mended query string."""

    words: str
    query: str


@dataclass(frozen=True, slots=True)
class Wrong:
    """An error of a question. ``field`` is the id of its field, ``label`` what stands over it;
    both are empty where it has none."""

    parameter: str
    label: str | Promise
    message: str
    field: str
    ways: tuple[Way, ...]


def narrowings(question: Question, language: str) -> list[Narrowing]:
    """Everything that narrows the list, in the order of the filter, one value at a time."""
    return [
        narrowing
        for name, value in question.values.items()
        if name not in _NOT_NARROWING
        for narrowing in _narrowings(question, name, value, language)
    ]


def _narrowings(question: Question, name: str, value: Any, language: str) -> Iterator[Narrowing]:
    parameter = question.filters.filters[name]
    if not isinstance(parameter, MembersParameter) or len(value.codes) < 2:
        words = chosen_words(parameter, value, language)
        if name in DATE_PARAMETERS:
            words = with_dates_in_words(words)
        yield Narrowing(parameter.label, words, _without(question, name))
        return
    # One mark a value: who takes one off means that one, and not the others beside it.
    names = parameter.names(value, language)
    for position, (code, words) in enumerate(zip(value.codes, names, strict=True)):
        others = sorted({*value.codes} - {code})
        query = question.link(page=None, cursor=None, **{name: others})
        or_else = position > 0 and not parameter.exclude
        yield Narrowing(parameter.label, words, query, or_else)


def _without(question: Question, name: str) -> str:
    changes: dict[str, None] = {name: None}
    bounds = {"date_from", "date_to"} & question.values.keys()
    if bounds == {name}:
        # A way to read a range means nothing once there is none.
        changes["date_mode"] = None
    return question.link(page=None, cursor=None, **changes)


def wrong(
    error: ParameterError, given: QueryDict, has_field: bool, label: str | Promise = ""
) -> Wrong:
    """An error with links that mend it: the candidates of an ambiguous value, or the nearest."""
    values = [(candidate.label, candidate.code) for candidate in error.candidates]
    message = error.message
    if values:
        # The message spells out all codes, for programs; here each stands in a link.
        message = gettext("This name means more than one. Which one do you mean?")
    if not values and error.suggestion and has_field:
        values = [(error.suggestion, error.suggestion)]
    ways = [Way(words, _with(given, error.parameter, value)) for words, value in values]
    if not has_field and error.suggestion and error.parameter in given:
        ways.append(Way(error.suggestion, _renamed(given, error.parameter, error.suggestion)))
    field = f"f-{error.parameter}" if has_field else ""
    return Wrong(error.parameter, label, message, field, tuple(ways))


def _with(given: QueryDict, name: str, value: str) -> str:
    mended = given.copy()
    mended[name] = value
    return mended.urlencode(safe=",")


def _renamed(given: QueryDict, name: str, to: str) -> str:
    mended = given.copy()
    mended.setlist(to, mended.pop(name))
    return mended.urlencode(safe=",")
