"""Names of people and places: what counts as the same spelling, in Latin and in Arabic script.

Two keys. `fold` joins the spellings of one name within a script (Bakhsh, Baksh, Bux; ي and ی).
`skeleton` goes across scripts: only consonants remain, so that محمد and Mohammad meet. Both are
for finding candidates; whether two records are one person is decided by people, never here.

No Django and no database: typing errors are left to trigram similarity over these keys.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from enum import StrEnum
from functools import lru_cache
from typing import Final, Literal, NamedTuple

from reference import name_tables as tables

Script = Literal["latin", "arabic", "other"]

# Where to find the marks to drop: vowel points, Quranic signs and Latin accents. Marks of other
# scripts stay, because in Devanagari they are the vowels themselves.
_DROPPED_MARKS: Final = re.compile("[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed]")
_PARENTAGE_SLASH: Final = re.compile(r"(?<!\w)[sdw]\s*/\s*o(?!\w)")
_LATIN: Final = re.compile("[a-z]")
_ARABIC: Final = re.compile("[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc]")

_DOUBLED_CONSONANT: Final = re.compile(r"([b-df-hj-np-tv-z])\1+")
_LETTER_RULES: Final = (
    (_DOUBLED_CONSONANT, r"\1"),
    (re.compile(r"que$"), "k"),
    (re.compile(r"aa+"), "a"),
    (re.compile(r"ee+|ii+"), "i"),
    (re.compile(r"o[ou]+|uu+"), "u"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"q"), "k"),
    (re.compile(r"w"), "v"),
)
_ENDS_IN_ALLAH: Final = re.compile(r"^(.{2,}?)(?:[uo](?:ll?ah|lla)|allah?)$")
_BEGINS_WITH_ABD: Final = re.compile(r"^abd[uae](?:l|([rsztdn])(?=\1)|(?=[rsztdn]))([^\W\d].{2,})$")
_ENDS_IN_SECOND_ELEMENT: Final = re.compile(
    r"^(.{3,}?)?ul?(din|hak|islam|ra?e?hman|nisa|zaman|hasan|mulk|amin)$"
)
_ARTICLE_AT_END: Final = re.compile(r"^(.{3,})u[lrnzds]$")
_ASSIMILATED_ARTICLE: Final = re.compile(r"^[uae](r|s|sh|z|d|n|t)$")
_ARABIC_JOINED: Final = re.compile(
    r"^(.{2,})(?:(اللہ)|ال(دین|حق|اسلام|رحمان|رحمن|نسا|زمان|حسن|ملک|امین))$"
)
_ARABIC_ABD: Final = re.compile(r"^عبدال(.{2,})$")
_SOUND_ALIKES: Final = {ord(letter): sound for letter, sound in tables.SOUND_ALIKES.items()}
# No joined name is longer; without a limit, a word of thousands of joints would cost seconds.
_LONGEST_JOINED: Final = 40
_WORDS_KEPT: Final = 16_384
_BIBI: Final = ["بی", "بی"]


class _Letters(dict[int, str]):
    """Character table that fills itself: what one character becomes under `fold`."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        category = unicodedata.category(char)
        if char in tables.ARABIC_LETTERS:
            result = tables.ARABIC_LETTERS[char]
        elif char in tables.LATIN_LETTERS:
            result = tables.LATIN_LETTERS[char]
        elif category == "Nd":
            result = str(unicodedata.decimal(char))
        elif category == "Cf":  # direction marks and joiners: invisible, typed at random
            result = ""
        elif category[0] in "LMN":
            result = char
        else:  # stops, hyphens, NUL, lone surrogates: nothing that PostgreSQL refuses goes on
            result = " "
        self[code] = result
        return result


_letters = _Letters()


def fold(text: str, *, keep_honorifics: bool = False) -> str:
    """The search form of a name: equal for the known spellings of one name in one script.

    Lower case, words separated by single spaces, no NUL, idempotent; any text is accepted.
    The article and its forms (al-, ul-, ur-), izafat (-e-, -i-) and s/o marks are dropped when
    another word follows, joined forms come apart (Saifullah: saif alah; Abdur Rehman: abd rahman).
    Titles are left out unless `keep_honorifics`, which place names need (Mir Ali is a town).

    Limits: majeed and majid, qadir and qadeer fall together; an article inside one Latin word
    (Alsalhi) stays; a name that really begins with the letters ال loses them unless it is listed.
    """
    folded = _fold_once(text, keep_honorifics)
    while (again := _fold_once(folded, keep_honorifics)) != folded:
        folded = again
    return folded


def fold_for_hints(text: str) -> str:
    """Coarser than `fold`, for duplicate hints only: letters that sound alike are one letter.

    Mola, Molla and Mullah meet here too. قادر and قدیر stay apart, as in writing.
    """
    folded = fold(text).translate(_SOUND_ALIKES)
    return " ".join(tables.HINT_WORDS.get(word, word) for word in folded.split())


def skeleton(text: str, *, keep_honorifics: bool = False) -> str:
    """The consonants of a name, written alike for both scripts: محمد and Muhammad are `mhmd`.

    Word by word after `fold`. Short and long vowels go, and with them و, ی, w and y inside a word;
    at the ends of a word they stay (`v`, `y`). A word that begins with a vowel begins with `a`,
    since there both scripts show that a vowel is there. ہ and ح at the end are silent more often
    than not and go. One sound is one letter: ق is k, ض and ذ are z. Sounds that English writes
    with two letters keep both (kh, sh).

    Limits: حسن and حسین coincide, and so do most names of one consonant; ث is s and ض is z as in
    Urdu, so Arabic-style Latin spellings (Thabit, Ramadan) come near but not equal. Candidates
    only: the ranking and a person decide.
    """
    return _skeleton_of(fold(text, keep_honorifics=keep_honorifics))


def fold_and_skeleton(text: str, *, keep_honorifics: bool = False) -> tuple[str, str]:
    """Both keys of a name at the price of one: `fold` is most of the work of `skeleton`."""
    folded = fold(text, keep_honorifics=keep_honorifics)
    return folded, _skeleton_of(folded)


def script_of(text: str) -> Script:
    """The script most letters of `text` are in; `other` when it has no letter of either."""
    counts = {"latin": 0, "arabic": 0, "other": 0}
    for char in text:
        if _ARABIC.match(char):
            counts["arabic"] += 1
        elif char.isalpha():
            counts["latin" if _is_latin(char) else "other"] += 1
    most = max(counts.values())
    if most == 0 or counts["other"] == most:
        return "other"
    return "latin" if counts["latin"] == most else "arabic"


def strip_honorifics(text: str) -> str:
    """`text` as written, without titles before the name or after it.

    Mir, Agha, Haji and Sardar go only before another given name, since they are given names
    themselves: "Mir Khan" stays, "Mir Balach" becomes "Balach". A name is never emptied.
    """
    words = text.split()
    plain = [_plain(word) for word in words]
    start, end = _name_bounds(plain)
    return " ".join(words[start:end]) if (start, end) != (0, len(words)) else text


class Relation(StrEnum):
    """What a parentage mark says the person is to the one named after it."""

    SON = "son"
    DAUGHTER = "daughter"
    WIFE = "wife"


class Parentage(NamedTuple):
    """A name taken apart at its relation mark; `relation` and `parent` are both set or both None.

    `name` is empty where only the relation is given ("زوجہ محمد علی").
    """

    name: str
    relation: Relation | None
    parent: str | None


# bin, bint and بن also begin names (Bin Laden), so they are marks only after a name.
_MARKS: Final = re.compile(
    r"(?<!\w)(?:"
    r"(?P<son>s\s*/\s*o|son\s+of|ولد)"
    r"|(?P<daughter>d\s*/\s*o|daughter\s+of|بنت)"
    r"|(?P<wife>w\s*/\s*o|wife\s+of|زوج[ہهة])"
    r"|(?<=\s)(?:(?P<son2>bin|ibn|بن)|(?P<daughter2>binte?))"
    r")(?=[\s.:])[\s.:]*",
    re.IGNORECASE,
)
_EDGES: Final = " \t\r\n,;:-–(،؛"


def split_parentage(text: str) -> Parentage:
    """Take "Balach s/o Mola Bakhsh" apart: name, relation, and the father (or husband).

    Marks: s/o, d/o, w/o and written out, bin, bint, ولد, بن, بنت, زوجہ. Only the first mark
    counts: in "A s/o B s/o C" the parent is "B s/o C". Text without a mark, or with nothing
    after it, comes back whole.
    """
    mark = _MARKS.search(text)
    while mark:
        name = text[: mark.start()].strip(_EDGES)
        parent = text[mark.end() :].strip(_EDGES + ")")
        kind = (mark.lastgroup or "").removesuffix("2")
        if parent and (name or mark.lastgroup == kind):
            return Parentage(name, Relation(kind), parent)
        mark = _MARKS.search(text, mark.end())
    return Parentage(text.strip(), None, None)


URDU_LETTERS: Final = "ءآابپتٹثجچحخدڈذرڑزژسشصضطظعغفقکگلمنںوہھةیئے"
"""The Urdu alphabet in dictionary order, for `translate(name, letters, codes)` in SQL."""

URDU_SORT_CODES: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdef"
"""What each of `URDU_LETTERS` becomes, so that code point order (COLLATE "C") is Urdu order."""

_URDU_SORT: Final = str.maketrans(URDU_LETTERS, URDU_SORT_CODES)
_URDU_SHAPES: Final = str.maketrans(
    {**dict.fromkeys("يى", "ی"), "ك": "ک", **dict.fromkeys("هۀۂە", "ہ"), "أ": "ا", "إ": "ا"}
    | {"ٱ": "ا", "ؤ": "و", "ۃ": "ة", "ۓ": "ے", "ـ": ""}
)


def sort_key_urdu(text: str) -> str:
    """A key that sorts Arabic-script names in Urdu order by code point.

    Databases without ICU put پ ٹ چ ڈ ک گ ہ ی after all other letters. Keyboard variants are
    brought to the Urdu letter first; آ, ں, ھ, ئ and ے keep their own places.
    """
    composed = unicodedata.normalize("NFKC", text).translate(_URDU_SHAPES)
    visible = "".join(char for char in composed if unicodedata.category(char) not in {"Cf", "Cc"})
    return _DROPPED_MARKS.sub("", visible).translate(_URDU_SORT)


def _fold_once(text: str, keep_honorifics: bool) -> str:
    words = _plain(_PARENTAGE_SLASH.sub(" ", text.lower())).split()
    if not keep_honorifics:
        start, end = _name_bounds(words)
        words = words[start:end]
    for step in (_split_joined, _respell, _drop_particles):
        words = step(words)
    return " ".join(words)


def _plain(text: str) -> str:
    """Letters, digits and spaces of `text`, each letter in its one shape."""
    decomposed = unicodedata.normalize("NFKD", text.translate(tables.APOSTROPHES)).casefold()
    letters = _DROPPED_MARKS.sub("", decomposed).translate(_letters)
    return unicodedata.normalize("NFC", letters).strip()


def _name_bounds(words: list[str]) -> tuple[int, int]:
    """Where the name itself begins and ends between the titles around it."""
    start, end = 0, len(words)
    while titles := _titles_at(words, start, end):
        start += titles
    while titles := _titles_before(words, start, end):
        end -= titles
    return start, end


def _titles_at(words: list[str], start: int, end: int) -> int:
    """How many words at `start` are a title that a name follows."""
    if end - start > 2 and words[start : start + 2] == _BIBI:
        return 2
    word = words[start] if end - start > 1 else ""
    if word in tables.TITLES_THAT_ARE_NAMES:
        return int(any(other not in tables.SHARED_NAMES for other in words[start + 1 : end]))
    return int(word in tables.LEADING_TITLES)


def _titles_before(words: list[str], start: int, end: int) -> int:
    """How many words before `end` are a title that follows a name."""
    if end - start > 2 and words[end - 2 : end] == _BIBI:
        return 2
    return int(end - start > 1 and words[end - 1] in tables.TRAILING_TITLES)


def _split_joined(words: Iterable[str]) -> list[str]:
    return [part for word in words for part in _parts(word)]


def _parts(word: str) -> list[str]:
    """The words a joined name is made of, the article between them left out."""
    if len(word) > _LONGEST_JOINED:
        return [word]
    if match := _ENDS_IN_ALLAH.match(word):
        return [match[1], "alah"]
    if match := _BEGINS_WITH_ABD.match(word):
        return ["abd", match[2]]
    if match := _ARABIC_JOINED.match(word):
        return [match[1], match[2] or match[3]]
    if match := _ARABIC_ABD.match(word):
        return ["عبد", match[1]]
    return [word]


def _respell(words: Iterable[str]) -> list[str]:
    return [part for word in words for part in _respelt(word)]


@lru_cache(maxsize=_WORDS_KEPT)
def _respelt(word: str) -> tuple[str, ...]:
    """The words that one word becomes. A list has far fewer different words than names."""
    before: tuple[str, ...] = ()
    spelling = word
    if _LATIN.search(word):
        for pattern, replacement in _LETTER_RULES:
            spelling = pattern.sub(replacement, spelling)
        spelling = tables.LATIN_WORDS.get(spelling, spelling)
        if len(spelling) <= _LONGEST_JOINED and (match := _ENDS_IN_SECOND_ELEMENT.match(spelling)):
            before = (match[1],) if match[1] else ()
            spelling = match[2]
    return (*before, tables.ARABIC_WORDS.get(spelling, spelling))


def _drop_particles(words: list[str]) -> list[str]:
    kept = []
    for place, word in enumerate(words):
        following = words[place + 1] if place + 1 < len(words) else ""
        if following and _is_particle(word, following, first=place == 0):
            continue
        if following in tables.SECOND_ELEMENTS and (match := _ARTICLE_AT_END.match(word)):
            kept.append(match[1])
        else:
            kept.append(_without_arabic_article(word, first=place == 0))
    return kept


def _is_particle(word: str, following: str, *, first: bool) -> bool:
    if word in {"al", "el", "ul"}:
        return True
    if word in {"e", "i"}:
        return not first
    assimilated = _ASSIMILATED_ARTICLE.match(word)
    return bool(assimilated and following.startswith(assimilated[1]))


def _without_arabic_article(word: str, *, first: bool) -> str:
    shortest = 5 if first else 4  # "ال" and what must remain: a first name is rarely an article
    named = word in tables.ALIF_LAM_NAMES
    if word.startswith("ال") and shortest <= len(word) <= _LONGEST_JOINED and not named:
        return word[2:]
    return word


_DIGRAPHS: Final = {"tch": "C", "kh": "X", "gh": "G", "sh": "S", "ch": "C", "zh": "J", "x": "ks"}
_DIGRAPH: Final = re.compile("|".join(_DIGRAPHS))
_WRITTEN_OUT: Final = str.maketrans({"X": "kh", "G": "gh", "S": "sh", "C": "ch", "J": "zh"})
_ARABIC_ENDS: Final = {"ی": "y", "و": "v"}
_LATIN_ENDS: Final = {"i": "y", "y": "y", "o": "v", "u": "v", "v": "v"}
# Passive participles of the eighth verb form (مرتضی, مجتبی, مصطفی) end in the sound a.
_EIGHTH_FORM: Final = re.compile("^م.[تط].ی$")


def _skeleton_of(folded: str) -> str:
    return " ".join(map(_word_skeleton, folded.split()))


@lru_cache(maxsize=_WORDS_KEPT)
def _word_skeleton(word: str) -> str:
    reduce: Callable[[str], str]
    if _ARABIC.search(word):
        reduce = _arabic_consonants
    elif _LATIN.search(word):
        reduce = _latin_consonants
    else:
        return word
    return reduce(word).translate(_WRITTEN_OUT) or word


def _latin_consonants(word: str) -> str:
    sounds = _DIGRAPH.sub(lambda match: _DIGRAPHS[match[0]], word).replace("c", "k")
    first = "a" if sounds[0] in "aeiou" else sounds[0]
    rest = sounds[1:]
    last = _LATIN_ENDS.get(rest[-1:], "")
    if last or rest.endswith("h"):
        rest = rest[:-1]
    return first + re.sub("[aeiouyv]", "", rest) + last


def _arabic_consonants(word: str) -> str:
    if word in tables.ALIF_MAQSURA_NAMES or _EIGHTH_FORM.match(word):
        word = word[:-1] + "ا"
    word = word.replace("للہ", "لہ")  # of all doubled letters, only that of Allah is written
    word = word.replace("پہ", "ف")  # aspirated p: Latin writes ph, which folds to f
    first = "a" if word[0] in "اع" else tables.SKELETON_LETTERS.get(word[0], word[0])
    rest = word[1:]
    last = _ARABIC_ENDS.get(rest[-1:], "")
    if last or rest.endswith(("ہ", "ح")):
        rest = rest[:-1]
    return first + "".join(tables.SKELETON_LETTERS.get(c, c) for c in rest if c not in "وی") + last


def _is_latin(char: str) -> bool:
    return unicodedata.name(char, "").startswith("LATIN")
