"""Keeping the facts of incidents as their documents tell them, and the tallies with them.

What is right is left in place: facts keep their ids, so that a reader who walks a list while it
is being corrected neither loses nor repeats a row.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Q, QuerySet

from record.bulk import Writes
from record.kinds import Kind
from record.models import Entry, Fact, IncidentEntry
from record.narrow_facts import keep_narrow
from record.tallies.keeping import tallies_kept

_COLUMNS: Final = tuple(field.attname for field in Fact._meta.concrete_fields)

_NOT_TALLIED: Final = "changed"
"""The column that no tally is made of."""


def keep_facts(
    incidents: Sequence[IncidentEntry], facts: Sequence[Fact], *, new: Collection[Entry] = ()
) -> None:
    """Store the facts of these incidents instead of those they had; ``new`` entries had none."""
    before = _stored(incidents, facts, new)
    change = _Change.between(before, facts)
    if not change.is_tallied:
        change.store()
        return
    known = bool(before or _victims(facts) - _ids(new, Kind.VICTIM))
    with tallies_kept(change.incidents, change.victims, known=known):
        change.store()


def drop_facts(facts: QuerySet[Fact]) -> None:
    """Remove facts."""
    dropped = list(facts.only("incident_id", "victim_id"))
    if dropped:
        with tallies_kept({fact.incident_id for fact in dropped}, _victims(dropped)):
            _delete(dropped)
            writes = Writes()
            keep_narrow(writes, [], gone=dropped, touched=dropped)
            writes.send()


@dataclass(frozen=True, slots=True)
class _Change:
    """What has to be done for some facts to stand instead of others. ``differing`` are those of
    both sides that tallies count otherwise than before; only their incidents and victims do."""

    added: list[Fact]
    changed: list[Fact]
    gone: list[Fact]
    differing: list[Fact]

    @classmethod
    def between(cls, before: Iterable[Fact], after: Iterable[Fact]) -> "_Change":
        """Facts that stay take the id of the stored one."""
        stored = {_identity(fact): fact for fact in before}
        change = cls([], [], [], [])
        for fact in after:
            same = stored.pop(_identity(fact), None)
            if same is None:
                change.added.append(fact)
                change.differing.append(fact)
                continue
            fact.pk = same.pk
            differing = {name for name in _COLUMNS if getattr(fact, name) != getattr(same, name)}
            if differing:
                change.changed.append(fact)
            if differing - {_NOT_TALLIED}:
                change.differing.extend((same, fact))
        change.gone.extend(stored.values())
        change.differing.extend(stored.values())
        return change

    @property
    def is_tallied(self) -> bool:
        """Whether any tally may have to change."""
        return bool(self.differing)

    @property
    def incidents(self) -> set[int]:
        """The incidents that may be counted otherwise."""
        return {fact.incident_id for fact in self.differing}

    @property
    def victims(self) -> set[int]:
        """The victims that may be counted otherwise."""
        return _victims(self.differing)

    def store(self) -> None:
        """Do it: what goes first, since a violation or an incident may have one fact only."""
        _delete(self.gone)
        writes = Writes()
        writes.store(self.changed, unique="id")
        writes.store(self.added)
        if self.is_tallied:
            stored = [*self.added, *self.changed]
            keep_narrow(writes, stored, gone=self.gone, touched=self.differing)
        writes.send()


def _stored(
    incidents: Sequence[IncidentEntry], facts: Sequence[Fact], new: Collection[Entry]
) -> list[Fact]:
    """What is stored of these incidents and of the violations in them; of new ones nothing is.

    A violation that moved to another incident takes its row along.
    """
    known = [entry.pk for entry in incidents if entry not in new]
    violations = {fact.violation_id for fact in facts} - _ids(new, Kind.VIOLATION) - {None}
    if not known and not violations:
        return []
    return list(Fact.objects.filter(Q(incident__in=known) | Q(violation__in=violations)))


def _delete(facts: Collection[Fact]) -> None:
    if facts:
        Fact.objects.filter(pk__in=[fact.pk for fact in facts]).delete()


def _victims(facts: Iterable[Fact]) -> set[int]:
    return {fact.victim_id for fact in facts if fact.victim_id is not None}


def _ids(entries: Iterable[Entry], kind: Kind) -> set[int]:
    return {entry.pk for entry in entries if entry.kind is kind}


def _identity(fact: Fact) -> tuple[str, int]:
    if fact.violation_id is None:
        return "incident", fact.incident_id
    return "violation", fact.violation_id
