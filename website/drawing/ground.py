"""The ground of a map: districts as somebody has drawn them, shaded by what was counted there.

The outlines stay the text they are, in their own units, and are scaled as a whole, so that a map
of a whole country costs no reckoning. Lines get closer and the shade deeper with the count: one
of the two is enough to tell the steps apart.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext

from reference.outlines import UNITS
from website.drawing.map_extent import WIDTH, Extent, Point
from website.presentation.counted import Counted
from website.presentation.counts import number

_LINE: Final = 0.8
"""Width of a border in units of the sheet."""

_HALF_THE_WORLD: Final = 180


@dataclass(frozen=True, slots=True)
class Outline:
    """A boundary: path data in units of ``reference.outlines``, its box in degrees, and a
    sentence that says who drew it."""

    path: str
    west: float
    south: float
    east: float
    north: float
    credit: str

    @property
    def corners(self) -> tuple[Point, ...]:
        """Two corners of its box; none where it lies on both sides of the antimeridian."""
        if self.east - self.west > _HALF_THE_WORLD:
            return ()
        return Point(self.south, self.west), Point(self.north, self.east)


@dataclass(frozen=True, slots=True)
class Land:
    """A district to be drawn, with what was counted in it, if anything."""

    outline: Outline
    name: str
    counted: Counted | None


@dataclass(frozen=True, slots=True)
class Shade:
    """A step of the counts: its ``name`` in the drawing, and the counts in words."""

    name: str
    most: int
    words: str


@dataclass(frozen=True, slots=True)
class Field:
    """A district as it is drawn; ``shade`` is empty where nothing was found."""

    path: str
    name: str
    shade: str
    counted: Counted | None


@dataclass(frozen=True, slots=True)
class Ground:
    """Everything below the circles. ``matrices`` bring the paths to their place, ``upright``
    takes a pattern back to the units of the sheet. ``shades`` are those that occur."""

    matrices: tuple[str, ...]
    upright: str
    line: str
    fields: tuple[Field, ...]
    shades: tuple[Shade, ...]
    credits: tuple[str, ...]
    has_silent: bool


def lay_ground(lands: Sequence[Land], extent: Extent) -> Ground | None:
    """The districts that are in sight, in their order; None where there is none."""
    seen = [land for land in lands if _in_sight(land.outline, extent)]
    if not seen:
        return None
    shades = _shades(max((land.counted.count for land in seen if land.counted), default=0))
    fields = tuple(_field(land, shades) for land in seen)
    right, down = extent.squeeze * extent.scale / UNITS, extent.scale / UNITS
    return Ground(
        matrices=extent.matrices(UNITS),
        upright=f"matrix({1 / right:.6g} 0 0 {-1 / down:.6g} 0 0)",
        line=f"{_LINE / down:.4g}",
        fields=fields,
        shades=tuple(shade for shade in shades if any(shade.name == each.shade for each in fields)),
        credits=tuple(dict.fromkeys(land.outline.credit for land in seen)),
        has_silent=any(land.counted is None for land in seen),
    )


def _in_sight(outline: Outline, extent: Extent) -> bool:
    if extent.unrolled:
        return True
    left, top = extent.place(Point(outline.north, outline.west))
    right, bottom = extent.place(Point(outline.south, outline.east))
    return left < WIDTH and right > 0 and top < extent.height and bottom > 0


def _field(land: Land, shades: Iterable[Shade]) -> Field:
    count = land.counted.count if land.counted else 0
    shade = next((shade.name for shade in shades if 0 < count <= shade.most), "")
    return Field(land.outline.path, land.name, shade, land.counted)


def _shades(most: int) -> list[Shade]:
    """At most three steps, each about as many times the one before."""
    if most <= 3:
        ends = list(range(1, most + 1))
    else:
        ends = [round(most ** (1 / 3)), round(most ** (2 / 3)), most]
    starts = [1, *(end + 1 for end in ends)]
    return [
        Shade(f"shade-{step}", end, _words(start, end))
        for step, (start, end) in enumerate(zip(starts, ends, strict=False), 1)
    ]


def _words(start: int, end: int) -> str:
    if start == end:
        return number(start)
    words = {"low": number(start), "high": number(end)}
    return gettext("%(low)s to %(high)s") % words
