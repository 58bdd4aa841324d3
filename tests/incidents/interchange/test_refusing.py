"""What is not taken in, and what is said of it. Nothing of such a file stays."""

import io
import json
import tarfile
from hashlib import sha256

import pytest
from django.core.management import CommandError

from incidents.models import Agency, Arrival, Incident, Person, Violation
from reference.models import Area, Term
from tests.incidents import factories as make
from tests.incidents.interchange.carried import (
    another_installation,
    export,
    key,
    parts,
    receive,
    refusal,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path):
    """A case written out of an installation that is another one now."""
    case = make.incident()
    act = make.violation(case)
    act.methods.set([make.term("method", "from-home")])
    make.involvement(case, agency=make.agency())
    export(tmp_path / "file", case)
    another_installation()
    return tmp_path / "file"


def rewritten(file, change, *, right_sums=True):
    """The same file with another content: ``change`` takes the rows, or the name of a part."""
    found = parts(file)
    found = change(found)
    if right_sums:
        manifest = json.loads(found["manifest.json"])
        manifest["sha256"] = {name: sha256(found[name]).hexdigest() for name in manifest["sha256"]}
        found["manifest.json"] = json.dumps(manifest).encode()
    target = file.with_name("changed")
    with tarfile.open(target, "w") as archive:
        for name, content in found.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return target


def with_rows(change):
    """A change of the rows, each as an object."""

    def changed(found):
        rows = [json.loads(line) for line in found["rows.ndjson"].split(b"\n") if line]
        told = change(rows)
        rows = rows if told is None else told
        lines = "".join(json.dumps(row) + "\n" for row in rows)
        return found | {"rows.ndjson": lines.encode()}

    return changed


def the(rows, kind):
    return next(row for row in rows if row["kind"] == kind)


def nothing_came():
    return not (Incident.objects.exists() or Person.objects.exists() or Arrival.objects.exists())


def test_a_row_that_was_changed_on_the_way_is_seen(file):
    changed = rewritten(
        file,
        with_rows(lambda rows: the(rows, "incident")["values"].update(title="Another")),
        right_sums=False,
    )
    assert "“rows.ndjson” is not what was written" in refusal(changed)
    assert nothing_came()


@pytest.mark.parametrize("part", ["rows.ndjson", "terms.ndjson", "README.txt"])
def test_a_part_that_is_missing_is_seen(file, part):
    def without(found):
        return {name: content for name, content in found.items() if name != part}

    assert "missing" in refusal(rewritten(file, without, right_sums=False))


def test_a_part_that_does_not_belong_there_is_seen(file):
    changed = rewritten(file, lambda found: found | {"../../etc/passwd": b"x"})
    assert "does not belong" in refusal(changed)


def test_a_file_of_evidence_that_nobody_listed_is_seen(file):
    changed = rewritten(file, lambda found: found | {"files/" + "ab" * 32: b"x"})
    assert "not in its list" in refusal(changed)


@pytest.mark.parametrize("left", [100, 512, 5_000])
def test_a_file_that_breaks_off_is_seen(file, left):
    file.write_bytes(file.read_bytes()[:left])
    assert "Nothing was brought in" in refusal(file)


def test_any_other_file_is_seen(tmp_path):
    (tmp_path / "list.csv").write_text("name,date\n" * 100)
    assert "no file of cases" in refusal(tmp_path / "list.csv")


def test_a_header_that_nobody_wrote_properly_is_seen(file):
    info = tarfile.TarInfo("README.txt")
    info.pax_headers = {"size": "-51"}
    file.write_bytes(info.tobuf(tarfile.PAX_FORMAT) + file.read_bytes())
    assert "It breaks off" in refusal(file)


def test_what_a_stranger_wrote_gives_the_terminal_no_commands(file):
    changed = rewritten(file, lambda found: found | {"\x1b[2J": b"x"})
    said = refusal(changed)
    assert "“�[2J” does not belong" in said
    assert "\x1b" not in said


def test_an_installation_is_called_by_a_code_and_nothing_else(file):
    def renamed(found):
        manifest = json.loads(found["manifest.json"]) | {"installation": "The head of the office"}
        return found | {"manifest.json": json.dumps(manifest).encode()}

    assert "“manifest.json” is not what was written" in refusal(rewritten(file, renamed))


def test_another_version_is_refused_by_its_number(file):
    def newer(found):
        manifest = json.loads(found["manifest.json"]) | {"version": 2}
        return found | {"manifest.json": json.dumps(manifest).encode()}

    assert "version 2; this program reads version 1" in refusal(rewritten(file, newer))


def test_a_term_that_is_not_here_is_named_with_what_mends_it(file):
    Term.objects.filter(vocabulary="method", code="from-home").update(code="elsewhere")
    said = refusal(file)
    assert "The term “from-home” (" in said
    assert "of the vocabulary “method” is not here. Add it under Vocabularies" in said
    assert nothing_came()


@pytest.mark.parametrize("notes", [["from-home"], {"from-home": 5}, "from-home", None])
def test_notes_on_methods_are_texts_by_code(file, notes):
    def noted(rows):
        the(rows, "violation")["values"]["method_notes"] = notes

    assert "has not the form" in refusal(rewritten(file, with_rows(noted)))


@pytest.mark.parametrize("told", ["", {}])
def test_a_set_is_a_list(file, told):
    def changed(rows):
        the(rows, "violation")["values"]["methods"] = told

    assert "has not the form" in refusal(rewritten(file, with_rows(changed)))


def test_an_area_that_is_not_here_is_named(file):
    Area.objects.filter(code="PK211").update(code="PK999")
    assert "The area “PK211” is not here." in refusal(file)


def test_a_row_that_is_here_and_differs_is_named_with_the_column_and_stays(file):
    receive(file)
    Violation.objects.update(outcome="He came home")
    said = refusal(file)
    assert "differs in “outcome”" in said
    assert ":violation:" in said
    assert "“person”" not in said
    assert Violation.objects.get().outcome == "He came home"


def test_a_link_whose_end_is_missing_is_named(file):
    changed = rewritten(
        file, with_rows(lambda rows: [row for row in rows if row["kind"] != "agency"])
    )
    said = refusal(changed)
    assert "leads by “agency” to" in said
    assert "which is not in the file" in said


def test_a_link_to_a_row_of_another_kind_is_named(file):
    def crossed(rows):
        the(rows, "violation")["values"]["person"] = the(rows, "incident")["id"]

    assert "of another kind" in refusal(rewritten(file, with_rows(crossed)))


def test_a_row_that_stands_there_twice_is_named(file):
    changed = rewritten(file, with_rows(lambda rows: [*rows, the(rows, "citation")]))
    assert "stands there twice" in refusal(changed)


@pytest.mark.parametrize(
    "change",
    [
        lambda row: row["values"].update(stage="approved"),
        lambda row: row["values"].pop("title"),
        lambda row: row.update(id="incident 7"),
        lambda row: row.update(kind="staff-member"),
        lambda row: row["values"].update(kind=["violation-event"]),
        lambda row: row.update(entered={"at": "yesterday", "by": ""}),
        lambda row: row.update(values=None),
        lambda row: row.update(entered={"at": "", "by": "a\0b"}),
        lambda row: row.update(reference="\ud800"),
        lambda row: row["values"].update(area="PK\0"),
    ],
)
def test_a_row_of_another_form_is_refused(file, change):
    changed = rewritten(file, with_rows(lambda rows: change(the(rows, "incident"))))
    assert "has not the form that this version knows" in refusal(changed)
    assert nothing_came()


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("date", "some day"),
        ("title", ""),
        ("title", "x" * 201),
        ("date_basis", "guessed"),
        ("title", "a\x00b"),
        ("latitude", "26.1"),
        ("received_on", "2023-13-01"),
        ("restricted", "perhaps"),
        ("received_on", 5),
        ("date", ["2023"]),
        ("title", "\ud800"),
    ],
)
def test_a_value_that_no_column_takes_is_refused_with_its_row(file, column, value):
    changed = rewritten(
        file, with_rows(lambda rows: the(rows, "incident")["values"].update({column: value}))
    )
    said = refusal(changed)
    assert ":incident:" in said
    assert "is not taken" in said
    assert nothing_came()


def test_an_agency_of_the_same_name_is_asked_about(file):
    ours = make.agency(seat="Quetta")
    assert "An agency of the same name as" in refusal(file)
    assert "agency" not in receive(file, same_agencies=True)
    ours.refresh_from_db()
    assert (Agency.objects.count(), ours.seat) == (1, "Quetta")
    assert "New rows: 0." in receive(file)


def test_what_was_removed_here_does_not_come_back_unasked(file):
    receive(file)
    act = Violation.objects.get()
    act.delete()
    assert "was here and was removed since" in refusal(file)
    assert "violation: 1" in receive(file, bring_back=True)
    assert "New rows: 0." in receive(file)


def test_a_sealed_file_wants_its_key(tmp_path):
    case = make.incident()
    export(tmp_path / "sealed", case, key=key(tmp_path))
    assert case.title.encode() not in (tmp_path / "sealed").read_bytes()
    another_installation()
    assert "Name its key" in refusal(tmp_path / "sealed")
    other = tmp_path / "other"
    other.mkdir()
    assert "does not open" in refusal(tmp_path / "sealed", key=key(other))
    receive(tmp_path / "sealed", key=tmp_path / "carry.key")
    assert Incident.objects.get().title == case.title


def test_a_sealed_file_that_was_cut_off_is_seen(tmp_path):
    case = make.incident(public_account="x" * 400_000)
    path = key(tmp_path)
    export(tmp_path / "sealed", case, key=path)
    whole = (tmp_path / "sealed").read_bytes()
    (tmp_path / "sealed").write_bytes(whole[: 22 + 4 * (64 * 1024 + 16)])
    another_installation()
    assert "not what was sealed" in refusal(tmp_path / "sealed", key=path)
    assert nothing_came()


def test_a_trial_says_all_and_keeps_nothing(file):
    said = receive(file, trial=True)
    assert "violation: 1" in said
    assert "nothing was written" in said
    assert nothing_came()


@pytest.mark.parametrize("options", [{"unsealed": False}, {"unsealed": True, "key": "a.key"}])
def test_a_file_is_sealed_or_somebody_says_that_it_is_not(tmp_path, options):
    case = make.incident()
    from django.core.management import call_command

    with pytest.raises(CommandError, match="Name the key"):
        call_command("export_cases", str(case.pk), to=tmp_path / "file", **options)
    assert list(tmp_path.iterdir()) == []
