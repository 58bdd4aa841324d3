"""Where it happened, in words, as exactly as it is known and no more."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from website.presentation.language import Bilingual, read_both

Place = Mapping[str, Any]

_COUNTRY, _DIVISION = "country", "division"


@dataclass(frozen=True, slots=True)
class Area:
    """An area of a place: what it is called here, its code for a search, its level."""

    code: str
    level: str
    name: Bilingual


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """``text`` as the source has it, then the areas around it, the smallest first.

    ``inferred`` says that no source names the district: it was concluded, as Kech from Turbat.
    """

    text: Bilingual
    areas: tuple[Area, ...]
    inferred: bool
    precision: Mapping[str, Any] | None


def place_words(place: Place | None, reader: str, *, brief: bool = False) -> PlaceWords | None:
    """A document's place for this reader; None where no place is known.

    The country is left out unless it is all that is known. A text that only repeats the name
    of the smallest area is not said twice, nor is the name of a town that its tehsil bears
    too. ``brief``, for lists: areas alone where there are
    any, without the division.
    """
    if not place:
        return None
    text = read_both(place, "text", reader)
    areas = [
        Area(area["code"], area["level"], read_both(area, "name", reader))
        for area in reversed(place.get("areas") or ())
    ]
    smaller = [area for area in areas if area.level != _COUNTRY]
    areas = _each_name_once(smaller or areas)
    if not text and not areas:
        return None
    if brief and areas:
        text = read_both(None, "text", reader)
        areas = [area for area in areas if area.level != _DIVISION]
    if areas and place.get("text") in {area["name"] for area in place["areas"]}:
        text = read_both(None, "text", reader)
    return PlaceWords(text, tuple(areas), place.get("basis") == "inferred", place.get("precision"))


def _each_name_once(areas: list[Area]) -> list[Area]:
    """The areas without those that bear the name of the next smaller one."""
    kept: list[Area] = []
    for area in areas:
        if not kept or str(area.name.first) != str(kept[-1].name.first):
            kept.append(area)
    return kept
