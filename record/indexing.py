"""Deriving what filters and searches need from the finished documents.

Everything here can be thrown away and derived again (``record/rebuilding.py``): the documents
and the reference tables are the only input, so a filter cannot give away what no document shows.
Works on many entries at once; the number of queries does not depend on how many.
What is right is left in place.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import Any, Final

from django.db import models
from django.db.models import OuterRef, Q, Subquery

from record.bulk import Writes
from record.claimed_dates import claimed_dates, keep_claimed_dates
from record.errors import NotPublished
from record.fact_keeping import drop_facts, keep_facts
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
    SourceKey,
    SourceLink,
    SourceText,
    VictimKey,
    VictimName,
    ViolationEntry,
)
from record.models.entry import State
from record.places import Places
from record.reaching_back import mark_reaching_back
from record.reading import Document
from record.resolving import resolve
from record.rows import ROW_OF, store_file_rows
from record.search_index import store_texts

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
    Kind.SOURCE: (SourceKey, SourceText, SourceLink),
}


Written = list[tuple[Any, Document]]
"""Live entries of one kind, each with its document."""


def index_entries(entries: Iterable[Entry], *, whole: bool = False) -> None:
    """Derive the rows of live entries anew, and of what rests on them. Call it in a transaction.

    With ``whole`` they have just been written, those of version 1 for the first time: it raises
    NotPublished when an incident rests on something that is not live; without, such a reference
    is passed over. Raises UnknownTerm or KeyError for a code that the
    reference tables do not have.
    """
    incidents: set[int] = set()
    by_kind: dict[Kind, Written] = defaultdict(list)
    new: set[Entry] = set()
    for entry in entries:
        by_kind[entry.kind].append((entry, entry.content()))
        if whole and entry.version == 1:
            new.add(entry)
    places = _places(chain.from_iterable(by_kind.values()))
    writes = Writes()
    if agencies := by_kind[Kind.AGENCY]:
        changed = _index_agencies(agencies, places, writes)
        incidents = _incidents_resting_on({Kind.AGENCY: changed})
    if sources := by_kind[Kind.SOURCE]:
        _index_sources(sources, places, writes)
    if actions := by_kind[Kind.LEGAL_ACTION]:
        _index_legal_actions(actions, places, writes)
    if victims := by_kind[Kind.VICTIM]:
        _index_victims(victims, new, writes)
    if violations := by_kind[Kind.VIOLATION]:
        _index_violations([entry for entry, _document in violations if entry not in new])
    if written := by_kind[Kind.INCIDENT]:
        _index_incidents(written, places, writes, whole=whole, new=new)
    _reindex_incidents(incidents - {entry.pk for entry, _document in written})
    for kind, indexed in by_kind.items():
        if indexed:
            store_file_rows(kind, indexed, writes)
    writes.send()


def drop_entries(entries: Sequence[Entry]) -> None:
    """Remove the rows of entries that are no longer live; derive anew what rested on them."""
    ids: dict[Kind, set[int]] = defaultdict(set)
    for entry in entries:
        ids[entry.kind].add(entry.pk)
    incidents = _incidents_resting_on(ids)
    drop_facts(
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
    if survivors := _survivors(entries, Kind.VICTIM):
        # What happened to those who were dropped happened to them; their documents come later.
        mark_reaching_back(Kind.VICTIM, survivors)


def _places(written: Iterable[tuple[Any, Document]]) -> Places:
    return Places.named_in(document for _entry, document in written)


def _index_agencies(written: Written, places: Places, writes: Writes) -> set[int]:
    """Store the keys; return the agencies that now lend other types or ancestors to facts."""
    stored = AgencyKey.objects.in_bulk([entry.pk for entry, _document in written])
    keys = [
        agency_key(entry, document, places, stored.get(entry.pk)) for entry, document in written
    ]
    _store_keys(keys, writes)
    store_texts(Kind.AGENCY, written, places, writes)
    writes.send()  # facts read them
    retyped = {key.pk for key in keys if key.pk in stored and key.types != stored[key.pk].types}
    return retyped | refresh_lineages({key.pk for key in keys})


def _agencies_dropped(agencies: Collection[int], survivors: Collection[int]) -> None:
    refresh_lineages({*agencies, *survivors})
    before_them = LegalActionEntry.objects.filter(key__forum__in=agencies)
    for actions in _chunks(before_them):
        writes = Writes()
        _index_legal_actions(actions, _places(actions), writes)
        writes.send()


def _survivors(entries: Sequence[Entry], kind: Kind) -> set[int]:
    survivors = (entry.merged_into_id for entry in entries if entry.kind is kind)
    return {id_ for id_ in survivors if id_ is not None}


def _index_sources(written: Written, places: Places, writes: Writes) -> None:
    _store_keys([source_key(*pair) for pair in written], writes)
    store_texts(Kind.SOURCE, written, places, writes)


def _index_legal_actions(written: Written, places: Places, writes: Writes) -> None:
    live = resolve(filter(None, (forum_reference(document) for _entry, document in written)))
    keys = [legal_action_key(entry, document, places, live) for entry, document in written]
    _store_keys(keys, writes)
    store_texts(Kind.LEGAL_ACTION, written, places, writes)


def _index_victims(written: Written, new: Collection[Entry], writes: Writes) -> None:
    _store_keys([victim_key(*pair) for pair in written], writes)
    names = [name for pair in written for name in victim_names(*pair)]
    _store_names([entry.pk for entry, _document in written if entry not in new], names, writes)


def _store_names(known: Collection[int], names: Sequence[VictimName], writes: Writes) -> None:
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
    writes.store(list(wanted.values()))


def _index_violations(entries: Sequence[ViolationEntry]) -> None:
    """Facts come from the incident's document; here only the number of the last change."""
    if not entries:
        return
    sequence = ViolationEntry.objects.filter(pk=OuterRef("violation")).values("sequence")
    Fact.objects.filter(violation__in=[entry.pk for entry in entries]).update(
        changed=Subquery(sequence)
    )


def _index_incidents(
    written: Written,
    places: Places,
    writes: Writes,
    *,
    whole: bool = False,
    new: Collection[Entry] = (),
) -> None:
    readings = [IncidentReading(*pair) for pair in written]
    needed = {reference for reading in readings for reference in reading.references()}
    live = resolve(needed)
    if whole and needed - live.keys():
        raise NotPublished(sorted(needed - live.keys()))
    agencies = [found.id for ref, found in live.items() if kind_of(ref) is Kind.AGENCY]
    around = Surroundings(live, places, _reach_of(agencies))
    facts = [fact for reading in readings for fact in reading.facts(around)]
    incidents = [entry for entry, _document in written]
    keep_facts(incidents, facts, new=new)
    claimed = {one for pair in written for one in claimed_dates(*pair, live)}
    keep_claimed_dates(incidents, claimed, writes, new=_without_past(new, facts))
    _store_keys([incident_key(*pair) for pair in written], writes)
    store_texts(Kind.INCIDENT, written, places, writes)


def _without_past(new: Collection[Entry], facts: Iterable[Fact]) -> list[Entry]:
    """The new incidents in which all violations are new too. One that moved here brings along its
    fact, and what was kept of that."""
    violations = {entry.pk for entry in new if entry.kind is Kind.VIOLATION}
    moved = {
        fact.incident_id
        for fact in facts
        if fact.violation_id is not None and fact.violation_id not in violations
    }
    return [entry for entry in new if entry.kind is Kind.INCIDENT and entry.pk not in moved]


def _reach_of(agencies: Collection[int]) -> dict[int, AgencyReach]:
    if not agencies:
        return {}
    keys = AgencyKey.objects.filter(pk__in=agencies).values_list("pk", "lineage", "types")
    return {pk: AgencyReach(lineage, types) for pk, lineage, types in keys}


def _store_keys(keys: Sequence[models.Model], writes: Writes) -> None:
    writes.store(keys, unique="entry_id")


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
    if not ids:
        return
    for incidents in _chunks(IncidentEntry.objects.filter(pk__in=ids, state=State.LIVE)):
        writes = Writes()
        _index_incidents(incidents, _places(incidents), writes)
        writes.send()


def _chunks(entries: models.QuerySet[Any]) -> Iterator[Written]:
    rows = entries.iterator(chunk_size=AT_ONCE)
    while chunk := [(entry, entry.content()) for entry in islice(rows, AT_ONCE)]:
        yield chunk
