"""Finding victims by a name in any spelling and either script.

Each word sought must be found in some published name of the victim: spelled much like a stretch
of it (trigrams over the folded form, which already joins the known spellings), with one letter
mistyped, or, in the other script, with the same consonants (the skeleton) and vowels that agree.
Candidates, not identity: whether two names are one person is for people to say.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Q, Value
from django.db.models.lookups import GreaterThanOrEqual

from record.models import VictimName
from record.name_patterns import (
    MISTYPED,
    arabic_pattern,
    latin_pattern,
    skeleton_pattern,
    spelling_pattern,
)
from reference.names import script_of

LIKENESS: Final = 0.6
"""Least word similarity of a folded word to a stretch of a folded name.

Measured on 262 published names and one-letter errors in 200 of their words: at 0.5 a search finds
2.2 names it should not, at 0.6 only 0.23. What 0.6 misses of the errors (it finds 16 in a hundred)
the pattern of one mistyped letter finds (74 in a hundred, 0.3 wrong names a search).
"""


def victims_named(words: tuple[str, ...]) -> Q:
    """The facts whose victim bears a name with all these folded words, in any order.

    Two words may also be one in the name: ماہ نور finds Mahnoor.
    """
    joined = [first + second for first, second in pairwise(words)]
    condition = Q()
    for place, word in enumerate(words):
        ways = [*_ways_to_write(word), *_ways_to_mistype(word)]
        for pair in joined[max(place - 1, 0) : place + 1]:
            ways += _ways_to_write(pair)
        # A union, since each way has its index: joined by OR the planner reads every name.
        names = [VictimName.objects.filter(way).values("entry_id") for way in ways]
        first, *others = names
        condition &= Q(victim_id__in=first.union(*others))
    return condition


def _ways_to_write(word: str) -> Iterator[Q]:
    yield Q(folded__regex=spelling_pattern(word, mistyped=False))
    script = script_of(word)
    if script != "other":
        # The skeleton has an index that regular expressions can use; the folded form decides.
        pattern = latin_pattern(word) if script == "arabic" else arabic_pattern(word)
        yield Q(skeleton__regex=skeleton_pattern(word), folded__regex=pattern)


def _ways_to_mistype(word: str) -> Iterator[Q]:
    # Of short words trigrams see little but the beginning: Said would be Saif.
    if len(word) not in MISTYPED:
        return
    yield Q(folded__regex=spelling_pattern(word))
    # The operator finds candidates in the index by the server's own threshold, which a
    # configuration may change; the comparison that decides is ours.
    likeness = GreaterThanOrEqual(TrigramWordSimilarity(word, "folded"), Value(LIKENESS))
    yield Q(folded__trigram_word_similar=word) & Q(likeness)
