"""Taking away what a batch brought and putting back what it changed. Whole sets at a time.

Works on the tables of ``tracing``; cases that ``obstacles`` marked as kept are passed over.
"""

from collections.abc import Iterator
from typing import Any, Final

from django.db import models

from incidents import models as case_file
from incidents.importing.obstacles import is_held
from incidents.importing.storables import IN_ORDER
from incidents.importing.tracing import do, events_of, links_of, read
from incidents.models import (
    Agency,
    ImportBatch,
    ImportChange,
    Incident,
    JobRefusal,
    LikenessDecision,
    ListCase,
    ListRow,
    Person,
    PersonName,
    Source,
    SourceList,
)
from reference.models import Area, AreaName

STEPS: Final = 2 * len(IN_ORDER) + 5
"""How often ``take_back`` says that it has come further."""

_LISTED: Final[tuple[tuple[type[models.Model], str], ...]] = (
    (ListRow, "case_id"),
    (ListCase, "id"),
)
"""Each with its column that names the case of the list."""

_SHARED: Final[tuple[tuple[str, type[models.Model]], ...]] = (
    ("source", Source),
    ("agency", Agency),
    ("area", Area),
)
"""What several cases use, each before what it uses itself."""


def take_back(batch: ImportBatch) -> Iterator[int]:
    """Do it; yields after each step."""
    yield _remove_listed(batch)
    for model in reversed(IN_ORDER):
        yield _remove(model)
    for model in IN_ORDER:
        yield _put_back(model)
    yield _put_lists_back(batch)  # now that the people are there again whom the rows document
    yield _put_links_back()
    yield _fold_names()
    yield _remove_shared(batch)


def _remove_listed(batch: ImportBatch) -> int:
    """The rows that this batch brought go; those that it changed document nobody meanwhile."""
    values = {"batch": batch.pk}
    do(_DOCUMENT_NOBODY.format(table=ListRow._meta.db_table), values)
    for model, case in _LISTED:
        do(_REMOVE_LISTED.format(table=model._meta.db_table, case=case), values)
    names = {"incident": _name(Incident)}
    do(_FORGET_INCIDENT.format(table=ImportChange._meta.db_table, **names))
    return do(_DROP_REFUSALS.format(table=JobRefusal._meta.db_table, **names))


def _put_lists_back(batch: ImportBatch) -> int:
    """The rows as they were received before."""
    count = 0
    for model, case in _LISTED:
        columns = ", ".join(f"{column} = former.{column}" for column in _columns(model))
        names = {"table": model._meta.db_table, "events": events_of(model)._meta.db_table}
        count += do(_PUT_LIST_BACK.format(case=case, columns=columns, **names), {"batch": batch.pk})
    return count


def _remove(model: type[models.Model]) -> int:
    names = {"model": model._meta.model_name}
    for link in links_of(model):
        do(_REMOVE.format(table=link.m2m_db_table(), column=link.m2m_column_name(), **names))
    if model is Person:  # what was decided of people who go is about nobody
        for column in ("first_id", "second_id"):
            do(_REMOVE.format(table=LikenessDecision._meta.db_table, column=column, **names))
    return do(_REMOVE.format(table=model._meta.db_table, column="id", **names))


def _put_back(model: type[models.Model]) -> int:
    columns = _columns(model)
    names = {
        "model": _name(model),
        "table": model._meta.db_table,
        "events": events_of(model)._meta.db_table,
    }
    changed = do(
        _PUT_BACK.format(
            columns=", ".join(f'"{column}" = former."{column}"' for column in columns), **names
        )
    )
    names["columns"] = ", ".join(f'"{column}"' for column in ("id", *columns))
    names["values"] = ", ".join(f'former."{column}"' for column in ("id", *columns))
    for derived in _derived(model):
        names["columns"] += f', "{derived}"'
        names["values"] += ", ''"
    return changed + do(_RESTORE.format(**names))


def _put_links_back() -> int:
    count = 0
    for model in IN_ORDER:
        for link in links_of(model):
            through: Any = link.remote_field.through
            names = {
                "model": model._meta.model_name,
                "table": through._meta.db_table,
                "events": events_of(through)._meta.db_table,
                "owner": link.m2m_column_name(),
                "target": link.m2m_reverse_name(),
            }
            count += do(_UNLINK.format(**names)) + do(_LINK_AGAIN.format(**names))
    return count


def _fold_names() -> int:
    """History does not keep the search forms of names; they follow from the name."""
    ids = [key for (key,) in read(_CHANGED_NAMES)]
    names = list(PersonName.objects.filter(pk__in=ids))
    for name in names:
        name.fold()
    PersonName.objects.bulk_update(names, ["folded", "skeleton"], batch_size=500)
    return len(names)


def _remove_shared(batch: ImportBatch) -> int:
    """Sources, agencies and areas that the batch made, where nothing else uses them."""
    if batch.list_id is not None:
        SourceList.objects.filter(pk=batch.list_id, rows=None).update(source=None)
    made = ImportChange.objects.filter(batch=batch, incident=None, field="")
    removed = 0
    for name, model in _SHARED:
        ids = made.filter(path=name).values_list("object_id", flat=True)
        removed += _remove_unused(model, [key for key in ids if key is not None])
    return removed


def _remove_unused(model: type[models.Model], ids: list[int]) -> int:
    if not ids:
        return 0
    unused = "".join(  # names of our own tables and columns alone, here and below
        f' AND NOT EXISTS (SELECT 1 FROM "{relation.related_model._meta.db_table}" AS other'  # noqa: S608
        f' WHERE other."{relation.field.column}" = thing.id)'
        for relation in _uses_of(model)
    )
    untouched = "" if model is Area else _UNTOUCHED.format(events=events_of(model)._meta.db_table)
    table = model._meta.db_table
    find = f'SELECT id FROM "{table}" AS thing WHERE id = ANY(%s){unused}{untouched}'  # noqa: S608
    removed = 0
    # An area may hold others that go as well: the innermost first.
    while found := [key for (key,) in read(find, [ids])]:
        if model is Area:
            AreaName.objects.filter(area__in=found).delete()
        do(f'DELETE FROM "{table}" WHERE id = ANY(%s)', [found])  # noqa: S608
        removed += len(found)
    return removed


def _uses_of(model: type[models.Model]) -> Iterator[Any]:
    for relation in model._meta.get_fields(include_hidden=True):
        if not (relation.auto_created and not relation.concrete and relation.is_relation):
            continue
        other: Any = relation.related_model
        if not relation.many_to_many and other is not AreaName and is_held(relation):
            yield relation


def _columns(model: type[models.Model]) -> list[str]:
    """The columns of which the history keeps former values, without the key."""
    kept = {field.column for field in events_of(model)._meta.concrete_fields}
    return [
        str(field.column)
        for field in model._meta.concrete_fields
        if field.column in kept and not field.primary_key
    ]


def _name(model: type[models.Model]) -> str:
    return model._meta.model_name or ""


def _derived(model: type[models.Model]) -> tuple[str, ...]:
    return ("folded", "skeleton") if model is case_file.PersonName else ()


def counts() -> dict[str, int]:
    """How many rows of each model were taken away."""
    found = read(
        "SELECT one.model, count(*) FROM undo_row AS one JOIN undo_case AS listed"
        " ON listed.id = one.list_case WHERE one.act = 'brought' AND NOT listed.kept"
        " GROUP BY one.model"
    )
    return dict(found)


_IS_TAKEN: Final = """
    EXISTS (SELECT 1 FROM undo_case AS listed WHERE listed.id = one.list_case AND NOT listed.kept)
"""

_PUT_LIST_BACK: Final = """
    UPDATE {table} AS standing SET {columns}
    FROM (
        SELECT DISTINCT ON (event.pgh_obj_id) event.*
        FROM {events} AS event JOIN undo_context AS context
            ON context.id = event.pgh_context_id AND context.own
        WHERE event.pgh_label = 'update' ORDER BY event.pgh_obj_id, event.pgh_id
    ) AS former
    WHERE former.pgh_obj_id = standing.id AND standing.batch_id <> %(batch)s
        AND standing.last_batch_id = %(batch)s
        AND standing.{case} IN (SELECT id FROM undo_case WHERE NOT kept)
"""

_DOCUMENT_NOBODY: Final = """
    UPDATE {table} SET person_id = NULL
    WHERE batch_id <> %(batch)s AND last_batch_id = %(batch)s
        AND case_id IN (SELECT id FROM undo_case WHERE NOT kept)
"""

_REMOVE_LISTED: Final = """
    DELETE FROM {table} WHERE batch_id = %(batch)s
        AND {case} IN (SELECT id FROM undo_case WHERE NOT kept)
"""

_GOING_INCIDENTS: Final = f"""
    SELECT one.id FROM undo_row AS one
    WHERE one.model = '{{incident}}' AND one.act = 'brought' AND {_IS_TAKEN}
"""  # noqa: S608 - here and below: names of our own tables and columns

_FORGET_INCIDENT: Final = f"""
    UPDATE {{table}} SET incident_id = NULL WHERE incident_id IN ({_GOING_INCIDENTS})
"""  # noqa: S608

_DROP_REFUSALS: Final = f"DELETE FROM {{table}} WHERE incident_id IN ({_GOING_INCIDENTS})"  # noqa: S608

_REMOVE: Final = f"""
    DELETE FROM {{table}} AS standing USING undo_row AS one
    WHERE standing.{{column}} = one.id AND one.model = '{{model}}' AND one.act = 'brought'
        AND {_IS_TAKEN}
"""  # noqa: S608

_PUT_BACK: Final = f"""
    UPDATE {{table}} AS standing SET {{columns}}
    FROM undo_row AS one CROSS JOIN LATERAL (
        SELECT event.* FROM {{events}} AS event
        WHERE event.pgh_obj_id = one.id AND event.pgh_id < one.since
        ORDER BY event.pgh_id DESC LIMIT 1
    ) AS former
    WHERE standing.id = one.id AND one.model = '{{model}}' AND one.act = 'changed' AND {_IS_TAKEN}
"""  # noqa: S608

_RESTORE: Final = f"""
    INSERT INTO {{table}} ({{columns}})
    SELECT {{values}}
    FROM undo_row AS one JOIN {{events}} AS former ON former.pgh_obj_id = one.id
    JOIN undo_context AS context ON context.id = former.pgh_context_id AND context.own
    WHERE one.model = '{{model}}' AND one.act = 'removed' AND former.pgh_label = 'delete'
        AND {_IS_TAKEN}
"""  # noqa: S608

_UNLINK: Final = f"""
    DELETE FROM {{table}} AS standing
    USING {{events}} AS event, undo_context AS context, undo_row AS one
    WHERE standing.id = event.id AND event.pgh_label = 'insert'
        AND context.id = event.pgh_context_id AND context.own
        AND one.model = '{{model}}' AND one.id = event.{{owner}} AND one.act = 'changed'
        AND {_IS_TAKEN}
"""  # noqa: S608

_LINK_AGAIN: Final = f"""
    INSERT INTO {{table}} (id, {{owner}}, {{target}})
    SELECT event.id, event.{{owner}}, event.{{target}}
    FROM {{events}} AS event
    JOIN undo_context AS context ON context.id = event.pgh_context_id AND context.own
    JOIN undo_row AS one ON one.model = '{{model}}' AND one.id = event.{{owner}}
    WHERE event.pgh_label = 'delete' AND one.act <> 'brought' AND {_IS_TAKEN}
    ON CONFLICT DO NOTHING
"""  # noqa: S608

_CHANGED_NAMES: Final = f"""
    SELECT one.id FROM undo_row AS one
    WHERE one.model = 'personname' AND one.act <> 'brought' AND {_IS_TAKEN}
"""  # noqa: S608

_UNTOUCHED: Final = """
    AND NOT EXISTS (
        SELECT 1 FROM {events} AS event
        WHERE event.pgh_obj_id = thing.id AND (
            event.pgh_context_id IS NULL
            OR event.pgh_context_id NOT IN (SELECT id FROM undo_context)
        )
    )
"""
