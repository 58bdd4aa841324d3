"""The words under which a document is found, as two lists: English prose and folded words.

English prose is stemmed by the database. Folded words stand as they are: every word in Arabic
script, names and place names in every spelling the gazetteer knows, capitalised words of the
prose (they may be names), and for a name given in one script only its consonants, so that a
search in the other script finds it.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, Final

from record.kinds import Kind
from record.reading import Document
from reference.names import Script, fold, script_of, skeleton
from reference.vocabularies import term

MOST_CHARACTERS: Final = 300_000
"""Characters of text indexed in one document: PostgreSQL allows 1 MB of distinct words."""

LONGEST_WORD: Final = 100
"""Longer runs of letters are no words anybody searches for."""

FEWEST_CONSONANTS: Final = 3
"""A skeleton with fewer would find half of all names."""

NAMES: Final = frozenset(
    {
        "name",
        "name_local",
        "fathers_name",
        "fathers_name_local",
        "abbreviation",
        "other_names",
        "publisher",
        "author",
    }
)
PROSE: Final = NAMES | frozenset(
    {
        *("title", "title_local", "account", "account_local", "answer", "answer_local"),
        *("description", "description_local", "demands", "demands_local", "route", "organisers"),
        *("stated_reason", "outcome", "words", "words_local", "text", "text_local"),
        *("note", "note_local", "result", "result_local", "filed_by", "accused_text", "offences"),
        *("subject", "subject_local", "number", "seat", "post", "quotation", "crowd_text"),
        *("what", "what_local", "filed_by", "by", "by_local", "grade_reason"),
    }
)
"""The members of documents that hold text written by people."""

ELSEWHERE: Final = frozenset({"incident", "links", "relations", "origin", "captures", "files"})
"""Members about another object: it is found by its own words."""

_NO_TEXTS: Final = frozenset({"earliest", "label"})
"""Members of dates and coded values, which hold no text that anybody wrote."""

_SHORT: Final = 100
"""Characters of a text that is likely to come again, as names of places and labels do."""

_TYPES: Final = {
    Kind.AGENCY: "agency-type",
    Kind.LEGAL_ACTION: "legal-action-type",
    Kind.SOURCE: "source-type",
}

# A word with the marks that Arabic script puts on and between letters.
_WORD: Final = re.compile(
    "[\\w\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u200c\u200d]+"
)
_ARABIC: Final = re.compile("[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc]")


def words_of(text: str) -> list[str]:
    """The words of a text in any script; stops, hyphens and apostrophes separate them."""
    return _WORD.findall(unicodedata.normalize("NFC", text))


def is_arabic(word: str) -> bool:
    """Whether a word holds letters of the Arabic script."""
    return _ARABIC.search(word) is not None


_script = lru_cache(maxsize=50_000)(script_of)


@lru_cache(maxsize=50_000)
def folded_words(text: str) -> tuple[str, ...]:
    """The words of a name or of a single word after folding; titles are kept."""
    return tuple(w for w in fold(text, keep_honorifics=True).split() if len(w) <= LONGEST_WORD)


@lru_cache(maxsize=50_000)
def bones(name: str, script: Script) -> tuple[str, ...]:
    """The marked consonant skeletons of a name's words, for searches from the other script.

    The mark keeps them apart from real words, and says which script the name is written in.
    """
    words = skeleton(name, keep_honorifics=True).split()
    return tuple(f"{script}~{w}" for w in words if FEWEST_CONSONANTS <= len(w) <= LONGEST_WORD)


class SearchWords:
    """The words of one document: prose to be stemmed, and folded words that stand as they are."""

    def __init__(self, document: Document, place_names: Iterable[str]) -> None:
        """``place_names`` are the folded names of all places in the document."""
        self._characters = 0
        self._prose: list[str] = []
        self._folded: set[str] = set()
        self._read(document)
        for label in _labels(document):
            self._add(label)
        for name in place_names:
            self._folded.update((*name.split(), name.replace(" ", "")))  # Nasir Abad, Nasirabad

    @property
    def prose(self) -> str:
        """Everything but words in Arabic script."""
        return " ".join(self._prose)

    @property
    def folded(self) -> str:
        """The folded words, separated by spaces."""
        return " ".join(sorted(self._folded))

    def _read(self, node: Any, member: str = "") -> None:
        """Take in every text of a part of a document; ``member`` is the name it stands under."""
        if isinstance(node, list):
            for value in node:
                self._take(member, value)
        elif isinstance(node, dict) and node.keys().isdisjoint(_NO_TEXTS):
            for name, value in node.items():
                if value and name not in ELSEWHERE:
                    self._take(name, value)
            if "name" in node:
                self._folded.update(_bones_of(node))

    def _take(self, member: str, value: Any) -> None:
        if not isinstance(value, str):
            self._read(value, member)
        elif member in PROSE:
            self._add(value)
            if member in NAMES:
                self._folded.update(folded_words(value))

    def _add(self, text: str) -> None:
        text = text[: MOST_CHARACTERS - self._characters]
        self._characters += len(text)
        prose, folded = (_split if len(text) > _SHORT else _split_short)(text)
        self._prose += prose
        self._folded.update(folded)


def _split(text: str) -> tuple[list[str], set[str]]:
    """The words of a text: those to be stemmed, and those that stand as they are, folded."""
    prose: list[str] = []
    folded: set[str] = set()
    for word in words_of(text):
        if not word.isascii() and is_arabic(word):
            folded.update(folded_words(word))
            continue
        prose.append(word)
        if word[0].isupper():
            folded.update(folded_words(word))
    return prose, folded


_split_short = lru_cache(maxsize=20_000)(_split)


def _bones_of(named: Document) -> tuple[str, ...]:
    """The skeletons of somebody's name, if it is given in one script only."""
    name, local = named.get("name"), named.get("name_local")
    scripts = {_script(text) for text in (name, local) if text}
    return bones(name or local or "", scripts.pop()) if len(scripts) == 1 else ()


def _labels(document: Document) -> Iterator[str]:
    """The labels of what happened, in every language: what people type when they search."""
    for vocabulary, coded in _coded(document):
        yield from term(vocabulary, coded["code"]).labels.values()


def _coded(document: Document) -> Iterator[tuple[str, Document]]:
    """The coded values whose labels are searched, with their vocabularies."""
    kind = document["kind"]
    if kind == Kind.INCIDENT:
        yield "incident-kind", document["incident_kind"]
        for violation in document["violations"]:
            yield from (("violation-type", coded) for coded in violation["types"])
            yield from (("method", coded) for coded in violation["methods"])
        if document["protest"]:
            yield from (("protest-kind", coded) for coded in document["protest"]["kinds"])
    else:
        yield from ((_TYPES[kind], coded) for coded in document["types"])
