"""The history of a record, as the triggers of the database wrote it: who changed which value.

Events are read for the record and for its parts, removed ones included, in a number of queries
that does not depend on how often something was changed.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

import pghistory.models
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import models
from django.db.models import Q
from django.http import HttpRequest
from django.http.response import HttpResponse
from django.template.response import TemplateResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from incidents.admin.labels import joined
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
    Protest,
    Review,
    Source,
    StaffMember,
    StatusEntry,
    Violation,
    links,
)
from incidents.visibility import visible_to
from reference.date_text import render_date
from reference.dates import UncertainDate
from reference.fields import EarliestField, LatestField
from reference.models import Term
from reference.vocabularies import terms, vocabularies

if TYPE_CHECKING:
    from incidents.admin.base import StaffModelAdmin

PER_PAGE = 50

_Event = tuple[type[models.Model], str, Any]
"""Model of the row, its column that points to the record, and the event."""

_PARTS: dict[type[models.Model], tuple[tuple[type[models.Model], str], ...]] = {
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
        (links.IncidentAssignment, "incident"),
        (links.LegalActionIncident, "incident"),
    ),
    Violation: ((DisappearanceElement, "violation"), (links.ViolationMethod, "violation")),
    Protest: ((links.ProtestKind, "protest"), (links.ProtestResponse, "protest")),
    Intervention: (
        (InterventionAddressee, "intervention"),
        (links.InterventionKind, "intervention"),
        (links.InterventionPerson, "intervention"),
    ),
    Person: (
        (PersonName, "person"),
        (PersonRelation, "person"),
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

_BOOK_KEEPING = frozenset(
    {
        *("id", "entered_at", "entered_by", "changed_at", "changed_by", "date_joined"),
        *("fingerprint", "copy_hash", "copy_width", "copy_height"),
    }
)


@dataclass(frozen=True, slots=True)
class Difference:
    """One value that was changed; ``old`` is empty for a row that was added."""

    name: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class RowChange:
    """What happened to one row: ``act`` is insert, update or delete."""

    kind: str
    act: str
    differences: list[Difference]


@dataclass(slots=True)
class Change:
    """Everything that one person changed at one time."""

    at: datetime
    actor: str
    rows: list[RowChange] = field(default_factory=list)


def history_page(admin: "StaffModelAdmin", request: HttpRequest, object_id: str) -> HttpResponse:
    """The page of every change of a record, the latest first."""
    obj = admin.get_object(request, object_id)
    if obj is None:
        return admin._get_obj_does_not_exist_redirect(request, admin.opts, object_id)  # type: ignore[attr-defined,no-any-return]
    if not admin.has_view_or_change_permission(request, obj):
        raise PermissionDenied
    user = request.user
    if not isinstance(user, StaffMember):
        raise PermissionDenied
    paginator = Paginator(changes_of(obj, seen_by=user), PER_PAGE)
    page = paginator.get_page(request.GET.get("p", 1))
    context = {
        **admin.admin_site.each_context(request),
        "title": _("History: %s") % obj,
        "module_name": str(capfirst(admin.opts.verbose_name_plural)),
        "object": obj,
        "opts": admin.opts,
        "page": page,
        "page_range": paginator.get_elided_page_range(page.number),
    }
    return TemplateResponse(request, "admin/object_history.html", context)


def changes_of(record: models.Model, *, seen_by: StaffMember) -> list[Change]:
    """Every change of a record and its parts, the latest first.

    Values that name a record which this person may not know of are left out.
    """
    events = _events(record)
    actors = _actors(event for _model, _column, event in events)
    words = _Words(events, seen_by)
    before: dict[tuple[type[models.Model], int], Any] = {}
    changes: dict[tuple[datetime, Any], Change] = {}
    for model, column, event in events:
        row = (model, event.id)
        change = _row_change(model, column, before.get(row), event, words)
        before[row] = event
        if change is not None:
            key = (event.pgh_created_at, event.pgh_context_id)
            changes.setdefault(
                key, Change(event.pgh_created_at, actors.get(event.pgh_context_id, ""))
            ).rows.append(change)
    return sorted(changes.values(), key=lambda change: change.at)[::-1]


def _events(record: models.Model) -> list[_Event]:
    """Events of the record and its parts in the order in which they happened."""
    top = record._meta.concrete_model or type(record)
    if top not in _event_models():
        return []  # reference data and groups, which the program itself brings
    found: list[_Event] = [(top, "", each) for each in _events_of(top).filter(id=record.pk)]
    ids: dict[type[models.Model], set[int]] = {top: {record.pk}}
    queue = [top]
    while queue:
        owner = queue.pop()
        for model, column in _PARTS.get(owner, ()):
            rows = list(_events_of(model).filter(**{f"{column}__in": ids[owner]}))
            found += [(model, column, event) for event in rows]
            ids[model] = {event.id for event in rows}
            queue.append(model)
    cited = Q()
    for column, model in CITED_FACTS.items():
        if ids.get(model):
            cited |= Q(**{f"{column}__in": ids[model]})
    if cited:
        found += [(Citation, "", event) for event in _events_of(Citation).filter(cited)]
    return sorted(found, key=lambda each: (each[2].pgh_created_at, each[2].pgh_id))


def _events_of(model: type[models.Model]) -> models.QuerySet[Any]:
    events: models.QuerySet[Any] = _event_models()[model].objects.all()
    return events


@cache
def _event_models() -> dict[type[models.Model], Any]:
    """Tracked model → the model of its events."""
    found: dict[type[models.Model], Any] = {}
    for event_model in apps.get_models():
        tracked = getattr(event_model, "pgh_tracked_model", None)
        if tracked is not None:
            found[tracked] = event_model
    return found


def _actors(events: Iterable[Any]) -> dict[Any, str]:
    """Context of a change → who made it."""
    contexts = pghistory.models.Context.objects.filter(
        pk__in={event.pgh_context_id for event in events}
    ).values_list("pk", "metadata")
    users = {pk: metadata.get("user") for pk, metadata in contexts}
    staff = StaffMember.objects.in_bulk({pk for pk in users.values() if pk is not None})
    return {pk: str(staff[user]) for pk, user in users.items() if user in staff}


def _row_change(
    model: type[models.Model], column: str, before: Any, event: Any, words: "_Words"
) -> RowChange | None:
    """``column`` points to the record whose history this is, so it says nothing here."""
    kind = str(capfirst(str(_LINK_NAMES.get(model, model._meta.verbose_name))))
    if event.pgh_label == "delete":
        values = [Difference(each.name, each.new, "") for each in words.filled(event, column)]
        return RowChange(kind, "delete", values)
    if event.pgh_label == "insert":
        return RowChange(kind, "insert", list(words.filled(event, column)))
    differences = list(words.changed(before, event))
    return RowChange(kind, "update", differences) if differences else None


class _Words:
    """Values of events in the reader's words."""

    def __init__(self, events: list[_Event], seen_by: StaffMember) -> None:
        self.terms = {
            term.pk: term
            for vocabulary in vocabularies()
            for term in terms(vocabulary.code, hidden=True)
        }
        self.rows = self._read(events, seen_by)

    def filled(self, event: Any, but: str) -> Iterator[Difference]:
        """The values of a row that has just been added; a box left unticked says nothing."""
        for each in _fields(event):
            if each.name == but or getattr(event, each.attname) is False:
                continue
            if value := self._value(each, event):
                yield Difference(_label(each), "", value)

    def changed(self, before: Any, event: Any) -> Iterator[Difference]:
        """The values that differ from those before."""
        for each in _fields(event):
            old = self._value(each, before) if before is not None else ""
            new = self._value(each, event)
            if old != new:
                yield Difference(_label(each), old, new)

    def _value(self, each: Any, event: Any) -> str:
        value = getattr(event, each.attname)
        if value in (None, "", [], {}):
            return ""
        if each.remote_field is not None:
            return self._row(each.remote_field.model, value)
        if isinstance(value, bool):
            return str(_("yes") if value else _("no"))
        if isinstance(value, UncertainDate):
            return "" if value.is_unknown else render_date(value)
        if isinstance(value, list):
            return joined(map(str, value))
        if each.flatchoices:
            return str(dict(each.flatchoices).get(value, value))
        return str(value)

    def _row(self, model: type[models.Model], key: int) -> str:
        if model is Term:
            term = self.terms.get(key)
            return term.label if term is not None else str(key)
        return self.rows.get((model, key)) or str(_("a record that is restricted or gone"))

    def _read(
        self, events: list[_Event], seen_by: StaffMember
    ) -> dict[tuple[type[models.Model], int], str]:
        wanted: dict[type[models.Model], set[int]] = defaultdict(set)
        for _model, _column, event in events:
            for each in _fields(event):
                key = getattr(event, each.attname)
                if each.remote_field is not None and key is not None:
                    wanted[each.remote_field.model].add(key)
        wanted.pop(Term, None)
        return {
            (model, row.pk): str(row)
            for model, keys in wanted.items()
            for row in _named(visible_to(seen_by, model._default_manager.filter(pk__in=keys)))
        }


_LINK_NAMES: dict[type[models.Model], Any] = {
    links.IncidentAssignment: Incident._meta.get_field("assigned").verbose_name,
    links.LegalActionIncident: LegalAction._meta.verbose_name,
    links.LegalActionPerson: LegalAction._meta.get_field("people").verbose_name,
    links.ViolationMethod: Violation._meta.get_field("methods").verbose_name,
    links.ProtestKind: Protest._meta.get_field("kinds").verbose_name,
    links.ProtestResponse: Protest._meta.get_field("state_responses").verbose_name,
    links.InterventionKind: Intervention._meta.get_field("types").verbose_name,
    links.InterventionPerson: Intervention._meta.get_field("people").verbose_name,
}


def _fields(event: Any) -> Iterator[Any]:
    """The columns of an event that hold what somebody recorded."""
    for each in event._meta.concrete_fields:
        if (
            not each.name.startswith("pgh_")
            and each.name not in _BOOK_KEEPING
            and not isinstance(each, EarliestField | LatestField)
        ):
            yield each


def _label(each: Any) -> str:
    """The name of a column; the columns of links are called by what they lead to."""
    of_link = each.remote_field is not None and each.model.pgh_tracked_model in _LINK_NAMES
    name = each.remote_field.model._meta.verbose_name if of_link else each.verbose_name
    return str(capfirst(str(name)))


_NAMED_WITH: dict[type[models.Model], tuple[str, ...]] = {
    Person: ("names",),
    Violation: ("type", "person__names"),
    Account: ("question", "claimant_agency"),
    Attribution: ("speaker", "attribution"),
    Involvement: ("agency", "person__names"),
    StatusEntry: ("person__names", "status"),
    BodyEntry: ("person__names", "event"),
    DisappearanceElement: ("element", "finding"),
    InterventionAddressee: ("agency",),
}


def _named(rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
    """Read with the rows what their names need."""
    return rows.prefetch_related(*_NAMED_WITH.get(rows.model, ()))
