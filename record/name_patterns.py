"""Regular expressions for the ways a folded name may be written. Pure text, no database.

PostgreSQL's syntax: ``\\m`` and ``\\M`` are the edges of a word. A name is never matched by
vowels that contradict it, so that Balach does not find everybody called Baloch.
"""

import re
from collections import defaultdict
from typing import Final

from reference.name_tables import SKELETON_LETTERS
from reference.names import script_of, skeleton

MISTYPED: Final = range(5, 13)
"""Letters of a word in which one may be wrong. In shorter words that would be another name, and
of longer ones the expression grows too large to be quick."""

_VOWELS: Final = "[aeiouyv]"
_VOWEL_GROUPS: Final = ("a", "eiy", "ouv", "ا", "و", "ی")
_ALIKE: Final = {letter: group for group in _VOWEL_GROUPS for letter in group}
_LONG_VOWELS: Final = {"ا": "a", "و": "[ouv]", "ی": "[eiy]"}
_DIGRAPHS: Final = {"tch": "C", "kh": "X", "gh": "G", "sh": "S", "ch": "C", "zh": "J"}
_LATIN_SOUNDS: Final = re.compile("|".join([*_DIGRAPHS, "th", "dh", "[aeiouyv]+", "."]))
_WRITTEN: Final = {"C": "t?ch", "X": "kh", "G": "gh", "S": "sh", "J": "zh", "k": "[ck]"}

# Letters that Urdu speaks as s or z and Arabic otherwise: رمضان is Ramzan and Ramadan, عثمان
# Usman and Uthman, معاذ Muaz and Muath. The skeleton has them as Urdu does.
_AS_IN_ARABIC: Final = {
    "ث": "(?:s|th)",
    "ذ": "(?:z|dh?|th)",
    "ض": "(?:z|dh?)",
    "ظ": "(?:z|dh?|th)",
}
_IN_ARABIC_SCRIPT: Final = {
    "th": "(?:[ثذظ]|[تطٹ]{1,2}[اعوی]*[ہح])",
    "dh": "(?:[ذضظ]|[دڈ]{1,2}[اعوی]*[ہح])",
    "d": "[دڈض]{1,2}",
}


def spelling_pattern(word: str, *, mistyped: bool = True) -> str:
    """The word in its own script, with like vowels.

    ``mistyped`` allows one letter missing, added, wrong or exchanged with its neighbour; but the
    first letter is right, and no vowel is another vowel.
    """
    letters = [_class(letter) for letter in word]
    variants = ["".join(letters)]
    if mistyped and len(word) in MISTYPED:
        for place in range(1, len(word)):
            before, after = "".join(letters[:place]), "".join(letters[place + 1 :])
            variants += [
                f"{before}{_anything_but_other_vowels(word[place])}{after}",
                f"{before}\\w{letters[place]}{after}",
                f"{''.join(letters[: place - 1])}{letters[place]}{letters[place - 1]}{after}",
            ]
        variants.append(f"{variants[0]}\\w")
    return rf"\m(?:{'|'.join(dict.fromkeys(variants))})\M"


def _class(letter: str) -> str:
    group = _ALIKE.get(letter, letter)
    return f"[{group}]" if len(group) > 1 else re.escape(group)


def _anything_but_other_vowels(letter: str) -> str:
    if letter not in _ALIKE:
        return "\\w?"
    others = "".join(group for group in _VOWEL_GROUPS if group != _ALIKE[letter])
    return f"[^ {others}]?"


def latin_pattern(word: str) -> str:
    """The Latin spellings of a folded word in Arabic script.

    Long vowels are written and must be there; short ones may be anything.
    """
    parts: list[str] = []
    run = before = ""
    # What ends a word in ہ, ح or a vowel is heard, or written in Latin, in too many ways.
    for letter in word.rstrip("ہحاعوی") or word:
        sound = SKELETON_LETTERS.get(letter, letter)
        if letter in _LONG_VOWELS or not sound:
            run += letter if run[-1:] != letter else ""
        else:
            spelt = _AS_IN_ARABIC.get(letter) or _WRITTEN.get(sound, re.escape(sound))
            written = _latin_vowels(run, first=not parts) + spelt
            # Of two equal letters Latin writes one, unless it has a vowel between them.
            parts.append(f"(?:{written})?" if sound == before else written)
            run = ""
        before = sound
    return rf"\m{''.join(parts)}[aeiouyvh]*\M"


def _latin_vowels(run: str, *, first: bool) -> str:
    if not run:
        return "" if first else f"{_VOWELS}{{0,2}}"
    if first:
        return f"{_VOWELS}+"  # ا and ع begin names with any vowel
    return f"{_VOWELS}*" + "".join(f"{_LONG_VOWELS.get(letter, '')}{_VOWELS}*" for letter in run)


def _letters_by_sound() -> dict[str, str]:
    letters: dict[str, str] = defaultdict(str)
    for letter, sound in SKELETON_LETTERS.items():
        letters[sound] += letter
    return letters


_LETTERS: Final = _letters_by_sound()


def arabic_pattern(word: str) -> str:
    """The spellings in Arabic script of a folded Latin word.

    A vowel may be left out, but no other vowel may stand in its place.
    """
    parts: list[str] = []
    for sound in _LATIN_SOUNDS.findall(word):
        if re.match(_VOWELS, sound):
            vowels = "ع" + "".join(
                letter for letter, latin in _LONG_VOWELS.items() if re.search(latin, sound)
            )
            parts.append(f"[{vowels}]*" if parts else "[اعوی]+")
        elif sound in _IN_ARABIC_SCRIPT:
            parts.append(_IN_ARABIC_SCRIPT[sound])
        elif sound == "x":
            parts.append("کس")
        else:
            letters = _LETTERS.get(_DIGRAPHS.get(sound, "k" if sound == "c" else sound))
            parts.append(f"[{letters}]{{1,2}}" if letters else re.escape(sound))
    return rf"\m{''.join(parts)}[اہحعی]*\M"


def skeleton_pattern(word: str) -> str:
    """The skeletons that a folded word may have in the other script."""
    bones = skeleton(word)
    if script_of(word) == "arabic":
        return rf"\m{_with_arabic_sounds(word, bones)}\M"
    if word.endswith("th") and bones.endswith("t"):
        bones += "h"  # silent, as any h at the end, but here it tells which letter it is
    return rf"\m{_LATIN_AMBIGUOUS.sub(_either_letter, re.escape(bones))}\M"


# At the end of a word the skeleton drops the h of th and dh.
_BONES_AS_IN_ARABIC: Final = {
    "ث": "(?:s|th?)",
    "ذ": "(?:z|dh?|th?)",
    "ض": "(?:z|dh?)",
    "ظ": "(?:z|dh?|th?)",
}
_LATIN_AMBIGUOUS: Final = re.compile("th|dh|d")
_EITHER_LETTER: Final = {"th": "(?:th?|s|z)", "dh": "(?:dh?|z)", "d": "[dz]"}


def _either_letter(found: re.Match[str]) -> str:
    return _EITHER_LETTER[found[0]]


def _with_arabic_sounds(word: str, bones: str) -> str:
    """The skeleton of a word in Arabic script, its s and z as Latin may write each of them."""
    letters = iter([letter for letter in word if SKELETON_LETTERS.get(letter) in {"s", "z"}])
    parts = []
    for bone in bones:
        letter = next(letters, "") if bone in {"s", "z"} else ""
        parts.append(_BONES_AS_IN_ARABIC.get(letter, re.escape(bone)))
    return "".join(parts)
