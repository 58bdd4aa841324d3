"""Outlines of areas as one compact text, which is SVG path data as it stands.

A coordinate is a whole number of thousandths of a degree (about 110 metres), longitude before
latitude, WGS 84. Each ring begins with its first position and goes on by differences, so that a
district takes a few hundred bytes: ``M63050 26000l40 3-12 18z``. The first ring of a polygon is
its outer edge, all others are holes; a line a polygon. A drawing scales the text as a whole and
fills it by the even-odd rule. Good to find one's way on a map, not to measure anything by.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import Final

UNITS: Final = 1000
"""Units in a degree."""

Position = tuple[float, float]
"""Longitude and latitude in degrees."""

Ring = Sequence[Position]
"""Positions along an edge; the last repeats the first."""

Polygon = Sequence[Ring]
"""An outer edge and the holes in it."""

_NUMBER: Final = re.compile(r"-?\d+")


def write_outline(polygons: Iterable[Polygon]) -> str:
    """The compact text of polygons. Rings that shrink to a line or a point are left out, and a
    polygon whose outer edge does so with them; empty where nothing is left."""
    return "\n".join(filter(None, map(_write_polygon, polygons)))


def read_outline(text: str) -> list[list[list[Position]]]:
    """The polygons of a text that ``write_outline`` made."""
    return [
        [list(_read_ring(ring)) for ring in polygon.split("M")[1:]] for polygon in text.split("\n")
    ]


def _write_polygon(polygon: Polygon) -> str:
    outer, *holes = (_write_ring(ring) for ring in polygon)
    return "".join((outer, *holes)) if outer else ""


def _write_ring(ring: Ring) -> str:
    places = [(round(x * UNITS), round(y * UNITS)) for x, y in ring]
    kept = [place for place, _same in groupby(places)]
    if kept[0] == kept[-1]:
        kept.pop()
    if len(set(kept)) < 3:
        return ""
    steps = [f"{x - from_x} {y - from_y}" for (from_x, from_y), (x, y) in pairwise(kept)]
    # A minus parts two numbers as well as a space does.
    return f"M{kept[0][0]} {kept[0][1]}l{' '.join(steps)}z".replace(" -", "-")


def _read_ring(text: str) -> Iterator[Position]:
    x = y = 0
    numbers = [int(number) for number in _NUMBER.findall(text)]
    for right, up in zip(numbers[::2], numbers[1::2], strict=True):
        x, y = x + right, y + up
        yield x / UNITS, y / UNITS
    yield numbers[0] / UNITS, numbers[1] / UNITS
