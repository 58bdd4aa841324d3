"""What stands in the way of undoing a batch: everything that people have done on it since."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import pghistory.models
from django.apps import apps
from django.db import models
from django.utils.translation import gettext as _

from incidents import models as case_file
from incidents.importing.storables import IN_ORDER
from incidents.importing.tracing import do, events_of, links_of, read
from incidents.informants import UnreadableTiesError, informants_of
from incidents.models import ImportBatch, ImportChange, JobRefusal, ListCase, ListRow

MOST_NAMED: Final = 1_000
"""Obstacles that are named one by one."""

_CONTEXT: Final = pghistory.models.Context._meta.db_table
_BOOK_KEEPING: Final = (ListCase, ListRow, ImportChange, JobRefusal)
_PUBLISHED: Final = (case_file.Incident, case_file.Person, case_file.Violation)


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why a case that a batch brought stays. ``reason`` holds no value of the case."""

    incident_id: int | None
    reason: str


def find(batch: ImportBatch) -> None:
    """Fill ``undo_obstacle`` and mark the cases that stay. Call after ``tracing.trace``."""
    do(_LATER_FILE, {"batch": batch.pk})
    for model in IN_ORDER:
        name = model._meta.model_name
        table = model._meta.db_table
        do(_WORKED_ON.format(model=name, events=events_of(model)._meta.db_table))
        if model in _PUBLISHED:
            do(_IS_PUBLISHED.format(model=name, table=table))
        for relation in relations_to(model):
            do(_attached(model, relation))
        for link in links_of(model):
            through: Any = link.remote_field.through
            do(
                _LINKED.format(
                    model=name,
                    events=events_of(through)._meta.db_table,
                    owner=link.m2m_column_name(),
                )
            )
    try:
        do(_TOLD_US, {"people": informants_of(case_file.Source.objects.all())})
    except UnreadableTiesError:
        do(_MAY_HAVE_TOLD_US)
    do(_OTHER_LIST)
    do("UPDATE undo_case SET kept = true WHERE id IN (SELECT list_case FROM undo_obstacle)")


def keep(incidents: "models.QuerySet[case_file.Incident]") -> None:
    """Let the cases of these incidents stay, without saying why. Call after ``find``."""
    touched = [incident for (incident,) in read("SELECT incident FROM undo_case")]
    found = list(incidents.filter(pk__in=touched).values_list("pk", flat=True))
    do("UPDATE undo_case SET kept = true WHERE incident = ANY(%s)", [found])


def named() -> tuple[list[Obstacle], int]:
    """The obstacles, at most ``MOST_NAMED``, and how many cases have any."""
    found = read(_NAMED, {"most": MOST_NAMED})
    [(count,)] = read("SELECT count(*) FROM undo_case WHERE kept")
    return [Obstacle(incident, _words(kind, model)) for incident, kind, model in found], count


def is_held(relation: Any) -> bool:
    """Whether the database holds the other row to this one. History and derived tables are not."""
    return (
        bool(getattr(relation.field, "db_constraint", True))
        and not relation.related_model._meta.proxy
    )


def relations_to(model: type[models.Model]) -> Iterator[Any]:
    """Foreign keys of rows that somebody could have added to a row of this model.

    Those of many-to-many links are among them, unless the links are its own.
    """
    own = {link.remote_field.through for link in links_of(model)}
    for relation in model._meta.get_fields(include_hidden=True):
        if not (relation.auto_created and not relation.concrete and relation.is_relation):
            continue
        other: Any = relation.related_model
        if relation.many_to_many or other in own or issubclass(other, _BOOK_KEEPING):
            continue
        if is_held(relation):
            yield relation


def _attached(model: type[models.Model], relation: Any) -> str:
    """Rows of one table that point to what was brought and that the batch did not bring."""
    other = relation.related_model
    owner = next(
        (
            (each, link.m2m_column_name())
            for each in IN_ORDER
            for link in links_of(each)
            if link.remote_field.through is other
        ),
        (other, "id"),
    )
    return _ATTACHED.format(
        model=model._meta.model_name,
        table=other._meta.db_table,
        column=relation.field.column,
        owner_model=owner[0]._meta.model_name,
        owner_column=owner[1],
        label=owner[0]._meta.model_name,
    )


def _words(kind: str, model: str) -> str:
    what = str(apps.get_model("incidents", model)._meta.verbose_name) if model else ""
    if kind == "published":
        return _("It has been published and has a permanent reference.")
    if kind == "later-file":
        return _("A later file of the list has touched it. Undo that import first.")
    if kind == "unreadable":
        return str(UnreadableTiesError())
    if kind == "other-list":
        return _("A row of another list documents the same.")
    if kind == "attached":
        return _("Somebody has added to it since: %(what)s.") % {"what": what}
    return _("Somebody has worked on it since: %(what)s.") % {"what": what}


_LATER_FILE: Final = f"""
    INSERT INTO undo_obstacle (list_case, kind, model)
    SELECT one.id, 'later-file', '' FROM undo_case AS one
    WHERE EXISTS (
        SELECT 1 FROM {ListCase._meta.db_table} AS listed
        WHERE listed.id = one.id AND listed.last_batch_id > %(batch)s
    ) OR EXISTS (
        SELECT 1 FROM {ListRow._meta.db_table} AS listed
        WHERE listed.case_id = one.id AND listed.last_batch_id > %(batch)s
    )
"""  # noqa: S608 - here and below: names of our own tables and columns

_WORKED_ON: Final = f"""
    INSERT INTO undo_obstacle (list_case, kind, model)
    SELECT DISTINCT one.list_case,
        CASE WHEN done.metadata ->> 'act' = 'import' THEN 'later-file' ELSE 'worked-on' END,
        CASE WHEN done.metadata ->> 'act' = 'import' THEN '' ELSE '{{model}}' END
    FROM undo_row AS one
    JOIN {{events}} AS event ON event.pgh_obj_id = one.id AND event.pgh_id > one.since
    LEFT JOIN undo_context AS context ON context.id = event.pgh_context_id
    LEFT JOIN {_CONTEXT} AS done ON done.id = event.pgh_context_id
    WHERE one.model = '{{model}}' AND one.act <> 'removed' AND context.id IS NULL
"""  # noqa: S608

_IS_PUBLISHED: Final = """
    INSERT INTO undo_obstacle (list_case, kind, model)
    SELECT DISTINCT one.list_case, 'published', ''
    FROM undo_row AS one JOIN {table} AS standing ON standing.id = one.id
    WHERE one.model = '{model}' AND one.act = 'brought' AND standing.reference IS NOT NULL
"""

_ATTACHED: Final = """
    INSERT INTO undo_obstacle (list_case, kind, model)
    SELECT DISTINCT one.list_case, 'attached', '{label}'
    FROM undo_row AS one JOIN {table} AS added ON added.{column} = one.id
    WHERE one.model = '{model}' AND one.act = 'brought' AND NOT EXISTS (
        SELECT 1 FROM undo_row AS own
        WHERE own.model = '{owner_model}' AND own.id = added.{owner_column}
            AND own.act = 'brought'
    )
"""

_TOLD_US: Final = """
    INSERT INTO undo_obstacle (list_case, kind, model)
    SELECT DISTINCT one.list_case, 'attached', 'source' FROM undo_row AS one
    WHERE one.model = 'person' AND one.act = 'brought' AND one.id = ANY(%(people)s)
"""

_MAY_HAVE_TOLD_US: Final = """
    INSERT INTO undo_obstacle (list_case, kind, model)
    SELECT DISTINCT one.list_case, 'unreadable', '' FROM undo_row AS one
    WHERE one.model = 'person' AND one.act = 'brought'
"""

_LINKED: Final = """
    INSERT INTO undo_obstacle (list_case, kind, model)
    SELECT DISTINCT one.list_case, 'worked-on', '{model}'
    FROM undo_row AS one JOIN {events} AS event ON event.{owner} = one.id
    LEFT JOIN undo_context AS context ON context.id = event.pgh_context_id
    WHERE one.model = '{model}' AND one.act = 'brought' AND context.id IS NULL
"""

_OTHER_LIST: Final = f"""
    INSERT INTO undo_obstacle (list_case, kind, model)
    SELECT DISTINCT one.list_case, 'other-list', ''
    FROM undo_row AS one JOIN {ListRow._meta.db_table} AS listed ON listed.person_id = one.id
    WHERE one.model = 'person' AND one.act = 'brought'
        AND NOT EXISTS (SELECT 1 FROM undo_case AS own WHERE own.id = listed.case_id)
    UNION
    SELECT DISTINCT one.list_case, 'other-list', ''
    FROM undo_row AS one JOIN {ListCase._meta.db_table} AS listed ON listed.incident_id = one.id
    WHERE one.model = 'incident' AND one.act = 'brought'
        AND NOT EXISTS (SELECT 1 FROM undo_case AS own WHERE own.id = listed.id)
"""  # noqa: S608

_NAMED: Final = """
    SELECT DISTINCT one.incident, obstacle.kind, obstacle.model
    FROM undo_obstacle AS obstacle JOIN undo_case AS one ON one.id = obstacle.list_case
    ORDER BY one.incident, obstacle.kind, obstacle.model LIMIT %(most)s
"""
