"""Who may be the same person: for people of the case file, and for a name being typed.

How strong a hint is, in three steps:

* strong: name and father's name agree and nothing speaks against it (across scripts, place, date
  or age has to agree as well); or the very same name, district and, within a month, the same kind
  of act;
* possible: name and father's name agree with at most one thing against it; or the same name and
  overlapping dates; or a name of several words in the same district;
* weak: the rest. A different father's name or sex never makes more than a weak hint, whatever
  else agrees: namesakes are many.

A name counts as agreeing when it is spelt alike (Balach, Balaach, Balch) or, across scripts, has
the same consonants; where both are known in Arabic script, that one decides (قادر is not قدیر).
Tribe names count for nothing. Two people of one incident are normally two people: they are a hint
only if name and father's name are the very same. Relatives, groups, the unnamed, and people who
were found to be different are none.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, Final

from django.db import connection, transaction

from incidents.duplicates import question
from incidents.duplicates.evidence import Candidate, Trait, Verdict
from incidents.duplicates.keys import Key, key_of, renew_keys_of
from incidents.models import NameKey, Person, StaffMember, Strength
from incidents.visibility import SEES_ALL

MOST: Final = 10
"""Candidates kept of one person, the likeliest first."""

AT_ONCE: Final = 500
"""People asked for in one question: enough to be fast, few enough for bounded memory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedPerson:
    """What has been typed of somebody so far: (name, father's name) once for each script."""

    names: Sequence[tuple[str, str]]
    sex: str = "unknown"
    born_after: date | None = None
    born_before: date | None = None


def candidates_for(person: Person) -> list[Candidate]:
    """Who may be the same as this person, the likeliest first; their keys have to be in step."""
    return list(candidates_of([person.pk]))


def candidates_of(people: Iterable[int]) -> Iterator[Candidate]:
    """The same for many people, by id: at most ``MOST`` each, ``AT_ONCE`` in one query.

    Groups and people without a telling name have none. Acts of restricted cases are not
    compared: what is found is shown to people who must not learn of them.
    """
    for some in _chunks(people):
        keys = NameKey.objects.filter(person__in=some, person__unit__code="individual").exclude(
            given=""
        )
        yield from _ask(question.FOR_THE_QUEUE, _seeds(keys), limit=MOST)


def hints(
    typed: TypedPerson,
    *,
    reader: StaffMember | None = None,
    limit: int = MOST,
    but: int | None = None,
) -> list[Candidate]:
    """Who may already be known of what somebody types. ``but`` is the record being edited.

    Among them may be people whom the reader must not know of: see ``incidents.visibility``.
    """
    # One more, since the record itself is the likeliest to be found.
    found = hints_for_each([typed], reader=reader, limit=limit + 1)[0]
    return [candidate for candidate in found if candidate.other != but][:limit]


def hints_for_each(
    typed: Sequence[TypedPerson], *, reader: StaffMember | None = None, limit: int = MOST
) -> list[list[Candidate]]:
    """The same for several people who are typed at once, in their order, by one question.

    People of whom the reader must not know may be among them here too.
    """
    # Numbers from 0 downwards, so that nobody of the case file has the same.
    seeds = [
        {"seed": -place, **key._asdict()}
        for place, person in enumerate(typed)
        for key in (key_of(given, father) for given, father in person.names)
        if key.given
    ]
    facts = [
        {
            "id": -place,
            "sex": person.sex or "unknown",
            "birth_earliest": _iso(person.born_after),
            "birth_latest": _iso(person.born_before),
        }
        for place, person in enumerate(typed)
    ]
    found = _ask(question.WHILE_TYPING, seeds, typed=facts, reader=reader, limit=limit)
    return [
        [candidate for candidate in found if candidate.seed == -place]
        for place in range(len(typed))
    ]


def compare(one: Person, other: Person, *, reader: StaffMember | None = None) -> Candidate:
    """What agrees and differs of two people, whoever they are. Brings their keys in step.

    Without a reader, acts of restricted cases are left out.
    """
    renew_keys_of([one.pk, other.pk])
    seeds = _seeds(NameKey.objects.filter(person=one)) or [_unnamed(one.pk)]
    [candidate] = _ask(question.FOR_TWO, seeds, others=[other.pk], reader=reader, limit=1)
    return candidate


def _ask(
    statement: str,
    seeds: list[dict[str, Any]],
    *,
    typed: Sequence[Mapping[str, Any]] = (),
    others: Collection[int] = (),
    reader: StaffMember | None = None,
    limit: int,
) -> list[Candidate]:
    if not seeds:
        return []
    values = {
        "seeds": json.dumps(seeds),
        "typed": json.dumps(list(typed)),
        "others": list(others),
        "reader": None if reader is None else reader.pk,
        "sees_all": reader is not None and reader.has_perm(SEES_ALL),
        "limit": limit,
    }
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('pg_trgm.similarity_threshold', %s, true)", [str(question.NEAR)]
        )
        cursor.execute(statement, values)
        return [_candidate(row) for row in cursor.fetchall()]


def _candidate(row: tuple[Any, ...]) -> Candidate:
    seed, other, strength, *said = row
    verdicts = {trait: Verdict(word) for trait, word in zip(Trait, said, strict=True)}
    return Candidate(seed, other, Strength(strength) if strength else None, verdicts)


def _seeds(keys: Iterable[NameKey]) -> list[dict[str, Any]]:
    return [
        {"seed": key.person_id, **{field: getattr(key, field) for field in Key._fields}}
        for key in keys
    ]


def _unnamed(pk: int) -> dict[str, Any]:
    return {"seed": pk, **key_of("", "")._asdict()}


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _chunks(people: Iterable[int]) -> Iterator[list[int]]:
    for _number, some in groupby(enumerate(people), lambda pair: pair[0] // AT_ONCE):
        yield [pk for _place, pk in some]
