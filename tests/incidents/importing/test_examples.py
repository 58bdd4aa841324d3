"""The examples of the documentation are read, and do what they say."""

import re
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings

from incidents.importing.lookups import Lookups
from incidents.importing.mapping import read_mapping
from incidents.models import Casualties, Involvement, Person, PersonName, Severity, Violation
from reference.dates import UNKNOWN, Match
from tests.incidents.importing.small_lists import cases_of, codes, mapping_text, read_csv
from tests.reference.sample_data import sample_data

pytestmark = pytest.mark.django_db

EXAMPLES = Path(settings.BASE_DIR) / "docs" / "examples"
GUIDE = Path(settings.BASE_DIR) / "docs" / "importing.md"


def example(name):
    rows = read_csv(EXAMPLES / f"{name}.csv")
    mapping = read_mapping((EXAMPLES / f"{name}.toml").read_text("utf-8"), columns=list(rows[0]))
    return cases_of(mapping, rows)


def blocks(kind):
    """The TOML of the guide: whole mappings, or parts of one."""
    return re.findall(rf"```toml {kind}\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL)


def test_the_guide_has_examples():
    assert blocks("mapping")
    assert blocks("part")


@pytest.mark.parametrize("text", blocks("mapping"))
def test_every_mapping_of_the_guide_is_read(text):
    assert read_mapping(text).columns_read


@pytest.mark.parametrize("text", blocks("part"))
def test_every_part_of_the_guide_is_read(text):
    """A part stands in a mapping from which the tables that it brings itself were taken."""
    own = set(re.findall(r"^\[+(\w+)", text, re.MULTILINE))
    base = re.split(r"\n(?=\[+\w+\]+\n)", mapping_text())
    rest = [each for each in base if not own & set(re.findall(r"^\[+(\w+)", each, re.MULTILINE))]
    if "victim" in own:
        rest = [each for each in rest if "[victim" not in each]
    assert read_mapping("\n".join([*rest, text]))


def test_every_kind_of_problem_is_explained_in_the_guide():
    folder = Path(settings.BASE_DIR) / "incidents" / "importing"
    sources = [*folder.glob("drafting/*.py"), folder / "file_areas.py"]
    text = "\n".join(path.read_text("utf-8") for path in sources)
    used = set(re.findall(r'(?:Unusable|Broken|_needs_text|report)\(\s*"([a-z-]+)"', text))
    used |= set(re.findall(r'code="([a-z-]+)"', text))
    explained = set(re.findall(r"`([a-z-]+)`", GUIDE.read_text("utf-8")))
    assert len(used) > 20
    assert used <= explained


def test_a_list_in_two_scripts_comes_in():
    cases = example("balochistan")
    assert [codes(case) for case in cases] == [[], [], [], []]
    names = [draft.values for draft in cases[0].of_model(PersonName)]
    assert names[0] == {"given": "Sample Baloch", "fathers_name": "Example Khan"}
    assert names[1] == {"given": "نمونہ بلوچ", "fathers_name": "مثال خان"}
    assert {case.of_model(Violation)[0].values["start"].text for case in cases} == {
        *("2023-10-29", "2023-10", "2023"),
    }


def test_a_list_of_incidents_comes_in():
    cases = example("incidents")
    assert [codes(case) for case in cases] == [[], [], []]
    assert [len(case.of_model(Person)) for case in cases] == [2, 1, 1]
    assert [len(case.of_model(Violation)) for case in cases] == [4, 1, 1]
    assert [len(case.of_model(Casualties)) for case in cases] == [1, 0, 0]


def test_a_list_of_acts_comes_in():
    cases = example("acts")
    assert [codes(case) for case in cases] == [[], []]
    assert [len(case.of_model(Person)) for case in cases] == [2, 1]
    assert [len(case.of_model(Violation)) for case in cases] == [3, 1]
    assert [len(case.of_model(Involvement)) for case in cases] == [3, 0]


@cache
def drafted_chile():
    """Every case of the real list; drafted once, since nothing of it reaches the database."""
    rows = read_csv(sample_data("chile/pinochet.csv"))
    text = (EXAMPLES / "pinochet.toml").read_text("utf-8")
    return cases_of(read_mapping(text, columns=list(rows[0])), rows)


@pytest.fixture
def chile():
    return drafted_chile()


def test_the_real_list_of_chile_comes_in(chile):
    disappearance = disappearances(chile)
    assert len(chile) == 1391
    assert sum(len(case.of_model(Person)) for case in chile) == 2398
    assert len(disappearance) == 961
    starts = [draft.values.get("start", UNKNOWN) for draft in disappearance]
    year = (date(1974, 1, 1), date(1974, 12, 31))
    assert sum(start.match(*year) is Match.CERTAIN for start in starts) == 228
    assert Match.POSSIBLE not in {start.match(*year) for start in starts}


def test_of_the_list_of_chile_six_rows_are_reported_and_none_refused(chile):
    problems = [problem for case in chile for problem in case.problems]
    assert Counter((problem.code, problem.severity) for problem in problems) == {
        ("end-before-start", Severity.LEFT_OUT): 3,
        ("point-far", Severity.NOTED): 3,
    }
    by_code = {(problem.code, problem.key) for problem in problems}
    assert by_code == {
        *(("end-before-start", key) for key in ("228", "651", "1541")),
        *(("point-far", key) for key in ("82", "1857", "2020")),
    }


def test_undated_rows_of_chile_stay_undated(chile):
    first_acts = [
        draft
        for case in chile
        for draft in case.of_model(Violation)
        if draft.path == "victim.0.violation.0"
    ]
    assert sum("start" not in draft.values for draft in first_acts) == 166


def disappearances(cases):
    lookups = Lookups()
    wanted = lookups.term("violation-type", "enforced-disappearance")
    found = [draft for case in cases for draft in case.of_model(Violation)]
    return [draft for draft in found if draft.values["type_id"] == wanted]
