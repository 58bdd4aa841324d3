"""The bundle: unpacked and checked as somebody else would, with the tools they have."""

import csv
import hashlib
import io
import json
import shutil
import subprocess
import sys
import zipfile
from datetime import UTC, datetime

import pytest

from incidents import roles
from incidents.evidence import custody
from incidents.evidence.storing import path_of
from incidents.models import AccessEvent, Capture, StaffMember
from tests.incidents import factories
from tests.incidents.admin.conftest import browser_of
from tests.incidents.evidence import files

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    """A case that rests on an article and on what somebody told in trust."""
    made = factories.incident()
    open_source = factories.source("An article", url="https://example.org/a")
    secret = factories.source("What a guard told", confidential=True)
    for each in (open_source, secret):
        factories.cite(made, each)
    by = factories.staff(pseudonym="Kiran")
    values = {"source": open_source, "by": by, "method": "wget", "url": "https://example.org/a"}
    made.original = files.capture(**values)
    made.copy = files.capture(
        files.pdf("Redacted."), **values, derived_from=made.original, copy_kind="redacted"
    )
    made.told = files.capture(files.pdf("Told in trust."), source=secret, by=by)
    return made


def address(row):
    return f"/admin/incidents/{row._meta.model_name}/{row.pk}/evidence/"


def take(client, row, folder, **ticked):
    answer = client.post(address(row), ticked)
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    content = io.BytesIO(b"".join(answer.streaming_content))
    target = folder / "unpacked"
    with zipfile.ZipFile(content) as archive:
        assert archive.testzip() is None
        archive.extractall(target)
    return target


def rows(folder, name):
    with (folder / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def sums_agree(folder):
    tool = shutil.which("sha256sum")
    assert tool, "coreutils are needed"
    return subprocess.run([tool, "--strict", "-c", "SHA256SUMS"], cwd=folder, capture_output=True)


def test_the_files_agree_with_their_sums_by_the_tool_of_the_system(case, reviewer, tmp_path):
    folder = take(reviewer, case, tmp_path)
    done = sums_agree(folder)
    assert done.returncode == 0, done.stderr
    # Two files, two manifests, the log and the text.
    assert done.stdout.count(b": OK") == 6


def test_a_file_changed_on_the_way_is_seen(case, reviewer, tmp_path):
    folder = take(reviewer, case, tmp_path)
    path = folder / "files" / f"{case.copy.sha256}.pdf"
    path.chmod(0o600)
    path.write_bytes(path.read_bytes() + b" ")
    assert sums_agree(folder).returncode == 1


def test_the_log_of_a_bundle_is_recomputed_by_a_few_lines(case, reviewer, tmp_path):
    folder = take(reviewer, case, tmp_path)
    last = {}
    found = rows(folder, "custody.csv")
    for row in found:
        parts = ("file_sha256", "act", "at", "by_whom", "reason", "previous_hash")
        said = "\n".join(row[part] for part in parts).encode()
        assert row["previous_hash"] == last.get(row["chain"], "")
        assert hashlib.sha256(said).hexdigest() == row["hash"]
        last[row["chain"]] = row["hash"]
    acts = ["received", "derived", "exported", "received", "exported"]
    assert [row["act"] for row in found] == acts


@pytest.mark.parametrize("spoilt", [False, True])
def test_the_lines_printed_in_the_text_check_the_log(case, reviewer, tmp_path, spoilt):
    folder = take(reviewer, case, tmp_path)
    text = (folder / "README.txt").read_text("utf-8")
    (folder / "check.py").write_text(text[text.index("import csv") :], "utf-8")
    if spoilt:
        log = folder / "custody.csv"
        log.chmod(0o600)
        log.write_text(log.read_text("utf-8").replace("Kiran", "Sitara", 1), "utf-8")
    done = subprocess.run(
        [sys.executable, "check.py"], cwd=folder, capture_output=True, check=False
    )
    assert (done.returncode == 0) is not spoilt, done.stderr
    assert (b"The log is unbroken." in done.stdout) is not spoilt


def test_the_text_is_in_english_and_in_urdu(case, reviewer, tmp_path):
    text = (take(reviewer, case, tmp_path) / "README.txt").read_text("utf-8")
    assert "To check the files, open a terminal" in text
    assert text.count("sha256sum -c SHA256SUMS") == 2


def test_both_manifests_say_the_same_of_each_file(case, reviewer, tmp_path):
    folder = take(reviewer, case, tmp_path)
    told = json.loads((folder / "manifest.json").read_text("utf-8"))["files"]
    original, copy = told
    assert (original["file"], original["sha256"]) == (
        f"files/{case.original.sha256}.pdf",
        case.original.sha256,
    )
    assert (original["received_by"], original["method"]) == ("Kiran", "wget")
    assert original["url"] == "https://example.org/a"
    assert (copy["copy_of_sha256"], copy["copy_kind"]) == (case.original.sha256, "redacted")
    table = rows(folder, "manifest.csv")
    assert [row["sha256"] for row in table] == [row["sha256"] for row in told]
    assert [row["source"] for row in table] == [row["source"] for row in told]


def test_nobody_on_staff_stands_in_it_by_user_name_and_no_file_by_its_own(case, reviewer, tmp_path):
    folder = take(reviewer, case, tmp_path)
    everything = b"".join(
        path.read_bytes() for path in folder.iterdir() if path.suffix in (".csv", ".json", ".txt")
    )
    for member in StaffMember.objects.all():
        assert member.username.encode() not in everything
    assert b"statement.pdf" not in everything


def test_what_was_told_in_trust_stays_unless_somebody_may_take_it_and_says_so(
    case, reviewer, publisher, tmp_path
):
    secret = case.told.sha256
    for number, (client, ticked, goes) in enumerate(
        [
            (reviewer, {}, False),
            (reviewer, {"confidential": "on"}, False),
            (publisher, {}, False),
            (publisher, {"confidential": "on"}, True),
        ]
    ):
        folder = take(client, case, tmp_path / str(number), **ticked)
        assert (folder / "files" / f"{secret}.pdf").exists() is goes
        assert (secret in (folder / "manifest.csv").read_text("utf-8")) is goes
    assert "confidential" in publisher.get(address(case)).content.decode()
    assert 'name="confidential"' not in reviewer.get(address(case)).content.decode()


def test_each_export_stands_in_the_logs(case, reviewer, tmp_path):
    take(reviewer, case, tmp_path)
    assert files.acts(case.original)[-1] == "exported"
    assert "exported" not in files.acts(case.told)
    event = AccessEvent.objects.get(act="exported")
    assert (event.member, event.section, event.key) == (
        reviewer.member,
        "incident_evidence",
        str(case.pk),
    )


def test_a_file_kept_apart_goes_out_under_a_name_that_opens_no_program(reviewer, tmp_path):
    row = files.capture(b"<html><script>1</script></html>", "a.html")
    folder = take(reviewer, row.source, tmp_path)
    [path] = (folder / "files").iterdir()
    assert path.name == f"{row.sha256}.html.quarantined"
    assert rows(folder, "manifest.csv")[0]["kept_apart_because"] == "script"
    assert sums_agree(folder).returncode == 0


def test_a_file_that_is_gone_is_listed_and_not_there(case, reviewer, tmp_path):
    path_of(case.copy.storage_name).unlink()
    Capture.objects.create(source=case.original.source, sha256="a" * 64)
    folder = take(reviewer, case, tmp_path)
    names = [row["file"] for row in rows(folder, "manifest.csv")]
    assert names == [f"files/{case.original.sha256}.pdf", "", ""]
    assert sums_agree(folder).returncode == 0


def test_a_file_that_is_gone_is_not_noted_as_handed_on(case, reviewer, tmp_path):
    path_of(case.copy.storage_name).unlink()
    take(reviewer, case, tmp_path)
    assert "exported" in files.acts(case.original)
    assert "exported" not in files.acts(case.copy)


def test_a_file_of_two_sources_that_is_gone_is_there_for_neither(case, reviewer, tmp_path):
    same = factories.source("A reprint")
    factories.cite(case, same)
    again = files.capture(files.pdf("Redacted."), source=same)
    path_of(again.storage_name).unlink()
    folder = take(reviewer, case, tmp_path)
    names = {row["sha256"]: row["file"] for row in rows(folder, "manifest.csv")}
    assert names[again.sha256] == ""
    assert [row["file"] for row in rows(folder, "manifest.csv")].count("") == 2


def test_a_file_kept_apart_with_one_of_its_sources_is_marked_with_all(case, reviewer, tmp_path):
    same = factories.source("A reprint")
    factories.cite(case, same)
    files.capture(name="statement.exe", source=same)
    folder = take(reviewer, case, tmp_path)
    name = f"files/{case.original.sha256}.pdf.quarantined"
    assert [row["file"] for row in rows(folder, "manifest.csv")].count(name) == 2
    assert (folder / name).is_file()
    assert sums_agree(folder).returncode == 0


def test_when_a_file_came_in_says_its_log_and_not_a_box_that_somebody_fills_in(
    case, reviewer, tmp_path
):
    typed = datetime(2001, 2, 3, 4, 5, tzinfo=UTC)
    Capture.objects.filter(pk=case.original.pk).update(captured_at=typed)
    original = rows(take(reviewer, case, tmp_path), "manifest.csv")[0]
    assert original["captured_at"] == "2001-02-03T04:05:00Z"
    first = custody.entries_of([case.original]).first()
    assert original["received_at"] == f"{first.at:%Y-%m-%dT%H:%M:%SZ}"
    assert (original["received_by"], original["captured_by"]) == ("Kiran", "Kiran")


def test_that_confidential_sources_went_along_stands_in_the_access_log(case, publisher, tmp_path):
    take(publisher, case, tmp_path)
    take(publisher, case, tmp_path, confidential="on")
    notes = AccessEvent.objects.filter(act="exported").order_by("pk").values_list("note", flat=True)
    assert list(notes) == ["", "with confidential sources"]


def test_a_file_that_was_changed_here_does_not_pass_for_what_came_in(case, reviewer, tmp_path):
    path = path_of(case.copy.storage_name)
    path.chmod(0o600)
    path.write_bytes(b"something else")
    assert sums_agree(take(reviewer, case, tmp_path)).returncode == 1


def test_a_title_is_no_formula_for_a_spreadsheet(reviewer, tmp_path):
    row = files.capture(source=factories.source("=HYPERLINK(1)"))
    assert rows(take(reviewer, row.source, tmp_path), "manifest.csv")[0]["source"][0] == "'"


def test_a_clerk_takes_nothing_out_and_a_case_without_files_gives_nothing(clerk, reviewer, case):
    assert clerk.get(address(case)).status_code == 403
    assert clerk.post(address(case)).status_code == 403
    empty = factories.incident("Without files")
    answer = reviewer.post(address(empty))
    assert answer.status_code == 302
    assert not AccessEvent.objects.filter(act="exported").exists()


def test_evidence_of_a_case_that_does_not_exist_for_somebody_is_not_there(case, reviewer):
    case.restricted = True
    case.save()
    assert reviewer.post(address(case)).status_code == 404
    case.assigned.add(reviewer.member)
    other = browser_of(factories.staff(roles.REVIEWER))
    assert reviewer.post(address(case)).status_code == 200
    assert other.post(address(case.original.source)).status_code == 404


def test_the_log_in_the_bundle_ends_with_the_export_itself(case, reviewer, tmp_path):
    folder = take(reviewer, case, tmp_path)
    last = rows(folder, "custody.csv")[-1]
    assert (last["act"], last["by_whom"]) == ("exported", custody.pseudonym_of(reviewer.member))
