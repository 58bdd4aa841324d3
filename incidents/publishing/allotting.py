"""The permanent references of what is published for the first time."""

from collections.abc import Iterable, Sequence

from django.db import connection

from incidents.documents.case import published_rows
from incidents.documents.casefile import CaseFile
from incidents.documents.references import Publishable, kind_of
from record.chain import allocate_references
from record.kinds import Kind

_Identity = tuple[Kind, int]


class AllottedReferences:
    """The permanent references of some cases; rows that have none yet are given theirs.

    Numbers go out in the order of the cases, as if these were published one after the other.
    """

    def __init__(self, cases: Iterable[CaseFile], year: int) -> None:
        new: dict[Kind, dict[int, Publishable]] = {}
        self._names: dict[_Identity, str] = {}
        self.new: set[str] = set()
        """The references that were given out."""
        for case in cases:
            for row in published_rows(case):
                if row.reference is None:
                    new.setdefault(kind_of(row), {}).setdefault(row.pk, row)
                else:
                    self._names[kind_of(row), row.pk] = row.reference
        for kind, rows in new.items():
            self._allot(kind, list(rows.values()), year)

    def __call__(self, row: Publishable) -> str:
        return self._names.get((kind_of(row), row.pk)) or str(row.reference)

    def _allot(self, kind: Kind, rows: Sequence[Publishable], year: int) -> None:
        references = allocate_references(kind, year, len(rows))
        for row, reference in zip(rows, references, strict=True):
            row.reference = reference
            self._names[kind, row.pk] = reference
        self.new.update(references)
        if kind is not Kind.INCIDENT:  # an incident gets its own when it is marked as published
            _store(rows)


def _store(rows: Sequence[Publishable]) -> None:
    statement = f"""
        UPDATE {rows[0]._meta.db_table} AS stored SET reference = given.reference
        FROM unnest(%s::bigint[], %s::text[]) AS given (id, reference)
        WHERE stored.id = given.id
        """  # noqa: S608 - the table's own name
    with connection.cursor() as cursor:
        cursor.execute(statement, [[row.pk for row in rows], [row.reference for row in rows]])
