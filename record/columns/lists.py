"""Columns of lists: their members in one cell, or how many there are."""

from collections.abc import Callable, Iterable
from typing import Any, Final

from record.columns.column import Column, ColumnType, label_in_words
from record.reading import Document

BETWEEN: Final = "; "
"""Stands between the members of a list in one cell."""


def joined(values: Iterable[Any]) -> str:
    """The members of a list as one text, without those not known and without repetitions."""
    return BETWEEN.join(dict.fromkeys(str(value) for value in values if value))


def listed(
    name: str,
    member: str,
    label: Any,
    meaning: Any = "",
    *,
    each: Callable[[Any], Any],
    of: Callable[[Document], Iterable[Any]] | None = None,
    **more: Any,
) -> list[Column]:
    """One cell for a list: ``each`` gives what stands for a member, ``of`` the members."""
    members = of or (lambda document: document.get(member) or ())
    return [
        Column(
            name=name,
            member=member,
            label=label,
            meaning=meaning,
            type=ColumnType.LIST,
            read=lambda document: joined(each(part) for part in members(document)),
            **more,
        )
    ]


def coded_list(
    name: str,
    member: str,
    vocabulary: str,
    label: Any,
    meaning: Any = "",
    *,
    of: Callable[[Document], Iterable[Any]] | None = None,
) -> list[Column]:
    """The codes and the labels of several coded values."""
    return [
        *listed(name, member, label, meaning, each=_code, of=of, vocabulary=vocabulary),
        *listed(f"{name}_label", member, label_in_words(label), meaning, each=_label, of=of),
    ]


def counted(name: str, label: Any, meaning: Any = "", *, unit: Any) -> list[Column]:
    """How many members a list has; the list itself is in JSON and NDJSON."""
    return [
        Column(
            name=name,
            member=name,
            label=label,
            meaning=meaning,
            type=ColumnType.INTEGER,
            unit=unit,
            read=lambda document: len(document.get(name) or ()),
        )
    ]


def references(name: str, label: Any, meaning: Any = "") -> list[Column]:
    """The references of the objects in a list."""
    return listed(name, name, label, meaning, each=lambda part: part["reference"])


def _code(value: Any) -> Any:
    return value and value["code"]


def _label(value: Any) -> Any:
    return value and value["label"]
