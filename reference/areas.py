"""Questions about areas: which one is meant, and what it lies in.

`load_areas` (from `reference.area_loading`) is offered here too, so that callers know one module.
"""

import re
from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from reference.area_loading import load_areas
from reference.models.area import CODE_PATTERN, Area, fold_place

__all__ = [
    "AmbiguousArea",
    "AreaError",
    "UnknownArea",
    "ancestors",
    "at_level",
    "district_of",
    "load_areas",
    "resolve_area",
]

SUGGESTIONS = 5

# What people write beside the name to say which level they mean.
_WORDS_OF_LEVELS = {
    "province": Area.Level.PROVINCE,
    "صوبہ": Area.Level.PROVINCE,
    "division": Area.Level.DIVISION,
    "ڈویژن": Area.Level.DIVISION,
    "district": Area.Level.DISTRICT,
    "ضلع": Area.Level.DISTRICT,
    "tehsil": Area.Level.TEHSIL,
    "taluka": Area.Level.TEHSIL,
    "تحصیل": Area.Level.TEHSIL,
    "تعلقہ": Area.Level.TEHSIL,
    "town": Area.Level.TOWN,
    "city": Area.Level.TOWN,
    "شہر": Area.Level.TOWN,
}
_LEVEL_WORDS = {fold_place(word): level for word, level in _WORDS_OF_LEVELS.items()}


class AreaError(ValueError):
    """A text that does not lead to one area. Its string is a sentence for the reader."""

    def __init__(self, text: str, level: str | None, areas: Iterable[Area]) -> None:
        self.text = text
        self.level = level
        self.areas = tuple(areas)
        super().__init__(text)

    def listed(self) -> str:
        """The areas with level, wider area and code, in the active language."""
        comma = pgettext("between the items of a list", ", ")
        return comma.join(f"{area.code} ({comma.join(_description(area))})" for area in self.areas)


class UnknownArea(AreaError):
    """No area has that code or name. `suggestions`: up to five that are spelt like it."""

    @property
    def suggestions(self) -> tuple[Area, ...]:
        """Areas with a similar name, nearest first."""
        return self.areas

    def __str__(self) -> str:
        if self.level:
            sentence = _("No %(level)s is called “%(name)s”.") % {
                "level": Area.Level(self.level).label,
                "name": self.text,
            }
        else:
            sentence = _("No area is called “%(name)s”.") % {"name": self.text}
        if self.areas:
            sentence += " " + _("Similar: %(areas)s.") % {"areas": self.listed()}
        return sentence


class AmbiguousArea(AreaError):
    """Several areas have that name. `candidates`: all of them."""

    @property
    def candidates(self) -> tuple[Area, ...]:
        """The areas that have the name, widest first."""
        return self.areas

    def __str__(self) -> str:
        return _("“%(name)s” names several areas. Give the code of one: %(areas)s.") % {
            "name": self.text,
            "areas": self.listed(),
        }


def resolve_area(text: str, level: str | None = None, on: date | None = None) -> Area:
    """The one area that `text` means: its code, or a name or alias in either script.

    `level` admits areas of that level only; `on` only those that existed, possibly, that day. A
    code needs neither `on` nor the exact case. "Kalat district" and "ضلع قلات" give the level too.

    Where several areas have the name and one of them contains all the others, it is meant: Quetta
    is the division, which holds the district and the town, so nothing that happened in any Quetta
    is left out. In different places (Sahiwal, tehsil of two districts) the name is ambiguous.

    Raises UnknownArea or AmbiguousArea; both are ValueErrors that say what could be written.
    """
    text = text.replace("\0", "").strip()
    if area := _by_code(text, level):
        return area
    candidates = _named(text, level, on)
    if not candidates:
        name, written_level = _without_level_word(text)
        if written_level and level in (None, written_level):
            candidates = _named(name, written_level, on)
    if not candidates:
        raise UnknownArea(text, level, _similar(text, level, on))
    if widest := _widest(candidates):
        return widest
    raise AmbiguousArea(text, level, candidates)


def ancestors(area: Area) -> list[Area]:
    """The areas that contain `area`, from the country downwards, itself left out."""
    found = Area.objects.in_bulk(area.path[:-1])
    return [found[pk] for pk in area.path[:-1]]


def at_level(area: Area, level: str) -> Area | None:
    """The area of that level which is or contains `area`; None where there is none."""
    if area.level == level:
        return area
    return Area.objects.filter(pk__in=area.path).at_level(level).first()


def district_of(area: Area) -> Area | None:
    """The district that is or contains `area`: Turbat is in Kech. None for wider areas.

    What follows from this is inferred: say so where the source does not name the district.
    """
    return at_level(area, Area.Level.DISTRICT)


def _description(area: Area) -> tuple[str, ...]:
    """What tells an area from others of its name: itself, its level, and where it is."""
    within = (area.parent.label,) if area.parent else ()
    return area.label, str(area.get_level_display()), *within


def _by_code(text: str, level: str | None) -> Area | None:
    if not re.fullmatch(CODE_PATTERN, text):
        return None
    areas = Area.objects.at_level(level) if level else Area.objects.all()
    found = list(areas.filter(code__iexact=text)[:2])
    # Codes that differ only in case are possible in other countries' tables.
    exact = [area for area in found if area.code == text]
    return exact[0] if exact else found[0] if len(found) == 1 else None


def _named(text: str, level: str | None, on: date | None) -> list[Area]:
    areas = Area.objects.named(text).select_related("parent")
    if level:
        areas = areas.at_level(level)
    if on:
        areas = areas.existing_on(on)
    return sorted(areas, key=lambda area: (len(area.path), area.code))


def _without_level_word(text: str) -> tuple[str, str | None]:
    words = fold_place(text).split()
    for place in (0, -1):
        if len(words) > 1 and words[place] in _LEVEL_WORDS:
            level = _LEVEL_WORDS[words.pop(place)]
            return " ".join(words), level.value
    return text, None


def _widest(candidates: list[Area]) -> Area | None:
    """The candidate that contains all others, if there is one."""
    widest = candidates[0]
    return widest if all(widest.pk in area.path for area in candidates) else None


def _similar(text: str, level: str | None, on: date | None) -> list[Area]:
    areas = Area.objects.similar_to(text).select_related("parent")
    if level:
        areas = areas.at_level(level)
    if on:
        areas = areas.existing_on(on)
    return list(areas[:SUGGESTIONS])
