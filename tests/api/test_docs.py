"""The guide says what is so: its examples are run, and nothing is missing from its tables."""

import json
import re
import shlex
from pathlib import Path

import pytest

from api.errors import PROBLEM_TYPES
from record.filters import FILTERS
from record.statistics import GROUPINGS
from tests.api.case import publish_case

GUIDE = (Path(__file__).parents[2] / "docs" / "api.md").read_text()
EXAMPLES = re.findall(r"```sh\n(.*?)\n```\n\n```json\n(.*?)\n```", GUIDE, re.DOTALL)
HOST = "http://127.0.0.1:8000"


def assert_shows(shown, answered):
    """What the guide shows is part of the answer: members of objects, the head of lists."""
    if isinstance(shown, dict):
        assert shown.keys() <= answered.keys()
        for name, value in shown.items():
            assert_shows(value, answered[name])
    elif isinstance(shown, list):
        assert len(shown) <= len(answered)
        for one, other in zip(shown, answered, strict=False):
            assert_shows(one, other)
    else:
        assert shown == answered


@pytest.mark.parametrize(("command", "shown"), EXAMPLES, ids=[each[0] for each in EXAMPLES])
def test_an_example_answers_as_the_guide_shows(client, db, command, shown):
    publish_case()
    program, url = shlex.split(command)
    assert program == "curl"
    answer = client.get(url.removeprefix(HOST))
    assert_shows(json.loads(shown.replace(HOST, "http://testserver")), answer.json())


def test_every_command_in_the_guide_has_its_answer():
    assert len(EXAMPLES) == GUIDE.count("```sh") == GUIDE.count("```json") > 5


@pytest.mark.parametrize("resource", FILTERS)
def test_every_parameter_is_in_the_guide(resource):
    missing = [name for name in FILTERS[resource].base_filters if f"`{name}`" not in GUIDE]
    assert missing == []


def test_no_parameter_in_the_guide_is_made_up():
    table = GUIDE.split("## Parameters")[1].split("\n**A name")[0]
    rows = [line for line in table.splitlines() if line.startswith("| `")]
    known = {name for filters in FILTERS.values() for name in filters.base_filters}
    for row in rows:
        cells = [cell.strip() for cell in row.strip("|").split("|")]
        named = re.findall(r"`([a-z_]+)`", cells[0]) + re.findall(r"`([a-z_]+)`", cells[2])
        assert set(named) <= known


def test_every_kind_of_error_is_in_the_guide_with_its_status():
    rows = re.findall(r"^\| (\d{3}) \| `([a-z-]+)` \|", GUIDE, re.MULTILINE)
    assert sorted(rows) == sorted(
        (str(problem.status), slug) for slug, problem in PROBLEM_TYPES.items()
    )


def test_every_grouping_of_statistics_is_in_the_guide():
    section = GUIDE.split("## Statistics")[1].split("## ")[0]
    assert [name for name in GROUPINGS if f"`{name}`" not in section] == []


def test_every_resource_is_in_the_guide(client, db):
    for resource in client.get("/api/v1/").json()["resources"]:
        assert f"`{resource['name']}/`" in GUIDE
