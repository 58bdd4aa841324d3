"""Names beside the points of a map, so that none covers another.

Greedy: the largest circle chooses first among the places around it, and a name that finds no free
place is left out; the table below the map has all names. Small screens show a map at about half
its size with letters of the same height, so names are placed twice: first those that have room
even there, then those that only fit on a wide screen.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from website.drawing.map_extent import Extent

NARROW_LETTER, WIDE_LETTER = 21.0, 12.5
"""Height of letters in units of the map, on a narrow and on a wide screen."""

_BREADTH: Final = 0.56
"""Average breadth of a letter as a share of its height; generous, so that names do not touch."""

_SLOPING: Final = 1.7


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the sheet."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        """Whether two rectangles share any ground."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


@dataclass(frozen=True, slots=True)
class Spot:
    """Something that wants a name: its circle and what it is called."""

    x: float
    y: float
    radius: float
    name: str


@dataclass(frozen=True, slots=True)
class Label:
    """A placed name; ``anchor`` is that of SVG for text written from left to right."""

    x: float
    y: float
    anchor: str
    name: str
    wide: bool


def place_labels(
    spots: Sequence[Spot], extent: Extent, *, sloping: bool = False
) -> list[Label | None]:
    """The label of each spot, in order, or None. The first spots have the first choice.

    ``sloping``: the letters need more height, as those of Nastaliq do.
    """
    tall = _SLOPING if sloping else 1.0
    circles = [
        Box(each.x - each.radius, each.y - each.radius, each.x + each.radius, each.y + each.radius)
        for each in spots
    ]
    placed: list[Label | None] = [None] * len(spots)
    boxes: list[Box] = []
    for letter, wide in ((NARROW_LETTER, False), (WIDE_LETTER, True)):
        for position, spot in enumerate(spots):
            if placed[position] is not None or not spot.name:
                continue
            others = [*circles[:position], *circles[position + 1 :]]
            found = _free_place(spot, letter, wide, tall, [*others, *boxes], extent)
            if found:
                placed[position], box = found
                boxes.append(box)
    return placed


def beside(spot: Spot) -> Label:
    """The name to the right of a spot, whatever else is there."""
    label, _box = next(_places(spot, WIDE_LETTER, False, 1.0))
    return label


def _free_place(
    spot: Spot, letter: float, wide: bool, tall: float, taken: Iterable[Box], extent: Extent
) -> tuple[Label, Box] | None:
    taken = list(taken)
    for label, box in _places(spot, letter, wide, tall):
        inside = extent.holds(box.left, box.top, 3) and extent.holds(box.right, box.bottom, 3)
        if inside and not any(box.meets(other) for other in taken):
            return label, box
    return None


def _places(spot: Spot, letter: float, wide: bool, tall: float) -> Iterator[tuple[Label, Box]]:
    """To the right, to the left, above and below."""
    breadth = max(len(spot.name), 3) * letter * _BREADTH
    gap = spot.radius + 4
    baseline = spot.y + letter * 0.35
    for x, y, anchor, left in (
        (spot.x + gap, baseline, "start", spot.x + gap),
        (spot.x - gap, baseline, "end", spot.x - gap - breadth),
        (spot.x, spot.y - gap, "middle", spot.x - breadth / 2),
        (spot.x, spot.y + gap + letter * 0.75, "middle", spot.x - breadth / 2),
    ):
        box = Box(left, y - letter * 0.85 * tall, left + breadth, y + letter * 0.3 * tall)
        yield Label(x, y, anchor, spot.name, wide), box
