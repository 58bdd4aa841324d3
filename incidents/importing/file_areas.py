"""The places that a list itself names with a point, as areas ready to be made."""

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from incidents.importing.mapping.shape import Mapping as ListMapping
from incidents.importing.mapping.shape import PlaceSpec
from incidents.importing.problems import Problem, shown
from incidents.models import Severity
from reference.models import Area
from reference.models.area import MAX_CODE_LENGTH, MAX_NAME_LENGTH, fold_place

_NOT_PLAIN = re.compile(r"[^a-z0-9]+")
_FIVE_PLACES = Decimal("0.00001")

Point = tuple[Decimal, Decimal]


@dataclass(frozen=True)
class PlannedArea:
    """An area to be made if its code does not exist yet. A country has no parent and no point."""

    code: str
    level: str
    parent_code: str
    name: str
    latitude: Decimal | None
    longitude: Decimal | None
    keys: tuple[str, ...] = ()
    """Search forms of the texts that mean it."""


class AreaPlan:
    """Collects the places of a list, row by row. Memory grows with distinct places alone."""

    def __init__(self, mapping: ListMapping) -> None:
        self._spec = mapping.areas
        self._missing = mapping.missing
        self._points: dict[str, Counter[Point]] = {}
        self._names: dict[str, str] = {}
        self._places: dict[str, PlaceSpec] = {}

    @staticmethod
    def key_of(text: str) -> str:
        """The form under which a place is known: without case, accents and signs."""
        plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
        slug = _NOT_PLAIN.sub("-", plain).strip("-")
        if slug and all(ord(char) < 0x250 or not char.isalpha() for char in text):
            return slug
        # A name in another script has no plain letters: its own form is the key.
        return fold_place(text)

    def add(self, cells: Mapping[str, str]) -> None:
        """Collect the places of one row: column → text as received."""
        if self._spec is None:
            return
        for place in self._spec.places:
            name = self._cell(cells, place.name)
            if not name or name.casefold() in place.leave_out:
                continue
            point = _point(self._cell(cells, place.latitude), self._cell(cells, place.longitude))
            key = self.key_of(name)
            if point is None or not _inside(point, place) or not key:
                continue
            if not fold_place(name) or len(name) > MAX_NAME_LENGTH:
                continue
            self._points.setdefault(key, Counter())[point] += 1
            self._names.setdefault(key, name)
            self._places.setdefault(key, place)

    def _cell(self, cells: Mapping[str, str], column: str) -> str:
        text = " ".join(cells.get(column, "").split())
        return "" if text in self._missing else text

    def areas(self) -> list[PlannedArea]:
        """The country and every place, in an order in which they can be made."""
        if self._spec is None:
            return []
        country = PlannedArea(
            self._spec.country_code,
            Area.Level.COUNTRY,
            "",
            self._spec.country_name,
            None,
            None,
            (self.key_of(self._spec.country_name),),
        )
        places = [self._planned(key) for key in sorted(self._points)]
        return [country, *(place for place in places if place.keys != country.keys)]

    def _planned(self, key: str) -> PlannedArea:
        place, points = self._places[key], self._points[key]
        # The point named most often; of equals the smallest, so that every run finds the same.
        latitude, longitude = min(points, key=lambda point: (-points[point], point))
        code = _code(place.parent, key)
        name = self._names[key]
        return PlannedArea(code, place.level, place.parent, name, latitude, longitude, (key,))

    def problems(self) -> list[Problem]:
        """A note for each name that stands at several points."""
        found = []
        for key, points in sorted(self._points.items()):
            if len(points) > 1:
                reason = _(
                    "“%(name)s” stands at %(count)d different points; the one that is named"
                    " most often is used for the area."
                )
                found.append(
                    Problem(
                        row=None,
                        column=self._places[key].name,
                        value=shown(self._names[key]),
                        code="place-with-several-points",
                        reason=reason % {"name": self._names[key], "count": len(points)},
                        remedy=_(
                            "If these are different places, name them differently, or add the"
                            " name to “except” of [[areas.place]]."
                        ),
                        severity=Severity.NOTED,
                    )
                )
        return found


def _code(parent: str, key: str) -> str:
    country = parent.partition("-")[0]
    slug = _NOT_PLAIN.sub("-", key).strip("-")
    room = MAX_CODE_LENGTH - len(country) - 1
    if slug and len(slug) <= room and slug == key:
        return f"{country}-{slug}"
    digest = hashlib.sha256(key.encode()).hexdigest()[:8]
    short = slug[: room - 9].strip("-")
    return f"{country}-{short}-{digest}" if short else f"{country}-{digest}"


def _inside(point: Point, place: PlaceSpec) -> bool:
    if place.box is None:
        return True
    south, west, north, east = place.box
    return south <= point[0] <= north and west <= point[1] <= east


def _point(latitude: str, longitude: str) -> Point | None:
    try:
        north = Decimal(latitude).quantize(_FIVE_PLACES)
        east = Decimal(longitude).quantize(_FIVE_PLACES)
    except InvalidOperation:
        return None
    if not (north.is_finite() and east.is_finite()):
        return None
    return (north, east) if abs(north) <= 90 and abs(east) <= 180 else None
