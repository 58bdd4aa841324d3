"""From degrees to a sheet: which part of the world a map shows, and where a point lies on it.

An equirectangular projection, true to scale along the middle parallel: enough for a country, and
every reader can redo it. Longitudes across the antimeridian are unrolled.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians
from typing import Final

WIDTH: Final = 640.0
"""Width of every map in its own units; the height follows from what is shown."""

MARGIN: Final = 52.0
"""Units between the outermost point and the frame: room for a circle and a label."""

LEAST_SPAN: Final = 2.4
"""Degrees of latitude that a map shows at least: a single point needs neighbours to be read."""

_TALLEST, _FLATTEST = 1.05, 0.55
_KM_PER_DEGREE: Final = 111.32


@dataclass(frozen=True, slots=True)
class Point:
    """A place in degrees, WGS 84."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Extent:
    """The part of the world shown; ``scale`` is units per degree of latitude."""

    west: float
    north: float
    scale: float
    squeeze: float
    height: float
    unrolled: bool

    def place(self, point: Point) -> tuple[float, float]:
        """Where a point lies, in units from the upper left corner."""
        longitude = _unrolled(point.longitude) if self.unrolled else point.longitude
        x = (longitude - self.west) * self.squeeze * self.scale
        return x, (self.north - point.latitude) * self.scale

    def holds(self, x: float, y: float, within: float = 0.0) -> bool:
        """Whether a place on the sheet is inside the frame, by at least ``within`` units."""
        return within <= x <= WIDTH - within and within <= y <= self.height - within

    def matrices(self, units: int) -> tuple[str, ...]:
        """What brings coordinates of so many units a degree, longitude and latitude, to their
        place on the sheet: as SVG writes it, and twice where the antimeridian is in the map."""
        right, down = self.squeeze * self.scale, self.north * self.scale
        turns = (0, 360) if self.unrolled else (0,)
        return tuple(
            f"matrix({right / units:.6g} 0 0 {-self.scale / units:.6g} "
            f"{(turn - self.west) * right:.2f} {down:.2f})"
            for turn in turns
        )

    @property
    def units_per_km(self) -> float:
        """The scale of the map along its middle parallel."""
        return self.scale / _KM_PER_DEGREE


def extent_of(points: Sequence[Point]) -> Extent:
    """The smallest sensible extent that shows all points, which must not be none."""
    longitudes = [point.longitude for point in points]
    unrolled = max(longitudes) - min(longitudes) > 180
    if unrolled:
        longitudes = [_unrolled(each) for each in longitudes]
    latitudes = [point.latitude for point in points]
    south, north = min(latitudes), max(latitudes)
    west, east = min(longitudes), max(longitudes)
    squeeze = max(cos(radians((south + north) / 2)), 0.2)
    inner_width = WIDTH - 2 * MARGIN
    wide = max((east - west) * squeeze, LEAST_SPAN * inner_width / (WIDTH * _FLATTEST))
    tall = max(north - south, LEAST_SPAN / 2)
    scale = min(inner_width / wide, (WIDTH * _TALLEST - 2 * MARGIN) / tall)
    height = min(max(tall * scale + 2 * MARGIN, WIDTH * _FLATTEST), WIDTH * _TALLEST)
    middle_x, middle_y = (west + east) / 2, (south + north) / 2
    return Extent(
        west=middle_x - WIDTH / 2 / scale / squeeze,
        north=middle_y + height / 2 / scale,
        scale=scale,
        squeeze=squeeze,
        height=height,
        unrolled=unrolled,
    )


def _unrolled(longitude: float) -> float:
    return longitude + 360 if longitude < 0 else longitude
