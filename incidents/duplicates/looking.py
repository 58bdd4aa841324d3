"""Finding pairs for people to look at, and keeping the list of them."""

from collections.abc import Callable, Sequence
from typing import Final

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from incidents.duplicates.candidates import AT_ONCE, candidates_of
from incidents.duplicates.evidence import Candidate
from incidents.duplicates.keys import renew_keys, renew_keys_of
from incidents.models import (
    Incident,
    LookedAt,
    NameKey,
    Person,
    PersonName,
    PossiblePair,
    Strength,
    Violation,
)

_Pair = tuple[int, int]
"""Ids of two people, the lower one first."""

Report = Callable[[int, int | None], None]

# Whatever wrote them: names or acts that are newer than the last look are enough.
_NOT_LOOKED_AT: Final = f"""
    SELECT person.id FROM {Person._meta.db_table} AS person
    LEFT JOIN {LookedAt._meta.db_table} AS look ON look.person_id = person.id
    WHERE EXISTS (SELECT FROM {NameKey._meta.db_table} AS key
        WHERE key.person_id = person.id AND key.given <> '')
    AND (look.at IS NULL OR look.at < person.changed_at
        OR EXISTS (SELECT FROM {PersonName._meta.db_table} AS name
            WHERE name.person_id = person.id AND name.changed_at > look.at)
        OR EXISTS (SELECT FROM {Violation._meta.db_table} AS act
            JOIN {Incident._meta.db_table} AS incident ON incident.id = act.incident_id
            WHERE act.person_id = person.id
            AND greatest(act.changed_at, incident.changed_at) > look.at))
    ORDER BY person.id
    """  # noqa: S608 - the tables' own names


def look_at_new(report: Report = lambda done, total: None) -> int:
    """Look for duplicates of everybody who is new or was worked on since the last look.

    Returns how many that were. Each part is a transaction of its own: after a kill the next
    look goes on with the rest.
    """
    renew_keys()
    _forget_the_gone()
    people = not_looked_at()
    report(0, len(people))
    for start in range(0, len(people), AT_ONCE):
        some = people[start : start + AT_ONCE]
        look_at(some)
        report(start + len(some), len(people))
    return len(people)


def not_looked_at() -> list[int]:
    """Ids of people for whom nobody has looked since they were last worked on."""
    with connection.cursor() as cursor:
        cursor.execute(_NOT_LOOKED_AT)
        return [pk for (pk,) in cursor.fetchall()]


@transaction.atomic
def look_at_person(person: Person) -> None:
    """Look for duplicates of one person, whose names may just have been typed."""
    renew_keys_of([person.pk])
    look_at([person.pk])


@transaction.atomic
def look_at(people: Sequence[int]) -> None:
    """Write the pairs of these people anew. Their keys have to be in step."""
    now = timezone.now()
    known = PossiblePair.objects.filter(Q(first__in=people) | Q(second__in=people))
    found = _found(people, set(known.values_list("first", "second")))
    known.delete()
    PossiblePair.objects.bulk_create(
        [
            PossiblePair(
                first_id=first,
                second_id=second,
                strength=each.strength or Strength.WEAK,
                agrees=each.agrees,
                differs=each.differs,
            )
            for (first, second), each in found.items()
        ]
    )
    LookedAt.objects.bulk_create(
        [LookedAt(person_id=pk, at=now) for pk in people],
        update_conflicts=True,
        unique_fields=["person"],
        update_fields=["at"],
    )


def _forget_the_gone() -> None:
    """Drop what was noted of people who are not in the case file any more."""
    people = Person.objects.all()
    PossiblePair.objects.exclude(first__in=people, second__in=people).delete()
    LookedAt.objects.exclude(person__in=people).delete()


def _found(people: Sequence[int], known: set[_Pair]) -> dict[_Pair, Candidate]:
    """The pairs of these people. Of each only the likeliest are found, so those known before that
    are not found again are looked for from the side of the other one."""
    found = {_pair(each): each for each in candidates_of(people)}
    missing = known - found.keys()
    others = sorted({pk for pair in missing for pk in pair} - set(people))
    theirs = {_pair(each): each for each in candidates_of(others)}
    return found | {pair: each for pair, each in theirs.items() if pair in missing}


def _pair(candidate: Candidate) -> _Pair:
    first, second = sorted((candidate.seed, candidate.other))
    return first, second
