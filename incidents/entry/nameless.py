"""Groups and people without a name, as a clerk writes them: “about 20 unnamed people”.

What describes them is published in place of a name. So a line that names somebody beside a number
is no group, and whatever else stands in a description is pointed out.
"""

import re
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from reference.date_notation import canonical_text
from reference.names import split_parentage

_ABOUT: Final = r"(?:about|around|some|approximately|nearly|at least|تقریبا[ً]?|لگ بھگ|کم از کم)"
_NO_NAME: Final = "unnamed unidentified unknown نامعلوم"
_COUNTED: Final = (
    f"{_NO_NAME} other more others people persons men women children youths students villagers "
    "boys girls افراد لوگ دیگر مزید مرد خواتین بچے نوجوان طلبہ"
)
_GROUP: Final = re.compile(
    rf"(?:(?P<about>{_ABOUT})\s+)?(?P<number>[0-9]{{1,5}})\s+"
    rf"(?P<words>(?:\w+\s+)?(?:{_COUNTED.replace(' ', '|')})\b.*)",
    re.IGNORECASE,
)
_COUNT_WORDS: Final = (
    *("two دو", "three تین", "four چار", "five پانچ", "six چھ", "seven سات", "eight آٹھ"),
    *("nine نو", "ten دس", "eleven گیارہ", "twelve بارہ dozen درجن"),
)
_NUMBER_WORDS: Final = {
    word: number for number, words in enumerate(_COUNT_WORDS, start=2) for word in words.split()
}
_UNNAMED: Final = re.compile(
    rf"(?:an? )?(?:{_NO_NAME.replace(' ', '|')})\b.*"
    r"|(?:a|one|1) (?:man|woman|boy|girl|person)\b.*",
    re.IGNORECASE,
)
_NAMED: Final = re.compile(
    r"\b(?:named|called|namely|identified|known)(?:\s+as)?\s+|\bby the name of\s+"
    r"|\bنامی\b|\bبنام\b",
    re.IGNORECASE,
)
_PLAIN_BEFORE_A_NAME: Final = re.compile(
    rf"(?:(?:an?|one|1|{_NO_NAME.replace(' ', '|')}|man|woman|boy|girl|person|شخص|مرد|خاتون)\s+)+",
    re.IGNORECASE,
)
_SEXES: Final = {
    "man": "man male boy m مرد لڑکا",
    "woman": "woman female girl f عورت خاتون لڑکی",
}
SEX_OF: Final = {word: code for code, words in _SEXES.items() for word in words.split()}
"""Word for a man or a woman → code of the term."""

_ONE_PERSON: Final = "a an one 1 person شخص"
_SAYS_NO_NAME: Final = frozenset({*_COUNTED.split(), *SEX_OF, *_ONE_PERSON.split()})
_LISTED: Final = re.compile(r"[,،;؛]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Nameless:
    """What a line says of a group, or of one person who is described and perhaps named behind it.

    ``name`` is the rest of the line where it names that one person after all; there is no
    ``description`` then. A line that counts people and names them is neither: both are empty, and
    the doubt tells what to do.
    """

    description: str = ""
    name: str = ""
    size: int | None = None
    estimated: bool = False
    sex: str = "unknown"
    doubts: tuple[str, ...] = ()


def read_nameless(said: str) -> Nameless | None:
    """The group or the nameless person of a line; None if the line begins with a name."""
    plain = canonical_text(said)
    words = plain.split(maxsplit=1)
    if len(words) == 2 and words[0].lower() in _NUMBER_WORDS:
        plain = f"{_NUMBER_WORDS[words[0].lower()]} {words[1]}"
    found = _GROUP.fullmatch(plain)
    if found is not None and int(found["number"]) > 1:
        return _group(said, found)
    first = _LISTED.split(said)[0].strip()
    return _one(first, said) if _UNNAMED.fullmatch(canonical_text(first)) else None


def _group(said: str, found: re.Match[str]) -> Nameless:
    if _LISTED.search(said) or _names_somebody(said):
        return Nameless(
            doubts=(
                _(
                    "This line counts people and seems to name some. Write everybody who is named "
                    "on a line of their own, and the others on one more."
                ),
            )
        )
    return Nameless(
        description=said,
        size=int(found["number"]),
        estimated=found["about"] is not None,
        doubts=_doubts(found["words"]),
    )


def _one(first: str, said: str) -> Nameless:
    sex = next((SEX_OF[word] for word in first.lower().split() if word in SEX_OF), "unknown")
    if not _names_somebody(said):
        return Nameless(description=first, sex=sex, doubts=_doubts(first))
    behind = _NAMED.split(first)[-1]
    name = _PLAIN_BEFORE_A_NAME.sub("", behind, count=1) if behind == first else behind
    return Nameless(name=name.strip(), sex=sex)


def _names_somebody(said: str) -> bool:
    """Whether a name is announced, or somebody’s parentage told."""
    return _NAMED.search(said) is not None or split_parentage(said).relation is not None


def _doubts(words: str) -> tuple[str, ...]:
    if all(word in _SAYS_NO_NAME for word in words.lower().split()):
        return ()
    return (_("This text is published as it stands: take every name out of it."),)
