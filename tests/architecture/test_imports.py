"""Imports go down only: config -> api, website, incidents -> record -> reference."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent.parent

MAY_IMPORT = {
    "reference": set(),
    "record": {"reference"},
    "incidents": {"record", "reference"},
    "api": {"record", "reference"},
    "website": {"record", "reference"},
    "config": {"reference", "record", "incidents", "api", "website"},
}
NAMED_IN_TEXT = re.compile(rf"^({'|'.join(MAY_IMPORT)})\.[A-Za-z_.]+$")


def names_in(path: Path) -> Iterator[tuple[int, str]]:
    """Line and dotted name of all that a file imports, and of modules it names as text.

    Text counts because a lazy model reference or an import by name crosses a layer too.
    """
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield node.lineno, node.module or ""
        elif (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and NAMED_IN_TEXT.match(node.value)
        ):
            yield node.lineno, node.value


def trespasses(app: str, path: Path) -> list[str]:
    allowed = MAY_IMPORT[app] | {app}
    return [
        f"{path.name}:{line} {name}"
        for line, name in names_in(path)
        if (top := name.split(".")[0]) in MAY_IMPORT and top not in allowed
    ]


@pytest.mark.parametrize("app", MAY_IMPORT)
def test_an_app_imports_only_what_lies_below_it(app):
    files = sorted((PROJECT / app).rglob("*.py"))
    assert files
    assert [each for path in files for each in trespasses(app, path)] == []


@pytest.mark.parametrize(
    "line",
    [
        "import incidents.models",
        "from incidents.models import Incident",
        "def f():\n    from incidents import publishing",
        "x = ForeignKey('incidents.Incident')",
        "import_module('incidents.publishing')",
    ],
)
def test_every_way_up_is_seen(line, tmp_path):
    path = tmp_path / "views.py"
    path.write_text(line)
    assert len(trespasses("api", path)) == 1
    assert trespasses("config", path) == []


def test_no_module_is_called_after_nothing():
    vague = {"utils", "helpers", "common", "misc"}
    assert [
        str(path.relative_to(PROJECT))
        for app in MAY_IMPORT
        for path in (PROJECT / app).rglob("*")
        if path.stem in vague
    ] == []
