"""The working copy of a photograph: made from its pixels alone, small enough for a slow line.

Nothing but the pixels passes: no place where it was taken, no camera, no name, no thumbnail that
still shows what was cut off, no colour profile, nothing hidden behind the end. The same copy is
shown to staff and published, so that nobody decides on another picture than the world sees.
"""

from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from typing import Final

from PIL import Image, ImageFile, ImageOps

MAX_WIDTH: Final = 480
MAX_HEIGHT: Final = 640
"""Pixels: two for each of the page's on a fine screen."""

MAX_BYTES: Final = 25 * 1024
"""A page of a victim has at most 60 KB with all it loads."""

_QUALITIES: Final = (82, 74, 66, 58, 50, 42)
"""Tried in this order; below the last one a smaller picture looks better than a coarser one."""

_SHRINK: Final = 0.8

_SIXTEEN_BITS: Final = ("I", "I;16", "I;16B", "I;16L")


@dataclass(frozen=True, slots=True)
class Copy:
    """A JPEG without anything but pixels."""

    content: bytes
    width: int
    height: int

    @property
    def sha256(self) -> str:
        """The hash of these bytes, in hexadecimal."""
        return sha256(self.content).hexdigest()


def copy_of(picture: ImageFile.ImageFile) -> Copy:
    """The working copy of an opened picture. Whatever a damaged one raises is let through."""
    # A JPEG is decoded no larger than it is needed; other formats know no such thing.
    picture.draft("RGB", (2 * MAX_WIDTH, 2 * MAX_HEIGHT))
    picture.load()
    ImageOps.exif_transpose(picture, in_place=True)
    pixels = _only_pixels(picture)
    while True:
        for quality in _QUALITIES:
            content = _encoded(pixels, quality)
            if len(content) <= MAX_BYTES:
                return Copy(content, *pixels.size)
        pixels = pixels.resize(
            (round(pixels.width * _SHRINK), round(pixels.height * _SHRINK)),
            Image.Resampling.LANCZOS,
        )


def _only_pixels(picture: Image.Image) -> Image.Image:
    """The pixels on white, no larger than shown, in an image that knows nothing else."""
    if picture.mode in _SIXTEEN_BITS:
        picture = picture.point(lambda value: value / 256).convert("L")
    size = _fitting(picture.width, picture.height)
    # Palettes are given their colours before they are made smaller; what is clear stays clear.
    mode = "RGBA" if picture.has_transparency_data else "RGB"
    # Converting to the same mode would hold all pixels twice.
    seen = picture if picture.mode == mode else picture.convert(mode)
    seen = seen.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
    pixels = Image.new("RGB", size, "white")
    pixels.paste(seen, mask=seen if seen.mode == "RGBA" else None)
    return pixels


def _fitting(width: int, height: int) -> tuple[int, int]:
    """The largest size of this shape that fits; never larger than it is."""
    factor = min(1.0, MAX_WIDTH / width, MAX_HEIGHT / height)
    return max(1, round(width * factor)), max(1, round(height * factor))


def _encoded(pixels: Image.Image, quality: int) -> bytes:
    out = BytesIO()
    pixels.save(out, "JPEG", quality=quality, optimize=True)
    return out.getvalue()
