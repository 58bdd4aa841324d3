"""What the worker makes of files: words for the search, copies without metadata, more dangers."""

import io
import re
import sys

import pytest
from django.db import Error, transaction
from PIL import Image
from pypdf import PdfReader
from pypdf.generic import DictionaryObject, NameObject, NumberObject, TextStringObject

from incidents.evidence.findings import MOST_TEXT
from incidents.evidence.searching import files_that_say
from incidents.evidence.storing import path_of
from incidents.evidence.working import Read, look_into, read_apart
from incidents.jobs import work_off
from incidents.models import Capture, CaptureText, CopyKind, Job
from tests.incidents import factories
from tests.incidents.evidence import files
from tests.incidents.evidence.test_receiving import acts_by_itself

pytestmark = pytest.mark.django_db

XMP = b"<x:xmpmeta>Secret Author</x:xmpmeta>"


def looked_into(content, name, **values):
    row = files.capture(content, name, **values)
    look_into(row, by=row.captured_by)
    row.refresh_from_db()
    return row


def clean_copy(row):
    copy = row.derivatives.get()
    assert copy.copy_kind == CopyKind.CLEANED
    return files.content_of(copy)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (files.pdf("The family waited."), "a.pdf"),
        (files.docx("The family waited."), "a.docx"),
        (files.odt("The family waited."), "a.odt"),
        (b"<html><style>x{}</style><p>The family <b>waited.</b></p></html>", "a.html"),
        (b"The family waited.", "a.txt"),
        ("The family waited.".encode("utf-16"), "b.txt"),
    ],
    ids=["PDF", "DOCX", "ODT", "HTML", "TXT", "UTF-16"],
)
def test_the_words_of_a_document_are_read_and_its_source_is_found_by_them(content, name):
    row = looked_into(content, name)
    assert " ".join(CaptureText.objects.get(capture=row).text.split()) == "The family waited."
    assert row.dangers == []
    assert [found.capture for found in files_that_say("FAMILY wait")] == [row]
    assert not files_that_say("family stayed")


def test_words_in_urdu_are_found_in_other_spellings_of_their_letters():
    row = looked_into("بالاچ کو گھر سے اٹھایا گیا".encode(), "a.txt")
    assert [found.capture for found in files_that_say("بالاچ گھر")] == [row]
    assert [found.capture for found in files_that_say("كو")] == [row]


def test_an_operator_of_the_search_is_a_word_like_any_other():
    looked_into(b"one two", "a.txt")
    for words in ("one & !two", "one | three", "one:*A", "'", "(", "\\", ":*"):
        list(files_that_say(words))
    assert not files_that_say("one | three")


def test_scripts_and_styles_of_a_page_are_no_words():
    row = looked_into(b"<html><script>var hidden</script><p>seen</p></html>", "a.html")
    assert row.extracted.text.split() == ["seen"]


def test_a_long_text_is_cut_and_says_so():
    row = looked_into(b"word " * MOST_TEXT, "a.txt")
    text = CaptureText.objects.get(capture=row)
    assert (len(text.text), text.is_cut) == (MOST_TEXT, True)


def test_the_words_of_a_confidential_source_are_kept_nowhere():
    row = looked_into(b"The guard spoke.", "a.txt", source=factories.source(confidential=True))
    assert row.examined_at is not None
    assert not CaptureText.objects.exists()
    with pytest.raises(Error), transaction.atomic():
        CaptureText.objects.create(capture=row, text="The guard spoke.")


def test_words_are_gone_in_the_moment_in_which_a_source_becomes_confidential():
    row, other = looked_into(b"one", "a.txt"), looked_into(b"other", "b.txt")
    row.source.confidential = True
    row.source.save()
    assert [text.capture for text in CaptureText.objects.all()] == [other]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_a_picture_gets_a_copy_of_its_pixels_alone(kind):
    more = {} if kind == "TIFF" else {"xmp": XMP} if kind != "PNG" else {}
    name = {"JPEG": "a.jpg", "PNG": "a.png", "WEBP": "a.webp", "TIFF": "a.tif"}[kind]
    content = files.picture(kind, **more) + (b"hidden behind the end" if kind == "JPEG" else b"")
    assert files.SECRET.encode() in content
    row = looked_into(content, name)
    clean = clean_copy(row)
    for secret in (files.SECRET.encode(), XMP, b"hidden behind", b"Exif"):
        assert secret not in clean
    with Image.open(io.BytesIO(clean)) as picture:
        assert picture.size == (64, 48)
        assert not picture.getexif()
        assert not set(picture.info) - {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def _telling(writer):
    acts_by_itself(writer)
    writer.add_attachment("list.txt", b"Secret Author")
    page = writer.pages[0]
    page[NameObject("/PieceInfo")] = DictionaryObject(
        {NameObject("/App"): TextStringObject(files.SECRET)}
    )
    note = DictionaryObject({NameObject("/Contents"): TextStringObject(files.SECRET)})
    page[NameObject("/Annots")] = writer._add_object(note)


def test_a_pdf_gets_a_copy_without_metadata_scripts_notes_and_files():
    row = looked_into(files.pdf("The family waited.", change=_telling), "a.pdf")
    clean = clean_copy(row)
    assert files.SECRET.encode() not in clean
    words = (
        rb"/(Author|Producer|CreationDate|JavaScript|OpenAction|EmbeddedFiles?|Annots|PieceInfo)"
    )
    assert not re.search(words, clean)
    reader = PdfReader(io.BytesIO(clean))
    assert not reader.metadata
    assert reader.pages[0].extract_text().strip() == "The family waited."


def test_a_clean_copy_stands_in_both_logs_and_is_made_once():
    row = looked_into(files.picture(), "a.jpg")
    look_into(row, by=row.captured_by)
    copy = row.derivatives.get()
    assert files.acts(row) == ["received", "derived"]
    assert files.acts(copy) == ["received"]
    assert copy.examined_at is not None


def test_a_script_packed_away_in_a_pdf_is_found_by_the_worker():
    def change(writer):
        action = {"/S": NameObject("/URI"), "/JS": TextStringObject("app.alert(1)")}
        made = DictionaryObject({NameObject(key): value for key, value in action.items()})
        writer._root_object[NameObject("/Thing")] = writer._add_object(made)

    content = files.pdf(change=change)
    row = files.capture(content)
    assert row.dangers == []
    look_into(row, by=None)
    row.refresh_from_db()
    assert row.dangers == ["script"]


@pytest.mark.parametrize(
    ("content", "name", "danger"),
    [
        (b"%PDF-1.7\n" + b"broken" * 50, "a.pdf", "unreadable"),
        (files.picture()[:400], "a.jpg", "unreadable"),
        (
            files.docx(
                **{
                    "word/_rels/settings.xml.rels": (
                        '<R><Relationship Type="x/attachedTemplate" TargetMode="External"/></R>'
                    )
                }
            ),
            "a.docx",
            "from-outside",
        ),
        (
            files.docx("&a;"),
            "a.docx",
            "unreadable",
        ),
    ],
    ids=["PDF", "picture", "template elsewhere", "entity"],
)
def test_what_cannot_be_read_or_loads_something_is_kept_apart(content, name, danger):
    assert looked_into(content, name).dangers == [danger]


def test_a_document_that_unpacks_without_end_is_given_up():
    bomb = files.docx("A" * (50 * 1024**2))
    row = looked_into(bomb, "a.docx")
    assert row.dangers == ["unreadable"]
    assert not CaptureText.objects.exists()


def test_a_picture_of_very_many_pixels_gets_no_copy_and_is_no_danger_for_that():
    out = io.BytesIO()
    Image.new("1", (12_000, 12_000)).save(out, "PNG")
    row = looked_into(out.getvalue(), "a.png")
    assert (row.dangers, row.derivatives.count()) == ([], 0)


def test_the_process_that_reads_files_is_told_no_variable_of_ours(monkeypatch, tmp_path):
    monkeypatch.setenv("GAWAH_SECRET_KEY", "known")
    teller = tmp_path / "teller"
    teller.write_text(
        f"#!{sys.executable}\nimport json, os\n"
        'print(json.dumps({"dangers": [], "text": " ".join(os.environ), "is_cut": False}))\n'
    )
    teller.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(teller))
    with (tmp_path / "teller").open("rb") as file:
        told = read_apart(file, "text/plain").text.split()
    assert sorted(told) == ["LANG", "PATH"]


def _locked_against_changes(writer):
    writer.encrypt(user_password="", owner_password="x", algorithm="RC4-128")


def test_a_pdf_that_opens_without_a_password_is_read():
    content = files.pdf("The family waited.", change=_locked_against_changes)
    row = files.capture(content, "a.pdf")
    assert row.dangers == ["locked"]
    look_into(row, by=None)
    row.refresh_from_db()
    assert row.dangers == []
    assert row.extracted.text.strip() == "The family waited."


def test_one_broken_object_does_not_make_a_pdf_unreadable():
    content = files.pdf("The family waited.", change=lambda w: w._add_object(NumberObject(7777)))
    row = looked_into(content.replace(b"7777", b"<<[("), "a.pdf")
    assert row.dangers == []
    assert row.extracted.text.strip() == "The family waited."


def _field(*pieces):
    runs = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in pieces)
    return f'<w:fldChar w:fldCharType="begin"/>{runs}<w:fldChar w:fldCharType="end"/>'


def _word_part(content):
    return f'<w:hdr xmlns:w="{files.WORD}"><w:p>{content}</w:p></w:hdr>'


XLINK = 'xmlns:xlink="http://www.w3.org/1999/xlink"'
ODF = f'<o:d xmlns:o="urn:o" xmlns:draw="urn:d" {XLINK}>%s</o:d>'
LOADED = '<draw:image xlink:href="%s" xlink:type="simple" xlink:actuate="onLoad"/>'
CALLING = {
    "DOCX field in pieces": (
        files.docx(**{"word/header1.xml": _word_part(_field("INCLU", "DEPICTURE", " x"))}),
        "a.docx",
    ),
    "DOCX short field": (
        files.docx(**{"word/header1.xml": _word_part('<w:fldSimple w:instr="DDEAUTO c k"/>')}),
        "a.docx",
    ),
    "ODT picture": (
        files.odt(**{"Object 1/content.xml": ODF % LOADED % "https://example.org/a.png"}),
        "a.odt",
    ),
    "ODT style": (files.odt(**{"styles.xml": ODF % LOADED % "//example.org/a.png"}), "a.odt"),
    "page of disguised addresses": (
        b"<html><body><img alt=x src=' \nhtt&#112;s://example.org/a.png'></body></html>",
        "a.html",
    ),
}


@pytest.mark.parametrize("case", CALLING)
def test_a_document_that_calls_home_when_it_is_opened_is_kept_apart(case):
    content, name = CALLING[case]
    assert "from-outside" in looked_into(content, name).dangers


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (files.docx(**{"word/header1.xml": _word_part(_field("PA", "GE"))}), "a.docx"),
        (
            files.docx(
                **{
                    "word/_rels/document.xml.rels": (
                        '<R><Relationship Type="x/hyperlink" TargetMode="External"/></R>'
                    )
                }
            ),
            "a.docx",
        ),
        (files.odt(**{"styles.xml": ODF % LOADED % "Pictures/a.png"}), "a.odt"),
        (files.odt(**{"styles.xml": ODF % '<a xlink:href="https://example.org"/>'}), "a.odt"),
        (b"<html><p><a href='https://example.org/'>x</a><img src=a.png></p></html>", "a.html"),
        (b"<html><p><img src='data:image/png;base64,ab//cd'></p></html>", "a.html"),
    ],
)
def test_links_to_be_pressed_and_pictures_within_call_nobody(content, name):
    assert looked_into(content, name).dangers == []


def test_the_words_of_an_odt_keep_their_order_and_their_gaps():
    text = (
        "He <text:span>was <text:span>tak</text:span>en</text:span> from"
        '<text:tab/>his<text:s text:c="2"/>home<text:line-break/>at <text:a>night</text:a>.'
        "</text:p><text:p>Nobody knows."
    )
    row = looked_into(files.odt(text), "a.odt")
    assert row.extracted.text == "He was taken from\this home\nat night.\nNobody knows.\n"


def test_the_words_of_a_docx_are_those_of_its_runs_alone():
    text = "He was </w:t></w:r><w:r><w:instrText>PAGE</w:instrText><w:t>tak</w:t></w:r>\n<w:r>"
    row = looked_into(files.docx(f"{text}<w:t>en.</w:t><w:br/><w:t>At night."), "a.docx")
    assert row.extracted.text == "He was taken.\nAt night.\n"


@pytest.mark.parametrize("encoding", ["cp1256", "cp1252"])
def test_words_written_before_unicode_are_read(encoding):
    text = {"cp1256": "بالاج كو كهر سى اثهايا كيا، اور وه واپس نهين آيا", "cp1252": "Señor café"}
    declared = f'<html><meta charset="{encoding}"><p>{text[encoding]}</p></html>'
    row = looked_into(declared.encode(encoding), "a.html")
    assert row.extracted.text.strip() == text[encoding]


def test_evidence_that_was_removed_while_it_was_read_does_not_come_back(folder):
    row = files.capture()
    seen = Capture.objects.get(pk=row.pk)
    Capture.objects.filter(pk=row.pk).update(storage_name="")
    # The file was open before the row was emptied.
    look_into(seen, by=None)
    row.refresh_from_db()
    assert (row.examined_at, Capture.objects.count()) == (None, 1)
    assert not CaptureText.objects.exists()
    assert len([path for path in folder.rglob("*") if path.is_file()]) == 1


def _come_back(monkeypatch, copy):
    told = Read(frozenset(), "", False, copy)
    monkeypatch.setattr("incidents.evidence.working.read_apart", lambda file, media_type: told)


@pytest.mark.parametrize(
    "copy",
    [b"MZ program", files.picture("PNG"), files.pdf(change=acts_by_itself), b"no picture"],
    ids=["program", "another type", "document that acts", "text"],
)
def test_a_copy_that_is_not_what_it_should_be_is_dropped(monkeypatch, copy):
    _come_back(monkeypatch, copy)
    assert looked_into(files.pdf(), "a.pdf").derivatives.count() == 0


def test_what_somebody_saw_meanwhile_stays_beside_what_the_worker_found():
    row = files.capture()
    seen = Capture.objects.get(pk=row.pk)
    Capture.objects.filter(pk=row.pk).update(dangers=["not-as-named"])
    look_into(seen, by=None)
    row.refresh_from_db()
    assert row.dangers == ["not-as-named"]


def test_a_file_that_is_gone_is_not_looked_into():
    row = files.capture()
    path_of(row.storage_name).unlink()
    look_into(row, by=None)
    row.refresh_from_db()
    assert row.examined_at is None


@pytest.mark.django_db(transaction=True)
def test_what_comes_in_is_looked_into_by_the_worker():
    row = files.capture()
    work_off(once=True)
    row.refresh_from_db()
    assert row.examined_at is not None
    job = Job.objects.get()
    assert (job.kind, job.state, job.message) == (
        "examine-files",
        "done",
        "1 file was looked into.",
    )
    assert Capture.objects.count() == 2
