"""The logo of the organisation: read from an upload, and written anew as a small plain picture.

Only the pixels of an upload are kept. What else a file may hold (position of a camera, names of
authors, comments, a thumbnail, code) does not reach the copy. Needed on the staff side alone.
"""

import hashlib
import io
from dataclasses import dataclass
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from reference.models.organisation import MAX_LOGO_BYTES

MAX_UPLOAD: Final = 200 * 1024
"""Bytes of an upload."""

MAX_PIXELS: Final = 16_000_000
"""Of an upload: a small file can unfold into a picture that fills the memory."""

BOX: Final = (320, 96)
"""Pixels, width and height: about twice what the head of a page shows, for sharp screens."""

_FORMATS: Final = ("PNG", "JPEG")
_TEXT_MARKS: Final = (b"<svg", b"<?xml", b"<!doctype", b"<!--", b"<html")
_SIXTEEN_BITS: Final = ("I", "I;16", "I;16B", "I;16L")
_QUALITIES: Final = (88, 78, 68, 55)
_SMALLER: Final = 0.75


@dataclass(frozen=True, slots=True)
class DrawnLogo:
    """A logo as it is kept: ``media_type`` is image/png or image/jpeg, the size in pixels."""

    data: bytes
    media_type: str
    width: int
    height: int

    @property
    def sha256(self) -> str:
        """The hash of the bytes, in hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()


def read_logo(given: bytes) -> DrawnLogo:
    """Make a small plain copy of an uploaded picture. Raises ValidationError saying why not."""
    if len(given) > MAX_UPLOAD:
        raise ValidationError(
            _("The file is too large: at most %(most)d KB are allowed.")
            % {"most": MAX_UPLOAD // 1024}
        )
    if given.lstrip(b"\xef\xbb\xbf \t\r\n")[:16].lower().startswith(_TEXT_MARKS):
        raise ValidationError(
            _(
                "This is an SVG or another document, which can hold scripts that would run in the "
                "browsers of your readers. Save the logo as a PNG picture and choose that."
            )
        )
    return _drawn(_pixels(given))


def _pixels(given: bytes) -> Image.Image:
    try:
        with Image.open(io.BytesIO(given), formats=_FORMATS) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise ValidationError(_too_wide(picture.width, picture.height))
            picture.load()
            upright = _eight_bits(ImageOps.exif_transpose(picture))
            mode = "RGBA" if upright.has_transparency_data else "RGB"
            return upright.convert(mode)
    except Image.DecompressionBombError:
        raise ValidationError(_("The picture has too many pixels. Make it smaller.")) from None
    except UnidentifiedImageError:
        raise ValidationError(_("This is no PNG or JPEG picture.")) from None
    except (OSError, SyntaxError, ValueError):
        raise ValidationError(_("The picture is damaged. Save it anew and try again.")) from None


def _eight_bits(picture: Image.Image) -> Image.Image:
    """Sixteen bits of grey as eight; to convert alone would make everything white."""
    if picture.mode in _SIXTEEN_BITS:
        return picture.point(lambda value: value / 256).convert("L")
    return picture


def _too_wide(width: int, height: int) -> str:
    return _("The picture has too many pixels: %(width)d by %(height)d. Make it smaller.") % {
        "width": width,
        "height": height,
    }


def _drawn(pixels: Image.Image) -> DrawnLogo:
    """The picture in the box, as good as the bytes allowed permit."""
    box: tuple[int, int] = BOX
    while True:
        small = pixels.copy()
        small.thumbnail(box, Image.Resampling.LANCZOS)
        for data, media_type in _written(_bare(small)):
            if len(data) <= MAX_LOGO_BYTES:
                return DrawnLogo(data, media_type, small.width, small.height)
        box = (max(1, int(box[0] * _SMALLER)), max(1, int(box[1] * _SMALLER)))


def _bare(picture: Image.Image) -> Image.Image:
    """The pixels alone: what else the file held stays behind."""
    bare = Image.new(picture.mode, picture.size)
    bare.paste(picture)
    return bare


def _written(picture: Image.Image) -> "list[tuple[bytes, str]]":
    """The picture in each form that is tried, the best first."""
    forms = [(_saved(picture, "PNG", optimize=True), "image/png")]
    if picture.mode == "RGBA":
        few = picture.quantize(256, method=Image.Quantize.FASTOCTREE)
        forms.append((_saved(few, "PNG", optimize=True), "image/png"))
        return forms
    forms += [
        (_saved(picture, "JPEG", quality=quality, optimize=True), "image/jpeg")
        for quality in _QUALITIES
    ]
    return forms


def _saved(picture: Image.Image, form: str, **options: int) -> bytes:
    target = io.BytesIO()
    picture.save(target, form, **options)
    return target.getvalue()
