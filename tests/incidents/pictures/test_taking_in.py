"""What is taken in as a photograph, what is refused, and what the working copy carries."""

import io
from hashlib import sha256

import pytest
from django.db import Error, transaction
from PIL import Image

from incidents.models import Picture
from incidents.pictures.copying import MAX_BYTES, MAX_WIDTH
from incidents.pictures.opening import MAX_FILE_BYTES, PictureRefused
from incidents.pictures.receiving import all_or_none, examine, receive
from tests.incidents import factories as make
from tests.incidents.pictures.drawing import (
    SECRET,
    as_file,
    face,
    png_that_says,
    upload,
    with_everything,
)

SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'
JPEG = as_file(face())
PNG = as_file(face(), "PNG")
WEBP = as_file(face(), "WEBP")

BAD = {
    "nothing": (b"x", "no photograph"),
    "text": (b"GPS,26.00,63.04\n" * 50, "no photograph"),
    "SVG": (SVG, "no photograph"),
    "GIF": (as_file(face(), "GIF"), "no photograph"),
    "TIFF": (as_file(face(), "TIFF"), "no photograph"),
    "BMP": (as_file(face(), "BMP"), "no photograph"),
    "PDF": (as_file(face(), "PDF"), "no photograph"),
    "page with a JPEG inside": (b"<html><body>" + JPEG, "no photograph"),
    "archive with a JPEG inside": (b"PK\x03\x04" + JPEG, "no photograph"),
    "JPEG cut off": (JPEG[: len(JPEG) // 2], "damaged"),
    "JPEG of a header alone": (JPEG[:20], "damaged|no photograph"),
    "PNG cut off": (PNG[: len(PNG) // 2], "damaged"),
    "PNG with a wrong sum": (PNG[:60] + b"\xff\xff\xff" + PNG[63:], "damaged|no photograph"),
    "WebP cut off": (WEBP[: len(WEBP) // 2], "damaged|no photograph"),
    "PNG that promises a billion pixels": (png_that_says(40_000, 30_000), "million pixels"),
    "PNG that promises what Pillow only warns of": (
        png_that_says(10_000, 10_000),
        "million pixels",
    ),
    "PNG that promises more than Pillow opens": (png_that_says(2**31 - 1, 2**31 - 1), "pixels"),
    "PNG that promises pixels it lacks": (png_that_says(2000, 2000), "damaged"),
    "icon": (as_file(face(16, 16)), "too small"),
    "too large a file": (JPEG + b"\0" * MAX_FILE_BYTES, "at most 20 MB"),
}


@pytest.mark.parametrize(("content", "reason"), BAD.values(), ids=BAD.keys())
def test_what_is_no_sound_photograph_is_refused_with_the_reason(content, reason):
    with pytest.raises(PictureRefused, match=reason):
        examine(upload(content))


@pytest.mark.django_db
def test_what_is_refused_leaves_nothing():
    with pytest.raises(PictureRefused):
        receive(upload(SVG), person=make.person())
    assert not Picture.objects.exists()


GOOD = {
    "JPEG": (JPEG, "image/jpeg"),
    "grey JPEG": (as_file(face(mode="L")), "image/jpeg"),
    "JPEG for print": (as_file(face(mode="CMYK")), "image/jpeg"),
    "JPEG in steps": (as_file(face(), progressive=True), "image/jpeg"),
    "JPEG with a second picture behind it": (
        as_file(face(), "MPO", save_all=True, append_images=[face()]),
        "image/jpeg",
    ),
    "PNG": (PNG, "image/png"),
    "PNG with a palette": (as_file(face(mode="P"), "PNG"), "image/png"),
    "PNG with clear parts": (as_file(face(mode="RGBA"), "PNG"), "image/png"),
    "PNG of sixteen bits": (as_file(Image.new("I;16", (90, 90), 40_000), "PNG"), "image/png"),
    "PNG of one bit": (as_file(face(mode="1"), "PNG"), "image/png"),
    "WebP": (WEBP, "image/webp"),
    "moving WebP": (
        as_file(face(), "WEBP", save_all=True, append_images=[face(mode="L").convert("RGB")]),
        "image/webp",
    ),
}


@pytest.mark.parametrize(("content", "media_type"), GOOD.values(), ids=GOOD.keys())
def test_a_photograph_is_known_by_its_content_and_copied_small(content, media_type):
    found = examine(upload(content, "x.exe"))
    assert (found.media_type, found.bytes) == (media_type, len(content))
    assert found.sha256 == sha256(content).hexdigest()
    copy = Image.open(io.BytesIO(found.copy.content))
    assert (copy.format, copy.mode, copy.size) == (
        "JPEG",
        "RGB",
        (found.copy.width, found.copy.height),
    )
    assert copy.width <= MAX_WIDTH
    assert len(found.copy.content) <= MAX_BYTES


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP"])
def test_the_copy_carries_nothing_but_pixels(format):
    content = with_everything(format)
    assert SECRET.encode() in content
    assert dict(Image.open(io.BytesIO(content)).getexif().get_ifd(0x8825))
    copy = examine(upload(content)).copy.content
    assert SECRET.encode() not in copy
    read = Image.open(io.BytesIO(copy))
    assert not read.getexif()
    assert read.info.keys() <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert [name for name, _data in read.applist if name != "APP0"] == []


def test_what_is_hidden_behind_a_photograph_does_not_pass():
    page = b"<script>alert(1)</script>"
    assert page not in examine(upload(JPEG + page)).copy.content


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_taken_sideways_stands_upright(orientation):
    turned = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    stored = face().transpose(turned[orientation]) if orientation > 1 else face()
    exif = Image.Exif()
    exif[0x0112] = orientation
    copy = examine(upload(as_file(stored, exif=exif))).copy
    assert copy.height > copy.width
    red, _green, blue = Image.open(io.BytesIO(copy.content)).getpixel((5, 5))
    assert red > blue  # the upper left quarter is the warm one


def test_a_picture_without_any_order_still_becomes_small_enough():
    noise = Image.effect_noise((1000, 1400), 120).convert("RGB")
    assert len(examine(upload(as_file(noise))).copy.content) <= MAX_BYTES


def test_a_small_picture_is_not_made_larger():
    copy = examine(upload(as_file(face(120, 160)))).copy
    assert (copy.width, copy.height) == (120, 160)


def test_clear_parts_become_white():
    clear = Image.new("RGBA", (100, 100), (0, 0, 0, 0))
    copy = examine(upload(as_file(clear, "PNG"))).copy
    assert min(Image.open(io.BytesIO(copy.content)).getpixel((50, 50))) > 250


@pytest.mark.django_db
def test_the_original_is_kept_byte_for_byte_under_a_name_that_says_nothing():
    content = with_everything()
    kept = receive(upload(content, "Balach at home.jpg"), person=make.person())
    assert kept.original.open("rb").read() == content
    assert "Balach" not in kept.original.name
    assert (kept.file_name, kept.shown) == ("Balach at home.jpg", False)


@pytest.mark.django_db
@pytest.mark.parametrize("change", [{"sha256": "0" * 64}, {"bytes": 1}, {"original": "elsewhere"}])
def test_the_database_refuses_to_change_an_original(change):
    kept = receive(upload(), person=make.person())
    with pytest.raises(Error), transaction.atomic():
        Picture.objects.filter(pk=kept.pk).update(**change)


@pytest.mark.django_db
def test_of_one_person_one_photograph_is_shown_at_most():
    person = make.person()
    receive(upload(), person=person, shown=True)
    with pytest.raises(Error), transaction.atomic():
        receive(upload(PNG), person=person, shown=True)


@pytest.mark.django_db
def test_what_is_undone_leaves_no_file():
    person = make.person()
    kept = receive(upload(), person=person)
    names = []

    def take_in_and_fail():
        with all_or_none(), transaction.atomic():
            names.append(receive(upload(as_file(face(700, 700))), person=person).original.name)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        take_in_and_fail()
    assert [row.pk for row in Picture.objects.all()] == [kept.pk]
    assert not kept.original.storage.exists(names[0])
    assert kept.original.storage.exists(kept.original.name)
