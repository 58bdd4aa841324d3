"""Deriving what filters and searches need from the finished documents.

Everything here can be thrown away and derived again (``record/rebuilding.py``): the documents
and the reference tables are the only input, so a filter cannot give away what no document shows.
Works on many entries at once; the number of queries does not depend on how many.

What is right is left in place: facts keep their ids, so that a reader who walks a list while it
is being corrected neither loses nor repeats a row.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Final

from django.db import models
from django.db.models import OuterRef, Q, Subquery

from record.bulk import store_rows
from record.errors import NotPublished
from record.facts import AgencyReach, IncidentReading, Surroundings
from record.keys import (
    agency_key,
    forum_reference,
    incident_key,
    legal_action_key,
    source_key,
    victim_key,
    victim_names,
)
from record.kinds import Kind, kind_of
from record.lineage import refresh_lineages
from record.models import (
    AgencyEntry,
    AgencyKey,
    AgencyText,
    Entry,
    Fact,
    IncidentEntry,
    IncidentKey,
    IncidentText,
    LegalActionEntry,
    LegalActionKey,
    LegalActionText,
    SourceEntry,
    SourceKey,
    SourceText,
    VictimEntry,
    VictimKey,
    VictimName,
    ViolationEntry,
)
from record.models.entry import State
from record.places import Places
from record.resolving import resolve
from record.rows import ROW_OF, store_file_rows
from record.search_index import store_texts
from record.tallies.keeping import tallies_kept

INDEX_ORDER: Final = (
    Kind.AGENCY,
    Kind.SOURCE,
    Kind.LEGAL_ACTION,
    Kind.VICTIM,
    Kind.VIOLATION,
    Kind.INCIDENT,
)
"""Each kind after those that its rows point to."""

AT_ONCE: Final = 200
"""Entries loaded together: 200 documents of some 10 KB are 2 MB of memory."""

_KEY_TABLES: Final[Mapping[Kind, tuple[type[models.Model], ...]]] = {
    Kind.INCIDENT: (IncidentKey, IncidentText),
    Kind.VICTIM: (VictimKey, VictimName),
    Kind.VIOLATION: (),
    Kind.AGENCY: (AgencyKey, AgencyText),
    Kind.LEGAL_ACTION: (LegalActionKey, LegalActionText),
    Kind.SOURCE: (SourceKey, SourceText),
}


def index_entries(entries: Iterable[Entry], *, whole: bool = False) -> None:
    """Derive the rows of live entries anew, and of what rests on them. Call it in a transaction.

    With ``whole`` they have just been written, those of version 1 for the first time: it raises
    NotPublished when an incident rests on something that is not live; without, such a reference
    is passed over. Raises UnknownTerm or KeyError for a code that the
    reference tables do not have.
    """
    incidents: set[int] = set()
    by_kind: dict[Kind, list[Any]] = defaultdict(list)
    new: set[Entry] = set()
    for entry in entries:
        by_kind[entry.kind].append(entry)
        if whole and entry.version == 1:
            new.add(entry)
    if agencies := by_kind[Kind.AGENCY]:
        changed = _index_agencies(agencies)
        incidents = _incidents_resting_on({Kind.AGENCY: changed})
    if sources := by_kind[Kind.SOURCE]:
        _index_sources(sources)
    if actions := by_kind[Kind.LEGAL_ACTION]:
        _index_legal_actions(actions)
    if victims := by_kind[Kind.VICTIM]:
        _index_victims(victims, new)
    if violations := by_kind[Kind.VIOLATION]:
        _index_violations([entry for entry in violations if entry not in new])
    if written := by_kind[Kind.INCIDENT]:
        _index_incidents(written, whole=whole, new=new)
    _reindex_incidents(incidents - {entry.pk for entry in written})
    for indexed in by_kind.values():
        store_file_rows(indexed, [entry.content() for entry in indexed])


def drop_entries(entries: Sequence[Entry]) -> None:
    """Remove the rows of entries that are no longer live; derive anew what rested on them."""
    ids: dict[Kind, set[int]] = defaultdict(set)
    for entry in entries:
        ids[entry.kind].add(entry.pk)
    incidents = _incidents_resting_on(ids)
    _drop_facts(
        Fact.objects.filter(
            Q(incident__in=ids[Kind.INCIDENT]) | Q(violation__in=ids[Kind.VIOLATION])
        )
    )
    for kind, dropped in ids.items():
        for table in (*_KEY_TABLES[kind], ROW_OF[kind]):
            table._default_manager.filter(entry__in=dropped).delete()
    if agencies := ids[Kind.AGENCY]:
        _agencies_dropped(agencies, _survivors(entries, Kind.AGENCY))
    _reindex_incidents(incidents - ids[Kind.INCIDENT])


def _drop_facts(facts: models.QuerySet[Fact]) -> None:
    dropped = list(facts.only("incident_id", "victim_id"))
    if dropped:
        with tallies_kept({fact.incident_id for fact in dropped}, _victims(dropped)):
            Fact.objects.filter(pk__in=[fact.pk for fact in dropped]).delete()


def _index_agencies(entries: Sequence[AgencyEntry]) -> set[int]:
    """Store the keys; return the agencies that now lend other types or ancestors to facts."""
    documents = [entry.content() for entry in entries]
    places = Places.named_in(documents)
    stored = AgencyKey.objects.in_bulk([entry.pk for entry in entries])
    keys = [
        agency_key(entry, document, places, stored.get(entry.pk))
        for entry, document in zip(entries, documents, strict=True)
    ]
    _store_keys(keys)
    store_texts(entries, documents, places)
    retyped = {key.pk for key in keys if key.pk in stored and key.types != stored[key.pk].types}
    return retyped | refresh_lineages({key.pk for key in keys})


def _agencies_dropped(agencies: Collection[int], survivors: Collection[int]) -> None:
    refresh_lineages({*agencies, *survivors})
    before_them = LegalActionEntry.objects.filter(key__forum__in=agencies)
    for actions in _chunks(before_them):
        _index_legal_actions(actions)


def _survivors(entries: Sequence[Entry], kind: Kind) -> set[int]:
    survivors = (entry.merged_into_id for entry in entries if entry.kind is kind)
    return {id_ for id_ in survivors if id_ is not None}


def _index_sources(entries: Sequence[SourceEntry]) -> None:
    documents = [entry.content() for entry in entries]
    keys = [source_key(*pair) for pair in zip(entries, documents, strict=True)]
    _store_keys(keys)
    store_texts(entries, documents, Places.named_in(documents))


def _index_legal_actions(entries: Sequence[LegalActionEntry]) -> None:
    documents = [entry.content() for entry in entries]
    places = Places.named_in(documents)
    live = resolve(filter(None, map(forum_reference, documents)))
    keys = [
        legal_action_key(entry, document, places, live)
        for entry, document in zip(entries, documents, strict=True)
    ]
    _store_keys(keys)
    store_texts(entries, documents, places)


def _index_victims(entries: Sequence[VictimEntry], new: Collection[Entry]) -> None:
    documents = [entry.content() for entry in entries]
    keys = [victim_key(*pair) for pair in zip(entries, documents, strict=True)]
    _store_keys(keys)
    names = [
        name
        for entry, document in zip(entries, documents, strict=True)
        for name in victim_names(entry, document)
    ]
    _store_names([entry.pk for entry in entries if entry not in new], names)


def _store_names(known: Collection[int], names: Sequence[VictimName]) -> None:
    """Store the names of victims; those that are ``known`` may have rows already."""
    wanted = {(name.entry_id, name.folded): name for name in names}
    gone = []
    for stored in VictimName.objects.filter(entry__in=known) if known else ():
        same = wanted.get((stored.entry_id, stored.folded))
        if same is not None and same.skeleton == stored.skeleton:
            del wanted[stored.entry_id, stored.folded]
        else:
            gone.append(stored.pk)
    if gone:
        VictimName.objects.filter(pk__in=gone).delete()
    store_rows(list(wanted.values()))


def _index_violations(entries: Sequence[ViolationEntry]) -> None:
    """Facts come from the incident's document; here only the number of the last change."""
    if not entries:
        return
    sequence = ViolationEntry.objects.filter(pk=OuterRef("violation")).values("sequence")
    Fact.objects.filter(violation__in=[entry.pk for entry in entries]).update(
        changed=Subquery(sequence)
    )


def _index_incidents(
    entries: Sequence[IncidentEntry], *, whole: bool = False, new: Collection[Entry] = ()
) -> None:
    documents = [entry.content() for entry in entries]
    readings = [IncidentReading(*pair) for pair in zip(entries, documents, strict=True)]
    places = Places.named_in(documents)
    needed = {reference for reading in readings for reference in reading.references()}
    live = resolve(needed)
    if whole and needed - live.keys():
        raise NotPublished(sorted(needed - live.keys()))
    agencies = [found.id for ref, found in live.items() if kind_of(ref) is Kind.AGENCY]
    around = Surroundings(live, places, _reach_of(agencies))
    keys = [incident_key(*pair) for pair in zip(entries, documents, strict=True)]
    facts = [fact for reading in readings for fact in reading.facts(around)]
    before = _stored_facts(entries, facts, new)
    known = _known_victims([*before, *facts], new)
    incidents = {*(entry.pk for entry in entries), *(fact.incident_id for fact in before)}
    with tallies_kept(incidents, _victims([*before, *facts]), known=bool(before or known)):
        _store_facts(facts, before)
    _store_keys(keys)
    store_texts(entries, documents, places)


def _reach_of(agencies: Collection[int]) -> dict[int, AgencyReach]:
    if not agencies:
        return {}
    keys = AgencyKey.objects.filter(pk__in=agencies).only("lineage", "types")
    return {key.pk: AgencyReach(key.lineage, key.types) for key in keys}


def _stored_facts(
    entries: Sequence[IncidentEntry], facts: Sequence[Fact], new: Collection[Entry]
) -> list[Fact]:
    """What is stored of these incidents and of the violations in them; of new ones nothing is.

    A violation that moved to another incident takes its row along.
    """
    incidents = [entry.pk for entry in entries if entry not in new]
    new_violations = {entry.pk for entry in new if entry.kind is Kind.VIOLATION}
    violations = {fact.violation_id for fact in facts} - new_violations - {None}
    if not incidents and not violations:
        return []
    return list(Fact.objects.filter(Q(incident__in=incidents) | Q(violation__in=violations)))


def _store_facts(facts: Sequence[Fact], before: Iterable[Fact]) -> None:
    """Store the facts instead of those stored ``before``; rows that stay keep their ids."""
    stored = {_identity(fact): fact for fact in before}
    added, changed = [], []
    for fact in facts:
        same = stored.pop(_identity(fact), None)
        if same is None:
            added.append(fact)
            continue
        fact.pk = same.pk
        if any(getattr(fact, name) != getattr(same, name) for name in _COLUMNS):
            changed.append(fact)
    if stored:
        Fact.objects.filter(pk__in=[fact.pk for fact in stored.values()]).delete()
    store_rows(changed, unique="id")
    store_rows(added)


def _victims(facts: Iterable[Fact]) -> set[int]:
    return {fact.victim_id for fact in facts if fact.victim_id is not None}


def _known_victims(facts: Iterable[Fact], new: Collection[Entry]) -> set[int]:
    """The victims of these facts that may have others, in other incidents."""
    return _victims(facts) - {entry.pk for entry in new if entry.kind is Kind.VICTIM}


def _identity(fact: Fact) -> tuple[str, int]:
    if fact.violation_id is None:
        return "incident", fact.incident_id
    return "violation", fact.violation_id


def _store_keys(keys: Sequence[models.Model]) -> None:
    store_rows(keys, unique="entry_id")


_COLUMNS: Final = tuple(field.attname for field in Fact._meta.concrete_fields)


def _incidents_resting_on(ids: Mapping[Kind, Collection[int]]) -> set[int]:
    """The incidents with a fact that any of these stands in."""
    columns = {
        Kind.VICTIM: "victim__in",
        Kind.VIOLATION: "violation__in",
        Kind.AGENCY: "agencies__overlap",
        Kind.LEGAL_ACTION: "legal_actions__overlap",
        Kind.SOURCE: "sources__overlap",
    }
    condition = Q(pk__in=())
    for kind, column in columns.items():
        if ids.get(kind):
            condition |= Q(**{column: list(ids[kind])})
    return set(Fact.objects.filter(condition).values_list("incident", flat=True))


def _reindex_incidents(ids: Collection[int]) -> None:
    for incidents in _chunks(IncidentEntry.objects.filter(pk__in=ids, state=State.LIVE)):
        _index_incidents(incidents)


def _chunks(entries: models.QuerySet[Any]) -> Iterator[list[Any]]:
    rows = entries.iterator(chunk_size=AT_ONCE)
    while chunk := list(islice(rows, AT_ONCE)):
        yield chunk
