"""Form fields for what is searched in any spelling: a victim's name, and free text."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.search import SearchQueryCombinable
from django.db import connection
from django.utils.translation import gettext_lazy as _

from record.models.search import SearchText
from record.parameter_fields import MembersField, ParameterField, fault
from record.parameters import MAX_CHARACTERS
from record.search_matches import Matches, matches
from record.search_query import TooManyWords, search_query
from reference.names import fold, split_parentage

_MAX_WORDS = 8
# Each word costs up to a dozen index searches, and no name in the record is longer.


@dataclass(frozen=True, slots=True)
class SoughtName:
    """A name as typed, and its folded words without titles and without the s/o mark."""

    text: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SoughtWords:
    """Free text as typed, and the full-text query it makes."""

    text: str
    query: SearchQueryCombinable
    _found: dict[type[SearchText], Matches] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )

    def found_in(self, texts: type[SearchText]) -> Matches:
        """The documents that hold it, looked up once for all that is asked in one transaction with
        the question; outside of one each time, since nothing holds the record still."""
        if not connection.in_atomic_block:
            return matches(texts, self.query)
        if texts not in self._found:
            self._found[texts] = matches(texts, self.query)
        return self._found[texts]


class NamesField(MembersField):
    """Names of victims, in any spelling and either script."""

    most = 5

    def read_one(self, text: str) -> SoughtName:
        name, _relation, parent = split_parentage(text)
        words = (*fold(name).split(), *fold(parent or "").split())
        if not words:
            raise fault(_("This name holds no letters."), "invalid")
        if len(words) > _MAX_WORDS:
            raise fault(_("This name has too many words."), "long")
        return SoughtName(text, tuple(dict.fromkeys(words)))

    def code(self, item: Any) -> str:
        return str(item.text)


class WordsField(ParameterField):
    """Free text; a comma is part of it."""

    def read_one(self, text: str) -> SoughtWords:
        if len(text) > MAX_CHARACTERS:
            raise fault(_("This text is too long. Use fewer words."), "long")
        try:
            query = search_query(text)
        except TooManyWords:
            raise fault(_("These are too many words. Use fewer."), "long") from None
        if query is None:
            message = _("This text holds no words that can be searched for.")
            raise fault(message, "invalid")
        return SoughtWords(text, query)
