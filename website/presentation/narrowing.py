"""What a question is narrowed by, each with the way back; and what is wrong with a question."""

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext

from record.questions import ParameterError, Question
from website.presentation.controls import chosen_words

_NOT_NARROWING = frozenset({"page", "page_size", "ordering", "fields", "format"})


@dataclass(frozen=True, slots=True)
class Narrowing:
    """One parameter in use, in words; ``query`` asks the same question without it."""

    label: str | Promise
    words: str
    query: str


@dataclass(frozen=True, slots=True)
class Way:
    """A way to mend a question: words to click and the mended query string."""

    words: str
    query: str


@dataclass(frozen=True, slots=True)
class Wrong:
    """An error of a question. ``field`` is the id of its field, empty where it has none."""

    parameter: str
    message: str
    field: str
    ways: tuple[Way, ...]


def narrowings(question: Question, language: str) -> list[Narrowing]:
    """Everything that narrows the list, in the order of the filter."""
    found = []
    for name, value in question.values.items():
        if name in _NOT_NARROWING:
            continue
        parameter = question.filters.filters[name]
        words = chosen_words(parameter, value, language)
        found.append(Narrowing(parameter.label, words, question.link(page=None, **{name: None})))
    return found


def wrong(error: ParameterError, given: QueryDict, has_field: bool) -> Wrong:
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
    return Wrong(error.parameter, message, field, tuple(ways))


def _with(given: QueryDict, name: str, value: str) -> str:
    mended = given.copy()
    mended[name] = value
    return mended.urlencode(safe=",")


def _renamed(given: QueryDict, name: str, to: str) -> str:
    mended = given.copy()
    mended.setlist(to, mended.pop(name))
    return mended.urlencode(safe=",")
