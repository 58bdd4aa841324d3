"""Circles at the points of districts, as large as their counts, on the ground that is known.

The area of a circle is in proportion to its count. No place is invented: what has no district has
no circle. Below the circles lie the boundaries that somebody has loaded; the small dots are
districts without one in which nothing was found. Either gives the map its shape.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final

from website.drawing.ground import Ground, Land, Outline, lay_ground
from website.drawing.lengths import length
from website.drawing.map_extent import WIDTH, Extent, Point, extent_of
from website.drawing.map_labels import NARROW_LETTER, Label, Spot, beside, place_labels
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
    outline: Outline | None = None


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
    """A name on the map. ``quiet`` ones name districts without a circle; ``near`` ones have room
    only once the map is looked at from nearer. ``spot_x`` and ``spot_y`` are the place itself."""

    x: str
    y: str
    spot_x: str
    spot_y: str
    anchor: str
    name: str
    wide: bool
    quiet: bool
    near: bool = False


@dataclass(frozen=True, slots=True)
class Measure:
    """A length on the map and what it is on the ground; ``km`` as the reader writes it."""

    x: str
    end: str
    y: str
    up: str
    words_y: str
    km: str
    whole_km: int


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
    ground: Ground | None
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
    outline: Outline | None = None


def district_map(
    placed: Sequence[PlacedCount], empty: Sequence[EmptyDistrict], *, right_to_left: bool
) -> DistrictMap | None:
    """Lay out the districts; None where none with a point has a count."""
    if not placed:
        return None
    placed = sorted(placed, key=lambda each: (-each.counted.count, each.name))
    extent = extent_of([corner for each in placed for corner in _corners(each)])
    most = placed[0].counted.count
    spots = [
        Spot(*extent.place(each.point), _radius(each.counted.count, most), each.name)
        for each in placed
    ]
    silent = [(each, Spot(*extent.place(each.point), 2.5, each.name)) for each in empty]
    silent = [(each, spot) for each, spot in silent if extent.holds(spot.x, spot.y, 4)]
    named = [*spots, *(spot for _each, spot in silent)]
    labels = place_labels(named, extent, sloping=right_to_left)
    return DistrictMap(
        width=length(WIDTH),
        height=length(extent.height + 2 * _radius(most, most) + 2 * _KEY_EDGE),
        frame_width=length(WIDTH - 1),
        frame_height=length(extent.height - 1),
        ground=lay_ground(_lands(placed, empty), extent),
        circles=tuple(_circle(each, spot, most) for each, spot in zip(placed, spots, strict=True)),
        dots=tuple(
            (length(spot.x), length(spot.y)) for each, spot in silent if each.outline is None
        ),
        labels=tuple(_labels(spots, labels, named, right_to_left)),
        measure=_measure(extent, spots),
        key=tuple(_key(most, extent.height, right_to_left)),
    )


def _corners(each: PlacedCount) -> list[Point]:
    """What has to be in sight of a district: its point, and all of its ground."""
    return [each.point, *(each.outline.corners if each.outline else ())]


def _lands(placed: Sequence[PlacedCount], empty: Sequence[EmptyDistrict]) -> list[Land]:
    """Those without a count first: the edges of the others lie above theirs."""
    lands = [Land(each.outline, each.name, None) for each in empty if each.outline]
    return lands + [Land(each.outline, each.name, each.counted) for each in placed if each.outline]


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


def _labels(
    spots: Sequence[Spot], labels: Sequence[Label | None], named: Sequence[Spot], bidi: bool
) -> Iterator[MapLabel]:
    """The names that have room; those of other circles for whoever looks from nearer."""
    for position, (spot, label) in enumerate(zip(named, labels, strict=True)):
        quiet = position >= len(spots)
        if label is None:
            if not quiet:
                yield _label(beside(spot), spot, bidi, near=True)
        elif label.wide or not quiet or len(spots) <= 3:
            yield _label(label, spot, bidi, quiet=quiet)


def _label(
    label: Label, spot: Spot, bidi: bool, *, quiet: bool = False, near: bool = False
) -> MapLabel:
    anchor = label.anchor
    if bidi:
        # In a line that runs to the left, the start of the text is its right end.
        anchor = {"start": "end", "end": "start"}.get(anchor, anchor)
    return MapLabel(
        x=length(label.x),
        y=length(label.y),
        spot_x=length(spot.x),
        spot_y=length(spot.y),
        anchor=anchor,
        name=label.name,
        wide=label.wide,
        quiet=quiet,
        near=near,
    )


def _measure(extent: Extent, spots: Sequence[Spot]) -> Measure:
    """A measure at the foot of the map, at the side where no circle stands in its way."""
    fitting = [km for km in _KM_STEPS if km * extent.units_per_km <= WIDTH / 4]
    km = fitting[-1] if fitting else _KM_STEPS[0]
    y, long = extent.height - 14, km * extent.units_per_km
    sides = (14.0, WIDTH - 14.0 - long)
    x = next((side for side in sides if not _covered(side, side + long, y, spots)), sides[0])
    end = x + long
    above, words = length(y - 5), length(y - 9)
    return Measure(length(x), length(end), length(y), above, words, number(km), km)


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
