"""Names that must not stand in a text, and whether they do: one rule for everything that leaves the
office, published or on paper.

A name is found in its own script however it is spelt. In a script in which nobody has written it
down, words with the same consonants count, so that “Balach” is found as بالاچ. That tells less, and
common words are left out; whoever enters the name in that script ends it.
"""

import re
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from typing import Any, Final

from incidents.documents.parts import parts
from incidents.models import Person, PersonName
from reference.names import Script, fold, fold_and_skeleton, script_of

_SHORTEST: Final = {"latin": 4, "arabic": 3, "other": 3}
"""Letters of a name below which it is too common a word to be looked for, by script. Arabic script
leaves most vowels out."""

_SHORTEST_BONES: Final = 3
"""Consonants of a name below which it is not looked for in the other script."""

_COMMON: Final = frozenset(
    fold(word)
    for word in (
        *("اعلان", "اعلیٰ", "ایسا", "اسے", "اصل", "امر", "امن", "ترک", "حال", "حاصل", "حکم"),
        *("خلاف", "ساعت", "صبر", "عمل", "قسم", "مسلم"),
    )
)
"""Words that stand in any Urdu text, are nobody's name, and have the consonants of one: امن as
Amin, قسم as Qasim, ترک as Tariq. Words that are names as well (عمر, ملک) are not among them."""

_MORE: Final = 2
"""Words by which a name may be longer in a text than it is compared: titles, articles."""

_AROUND: Final = " \t\n.,;:!?()[]«»“”\"'’‘،؛۔؟·–-"
_POSSESSIVE: Final = re.compile(r"['\u2019\u02bc]s\b", re.IGNORECASE)
_WORD: Final = re.compile(
    r"(?:[^\W_]|[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u200b-\u200f\u2066-\u2069"
    r"'`\u00b4\u02b0-\u02ff\u2018-\u201b\u2032])+"
)
"""A word as folding takes it, with the marks, joiners and apostrophes inside it. What stands
between two words, a hyphen or a slash, makes them no more one name than a space does."""
_BOTH: Final[frozenset[Script]] = frozenset({"latin", "arabic"})


@dataclass(frozen=True, slots=True)
class SoughtName:
    """A name as it is looked for; by its consonants in the scripts in which it is not recorded."""

    words: tuple[str, ...]
    bones: tuple[str, ...]
    unwritten: frozenset[Script]


class HeldBack:
    """The names that must not stand in what somebody will read.

    ``own`` are those that may: where one of them stands, a sought name inside it is not meant.
    """

    def __init__(self, sought: Iterable[SoughtName], own: Iterable[SoughtName] = ()) -> None:
        self._sought = tuple(dict.fromkeys(sought))
        self._own = tuple(dict.fromkeys(own))

    def standing_in(self, text: str) -> list[str]:
        """What of a text is such a name, in the words of the text itself: a reader who may not
        know of somebody learns nothing more of them."""
        said = _Said(text)
        own = [place for name in self._own for place in (*said.exactly(name), *said.across(name))]
        found: dict[str, None] = {}
        for name in self._sought:
            if _any_outside(said.exactly(name), own):
                found[_as_written(text, name) or " ".join(name.words)] = None
            elif _any_outside(said.across(name), own) and (likely := _as_written(text, name)):
                found[likely] = None
        return list(found)

    def standing_in_any(self, texts: Iterable[str]) -> list[str]:
        """The same of many texts, each name as it first stands in them."""
        if not self._sought:
            return []
        found = (name for text in dict.fromkeys(texts) for name in self.standing_in(text))
        return list(dict.fromkeys(found))


def names_of(person: Person, *, fathers: bool = False) -> list[SoughtName]:
    """The names of somebody, and if asked for those of the father, as they are looked for."""
    names = parts(person, "names")
    written = _scripts(names)
    own = _scripts([name for name in names if name.kind == PersonName.Kind.OWN]) or written
    sought = [
        sought_name(name.given, own if name.kind == PersonName.Kind.OWN else written)
        for name in names
        if is_telling(name.given)
    ]
    if fathers:
        texts = [name.fathers_name for name in names]
        sought += [sought_name(text, written) for text in texts if is_telling(text)]
    return sought


def shown_names_of(person: Person) -> list[SoughtName]:
    """The names of somebody who is shown by name, exactly as they are recorded, with titles and
    without."""
    names = parts(person, "names")
    texts = {text for name in names for text in (name.given, name.full())}
    return [
        sought_name(text, _BOTH, keep_honorifics=titled)
        for text in sorted(texts)
        if text.strip()
        for titled in (True, False)
    ]


def sought_name(text: str, written: Set[Script], *, keep_honorifics: bool = False) -> SoughtName:
    """A name for comparing; ``written`` are the scripts in which it is recorded."""
    words, bones = fold_and_skeleton(text, keep_honorifics=keep_honorifics)
    return SoughtName(tuple(words.split()), tuple(bones.split()), frozenset(_BOTH - written))


def is_telling(name: str) -> bool:
    """Whether a name is long enough, as written or as folded, to be looked for in texts."""
    letters = max(sum(map(str.isalpha, each)) for each in (name, fold(name)))
    return letters >= _SHORTEST[script_of(name)]


def texts_of(content: Any) -> Iterator[str]:
    """Every text that somebody wrote in a document, at any depth: not the terms and areas in it,
    which come from lists and name nobody of a case."""
    if isinstance(content, str):
        yield content
    elif isinstance(content, dict):
        if "code" not in content:
            for part in content.values():
                yield from texts_of(part)
    elif isinstance(content, Iterable):
        for part in content:
            yield from texts_of(part)


class _Said:
    """The words of a text, as names are compared."""

    def __init__(self, text: str) -> None:
        # Folding would make one word of “Balach’s”. A title is a name of its own to somebody else:
        # “Sardar taken from his home”.
        plain = _POSSESSIVE.sub(" ", text)
        folded, bones = fold_and_skeleton(plain, keep_honorifics=True)
        self.words, self.bones = folded.split(), bones.split()

    def exactly(self, name: SoughtName) -> Iterator[range]:
        """Where the name stands in its own script."""
        yield from _places(self.words, name.words)

    def across(self, name: SoughtName) -> Iterator[range]:
        """Where something stands that sounds like the name, in a script in which nobody has
        written it down."""
        if not name.unwritten or len("".join(name.bones)) < _SHORTEST_BONES:
            return
        for place in _places(self.bones, name.bones):
            words = [self.words[index] for index in place]
            if all(script_of(word) in name.unwritten for word in words) and not _is_common(words):
                yield place


def _is_common(words: list[str]) -> bool:
    return len(words) == 1 and words[0] in _COMMON


def _scripts(names: Iterable[PersonName]) -> set[Script]:
    return {script_of(name.given) for name in names}


def _places(words: list[str], sought: tuple[str, ...]) -> Iterator[range]:
    """Where one run of words stands in another."""
    if not sought or sought[0] not in words:
        return
    for start in range(len(words) - len(sought) + 1):
        if tuple(words[start : start + len(sought)]) == sought:
            yield range(start, start + len(sought))


def _any_outside(places: Iterable[range], own: list[range]) -> bool:
    return any(
        not any(each.start <= place.start and place.stop <= each.stop for each in own)
        for place in places
    )


def _as_written(text: str, name: SoughtName) -> str:
    """The fewest words of a text in which a name stands. What only sounds like it has to begin
    like a name, where the script has capitals: “crime” is not Karim. Empty where there is none."""
    words = list(_WORD.finditer(text))
    for length in range(1, len(name.words) + _MORE + 1):
        for start in range(len(words) - length + 1):
            part = text[words[start].start() : words[start + length - 1].end()]
            said = _Said(part)
            alone = range(len(said.words)) in said.across(name) and not part.islower()
            if alone or any(said.exactly(name)):
                return " ".join(part.split()).strip(_AROUND)
    return ""
