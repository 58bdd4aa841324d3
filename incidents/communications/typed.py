"""What somebody types into a paper by hand."""

import unicodedata
from typing import Final

_NO_TEXT: Final = ("Cc", "Cs", "Co", "Cn")
_TURNING: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def as_text(typed: str) -> str:
    """What was typed, without what is no text: control characters, and marks that turn the
    direction of what follows them."""
    kept = "".join(
        char if unicodedata.category(char) not in _NO_TEXT and char not in _TURNING else " "
        for char in typed
    )
    return " ".join(kept.split())
