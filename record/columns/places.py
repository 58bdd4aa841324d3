"""Columns of places: the code and the names of the area of each level, and the point."""

from typing import Any, Final

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from record.columns.column import Column, ColumnType, Read, Value, label_local
from record.columns.values import both_scripts, coded, plain
from record.reading import Document

AREA_LEVELS: Final = {
    "country": _("Country"),
    "province": _("Province"),
    "division": _("Division"),
    "district": _("District"),
    "tehsil": _("Tehsil"),
    "town": _("Town"),
}


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
            ("name_local", "_local", label_local(level_label)),
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


def _area_reader(name: str, level: str, part: str) -> Read:
    def read(document: Document) -> Value:
        for area in (document.get(name) or {}).get("areas") or ():
            if area["level"] == level:
                return area[part]  # type: ignore[no-any-return]
        return None

    return read
