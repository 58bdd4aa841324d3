"""Reading whole lists as they stand in the database: no model, no parsing, no growing memory.

One query gives the finished text of each object in the order of the list.
"""

import json
from collections.abc import Generator
from contextlib import closing
from enum import StrEnum
from typing import Any, Final

from django.core.exceptions import EmptyResultSet
from django.db.models import OrderBy, QuerySet

from record.copying import NULL, Row, copied
from record.models.entry import State
from record.resources import Resource
from record.rows import ROW_OF, made_of, row_of

Batch = list[bytes]


class Text(StrEnum):
    """Which finished text of an object is read: its document, or a text of its ``Row``."""

    DOCUMENT = "document"
    LINE = "line"
    FEATURE = "feature"


_DOCUMENTS: Final = """
    SELECT entry.document, NULL FROM ({chosen}) AS chosen (id, {keys})
    JOIN {entries} AS entry ON entry.id = chosen.id AND entry.state = %s
    ORDER BY {order}
    """

# The document is looked up only where the row is missing or of other columns.
_ROWS: Final = """
    SELECT stored.{text}, CASE WHEN stored.{text} IS NULL THEN (
        SELECT document FROM {entries} AS entry WHERE entry.id = chosen.id AND entry.state = %s
    ) END
    FROM ({chosen}) AS chosen (id, {keys})
    LEFT JOIN {rows} AS stored ON stored.entry_id = chosen.id AND stored.made_of = %s
    ORDER BY {order}
    """


def walk(resource: Resource, rows: QuerySet[Any], text: Text) -> Generator[Batch]:
    """The texts of all ordered rows, in UTF-8, many together; memory does not grow with them.

    What is not live is left out; a row that is missing or of other columns is made from the
    document. Rows stored are those of live objects: they go in the transaction in which the object
    does (``record.indexing.drop_entries``). Call it in a transaction.
    """
    order = [each for each in rows.query.order_by if isinstance(each, OrderBy)]
    keys = [each.expression for each in order]
    try:
        chosen, values = rows.order_by().values_list(resource.key_id, *keys).query.sql_with_params()
    except EmptyResultSet:
        return
    statement = _DOCUMENTS if text is Text.DOCUMENT else _ROWS
    parts = {
        "text": text.value,
        "entries": resource.entries._meta.db_table,
        "rows": ROW_OF[resource.kind]._meta.db_table,
        "chosen": chosen,
        "keys": ", ".join(f"key_{place}" for place in range(len(order))),
        "order": ", ".join(_ordered_by(f"key_{place}", each) for place, each in enumerate(order)),
    }
    given = (
        (*values, State.LIVE)
        if text is Text.DOCUMENT
        else (State.LIVE, *values, made_of(resource.kind))
    )
    # Closed on the way out: an error here must not leave a query running behind it.
    with closing(copied(statement.format(**parts), given)) as batches:
        for batch in batches:
            texts = [_text(resource, text, row) for row in batch]
            # Writers put something between batches, so an empty one would spoil a file.
            if kept := [each for each in texts if each]:
                yield kept


def _ordered_by(key: str, order: OrderBy) -> str:
    direction = "DESC" if order.descending else "ASC"
    nulls = " NULLS LAST" if order.nulls_last else " NULLS FIRST" if order.nulls_first else ""
    return f"{key} {direction}{nulls}"


def _text(resource: Resource, text: Text, row: Row) -> bytes:
    """What is stored, or what is made of the document behind it; empty where there is neither."""
    if row.endswith(NULL):
        return row[6:-4]
    made = row_of(resource.kind, json.loads(row[10:]))
    return str(getattr(made, text)).encode()
