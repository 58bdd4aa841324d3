"""Points on the map that do not agree with the area beside them."""

from collections.abc import Mapping
from math import asin, cos, radians, sin, sqrt
from typing import Any, Final

from django.utils.translation import gettext as _

from incidents.importing.drafting.checking import Broken
from incidents.importing.found_areas import Point
from incidents.importing.lookups import Lookups

FAR_KM: Final = 300
"""Further than this from the middle of a district is in another one, however wide it is."""

_EARTH_KM: Final = 6371


def far_from_area(values: Mapping[str, Any], lookups: Lookups) -> Broken | None:
    """A point that is far from its area, or would be near if its two numbers changed places.

    A province or country is too wide for a distance to say anything; there, only numbers that
    stand in each other's column are found.
    """
    latitude, longitude = values.get("latitude"), values.get("longitude")
    area = values.get("area_id")
    if latitude is None or longitude is None or area is None:
        return None
    middle = lookups.area_point(area)
    if middle is None:
        return None
    distance = _km(float(latitude), float(longitude), middle)
    swapped = abs(longitude) <= 90 and 2 * _km(float(longitude), float(latitude), middle) < distance
    if distance <= FAR_KM or not (swapped or middle.narrow):
        return None
    reason = _("The point %(point)s lies %(distance)d km from %(area)s.") % {
        "point": f"{latitude}, {longitude}",
        "distance": distance,
        "area": lookups.area_label(area),
    }
    remedy = (
        _("Latitude and longitude seem to be in each other's column.")
        if swapped
        else _("Check the point and the area: one of them is wrong.")
    )
    return Broken("point-far", ("latitude", "longitude", "area"), reason, remedy)


def _km(latitude: float, longitude: float, middle: Point) -> float:
    """The way along the surface of the earth."""
    north, other = radians(latitude), radians(middle.latitude)
    across = sin((north - other) / 2) ** 2
    along = cos(north) * cos(other) * sin(radians(longitude - middle.longitude) / 2) ** 2
    return 2 * _EARTH_KM * asin(sqrt(min(1.0, across + along)))
