"""The logo: only the pixels of an upload are kept, and only of a picture."""

import io
import zlib

import pytest
from django.core.exceptions import ValidationError
from PIL import Image, PngImagePlugin

from reference.logos import BOX, MAX_UPLOAD, read_logo
from reference.models.organisation import MAX_LOGO_BYTES
from tests.reference.pictures import noise, picture


def opened(drawn):
    return Image.open(io.BytesIO(drawn.data))


def test_a_logo_is_made_small_and_keeps_its_shape():
    drawn = read_logo(picture((1200, 300)))
    assert (drawn.width, drawn.height) == opened(drawn).size == (320, 80)
    assert drawn.media_type == "image/png"


def test_a_small_logo_is_not_blown_up():
    drawn = read_logo(picture((60, 20)))
    assert (drawn.width, drawn.height) == (60, 20)


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P", "L", "1", "LA"])
def test_every_kind_of_png_is_read(mode):
    assert read_logo(picture(mode=mode)).width


def test_sixteen_bits_of_grey_keep_their_shade():
    drawn = read_logo(picture(mode="I;16", colour=0x4000))
    assert opened(drawn).convert("L").getpixel((1, 1)) == 0x40


def test_what_is_transparent_stays_so():
    drawn = read_logo(picture(mode="RGBA", colour=(0, 0, 0, 0)))
    assert opened(drawn).convert("RGBA").getpixel((1, 1))[3] == 0


@pytest.mark.parametrize("mode", ["RGB", "CMYK", "L"])
def test_every_kind_of_jpeg_is_read(mode):
    assert read_logo(picture(form="JPEG", mode=mode)).width


@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_a_picture_that_cannot_be_packed_well_still_fits(mode):
    drawn = read_logo(noise((230, 200), mode))
    assert len(drawn.data) <= MAX_LOGO_BYTES


def test_nothing_but_the_picture_is_kept_of_a_png():
    about = PngImagePlugin.PngInfo()
    about.add_text("Author", "zq1qz")
    about.add_itxt("Comment", "zq2qz")
    given = picture(pnginfo=about, icc_profile=b"zq3qz" * 9, exif=exif_with("zq4qz"))
    assert b"zq1qz" in given
    assert_bare(read_logo(given))


def test_nothing_but_the_picture_is_kept_of_a_jpeg():
    given = picture(form="JPEG", comment=b"zq1qz", exif=exif_with("zq2qz"))
    assert b"zq1qz" in given
    assert b"zq2qz" in given
    assert_bare(read_logo(given + b"zq5qz"))


def exif_with(words):
    exif = Image.Exif()
    exif[0x013B] = words
    return exif.tobytes()


def assert_bare(drawn):
    assert b"qz" not in drawn.data
    found = opened(drawn)
    found.load()
    assert not found.getexif()
    assert not {"exif", "icc_profile", "comment", "Author"} & set(found.info)


def test_a_picture_taken_sideways_is_set_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    drawn = read_logo(picture((90, 30), form="JPEG", exif=exif.tobytes()))
    assert (drawn.width, drawn.height) == (30, 90)


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (b'<svg xmlns="http://www.w3.org/2000/svg"></svg>', "scripts"),
        (b'\xef\xbb\xbf <?xml version="1.0"?><svg/>', "scripts"),
        (b"<!DOCTYPE svg>", "scripts"),
        (b"GIF89a\x01\x00\x01\x00", "no PNG or JPEG"),
        (b"", "no PNG or JPEG"),
        (b"words", "no PNG or JPEG"),
        (picture(form="GIF"), "no PNG or JPEG"),
        (picture(form="WEBP"), "no PNG or JPEG"),
        (noise((200, 200), "RGB")[:500], "damaged"),
        (b"x" * (MAX_UPLOAD + 1), "too large"),
    ],
    ids=["svg", "xml", "doctype", "gif head", "empty", "words", "gif", "webp", "cut", "large"],
)
def test_anything_else_is_refused_with_the_reason(given, reason):
    with pytest.raises(ValidationError, match=reason):
        read_logo(given)


def test_a_small_file_that_unfolds_into_a_huge_picture_is_refused_unread():
    given = picture((9000, 9000), mode="1")
    assert len(given) < MAX_UPLOAD
    with pytest.raises(ValidationError, match="too many pixels"):
        read_logo(given)


def test_a_head_that_claims_a_monstrous_size_is_refused():
    whole = picture((10, 10))
    head = b"IHDR" + (60_000).to_bytes(4) + (60_000).to_bytes(4) + whole[24:29]
    forged = whole[:12] + head + zlib.crc32(head).to_bytes(4) + whole[33:]
    with pytest.raises(ValidationError, match="too many pixels"):
        read_logo(forged)


def test_the_hash_is_that_of_the_bytes():
    same = read_logo(picture()), read_logo(picture())
    assert same[0].sha256 == same[1].sha256 != read_logo(picture(colour="red")).sha256


def test_a_line_stays_a_picture():
    drawn = read_logo(picture((4000, 2)))
    assert (drawn.width, drawn.height) == (BOX[0], 1)
