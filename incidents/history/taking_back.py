"""Taking the last action back: all rows of one request stand again as they stood before it.

All or nothing, and only as long as nobody has changed one of the rows since. The history keeps
both: what was done, and that it was taken back. What the public record shows is not touched, unless
the rows as they stand again allow less than it shows.
"""

from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

import pghistory.models
from django.db import IntegrityError, connection, models, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from incidents.history.touched import (
    TAKE_BACK,
    Touched,
    act_of,
    can_be_offered,
    records_of,
    rows_of,
)
from incidents.history.unfit import (
    Row,
    TakingBackRefused,
    not_by_this_way,
    nothing_of_yours,
    refuse_changed,
    refuse_unfit,
)
from incidents.models import Agency, Incident, Person, PersonName, Source, StaffMember
from incidents.models.base import CaseRow
from incidents.publishing.obeying import Obeyed, obey_consents
from incidents.publishing.restricting import obey_restriction
from incidents.publishing.withdrawing import Withdrawn
from record.chain import publishing_lock

_CHANGE: Final = "incidents.change_incident"
_FOLDED: Final = (PersonName, Agency)
"""Rows with a search form, which follows from what they hold and is not in the history."""
_SAVED_AGAIN: Final = (*_FOLDED, Source)
"""Rows that keep more in step when they are saved: search forms, what lies sealed of a source."""


@dataclass(frozen=True, slots=True)
class TakenBack:
    """How many rows stand again as they stood, the records among them that are there, and what
    left the public record with it."""

    rows: int
    records: list[models.Model]
    follows: Obeyed = field(default_factory=Obeyed)


class NotAskedYet(Exception):
    """Taking the action back would take something out of the public record, and nobody was asked
    whether that is meant. Raised inside the transaction, so that nothing of it stays."""

    def __init__(self, follows: Obeyed, rows: list[models.Model]) -> None:
        super().__init__()
        self.follows, self.rows = follows, rows


def take_back(action: Any, *, by: StaffMember, confirmed: bool = False) -> TakenBack:
    """Undo what this person did in one request, named by the context of its events.

    Raises TakingBackRefused, and NotAskedYet unless it is ``confirmed`` that something may leave
    the public record; then nothing is changed.
    """
    theirs, act = act_of(action, by)
    if not theirs or not by.has_perm(_CHANGE):
        raise TakingBackRefused(nothing_of_yours())
    if not can_be_offered(action, act):
        raise TakingBackRefused(not_by_this_way())
    rows = rows_of(action)
    try:
        with (
            transaction.atomic(),
            _held_from_publishing(rows),
            pghistory.context(user=by.pk, act=TAKE_BACK),
        ):
            refuse_unfit(rows, by=by)
            refuse_changed(rows, there=_lock(rows))
            _put_back(rows, by)
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            follows = _obey(rows, by)
            if (follows.withdrawn or follows.rewritten) and not confirmed:
                raise NotAskedYet(follows, records_of(rows))
    except IntegrityError as error:
        raise TakingBackRefused(
            _(
                "This cannot be taken back by one button: something that was added since depends "
                "on it, or two rows have exchanged what only one of them can hold. Correct it on "
                "the page of the record."
            ),
            records_of(rows),
        ) from error
    return TakenBack(len(rows), records_of(rows), follows)


def _put_back(rows: list[Touched], by: StaffMember) -> None:
    """What was added goes first, so that what comes back finds its place free."""
    now = timezone.now()
    for model in {row.model for row in rows}:
        added = [row.key for row in rows if row.model is model and row.is_new]
        there = model._base_manager.filter(pk__in=added)
        # Past Django's own cascades: what hangs on them is a reason to refuse, not to go along.
        there._raw_delete(there.db)
    for row in rows:
        if row.before is not None and row.stands:
            values = _values(row) | _signed(row, by, now)
            row.model._base_manager.filter(pk=row.key).update(**values)
    for row in rows:
        if row.before is not None and not row.stands:
            again = row.model(**_values(row) | _signed(row, by, now), pk=row.key)
            again.save_base(raw=True, force_insert=True)
    for model in _SAVED_AGAIN:
        keys = [row.key for row in rows if row.model is model]
        for each in model._base_manager.filter(pk__in=keys):
            each.save()


def _values(row: Touched) -> dict[str, Any]:
    """Column → value of a row as it stood. Raises TakingBackRefused where the history lacks one."""
    before: Any = row.before
    kept = {each.attname for each in before._meta.concrete_fields}
    fields = [each for each in row.model._meta.concrete_fields if not each.primary_key]
    missing = [each for each in fields if each.attname not in kept and row.model not in _FOLDED]
    if missing:
        raise TakingBackRefused(not_by_this_way())
    return {each.attname: getattr(before, each.attname) for each in fields if each.attname in kept}


def _signed(row: Touched, by: StaffMember, now: datetime) -> dict[str, Any]:
    """Putting a row back is a change of it: a form that was open meanwhile is out of date.

    Only rows that the request had signed are signed anew. Others it merely decided on, and who
    decides on a case is not thereby one of its authors.
    """
    if not issubclass(row.model, CaseRow):
        return {}
    values: dict[str, Any] = {"changed_at": now}
    if row.stands and row.last.changed_by_id == by.pk:
        values["changed_by_id"] = by.pk
    return values


def _lock(rows: list[Touched]) -> set[Row]:
    """Keep others from the rows until the end, and tell which of them are there."""
    there: set[Row] = set()
    for model in sorted({row.model for row in rows}, key=lambda model: model.__name__):
        keys = [row.key for row in rows if row.model is model]
        locked = model._base_manager.select_for_update().filter(pk__in=keys).order_by("pk")
        there |= {(model, key) for key in locked.values_list("pk", flat=True)}
    return there


def _held_from_publishing(rows: list[Touched]) -> AbstractContextManager[None]:
    """The publishing lock before that of any row, as publishing takes them: two who took them in
    different orders would wait for each other. Nothing where nothing was ever public."""
    public = (each.filter(reference__isnull=False).exists() for each in _concerned(rows))
    return publishing_lock() if any(public) else nullcontext()


def _concerned(rows: list[Touched]) -> tuple[QuerySet[Person], QuerySet[Incident]]:
    """The people and the cases of whom the record may show less from now on."""
    people = {row.key for row in rows if row.model is Person}
    people |= {row.last.person_id for row in rows if hasattr(row.last, "person_id")}
    cases = {row.key for row in rows if row.model is Incident}
    return (
        Person.objects.filter(pk__in=people - {None}).order_by("pk"),
        Incident.objects.filter(pk__in=cases).order_by("pk"),
    )


def _obey(rows: list[Touched], by: StaffMember) -> Obeyed:
    """Let the record show no more of people than what stands again allows; tell what went."""
    people, cases = _concerned(rows)
    went = [obey_consents(person, by=by) for person in people]
    restricted = [obey_restriction(incident, by=by) for incident in cases]
    gone: list[Obeyed | Withdrawn] = [*went, *restricted]
    withdrawn = dict.fromkeys(name for each in gone for name in each.withdrawn)
    rewritten = dict.fromkeys(name for each in gone for name in each.rewritten)
    return Obeyed(
        list(withdrawn),
        [name for name in rewritten if name not in withdrawn],
        any(each.photograph for each in went),
        list(dict.fromkeys(name for each in gone for name in each.files)),
    )
