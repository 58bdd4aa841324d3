"""What a column of files is, and how it reads its value out of a finished document.

A document is an allow-list already; a column can show less of it, never more. A member that an
older document does not have yet is empty, like one of which nothing is known.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from record.reading import Document

Value = str | int | float | bool | None
Read = Callable[[Document], Value]


class ColumnType(StrEnum):
    """What the cells of a column hold."""

    TEXT = "text"
    CODE = "code"
    LABEL = "label"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"
    TIME = "time"
    LIST = "list"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of files. ``member`` is the member of documents it is read from.

    ``vocabulary`` names that of a code, ``unit`` what a number counts. ``local`` texts are in
    the language of the place. Values that are not known are None.
    """

    name: str
    member: str
    label: Any
    meaning: Any = ""
    type: ColumnType = ColumnType.TEXT
    vocabulary: str = ""
    unit: Any = ""
    local: bool = False
    read: Read


def reader(*path: str) -> Read:
    """Reads the value at the end of a path; None where something on the way is not known."""
    first, *rest = path

    def read(document: Document) -> Value:
        value: Any = document.get(first)
        for step in rest:
            if not value:
                return None
            value = value[step]
        return value  # type: ignore[no-any-return]

    return read


def label_in_words(label: Any) -> Any:
    """The label of the column beside a code."""
    return format_lazy(_("{}, in words"), label)


def label_local(label: Any) -> Any:
    """The label of the column beside a text in English."""
    return format_lazy(_("{}, in the language of the place"), label)
