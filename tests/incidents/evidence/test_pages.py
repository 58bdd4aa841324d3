"""Files on the pages of staff: sent in, looked up, downloaded, checked."""

import math
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from incidents.admin.custody_words import reason_in_words
from incidents.evidence import custody
from incidents.evidence.receiving import examine
from incidents.evidence.storing import path_of
from incidents.evidence.verifying import verify
from incidents.evidence.working import look_into
from incidents.models import AccessEvent, Capture, CustodyEntry, Job
from record.models import Revision
from reference import vocabularies
from tests.incidents import factories
from tests.incidents.admin.pages import Form, errors_of, messages_of
from tests.incidents.evidence import files

pytestmark = pytest.mark.django_db

SCRIPT = b"<html><script>1</script><p>The gate</p></html>"


def page_of(source):
    return f"/admin/incidents/source/{source.pk}/change/"


def file_page(row, step=""):
    return f"/admin/incidents/source/{row.source_id}/files/{row.pk}/{step}"


def send(client, source, content=None, name="Statement of Balach.pdf", **values):
    form = Form(client, page_of(source), "source_form")
    prefix = form.add_row("captures", **values)
    return form.send(**{f"{prefix}-upload": files.upload(content or files.pdf(), name)})


def looked_into(row):
    look_into(row, by=row.captured_by)
    return row


def test_a_clerk_sends_a_file_in_and_all_that_it_says_of_itself_is_kept(clerk):
    source = factories.source()
    answer = send(clerk, source, method="wget", url="https://example.org/a")
    assert answer.status_code == 302, errors_of(answer)
    row = source.captures.get()
    assert files.content_of(row) == files.pdf()
    assert (row.bytes, row.media_type) == (len(files.pdf()), "application/pdf")
    assert (row.file_name, row.method) == ("Statement of Balach.pdf", "wget")
    assert (row.captured_by, row.entered_by) == (clerk.member, clerk.member)
    # It is published: the second would tell who was at work then.
    assert row.captured_at is None
    assert files.acts(row) == ["received"]


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (b"MZ" + bytes(60), "a.pdf", "is a program"),
        (b"GIF89a" + bytes(60), "a.pdf", "not taken in"),
    ],
)
def test_a_refused_file_says_why_at_its_box_and_leaves_nothing(
    clerk, folder, content, name, reason
):
    answer = send(clerk, factories.source(), content, name)
    assert any(reason in error for error in errors_of(answer))
    assert not Capture.objects.exists()
    assert not folder.exists()


def test_the_same_file_a_second_time_is_recognised(clerk):
    source = factories.source()
    send(clerk, source)
    answer = send(clerk, source, name="Other name.pdf")
    assert any("has exactly this file already" in error for error in errors_of(answer))
    assert source.captures.count() == 1


def test_the_same_file_twice_on_one_page_is_refused(clerk):
    form = Form(clerk, page_of(factories.source()), "source_form")
    sent = {f"{form.add_row('captures')}-upload": files.upload(files.pdf()) for _time in range(2)}
    answer = form.send(**sent)
    assert any("chosen twice" in error for error in errors_of(answer))


def test_a_row_without_file_and_hash_is_refused(clerk):
    form = Form(clerk, page_of(factories.source()), "source_form")
    form.add_row("captures", method="wget")
    assert any("Choose the file" in error for error in errors_of(form.send()))


def test_a_file_with_another_hash_than_the_one_typed_is_refused(clerk):
    answer = send(clerk, factories.source(), sha256="a" * 64)
    assert any("another SHA-256" in error for error in errors_of(answer))


def test_a_hash_that_was_typed_gets_its_file_later_and_then_never_another(clerk):
    original = files.capture()
    source = factories.source()
    Capture.objects.create(source=source, sha256=original.sha256)
    form = Form(clerk, page_of(source), "source_form")
    answer = form.send(**{"captures-0-upload": files.upload(files.pdf())})
    assert answer.status_code == 302, errors_of(answer)
    row = source.captures.get()
    assert row.is_held
    form = Form(clerk, page_of(source), "source_form")
    assert "captures-0-sha256" not in form.values
    form.send(**{"captures-0-upload": files.upload(b"other"), "captures-0-sha256": "b" * 64})
    row.refresh_from_db()
    assert row.sha256 == original.sha256


def test_the_hash_of_a_file_that_left_stays_and_the_file_can_come_back(clerk):
    row = files.capture()
    Capture.objects.filter(pk=row.pk).update(storage_name="")
    assert "captures-0-sha256" not in Form(clerk, page_of(row.source), "source_form").values
    form = Form(clerk, page_of(row.source), "source_form")
    form.send(**{"captures-0-sha256": "b" * 64, "captures-0-method": "scanned"})
    row.refresh_from_db()
    assert (row.sha256, row.method) == (files.digest(files.pdf()), "scanned")
    form = Form(clerk, page_of(row.source), "source_form")
    answer = form.send(**{"captures-0-upload": files.upload(files.pdf())})
    assert answer.status_code == 302, errors_of(answer)
    row.refresh_from_db()
    assert row.is_held


def test_a_hash_that_was_typed_wrongly_is_mended_as_long_as_nothing_was_done_with_the_file(clerk):
    source = factories.source()
    Capture.objects.create(source=source, sha256="a" * 64)
    Form(clerk, page_of(source), "source_form").send(**{"captures-0-sha256": "b" * 64})
    assert source.captures.get().sha256 == "b" * 64


def test_a_file_larger_than_any_that_is_taken_is_dropped_while_it_arrives(clerk, folder, settings):
    settings.GAWAH_LARGEST_DOCUMENT_MB = settings.GAWAH_LARGEST_RECORDING_MB = 3
    large = files.pdf() + bytes(4 * 1024**2)
    answer = send(clerk, factories.source(), large)
    assert any("larger than 3 MB" in error for error in errors_of(answer))
    assert not Capture.objects.exists()
    assert not [path for path in folder.rglob("*") if path.is_file()]


def test_a_dropped_file_is_told_also_where_nothing_else_was_typed(clerk, settings):
    source = factories.source()
    form = Form(clerk, page_of(source), "source_form")
    prefix = form.add_row("captures")
    settings.GAWAH_LARGEST_DOCUMENT_MB = settings.GAWAH_LARGEST_RECORDING_MB = 0
    answer = form.send(**{f"{prefix}-upload": files.upload(files.pdf())})
    assert any("larger than 0 MB" in error for error in errors_of(answer))


def test_a_large_file_arrives_in_a_folder_of_ours(clerk, folder, monkeypatch):
    seen = []

    def look(upload):
        seen.append((Path(upload.file.name).parent, upload.size))
        return examine(upload)

    monkeypatch.setattr("incidents.admin.captures.examine", look)
    content = files.pdf() + bytes(4 * 1024**2)
    answer = send(clerk, factories.source(), content)
    assert answer.status_code == 302, errors_of(answer)
    assert seen == [(folder / "evidence" / "incoming", len(content))]
    assert not list((folder / "evidence" / "incoming").iterdir())


def test_a_redacted_copy_names_its_original_and_what_was_done(clerk):
    original = files.capture()
    source, content = original.source, files.pdf("Redacted.")
    half = send(clerk, source, content, derived_from=original)
    assert any("choose both" in error for error in errors_of(half))
    answer = send(clerk, source, content, derived_from=original, copy_kind="redacted")
    assert answer.status_code == 302, errors_of(answer)
    assert original.derivatives.get().copy_kind == "redacted"
    assert files.acts(original) == ["received", "derived"]


def test_a_file_is_sent_as_an_attachment_that_no_browser_opens(clerk):
    row = looked_into(files.capture(b"The gate", "Balach.txt"))
    answer = clerk.get(file_page(row, "download/"))
    assert b"".join(answer.streaming_content) == b"The gate"
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"] == f'attachment; filename="file-{row.sha256[:12]}.txt"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "no-store" in answer["Cache-Control"]
    last = CustodyEntry.objects.filter(capture=row).last()
    assert (last.act, last.actor) == ("copied", clerk.member)
    assert AccessEvent.objects.filter(act="exported", member=clerk.member).exists()


def test_a_file_kept_apart_is_sent_only_after_a_confirmation(clerk):
    row = looked_into(files.capture(SCRIPT, "a.html"))
    asked = clerk.get(file_page(row, "download/"))
    assert "it holds a script" in asked.content.decode()
    assert "copied" not in files.acts(row)
    clerk.post(file_page(row, "download/"))
    assert "copied" not in files.acts(row)
    sent = clerk.post(file_page(row, "download/"), {"confirmed": "yes"})
    assert b"".join(sent.streaming_content) == SCRIPT
    assert sent["Content-Disposition"].startswith("attachment")
    assert files.acts(row)[-1] == "copied"


def test_a_file_into_which_nobody_looked_yet_is_asked_about_too(clerk):
    row = files.capture(b"The gate", "a.txt")
    assert "Nobody has looked into" in clerk.get(file_page(row, "download/")).content.decode()


def test_a_file_that_is_gone_says_so(clerk):
    row = looked_into(files.capture(b"The gate", "a.txt"))
    path_of(row.storage_name).unlink()
    assert clerk.get(file_page(row, "download/")).status_code == 302
    assert any("is not here" in message for message in messages_of(clerk))


def test_reading_the_words_of_a_file_stands_in_its_log(clerk):
    row = looked_into(files.capture(SCRIPT, "a.html"))
    page = clerk.get(file_page(row, "text/")).content.decode()
    assert "The gate" in page
    assert files.acts(row)[-1] == "opened"


def test_words_of_a_file_are_shown_as_text_never_as_a_page(clerk):
    row = looked_into(files.capture(b"seen <script>alert(1)</script>", "a.txt"))
    assert "seen &lt;script&gt;alert(1)" in clerk.get(file_page(row, "text/")).content.decode()


def test_the_page_of_a_file_shows_its_log_and_whether_it_hangs_together(clerk):
    row = files.capture()
    page = clerk.get(file_page(row)).content.decode()
    assert "The log is unbroken." in page
    assert custody.entries_of([row]).get().hash in page
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE incidents_custodyentry DISABLE TRIGGER custody_is_append_only")
        cursor.execute("UPDATE incidents_custodyentry SET reason = 'nothing'")
    assert "does not hang together" in clerk.get(file_page(row)).content.decode()


def test_the_log_is_read_in_the_language_of_the_reader(clerk):
    row = files.capture(SCRIPT, "a.html")
    custody.note(row, custody.Act.COPIED, by=clerk.member, reason="downloaded")
    custody.note(row, custody.Act.COPIED, by=clerk.member, reason="in words of somebody")
    page = clerk.get(file_page(row)).content.decode()
    assert f"{len(SCRIPT)} bytes, text/html. Kept apart: it holds a script." in page
    assert "in words of somebody" in page


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        ("downloaded", "downloaded"),
        (f"made from {'a' * 64}", f"made from {'a' * 64}"),
        (f"cleaned: {'a' * 64}", f"without metadata, made by the program: {'a' * 64}"),
        (f"working copy: {'a' * 64}", f"working copy: {'a' * 64}"),
        ("7 bytes, text/plain", "7 bytes, text/plain"),
        ("", ""),
    ],
)
def test_each_reason_that_the_program_writes_has_words(reason, told):
    assert reason_in_words(reason) == told


def test_a_damaged_file_is_red_on_the_page_of_its_source(clerk):
    row = files.capture()
    assert "file-damaged" not in clerk.get(page_of(row.source)).content.decode()
    path_of(row.storage_name).unlink()
    verify(Capture.objects.all(), by=None)
    assert 'class="file-damaged">MISSING' in clerk.get(page_of(row.source)).content.decode()
    assert "MISSING OR CHANGED" in clerk.get(file_page(row)).content.decode()


def test_files_of_a_restricted_case_do_not_exist_for_others(clerk):
    row, case = looked_into(files.capture(SCRIPT, "a.html")), factories.incident(restricted=True)
    factories.cite(case, row.source)
    for step in ("", "text/", "download/"):
        assert clerk.get(file_page(row, step)).status_code == 404
    assert clerk.post(file_page(row, "download/"), {"confirmed": "yes"}).status_code == 404
    assert not Capture.objects.filter(pk=row.pk, custody__act__in=["opened", "copied"]).exists()
    assert AccessEvent.objects.filter(act="denied", member=clerk.member).exists()


def test_a_file_is_found_below_its_own_source_alone(clerk):
    row, other = files.capture(), factories.source()
    assert (
        clerk.get(file_page(row).replace(f"/{row.source_id}/", f"/{other.pk}/")).status_code == 404
    )


def test_an_administrator_sees_no_file(administrator):
    row = files.capture()
    for step in ("", "text/", "download/"):
        assert administrator.get(file_page(row, step)).status_code == 403


def test_sources_are_found_by_the_words_of_their_files_within_what_is_visible(clerk):
    seen, hidden = factories.source("Seen one"), factories.source("Hidden one")
    for source in (seen, hidden):
        looked_into(files.capture(f"The guard spoke {source}".encode(), "a.txt", source=source))
    factories.cite(factories.incident(restricted=True), hidden)
    page = clerk.get("/admin/incidents/source/", {"q": "guard spoke"}).content.decode()
    assert "Seen one" in page
    assert "Hidden one" not in page


def test_somebody_has_the_files_of_a_source_checked(clerk):
    row = files.capture()
    address = f"/admin/incidents/source/{row.source_id}/verify-files/"
    clerk.post(address)
    assert not Job.objects.exists()
    assert clerk.post(address, {"confirmed": "yes"}).status_code == 302
    job = Job.objects.get()
    assert (job.kind, job.arguments["sources"]) == ("verify-files", [row.source_id])


@pytest.fixture
def counted(monkeypatch):
    """For counting queries: vocabularies once read are not checked again, however slow we are."""
    monkeypatch.setattr(vocabularies, "CHECK_EVERY", math.inf)


def test_a_page_of_many_files_asks_the_database_no_more_often(clerk, counted):
    source = factories.source()
    clerk.get(page_of(source))
    counts = []
    for number in (2, 6):
        while source.captures.count() < number:
            files.capture(f"Text {source.captures.count()}".encode(), "a.txt", source=source)
        with CaptureQueriesContext(connection) as asked:
            assert clerk.get(page_of(source)).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_long_log_asks_the_database_no_more_often(clerk, counted):
    row = files.capture()
    clerk.get(file_page(row))
    counts = []
    for number in (5, 80):
        for _time in range(number):
            custody.note(row, custody.Act.OPENED, by=clerk.member)
        with CaptureQueriesContext(connection) as asked:
            assert clerk.get(file_page(row)).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_public_reads_of_the_original_and_not_of_the_copy_that_the_program_made():
    row, case = looked_into(files.capture(files.picture(), "a.jpg")), factories.incident()
    factories.cite(case, row.source)
    factories.publish(case)
    row.source.refresh_from_db()
    document = Revision.objects.get(reference=row.source.reference).document
    assert row.sha256 in document
    assert row.derivatives.get().sha256 not in document
    for word in ("a.jpg", "evidence", "storage_name", "dangers"):
        assert word not in document
