"""What is taken in as evidence, what is kept apart, what is refused, and where it lies."""

import os
import stat
import time
from hashlib import sha256
from threading import Thread

import pytest
from django.db import Error, connection, transaction
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from incidents.evidence.kinds import KINDS
from incidents.evidence.receiving import examine, fill_in
from incidents.evidence.sniffing import FileRefused
from incidents.evidence.storing import (
    all_or_none,
    incoming,
    keep,
    path_of,
    sweep_incoming,
    unnamed_files,
)
from incidents.models import Capture, CustodyEntry, Danger
from incidents.visibility import visible_to
from tests.incidents import factories
from tests.incidents.evidence import files
from tests.incidents.evidence.two import until_somebody_waits_for_us

pytestmark = pytest.mark.django_db

HTML = b"<!doctype html><html><head><title>Dawn</title></head><body><p>News.</p></body></html>"
OGG = b"OggS" + bytes(60)
MP4 = b"\0\0\0\x20ftypisom" + bytes(60)

SOUND = {
    "application/pdf": ("a.pdf", files.pdf()),
    "image/jpeg": ("a.JPG", files.picture()),
    "image/png": ("a.png", files.picture("PNG")),
    "image/webp": ("a.webp", files.picture("WEBP")),
    "image/tiff": ("a.tif", files.picture("TIFF")),
    "text/plain": ("statement of 26.11", "بالاچ کو گھر سے اٹھایا گیا".encode()),
    "text/html": ("a.html", HTML),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": (
        "a.docx",
        files.docx(),
    ),
    "application/vnd.oasis.opendocument.text": ("a.odt", files.odt()),
    "audio/mpeg": ("a.mp3", b"ID3\x04" + bytes(60)),
    "audio/mp4": ("a.m4a", b"\0\0\0\x20ftypM4A " + bytes(60)),
    "audio/ogg": ("a.ogg", OGG),
    "video/mp4": ("a.mp4", MP4),
}


def test_there_is_a_sound_example_of_each_type_that_is_taken():
    assert set(SOUND) == set(KINDS)


@pytest.mark.parametrize("media_type", SOUND)
def test_the_content_says_what_a_file_is_and_a_sound_one_is_not_kept_apart(media_type):
    name, content = SOUND[media_type]
    found = examine(files.upload(content, name))
    assert (found.sniffed.media_type, found.sniffed.dangers) == (media_type, ())
    assert found.sha256 == sha256(content).hexdigest()


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (b"", "a.pdf", "is empty"),
        (b"MZ\x90\0" + bytes(60), "a.pdf", "is a program"),
        (b"\x7fELF" + bytes(60), "photo.jpg", "is a program"),
        (b"#!/bin/sh\nrm -rf /\n", "notes.txt", "is a program"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(60), "a.doc", "save it as DOCX or PDF"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "a.svg", "not taken in"),
        (b"\0\0\0\x20ftypheic" + bytes(60), "a.heic", "photograph as JPEG"),
        (files.archive({"a.txt": "x"}), "a.zip", "not taken in"),
        (b"\x00\x01\x02\x03" * 20, "a.txt", "not taken in"),
        (b"GIF89a" + bytes(60), "a.gif", "not taken in"),
    ],
)
def test_what_is_not_on_the_list_is_refused_with_the_reason(content, name, reason):
    with pytest.raises(FileRefused, match=reason):
        examine(files.upload(content, name))


@pytest.mark.parametrize("end", [b"<html>", b"<p>News", b""])
def test_many_comments_before_a_page_freeze_nobody(end):
    content = b"<!---->\n" * 5_000 + end
    assert examine(files.upload(content, "a.html")).sniffed.media_type == "text/html"


@pytest.mark.parametrize("word", [b"<", b" src =", b" onload", b"javascript", b"url"])
def test_very_many_spaces_in_a_page_freeze_nobody(word):
    content = HTML + word + b" " * 300_000
    assert examine(files.upload(content, "a.html")).sniffed.dangers == ()


@pytest.mark.parametrize("encoding", ["cp1252", "cp1256", "latin-1"])
def test_texts_and_pages_from_before_unicode_are_taken(encoding):
    text = "Señor café" if encoding != "cp1256" else "بالاج كو كهر"
    plain = examine(files.upload(text.encode(encoding), "a.txt")).sniffed
    page = examine(files.upload(f"<html><p>{text}</p>".encode(encoding), "a.html")).sniffed
    assert (plain.media_type, page.media_type) == ("text/plain", "text/html")


def _with_other_numbers(content):
    """The list of an archive, with a record that says another length than the old one."""
    at = content.rfind(b"PK\x05\x06")
    return content[:at] + b"PK\x06\x07" + bytes(16) + content[at:]


def test_an_archive_with_two_records_of_its_end_is_refused():
    assert examine(files.upload(files.docx(), "a.docx")).sniffed.dangers == ()
    with pytest.raises(FileRefused):
        examine(files.upload(_with_other_numbers(files.docx()), "a.docx"))


def test_an_archive_that_is_too_large_is_refused_before_its_list_is_read(settings):
    settings.GAWAH_LARGEST_DOCUMENT_MB = 0
    with pytest.raises(FileRefused, match="at most 0 MB"):
        examine(files.upload(files.archive({"a.txt": "x"}), "a.zip"))


@pytest.mark.parametrize(
    "told",
    [
        b"<img src=http://example.org/a.png>",
        b"<IMG SRCSET = '//example.org/a.png 2x'>",
        b"<video poster=https://example.org/a.png>",
        b"<td background='http://example.org/a.png'>",
        b"<link rel=icon href=a.png>",
        b"<p style='background: url(a.png)'>",
        b"<img src='&#104;ttp://example.org/a.png'>",
    ],
)
def test_a_page_that_calls_home_when_it_is_opened_is_kept_apart(told):
    content = HTML.replace(b"<p>", told + b"<p>")
    assert Danger.FROM_OUTSIDE in examine(files.upload(content, "a.html")).sniffed.dangers


def test_a_file_that_is_too_large_is_refused_with_what_would_be_right(settings):
    settings.GAWAH_LARGEST_DOCUMENT_MB = 0
    with pytest.raises(FileRefused, match="at most 0 MB"):
        examine(files.upload(files.pdf()))
    assert examine(files.upload(MP4, "a.mp4")).bytes == len(MP4)


def acts_by_itself(writer):
    action = {"/Type": "/Action", "/S": "/JavaScript"}
    made = {NameObject(key): NameObject(value) for key, value in action.items()}
    made[NameObject("/JS")] = TextStringObject("app.alert(1)")
    writer._root_object[NameObject("/OpenAction")] = writer._add_object(DictionaryObject(made))


def _opens(writer):
    writer._root_object[NameObject("/OpenAction")] = writer.pages[0].indirect_reference


DANGEROUS = {
    "PDF with a script": (files.pdf(change=acts_by_itself), "a.pdf", "script"),
    "PDF that acts": (files.pdf(change=_opens), "a.pdf", "action"),
    "PDF with a name in disguise": (b"%PDF-1.4\n/L#61unch", "a.pdf", "action"),
    "PDF with files": (
        files.pdf(change=lambda w: w.add_attachment("a", b"b")),
        "a.pdf",
        "files-inside",
    ),
    "PDF that is locked": (files.pdf(change=lambda w: w.encrypt("x")), "a.pdf", "locked"),
    "PDF behind something": (b"junk" + files.pdf(), "a.pdf", "not-as-named"),
    "page with a script": (HTML.replace(b"<p>", b"<script>1</script><p>"), "a.html", "script"),
    "page with a handler": (HTML.replace(b"<p>", b"<p onclick='x()'>"), "a.html", "script"),
    "page with a frame": (HTML.replace(b"<p>", b"<iframe src=x>"), "a.html", "from-outside"),
    "page of two bytes a letter": (
        "\ufeff<html><script>1</script></html>".encode("utf-16-le"),
        "a.html",
        "script",
    ),
    "document with macros": (files.docx(**{"word/vbaProject.bin": "x"}), "a.docx", "macros"),
    "document with files": (files.docx(**{"word/embeddings/a.bin": "x"}), "a.docx", "files-inside"),
    "ODT with macros": (files.odt(**{"Basic/Standard/a.xml": "x"}), "a.odt", "macros"),
    "picture called PDF": (files.picture(), "a.pdf", "not-as-named"),
    "PDF called program": (files.pdf(), "a.pdf.exe", "not-as-named"),
}


@pytest.mark.parametrize("case", DANGEROUS)
def test_what_could_do_harm_is_kept_apart_and_says_why(case):
    content, name, danger = DANGEROUS[case]
    assert danger in examine(files.upload(content, name)).sniffed.dangers


def test_a_word_cut_by_the_end_of_a_block_is_still_seen():
    at = 1024 * 1024 - 5
    content = b"%PDF-1.4\n".ljust(at, b"x") + b"/JavaScript (1)" + bytes(100)
    assert Danger.SCRIPT in examine(files.upload(content)).sniffed.dangers


def test_a_file_lies_under_its_hash_read_only_and_private(folder):
    row = files.capture()
    path = path_of(row.storage_name)
    assert path == folder / "evidence" / row.sha256[:2] / row.sha256
    assert stat.S_IMODE(path.stat().st_mode) == 0o400
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert sha256(files.content_of(row)).hexdigest() == row.sha256
    assert not list((folder / "evidence" / "incoming").iterdir())


def test_the_same_bytes_of_two_sources_are_kept_once(folder):
    one, other = files.capture(), files.capture()
    assert one.source != other.source
    assert one.storage_name == other.storage_name
    assert len([path for path in folder.rglob("*") if path.is_file()]) == 1


def test_a_damaged_file_is_made_whole_when_the_same_bytes_come_again():
    row = files.capture()
    path = path_of(row.storage_name)
    path.chmod(0o600)
    path.write_bytes(b"something else")
    files.capture()
    assert sha256(files.content_of(row)).hexdigest() == row.sha256


class BrokenOff(Exception):
    """Something else on the page went wrong."""


def _capture_in_vain():
    with all_or_none(), transaction.atomic():
        files.capture()
        raise BrokenOff


def test_a_file_goes_again_if_its_row_is_not_kept(folder):
    with pytest.raises(BrokenOff):
        _capture_in_vain()
    assert not [path for path in folder.rglob("*") if path.is_file()]


def test_a_file_that_another_row_names_stays_when_one_is_undone():
    row = files.capture()
    with pytest.raises(BrokenOff):
        _capture_in_vain()
    assert files.content_of(row)


@pytest.mark.parametrize("change", [{"sha256": "a" * 64}, {"bytes": 1}, {"storage_name": "x"}])
def test_the_database_refuses_to_change_what_an_original_is(change):
    row = files.capture()
    with pytest.raises(Error), transaction.atomic():
        Capture.objects.filter(pk=row.pk).update(**change)


def test_the_hash_stays_when_the_file_has_left_since_its_log_was_made_with_it():
    row = files.capture()
    Capture.objects.filter(pk=row.pk).update(storage_name="")
    with pytest.raises(Error), transaction.atomic():
        Capture.objects.filter(pk=row.pk).update(sha256="a" * 64)


def test_each_level_of_the_folder_is_private(folder):
    files.capture()
    for path in (folder, folder / "evidence", folder / "evidence" / "incoming"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o700


def _grow_old(path):
    two_days_ago = time.time() - 2 * 24 * 60 * 60
    os.utime(path, (two_days_ago, two_days_ago))


def test_what_arrived_by_half_is_swept_after_a_day():
    old, young = incoming() / "old", incoming() / "young"
    for path in (old, young):
        path.write_bytes(b"half")
    _grow_old(old)
    assert sweep_incoming() == 1
    assert list(incoming().iterdir()) == [young]


def test_a_file_that_no_row_names_is_told_after_a_day_and_not_before():
    row, left = files.capture(), files.capture(b"left over", "a.txt")
    for each in (row, left):
        _grow_old(path_of(each.storage_name))
    assert list(unnamed_files()) == []
    name = left.storage_name
    Capture.objects.filter(pk=left.pk).update(storage_name="")
    assert list(unnamed_files()) == [name]
    os.utime(path_of(name))
    assert list(unnamed_files()) == []


def _keep_in_vain(other):
    with all_or_none(), transaction.atomic():
        keep([files.pdf()], in_trust=False)
        other.start()
        until_somebody_waits_for_us()
        raise BrokenOff


@pytest.mark.django_db(transaction=True)
def test_who_undoes_does_not_take_the_file_from_another_who_keeps_the_same(folder):
    """Both send the same bytes; the second waits for the first, who gives up."""
    kept, source = [], factories.source()

    def second():
        try:
            with all_or_none(), transaction.atomic():
                kept.append(files.capture(source=source))
        finally:
            connection.close()

    other = Thread(target=second)
    with pytest.raises(BrokenOff):
        _keep_in_vain(other)
    other.join()
    assert files.content_of(kept[0]) == files.pdf()


def test_no_name_leads_out_of_the_folder():
    for name in ("evidence/../secret", "/etc/passwd", "evidence/ab/../../x", "pictures/ab/x"):
        with pytest.raises(ValueError, match="No name"):
            path_of(name)


def test_what_came_in_is_written_into_the_log_without_its_name():
    row = files.capture(name="Statement of Balach.pdf")
    [entry] = CustodyEntry.objects.filter(capture=row)
    assert (entry.act, entry.reason) == ("received", f"{row.bytes} bytes, application/pdf")
    assert row.file_name == "Statement of Balach.pdf"


def test_a_redacted_copy_is_a_file_of_its_own_that_its_original_knows_of():
    original = files.capture()
    copy = files.capture(
        files.pdf("Name removed."),
        source=original.source,
        derived_from=original,
        copy_kind="redacted",
    )
    assert files.acts(original) == ["received", "derived"]
    assert files.acts(copy) == ["received"]
    last = CustodyEntry.objects.filter(capture=original).last()
    assert last.reason == f"redacted: {copy.sha256}"


def test_a_row_that_has_its_file_takes_no_other():
    row, sent = files.capture(), files.upload(files.pdf("Another"))
    with pytest.raises(ValueError, match="never changes"):
        fill_in(row, sent, examine(sent))


def test_files_of_a_restricted_case_are_seen_by_nobody_else():
    row, case = files.capture(), factories.incident(restricted=True)
    factories.cite(case, row.source)
    assert not visible_to(factories.staff(), Capture.objects.filter(pk=row.pk)).exists()
