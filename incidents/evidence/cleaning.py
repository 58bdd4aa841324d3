"""Copies of pictures and PDF that show the same and tell nothing else. Used by ``apart`` alone.

Text under a box that was drawn over it is not metadata: it stays.
"""

import re
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import IO, Any, Final

from PIL import Image, ImageOps

MOST_PIXELS: Final = 60_000_000

IMAGES: Final = {
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/webp": "WEBP",
    "image/tiff": "TIFF",
}
"""Media type → the format of Pillow that is tried, and no other."""

_SIXTEEN_BITS: Final = ("I", "I;16", "I;16B", "I;16L")

_OF_PAGE: Final = frozenset(
    {
        *("/Type", "/Parent", "/Contents", "/Resources", "/Group"),
        *("/MediaBox", "/CropBox", "/Rotate", "/UserUnit"),
    }
)
"""What makes up how a page looks; its notes, links, dates and actions are not among it."""

_TELLING: Final = frozenset(
    {"/Metadata", "/PieceInfo", "/LastModified", "/Info", "/AA", "/OpenAction", "/EF", "/AF"}
)


def clean_image(file: IO[bytes], media_type: str) -> bytes:
    """The pixels, upright and of the same size. Empty for more than 60 million pixels or too little
    memory, and for several pictures in one file, of which the copy would show one and seem to be
    all. Raises whatever a damaged picture raises."""
    try:
        return _clean_image(file, media_type)
    except (MemoryError, Image.DecompressionBombError):
        return b""


def _clean_image(file: IO[bytes], media_type: str) -> bytes:
    with Image.open(file, formats=(IMAGES[media_type],)) as opened:
        if opened.width * opened.height > MOST_PIXELS:
            return b""
        # A telephone puts a second, smaller picture behind the one that its JPEG shows.
        if media_type != "image/jpeg" and getattr(opened, "n_frames", 1) > 1:
            return b""
        opened.load()
        ImageOps.exif_transpose(opened, in_place=True)
        pixels = _only_pixels(opened)
    out = BytesIO()
    if media_type == "image/jpeg":
        pixels.save(out, "JPEG", quality=92)
    else:
        pixels.save(out, "PNG")
    return out.getvalue()


def _only_pixels(picture: Image.Image) -> Image.Image:
    """The pixels in an image that knows nothing else."""
    if picture.mode in _SIXTEEN_BITS:
        picture = picture.point(lambda value: value / 256).convert("L")
    mode = picture.mode if picture.mode in ("L", "RGB", "RGBA") else "RGB"
    if picture.has_transparency_data:
        mode = "RGBA"
    # Converting to the same mode would hold all pixels once more.
    seen = picture if picture.mode == mode else picture.convert(mode)
    pixels = Image.new(mode, seen.size)
    pixels.paste(seen)
    return pixels


def clean_pdf(reader: Any) -> bytes:
    """The pages as they look: without who made them and when, notes, links, forms, scripts, files
    inside, and earlier states. Raises ValueError for photographs that cannot be cleaned."""
    from pypdf import PdfReader

    once = BytesIO()
    writer = _pages_of(reader)
    for each in dictionaries_within(writer._objects):
        for key in [key for key in each if str(key) in _TELLING]:
            del each[key]
        _clean_photograph(each)
    writer.write(once)
    # Copied once more: what nothing leads to any longer is left behind.
    again = BytesIO()
    _pages_of(PdfReader(once)).write(again)
    return again.getvalue()


def dictionaries_within(objects: Iterable[Any]) -> Iterator[Any]:
    """The dictionaries among these objects and directly in them; references are not followed."""
    from pypdf.generic import ArrayObject, DictionaryObject

    waiting = list(objects)
    while waiting:
        each = waiting.pop()
        if isinstance(each, DictionaryObject):
            yield each
            waiting += [each.raw_get(key) for key in each]
        elif isinstance(each, ArrayObject):
            waiting += list(list.__iter__(each))


def _pages_of(reader: Any) -> Any:
    from pypdf import PdfWriter

    writer = PdfWriter()
    for page in reader.pages:
        # Before the page is copied: what its notes point to would come along.
        for key in [key for key in page if str(key) not in _OF_PAGE]:
            del page[key]
        writer.add_page(page)
    writer.metadata = None
    return writer


def _clean_photograph(stream: Any) -> None:
    """Take out of a photograph on a page what its camera wrote into it. Raises ValueError for one
    that is packed in several ways, or by JPEG 2000, into which nobody looks here."""
    if "/Filter" not in stream:
        return
    packing = stream["/Filter"]
    ways = [str(way) for way in packing] if isinstance(packing, list) else [str(packing)]
    if ways in (["/DCTDecode"], ["/DCT"]):
        stream._data = without_segments(stream._data)
    elif not _PHOTOGRAPHS.isdisjoint(ways):
        raise ValueError("a photograph that cannot be cleaned")


_PHOTOGRAPHS: Final = frozenset({"/DCTDecode", "/DCT", "/JPXDecode"})

_SOI, _EOI, _SOS = 0xD8, 0xD9, 0xDA
_DRAWING: Final = frozenset({*range(0xC0, 0xD0), *range(0xDA, 0xE0)}) - {0xC8}
"""Segments without which a JPEG is not drawn: tables, frames, scans."""

_NEEDED: Final = {0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}
"""Segments of applications that decide how a JPEG looks: marker → how they begin."""

_JFIF: Final = b"JFIF\0"
_MARKER: Final = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")


def without_segments(jpeg: bytes) -> bytes:
    """A JPEG up to the end of its picture, with the segments alone that it is drawn by: without
    EXIF, XMP, comments, thumbnails and what stands behind it. Its pixels are untouched. Raises
    ValueError for what is no JPEG in good order."""
    if not jpeg.startswith(b"\xff\xd8"):
        raise ValueError("no JPEG")
    kept, at = [jpeg[:2]], 2
    while True:
        while jpeg[at : at + 2] == b"\xff\xff":
            at += 1
        marker = jpeg[at + 1] if jpeg[at : at + 1] == b"\xff" and at + 1 < len(jpeg) else 0
        if marker == _EOI:
            # What stands behind it was put there: a second picture, with a place of its own.
            return b"".join([*kept, b"\xff\xd9"])
        length = int.from_bytes(jpeg[at + 2 : at + 4], "big")
        if marker <= 0x01 or marker == _SOI or length < 2 or at + 2 + length > len(jpeg):
            raise ValueError("a JPEG without order")
        kept.append(_drawn(marker, jpeg[at : at + 2 + length]))
        at += 2 + length
        if marker == _SOS:
            following = _MARKER.search(jpeg, at)
            end = following.start() if following else len(jpeg)
            kept.append(jpeg[at:end])
            at = end
            if following is None:
                return b"".join(kept)


def _drawn(marker: int, segment: bytes) -> bytes:
    """What of a segment is needed to draw the picture; often nothing."""
    if marker in _DRAWING:
        return segment
    if marker == 0xE0 and segment[4:].startswith(_JFIF) and len(segment) >= 16:
        # The same without the small picture that it can hold.
        return b"\xff\xe0\x00\x10" + segment[4:16] + b"\0\0"
    needed = _NEEDED.get(marker)
    return segment if needed and segment[4:].startswith(needed) else b""
