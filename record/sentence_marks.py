"""Marks in a public account that say on what a sentence rests: ``[1]`` names the first of the
sources cited for what happened, ``[2]`` the second, in the order of the document's ``citations``.

What needs no marks (a line in a list of results, a description for search engines) leaves them out.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

_MARK: Final = re.compile(r"([ \t]*)\[(\d{1,2})\]")
"""With the blank before it, which belongs to the mark. A year in brackets is none."""


def marks_in(text: str) -> list[int]:
    """The numbers that the marks of a text name, as they come."""
    return [int(mark[2]) for mark in _MARK.finditer(text)]


def without_marks(text: str) -> str:
    """The text as it reads aloud."""
    return _MARK.sub("", text)


def renumbered(text: str, numbers: Mapping[int, int | None]) -> str:
    """The text with other numbers in its marks; a mark whose new number is None is left out, and
    one that ``numbers`` does not know stays as it is."""

    def other(mark: re.Match[str]) -> str:
        number = int(mark[2])
        new = numbers.get(number, number)
        if new == number:
            return mark[0]
        return f"{mark[1]}[{new}]" if new else ""

    return _MARK.sub(other, text)


def counting(text: str, stays: Iterable[bool]) -> str:
    """The text with marks that count only those citations that stay; ``stays`` tells it of each, in
    their order. A mark that names another is left out."""
    numbers: dict[int, int | None] = {}
    left = 0
    for number, one in enumerate(stays, start=1):
        left += one
        numbers[number] = left if one else None
    return renumbered(text, numbers)


def at_marks(text: str) -> Iterator[tuple[str, list[int]]]:
    """The text piece by piece, each with the numbers of the marks that stand right behind it."""
    words, numbers, end = "", list[int](), 0
    for mark in _MARK.finditer(text):
        between = text[end : mark.start()]
        if between:
            if numbers:
                yield words, numbers
                words, numbers = "", []
            words += between
        numbers.append(int(mark[2]))
        end = mark.end()
    if numbers:
        yield words, numbers
        words = ""
    words += text[end:]
    if words:
        yield words, []
