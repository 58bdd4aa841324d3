"""Refusing a file: where in it, why, and what to do."""

from dataclasses import dataclass, replace
from typing import Self, TypedDict, Unpack

from django.utils.translation import gettext as _


class FileRefused(Exception):
    """A file cannot be read. ``str()`` is for whoever gave it: where, why and what to do."""


class _Position(TypedDict, total=False):
    sheet: str
    row: int
    line: int
    item: int
    cell: str
    column: str


@dataclass(frozen=True, slots=True)
class Place:
    """A position in a file, as the person who made it would point at it.

    A ``row`` is counted as a spreadsheet does, a ``line`` as a text editor does; both from 1.
    """

    file: str
    sheet: str = ""
    row: int | None = None
    line: int | None = None
    item: int | None = None
    cell: str = ""
    column: str = ""

    def at(self, **position: Unpack[_Position]) -> Self:
        """A place further inside this one."""
        return replace(self, **position)

    def refused(self, *sentences: str) -> FileRefused:
        """The error to raise for what is wrong at this place."""
        return FileRefused(f"{self}: {' '.join(sentences)}")

    def __str__(self) -> str:
        parts = [self.file]
        if self.sheet:
            parts.append(_("sheet “%(sheet)s”") % {"sheet": self.sheet})
        if self.row is not None:
            parts.append(_("row %(number)d") % {"number": self.row})
        if self.line is not None and self.line != self.row:
            parts.append(_("line %(number)d of the text") % {"number": self.line})
        if self.item is not None:
            parts.append(_("item %(number)d") % {"number": self.item})
        if self.cell:
            parts.append(_("cell %(cell)s") % {"cell": self.cell})
        if self.column:
            parts.append(_("column “%(column)s”") % {"column": self.column})
        return ", ".join(parts)
