"""Files of confidential sources lie sealed on the disk, and are read as they came."""

import io
import os
import zipfile
from importlib import import_module
from threading import Thread
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as some

from incidents import roles
from incidents.evidence import settling, storing
from incidents.evidence.settling import settle
from incidents.evidence.sniffing import FileRefused
from incidents.evidence.storing import path_of
from incidents.evidence.verifying import verify
from incidents.evidence.working import look_into
from incidents.models import Capture, Source
from incidents.sealing.sources import SOURCES
from incidents.sealing.streams import (
    MAGIC,
    PART,
    UnreadableFileError,
    lies_sealed,
    opened_at,
    sealed_parts,
)
from tests.incidents import factories
from tests.incidents.admin.conftest import browser_of
from tests.incidents.admin.pages import Form
from tests.incidents.evidence import files
from tests.incidents.evidence.two import until_somebody_waits_for_us

pytestmark = pytest.mark.django_db

WORD = b"zqtrustword"
TEXT = b"The neighbour said " + WORD + b" at the gate, and nobody else did."


def trusted(**values):
    return factories.source("Told in trust", confidential=True, **values)


def capture(source=None, content=TEXT):
    return files.capture(content, "talk.txt", source=source or trusted())


def lying_open(folder, word=WORD):
    """Every file below the folder of private files in which the word stands."""
    paths = [path for path in folder.rglob("*") if path.is_file()]
    return [path for path in paths if word in path.read_bytes()]


def make_open(source):
    source = Source.objects.get(pk=source.pk)
    source.confidential = False
    source.save()


def settled(row):
    with transaction.atomic():
        settle(row.storage_name)


# ------------------------------------------------------------------------------------ the form


def write(path, content, seal=SOURCES):
    path.write_bytes(b"".join(sealed_parts(content, seal)))
    return path


@given(pieces=some.lists(some.binary(max_size=400), max_size=8), at=some.integers(0, 4000))
def test_whatever_is_sealed_reads_as_it_was_from_any_byte(tmp_path_factory, pieces, at):
    path = write(tmp_path_factory.mktemp("sealed") / "file", pieces)
    whole = b"".join(pieces)
    with opened_at(path, SOURCES) as file:
        assert file.read() == whole
        file.seek(at)
        assert file.read(7) == whole[at : at + 7]


@pytest.mark.parametrize("size", [0, 1, PART - 1, PART, PART + 1, 3 * PART, 3 * PART + 5])
def test_a_file_of_several_parts_reads_as_it_was(tmp_path, size):
    whole = os.urandom(size)
    path = write(tmp_path / "file", [whole[:1000], whole[1000:]])
    with opened_at(path, SOURCES) as file:
        assert file.read() == whole
        assert file.seek(0, io.SEEK_END) == size


@pytest.mark.parametrize("cut", [1, 16, 17, PART + 16, PART + 17, 2 * PART])
def test_a_file_that_was_cut_off_is_not_read_as_a_shorter_one(tmp_path, cut):
    path = write(tmp_path / "file", [os.urandom(3 * PART)])
    path.write_bytes(path.read_bytes()[:-cut])
    with pytest.raises(UnreadableFileError), opened_at(path, SOURCES) as file:
        file.read()


def test_a_file_that_was_cut_to_its_head_is_not_read_as_an_empty_one(tmp_path):
    path = write(tmp_path / "file", [os.urandom(3 * PART)])
    content = path.read_bytes()
    begin = content.index(b"\n", len(MAGIC)) + 1
    path.write_bytes(content[: begin + 16])
    with pytest.raises(UnreadableFileError), opened_at(path, SOURCES) as file:
        file.read()


def test_parts_that_changed_places_are_not_read(tmp_path):
    path = write(tmp_path / "file", [os.urandom(3 * PART)])
    content = path.read_bytes()
    begin = content.index(b"\n", len(MAGIC)) + 1
    one, two = (content[begin + n * (PART + 16) : begin + (n + 1) * (PART + 16)] for n in (0, 1))
    path.write_bytes(content[:begin] + two + one + content[begin + 2 * (PART + 16) :])
    with pytest.raises(UnreadableFileError), opened_at(path, SOURCES) as file:
        file.read()


def test_what_begins_like_a_sealed_file_is_not_taken_in():
    with pytest.raises(FileRefused):
        files.capture(MAGIC + files.pdf())


# ------------------------------------------------------------------------------- on the disk


def test_a_file_of_a_confidential_source_comes_to_the_disk_sealed(folder):
    row = capture()
    assert lying_open(folder) == []
    assert (files.content_of(row), row.sha256) == (TEXT, files.digest(TEXT))
    assert path_of(row.storage_name).stat().st_mode & 0o777 == 0o400


def test_a_file_of_an_open_source_lies_as_it_came(folder):
    row = capture(factories.source())
    assert lying_open(folder) == [path_of(row.storage_name)]


@pytest.mark.parametrize("way", ["save", "fields", "many"])
def test_a_source_that_becomes_confidential_has_its_files_and_copies_sealed(folder, way):
    row = files.capture(files.pdf(WORD.decode()))
    look_into(row, by=row.captured_by)
    assert len(lying_open(folder, b"%PDF")) == 2
    source = Source.objects.get(pk=row.source_id)
    source.confidential = True
    match way:
        case "save":
            source.save()
        case "fields":
            source.save(update_fields=["confidential"])
        case "many":
            Source.objects.filter(pk=source.pk).make_confidential()
    assert lying_open(folder, b"%PDF") == []
    for each in source.captures.all():
        assert files.digest(files.content_of(each)) == each.sha256


def test_a_source_that_is_opened_has_its_files_opened(folder, django_capture_on_commit_callbacks):
    row = capture()
    with django_capture_on_commit_callbacks(execute=True):
        make_open(row.source)
    assert lying_open(folder) == [path_of(row.storage_name)]
    assert files.content_of(row) == TEXT


def test_bytes_that_two_sources_hold_lie_sealed_while_one_is_confidential(
    folder, django_capture_on_commit_callbacks
):
    first, second = capture(), capture()
    capture(factories.source())
    for row, lies in ((first, 0), (second, 1)):
        with django_capture_on_commit_callbacks(execute=True):
            make_open(row.source)
        assert len(lying_open(folder)) == lies


def test_a_file_that_is_corrected_to_a_confidential_source_is_sealed(folder):
    row = capture(factories.source())
    row = Capture.objects.get(pk=row.pk)
    row.source = trusted()
    row.save()
    assert lying_open(folder) == []


def test_a_file_that_came_before_from_an_open_source_is_sealed(folder):
    capture(factories.source())
    capture()
    assert lying_open(folder) == []


def test_what_the_worker_makes_of_a_sealed_file_lies_sealed(folder):
    row = files.capture(files.pdf(WORD.decode()), source=trusted())
    look_into(row, by=row.captured_by)
    copy = Capture.objects.get(derived_from=row)
    assert lying_open(folder, b"%PDF") == []
    assert files.content_of(copy).startswith(b"%PDF")
    assert files.digest(files.content_of(copy)) == copy.sha256
    assert not Capture.objects.get(pk=row.pk).dangers


# --------------------------------------------------------------------------------- readers


def test_it_is_downloaded_and_bundled_as_it_came():
    row = capture()
    Capture.objects.update(examined_at=row.entered_at)
    publisher = browser_of(factories.staff(roles.PUBLISHER))
    page = f"/admin/incidents/source/{row.source_id}/files/{row.pk}/download/"
    answer = publisher.get(page)
    assert b"".join(answer.streaming_content) == TEXT
    assert int(answer["Content-Length"]) == len(TEXT)
    assert files.acts(row)[-1] == "copied"


def test_a_bundle_holds_the_plain_file(reviewer):
    from incidents.evidence.bundle import captures_of, chunks_of, take_out

    row = capture()
    rows = captures_of(Source.objects.filter(pk=row.source_id), confidential=True)
    packed = b"".join(chunks_of(take_out("Case", rows, by=factories.publisher())))
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert archive.read(f"files/{row.sha256}.txt") == TEXT


def test_hashing_again_finds_a_sealed_file_intact_and_a_changed_one_not():
    row = capture()
    assert verify(Capture.objects.all(), by=None).intact == 1
    path = path_of(row.storage_name)
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.chmod(0o600)
    path.write_bytes(content)
    assert verify(Capture.objects.all(), by=None).damaged == 1


# --------------------------------------------------------------------- what breaks off


def test_a_kill_while_it_is_sealed_leaves_the_file_as_it_was(folder, monkeypatch):
    row = capture(factories.source())

    def killed(*_paths):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", killed)
    source = Source.objects.get(pk=row.source_id)
    source.confidential = True
    with pytest.raises(KeyboardInterrupt), transaction.atomic():
        source.save()
    monkeypatch.undo()
    assert not Source.objects.get(pk=source.pk).confidential
    assert files.content_of(row) == TEXT
    assert list(storing.incoming().iterdir()) == []


def test_a_kill_before_the_database_knows_leaves_a_file_that_is_read_and_set_right(folder):
    row = capture(factories.source())
    source = Source.objects.get(pk=row.source_id)
    source.confidential = True
    with transaction.atomic():
        source.save()
        transaction.set_rollback(True)
    assert not Source.objects.get(pk=source.pk).confidential
    assert lying_open(folder) == []
    assert files.content_of(row) == TEXT
    call_command("verify_files")
    assert lying_open(folder) == [path_of(row.storage_name)]


def test_a_kill_before_a_file_is_opened_leaves_one_that_is_read_and_set_right(folder):
    row = capture()
    make_open(row.source)  # what was to follow the end of the transaction does not
    assert lying_open(folder) == []
    assert files.content_of(row) == TEXT
    call_command("verify_files")
    assert lying_open(folder) == [path_of(row.storage_name)]


def test_a_disk_that_gives_back_something_else_loses_nothing(folder, monkeypatch):
    row = capture(factories.source())
    monkeypatch.setattr(
        storing, "sealed_parts", lambda content, seal: sealed_parts([b"x", *content][:1], seal)
    )
    with pytest.raises(OSError, match="gives back"):
        Source.objects.filter(pk=row.source_id).make_confidential()
    monkeypatch.undo()
    assert files.content_of(row) == TEXT


def test_a_file_that_lies_open_against_the_rule_is_sealed_when_it_is_hashed_again(folder):
    row = capture()
    path = path_of(row.storage_name)
    path.unlink()
    path.write_bytes(TEXT)
    call_command("verify_files")
    assert lying_open(folder) == []
    assert files.content_of(row) == TEXT


def test_one_file_that_cannot_be_opened_keeps_no_other_sealed(
    folder, monkeypatch, caplog, django_capture_on_commit_callbacks
):
    source = trusted()
    rows = [capture(source), capture(source, TEXT + b" Twice.")]
    first, second = sorted(path_of(row.storage_name) for row in rows)
    replace = os.replace

    def full(temporary, path):
        if path == first:
            raise OSError(28, "No space left on device", str(path))
        replace(temporary, path)

    monkeypatch.setattr(os, "replace", full)
    with django_capture_on_commit_callbacks(execute=True):
        make_open(source)
    assert lying_open(folder) == [second]
    assert "OSError" in caplog.text
    assert first.name not in caplog.text
    assert verify(Capture.objects.all(), by=None).intact == 2
    monkeypatch.undo()
    call_command("verify_files")
    assert len(lying_open(folder)) == 2


@pytest.mark.django_db(transaction=True)
def test_bytes_are_not_opened_while_another_source_of_them_becomes_confidential(folder):
    """The file lies sealed still; who opens it waits for whoever relies on that."""
    row = capture(factories.source())
    with transaction.atomic():
        storing.wait_for(row.storage_name)
        storing.write_anew(row.storage_name, sealed=True)

    def opening():
        try:
            settle(row.storage_name)
        finally:
            connection.close()

    other = Thread(target=opening)
    with transaction.atomic():
        Source.objects.filter(pk=row.source_id).make_confidential()
        other.start()
        until_somebody_waits_for_us()
    other.join()
    assert lying_open(folder) == []


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give a file away")
def test_a_file_that_root_seals_stays_with_its_owner():
    row = capture(factories.source())
    path = path_of(row.storage_name)
    os.chown(path, 12345, 12346)
    Source.objects.filter(pk=row.source_id).make_confidential()
    assert lies_sealed(path)
    assert (path.stat().st_uid, path.stat().st_gid) == (12345, 12346)


def test_the_migration_seals_files_that_were_told_in_trust_before_it(folder):
    row = capture()
    path = path_of(row.storage_name)
    path.unlink()
    path.write_bytes(TEXT)
    migration = import_module("incidents.migrations.0016_seal_files")
    schema_editor = SimpleNamespace(connection=connection)
    migration.seal_files(None, schema_editor)
    assert lying_open(folder) == []
    migration.open_files(None, schema_editor)
    assert lying_open(folder) == [path]
    assert not migration.Migration.atomic


def test_the_way_back_opens_files_whose_source_is_open_too(folder):
    row = capture()
    make_open(row.source)
    assert lying_open(folder) == []
    migration = import_module("incidents.migrations.0016_seal_files")
    migration.open_files(None, SimpleNamespace(connection=connection))
    assert lying_open(folder) == [path_of(row.storage_name)]


def test_a_migration_that_breaks_off_is_begun_again(folder, monkeypatch):
    source = trusted()
    rows = [capture(source), capture(source, TEXT + b" Twice.")]
    migration = import_module("incidents.migrations.0016_seal_files")
    schema_editor = SimpleNamespace(connection=connection)
    migration.open_files(None, schema_editor)
    replace, done = os.replace, []

    def full(temporary, path):
        if done:
            raise OSError(28, "No space left on device")
        done.append(path)
        replace(temporary, path)

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OSError, match="No space"):
        migration.seal_files(None, schema_editor)
    monkeypatch.undo()
    assert len(lying_open(folder)) == 1
    assert {files.content_of(row) for row in rows} == {TEXT, TEXT + b" Twice."}
    migration.seal_files(None, schema_editor)
    assert lying_open(folder) == []


# ------------------------------------------------------------------------------------- keys


def test_a_changed_key_seals_the_files_anew(settings):
    settings.GAWAH_SOURCE_KEYS = ["old"]
    row = capture()
    settings.GAWAH_SOURCE_KEYS = ["new", "old"]
    call_command("reseal_sources")
    settings.GAWAH_SOURCE_KEYS = ["new"]
    assert files.content_of(row) == TEXT
    settings.GAWAH_SOURCE_KEYS = ["old"]
    with pytest.raises(UnreadableFileError):
        files.content_of(row)


@pytest.mark.parametrize("left", ["opening broke off", "rolled back"])
def test_a_changed_key_loses_no_file_that_lies_sealed_of_an_open_source(settings, left):
    settings.GAWAH_SOURCE_KEYS = ["old"]
    if left == "opening broke off":
        row = capture()
        make_open(row.source)
    else:
        row = capture(factories.source())
        with transaction.atomic():
            Source.objects.filter(pk=row.source_id).make_confidential()
            transaction.set_rollback(True)
    assert lies_sealed(path_of(row.storage_name))
    settings.GAWAH_SOURCE_KEYS = ["new"]
    with pytest.raises(CommandError, match="1 files"):
        call_command("reseal_sources")
    settings.GAWAH_SOURCE_KEYS = ["new", "old"]
    call_command("reseal_sources")
    settings.GAWAH_SOURCE_KEYS = ["new"]
    assert files.content_of(row) == TEXT


def test_without_its_key_a_file_is_told_to_be_missing_and_stays(settings):
    settings.GAWAH_SOURCE_KEYS = ["old"]
    row = capture()
    before = path_of(row.storage_name).read_bytes()
    settings.GAWAH_SOURCE_KEYS = ["new"]
    assert settling.reseal_files() == (0, 1)
    with pytest.raises(CommandError, match="1 files"):
        call_command("reseal_sources")
    look_into(row, by=None)
    source = Source.objects.get(pk=row.source_id)
    source.confidential = False
    with pytest.raises(ValidationError, match="the key to it is missing"):
        source.full_clean()
    Capture.objects.update(examined_at=row.entered_at)
    page = browser_of(factories.publisher()).get(
        f"/admin/incidents/source/{row.source_id}/files/{row.pk}/download/", follow=True
    )
    assert page.status_code == 200
    assert path_of(row.storage_name).read_bytes() == before


def test_a_readable_copy_that_comes_in_again_takes_the_place_of_one_without_a_key(settings):
    settings.GAWAH_SOURCE_KEYS = ["lost"]
    row = capture()
    settings.GAWAH_SOURCE_KEYS = ["new"]
    capture()
    assert files.content_of(row) == TEXT
    assert lies_sealed(path_of(row.storage_name))


def test_the_page_of_a_source_takes_a_file_in_sealed(folder, clerk):
    source = trusted()
    page = f"/admin/incidents/source/{source.pk}/change/"
    form = Form(clerk, page, "source_form")
    prefix = form.add_row("captures")
    form.send(**{f"{prefix}-upload": files.upload(TEXT, "talk.txt")})
    assert Capture.objects.get().is_held
    assert lying_open(folder) == []
