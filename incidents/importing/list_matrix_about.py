"""What a matrix of lists is, told in a file beside it: a table for statistics has no room for it.

The file is named as the W3C's metadata for tables on the web (CSVW) is: ``matrix.csv`` has
``matrix.csv-metadata.json``.
"""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from incidents.importing.list_matrix import (
    LIST_PREFIX,
    NOT_APPLICABLE,
    NOT_ON_LIST,
    ON_LIST,
    STRATA,
)
from incidents.models import SourceList
from record.caveat import CAVEAT

_ENDING: Final = "-metadata.json"

_VALUES: Final = {
    ON_LIST: "A row of the list documents the person.",
    NOT_ON_LIST: "The list could have documented the person and did not.",
    NOT_APPLICABLE: (
        "The list could not have documented the person, whose violations all lie outside of what "
        "it covers. It says nothing, and is never a 0."
    ),
}


def about_path(matrix: Path) -> Path:
    """Where to say what is in the matrix of this file."""
    return matrix.with_name(f"{matrix.name}{_ENDING}")


def about(lists: Sequence[SourceList], *, people: int) -> str:
    """The matrix of these lists described, as JSON, in English. Two queries for each list.

    A list that rests on a confidential source is told by its short name alone: whoever works with
    the matrix need not know who collected it.
    """
    described = [_described(each) for each in lists]
    whole = {
        "caveat": CAVEAT,
        "collecting_bodies": [each["collected_by"] for each in described],
        "written_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "people": people,
        "values": _VALUES,
        "lists": described,
        "strata": list(STRATA),
    }
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _described(each: SourceList) -> dict[str, Any]:
    named = each.source is None or not each.source.confidential
    return {
        "column": f"{LIST_PREFIX}{each.code}",
        "collected_by": each.name if named else each.code,
        "covers": {
            "period": each.covers.text,
            "areas": sorted(area.code for area in each.covers_areas.all()),
            "types": sorted(term.code for term in each.covers_types.all()),
        },
    }
