"""The rows that are read with a row."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Prefetch, QuerySet

_HELD = "read_"


def reading(lookup: str, rows: "QuerySet[Any] | None" = None) -> "Prefetch[Any]":
    """A prefetch of a relation for ``parts``, of all its rows or of these."""
    name = lookup.rpartition("__")[2]
    return Prefetch(lookup, rows, to_attr=f"{_HELD}{name}")


def parts(row: Any, name: str) -> Iterable[Any]:
    """The rows of a relation as they were read with the row, else as ``row.name.all()`` gives them.

    They are held as plain lists. A case has some two hundred of them, and for each that Django
    keeps itself it makes a query, and a manager whenever it is asked: that takes longer than
    building the documents. What others ask for too (names) is left to Django all the same.
    """
    held: Iterable[Any] | None = row.__dict__.get(_HELD + name)
    if held is None:
        held = row.__dict__.get("_prefetched_objects_cache", {}).get(name)
    if held is None:
        held = getattr(row, name).all()
    return held
