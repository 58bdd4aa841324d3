"""Texts with columns in braces: ``p. {page}``."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_BRACES = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True)
class Template:
    """A text with columns in it. Where one of the columns is empty, so is the whole."""

    text: str
    columns: tuple[str, ...]
    pieces: tuple[str, ...]
    """What stands around the columns: one more than there are columns."""

    @classmethod
    def read(cls, text: str) -> "Template":
        """Take a text apart; every pair of braces names a column."""
        parts = _BRACES.split(text)
        return cls(text, tuple(parts[1::2]), tuple(parts[0::2]))

    def fill(self, cells: Mapping[str, str]) -> str:
        """The text with the cells in it, empty where a cell is."""
        filled = [self.pieces[0]]
        for column, piece in zip(self.columns, self.pieces[1:], strict=True):
            text = cells.get(column, "")
            if not text:
                return ""
            filled += (text, piece)
        return "".join(filled)


def has_braces(text: str) -> bool:
    """Whether a text is a template."""
    return _BRACES.search(text) is not None


def with_numbers(value: object, numbers: Mapping[str, object]) -> object:
    """A piece of a mapping with ``{n}`` replaced by a number, in keys of columns and in texts."""
    if isinstance(value, str):
        return _BRACES.sub(lambda found: str(numbers.get(found[1], found[0])), value)
    if isinstance(value, list):
        return [with_numbers(each, numbers) for each in value]
    if isinstance(value, dict):
        return {key: with_numbers(each, numbers) for key, each in value.items()}
    return value


def columns_of(templates: Iterable[Template]) -> set[str]:
    """All columns that these templates name."""
    return {column for template in templates for column in template.columns}
