"""Columns of single values: one member of a document becomes one column or several, a coded value
its code and its label, a date its text and bounds."""

from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from record.columns.column import Column, ColumnType, label_in_words, label_local, reader


def plain(
    name: str, label: Any, meaning: Any = "", *, path: tuple[str, ...] = (), **more: Any
) -> list[Column]:
    """One column that holds a value as it stands; ``path`` leads to it, by default its name."""
    path = path or (name,)
    return [
        Column(name=name, member=path[0], label=label, meaning=meaning, read=reader(*path), **more)
    ]


def whole(name: str, label: Any, meaning: Any = "", **more: Any) -> list[Column]:
    """One column of whole numbers."""
    return plain(name, label, meaning, type=ColumnType.INTEGER, **more)


def truth(name: str, label: Any, meaning: Any = "", **more: Any) -> list[Column]:
    """One column of true and false."""
    return plain(name, label, meaning, type=ColumnType.BOOLEAN, **more)


def both_scripts(name: str, label: Any, meaning: Any = "", **more: Any) -> list[Column]:
    """A text, and the same in the language of the place."""
    path = more.pop("path", (name,))
    local = (*path[:-1], f"{path[-1]}_local")
    return [
        *plain(name, label, meaning, path=path, **more),
        *plain(f"{name}_local", label_local(label), meaning, path=local, local=True, **more),
    ]


def coded(
    name: str, vocabulary: str, label: Any, meaning: Any = "", *, path: tuple[str, ...] = ()
) -> list[Column]:
    """The code of a coded value, which never changes, and its label, which may."""
    path = path or (name,)
    return [
        *plain(
            name,
            label,
            meaning,
            path=(*path, "code"),
            type=ColumnType.CODE,
            vocabulary=vocabulary,
        ),
        *plain(
            f"{name}_label",
            label_in_words(label),
            meaning,
            path=(*path, "label"),
            type=ColumnType.LABEL,
            vocabulary=vocabulary,
        ),
    ]


def bounds(
    name: str, label: Any, meaning: Any, *, unit: Any, path: tuple[str, ...]
) -> list[Column]:
    """The lowest and the highest of a number known as a range."""
    return [
        *whole(
            f"{name}_low",
            format_lazy(_("{}, lowest"), label),
            meaning,
            unit=unit,
            path=(*path, "low"),
        ),
        *whole(
            f"{name}_high",
            format_lazy(_("{}, highest"), label),
            meaning,
            unit=unit,
            path=(*path, "high"),
        ),
    ]


def dated(name: str, label: Any, meaning: Any = "") -> list[Column]:
    """A date: as it was given, the days between which it lies, and how exact it is."""
    parts = (
        ("text", _("{}, as given"), ColumnType.TEXT),
        ("earliest", _("{}, first possible day"), ColumnType.DATE),
        ("latest", _("{}, last possible day"), ColumnType.DATE),
        ("precision", _("{}, how exact"), ColumnType.TEXT),
    )
    return [
        column
        for part, words, type_ in parts
        for column in plain(
            f"{name}_{part}", format_lazy(words, label), meaning, path=(name, part), type=type_
        )
    ]
