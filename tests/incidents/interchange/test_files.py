"""Files of evidence: their hashes go with each case, the files themselves where that is asked."""

import shutil

import pytest

from incidents.evidence.storing import path_of
from incidents.models import Capture, CustodyEntry, Incident, Source
from tests.incidents import factories as make
from tests.incidents.evidence import files
from tests.incidents.evidence.conftest import folder  # noqa: F401
from tests.incidents.interchange.carried import (
    another_installation,
    export,
    key,
    lasting,
    parts,
    receive,
    refusal,
    rows,
)
from tests.incidents.interchange.test_refusing import rewritten

pytestmark = pytest.mark.django_db

CONTENT = files.pdf("The family waited.")


@pytest.fixture
def case():
    """A case that rests on a source of which we hold a file and a redaction."""
    made = make.incident()
    source = make.source("Statement")
    make.cite(made, source)
    original = files.capture(CONTENT, source=source)
    files.capture(
        files.pdf("Redacted."), source=source, derived_from=original, copy_kind="redacted"
    )
    return made


@pytest.fixture
def elsewhere(folder):  # noqa: F811
    """Empties the database and the folder of files."""

    def empty():
        another_installation()
        shutil.rmtree(folder)

    return empty


def test_without_being_asked_for_a_file_goes_as_its_hash(case, tmp_path, elsewhere):
    said = export(tmp_path / "file", case)
    assert "2 files stay here" in said
    elsewhere()
    receive(tmp_path / "file")
    assert set(Capture.objects.values_list("sha256", "storage_name")) == {
        (files.digest(CONTENT), ""),
        (files.digest(files.pdf("Redacted.")), ""),
    }


def test_files_that_are_asked_for_are_kept_under_their_hash(case, tmp_path, elsewhere):
    export(tmp_path / "file", case, with_files=True)
    assert parts(tmp_path / "file")[f"files/{files.digest(CONTENT)}"] == CONTENT
    assert files.acts(Capture.objects.get(sha256=files.digest(CONTENT)))[-1] == "exported"
    elsewhere()
    assert "Files: 2." in receive(tmp_path / "file")
    original = Capture.objects.get(sha256=files.digest(CONTENT))
    assert files.content_of(original) == CONTENT
    assert original.derivatives.get().copy_kind == "redacted"
    [line] = CustodyEntry.objects.filter(capture=original)
    assert (line.act, "from installation" in line.reason) == ("received", True)
    export(tmp_path / "again", Incident.objects.get(), with_files=True)
    assert lasting(tmp_path / "again") == lasting(tmp_path / "file")
    assert "Files: 0." in receive(tmp_path / "file")


def test_files_can_come_after_their_case(case, tmp_path, elsewhere):
    export(tmp_path / "rows", case)
    export(tmp_path / "whole", case, with_files=True)
    elsewhere()
    receive(tmp_path / "rows")
    assert "New rows: 0." in receive(tmp_path / "whole")
    assert all(files.content_of(row) for row in Capture.objects.all())


def test_a_file_that_is_not_what_its_hash_says_is_refused_with_all(case, tmp_path, elsewhere):
    export(tmp_path / "file", case, with_files=True)
    name = f"files/{files.digest(CONTENT)}"
    changed = rewritten(tmp_path / "file", lambda found: found | {name: CONTENT + b"%"})
    elsewhere()
    assert f"“{name}” is not what was written" in refusal(changed)
    assert not Capture.objects.exists()


def test_a_refused_file_leaves_nothing_on_the_disk(case, tmp_path, elsewhere, folder):  # noqa: F811
    export(tmp_path / "file", case, with_files=True)
    elsewhere()
    receive(tmp_path / "file", trial=True)
    assert [path for path in folder.rglob("*") if path.is_file()] == []


def test_a_file_that_was_changed_here_is_not_written(case, tmp_path):
    capture = Capture.objects.get(sha256=files.digest(CONTENT))
    path = path_of(capture.storage_name)
    path.chmod(0o600)
    path.write_bytes(b"another")
    with pytest.raises(Exception, match="not what it was"):
        export(tmp_path / "file", case, with_files=True)
    assert [each.name for each in tmp_path.iterdir()] == ["files"]


def test_files_told_in_trust_lie_sealed_there_too(case, tmp_path, elsewhere):
    source = Source.objects.get(title="Statement")
    source.confidential = True
    source.save()
    path = key(tmp_path)
    export(tmp_path / "open", case, with_files=True)
    assert rows(tmp_path / "open", "capture") == []
    export(tmp_path / "file", case, with_files=True, with_informants=True, key=path)
    elsewhere()
    receive(tmp_path / "file", key=path)
    came = Capture.objects.get(sha256=files.digest(CONTENT))
    assert path_of(came.storage_name).read_bytes() != CONTENT
    assert files.content_of(came) == CONTENT


def test_copies_that_the_program_makes_are_made_again(tmp_path):
    made = make.incident()
    source = make.source("Statement")
    make.cite(made, source)
    original, redaction, clean = files.redacted(source)
    export(tmp_path / "file", made, with_files=True)
    told = {row["values"]["sha256"] for row in rows(tmp_path / "file", "capture")}
    assert told == {original.sha256, redaction.sha256}
    assert clean.sha256 not in told
