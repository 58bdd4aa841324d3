"""Every exported column, declared once for each kind of object: CSV, XLSX and GeoJSON are
written from it, and so is whatever describes them.

Columns are an allow-list over documents that are finished and allow-listed themselves. What a
row cannot hold (accounts that contradict each other, steps of a court case) is counted here and
stands whole in JSON and NDJSON.

A module for each kind holds its columns; ``values``, ``places`` and ``lists`` are what they are
declared with.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from record.columns import agency, incident, legal_action, source, victim, violation
from record.columns.column import Column
from record.kinds import Kind

COLUMNS: Final[dict[Kind, tuple[Column, ...]]] = {
    Kind.INCIDENT: incident.COLUMNS,
    Kind.VIOLATION: violation.COLUMNS,
    Kind.VICTIM: victim.COLUMNS,
    Kind.AGENCY: agency.COLUMNS,
    Kind.LEGAL_ACTION: legal_action.COLUMNS,
    Kind.SOURCE: source.COLUMNS,
}
"""The columns of each kind, in the order in which files have them."""


def column_names(kind: Kind) -> tuple[str, ...]:
    """What ``fields`` may name where columns are written: members, and single columns."""
    columns = COLUMNS[kind]
    return tuple(dict.fromkeys(name for each in columns for name in (each.member, each.name)))


def chosen_columns(kind: Kind, names: Iterable[str] | None) -> Sequence[Column]:
    """The columns that ``fields`` names, in its order: all of a member, or single ones; every
    column for None."""
    columns = COLUMNS[kind]
    if names is None:
        return columns
    found: dict[str, Column] = {}
    for name in names:
        of_member = [each for each in columns if each.member == name]
        for column in of_member or [each for each in columns if each.name == name]:
            found[column.name] = column
    return tuple(found.values())
