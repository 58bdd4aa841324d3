"""What is asked of an area once a text has led to it."""

from typing import NamedTuple

from incidents.importing.drafts import Wanted
from incidents.importing.file_areas import PlannedArea
from incidents.models.protection import DISTRICT_LEVELS
from reference.models import Area
from reference.models.area import fold_place


class AreaFound(NamedTuple):
    """An area that a text means. ``id`` is its key, or what stands for an area still to be made."""

    id: int | Wanted
    label: str
    names_district: bool
    """Whether naming it already names the district, or says that nobody knows it."""


class Point(NamedTuple):
    """The middle of an area; ``narrow`` if it is no wider than a division."""

    latitude: float
    longitude: float
    narrow: bool


def middle_of(area: Area | PlannedArea) -> Point | None:
    """The point of an area; None where it has none."""
    if area.latitude is None or area.longitude is None:
        return None
    narrow = area.level not in (Area.Level.COUNTRY, Area.Level.PROVINCE)
    return Point(float(area.latitude), float(area.longitude), narrow)


def names_a_place_inside(text: str, area: Area) -> bool:
    """Whether this is not what the area is called, but what a place in it is: Turbat, of Kech."""
    if not text or _joined(text) in map(_joined, (area.name, area.name_local)):
        return False
    places = Area.objects.named(text).filter(path__contains=[area.pk])
    return places.exclude(level__in=DISTRICT_LEVELS).exists()


def lies_within(area: Area, code: str) -> bool:
    """Whether the area is, or lies in, the one with this code."""
    return bool(code) and id_of(code) in area.path


def id_of(code: str) -> int:
    """The id of the area with this code; 0 where there is none."""
    return Area.objects.filter(code=code).values_list("pk", flat=True).first() or 0


def _joined(name: str) -> str:
    return fold_place(name).replace(" ", "")
