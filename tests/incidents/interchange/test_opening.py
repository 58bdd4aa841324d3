"""A file is opened and checked without us, as docs/interchange.md says."""

import re
import subprocess
import sys

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from config.embedded.places import PROJECT
from incidents.interchange.declared import KINDS
from incidents.interchange.exporting import prepare
from incidents.interchange.parcel import Choices
from tests.incidents import factories as make
from tests.incidents.interchange.carried import export, key

pytestmark = pytest.mark.django_db

GUIDE = (PROJECT / "docs" / "interchange.md").read_text(encoding="utf-8")


def test_the_lines_of_the_guide_open_a_sealed_file_which_common_tools_check(tmp_path):
    case = make.incident(public_account="x" * 200_000)
    export(tmp_path / "sealed", case, key=key(tmp_path))
    [lines] = re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL)
    names = [str(tmp_path / name) for name in ("carry.key", "sealed", "opened")]
    subprocess.run([sys.executable, "-c", lines, *names], check=True)
    subprocess.run(["tar", "-xf", names[2]], cwd=tmp_path, check=True)
    checked = subprocess.run(
        ["sha256sum", "-c", "SHA256SUMS"], cwd=tmp_path, check=True, capture_output=True, text=True
    )
    assert "rows.ndjson: OK" in checked.stdout


def test_the_guide_names_every_kind_in_the_order_of_the_file():
    [told] = re.findall(r"Kinds, in the order of the file.*?The columns", GUIDE, re.DOTALL)
    names = re.findall(r"`([a-z-]+)`", told)
    assert names == [kind.name for kind in KINDS]


def test_many_rows_are_read_with_as_many_queries_as_few():
    def queries():
        with CaptureQueriesContext(connection) as caught:
            prepare([case.pk], Choices())
        return len(caught)

    case = make.incident()
    make.involvement(case, agency=make.agency())
    make.legal_action(case)
    make.status(case, make.violation(case).person, "disappeared", "2023-10-29")
    queries()
    few = queries()
    for number in range(6):
        act = make.violation(case, make.person(f"Victim {number}"))
        make.status(case, act.person, "disappeared", "2023-10-29")
        make.status(case, act.person, "dead", "2023-11-23")
    assert queries() == few
