"""Which events a case and what it tells of have had lately: their marks alone, in one statement.

Opening a case asks this each time. The events themselves (``events_of_case``) are read by the pages
that show what was changed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Final
from uuid import UUID

from django.db import connection, models
from django.db.models import CharField, QuerySet, Value

from incidents.history.events import PARTS, event_models
from incidents.models import CITED_FACTS, Citation, Incident, LegalAction, Person, Violation

_CASE: Final = -1
"""Stands in the statement for the key of the case; no case has it."""


@dataclass(frozen=True, slots=True)
class Mark:
    """An event by its name (see ``name_of``), its time and the context of its change."""

    name: str
    at: datetime
    context: UUID | None

    @property
    def kind(self) -> str:
        """The model of the row that was changed, by its name."""
        return self.name.partition(":")[0]


def marks_since(incident: Incident, moment: datetime) -> list[Mark]:
    """Marks of the events of a case, of its people and its legal actions after a moment.

    Whoever may know of the case may know of all these: an open case tells of them.
    """
    sql, values = _statement()
    given: list[Any] = [incident.pk if each == _CASE else each for each in values]
    with connection.cursor() as cursor:
        cursor.execute(sql, [*given, moment])
        return [Mark(f"{kind}:{key}", at, context) for kind, key, at, context in cursor]


@cache
def _statement() -> tuple[str, tuple[object, ...]]:
    """The statement and its values, the last of which, the moment, is left out. It is the same for
    every case, and made of some fifty queries: worked out once."""
    first, *others = _all_events()
    sql, values = first.union(*others, all=True).query.sql_with_params()
    return f"SELECT * FROM ({sql}) AS found (kind, key, at, context) WHERE at > %s", values  # noqa: S608


def _all_events() -> Iterator[QuerySet[Any, Any]]:
    """The events of each table in which a case, or something that it tells of, can have any."""
    keys: dict[type[models.Model], Any] = {
        Incident: Incident.objects.filter(pk=_CASE).order_by().values("pk"),
        Person: Violation.objects.filter(incident=_CASE).order_by().values("person"),
        LegalAction: LegalAction.incidents.through.objects.filter(incident=_CASE).values(
            "legalaction"
        ),
    }
    for top, own in keys.items():
        yield _marked(top, pgh_obj_id__in=own)
    queue = list(keys)
    while queue:
        owner = queue.pop()
        for model, column in PARTS.get(owner, ()):
            within = {f"{column}__in": keys[owner]}
            yield _marked(model, **within)
            keys[model] = event_models()[model].objects.filter(**within).order_by().values("id")
            queue.append(model)
    for column, model in CITED_FACTS.items():
        yield _marked(Citation, **{f"{column}__in": keys[model]})


def _marked(model: type[models.Model], **of: Any) -> QuerySet[Any, Any]:
    kind = Value(model._meta.model_name, output_field=CharField())
    events: QuerySet[Any, Any] = event_models()[model].objects.filter(**of).order_by()
    return events.values_list(kind, "pgh_id", "pgh_created_at", "pgh_context_id")
