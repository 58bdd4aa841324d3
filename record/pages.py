"""The pages of a list: rows in a total order, and the finished documents of a stretch of them.

One statement finds the rows and fetches their documents, in that order: rows that carry documents
are too fat to sort, so a document is looked up only once its place is known. Documents come as
the bytes they are sent as, never decoded on the way.
"""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import F, QuerySet, Value
from django.db.models.functions import NullIf
from psycopg2.extensions import BYTES, register_type

from record.models import Fact
from record.models.entry import State
from record.resources import Resource


def ordered(resource: Resource, rows: QuerySet[Any], ordering: str) -> QuerySet[Any]:
    """The rows in a total order: what has no value comes last, equal values by id.

    The id runs with the order asked for, so that an index serves both directions.
    """
    key = ordering.removeprefix("-")
    column = resource.orderings[key]
    value: Any = NullIf(F(column), Value("")) if column == "sort_name" else F(column)
    tie = F("id") if resource.keys is Fact else F("entry_id")
    # Said of a column that has always a value, it would keep its index from being walked.
    last = resource.keys._meta.get_field(column).null or column == "sort_name" or None
    if ordering.startswith("-"):
        return rows.order_by(value.desc(nulls_last=last), tie.desc())
    return rows.order_by(value.asc(nulls_last=last), tie.asc())


def page_of(resource: Resource, rows: QuerySet[Any], first: int, size: int) -> list[bytes]:
    """The documents, in UTF-8, of a stretch of ordered rows; those not live are left out."""
    page = with_documents(resource, rows, first, size)
    return [document for (document,) in page if document is not None]


def with_documents(
    resource: Resource, rows: QuerySet[Any], first: int, size: int, *columns: str
) -> list[tuple[Any, ...]]:
    """The documents of a stretch of ordered rows, NULL where not live, each before these columns
    of the row; every text is bytes in UTF-8."""
    names = dict.fromkeys((resource.key_id, *columns))
    page = rows.values_list(*names)[first : first + size]
    try:
        statement, values = page.query.sql_with_params()
    except EmptyResultSet:
        return []
    beside = "".join(f", page.{column}" for column in columns)
    # Only our own names and a compiled query stand in this text. Nothing is joined, so the order
    # of the page stays.
    return _fetched(
        f"SELECT (SELECT document FROM {resource.entries._meta.db_table} AS entry"  # noqa: S608
        f" WHERE entry.id = page.{resource.key_id} AND entry.state = '{State.LIVE}'){beside}"
        f" FROM ({statement}) AS page ({', '.join(names)})",
        values,
    )


def read(rows: QuerySet[Any, Any]) -> list[tuple[Any, ...]]:
    """What the rows of a query hold, with every text as bytes in UTF-8."""
    try:
        return _fetched(*rows.query.sql_with_params())
    except EmptyResultSet:
        return []


def _fetched(statement: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        register_type(BYTES, cursor.cursor)
        cursor.execute(statement, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found
