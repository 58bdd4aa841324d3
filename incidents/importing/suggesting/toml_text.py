"""Writing TOML: tables, arrays of tables, and inside them inline tables. Python reads it only."""

import json
import re
from typing import Any

_BARE = re.compile(r"^[A-Za-z0-9_-]+$")


def toml(document: dict[str, Any]) -> str:
    """Return a document as TOML text.

    A dict becomes a section and a list of dicts a series of sections; inside a section, dicts of
    plain values stand in one line. Values are texts, numbers, booleans, lists and dicts of them.
    """
    lines: list[str] = []
    _section(lines, "", document)
    return "\n".join(lines).strip() + "\n"


class Inline(dict[str, Any]):
    """A dict that is written in one line."""


def _section(lines: list[str], path: str, table: dict[str, Any]) -> None:
    below: list[tuple[str, Any]] = []
    for key, value in table.items():
        if _is_section(value):
            below.append((key, value))
        else:
            lines.append(f"{_key(key)} = {_value(value)}")
    for key, value in below:
        name = f"{path}.{_key(key)}" if path else _key(key)
        if isinstance(value, dict):
            lines += ["", f"[{name}]"]
            _section(lines, name, value)
        else:
            for each in value:
                lines += ["", f"[[{name}]]"]
                _section(lines, name, each)


def _is_section(value: Any) -> bool:
    if isinstance(value, list):
        return bool(value) and all(_is_section(each) for each in value)
    return isinstance(value, dict) and not isinstance(value, Inline)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        inside = ", ".join(f"{_key(key)} = {_value(each)}" for key, each in value.items())
        return f"{{ {inside} }}" if inside else "{}"
    if isinstance(value, list):
        return f"[{', '.join(_value(each) for each in value)}]"
    return str(value) if isinstance(value, int | float) else _text(str(value))


def _key(key: str) -> str:
    return key if _BARE.match(key) else _text(key)


def _text(text: str) -> str:
    """A basic string: as in JSON, but the character DEL has to be written as a number too."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
