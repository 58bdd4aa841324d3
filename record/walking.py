"""Reading whole lists as they stand in the database: no model, no parsing, no growing memory.

One server-side cursor gives the finished text of each object in the order of the list. While one
batch is being sent the next is fetched, so the database and the program work at the same time.
"""

import json
from collections.abc import Generator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from enum import StrEnum
from typing import Any, Final

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import OuterRef, QuerySet, Subquery
from psycopg2.extensions import BYTES, register_type

from record.resources import Resource
from record.rows import ROW_OF, made_of, row_of

Batch = list[bytes]

_FIRST: Final = 100
"""Objects in the first batch, whose length is not known yet."""

_BYTES: Final = 1 << 18
"""What a batch should hold: large enough for few round trips, and little in memory."""

_AT_MOST: Final = 1_000
"""Objects in any batch."""


class Text(StrEnum):
    """Which finished text of an object is read: its document, or a text of its ``Row``."""

    DOCUMENT = "document"
    LINE = "line"
    FEATURE = "feature"


def walk(resource: Resource, rows: QuerySet[Any], text: Text) -> Generator[Batch]:
    """The texts of all ordered rows, in UTF-8, many together; memory does not grow with them.

    What is not live is left out; a row that is missing or of other columns is made from the
    document. Call it in a transaction.
    """
    chosen = rows.values_list(resource.key_id, _stored(resource, text))
    try:
        statement, values = chosen.query.sql_with_params()
    except EmptyResultSet:
        return
    with ExitStack() as held:
        cursor = held.enter_context(connection.chunked_cursor())
        register_type(BYTES, cursor.cursor)
        cursor.execute(statement, values)
        # Let go of first: what is being fetched ends before its cursor is closed.
        helper = held.enter_context(ThreadPoolExecutor(1, "fetching"))
        fetched = cursor.fetchmany(_FIRST)
        while fetched:
            size = _next_size(fetched)
            ahead: Future[list[Any]] = helper.submit(cursor.fetchmany, size)
            yield _whole(resource, text, fetched)
            fetched = ahead.result()


def _stored(resource: Resource, text: Text) -> Subquery:
    """The text of an object, looked up once its place in the order is known."""
    entry = OuterRef(resource.key_id)
    if text is Text.DOCUMENT:
        return Subquery(resource.entries.objects.live().filter(pk=entry).values("document"))
    stored = ROW_OF[resource.kind]._default_manager.filter(pk=entry, made_of=made_of(resource.kind))
    return Subquery(stored.values(text.value))


def _next_size(fetched: Sequence[tuple[int, bytes | None]]) -> int:
    length = sum(len(text) for _id, text in fetched if text) or _BYTES
    return max(1, min(_AT_MOST, _BYTES * len(fetched) // length))


def _whole(resource: Resource, text: Text, fetched: Sequence[tuple[int, bytes | None]]) -> Batch:
    missing = [id_ for id_, stored in fetched if stored is None]
    if not missing:
        return [stored for _id, stored in fetched if stored is not None]
    made = {} if text is Text.DOCUMENT else _made(resource, text, missing)
    found = ((made.get(id_) if stored is None else stored) for id_, stored in fetched)
    return [stored for stored in found if stored is not None]


def _made(resource: Resource, text: Text, ids: Sequence[int]) -> dict[int, bytes]:
    """The texts made from the documents of these entries, as far as they are live."""
    live = resource.entries.objects.live().filter(pk__in=ids).values_list("pk", "document")
    return {
        pk: str(getattr(row_of(resource.kind, json.loads(document)), text)).encode()
        for pk, document in live
    }
