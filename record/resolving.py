"""From the references that documents name to the live entries they lead to."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from django.db import connection

from record.kinds import Kind, kind_of
from record.models.entry import ENTRY_OF


class Live(NamedTuple):
    """A live entry: its id, and the sequence of its last revision.

    For a violation also the id of the incident that its own document names; None for others.
    """

    id: int
    sequence: int
    incident: int | None


def resolve(references: Iterable[str]) -> dict[str, Live]:
    """The live entry each reference leads to; a merged object leads to its survivor.

    References that lead nowhere (withdrawn, or never published) are left out. A merged violation
    leads nowhere either: its survivor has a fact of its own. One query.
    """
    by_kind: dict[Kind, list[str]] = defaultdict(list)
    for reference in set(references):
        if kind := kind_of(reference):
            by_kind[kind].append(reference)
    if not by_kind:
        return {}
    statements = [_statement(kind) for kind in by_kind]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(statements), list(by_kind.values()))
        return {reference: Live(*columns) for reference, *columns in cursor.fetchall()}


def _statement(kind: Kind) -> str:
    table = ENTRY_OF[kind]._meta.db_table
    if kind is Kind.VIOLATION:
        incidents = ENTRY_OF[Kind.INCIDENT]._meta.db_table
        return f"""
            SELECT named.reference, named.id, named.sequence, coalesce(of.merged_into_id, of.id)
            FROM {table} AS named
            LEFT JOIN {incidents} AS of
                ON of.reference = named.document::json #>> '{{incident,reference}}'
            WHERE named.reference = ANY(%s) AND named.state = 'live'
            """  # noqa: S608 - the tables' own names
    return f"""
        SELECT named.reference, target.id, target.sequence, NULL::bigint
        FROM {table} AS named
        JOIN {table} AS target ON target.id = coalesce(named.merged_into_id, named.id)
        WHERE named.reference = ANY(%s) AND target.state = 'live'
        """  # noqa: S608 - the table's own name
