"""The question a reader types, as a full-text query over the search tables of the record.

Every word must be found; words between double quotes must stand next to each other in English
prose. A word is found by its English stem, by its folded spelling (Balaach finds Balach), or by
its consonants where a name is only known in the other script (بالاچ finds Balach).
"""

import re
from functools import reduce
from operator import and_, or_
from typing import Any, Final

from django.contrib.postgres.search import SearchQuery, SearchQueryCombinable, SearchQueryField
from django.db.models import Func, Value

from record.search_text import bones, folded_words, is_arabic, words_of

MOST_WORDS: Final = 20
"""Words in one question. Each costs an index search; nobody types more."""

ENGLISH_STOP_WORDS: Final = frozenset(
    """
    i me my myself we our ours ourselves you your yours yourself yourselves he him his himself
    she her hers herself it its itself they them their theirs themselves what which who whom this
    that these those am is are was were be been being have has had having do does did doing a an
    the and but if or because as until while of at by for with about against between into through
    during before after above below to from up down in out on off over under again further then
    once here there when where why how all any both each few more most other some such no nor not
    only own same so than too very s t can will just don should now
    """.split()  # noqa: SIM905 - a hundred quoted words are harder to read
)
"""The words that PostgreSQL's English configuration leaves out, so a question must as well."""

_PHRASE_OR_WORDS: Final = re.compile(r'"([^"]*)"|([^"]+)')


class TooManyWords(ValueError):
    """A question of more than ``MOST_WORDS`` words."""


class Lexemes(SearchQueryCombinable, Func):  # type: ignore[misc]
    """A query for words as they stand in the index, all of them; no dictionary, no parser."""

    template = "%(expressions)s::tsquery"
    output_field = SearchQueryField()
    config = None

    def __init__(self, *words: str, **extra: Any) -> None:
        quoted = ("'" + word.replace("\\", "\\\\").replace("'", "''") + "'" for word in words)
        super().__init__(Value(" & ".join(quoted)), **extra)


def search_query(text: str) -> SearchQueryCombinable | None:
    """The query for a text; None where it holds no word that could be found ("of the", "?!").

    For ``IncidentText.objects.filter(vector=search_query(text))`` and its like. Raises
    ``TooManyWords``.
    """
    parts: list[SearchQueryCombinable] = []
    count = 0
    for phrase, loose in _PHRASE_OR_WORDS.findall(text):
        words = [word for word in words_of(phrase or loose) if not _is_stop_word(word)]
        count += len(words)
        if phrase and len(words) > 1 and not any(map(is_arabic, words)):
            parts.append(
                SearchQuery(" ".join(words_of(phrase)), config="english", search_type="phrase")
            )
        elif words:
            parts.append(_all_of(words))
    if count > MOST_WORDS:
        raise TooManyWords(f"More than {MOST_WORDS} words.")
    return reduce(and_, parts) if parts else None


def _all_of(words: list[str]) -> SearchQueryCombinable:
    """All words in any of their forms, or the one name they make: Saif ullah, Nasir Abad."""
    forms = [reduce(and_, [_any_form(word) for word in words])]
    if len(words) > 1:
        apart = [part for word in words for part in folded_words(word)]
        together = list(folded_words(" ".join(words)))
        if together and together != apart:
            forms.append(Lexemes(*together))
        if len(words) == 2 and apart:
            forms.append(Lexemes("".join(apart)))
    return reduce(or_, forms)


def _any_form(word: str) -> SearchQueryCombinable:
    forms: list[SearchQueryCombinable] = []
    if not is_arabic(word):
        forms.append(SearchQuery(word, config="english", search_type="plain"))
    if folded := folded_words(word):
        forms.append(Lexemes(*folded))
    if skeletons := list(bones(word, "latin" if is_arabic(word) else "arabic")):
        forms.append(Lexemes(*skeletons))
    return reduce(or_, forms)


def _is_stop_word(word: str) -> bool:
    return word.lower() in ENGLISH_STOP_WORDS
