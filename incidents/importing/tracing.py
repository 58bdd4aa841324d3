"""What a batch did to the case file, found again through the history, in temporary tables.

``undo_case`` holds the cases of the list that the batch touched, ``undo_row`` their rows that it
brought, changed or removed. An event of the history knows its run by the context, and each case
of a list knows its rows by ``made``.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any, Final

import pghistory.models
from django.apps import apps
from django.db import connection, models

from incidents.importing.storables import IN_ORDER
from incidents.models import BatchState, ImportBatch, ImportChange, ListCase, ListRow

BROUGHT, CHANGED, REMOVED = "brought", "changed", "removed"

_CONTEXT: Final = pghistory.models.Context._meta.db_table
_CASE: Final = ListCase._meta.db_table
_ROW: Final = ListRow._meta.db_table
_CHANGE: Final = ImportChange._meta.db_table


def do(statement: str, values: Sequence[Any] | dict[str, Any] = ()) -> int:
    """Run a statement; return how many rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.rowcount)


def read(statement: str, values: Sequence[Any] | dict[str, Any] = ()) -> list[tuple[Any, ...]]:
    """The rows of an answer."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


@cache
def events_of(model: type[models.Model]) -> type[models.Model]:
    """The model of the events of a model, proxies of link tables included."""
    for found in apps.get_models():
        tracked: Any = getattr(found, "pgh_tracked_model", None)
        if tracked is not None and tracked._meta.concrete_model is model._meta.concrete_model:
            return found
    raise LookupError(model._meta.label)


@cache
def links_of(model: type[models.Model]) -> tuple[Any, ...]:
    """The many-to-many fields of a model whose links have no other columns."""
    return tuple(
        field
        for field in model._meta.local_many_to_many
        if field.remote_field.through._meta.auto_created  # type: ignore[union-attr]
    )


def trace(batch: ImportBatch) -> None:
    """Make and fill the tables."""
    do(_TABLES)
    for statement in _CASES:
        do(statement, {"batch": batch.pk})
    _contexts(batch)
    for model in IN_ORDER:
        names = {
            "model": model._meta.model_name,
            "events": events_of(model)._meta.db_table,
        }
        do(_ROWS.format(**names))
    do(_REMOVED, {"batch": batch.pk})
    for table in ("undo_case", "undo_row"):
        do(f"ANALYZE {table}")


def _contexts(batch: ImportBatch) -> None:
    """Contexts of the batch itself, and of later ones of its list that were undone again."""
    undone = ImportBatch.objects.filter(
        list=batch.list_id, state=BatchState.UNDONE, pk__gt=batch.pk
    ).values_list("pk", flat=True)
    do(_CONTEXTS, {"batch": batch.pk, "batches": [batch.pk, *undone]})


_TABLES: Final = """
    DROP TABLE IF EXISTS undo_case, undo_made, undo_context, undo_row, undo_obstacle;
    CREATE TEMPORARY TABLE undo_case (
        id bigint PRIMARY KEY, incident bigint, kept boolean NOT NULL DEFAULT false
    ) ON COMMIT DROP;
    CREATE TEMPORARY TABLE undo_made (
        model text NOT NULL, id bigint NOT NULL, list_case bigint NOT NULL
    ) ON COMMIT DROP;
    CREATE TEMPORARY TABLE undo_context (
        id uuid PRIMARY KEY, own boolean NOT NULL
    ) ON COMMIT DROP;
    CREATE TEMPORARY TABLE undo_row (
        model text NOT NULL, id bigint NOT NULL, list_case bigint NOT NULL, act text NOT NULL,
        since bigint NOT NULL, PRIMARY KEY (model, id)
    ) ON COMMIT DROP;
    CREATE TEMPORARY TABLE undo_obstacle (
        list_case bigint NOT NULL, kind text NOT NULL, model text NOT NULL
    ) ON COMMIT DROP
"""

_CASES: Final = (
    f"""
    INSERT INTO undo_case (id, incident)
    SELECT id, incident_id FROM {_CASE} WHERE id IN (
        SELECT id FROM {_CASE} WHERE batch_id = %(batch)s OR last_batch_id = %(batch)s
        UNION SELECT case_id FROM {_ROW} WHERE batch_id = %(batch)s OR last_batch_id = %(batch)s
    )
    """,  # noqa: S608
    f"""
    INSERT INTO undo_made (model, id, list_case)
    SELECT found.value ->> 0, (found.value ->> 1)::bigint, one.id
    FROM undo_case AS one JOIN {_CASE} AS listed ON listed.id = one.id,
        jsonb_each(listed.made) AS found
    """,  # noqa: S608
    f"""
    INSERT INTO undo_made (model, id, list_case)
    SELECT found.value ->> 0, (found.value ->> 1)::bigint, one.id
    FROM undo_case AS one JOIN {_ROW} AS listed ON listed.case_id = one.id,
        jsonb_each(listed.made) AS found
    """,  # noqa: S608
    # A record that was merged away leads to another one, on which the batch has written.
    f"""
    INSERT INTO undo_made (model, id, list_case)
    SELECT change.model, change.object_id, one.id
    FROM undo_case AS one JOIN {_CHANGE} AS change ON change.incident_id = one.incident
    WHERE change.batch_id = %(batch)s AND change.applied AND change.object_id IS NOT NULL
    """,  # noqa: S608
    "ANALYZE undo_made",
)

_CONTEXTS: Final = f"""
    INSERT INTO undo_context (id, own)
    SELECT id, (metadata ->> 'batch')::bigint = %(batch)s AND metadata ->> 'act' = 'import'
    FROM {_CONTEXT}
    WHERE metadata ->> 'act' IN ('import', 'undo-import')
        AND (metadata ->> 'batch')::bigint = ANY(%(batches)s::bigint[])
"""  # noqa: S608 - here and elsewhere: names of our own tables

_ROWS: Final = """
    INSERT INTO undo_row (model, id, list_case, act, since)
    SELECT '{model}', made.id, min(made.list_case),
        CASE WHEN bool_or(event.pgh_label = 'insert') THEN 'brought' ELSE 'changed' END,
        min(event.pgh_id)
    FROM undo_made AS made
    JOIN {events} AS event ON event.pgh_obj_id = made.id
    JOIN undo_context AS context ON context.id = event.pgh_context_id AND context.own
    WHERE made.model = '{model}' GROUP BY made.id
"""

_REMOVED: Final = f"""
    INSERT INTO undo_row (model, id, list_case, act, since)
    SELECT DISTINCT change.model, change.object_id, one.id, 'removed', 0
    FROM {_CHANGE} AS change JOIN undo_case AS one ON one.incident = change.incident_id
    WHERE change.batch_id = %(batch)s AND change.field = '' AND change.after = ''
        AND change.object_id IS NOT NULL
    ON CONFLICT (model, id) DO UPDATE SET act = 'removed'
"""  # noqa: S608
