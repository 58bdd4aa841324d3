"""The same act done to others: a violation copied for more victims, with all it rests on."""

from collections.abc import Sequence
from typing import Any, Final

from django.db import models, transaction

from incidents.citing import cite_alike
from incidents.entry.entering import (
    VictimToEnter,
    enter_person,
    implied_status,
    look_for_duplicates,
    save_new,
    say_age,
)
from incidents.models import Involvement, StaffMember, StatusEntry, Violation
from incidents.models.details import ViolationDetail

_OF_ONE: Final = frozenset(
    {
        *("age_low", "age_high", "age_group", "reference", "outcome", "grade"),
        *("end", "end_meaning", "area_end", "civilian_status"),
        *(field.name for field in ViolationDetail._meta.fields if field.name != "instruments"),
    }
)
"""What a violation says of its one victim: who they were, how it ended, how well it is known."""

_NOTES: Final = frozenset({"note", "note_local"})
"""What was written of one victim's status. It is published as it stands."""

_BOOKS: Final = frozenset({"id", "entered_at", "entered_by", "changed_at", "changed_by"})


@transaction.atomic
def same_again(
    violation: Violation, victims: Sequence[VictimToEnter], *, by: StaffMember
) -> list[Violation]:
    """Add this violation for each of these victims; returns the new ones.

    Type, start, place, methods, stated reason, who is alleged to be responsible for this one act,
    and the sources of all this with the places in them come along; so does the status that the
    type implies, with whoever claims it. What is said of one victim alone stays behind: age, part
    in hostilities, how and where it ended, outcome and grade, notes, and quotations.
    """
    statuses = statuses_that_come_along(violation)
    involved = list(violation.involvements.prefetch_related("citations"))
    made = [_copy(violation, victim, involved, statuses, by) for victim in victims]
    look_for_duplicates([each.person for each in made])
    return made


def _copy(
    violation: Violation,
    victim: VictimToEnter,
    involved: Sequence[Involvement],
    statuses: Sequence[StatusEntry],
    by: StaffMember,
) -> Violation:
    person = enter_person(victim, by=by)
    made: Violation = _same(violation, _OF_ONE, person=person)
    say_age(made, victim.age)
    save_new(made, by)
    made.methods.set(violation.methods.all())
    cite_alike(violation, made, by=by)
    for involvement in involved:
        again = _same(involvement, frozenset(), violation=made)
        save_new(again, by)
        cite_alike(involvement, again, by=by)
    for status in statuses:
        entry = _same(status, _NOTES, person=person)
        save_new(entry, by)
        cite_alike(status, entry, by=by)
    return made


def statuses_that_come_along(violation: Violation) -> list[StatusEntry]:
    """The entries of the first victim that say no more than the act itself says."""
    implied = implied_status(violation.type)
    if implied is None:
        return []
    entries = StatusEntry.objects.filter(
        incident=violation.incident_id, person=violation.person_id, status=implied
    )
    return list(entries.prefetch_related("citations")[:1])


def _same(row: Any, without: frozenset[str], **changed: Any) -> Any:
    """A new row with the values of this one."""
    values = {
        field.name: getattr(row, field.name)
        for field in row._meta.concrete_fields
        if field.name not in _BOOKS | without and field.name not in changed
    }
    # The bounds of a date follow from its text.
    values = {name: value for name, value in values.items() if not _is_bound(row, name)}
    return type(row)(**values, **changed)


def _is_bound(row: models.Model, name: str) -> bool:
    return hasattr(row._meta.get_field(name), "of")
