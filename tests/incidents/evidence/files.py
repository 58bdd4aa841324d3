"""Small real files of each type, made by the libraries that the world uses."""

import io
import zipfile
from hashlib import sha256

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from incidents.evidence.kinds import ODT
from incidents.evidence.receiving import examine, fill_in, received
from incidents.evidence.storing import opened
from incidents.evidence.working import look_into
from incidents.models import Capture, CopyKind, CustodyEntry
from tests.incidents import factories

SECRET = "Secret Author"
CAMERA_PLACE = (31.0, 30.0, 15.0)

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Override PartName="/word/document.xml" ContentType="application/xml"/></Types>'
)


def pdf(text="The family waited at the gate.", *, change=None):
    writer = PdfWriter()
    page = writer.add_blank_page(width=300, height=200)
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    fonts = DictionaryObject({NameObject("/F1"): writer._add_object(font)})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    content = DecodedStreamObject()
    content.set_data(f"BT /F1 12 Tf 20 100 Td ({text}) Tj ET".encode())
    page[NameObject("/Contents")] = writer._add_object(content)
    writer.add_metadata({"/Author": SECRET, "/Producer": "A telephone"})
    if change is not None:
        change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def picture(kind="JPEG", **options):
    exif = Image.Exif()
    exif[0x013B] = SECRET
    exif.get_ifd(0x8825)[2] = CAMERA_PLACE
    out = io.BytesIO()
    Image.new("RGB", (64, 48), "teal").save(out, kind, exif=exif, **options)
    return out.getvalue()


def archive(members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            stored = zipfile.ZIP_STORED if name == "mimetype" else None
            made.writestr(name, content, compress_type=stored)
    return out.getvalue()


def docx(text="He was taken from his home.", **more):
    paragraph = f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"
    body = f'<w:document xmlns:w="{WORD}"><w:body>{paragraph}</w:body></w:document>'
    return archive({"[Content_Types].xml": TYPES, "word/document.xml": body, **more})


def odt(text="He was taken from his home.", **more):
    body = (
        '<o:d xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        f'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><text:p>{text}</text:p></o:d>'
    )
    return archive({"mimetype": ODT, "content.xml": body, **more})


def upload(content, name="statement.pdf"):
    return SimpleUploadedFile(name, content)


def capture(content=None, name="statement.pdf", *, source=None, by=None, **values):
    """A file taken in as the page of a source does it."""
    by = by or factories.staff()
    row = Capture(source=source or factories.source(), captured_by=by, entered_by=by, **values)
    sent = upload(pdf() if content is None else content, name)
    fill_in(row, sent, examine(sent))
    row.save()
    received(row, by=by)
    return row


def acts(row):
    entries = CustodyEntry.objects.filter(capture=row).order_by("pk")
    return list(entries.values_list("act", flat=True))


def digest(content):
    return sha256(content).hexdigest()


def content_of(row):
    with opened(row) as file:
        return file.read()


def redacted(source, *, by=None):
    """(original, redaction, the clean copy of it that the program made) of a source."""
    original = capture(source=source, by=by)
    redaction = capture(
        pdf("The family waited."),
        source=source,
        by=by,
        derived_from=original,
        copy_kind=CopyKind.REDACTED,
    )
    look_into(redaction, by=by)
    return original, redaction, redaction.derivatives.get()
