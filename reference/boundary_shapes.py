"""Simplifying boundaries together, so that neighbours keep one border between them.

The only module that needs shapely, and only the command that loads boundaries imports it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import shapely
from shapely.geometry import MultiPolygon
from shapely.geometry import Polygon as ShapelyPolygon

from reference.boundary_files import ShapeError
from reference.outlines import UNITS, Polygon, write_outline

Shape: TypeAlias = ShapelyPolygon | MultiPolygon

HOW_TO_MEND: Final = (
    "To mend the file: ogr2ogr -makevalid mended.geojson FILE, or mapshaper with -clean"
)


@dataclass(frozen=True, slots=True)
class Simplified:
    """A shape as it is kept: its outline, its box and a place inside, in degrees."""

    outline: str
    west: float
    south: float
    east: float
    north: float
    middle_latitude: float
    middle_longitude: float


def shape_of(polygons: Iterable[Polygon]) -> Shape:
    """The shape of polygons. Raises ShapeError where their edges cross or touch wrongly."""
    parts = [ShapelyPolygon(outer, holes) for outer, *holes in polygons]
    shape = parts[0] if len(parts) == 1 else MultiPolygon(parts)
    if not shape.is_valid:
        raise ShapeError(f"is not valid: {shapely.is_valid_reason(shape)}. {HOW_TO_MEND}")
    return shape


def distance_to(shape: Shape, longitude: float, latitude: float) -> float:
    """Degrees from a place to a shape; 0 inside."""
    return float(shape.distance(shapely.Point(longitude, latitude)))


def fit_together(shapes: Sequence[Shape]) -> bool:
    """Whether shapes neither overlap nor miss each other's corners."""
    return bool(shapely.coverage_is_valid(shapes))


def simplified(shapes: Sequence[Shape], tolerance: float) -> list[Simplified | None]:
    """The shapes with fewer corners, those that neighbours share in step; None for what is too
    small to be kept at all.

    ``tolerance``: side, in degrees, of the square as large as a corner that may be cut off
    (Visvalingam and Whyatt). Islands smaller than that go, but for the largest of each shape.
    """
    return [
        _kept(before, after, tolerance)
        for before, after in zip(shapes, shapely.coverage_simplify(shapes, tolerance), strict=True)
    ]


def _kept(before: Shape, after: Shape, tolerance: float) -> Simplified | None:
    # Where simplifying leaves nothing of a small area, it stays as it was given.
    for shape, smallest in ((after, tolerance), (before, 0.0)):
        parts = _large_parts(shape, smallest)
        outline = write_outline(map(_rings, parts))
        if outline:
            inside = before.representative_point()
            west, south, east, north = MultiPolygon(parts).bounds
            return Simplified(outline, west, south, east, north, inside.y, inside.x)
    return None


def _large_parts(shape: Shape, side: float) -> list[ShapelyPolygon]:
    parts = [each for each in shapely.get_parts(_on_the_grid(shape)) if not each.is_empty]
    largest = max(parts, key=lambda part: part.area, default=None)
    return [part for part in parts if part is largest or part.area >= side**2]


def _on_the_grid(shape: Shape) -> Shape:
    """The shape at the positions that an outline can have, and valid there."""
    # Position by position, so that a border stays the same on both of its sides.
    rounded = shapely.set_precision(shape, 1 / UNITS, mode="pointwise")
    # A gap narrower than the grid closes, and its edges would lie on each other.
    return rounded if rounded.is_valid else shapely.set_precision(shape, 1 / UNITS)


def _rings(polygon: ShapelyPolygon) -> Polygon:
    """Outer edges run against the clock, as RFC 7946 has them."""
    turned = shapely.orient_polygons(polygon)
    edges = (turned.exterior, *turned.interiors)
    return [[(x, y) for x, y, *_height in edge.coords] for edge in edges]
