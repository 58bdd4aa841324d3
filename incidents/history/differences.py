"""What was changed in a record: every change by itself, or all that differs from how it stood."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import models

from incidents.history.events import RowEvent, events_of, names_of, users_of
from incidents.history.reasons import reasons_of
from incidents.history.wording import Difference, Words, kind_in_words, named
from incidents.models import Incident, LegalAction, Person, StaffMember
from incidents.visibility import visible_to

LATELY: Final = timedelta(minutes=10)
"""Longer than a request may take. The time of an event is that at which its transaction began, so
that one of the last minutes may have been unseen still."""


@dataclass(frozen=True, slots=True)
class RowChange:
    """What happened to one row: ``act`` is insert, update or delete. ``name`` tells rows of a kind
    apart where several changes are laid together, with ``actor`` and ``at`` of the last of them."""

    kind: str
    act: str
    differences: list[Difference]
    name: str = ""
    actor: str = ""
    at: datetime | None = None


@dataclass(slots=True)
class Change:
    """Everything that one person changed at one time, and why, if they said so."""

    at: datetime
    actor: str
    rows: list[RowChange] = field(default_factory=list)
    why: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """A moment in the history. ``recent`` names those events of the minutes before it that were
    known by then; None: all were."""

    at: datetime
    recent: frozenset[str] | None = None

    def knows(self, row: RowEvent) -> bool:
        """Whether an event was known at that moment."""
        return self.knows_of(row[2].pgh_created_at, name_of(row))

    def knows_of(self, at: datetime, name: str) -> bool:
        """The same of an event of which only time and name are at hand."""
        if self.recent is None:
            return at <= self.at
        return at <= self.at - LATELY or name in self.recent


def name_of(row: RowEvent) -> str:
    """A short name of an event, the same for ever."""
    return f"{row[0]._meta.model_name}:{row[2].pgh_id}"


def changes_of(record: models.Model, *, seen_by: StaffMember) -> list[Change]:
    """Every change of a record and its parts, the latest first.

    Values that name a record which this person may not know of are left out.
    """
    events = events_of([record])
    actors = names_of(users_of(event for _model, _column, event in events))
    reasons = reasons_of((event for _model, _column, event in events), record)
    words = Words(events, seen_by)
    before: dict[tuple[type[models.Model], int], Any] = {}
    changes: dict[tuple[datetime, Any], Change] = {}
    for model, column, event in events:
        row = (model, event.id)
        change = _row_change(model, column, before.get(row), event, words)
        before[row] = event
        if change is not None:
            key = (event.pgh_created_at, event.pgh_context_id)
            changes.setdefault(
                key,
                Change(
                    event.pgh_created_at,
                    actors.get(event.pgh_context_id, ""),
                    why=reasons.get(event.pgh_context_id, ""),
                ),
            ).rows.append(change)
    return sorted(changes.values(), key=lambda change: change.at)[::-1]


def case_and_neighbours(incident: Incident, seen_by: StaffMember) -> list[models.Model]:
    """A case with the people and legal actions it tells of, as far as this person may know them:
    what somebody has to look through again when one of them was changed."""
    people = Person.objects.filter(violations__incident=incident).distinct()
    actions = LegalAction.objects.filter(incidents=incident)
    return [incident, *visible_to(seen_by, people), *visible_to(seen_by, actions)]


def events_of_case(incident: Incident, *, seen_by: StaffMember) -> list[RowEvent]:
    """Events of a case and of what it tells of, in their order."""
    return events_of(case_and_neighbours(incident, seen_by))


def differences_since(
    point: Point,
    events: list[RowEvent],
    *,
    seen_by: StaffMember,
    but: StaffMember | None = None,
) -> list[RowChange]:
    """How each row differs from how it stood at a moment, the latest change first; rows that stand
    again as they stood are left out. What only ``but`` has changed since is left out too."""
    users = users_of(event for _model, _column, event in events)
    actors = names_of(users)
    words = Words(events, seen_by)
    found = []
    for rows in _by_row(events):
        first = next((at for at, row in enumerate(rows) if not point.knows(row)), len(rows))
        new = [row for row in rows[first:] if not point.knows(row)]
        own = but is not None and all(
            users.get(event.pgh_context_id) == but.pk for _model, _column, event in new
        )
        if not new or own:
            continue
        change = _net(rows[first - 1] if first else None, rows[-1], words)
        if change is not None:
            found.append((new[-1], change))
    names = _names([row for row, _change in found], seen_by)
    return [
        RowChange(
            change.kind,
            change.act,
            change.differences,
            names.get((model, event.id), ""),
            actors.get(event.pgh_context_id, ""),
            event.pgh_created_at,
        )
        for (model, _column, event), change in reversed(found)
    ]


def _by_row(events: Iterable[RowEvent]) -> Iterable[list[RowEvent]]:
    """The events of each row in their order; rows in the order of their last event."""
    rows: dict[tuple[type[models.Model], int], list[RowEvent]] = {}
    for each in events:
        key = (each[0], each[2].id)
        rows[key] = [*rows.pop(key, []), each]
    return rows.values()


def _net(before: RowEvent | None, now: RowEvent, words: Words) -> RowChange | None:
    """One change from how a row stood to how it stands; None where there is no difference."""
    model, column, event = now
    was = None if before is None or before[2].pgh_label == "delete" else before[2]
    if was is not None and words.conceals(model, was):
        was = None
    if words.conceals(model, event) or (was is None and event.pgh_label == "delete"):
        return None
    kind = kind_in_words(model)
    if event.pgh_label == "delete":
        gone = [Difference(each.name, each.new, "") for each in words.filled(was, column)]
        return RowChange(kind, "delete", gone)
    if was is None:
        return RowChange(kind, "insert", list(words.filled(event, column)))
    differences = list(words.changed(was, event))
    return RowChange(kind, "update", differences) if differences else None


def _row_change(
    model: type[models.Model], column: str, before: Any, event: Any, words: Words
) -> RowChange | None:
    """``column`` points to the record whose history this is, so it says nothing here."""
    if words.conceals(model, event):
        return None
    kind = kind_in_words(model)
    if event.pgh_label == "delete":
        values = [Difference(each.name, each.new, "") for each in words.filled(event, column)]
        return RowChange(kind, "delete", values)
    if event.pgh_label == "insert":
        return RowChange(kind, "insert", list(words.filled(event, column)))
    if before is not None and words.conceals(model, before):
        before = None
    differences = list(words.changed(before, event))
    return RowChange(kind, "update", differences) if differences else None


def _names(rows: list[RowEvent], seen_by: StaffMember) -> dict[tuple[type[models.Model], int], str]:
    """What rows that were changed are called now; those that were taken out have no name."""
    changed: dict[type[models.Model], set[int]] = {}
    for model, _column, event in rows:
        if event.pgh_label == "update":
            changed.setdefault(model, set()).add(event.id)
    return {
        (model, row.pk): str(row)
        for model, keys in changed.items()
        for row in named(visible_to(seen_by, model._default_manager.filter(pk__in=keys)))
    }
