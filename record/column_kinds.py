"""What kinds of column there are, and how each reads its values out of a finished document.

A document is an allow-list already; a column can show less of it, never more. One member of a
document becomes one column or several: a coded value its code and its label, a date its text and
bounds, a place the code and the names of each area. A member that an older document does not
have yet is empty, like one of which nothing is known.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from record.reading import Document

Value = str | int | float | bool | None
Read = Callable[[Document], Value]

BETWEEN: Final = "; "
"""Stands between the members of a list in one cell."""


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


def joined(values: Iterable[Any]) -> str:
    """The members of a list as one text, without those not known and without repetitions."""
    return BETWEEN.join(dict.fromkeys(str(value) for value in values if value))


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
        *plain(f"{name}_local", _local(label), meaning, path=local, local=True, **more),
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
            _in_words(label),
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


def in_area(name: str, label: Any, meaning: Any = "") -> list[Column]:
    """The area of each level that holds a place: its code and its names."""
    return [
        Column(
            name=f"{name}_{level}{ending}",
            member=name,
            label=format_lazy("{}, {}", label, words),
            meaning=meaning,
            type=ColumnType.CODE if part == "code" else ColumnType.TEXT,
            local=part == "name_local",
            read=_area_reader(name, level, part),
        )
        for level, level_label in AREA_LEVELS.items()
        for part, ending, words in (
            ("code", "_code", format_lazy(_("code of the {}"), level_label)),
            ("name", "", level_label),
            ("name_local", "_local", _local(level_label)),
        )
    ]


def placed(name: str, label: Any, meaning: Any = "") -> list[Column]:
    """A place: its text, its areas, how it is known, and its point, if one is published."""
    point = (name, "point")
    return [
        *both_scripts(f"{name}_text", format_lazy(_("{}, as given"), label), path=(name, "text")),
        *in_area(name, label, meaning),
        *plain(
            f"{name}_basis", format_lazy(_("{}, stated or inferred"), label), path=(name, "basis")
        ),
        *coded(
            f"{name}_precision",
            "place-precision",
            format_lazy(_("{}, how exact"), label),
            path=(name, "precision"),
        ),
        *plain(
            f"{name}_lat",
            format_lazy(_("{}, latitude"), label),
            type=ColumnType.NUMBER,
            path=(*point, "lat"),
            unit=_("degrees"),
        ),
        *plain(
            f"{name}_lon",
            format_lazy(_("{}, longitude"), label),
            type=ColumnType.NUMBER,
            path=(*point, "lon"),
            unit=_("degrees"),
        ),
        *plain(
            f"{name}_point_of",
            format_lazy(_("{}, what the point marks"), label),
            _("“place” for the place itself; else the area whose middle it is."),
            path=(*point, "of"),
        ),
    ]


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
        *listed(f"{name}_label", member, _in_words(label), meaning, each=_label, of=of),
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


def _area_reader(name: str, level: str, part: str) -> Read:
    def read(document: Document) -> Value:
        for area in (document.get(name) or {}).get("areas") or ():
            if area["level"] == level:
                return area[part]  # type: ignore[no-any-return]
        return None

    return read


def _code(value: Any) -> Any:
    return value and value["code"]


def _label(value: Any) -> Any:
    return value and value["label"]


def _in_words(label: Any) -> Any:
    return format_lazy(_("{}, in words"), label)


def _local(label: Any) -> Any:
    return format_lazy(_("{}, in the language of the place"), label)


AREA_LEVELS: Final = {
    "country": _("Country"),
    "province": _("Province"),
    "division": _("Division"),
    "district": _("District"),
    "tehsil": _("Tehsil"),
    "town": _("Town"),
}
