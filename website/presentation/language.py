"""Texts in two scripts: which one this reader sees first, and how the other is marked."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from reference.names import script_of

ENGLISH = "en"
URDU = "ur"

_URDU_MARKS = {",": "، ", ";": "؛ ", ".": "۔ "}


@dataclass(frozen=True, slots=True)
class Text:
    """A text and the language tag it is marked with (BCP 47: ``en``, ``ur``)."""

    value: str
    language: str

    @property
    def direction(self) -> str:
        """``rtl`` for the Arabic script, else ``ltr``."""
        return "rtl" if self.language == URDU else "ltr"

    @property
    def paragraphs(self) -> list[str]:
        """The paragraphs, which blank lines divide, however a browser ended the lines."""
        lines = self.value.replace("\r\n", "\n")
        return [part.strip() for part in lines.split("\n\n") if part.strip()]

    def __str__(self) -> str:
        return self.value


@dataclass(frozen=True, slots=True)
class Bilingual:
    """A text as this reader meets it: ``first`` in their script, ``second`` in the other."""

    first: Text
    second: Text | None = None

    def __bool__(self) -> bool:
        return bool(self.first.value)


def marked(value: str, *, local: bool = False) -> Text:
    """A text with its language: a ``*_local`` field is Urdu unless it is in Latin script."""
    if value.isascii():
        return Text(value, ENGLISH)
    script = script_of(value)
    if script == "latin":
        return Text(value, ENGLISH)
    return Text(value, URDU if local or script == "arabic" else ENGLISH)


def in_both(value: str | None, local: str | None, reader: str) -> Bilingual:
    """Both versions of a text, the one in the reader's script first; a lone one is first."""
    texts = [marked(value or ""), marked(local or "", local=True)]
    if reader == URDU:
        texts.reverse()
    present = [text for text in texts if text.value] or [texts[0]]
    return Bilingual(present[0], present[1] if len(present) > 1 else None)


def read_both(holder: Mapping[str, Any] | None, field: str, reader: str) -> Bilingual:
    """``in_both`` of a document's ``field`` and ``field_local``; empty where neither stands."""
    values = holder or {}
    return in_both(values.get(field), values.get(f"{field}_local"), reader)


def punctuation(mark: str, reader: str) -> str:
    """A comma, semicolon or full stop with the space after it, as the language writes it."""
    return _URDU_MARKS[mark] if reader == URDU else f"{mark} "
