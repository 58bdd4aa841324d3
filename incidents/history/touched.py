"""What one request of one person changed: every row, as it stood before and as it stands after."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

import pghistory.models
from django.db import connection, models

from incidents.history.events import event_models
from incidents.models import (
    Account,
    Agency,
    AgencyParent,
    Attribution,
    BodyEntry,
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
    LikenessDecision,
    Person,
    PersonName,
    PersonRelation,
    Posting,
    Protest,
    Review,
    ReviewComment,
    SavedQuery,
    Source,
    StaffMember,
    StatusEntry,
    Task,
    Violation,
    links,
)

CAN_BE_TAKEN_BACK: Final = frozenset(
    {
        *(Incident, IncidentLink, Casualties, Protest, Violation, DisappearanceElement),
        *(Attribution, Involvement, StatusEntry, BodyEntry, Account, Citation, Task),
        *(Intervention, InterventionAddressee, LegalAction, LegalStep, LegalRelation),
        *(Person, PersonName, PersonRelation, Posting, Contact, Consent, LikenessDecision),
        *(Agency, AgencyParent, Source, Review, ReviewComment, SavedQuery),
        *(links.IncidentAssignment, links.ProtestKind, links.ProtestResponse),
        *(links.ViolationMethod, links.ViolationIntent),
        *(links.LegalActionIncident, links.LegalActionPerson),
        *(links.InterventionKind, links.InterventionPerson),
    }
)
"""Rows whose history holds all that it takes to put them back. Files, accounts, rights, lists that
came in and mergers are not among them: each has its own way back, or none."""

TAKE_BACK: Final = "take back"
"""What the context of taking something back calls it."""

_ACTS: Final = frozenset({None, "compare", TAKE_BACK})
"""What a request may have been, as its context says. All others reached the public record, or have
a way back of their own."""

RECORDS: Final = (Incident, Person, LegalAction, Source, Agency)
"""Rows with a page and a history of their own."""


@dataclass(frozen=True, slots=True)
class Touched:
    """One row. ``before`` is the event that holds how it stood, None for a row that was added;
    ``last`` the event of the request that was its last: of a row that was removed its deletion.

    ``is_known`` is False for a row that was there before and of which no history says how.
    """

    model: type[models.Model]
    key: int
    before: Any | None
    last: Any
    is_known: bool = True

    @property
    def is_new(self) -> bool:
        """Whether the request added the row, and left it in place."""
        return self.before is None and self.is_known and self.stands

    @property
    def stands(self) -> bool:
        """Whether the request left the row in place."""
        return bool(self.last.pgh_label != "delete")


def models_of(action: Any) -> set[type[models.Model]]:
    """The models of which a request changed rows: one query."""
    tables = {model: event._meta.db_table for model, event in event_models().items()}
    names = list(tables)
    statement = " UNION ALL ".join(
        f"SELECT {index} WHERE EXISTS (SELECT 1 FROM {tables[model]} WHERE pgh_context_id = %(id)s)"  # noqa: S608 - names of our own tables
        for index, model in enumerate(names)
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, {"id": action})
        return {names[index] for (index,) in cursor.fetchall()}


def can_be_offered(action: Any, act: str | None) -> bool:
    """Whether a request changed something, and only what can be taken back. ``act`` is what its
    context says of it."""
    found = models_of(action) if act in _ACTS else set()
    return bool(found) and found <= CAN_BE_TAKEN_BACK


def has_changed_something(action: Any) -> bool:
    """Whether a request changed anything at all whose history is kept."""
    return pghistory.models.Context.objects.filter(pk=action).exists()


def act_of(action: Any, user: StaffMember) -> tuple[bool, str | None]:
    """Whether this person made a request that changed something, and what its context calls it."""
    context = pghistory.models.Context.objects.filter(pk=action, metadata__user=user.pk).first()
    return context is not None, None if context is None else context.metadata.get("act")


def rows_of(action: Any) -> list[Touched]:
    """Every row that a request changed. Two queries a model."""
    return [
        row
        for model in sorted(models_of(action), key=lambda model: model.__name__)
        for row in _rows(model, action)
    ]


def records_of(rows: Iterable[Touched]) -> list[models.Model]:
    """The records among rows that have a page of their own and are there now."""
    touched = list(rows)
    return [
        found
        for model in RECORDS
        for found in model._default_manager.filter(
            pk__in=[row.key for row in touched if row.model is model]
        )
    ]


def later_events(rows: Iterable[Touched]) -> list[tuple[type[models.Model], Any]]:
    """What happened to these rows after the request. One query a model."""
    last: dict[type[models.Model], dict[int, int]] = defaultdict(dict)
    for row in rows:
        if _has_versions(row.model):
            last[row.model][row.key] = row.last.pgh_id
    return [
        (model, event)
        for model, keys in last.items()
        for event in event_models()[model].objects.filter(
            pgh_obj_id__in=keys, pgh_id__gt=min(keys.values())
        )
        if event.pgh_id > keys[event.pgh_obj_id]
    ]


def _rows(model: type[models.Model], action: Any) -> list[Touched]:
    events = event_models()[model].objects
    found: dict[int, list[Any]] = defaultdict(list)
    for event in events.filter(pgh_context_id=action).order_by("pgh_id"):
        found[event.id].append(event)
    earlier = _earlier(model, {key: own[0].pgh_id for key, own in found.items()})
    return [_touched(model, key, own, earlier.get(key)) for key, own in found.items()]


def _touched(model: type[models.Model], key: int, own: list[Any], earlier: Any) -> Touched:
    """A row by its events of the request and the last one before it. A removal holds what the row
    was, which is all that there is of a link: it is only ever added or removed."""
    first = own[0].pgh_label
    if first == "insert":
        return Touched(model, key, None, own[-1])
    before = own[0] if earlier is None and first == "delete" else earlier
    return Touched(model, key, before, own[-1], is_known=before is not None)


def _earlier(model: type[models.Model], first: dict[int, int]) -> dict[int, Any]:
    """The last event of each row before the request."""
    if not first or not _has_versions(model):
        return {}
    events = event_models()[model].objects.filter(
        pgh_obj_id__in=first, pgh_id__lt=max(first.values())
    )
    found: dict[int, Any] = {}
    for event in events.order_by("pgh_id"):
        if event.pgh_id < first[event.pgh_obj_id]:
            found[event.pgh_obj_id] = event
    return found


def _has_versions(model: type[models.Model]) -> bool:
    """Links between rows are added and removed, and never changed."""
    return hasattr(event_models()[model], "pgh_obj")
