"""Which incidents and victims reach back before their date, told by the facts.

``record/keys.py`` tells it from a document, which speaks of everything that happened. The facts
of a victim come from documents of incidents, and pages look for facts: where the two are not in
step, a page would leave out an object without a word, so what facts say is added to the keys.
"""

from collections.abc import Collection, Iterator
from typing import Final

from django.db import connection

from record.kinds import Kind
from record.models import ENTRY_OF, Fact, IncidentKey, VictimKey

_KEYS: Final = {Kind.INCIDENT: IncidentKey, Kind.VICTIM: VictimKey}

# Without any date a fact is in no range of dates; without a first day it is in all that are early.
_UNTOLD: Final = """
    key.earliest IS NOT NULL AND NOT key.reaches_back AND EXISTS (
        SELECT FROM {facts} AS fact WHERE fact.{unit}_id = key.entry_id AND (
            fact.start_earliest < key.earliest
            OR fact.start_earliest IS NULL AND fact.start_latest IS NOT NULL
        )
    )
    """


def mark_reaching_back(kind: Kind, entries: Collection[int] | None = None) -> None:
    """Mark the incidents or victims of which a fact may have begun before their date, among these
    entries or all. One query. None loses its mark here: one too many costs a look and no more."""
    keys = _KEYS[kind]._meta.db_table
    among = "" if entries is None else "AND key.entry_id = ANY(%s)"
    statement = f"UPDATE {keys} AS key SET reaches_back = true WHERE {_untold(kind)} {among}"  # noqa: S608 - our own names
    with connection.cursor() as cursor:
        cursor.execute(statement, None if entries is None else [list(entries)])


def missing_marks() -> Iterator[str]:
    """The references of the incidents and victims that lack the mark: pages leave them out of
    ranges of dates in which they are counted."""
    for kind, model in _KEYS.items():
        entries = ENTRY_OF[kind]._meta.db_table
        with connection.cursor() as cursor:
            cursor.execute(f"""
                SELECT entry.reference FROM {model._meta.db_table} AS key
                JOIN {entries} AS entry ON entry.id = key.entry_id
                WHERE {_untold(kind)} ORDER BY entry.reference
            """)  # noqa: S608 - our own names
            while row := cursor.fetchone():
                yield row[0]


def _untold(kind: Kind) -> str:
    unit = {Kind.INCIDENT: "incident", Kind.VICTIM: "victim"}[kind]
    return _UNTOLD.format(facts=Fact._meta.db_table, unit=unit)
