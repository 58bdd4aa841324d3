"""A case that was typed on one page becomes rows of the case file: all of them, or none.

Every fact rests on the one source from the start. The case is a draft; what is missing to it is
said by ``incidents.readiness`` as for any other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection, models, transaction

from incidents.citing import cite
from incidents.duplicates.keys import renew_keys_of
from incidents.duplicates.looking import look_at
from incidents.importing.drafting.ages import Age
from incidents.models import (
    Incident,
    Involvement,
    Person,
    PersonName,
    Source,
    StaffMember,
    StatusEntry,
    Violation,
)
from incidents.models.base import CaseRow
from reference.models import Term
from reference.vocabularies import lineage, term

NO_AGE: Final = Age(None, None)

_LOCK: Final = 0x4E455743
"""The advisory lock of new cases: "NEWC" in ASCII."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VictimToEnter:
    """Somebody to whom something was done: a new person with names, or one who is known.

    ``acts`` are the types of violation, each once.
    """

    person: Person
    names: tuple[PersonName, ...] = ()
    acts: tuple[Term, ...] = ()
    age: Age = NO_AGE


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseToEnter:
    """A whole case. ``source`` may stand in the case file already, nothing else does.

    ``locator`` goes to the citation of every fact, ``quotation`` to that of the incident alone:
    it is published with each fact that has it.
    """

    source: Source
    incident: Incident
    victims: Sequence[VictimToEnter]
    involvement: Involvement | None = None
    claimant: dict[str, Any]
    """Who says so, as the columns of a claim."""
    locator: str = ""
    quotation: str = ""


def one_case_at_a_time() -> None:
    """Let new cases be saved one after another: whoever is second waits until the transaction of
    the first is over, and then finds its source and its people where they look for them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


@transaction.atomic
def enter(case: CaseToEnter, *, by: StaffMember) -> Incident:
    """Write a case and return its incident, a draft. The writer may see it if it is restricted."""
    if case.source.pk is None:
        save_new(case.source, by)
    incident = case.incident
    save_new(incident, by)
    if incident.restricted:
        incident.assigned.add(by)
    cite(incident, case.source, by=by, where=case.locator, quotation=case.quotation)
    facts: list[models.Model] = []
    for victim in case.victims:
        facts += _enter_victim(case, victim, by)
    if case.involvement is not None:
        case.involvement.incident = incident
        save_new(case.involvement, by)
        facts.append(case.involvement)
    for fact in facts:
        cite(fact, case.source, by=by, where=case.locator)
    look_for_duplicates([victim.person for victim in case.victims])
    return incident


def enter_person(victim: VictimToEnter, *, by: StaffMember) -> Person:
    """The person of a victim, written with the names if they are new."""
    person = victim.person
    if person.pk is None:
        save_new(person, by)
        for name in victim.names:
            name.person = person
            save_new(name, by)
    return person


def implied_status(type_: Term) -> Term | None:
    """What an act says by itself of what became of somebody: dead, disappeared or missing."""
    if type_.attributes.get("death") and not type_.attributes.get("finding"):
        return term("victim-status", "dead")
    if not type_.attributes.get("continuing"):
        return None
    if "enforced-disappearance" in lineage("violation-type", type_.code):
        return term("victim-status", "disappeared")
    if type_.code.startswith("abduction"):
        return term("victim-status", "missing")
    return None


def save_new(row: CaseRow, by: StaffMember) -> None:
    """Save a row with who entered it."""
    row.entered_by = row.changed_by = by
    row.save()


def look_for_duplicates(people: Sequence[Person]) -> None:
    """Bring the hints in step with people who were just entered."""
    keys = [person.pk for person in people]
    renew_keys_of(keys)
    look_at(keys)


def _enter_victim(case: CaseToEnter, victim: VictimToEnter, by: StaffMember) -> list[models.Model]:
    person = enter_person(victim, by=by)
    facts: list[models.Model] = []
    for act in victim.acts:
        violation = Violation(incident=case.incident, person=person, type=act)
        say_age(violation, victim.age)
        save_new(violation, by)
        facts.append(violation)
    statuses = {found.pk: found for act in victim.acts if (found := implied_status(act))}
    for status in statuses.values():
        entry = StatusEntry(
            incident=case.incident,
            person=person,
            status=status,
            date=case.incident.date,
            **case.claimant,
        )
        save_new(entry, by)
        facts.append(entry)
    return facts


def say_age(violation: Violation, age: Age) -> None:
    """Write an age, and the age group where it follows from it."""
    violation.age_low, violation.age_high = age.low, age.high
    if age.group:
        violation.age_group = term("age-group", age.group)
