"""What the history of the case file records, with triggers that run once a statement."""

import copy
from typing import Any, Final, Self

import pghistory
import pgtrigger

STATEMENT: Final[Any] = getattr(pgtrigger, "Statement")  # noqa: B009 - its type is unknown to mypy


class _Recorded(pghistory.RowEvent):
    """An event that keeps its operation when pghistory copies it for each model.

    pgtrigger knows insert, update and delete by identity, so that the copy of one is no operation
    it knows, and a trigger that runs once a statement could not see its rows.
    """

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return copy.copy(self)


class Insert(_Recorded, pghistory.InsertEvent):
    """A row that was added."""


class Update(_Recorded, pghistory.UpdateEvent):
    """A row of which some value changed."""


class Delete(_Recorded, pghistory.DeleteEvent):
    """A row that was removed, as it last stood."""
