"""Searching a name in one script for a person known only in the other, on a real list.

The list of journalists killed in Gaza is brought in twice, once with the Arabic names alone and
once with the Latin ones alone, published, and each name is then sought in the other script.
It is measured only where the file is there: ``GAWAH_SAMPLE_DATA`` names the folder of the lists.
"""

import json
import os
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from bench import scratch
from bench.children import measure
from bench.figures import Figures
from config.embedded.places import PROJECT

FILE = "gaza_press/press_killed_in_gaza.json"
FIRST = 5
"""Results among which the person has to be."""

AIM = 0.95

_MAPPING = """
[list]
code = "press"
name = "Journalists killed"

[rows]
are = "victim"
key = ["name_en"]

[source]
title = "Journalists killed"
type = "rights-report"

[incident]
title = {{ value = "Killing of a journalist" }}
kind = {{ value = "violation-event" }}
public_account = {{ value = "According to the list, a journalist was killed." }}

[[victim]]
[victim.person]
name_protection = {{ value = "full" }}
publication_ground = {{ value = "already-public" }}
risk_assessment = {{ value = "Printed by news agencies." }}
[[victim.name]]
given = "{column}"
[[victim.violation]]
type = {{ value = "killing-unattributed" }}
"""


def run(figures: Figures, _rows: list[int]) -> None:
    """Measure both directions."""
    path = Path(os.environ.get("GAWAH_SAMPLE_DATA") or PROJECT.parent / "shared" / "data") / FILE
    if not path.exists():
        sys.stdout.write(f"names: not measured, {FILE} is not here (set GAWAH_SAMPLE_DATA)\n")
        return
    for direction, known, sought in (
        ("Latin finds Arabic", "name", "name_en"),
        ("Arabic finds Latin", "name_en", "name"),
    ):
        scratch.fresh_copy()
        found = measure("bench.names:search", path=str(path), known=known, sought=sought)
        share = found["found"] / found["pairs"]
        figures.add(
            f"names: {direction}, among the first {FIRST}",
            share,
            "of pairs",
            aim=AIM,
            pairs=found["pairs"],
        )


def search(path: str, known: str, sought: str) -> dict[str, Any]:
    """Bring the list in with the names of one column, publish it, and seek those of the other."""
    from django.core.files import File
    from django.http import QueryDict

    from bench.publication import approve_all, publish_all
    from bench.staff import clerk
    from incidents.importing import running
    from incidents.models import ListRow
    from record.questions import ask

    by = clerk()
    with open(path, "rb") as file:
        batch = running.receive(File(file), file_name=Path(path).name, by=by)
    batch.mapping = _MAPPING.format(column=known)
    batch.save()
    running.run(batch, by=by)
    approve_all(batch)
    publish_all(batch)
    pairs = json.loads(Path(path).read_text("utf-8"))
    references = dict(ListRow.objects.values_list("key", "person__reference"))
    found = 0
    for pair in pairs:
        question = ask("victims", QueryDict(urlencode({"name": pair[sought]})))
        nearest = [json.loads(document)["reference"] for document in question.entries(1, FIRST)]
        found += references[pair["name_en"]] in nearest
    return {"pairs": len(pairs), "found": found}
