"""Drawn pictures, as files: no test shows a real person."""

import io
import struct
import zlib

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw
from PIL.PngImagePlugin import PngInfo

from incidents.models import Consent
from incidents.pictures.receiving import receive
from tests.incidents import factories as make

SECRET = "zqcamerazq"
"""Stands in every note that a camera or a program leaves in a file."""

LATITUDE = (26.0, 0.0, 12.3)


def face(width=900, height=1200, mode="RGB"):
    """A face of a few shapes; the background has a colour for each quarter."""
    drawn = Image.new("RGB", (width, height), "#c8d2dc")
    pen = ImageDraw.Draw(drawn)
    pen.rectangle((0, 0, width // 2, height // 2), fill="#d9c7a8")
    unit = min(width, height) / 12
    middle, top = width / 2, height * 0.42
    pen.ellipse(
        (middle - 6 * unit, top + 3.2 * unit, middle + 6 * unit, top + 12 * unit), fill="#3b4a5a"
    )
    pen.ellipse(
        (middle - 3 * unit, top - 4 * unit, middle + 3 * unit, top + 4 * unit), fill="#a9764f"
    )
    pen.pieslice(
        (middle - 3.2 * unit, top - 4.6 * unit, middle + 3.2 * unit, top + 2 * unit),
        180,
        360,
        fill="#2a211c",
    )
    for side in (-1.2, 1.2):
        pen.ellipse(
            (
                middle + (side - 0.4) * unit,
                top - 0.4 * unit,
                middle + (side + 0.4) * unit,
                top + 0.4 * unit,
            ),
            fill="#1c1613",
        )
    pen.arc(
        (middle - 1.4 * unit, top + 0.8 * unit, middle + 1.4 * unit, top + 2.6 * unit),
        20,
        160,
        fill="#5b2c22",
        width=max(1, int(unit / 4)),
    )
    return drawn.convert(mode)


def as_file(picture, format="JPEG", **options):
    """The bytes of a picture in a format."""
    out = io.BytesIO()
    picture.save(out, format, **options)
    return out.getvalue()


def notes(orientation=1):
    """What a telephone writes: camera, owner, place, and a thumbnail's worth of text."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = SECRET
    exif[0x013B] = SECRET
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2], gps[3], gps[4] = "N", LATITUDE, "E", (63.0, 2.0, 40.0)
    gps[29] = "2023:10:29"
    return exif


def with_everything(format="JPEG", orientation=1):
    """A picture that carries all that pictures can carry."""
    options = {"exif": notes(orientation), "xmp": f"<x:xmpmeta>{SECRET}</x:xmpmeta>".encode()}
    options["icc_profile"] = b"\0" * 128 + SECRET.encode()
    if format == "JPEG":
        options["comment"] = SECRET
    if format == "PNG":
        info = PngInfo()
        info.add_text("Author", SECRET)
        options = {"exif": options["exif"], "icc_profile": options["icc_profile"], "pnginfo": info}
    return as_file(face(), format, **options) + SECRET.encode()


def png_that_says(width, height):
    """A small file whose header promises very many pixels."""

    def chunk(name, content):
        sum_ = zlib.crc32(name + content)
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", sum_)

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\0" * 1000)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    )


def upload(content=None, name="photo.jpg"):
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, content or as_file(face()), content_type="image/jpeg")


def picture(person, content=None, *, name="photo.jpg", shown=True, **values):
    """A photograph of a person, chosen for the public unless told otherwise."""
    values.setdefault("credit", "Family archive")
    values.setdefault("description", "A drawn man looks into the camera.")
    values.setdefault("description_local", "بنایا ہوا ایک آدمی کیمرے میں دیکھ رہا ہے۔")
    return receive(upload(content, name), person=person, shown=shown, **values)


def consent(person, use="publish-photo", answer="granted", **values):
    """An answer to a use."""
    return Consent.objects.create(
        person=person,
        use=make.term("consent-use", use),
        answer=make.term("consent-answer", answer),
        **values,
    )


def pictured(**values):
    """A person whose photograph may be shown, with one."""
    person = make.person("Balach", local="بالاچ", photo_allowed=True, **values)
    picture(person)
    consent(person)
    return person
