"""Copies that show the same and tell nothing else."""

import io

import pytest
from PIL import Image
from pypdf import PdfReader
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    StreamObject,
)

from incidents.evidence.cleaning import clean_image, clean_pdf, without_segments
from tests.incidents.evidence import files

SECRET = files.SECRET.encode()


def pixels(content):
    with Image.open(io.BytesIO(content)) as picture:
        return picture.size, picture.tobytes()


def photograph(writer):
    """A photograph as a telephone made it, put on a page as it is."""
    image = StreamObject()
    image._data = files.picture()
    for name, value in {
        "/Type": NameObject("/XObject"),
        "/Subtype": NameObject("/Image"),
        "/Width": NumberObject(64),
        "/Height": NumberObject(48),
        "/ColorSpace": NameObject("/DeviceRGB"),
        "/BitsPerComponent": NumberObject(8),
        "/Filter": NameObject("/DCTDecode"),
    }.items():
        image[NameObject(name)] = value
    told = DecodedStreamObject()
    told.set_data(b"<x:xmpmeta>Secret Author</x:xmpmeta>")
    image[NameObject("/Metadata")] = writer._add_object(told)
    shown = DictionaryObject({NameObject("/Im1"): writer._add_object(image)})
    writer.pages[0]["/Resources"][NameObject("/XObject")] = shown


def test_a_jpeg_loses_what_the_camera_wrote_and_no_pixel():
    # A search for the last mark of an end would go too far.
    content = files.picture() + SECRET + b"\xff\xd9"
    assert SECRET in content[:-20]
    clean = without_segments(content)
    assert SECRET not in clean
    assert b"Exif" not in clean
    assert pixels(clean) == pixels(content)


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"no picture", b"\xff\xd8", b"\xff\xd8\xff", b"\xff\xd8\xff\xe1\xff"),
        *(b"\xff\xd8junk" + files.picture()[2:], files.picture()[:100]),
    ],
)
def test_what_is_no_jpeg_in_order_is_not_taken_for_a_clean_one(content):
    with pytest.raises(ValueError, match="JPEG"):
        without_segments(content)


def segment(marker, content):
    return bytes([0xFF, marker]) + (len(content) + 2).to_bytes(2, "big") + content


def test_a_second_picture_behind_the_first_goes_with_its_place():
    content = files.picture() + files.picture()
    assert content.endswith(b"\xff\xd9")
    clean = without_segments(content)
    assert clean.count(b"\xff\xd8") == 1
    assert clean.count(b"\xff\xd9") == 1
    assert SECRET not in clean


@pytest.mark.parametrize(
    ("marker", "beginning"),
    [
        (0xE0, b"JFXX\0"),
        (0xE0, b"AVI1"),
        (0xE1, b"Exif\0\0"),
        (0xE2, b"MPF\0"),
        (0xE2, b"FPXR\0"),
        (0xED, b"Photoshop 3.0\0"),
        (0xEE, b"Other"),
        (0xF0, b""),
        (0xFE, b""),
    ],
)
def test_no_segment_that_draws_nothing_stays(marker, beginning):
    content = files.picture()
    more = segment(marker, beginning + SECRET)
    clean = without_segments(content[:2] + more + content[2:])
    assert SECRET not in clean
    assert pixels(clean) == pixels(content)


def test_the_small_picture_within_the_first_segment_goes():
    content = without_segments(files.picture())
    assert content[2:4] == b"\xff\xe0"
    first = segment(0xE0, content[6:18] + bytes([1, 5]) + SECRET + b"!!")
    clean = without_segments(content[:2] + first + content[20:])
    assert SECRET not in clean
    assert clean == content


def test_what_is_told_between_the_scans_of_a_picture_goes():
    out = io.BytesIO()
    Image.effect_noise((64, 48), 90).convert("RGB").save(out, "JPEG", progressive=True)
    content = out.getvalue()
    assert content.count(b"\xff\xda") > 1
    second = content.index(b"\xff\xda", content.index(b"\xff\xda") + 2)
    # The tables of a scan stand before it; they begin it here.
    second = min(second, content.find(b"\xff\xc4", content.index(b"\xff\xda")))
    told = content[:second] + segment(0xFE, SECRET) + content[second:]
    clean = without_segments(told)
    assert SECRET not in clean
    assert pixels(clean) == pixels(content)


def _packed(writer, ways):
    photograph(writer)
    shown = writer.pages[0]["/Resources"]["/XObject"]["/Im1"].get_object()
    shown[NameObject("/Filter")] = ways


@pytest.mark.parametrize(
    "ways",
    [
        NameObject("/JPXDecode"),
        ArrayObject([NameObject("/ASCII85Decode"), NameObject("/DCTDecode")]),
    ],
    ids=["JPEG 2000", "packed twice"],
)
def test_a_photograph_into_which_nobody_looks_gives_no_copy(ways):
    content = files.pdf(change=lambda writer: _packed(writer, ways))
    with pytest.raises(ValueError, match="cannot be cleaned"):
        clean_pdf(PdfReader(io.BytesIO(content)))


def test_a_photograph_on_a_page_of_a_pdf_tells_no_place_and_its_xmp_is_left_behind():
    content = files.pdf(change=photograph)
    assert SECRET in files.picture()
    assert content.count(SECRET) >= 2
    clean = clean_pdf(PdfReader(io.BytesIO(content)))
    assert SECRET not in clean
    [image] = PdfReader(io.BytesIO(clean)).pages[0].images
    assert image.image.size == (64, 48)


def test_several_pictures_in_one_file_get_no_copy_that_would_show_one_of_them():
    out = io.BytesIO()
    page = Image.new("RGB", (64, 48), "teal")
    page.save(out, "TIFF", save_all=True, append_images=[page, page])
    assert clean_image(io.BytesIO(out.getvalue()), "image/tiff") == b""


def test_a_picture_of_sixteen_bits_does_not_turn_white():
    out = io.BytesIO()
    Image.new("I;16", (64, 48), 128 * 256).save(out, "PNG")
    clean = clean_image(io.BytesIO(out.getvalue()), "image/png")
    with Image.open(io.BytesIO(clean)) as picture:
        assert 120 <= picture.convert("L").getpixel((5, 5)) <= 136


def test_a_picture_on_its_side_is_turned_upright():
    out, exif = io.BytesIO(), Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (64, 48)).save(out, "JPEG", exif=exif)
    clean = clean_image(io.BytesIO(out.getvalue()), "image/jpeg")
    assert pixels(clean)[0] == (48, 64)


def test_what_is_clear_in_a_picture_stays_clear():
    out = io.BytesIO()
    Image.new("RGBA", (64, 48), (0, 0, 0, 0)).save(out, "PNG")
    with Image.open(io.BytesIO(clean_image(out, "image/png"))) as picture:
        assert picture.getpixel((5, 5))[3] == 0
