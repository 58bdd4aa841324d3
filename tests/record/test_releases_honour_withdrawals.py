"""What is withdrawn leaves every release, and until then no release that held it can be read."""

import json

import pytest
from django.core.management import call_command

from incidents import publishing
from incidents.jobs import work_off
from record.models import Revision
from record.releasing import folders
from record.releasing.folders import writing_alone
from record.releasing.honouring import honour_withdrawals, what_there_is
from record.releasing.making import make_release
from record.releasing.manifest import manifest_in
from record.releasing.safety import may_be_read
from tests.incidents import factories as make
from tests.record.factories import publish_incident, rewrite, withdraw_incident
from tests.record.released import lines, rows, texts, wrong_hashes

pytestmark = pytest.mark.django_db

OLD, NEW = "2026-01-01", "2026-02-01"


@pytest.fixture
def folder(tmp_path, settings):
    settings.GAWAH_RELEASES = tmp_path
    return tmp_path


@pytest.fixture
def two_cases(folder):
    """A victim of one published case and another victim of both, in two releases."""
    balach, zarif = make.person("Balach", local="بالاچ"), make.person("Zarif")
    taken = make.incident("Somebody is taken in Turbat", public_account="Somebody was taken.")
    killed = make.incident("Two men are killed", public_account="Two men were killed.")
    make.violation(taken, zarif)
    make.violation(killed, zarif, "staged-encounter")
    make.violation(killed, balach, "staged-encounter")
    make.publish(taken)
    make_release(OLD)
    make.publish(killed)
    make_release(NEW)
    for row in (taken, killed, balach, zarif):
        row.refresh_from_db()
    return taken, killed, balach, zarif


def readable(folder, date):
    return may_be_read(manifest_in(folder / date))


def withdraw(row):
    publishing.withdraw(row, by=make.publisher(), reason="safety")


def test_a_release_is_readable_until_something_in_it_is_withdrawn(two_cases, folder):
    assert readable(folder, NEW)
    withdraw(two_cases[2])
    assert not readable(folder, NEW)


def test_a_release_made_before_what_is_withdrawn_stays_readable(two_cases, folder):
    _taken, _killed, balach, _zarif = two_cases
    before = texts(folder / OLD)
    withdraw(balach)
    assert readable(folder, OLD)
    honour_withdrawals()
    assert texts(folder / OLD) == before


def test_a_withdrawn_person_is_in_no_file_of_any_release(two_cases, folder):
    _taken, _killed, balach, _zarif = two_cases
    assert "Balach" in texts(folder)
    withdraw(balach)
    honour_withdrawals()
    for word in ("Balach", "بالاچ"):
        assert word not in texts(folder)
    assert readable(folder, OLD)
    assert readable(folder, NEW)


def test_a_person_withdrawn_from_both_cases_leaves_both_releases(two_cases, folder):
    withdraw(two_cases[3])
    honour_withdrawals()
    assert "Zarif" not in texts(folder)
    assert wrong_hashes(folder / OLD) == wrong_hashes(folder / NEW) == []


def test_what_mentioned_it_is_given_in_the_version_that_does_not(two_cases, folder):
    _taken, killed, balach, _zarif = two_cases
    withdraw(balach)
    honour_withdrawals()
    (document,) = [
        each
        for each in lines(folder / NEW, "incidents.ndjson")
        if each["reference"] == killed.reference
    ]
    assert [act["victim"]["name"] for act in document["violations"]] == ["Zarif"]
    assert document["version"] == 2


def test_a_withdrawn_case_leaves_every_file_and_the_sizes_and_hashes_follow(two_cases, folder):
    taken, _killed, _balach, _zarif = two_cases
    withdraw(taken)
    honour_withdrawals()
    assert "Somebody is taken in Turbat" not in texts(folder)
    assert manifest_in(folder / OLD).counts["incidents"] == 0
    assert rows(folder / OLD, "incidents.csv") == []
    assert wrong_hashes(folder / OLD) == wrong_hashes(folder / NEW) == []


def test_a_reissue_says_when_and_how_many_and_not_what(two_cases, folder):
    _taken, killed, balach, _zarif = two_cases
    withdraw(balach)
    honour_withdrawals()
    (reissue,) = manifest_in(folder / NEW).reissues
    assert (reissue.removed, reissue.replaced) == (2, 1)
    note = (folder / NEW / "CHANGELOG.txt").read_text()
    assert "records taken out: 2" in note
    assert balach.reference not in note
    assert killed.reference not in note


def test_a_person_protected_more_by_a_correction_is_protected_in_old_releases(two_cases, folder):
    _taken, killed, balach, _zarif = two_cases
    balach.name_protection = "withheld"
    balach.save()
    make.correct(killed)
    assert not readable(folder, NEW)
    honour_withdrawals()
    assert "Balach" not in texts(folder)
    assert balach.reference in texts(folder)


def test_an_ordinary_correction_leaves_old_releases_as_they_are(folder):
    entry = publish_incident("First title")
    make_release(OLD)
    before = texts(folder)
    rewrite(entry, title="Second title")
    assert readable(folder, OLD)
    assert honour_withdrawals() == []
    assert texts(folder) == before


def test_only_the_manifest_changes_where_what_was_emptied_was_past_already(folder):
    first = publish_incident("First title", violations=[])
    rewrite(first, title="Second title")
    make_release(OLD)
    hashes = [each.sha256 for each in manifest_in(folder / OLD).files]
    Revision.objects.filter(reference=first.reference, version=1).update(
        document=None, note="", salt=""
    )
    assert not readable(folder, OLD)
    honour_withdrawals()
    assert readable(folder, OLD)
    assert [each.sha256 for each in manifest_in(folder / OLD).files] == hashes


def test_what_was_put_in_later_is_taken_out_when_it_is_withdrawn_in_turn(two_cases, folder):
    _taken, killed, balach, _zarif = two_cases
    withdraw(balach)
    honour_withdrawals()
    withdraw(killed)
    assert not readable(folder, NEW)
    honour_withdrawals()
    assert "Two men" not in texts(folder)
    assert len(manifest_in(folder / NEW).reissues) == 2


def test_a_release_of_other_data_than_the_database_holds_stays_closed(folder):
    publish_incident()
    make_release(OLD)
    manifest = json.loads((folder / OLD / "manifest.json").read_text())
    manifest["head"] = "0" * 64
    (folder / OLD / "manifest.json").write_text(json.dumps(manifest))
    assert not readable(folder, OLD)
    (done,) = honour_withdrawals()
    assert done.other
    assert not readable(folder, OLD)


def test_a_run_killed_in_the_middle_is_done_again_by_the_next(two_cases, folder, monkeypatch):
    from record.releasing import honouring

    withdraw(two_cases[2])

    def broken(*_arguments):
        raise OSError("disk full")

    with monkeypatch.context() as patch:
        patch.setattr(honouring, "finish", broken)
        with pytest.raises(OSError, match="disk full"):
            honour_withdrawals()
    assert not readable(folder, NEW)
    honour_withdrawals()
    assert readable(folder, NEW)
    assert "Balach" not in texts(folder)


def test_the_worker_does_it_without_being_asked(two_cases, folder):
    withdraw(two_cases[2])
    work_off(once=True)
    assert "Balach" not in texts(folder)
    assert readable(folder, NEW)


@pytest.mark.parametrize("stands", [True, False], ids=["renamed", "between the renamings"])
def test_the_worker_removes_what_a_killed_run_replaced(folder, stands):
    publish_incident()
    make_release(OLD)
    old = folder / f".{OLD}.old"
    if stands:
        old.mkdir()
        (old / "victims.ndjson").write_text("a name that was withdrawn")
    else:
        (folder / OLD).rename(old)
    work_off(once=True)
    assert not old.exists()
    assert readable(folder, OLD)


def draft_in(folder):
    draft = folder / f".{NEW}.draft"
    draft.mkdir()
    (draft / "victims.ndjson").write_text("a name that was withdrawn")
    return draft


def test_the_worker_removes_the_draft_of_a_killed_run_where_no_release_is_closed(folder):
    publish_incident()
    make_release(OLD)
    draft = draft_in(folder)
    work_off(once=True)
    assert not draft.exists()
    assert readable(folder, OLD)


def test_the_draft_of_a_run_under_way_is_left_to_it_and_removed_when_it_is_killed(folder):
    publish_incident()
    make_release(OLD)
    with writing_alone(folder):
        draft = draft_in(folder)
        while_writing = what_there_is()
        assert honour_withdrawals() == []
        assert draft.exists()
    assert what_there_is() != while_writing
    honour_withdrawals()
    assert not draft.exists()


def test_a_folder_that_cannot_be_removed_is_told_of_without_its_content(
    folder, monkeypatch, caplog
):
    publish_incident()
    make_release(OLD)
    draft_in(folder)
    monkeypatch.setattr(folders.shutil, "rmtree", lambda *_arguments, **_options: None)
    honour_withdrawals()
    assert f".{NEW}.draft could not be removed" in caplog.text
    assert "a name" not in caplog.text


def test_a_release_that_says_nothing_readable_of_itself_keeps_no_other_from_being_cleared(
    two_cases, folder, caplog
):
    withdraw(two_cases[2])
    (folder / OLD / "manifest.json").write_text("{")
    honour_withdrawals()
    assert readable(folder, NEW)
    assert f"release of {OLD}" in caplog.text


def test_the_command_does_it_and_says_what_it_did(folder, capsys):
    withdraw_incident_after_release(folder)
    call_command("release_dataset", honour_withdrawals=True)
    assert f"Release of {OLD}: " in capsys.readouterr().out
    assert readable(folder, OLD)


def withdraw_incident_after_release(folder):
    entry = publish_incident("Taken from home")
    make_release(OLD)
    withdraw_incident(entry)
