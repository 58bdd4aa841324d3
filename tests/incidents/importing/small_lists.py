"""Small lists and mappings for tests: what a test does not name does not matter."""

import csv
from pathlib import Path
from typing import Any

from incidents.importing.drafting import CaseDraft, Draft, KeyedRow, draft_case
from incidents.importing.file_areas import AreaPlan
from incidents.importing.lookups import Lookups
from incidents.importing.mapping import Mapping, read_mapping

HEAD = """
[list]
code = "test"
name = "A list"

[rows]
are = "{are}"
{rows}

[source]
title = "The list itself"
type = "dataset"
"""

INCIDENT = """
[incident]
title = "Case of {name}"
kind = { value = "violation-event" }
date = "date"
"""

VICTIM = """
[[victim]]

[[victim.name]]
given = "name"

[[victim.violation]]
type = { value = "enforced-disappearance" }
"""

ROW = {"id": "1", "name": "Example Person", "date": "2023-10-29"}


def mapping_text(
    more: str = "", *, are: str = "victim", rows: str = 'key = ["id"]', **parts: str
) -> str:
    """A whole mapping: ``incident`` and ``victim`` replace those parts, ``more`` comes last."""
    head = HEAD.format(are=are, rows=rows)
    return head + parts.get("incident", INCIDENT) + parts.get("victim", VICTIM) + more


def cases_of(
    mapping: Mapping, rows: list[dict[str, str]], lookups: Lookups | None = None
) -> list[CaseDraft]:
    """Every case of the rows, in order, as a run would draft them."""
    lookups = lookups or Lookups()
    plan = AreaPlan(mapping)
    cases: dict[str, list[KeyedRow]] = {}
    for number, cells in enumerate(rows, start=2):
        plan.add(cells)
        key = mapping.row_key(cells)
        cases.setdefault(mapping.case_key(cells, key), []).append(KeyedRow(key, number, cells))
    lookups.add_areas(plan)
    return [draft_case(key, found, mapping, lookups) for key, found in cases.items()]


def case_of(text: str, *rows: dict[str, str], lookups: Lookups | None = None) -> CaseDraft:
    """The first case of these rows under a mapping, whose columns are those of the first row."""
    mapping = read_mapping(text, columns=list(rows[0]))
    return cases_of(mapping, list(rows), lookups)[0]


def draft_at(case: CaseDraft, path: str) -> Draft:
    """The one draft with that path."""
    (found,) = [draft for draft in case.drafts if draft.path == path]
    return found


def values_at(case: CaseDraft, path: str) -> dict[str, Any]:
    """What that draft gives."""
    return draft_at(case, path).values


def codes(case: CaseDraft) -> list[str]:
    """What is wrong with the case, by code."""
    return [problem.code for problem in case.problems]


def read_csv(path: Path) -> list[dict[str, str]]:
    """The rows of a file of the examples."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
