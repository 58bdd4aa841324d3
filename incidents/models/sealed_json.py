"""Cells of a list as they lie in the database of one that was told in trust: sealed in one.

In Python they read as they were received. What was not read from the database is written open, and
sealed with the rest of its list by ``incidents.sealing.lists``.
"""

import json
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from incidents.models.sealed import SEALED, sealed, unsealed
from incidents.sealing import UnreadableSecretError


class OpenedCells(dict[str, Any]):
    """Cells that were sealed, with what they were read from, which is what is written back."""

    stored: dict[str, str]


class UnreadableCells(OpenedCells):
    """Stand for cells whose key is missing. They are written back as they were."""


class SealedJSONField(models.JSONField):
    """An object that may lie sealed: as the only member of one, without a name."""

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """The object itself."""
        return opened_cells(super().from_db_value(value, expression, connection))

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        """What was read sealed is written back so."""
        if isinstance(value, OpenedCells):
            value = value.stored
        return super().get_db_prep_save(value, connection)


def sealed_cells(cells: dict[str, Any]) -> dict[str, str]:
    """How these cells lie sealed."""
    return {"": sealed(json.dumps(cells, ensure_ascii=False))}


def opened_cells(found: Any) -> Any:
    """What lies in the database as it was received; what lies open stays as it is."""
    if not isinstance(found, dict) or not str(found.get("", "")).startswith(SEALED):
        return found
    try:
        cells = OpenedCells(json.loads(unsealed(found[""])))
    except UnreadableSecretError:
        cells = UnreadableCells({"": _("sealed; the key to it is missing")})
    cells.stored = found
    return cells
