"""Finding sources by the words of their files, folded as names are."""

import re
from typing import Any, Final

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import QuerySet, Value

from incidents.models import CaptureText
from reference.names import fold

_LONGEST: Final = 60
"""Letters of a word; what is longer was never a word."""
_MOST: Final = 40_000
"""Different words of a file that can be searched for; the database keeps a megabyte of them."""
_MOST_ASKED: Final = 20

_WORD: Final = re.compile(r"\w+")


def folded_words(text: str) -> list[str]:
    """The different words of a text in their order, folded; short of fillers of names."""
    found: dict[str, None] = {}
    for word in dict.fromkeys(_WORD.findall(text)):
        if len(word) <= _LONGEST:
            for part in fold(word, keep_honorifics=True).split():
                found.setdefault(part)
        if len(found) >= _MOST:
            break
    return list(found)


def words_vector(text: str) -> Any:
    """The expression that the database keeps for a text."""
    return SearchVector(Value(" ".join(folded_words(text))), config="simple")


def files_that_say(text: str) -> QuerySet[CaptureText]:
    """The texts that hold each of these words, or one that begins so. None for no word.

    Ask for those of the sources that somebody may see: this knows nothing of who asks.
    """
    words = [word for word in folded_words(text)[:_MOST_ASKED] if word.isalnum()]
    if not words:
        return CaptureText.objects.none()
    # Letters and digits alone, so that nothing in it is an operator.
    asked = " & ".join(f"{word}:*" for word in words)
    query = SearchQuery(asked, config="simple", search_type="raw")
    return CaptureText.objects.filter(words=query, capture__source__confidential=False)
