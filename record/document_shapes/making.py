"""The words in which shapes are declared: small functions that return JSON Schema."""

from collections.abc import Mapping
from typing import Any, Final

Shape = dict[str, Any]
"""A schema of JSON Schema 2020-12, which is that of OpenAPI 3.1."""

_WHERE_PARTS_STAND: Final = "#/components/schemas/"
# Where a description by OpenAPI keeps the parts that schemas share.

TEXT: Final[Shape] = {"type": "string"}
FLAG: Final[Shape] = {"type": "boolean"}
COUNT: Final[Shape] = {"type": "integer", "minimum": 0}
NUMBER_OR_NONE: Final[Shape] = {"type": ["integer", "null"]}
DAY_OR_NONE: Final[Shape] = {"type": ["string", "null"], "format": "date"}
MOMENT: Final[Shape] = {"type": "string", "format": "date-time"}


def part(name: str) -> Shape:
    """What stands among the shared parts under this name."""
    return {"$ref": f"{_WHERE_PARTS_STAND}{name}"}


def or_none(shape: Shape) -> Shape:
    """The same, or null where nothing is recorded."""
    return {"anyOf": [shape, {"type": "null"}]}


def listed(shape: Shape) -> Shape:
    """Any number of these."""
    return {"type": "array", "items": shape}


def having(members: Mapping[str, Shape], *, optional: Mapping[str, Shape] | None = None) -> Shape:
    """An object that always has all of ``members``, and may have those that are ``optional``."""
    return {
        "type": "object",
        "properties": {**members, **(optional or {})},
        "required": [*members],
    }


def told(shape: Shape, description: str) -> Shape:
    """The same with a sentence for people."""
    return {**shape, "description": description}


def reference(prefix: str) -> Shape:
    """A permanent reference of one kind, such as ``INC-2026-0042``."""
    return {"type": "string", "pattern": rf"^{prefix}-[0-9]{{4}}-[0-9]{{4,}}$"}


def one_of(*words: str) -> Shape:
    """One of a few fixed words."""
    return {"type": "string", "enum": [*words]}
