"""Parts of a file, so that a download that broke off goes on where it was (RFC 9110, 14).

One range is answered with exactly that part. Several at once, another unit or what is no range
are answered with the whole file, as the standard allows.
"""

import re
from dataclasses import dataclass
from typing import Final

_ONE: Final = re.compile(r"bytes=[ \t]*([0-9]*)-([0-9]*)[ \t]*", re.IGNORECASE)
_DIGITS: Final = 19
"""Figures of the largest number that anybody has a file for; longer ones mean the end."""


class Unsatisfiable(Exception):
    """A range that begins behind the end of the file, or asks for none of it."""


@dataclass(frozen=True, slots=True)
class Part:
    """Bytes ``first`` to ``last`` of a file, both among them."""

    first: int
    last: int

    @property
    def length(self) -> int:
        """How many bytes it has."""
        return self.last - self.first + 1

    def content_range(self, size: int) -> str:
        """The header that says which part of a file of ``size`` bytes it is."""
        return f"bytes {self.first}-{self.last}/{size}"


def asked_part(header: str, size: int) -> Part | None:
    """The part that a Range header asks for; None for the whole file.

    Raises Unsatisfiable.
    """
    found = _ONE.fullmatch(header)
    if found is None or found.groups() == ("", ""):
        return None
    first, last = (_number(text) for text in found.groups())
    if first is None:
        return _end_of(size, last or 0)
    if last is not None and last < first:
        return None
    if first >= size:
        raise Unsatisfiable
    return Part(first, size - 1 if last is None else min(last, size - 1))


def _end_of(size: int, length: int) -> Part:
    if not size or not length:
        raise Unsatisfiable
    return Part(max(0, size - length), size - 1)


def _number(text: str) -> int | None:
    if not text:
        return None
    return int(text) if len(text) <= _DIGITS else 10**_DIGITS


def range_applies(condition: str, etag: str, modified: str) -> bool:
    """Whether the file is still the one of which a client holds a part (If-Range): by its strong
    entity tag, or by the very date that it was sent with."""
    return not condition or condition in (etag, modified)
