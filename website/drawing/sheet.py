"""A drawing to keep: what was asked, the unit, the key, the caveat and where it comes from.

A picture travels without its page, so all that a reader needs to judge it stands in the picture.
Colours and faces are attributes of the elements: the file needs no style sheet.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any, Final

from django.template.loader import render_to_string
from django.utils.translation import get_language, get_language_bidi

from reference.models.boundary import BOUNDARY_CAVEAT
from reference.publisher import publisher
from website.drawing.district_map import DistrictMap
from website.drawing.ground import Ground
from website.drawing.lengths import length
from website.drawing.time_bars import TimeChart
from website.presentation.counted import Counted

WIDTH: Final = 800
EDGE: Final = 32
_INNER: Final = WIDTH - 2 * EDGE
_TITLE_LETTERS: Final = 58
_ADDRESS_LETTERS: Final = 104
_LINE_LETTERS: Final = 100
_ROW: Final = 24
_LABEL: Final = 270
_NUMBER: Final = 130
_LONGEST: Final = 42


@dataclass(frozen=True, slots=True)
class TitleLine:
    """A line of the title."""

    y: str
    words: str


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A bar of a chart by categories with its name and its number."""

    counted: Counted
    name: str
    baseline: str
    top: str
    label_x: str
    possible_x: str
    possible_width: str
    certain_x: str
    certain_width: str
    number_x: str


def time_sheet(chart: TimeChart, **said: Any) -> str:
    """A chart of months or years as a whole SVG document; ``said["besides"]`` are lines that tell
    what is not counted in it, as in the others."""
    return _sheet("time", float(chart.height), {"time": chart}, said)


def bar_sheet(rows: Sequence[Counted], **said: Any) -> str:
    """A chart of categories as a whole SVG document."""
    most = max((row.count for row in rows), default=0) or 1
    placed = [_row(row, position, most) for position, row in enumerate(rows)]
    return _sheet("bars", _ROW * len(rows), {"rows": placed}, said)


def map_sheet(drawn: DistrictMap, boxes: Sequence[Counted], **said: Any) -> str:
    """A map as a whole SVG document; what has no point stands in words below it."""
    scale = _INNER / float(drawn.width)
    height = float(drawn.height) * scale
    beside = [f"{box.label}: {box.words}" for box in boxes]
    lines = [
        TitleLine(length(height + 24 + 18 * number), words)
        for number, words in enumerate([*_about_boundaries(drawn.ground), *beside])
    ]
    parts = {"map": drawn, "map_height": length(height), "map_lines": lines}
    return _sheet("map", height + 14 + 18 * len(lines), parts, said)


def _about_boundaries(ground: Ground | None) -> list[str]:
    """Who drew them, and what they do not say; nothing where none is drawn."""
    if ground is None:
        return []
    said = [*ground.credits, str(BOUNDARY_CAVEAT)]
    return [line for words in said for line in wrap(words, _LINE_LETTERS)]


def _sheet(body: str, body_height: float, parts: dict[str, Any], said: dict[str, Any]) -> str:
    title = wrap(said["question"], _TITLE_LETTERS, break_on_hyphens=False)[:6]
    address = wrap(said["address"], _ADDRESS_LETTERS, break_on_hyphens=False)
    said_y = 46 + 28 * len(title)
    besides = [line for words in said["besides"] for line in wrap(words, _LINE_LETTERS)]
    top = said_y + 18 * len(besides)
    context = {
        **said,
        **parts,
        "body": body,
        "width": WIDTH,
        "inner": _INNER,
        "edge": EDGE,
        "start": WIDTH - EDGE if get_language_bidi() else EDGE,
        "end": EDGE if get_language_bidi() else WIDTH - EDGE,
        "direction": "rtl" if get_language_bidi() else "ltr",
        "language": get_language() or "en",
        "title": [TitleLine(str(46 + 28 * number), line) for number, line in enumerate(title)],
        "said_y": said_y,
        "besides": [
            TitleLine(str(said_y + 18 * number), line) for number, line in enumerate(besides, 1)
        ],
        "body_y": top + 22,
        "key_y": length(top + 22 + body_height + 26),
        "caveat_y": length(top + 22 + body_height + 54),
        "source_y": length(top + 22 + body_height + 76),
        "address_lines": [
            TitleLine(length(top + 22 + body_height + 96 + 16 * number), line)
            for number, line in enumerate(address)
        ],
        "height": length(top + 22 + body_height + 104 + 16 * len(address)),
        "organisation": publisher().name,
        "licence": publisher().licence,
        "standalone": True,
    }
    return render_to_string("website/drawing/sheet.svg.html", context)


def _row(row: Counted, position: int, most: int) -> SheetRow:
    room = _INNER - _LABEL - _NUMBER
    width = room * row.count / most
    certain = room * row.certain / most
    name = row.label if len(row.label) <= _LONGEST else f"{row.label[: _LONGEST - 1]}…"
    top = position * _ROW
    bidi = get_language_bidi()

    def x(start: float, breadth: float = 0.0) -> str:
        return length(_INNER - start - breadth if bidi else start)

    return SheetRow(
        counted=row,
        name=name,
        baseline=str(top + 15),
        top=str(top + 3),
        label_x=x(_LABEL - 10),
        possible_x=x(_LABEL + certain, width - certain),
        possible_width=length(width - certain),
        certain_x=x(_LABEL, certain),
        certain_width=length(certain),
        number_x=x(_LABEL + width + 6),
    )
