"""Circles at the points of districts, as large as their counts; nothing between the points.

The area of a circle is in proportion to its count. No boundary is drawn and no place invented:
what has no district has no circle. The small dots are districts of the same countries in which
nothing was found; they give the map its shape.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final

from website.drawing.lengths import length
from website.drawing.map_extent import WIDTH, Extent, Point, extent_of
from website.drawing.map_labels import NARROW_LETTER, Label, Spot, place_labels
from website.presentation.counted import Counted
from website.presentation.counts import number

LARGEST, SMALLEST = 38.0, 5.5
"""Radius of the circle of the largest count, and of any circle at least, in units of the map."""

_KEY_EDGE: Final = 14.0
_KM_STEPS: Final = (10, 20, 50, 100, 200, 500, 1000, 2000)


@dataclass(frozen=True, slots=True)
class PlacedCount:
    """What was counted in one district, and where that lies."""

    point: Point
    counted: Counted
    name: str


@dataclass(frozen=True, slots=True)
class Circle:
    """A circle; ``certain_radius`` is that of the part that is certain, ``0`` for none."""

    x: str
    y: str
    radius: str
    certain_radius: str
    counted: Counted
    name: str


@dataclass(frozen=True, slots=True)
class MapLabel:
    """A name on the map. ``quiet`` ones name districts without a circle."""

    x: str
    y: str
    anchor: str
    name: str
    wide: bool
    quiet: bool


@dataclass(frozen=True, slots=True)
class Measure:
    """A length on the map and what it is on the ground."""

    x: str
    end: str
    y: str
    up: str
    words_y: str
    km: str


@dataclass(frozen=True, slots=True)
class KeyCircle:
    """A circle of the key: what size means what number."""

    x: str
    y: str
    radius: str
    words_x: str
    words_y: str
    words: str


@dataclass(frozen=True, slots=True)
class DistrictMap:
    """A map, ready to be written. Its key stands below the frame, drawn to the same scale."""

    width: str
    height: str
    frame_width: str
    frame_height: str
    circles: tuple[Circle, ...]
    dots: tuple[tuple[str, str], ...]
    labels: tuple[MapLabel, ...]
    measure: Measure
    key: tuple[KeyCircle, ...]


@dataclass(frozen=True, slots=True)
class EmptyDistrict:
    """A district in which nothing was found."""

    point: Point
    name: str


def district_map(
    placed: Sequence[PlacedCount], empty: Sequence[EmptyDistrict], *, right_to_left: bool
) -> DistrictMap | None:
    """Lay out the districts; None where none with a point has a count."""
    if not placed:
        return None
    placed = sorted(placed, key=lambda each: (-each.counted.count, each.name))
    extent = extent_of([each.point for each in placed])
    most = placed[0].counted.count
    spots = [
        Spot(*extent.place(each.point), _radius(each.counted.count, most), each.name)
        for each in placed
    ]
    dots = [Spot(*extent.place(each.point), 2.5, each.name) for each in empty]
    dots = [dot for dot in dots if extent.holds(dot.x, dot.y, 4)]
    labels = place_labels([*spots, *dots], extent, sloping=right_to_left)
    return DistrictMap(
        width=length(WIDTH),
        height=length(extent.height + 2 * _radius(most, most) + 2 * _KEY_EDGE),
        frame_width=length(WIDTH - 1),
        frame_height=length(extent.height - 1),
        circles=tuple(_circle(each, spot, most) for each, spot in zip(placed, spots, strict=True)),
        dots=tuple((length(dot.x), length(dot.y)) for dot in dots),
        labels=tuple(
            _label(label, position >= len(spots), right_to_left)
            for position, label in enumerate(labels)
            if label and not (position >= len(spots) and not label.wide and len(spots) > 3)
        ),
        measure=_measure(extent, spots),
        key=tuple(_key(most, extent.height, right_to_left)),
    )


def _radius(count: int, most: int) -> float:
    return max(LARGEST * sqrt(count / most) * _room(most), SMALLEST) if count else 0.0


def _room(most: int) -> float:
    """Few records do not shout: the largest of small counts is drawn smaller."""
    return min(1.0, 0.45 + most / 40)


def _circle(each: PlacedCount, spot: Spot, most: int) -> Circle:
    certain = min(_radius(each.counted.certain, most), spot.radius)
    return Circle(
        length(spot.x),
        length(spot.y),
        length(spot.radius),
        length(certain),
        each.counted,
        each.name,
    )


def _label(label: Label, quiet: bool, right_to_left: bool) -> MapLabel:
    anchor = label.anchor
    if right_to_left:
        # In a line that runs to the left, the start of the text is its right end.
        anchor = {"start": "end", "end": "start"}.get(anchor, anchor)
    return MapLabel(length(label.x), length(label.y), anchor, label.name, label.wide, quiet)


def _measure(extent: Extent, spots: Sequence[Spot]) -> Measure:
    """A measure at the foot of the map, at the side where no circle stands in its way."""
    fitting = [km for km in _KM_STEPS if km * extent.units_per_km <= WIDTH / 4]
    km = fitting[-1] if fitting else _KM_STEPS[0]
    y, long = extent.height - 14, km * extent.units_per_km
    sides = (14.0, WIDTH - 14.0 - long)
    x = next((side for side in sides if not _covered(side, side + long, y, spots)), sides[0])
    end = x + long
    return Measure(length(x), length(end), length(y), length(y - 5), length(y - 9), number(km))


def _covered(start: float, end: float, foot: float, spots: Sequence[Spot]) -> bool:
    """Whether a circle reaches into the room of a measure and its words."""
    return any(
        spot.x + spot.radius > start - 4
        and spot.x - spot.radius < end + 4
        and spot.y + spot.radius > foot - 26
        for spot in spots
    )


def _key_counts(most: int) -> list[int]:
    return sorted({1, max(most // 4, 1), most}) if most > 3 else sorted({1, most})


def _key(most: int, below: float, right_to_left: bool) -> Iterator[KeyCircle]:
    """A few circles in a row below the frame, from the reader's side, the smallest first."""
    middle = below + _KEY_EDGE + _radius(most, most)
    along = 4.0
    for count in _key_counts(most):
        radius, words = _radius(count, most), number(count)
        x, words_x = along + radius, along + 2 * radius + 8
        along = words_x + len(words) * NARROW_LETTER * 0.6 + 26
        yield KeyCircle(
            x=length(WIDTH - x if right_to_left else x),
            y=length(middle),
            radius=length(radius),
            words_x=length(WIDTH - words_x if right_to_left else words_x),
            words_y=length(middle + 5),
            words=words,
        )
