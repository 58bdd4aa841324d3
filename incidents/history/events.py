"""What the triggers of the database recorded of a record and of its parts."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from functools import cache
from typing import Any, Final

import pghistory.models
from django.apps import apps
from django.db import models
from django.db.models import Q

from incidents.models import (
    CITED_FACTS,
    Account,
    Agency,
    AgencyParent,
    Attribution,
    BodyEntry,
    Capture,
    Casualties,
    Citation,
    Consent,
    Contact,
    DisappearanceElement,
    Incident,
    IncidentLink,
    Intervention,
    InterventionAddressee,
    Involvement,
    LegalAction,
    LegalRelation,
    LegalStep,
    Person,
    PersonName,
    PersonRelation,
    Picture,
    Posting,
    Protest,
    Review,
    ReviewComment,
    Source,
    StaffMember,
    StatusEntry,
    Violation,
    links,
)

RowEvent = tuple[type[models.Model], str, Any]
"""Model of the row, its column that points to the record, and the event."""

PARTS: Final[dict[type[models.Model], tuple[tuple[type[models.Model], str], ...]]] = {
    Incident: (
        (Violation, "incident"),
        (Attribution, "incident"),
        (Involvement, "incident"),
        (StatusEntry, "incident"),
        (BodyEntry, "incident"),
        (Account, "incident"),
        (Casualties, "incident"),
        (Protest, "incident"),
        (Intervention, "incident"),
        (IncidentLink, "from_incident"),
        (Review, "incident"),
        (ReviewComment, "incident"),
        (links.IncidentAssignment, "incident"),
        (links.LegalActionIncident, "incident"),
    ),
    Violation: (
        (DisappearanceElement, "violation"),
        (links.ViolationMethod, "violation"),
        (links.ViolationIntent, "violation"),
    ),
    Protest: ((links.ProtestKind, "protest"), (links.ProtestResponse, "protest")),
    Intervention: (
        (InterventionAddressee, "intervention"),
        (links.InterventionKind, "intervention"),
        (links.InterventionPerson, "intervention"),
    ),
    Person: (
        (PersonName, "person"),
        (PersonRelation, "person"),
        (Posting, "person"),
        (Picture, "person"),
        (Contact, "person"),
        (Consent, "person"),
    ),
    LegalAction: (
        (LegalStep, "action"),
        (LegalRelation, "action"),
        (links.LegalActionIncident, "legalaction"),
        (links.LegalActionPerson, "legalaction"),
    ),
    Agency: ((AgencyParent, "agency"),),
    Source: ((Capture, "source"),),
}
"""Record → its parts, each with the column that points to the record."""


def events_of(records: Iterable[models.Model]) -> list[RowEvent]:
    """Events of records and their parts, removed ones included, in the order in which they
    happened. The number of queries depends on the kinds of records and not on their number.

    Reference data and groups, which the program itself brings, have none.
    """
    ids: dict[type[models.Model], set[int]] = defaultdict(set)
    for record in records:
        top = record._meta.concrete_model or type(record)
        if top in event_models():
            ids[top].add(record.pk)
    found: list[RowEvent] = [
        (top, "", event) for top in ids for event in _events(top).filter(pgh_obj_id__in=ids[top])
    ]
    queue = list(ids)
    while queue:
        owner = queue.pop()
        for model, column in PARTS.get(owner, ()):
            rows = list(_events(model).filter(**{f"{column}__in": ids[owner]}))
            found += [(model, column, event) for event in rows]
            ids[model] |= {event.id for event in rows}
            queue.append(model)
    cited = Q()
    for column, model in CITED_FACTS.items():
        if ids.get(model):
            cited |= Q(**{f"{column}__in": ids[model]})
    if cited:
        found += [(Citation, "", event) for event in _events(Citation).filter(cited)]
    return in_order(_once(found))


def in_order(events: Iterable[RowEvent]) -> list[RowEvent]:
    """By time, and those of one row as the database wrote them: an event bears the time at which
    its transaction began, so that a later one may bear an earlier time."""
    latest: dict[tuple[type[models.Model], int], datetime] = {}
    at: dict[tuple[type[models.Model], int], datetime] = {}
    written = sorted(events, key=lambda each: each[2].pgh_id)
    for model, _column, event in written:
        row = (model, event.id)
        latest[row] = max(latest.get(row, event.pgh_created_at), event.pgh_created_at)
        at[model, event.pgh_id] = latest[row]
    return sorted(written, key=lambda each: (at[each[0], each[2].pgh_id], each[2].pgh_id))


def _once(events: Iterable[RowEvent]) -> list[RowEvent]:
    """A link between two of the records belongs to both, and is told of once."""
    return list(
        {(model, event.pgh_id): (model, column, event) for model, column, event in events}.values()
    )


def _events(model: type[models.Model]) -> models.QuerySet[Any]:
    events: models.QuerySet[Any] = event_models()[model].objects.all()
    return events


@cache
def event_models() -> dict[type[models.Model], Any]:
    """Tracked model → the model of its events."""
    found: dict[type[models.Model], Any] = {}
    for event_model in apps.get_models():
        tracked = getattr(event_model, "pgh_tracked_model", None)
        if tracked is not None:
            found[tracked] = event_model
    return found


def users_of(events: Iterable[Any]) -> dict[Any, int]:
    """Context of a change → primary key of who made it; commands and imports have nobody."""
    return users_of_contexts({event.pgh_context_id for event in events})


def users_of_contexts(contexts: Collection[Any]) -> dict[Any, int]:
    """The same for contexts whose events are not at hand."""
    found = pghistory.models.Context.objects.filter(pk__in=contexts).values_list("pk", "metadata")
    users = {pk: metadata.get("user") for pk, metadata in found}
    return {pk: user for pk, user in users.items() if user is not None}


def names_of(users: dict[Any, int]) -> dict[Any, str]:
    """Context of a change → how the person who made it is called."""
    staff = StaffMember.objects.in_bulk(set(users.values()))
    return {pk: str(staff[user]) for pk, user in users.items() if user in staff}
