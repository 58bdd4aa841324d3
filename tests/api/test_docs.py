"""The guide says what is so: its examples are run, and nothing is missing from its tables."""

import io
import json
import re
import shlex
import shutil
import subprocess
import urllib.request
from datetime import date
from pathlib import Path

import pytest
from django.http import QueryDict

from api.formats import renderers_of
from api.headers import EXPOSED
from api.models import AccessToken
from api.problem_types import PROBLEM_TYPES
from api.tokens import digest, new_token
from record.filters import FILTERS
from record.kinds import Kind
from record.questions import ask
from record.statistics import GROUPINGS
from tests.api.case import publish_case

GUIDE = (Path(__file__).parents[2] / "docs" / "api.md").read_text()
EXAMPLES = re.findall(r"```sh\n(.*?)\n```\n\n```(json|csv|text)\n(.*?)\n```", GUIDE, re.DOTALL)
PROGRAMS = re.findall(r"```python\n(.*?)\n```\n\n```text\n(.*?)\n```", GUIDE, re.DOTALL)
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


@pytest.mark.parametrize(
    ("command", "kind", "shown"), EXAMPLES, ids=[each[0][:100] for each in EXAMPLES]
)
def test_an_example_answers_as_the_guide_shows(client, db, command, kind, shown):
    publish_case()
    request, *further = command.split(" | ", 1)
    program, *options, url = shlex.split(request)
    assert program == "curl"
    url = url.removeprefix(HOST)
    body = client.get(url, headers=sent(options)).getvalue()
    if further:
        salt = seal_of(client, url)["salt"]
        assert piped(body, further[0].replace("<salt>", salt)) == sealed(client, url, shown)
    elif kind == "json":
        assert_shows(json.loads(shown.replace(HOST, "http://testserver")), json.loads(body))
    else:
        assert body.decode().splitlines() == shown.splitlines()


def sent(options):
    """The headers that a command sends, with a token where the guide leaves room for one."""
    if not options:
        return {}
    option, header = options
    assert option == "-H"
    name, value = header.split(": ", 1)
    if "<token>" in value:
        value = value.replace("<token>", a_token())
    return {name: value}


def a_token():
    token = new_token()
    AccessToken.objects.create(
        digest=digest(token), requests_per_hour=20_000, valid_until=date(2999, 12, 31)
    )
    return token


@pytest.mark.parametrize(("program", "shown"), PROGRAMS)
def test_a_program_in_the_guide_prints_what_the_guide_shows(
    client, db, capsys, monkeypatch, program, shown
):
    publish_case()
    monkeypatch.setattr(
        urllib.request,
        "urlopen",
        lambda address: io.BytesIO(client.get(address.removeprefix(HOST)).getvalue()),
    )
    exec(program, {})  # noqa: S102
    assert capsys.readouterr().out.splitlines() == shown.splitlines()


NAMED = re.findall(r"`(/api/v1/[^`<]+)`", GUIDE) + re.findall(rf'<- "{HOST}([^"]+)"', GUIDE)


@pytest.mark.parametrize("address", NAMED)
def test_an_address_named_in_the_guide_is_answered(client, db, address):
    publish_case()
    response = client.get(address)
    assert response.status_code == 200
    assert response.getvalue()  # read to its end: a file keeps its place among those sent


def test_the_column_that_the_guide_counts_in_r_is_in_the_table(client, db):
    address, column = (
        re.search(rule, GUIDE)[1] for rule in (rf'<- "{HOST}([^"]+)"', r"cases\$(\w+)")
    )
    assert column in client.get(address).getvalue().decode().splitlines()[0].split(",")


def piped(body, commands):
    """What common tools make of an answer."""
    missing = [name for name in ("jq", "sha256sum") if name in commands and not shutil.which(name)]
    if missing:
        pytest.skip(f"not installed: {missing}")
    run = subprocess.run(
        ["/bin/bash", "-c", f"set -o pipefail; {commands}"],
        input=body,
        capture_output=True,
        check=True,
    )
    return run.stdout.decode().strip()


def seal_of(client, url):
    return client.get(f"{url.removesuffix('seal/')}seal/").json()


def sealed(client, url, shown):
    """What the guide shows, with the figures of the seal in place of their names."""
    seal = seal_of(client, url)
    return re.sub(r"<(\w+)>", lambda name: seal[name[1]], shown)


def test_every_command_in_the_guide_has_its_answer():
    answers = sum(GUIDE.count(f"```{kind}\n") for kind in ("json", "csv", "text"))
    assert len(PROGRAMS) == GUIDE.count("```python\n") > 0
    assert len(EXAMPLES) == GUIDE.count("```sh\n") == answers - len(PROGRAMS) > 12


def test_every_format_is_in_the_guide_with_its_media_type():
    rows = dict(re.findall(r"^\| `([a-z-]+)` \| `([^`]+/[^`]+)` \|", GUIDE, re.MULTILINE))
    offered = {each.format: each.media_type for each in renderers_of(Kind.INCIDENT)}
    assert rows == {name: type_ for name, type_ in offered.items() if name != "json"}


def test_every_header_of_ours_is_in_the_guide():
    assert [name for name in EXPOSED.split(", ") if f"`{name}`" not in GUIDE] == []


def parameters(resource):
    return ask(resource, QueryDict(), cursors=True, samples=True).filters.filters


@pytest.mark.parametrize("resource", FILTERS)
def test_every_parameter_is_in_the_guide(resource):
    missing = [name for name in parameters(resource) if f"`{name}`" not in GUIDE]
    assert missing == []


def test_no_parameter_in_the_guide_is_made_up():
    table = GUIDE.split("## Parameters")[1].split("\n**A name")[0]
    rows = [line for line in table.splitlines() if line.startswith("| `")]
    known = {name for resource in FILTERS for name in parameters(resource)}
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
