"""The command line: figures, the report, and exit codes that a script can rely on."""

import csv
import io

import pytest
from django.core.management import CommandError, call_command

from incidents import roles
from incidents.models import ImportBatch, Incident, SourceList
from tests.incidents import factories as make
from tests.incidents.importing import lists

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk():
    return make.staff()


@pytest.fixture
def bring_in(tmp_path, clerk):
    """Run the command on these rows; return what it printed."""

    def run(*options, rows=lists.ROWS, mapping=lists.MAPPING):
        (tmp_path / "valley.csv").write_bytes(lists.table(rows))
        (tmp_path / "valley.toml").write_text(mapping, "utf-8")
        out = io.StringIO()
        call_command(
            "import_cases",
            str(tmp_path / "valley.csv"),
            "--mapping",
            str(tmp_path / "valley.toml"),
            "--by",
            clerk.username,
            *options,
            stdout=out,
        )
        return out.getvalue()

    return run


def test_a_list_comes_in_and_the_figures_are_printed(bring_in):
    printed = bring_in()
    assert Incident.objects.count() == 2
    assert "New rows: 3" in printed
    assert f"import {ImportBatch.objects.get().pk}" in printed


def test_whoever_may_not_bring_lists_in_may_not_do_so_by_command(bring_in, clerk):
    clerk.groups.clear()
    with pytest.raises(CommandError, match="may not do this"):
        bring_in()
    assert not ImportBatch.objects.exists()


def test_an_import_is_undone_by_whoever_did_it_or_a_reviewer(bring_in):
    bring_in()
    batch = ImportBatch.objects.get()
    viewer = make.staff()
    viewer.groups.clear()
    for member, word in ((make.staff(), "or a reviewer"), (viewer, "may not do")):
        with pytest.raises(CommandError, match=word):
            call_command("undo_import", str(batch.pk), "--by", member.username)
    assert Incident.objects.count() == 2
    out = io.StringIO()
    reviewer = make.staff(roles.REVIEWER)
    call_command("undo_import", str(batch.pk), "--by", reviewer.username, stdout=out)
    assert not Incident.objects.exists()


def test_a_trial_leaves_nothing_at_all(bring_in):
    printed = bring_in("--dry-run")
    assert "New rows: 3" in printed
    assert not ImportBatch.objects.exists()
    assert not SourceList.objects.exists()


def test_a_refused_list_ends_with_exit_code_1_and_says_why(bring_in, capsys):
    with pytest.raises(SystemExit) as ended:
        bring_in(rows=lists.changed(0, kind="Vanished"))
    assert ended.value.code == 1
    assert not Incident.objects.exists()


def test_the_report_holds_every_problem_and_no_formula(bring_in, tmp_path):
    report = tmp_path / "report.csv"
    rows = lists.changed(0, kind="=1+1")
    bring_in("--good-rows", "--report", str(report), rows=rows)
    assert report.read_bytes().startswith(b"\xef\xbb\xbf")
    lines = list(csv.DictReader(io.StringIO(report.read_text("utf-8-sig"))))
    [line] = [line for line in lines if line["Column"] == "kind"]
    assert (line["Row"], line["Key"], line["Value"]) == ("2", "1", "'=1+1")
    assert line["What is wrong"]
    assert line["How to mend it"]
    assert line["Consequence"] == "the case was not brought in"


def test_the_report_of_a_trial_says_what_would_be(bring_in, tmp_path):
    report = tmp_path / "report.csv"
    rows = lists.changed(0, kind="Vanished")
    bring_in("--good-rows", "--dry-run", "--report", str(report), rows=rows)
    assert "the case would not be brought in" in report.read_text("utf-8-sig")


def test_a_mapping_with_a_mistake_is_answered_by_its_line_and_keeps_nothing(bring_in):
    with pytest.raises(CommandError, match="Line"):
        bring_in(mapping=lists.MAPPING.replace('"first"', '"forename"'))
    assert not ImportBatch.objects.exists()


def test_a_file_that_is_not_there_is_named(clerk, tmp_path):
    (tmp_path / "m.toml").write_text(lists.MAPPING, "utf-8")
    with pytest.raises(CommandError, match=r"absent\.csv"):
        call_command(
            "import_cases",
            str(tmp_path / "absent.csv"),
            "--mapping",
            str(tmp_path / "m.toml"),
            "--by",
            clerk.username,
        )


def test_an_unknown_account_is_named(bring_in, clerk):
    with pytest.raises(CommandError, match="nobody"):
        bring_in("--by", "nobody")


def test_an_import_is_undone_by_its_number(bring_in, clerk):
    bring_in()
    out = io.StringIO()
    call_command(
        "undo_import", str(ImportBatch.objects.get().pk), "--by", clerk.username, stdout=out
    )
    assert not Incident.objects.exists()
    assert "People removed: 3" in out.getvalue()


def test_undo_names_the_cases_on_which_people_have_worked(bring_in, clerk):
    bring_in()
    case = Incident.objects.get(title="Attack A")
    make.cite(case)
    out = io.StringIO()
    with pytest.raises(CommandError, match="1 case"):
        call_command(
            "undo_import", str(ImportBatch.objects.get().pk), "--by", clerk.username, stdout=out
        )
    assert f"Incident {case.pk}:" in out.getvalue()
