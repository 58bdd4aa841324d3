"""Lists that were told in trust: their cells and files lie sealed, and read as they came."""

import os
from importlib import import_module
from threading import Thread
from types import SimpleNamespace

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from incidents.expunging import ask_for, carry_out
from incidents.importing import running, undoing
from incidents.importing.files import lie_sealed, opened
from incidents.importing.mapping import MappingRefused
from incidents.importing.tables import FileRefused
from incidents.models import Expunging, ImportBatch, ListRow, Source, SourceList
from incidents.models.sealed_json import UnreadableCells
from incidents.sealing.sources import SOURCES
from incidents.sealing.streams import lies_sealed, sealed_parts
from tests.incidents import factories as make
from tests.incidents.admin.conftest import browser_of
from tests.incidents.evidence.two import until_somebody_waits_for_us
from tests.incidents.importing import lists

pytestmark = pytest.mark.django_db

WORD = "seen at a gate"
TRUSTED = lists.MAPPING.replace("[citation]", "confidential = true\n\n[citation]")


@pytest.fixture(autouse=True)
def folder(settings, tmp_path, monkeypatch):
    """Files of imports on a real disk."""
    settings.MEDIA_ROOT = tmp_path
    storage = FileSystemStorage(tmp_path)
    monkeypatch.setattr(ImportBatch._meta.get_field("file"), "storage", storage)
    return tmp_path


def lying_open(word=WORD):
    """Columns of rows of lists, and of their history, in which the word stands."""
    found = set()
    with connection.cursor() as cursor:
        for table in ("incidents_listrow", "incidents_listrowevent"):
            cursor.execute(
                f"SELECT count(*) FROM {table} WHERE received::text LIKE %s", [f"%{word}%"]
            )
            if cursor.fetchone()[0]:
                found.add(table)
    return found


def on_disk(folder, word=WORD):
    return [
        path for path in folder.rglob("*") if path.is_file() and word in path.read_text("latin-1")
    ]


def cells(key="1"):
    return ListRow.objects.get(key=key).received


def close():
    source = Source.objects.get(confidential=False)
    source.confidential = True
    source.save()
    return source


def test_a_list_told_in_trust_lies_sealed_and_reads_as_it_came(folder):
    lists.brought_in(make.staff(), mapping=TRUSTED)
    assert lying_open() == set()
    assert on_disk(folder) == []
    assert cells()["note"] == WORD
    person = ListRow.objects.get(key="1").person
    page = browser_of(make.staff()).get(f"/admin/incidents/person/{person.pk}/change/")
    assert WORD in page.content.decode()


def test_an_open_list_lies_as_it_came(folder):
    lists.brought_in(make.staff())
    assert lying_open() == {"incidents_listrow"}
    assert len(on_disk(folder)) == 1


def test_a_list_whose_source_becomes_confidential_is_sealed_with_its_history(folder):
    clerk = make.staff()
    lists.brought_in(clerk)
    lists.brought_in(clerk, lists.changed(0, note=f"{WORD} twice"))
    assert lying_open() == {"incidents_listrow", "incidents_listrowevent"}
    before = _versions()
    close()
    assert lying_open() == set()
    assert on_disk(folder) == []
    assert _versions() == before
    assert cells()["note"] == f"{WORD} twice"


def _versions():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM incidents_listrowevent")
        return cursor.fetchone()[0]


def test_a_list_that_is_said_to_rest_on_a_confidential_source_is_sealed(folder):
    lists.brought_in(make.staff())
    row = SourceList.objects.get()
    row.source = make.source("Told in trust", confidential=True)
    row.save()
    assert lying_open() == set()
    assert on_disk(folder) == []


def test_a_corrected_list_told_in_trust_is_compared_and_sealed(folder):
    clerk = make.staff()
    lists.brought_in(clerk, mapping=TRUSTED)
    rows = lists.changed(0, father="Naseer", note=f"{WORD} twice")
    _batch, figures = lists.brought_in(clerk, rows, mapping=TRUSTED)
    assert not figures.refused
    assert (figures.cases_new, figures.rows_gone) == (0, 0)
    assert cells()["note"] == f"{WORD} twice"
    assert lying_open() == set()
    assert on_disk(folder) == []


def test_taking_a_sealed_list_back_puts_the_earlier_cells_back(folder):
    clerk = make.staff()
    lists.brought_in(clerk, mapping=TRUSTED)
    batch, _figures = lists.brought_in(clerk, lists.changed(0, note="later"), mapping=TRUSTED)
    undoing.undo(batch, by=clerk)
    assert cells()["note"] == WORD
    assert lying_open() == set()


def test_a_list_whose_source_is_opened_lies_open_again():
    lists.brought_in(make.staff(), mapping=TRUSTED)
    source = Source.objects.get()
    source.confidential = False
    source.save()
    assert lying_open() == {"incidents_listrow"}
    assert cells()["note"] == WORD


def test_a_sealed_file_is_read_for_a_run(folder):
    clerk = make.staff()
    batch = lists.received(clerk)
    assert lie_sealed(batch)
    assert on_disk(folder) == []
    assert running.run(batch, by=clerk).rows == 3


def test_a_changed_key_seals_lists_anew(settings):
    settings.GAWAH_SOURCE_KEYS = ["old"]
    batch, _figures = lists.brought_in(make.staff(), mapping=TRUSTED)
    settings.GAWAH_SOURCE_KEYS = ["new", "old"]
    call_command("reseal_sources")
    settings.GAWAH_SOURCE_KEYS = ["new"]
    assert cells()["note"] == WORD
    assert lie_sealed(batch, anew=True)
    settings.GAWAH_SOURCE_KEYS = ["old"]
    assert isinstance(cells(), UnreadableCells)
    assert not lie_sealed(batch, anew=True)
    row = ListRow.objects.get(key="1")
    row.save()
    settings.GAWAH_SOURCE_KEYS = ["new"]
    assert cells()["note"] == WORD


@pytest.mark.parametrize("way", ["opened", "taken off"])
def test_a_changed_key_seals_files_anew_whose_source_is_confidential_no_longer(settings, way):
    settings.GAWAH_SOURCE_KEYS = ["old"]
    batch, _figures = lists.brought_in(make.staff(), mapping=TRUSTED)
    if way == "opened":
        source = Source.objects.get()
        source.confidential = False
        source.save()
    else:
        SourceList.objects.update(source=None)
    settings.GAWAH_SOURCE_KEYS = ["new", "old"]
    call_command("reseal_sources")
    settings.GAWAH_SOURCE_KEYS = ["new"]
    with opened(batch) as table:
        assert table.columns == lists.COLUMNS


def test_a_file_whose_key_is_lost_is_told_whatever_its_source_is(settings):
    settings.GAWAH_SOURCE_KEYS = ["old"]
    lists.brought_in(make.staff(), mapping=TRUSTED)
    SourceList.objects.update(source=None)
    settings.GAWAH_SOURCE_KEYS = ["new"]
    with pytest.raises(CommandError, match="4 of lists"):
        call_command("reseal_sources")


def uploaded_again(clerk, content):
    page = browser_of(clerk)
    address = "/admin/incidents/importbatch/add/"
    list_id = SourceList.objects.get().pk
    answer = page.post(
        address, {"file": ContentFile(content, "valley.csv"), "list": list_id, "header_row": "1"}
    )
    assert answer.status_code == 302
    return ImportBatch.objects.first()


def test_a_further_file_of_a_list_told_in_trust_is_sealed_when_it_is_uploaded(folder):
    lists.brought_in(make.staff(), mapping=TRUSTED)
    batch = uploaded_again(make.staff(), lists.table(lists.changed(0, note=f"{WORD} twice")))
    assert ImportBatch.objects.count() == 2
    assert on_disk(folder) == []
    with opened(batch) as table:
        assert table.columns == lists.COLUMNS


@pytest.mark.parametrize("dry_run", [True, False])
def test_a_further_file_that_is_not_brought_in_is_sealed(folder, dry_run):
    clerk = make.staff()
    lists.brought_in(clerk, mapping=TRUSTED)
    batch = lists.received(clerk, lists.changed(0, date="never"), mapping=TRUSTED)
    assert len(on_disk(folder)) == 1
    assert running.run(batch, by=clerk, dry_run=dry_run).refused
    assert on_disk(folder) == []


def test_a_further_file_that_is_refused_as_a_whole_is_sealed(folder):
    clerk = make.staff()
    earlier, _figures = lists.brought_in(clerk, mapping=TRUSTED)
    batch = lists.received(clerk, mapping="[list")
    batch.list = earlier.list
    batch.save()
    with pytest.raises(MappingRefused):
        running.run(batch, by=clerk)
    assert on_disk(folder) == []


def test_a_file_that_lies_open_against_the_rule_is_sealed_when_files_are_verified(folder):
    batch, _figures = lists.brought_in(make.staff(), mapping=TRUSTED)
    (folder / batch.file.name).write_bytes(lists.table())
    call_command("verify_files")
    assert on_disk(folder) == []


def test_a_file_that_no_import_names_is_told_when_files_are_verified(folder, capsys):
    batch = lists.received(make.staff())
    left = folder / "imports" / "left"
    new = folder / "imports" / "new"
    for path in (left, new):
        path.write_bytes(b"left")
    for path in (left, folder / batch.file.name):
        os.utime(path, (0, 0))
    call_command("verify_files")
    told = capsys.readouterr().err
    assert "imports/left" in told
    assert "imports/new" not in told
    assert batch.file.name not in told


def test_a_sealed_file_that_is_not_what_came_in_is_left_and_told(folder):
    batch, _figures = lists.brought_in(make.staff(), mapping=TRUSTED)
    path = folder / batch.file.name
    path.write_bytes(b"".join(sealed_parts([b"another"], SOURCES)))
    before = path.read_bytes()
    assert not lie_sealed(batch, anew=True)
    assert path.read_bytes() == before


def test_a_file_that_was_expunged_meanwhile_is_not_put_back(folder):
    batch = lists.received(make.staff())
    ImportBatch.objects.filter(pk=batch.pk).update(file="")
    before = (folder / batch.file.name).read_bytes()
    assert lie_sealed(batch)
    assert (folder / batch.file.name).read_bytes() == before


@pytest.mark.django_db(transaction=True)
def test_who_seals_a_file_waits_for_who_expunges_it(folder):
    batch = lists.received(make.staff())
    path = folder / batch.file.name

    def sealing():
        try:
            lie_sealed(batch)
        finally:
            connection.close()

    other = Thread(target=sealing)
    with transaction.atomic():
        ImportBatch.objects.filter(pk=batch.pk).update(file="")
        other.start()
        until_somebody_waits_for_us()
    other.join()
    assert not lies_sealed(path)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give a file away")
def test_a_file_that_root_seals_stays_with_its_owner(folder):
    batch = lists.received(make.staff())
    path = folder / batch.file.name
    os.chown(path, 12345, 12346)
    assert lie_sealed(batch)
    assert lies_sealed(path)
    assert (path.stat().st_uid, path.stat().st_gid) == (12345, 12346)


def test_the_migration_seals_lists_that_were_told_in_trust_before_it(folder):
    batch, _figures = lists.brought_in(make.staff(), mapping=TRUSTED)
    migration = import_module("incidents.migrations.0013_sealed_files")
    schema_editor = SimpleNamespace(connection=connection)
    migration.open_cells(None, schema_editor)
    assert lying_open() == {"incidents_listrow"}
    path = folder / batch.file.name
    path.write_bytes(lists.table())
    migration.seal_cells(None, schema_editor)
    import_module("incidents.migrations.0016_seal_files").seal_files(None, schema_editor)
    assert lying_open() == set()
    assert lies_sealed(path)
    assert cells()["note"] == WORD


# ---------------------------------------------------------------------------------- expunging


def test_whom_a_list_told_of_stands_in_none_of_its_files_after_an_expunging(
    folder, django_capture_on_commit_callbacks
):
    clerk = make.staff()
    batch, _figures = lists.brought_in(clerk)
    waiting = lists.received(clerk, lists.changed(0, note="corrected"))
    ImportBatch.objects.filter(pk=waiting.pk).update(list=batch.list)
    lists.received(clerk, lists.changed(0, note="left, of no list yet"))
    lists.received(clerk, mapping="")  # the same bytes
    other = lists.received(
        clerk, lists.ROWS[1:], mapping=lists.MAPPING.replace('"valley"', '"hills"')
    )
    person = ListRow.objects.get(key="1").person
    wish = Expunging(
        kind="person", row_id=person.pk, ground="law", request_reference="12", words="An order."
    )
    ask_for(wish, by=make.staff("Administrator"))
    with django_capture_on_commit_callbacks(execute=True):
        done = carry_out(wish, by=make.publisher())
    assert done.counts["files"] == 4
    assert [path.name for path in folder.rglob("*") if path.is_file()] == [
        other.file.name.rpartition("/")[2]
    ]
    assert cells("2")["first"] == "Karim"
    waiting.refresh_from_db()
    with pytest.raises(FileRefused, match="removed for good"):
        running.run(waiting, by=clerk)


def test_a_file_that_the_disk_does_not_let_go_keeps_no_other(
    folder, django_capture_on_commit_callbacks, monkeypatch, caplog
):
    clerk = make.staff()
    first, _figures = lists.brought_in(clerk)
    second, _figures = lists.brought_in(clerk, lists.changed(0, note="corrected"))
    person = ListRow.objects.get(key="1").person
    wish = Expunging(
        kind="person", row_id=person.pk, ground="law", request_reference="12", words="An order."
    )
    ask_for(wish, by=make.staff("Administrator"))
    stuck, remove = folder / first.file.name, os.remove

    def refusing(path):
        if str(path) == str(stuck):
            raise PermissionError(13, "Permission denied", str(path))
        remove(path)

    monkeypatch.setattr(os, "remove", refusing)
    with django_capture_on_commit_callbacks(execute=True):
        carry_out(wish, by=make.publisher())
    assert stuck.exists()
    assert not (folder / second.file.name).exists()
    assert "PermissionError" in caplog.text
    assert first.file.name not in caplog.text
