"""What a text is found in, looked up once for all the statements of an answer.

An answer counts, counts again what is certain, undated or unplaced, and fetches a page. Left to
each of these statements, the text would be matched in each anew, and the planner, which guesses
badly how many documents hold it, may read the vectors of all documents from where they are
stored aside: that takes minutes. The ids that are found once are handed to every statement
instead; their number is known to the planner, and nothing but the index was asked for them.
"""

from dataclasses import dataclass
from typing import Any, Final

from django.contrib.postgres.search import SearchQueryCombinable
from django.core.exceptions import EmptyResultSet
from django.db import connection, transaction
from django.db.models import BooleanField, F, Func, Q, Value
from django.db.models.expressions import RawSQL

from record.models.search import SearchText
from record.snapshots import MEMORY

_INDEX_ALONE: Final = "SET LOCAL enable_seqscan = off; SET LOCAL jit = off"
"""What the database is told before it matches. That nothing is compiled stays so until the answer
is given: it costs more than it gains."""

_MEMORY: Final = "SET LOCAL work_mem = '64MB'"
"""Held for a moment by one statement: the ids of all documents of a large record, in memory."""

_AS_BEFORE: Final = (
    f"set_config('work_mem', '{MEMORY}', true), set_config('enable_seqscan', 'on', true)"
)
"""What it is told once they are gathered, for whatever else is read: files of any length."""

_GATHER: Final = f"""
    SELECT coalesce(array_agg(entry_id), '{{{{}}}}')::text, count(*), {_AS_BEFORE}
    FROM ({{}}) AS found
    """  # noqa: S608 - our own text

_MANY: Final = 50_000
"""Of more, rows are gone through and each is looked for among them, not the other way round."""

_FEW: Final = 5_000
"""Of more, a walk in order soon meets as many as a page holds; fewer are gathered and ordered."""


class Among(Func):
    """Whether a column holds one of these ids, which are put into a table in memory for it."""

    # A condition that is no plain IN is not turned into a join, which would gather every row.
    template = "(%(expressions)s::bigint[]))) IS TRUE"
    arg_joiner = " IN (SELECT unnest("
    output_field = BooleanField()

    def __init__(self, column: str, ids: str, **extra: Any) -> None:
        super().__init__(F(column), Value(ids), **extra)


@dataclass(frozen=True, slots=True)
class Matches:
    """The ids of the documents that a text was found in."""

    ids: str
    """As an array of PostgreSQL, ``{1,2,3}``: they go back as they came, never read here."""

    number: int
    """How many there are."""

    def of(self, column: str) -> Q:
        """The condition that a column holds one of them."""
        return self._looked_up(column) if self.number <= _MANY else Q(Among(column, self.ids))

    def walked(self, column: str) -> Q:
        """The same for a walk in order that ends where a page is full."""
        return self._looked_up(column) if self.number <= _FEW else Q(Among(column, self.ids))

    def _looked_up(self, column: str) -> Q:
        if not self.number:
            return Q(**{f"{column}__in": ()})
        # Told to be distinct, they are known to be, and how many they are.
        statement = "SELECT DISTINCT unnest(%s::bigint[])"
        return Q(**{f"{column}__in": RawSQL(statement, [self.ids])})  # noqa: S611 - our own text


def matches(texts: type[SearchText], query: SearchQueryCombinable) -> Matches:
    """The documents of one kind that the query finds, by its index alone. One query.

    Raises ``OperationalError`` when it takes longer than a statement may.
    """
    stored: Any = texts._default_manager
    found = stored.filter(vector=query).values("entry_id")
    try:
        statement, values = found.query.sql_with_params()
    except EmptyResultSet:
        return Matches("{}", 0)
    # Settings that are local need a transaction, which an answer has already. Only our own text
    # and a compiled query stand in the statement.
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        cursor.execute(
            f"{_INDEX_ALONE}; {_MEMORY}; {_GATHER.format(statement)}",
            values,
        )
        ids, number, *_settings = cursor.fetchone()
    return Matches(ids, number)
