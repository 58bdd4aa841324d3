"""The log of custody: linked by the database, checked by the program, and never rewritten."""

import os
from threading import Thread

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from incidents.evidence import custody
from incidents.evidence.custody import Act
from incidents.evidence.jobs import ask_to_verify
from incidents.evidence.storing import path_of
from incidents.evidence.verifying import Verified, verify
from incidents.jobs import work_off
from incidents.models import Capture, CaptureText, CustodyEntry, Job, Task
from record.rows import harmless
from tests.incidents import factories
from tests.incidents.evidence import files
from tests.incidents.evidence.two import until_somebody_waits_for_us

pytestmark = pytest.mark.django_db


def entries(row):
    return list(custody.entries_of([row]))


def spoil(row):
    path = path_of(row.storage_name)
    path.chmod(0o600)
    path.write_bytes(path.read_bytes()[:-1] + b"!")


def test_each_line_holds_the_hash_of_the_one_before():
    row, member = files.capture(), factories.staff()
    custody.note(row, Act.OPENED, by=member)
    custody.note(row, Act.COPIED, by=member, reason="downloaded")
    first, second, third = entries(row)
    assert (first.previous_hash, second.previous_hash, third.previous_hash) == (
        "",
        first.hash,
        second.hash,
    )
    assert [entry.hash for entry in (first, second, third)] == [
        custody.hash_of(entry) for entry in (first, second, third)
    ]
    assert custody.is_unbroken([first, second, third])


def test_files_have_logs_of_their_own():
    one, other, member = files.capture(), files.capture(files.picture(), "a.jpg"), factories.staff()
    custody.note_all([other, one], Act.EXPORTED, by=member)
    assert custody.is_unbroken(entries(one))
    assert custody.is_unbroken(entries(other))
    assert entries(one)[1].previous_hash == entries(one)[0].hash


def test_a_line_that_a_program_links_wrongly_is_linked_rightly_by_the_database():
    row = files.capture()
    CustodyEntry.objects.create(capture=row, act="opened", previous_hash="a" * 64, hash="b" * 64)
    assert custody.is_unbroken(entries(row))


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE incidents_custodyentry SET reason = 'nothing' WHERE act = 'opened'",
        "UPDATE incidents_custodyentry SET at = at - interval '1 day' WHERE act = 'opened'",
        "UPDATE incidents_custodyentry SET by_whom = 'Asad' WHERE act = 'received'",
        "DELETE FROM incidents_custodyentry WHERE act = 'opened'",
    ],
)
def test_a_change_by_somebody_who_owns_the_database_is_seen(change):
    row = files.capture()
    custody.note(row, Act.OPENED, by=None)
    custody.note(row, Act.COPIED, by=None)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE incidents_custodyentry DISABLE TRIGGER custody_is_append_only")
        cursor.execute(change)
    assert not custody.is_unbroken(entries(row))


def test_staff_stand_in_the_log_under_the_pseudonym_of_that_day():
    row, member = files.capture(), factories.staff(pseudonym="Kiran")
    custody.note(row, Act.OPENED, by=member)
    member.pseudonym = "Sitara"
    member.save()
    custody.note(row, Act.OPENED, by=member)
    assert [entry.by_whom for entry in entries(row)[1:]] == ["Kiran", "Sitara"]
    assert custody.is_unbroken(entries(row))


def test_a_user_name_never_stands_in_the_log():
    row, member = files.capture(), factories.staff()
    custody.note(row, Act.OPENED, by=member)
    assert entries(row)[1].by_whom == f"staff member {member.pk}"


def test_a_reason_is_one_line_and_no_formula():
    row, member = files.capture(), factories.staff(pseudonym="=1+1")
    custody.note(row, Act.OPENED, by=member, reason="-two\nlines")
    entry = entries(row)[1]
    assert (entry.by_whom, entry.reason) == ("1+1", "two lines")
    assert custody.is_unbroken(entries(row))


@pytest.mark.parametrize(
    "told", ["=1+1", " \t-1+1", "\uff1d1+1", "\uff201+1", ";=1+1", "a;=1+1", "a; @x", "\uff0b+-=1"]
)
def test_nothing_in_the_log_is_a_formula_for_a_spreadsheet(told):
    row, member = files.capture(), factories.staff(pseudonym=told)
    custody.note(row, Act.OPENED, by=member, reason=told)
    entry = entries(row)[1]
    for text in (entry.by_whom, entry.reason):
        assert harmless(text) == text
        assert text
    assert custody.is_unbroken(entries(row))


@pytest.mark.django_db(transaction=True)
def test_two_who_write_at_once_write_one_after_the_other():
    row = files.capture()

    def second():
        try:
            custody.note(row, Act.COPIED, by=None)
        finally:
            connection.close()

    with transaction.atomic():
        custody.note(row, Act.OPENED, by=None)
        other = Thread(target=second)
        other.start()
        until_somebody_waits_for_us()
    other.join()
    found = entries(row)
    assert [entry.act for entry in found] == ["received", "opened", "copied"]
    assert custody.is_unbroken(found)
    # By the time of the writing, not of the begin.
    assert found == sorted(found, key=lambda entry: entry.at)


def test_no_two_lines_follow_the_same_one():
    row = files.capture()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE incidents_custodyentry DISABLE TRIGGER custody_is_chained")
    with pytest.raises(IntegrityError), transaction.atomic():
        CustodyEntry.objects.create(capture=row, act="opened", previous_hash="", hash="a" * 64)


def test_a_file_that_was_removed_while_others_were_checked_is_not_missing():
    first, second = files.capture(), files.capture(files.picture(), "a.jpg")

    def remove_the_second(_done, _total):
        path_of(second.storage_name).unlink(missing_ok=True)
        Capture.objects.filter(pk=second.pk).update(storage_name="")

    assert verify(Capture.objects.all(), by=None, report=remove_the_second) == Verified(1, 0)
    assert files.acts(first) == ["received", "verified"]
    assert files.acts(second) == ["received"]


def test_files_as_they_came_are_found_to_be_so():
    row = files.capture()
    assert verify(Capture.objects.all(), by=None) == Verified(1, 0)
    assert files.acts(row) == ["received", "verified"]


@pytest.mark.parametrize("harm", [spoil, lambda row: path_of(row.storage_name).unlink()])
def test_a_file_that_is_changed_or_missing_makes_a_task_in_the_case_that_cites_it_once(harm):
    row, case = files.capture(), factories.incident()
    factories.cite(case, row.source)
    harm(row)
    for _time in range(2):
        assert verify(Capture.objects.all(), by=None) == Verified(0, 1)
    assert files.acts(row) == ["received", "damaged", "damaged"]
    task = Task.objects.get()
    assert task.incident == case
    assert row.sha256[:16] in task.what


def test_a_hash_without_a_file_is_not_looked_for():
    Capture.objects.create(source=factories.source(), sha256="a" * 64)
    assert verify(Capture.objects.held(), by=None) == Verified(0, 0)


def test_the_command_fails_where_a_file_is_not_what_it_was(capsys):
    row = files.capture()
    call_command("verify_files")
    assert "1 file is as it came." in capsys.readouterr().out
    spoil(row)
    with pytest.raises(CommandError, match="1 file is missing or changed"):
        call_command("verify_files")


@pytest.mark.django_db(transaction=True)
def test_words_are_read_again_when_a_source_is_open_again_and_its_files_are_checked():
    row = files.capture(b"The guard spoke.", "a.txt", source=factories.source(confidential=True))
    work_off(once=True)
    assert not CaptureText.objects.exists()
    row.source.confidential = False
    row.source.save()
    row.refresh_from_db()
    assert row.examined_at is None
    ask_to_verify([row.source_id], by=factories.staff())
    work_off(once=True)
    assert CaptureText.objects.get().capture == row


def test_the_command_tells_of_a_file_that_no_source_names(capsys):
    row = files.capture()
    name = row.storage_name
    Capture.objects.filter(pk=row.pk).update(storage_name="")
    os.utime(path_of(name), (0, 0))
    call_command("verify_files")
    assert f"No source names this file: {name}" in capsys.readouterr().err


@pytest.mark.django_db(transaction=True)
def test_the_worker_checks_the_files_of_the_sources_somebody_may_know_of():
    member = factories.staff()
    row, hidden = files.capture(), files.capture(files.picture(), "a.jpg")
    case = factories.incident(restricted=True)
    factories.cite(case, hidden.source)
    ask_to_verify([row.source_id, hidden.source_id], by=member)
    work_off(once=True)
    job = Job.objects.get(kind="verify-files")
    # The file and the copy that was made of it without metadata.
    assert (job.state, job.message) == ("done", "2 files are as they came.")
    assert files.acts(row) == ["received", "derived", "verified"]
    assert "verified" not in files.acts(hidden)
