"""Whose rows those of a request are: the cases, people, legal actions and sources they belong to
or name, so that nobody is told of what they may not know, or changes it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, Final

from django.db import models

from incidents.history.events import event_models
from incidents.history.touched import Touched
from incidents.models import Agency, Incident, LegalAction, Person, Review, Source, StaffMember
from incidents.models.base import CaseRow
from incidents.visibility import visible_to

CONCEALED: Final = (Incident, Person, LegalAction, Source)
"""Records that somebody may be kept from."""

Keys = dict[type[models.Model], set[int]]


def owners_of(rows: Iterable[Touched]) -> Keys:
    """The records that rows belong to or name, as they stood and as they stand; also where a row
    or what it hung on was removed. One query a kind of row that lies between."""
    found: Keys = defaultdict(set)
    between: Keys = defaultdict(set)
    known: Keys = defaultdict(set)
    for row in rows:
        known[row.model].add(row.key)
        _sort(row.model, row.key, found, between)
        for event in filter(None, (row.before, row.last)):
            for model, key in _points_to(event):
                _sort(model, key, found, between)
    while between:
        model, keys = between.popitem()
        new = keys - known[model]
        known[model] |= new
        for event in _last_events(model, new):
            for other, key in _points_to(event):
                _sort(other, key, found, between)
    return found


def all_visible(owners: Keys, user: StaffMember) -> bool:
    """Whether somebody may know of every one of these records. One query a kind."""
    for model, keys in owners.items():
        there = model._default_manager.filter(pk__in=keys)
        if model in CONCEALED and visible_to(user, there).count() != there.count():
            return False
    return True


def _sort(model: type[models.Model], key: int, found: Keys, between: Keys) -> None:
    if model in CONCEALED or model is Agency:
        found[model].add(key)
    elif model in event_models() and issubclass(model, CaseRow | Review):
        between[model].add(key)


def _points_to(event: Any) -> Iterator[tuple[type[models.Model], int]]:
    """The rows that an event names in its columns."""
    for each in event._meta.concrete_fields:
        if each.remote_field is not None and not each.name.startswith("pgh_"):
            key = getattr(event, each.attname)
            if key is not None:
                model = each.remote_field.model
                yield model._meta.concrete_model or model, key


def _last_events(model: type[models.Model], keys: set[int]) -> Iterable[Any]:
    """How each row stood last, if it stands or not."""
    if not keys:
        return []
    events = event_models()[model].objects.filter(pgh_obj_id__in=keys)
    return events.order_by("pgh_obj_id", "-pgh_id").distinct("pgh_obj_id")  # type: ignore[no-any-return]
