"""Texts of a workbook as they were meant."""

import re

_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
"""How a workbook writes characters that XML does not allow, such as ``_x000D_``."""


def unescaped(text: str) -> str:
    """The text with its escapes read, except those of characters that no text can hold."""
    return _ESCAPED.sub(_character, text) if "_x" in text else text


def _character(escaped: re.Match[str]) -> str:
    code = int(escaped[1], 16)
    return escaped[0] if not code or 0xD800 <= code <= 0xDFFF else chr(code)
