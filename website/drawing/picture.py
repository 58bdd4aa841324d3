"""A drawing as a picture of dots, for slides and messages that take no SVG.

The renderer shapes Urdu, reads no fonts but those named here, and fetches nothing. The fonts are
those of the machine: where they are missing, no picture is offered, rather than one with boxes in
place of letters.
"""

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

FONTS: Final = (
    "NotoSans-Regular.ttf",
    "NotoSans-Bold.ttf",
    "NotoNaskhArabic-Regular.ttf",
    "NotoNaskhArabic-Bold.ttf",
)
"""Noto Sans and Noto Naskh Arabic (SIL Open Font Licence); Debian has them in fonts-noto-core."""

FOLDERS: Final = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))

DOTS: Final = 8_000_000
"""Most dots of a picture: 32 MB while it is drawn."""

ZOOM: Final = 2.0

_TEXT: Final = re.compile(r"(<text\b[^>]*>)(.*?)</text>", re.DOTALL)
_ANCHOR: Final = re.compile(r' text-anchor="(\w+)"')
_SIZE: Final = re.compile(r'<svg[^>]* width="([\d.]+)" height="([\d.]+)"')
_EMBEDDED, _POP = "\u202b", "\u202c"
_TURNED: Final = {"start": "end", "end": "start"}


@cache
def can_draw() -> bool:
    """Whether this machine has the renderer and the fonts for both scripts."""
    return find_spec("resvg_py") is not None and len(_fonts()) == len(FONTS)


def picture(sheet: str) -> bytes:
    """A drawing of ``website.drawing.sheet`` as PNG. Only where ``can_draw``."""
    import resvg_py  # where it is missing, all else works

    if 'direction="rtl"' in sheet.partition(">")[0]:
        sheet = _TEXT.sub(_turned, sheet)
    drawn = resvg_py.svg_to_bytes(
        svg_string=sheet,
        skip_system_fonts=True,
        font_files=list(_fonts()),
        font_family="Noto Sans",
        serif_family="Noto Sans",
        sans_serif_family="Noto Sans",
        zoom=_zoom(sheet),
    )
    return bytes(drawn)


def _turned(text: re.Match[str]) -> str:
    """A text of a drawing that reads from right to left, hung up by its other end.

    The renderer takes the start of every text for its left end and orders its words from the
    left, whatever its direction.
    """
    start, words = text[1], text[2]
    if 'direction="ltr"' in start:
        return text[0]
    anchor = _ANCHOR.search(start)
    turned = _TURNED.get(anchor[1] if anchor else "start", "middle")
    bare = _ANCHOR.sub("", start)[:-1]
    return f'{bare} text-anchor="{turned}">{_EMBEDDED}{words}{_POP}</text>'


def _zoom(sheet: str) -> float:
    size = _SIZE.search(sheet)
    if size is None:
        raise ValueError("A drawing to keep says how large it is.")
    dots = float(size[1]) * float(size[2])
    return float(min(ZOOM, (DOTS / dots) ** 0.5))


@cache
def _fonts() -> tuple[str, ...]:
    """The files of the fonts, as far as this machine has them."""
    found: dict[str, str] = {}
    for folder in FOLDERS:
        for path in sorted(folder.rglob("Noto*.ttf")) if folder.is_dir() else ():
            if path.name in FONTS:
                found.setdefault(path.name, str(path))
    return tuple(found[name] for name in FONTS if name in found)
