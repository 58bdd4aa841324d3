"""Opening a file as a picture, or saying why it is none and what to do about it.

The content decides, never the name. Only three formats are tried at all, so that no decoder that
nobody needs ever meets a stranger's file; the size in pixels is known from the header and checked
before anything is decoded.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Final

from django.utils.translation import gettext as _
from PIL import Image, ImageFile, UnidentifiedImageError

MAX_FILE_BYTES: Final = 20 * 1024**2
"""A photograph from a good camera has 5 to 15 MB."""

MAX_PIXELS: Final = 40_000_000
"""Width times height. Measured with 40 million: 310 MB for RGB that is turned upright,
480 MB at worst (grey with transparency, which is held three times, four bytes a pixel)."""

MIN_SIDE: Final = 48
"""Pixels; nobody can be recognised on less, and it is most likely an icon."""

MEDIA_TYPES: Final = {
    "JPEG": "image/jpeg",
    "MPO": "image/jpeg",  # a JPEG with a second picture behind the first, as telephones make them
    "PNG": "image/png",
    "WEBP": "image/webp",
}
"""Formats of Pillow that are taken in, and what they are called in the world."""

_TRIED: Final = ("JPEG", "PNG", "WEBP")


class PictureRefused(Exception):
    """A file that is not taken in. The text says why, and how it can be mended."""


@contextmanager
def opened(file: IO[bytes], size: int) -> Iterator[ImageFile.ImageFile]:
    """The picture in a file of ``size`` bytes, its header read and nothing decoded yet.

    Raises PictureRefused, also for whatever goes wrong with the picture inside the block.
    """
    if size > MAX_FILE_BYTES:
        raise PictureRefused(
            _(
                "The file has %(has)d MB; at most %(most)d MB are taken. Save the photograph "
                "smaller and send that."
            )
            % {"has": -(-size // 1024**2), "most": MAX_FILE_BYTES // 1024**2}
        )
    file.seek(0)
    with _identified(file) as picture:
        _check_size(picture)
        try:
            yield picture
        except (PictureRefused, MemoryError):
            raise
        except Exception as broken:  # decoders raise whatever they meet in a damaged file
            raise PictureRefused(_damaged()) from broken


def media_type_of(picture: ImageFile.ImageFile) -> str:
    """The media type, by the content."""
    return MEDIA_TYPES[picture.format or ""]


def _identified(file: IO[bytes]) -> ImageFile.ImageFile:
    try:
        picture = Image.open(file, formats=_TRIED)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        # Pillow's own limits are wider than ours; up to twice the lower one it only warns.
        raise PictureRefused(_too_many_pixels()) from bomb
    except UnidentifiedImageError as other:
        raise PictureRefused(
            _(
                "This is no photograph in a format that is taken: JPEG, PNG or WebP. The "
                "content decides, not the name. Open it in a picture program and save it as JPEG."
            )
        ) from other
    except Exception as broken:
        raise PictureRefused(_damaged()) from broken
    if picture.format not in MEDIA_TYPES:
        raise PictureRefused(_damaged())
    return picture


def _check_size(picture: ImageFile.ImageFile) -> None:
    width, height = picture.size
    if width * height > MAX_PIXELS:
        raise PictureRefused(_too_many_pixels())
    if min(width, height) < MIN_SIDE:
        raise PictureRefused(
            _(
                "The picture is only %(width)d by %(height)d pixels, too small to show anybody. "
                "Ask for the original."
            )
            % {"width": width, "height": height}
        )


def _too_many_pixels() -> str:
    return _(
        "The picture has more than %(most)d million pixels. Save it smaller, for example 4000 "
        "pixels wide, and send that."
    ) % {"most": MAX_PIXELS // 1_000_000}


def _damaged() -> str:
    return _(
        "The file is damaged or incomplete: it begins like a photograph and cannot be read to its "
        "end. Send it again, or ask for the original."
    )
