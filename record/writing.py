"""Writing the public record. The case file decides what is published; this stores it.

Contents arrive finished: allow-listed, protected, with the final references of everything they
mention. Each function takes the publishing lock, appends to the chain, and brings the rows that
filters need up to date, in one transaction.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from django.db import DEFAULT_DB_ALIAS

from record.bulk import store_tables
from record.chain import (
    Act,
    allocate_references,
    append_revisions,
    digest,
    published_at,
    publishing_lock,
    redact,
    timestamp,
)
from record.errors import WritingError
from record.indexing import drop_entries, index_entries
from record.kinds import Kind, kind_of
from record.models import Entry, Revision
from record.models.entry import ENTRY_OF, State
from record.models.revision import Action
from record.pictures import drop_pictures, keep_pictures_in_step
from record.reading import Document
from record.source_files import drop_files, keep_files_in_step
from reference.vocabularies import term

ENVELOPE: Final = ("reference", "kind", "version", "first_published", "published_at")
"""The members that open every document; writing fills them in."""

# A backslash that is not itself escaped, before the code of NUL, which no text column can hold.
_NUL: Final = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """The finished content of one object, without its envelope.

    Without ``reference`` it gets the next one of its kind. ``action`` follows from what is
    there; only publishing again under a reference that was withdrawn needs ``Action.CREATED``,
    so that nothing withdrawn comes back by mistake.
    """

    kind: Kind
    content: Document
    reference: str = ""
    action: Action | None = None
    note: str = ""


def write(
    kind: Kind,
    content: Document,
    *,
    reference: str | None = None,
    action: Action | None = None,
    note: str = "",
    at: datetime,
) -> Entry:
    """Publish or correct one object. Content that has not changed writes nothing.

    What an incident rests on (violations, victims, agencies, legal actions, sources) is to be
    written before it, or together with it by ``write_all``. ``at`` counts in whole seconds.
    Raises WritingError; UnknownTerm or KeyError for codes the reference tables do not have.
    """
    publication = Publication(
        kind=kind, content=content, reference=reference or "", action=action, note=note
    )
    return write_all([publication], at=at)[0]


def write_all(publications: Sequence[Publication], *, at: datetime) -> list[Entry]:
    """Publish or correct many objects at once; see ``write``. Revisions keep the order given.

    The number of queries depends on the kinds among them, not on how many there are.
    """
    at = published_at(at)
    with publishing_lock():
        named = _with_references(publications, at)
        entries = _stored(named)
        changed: list[tuple[Entry, Act]] = []
        for publication in named:
            entry = entries.get(publication.reference)
            revised = _revised(publication, entry, at)
            if revised is not None:
                changed.append(revised)
                entries[publication.reference] = revised[0]
        if changed:
            _append(changed, at)
            _save(entry for entry, _act in changed)
            index_entries((entry for entry, _act in changed), whole=True)
            keep_pictures_in_step(_may_have_pictures(named, (entry for entry, _act in changed)))
            keep_files_in_step(_may_have_files(named, (entry for entry, _act in changed)))
    return [entries[publication.reference] for publication in named]


def withdraw_entry(entry: Entry, *, reason: str, note: str = "", at: datetime) -> Entry:
    """Withdraw one object; see ``withdraw_entries``."""
    return withdraw_entries([entry], reason=reason, note=note, at=at)[0]


def withdraw_entries(
    entries: Sequence[Entry], *, reason: str, note: str = "", at: datetime
) -> list[Entry]:
    """Remove the documents of these objects from the record, all earlier revisions included.

    Also emptied are earlier revisions of any object that mention them, and those of objects
    merged into them. References, hashes, ``reason`` (a code of the vocabulary
    ``withdrawal-reason``) and ``note`` stay and are public.

    Live documents that mention them are the caller's to write anew, in the same transaction
    (``record.mentions.live_mentions``); what they replace is emptied by ``record.chain.redact``.
    Done in the other order, one ``withdraw_entries`` does it all.
    """
    at = published_at(at)
    reason = term("withdrawal-reason", reason).code
    with publishing_lock():
        fresh = [_reloaded(entry) for entry in entries]
        for entry in fresh:
            _end(entry, State.WITHDRAWN, at)
            entry.withdrawal_reason = reason
        acts = [_ending(entry, Action.WITHDRAWN, note=note, reason=reason) for entry in fresh]
        _append(zip(fresh, acts, strict=True), at)
        _save(fresh)
        references = [name for entry in fresh for name in _all_references(entry)]
        drop_entries(fresh)
        drop_pictures(references)
        drop_files(references)
        redact(references)
    return fresh


def merge_entry(entry: Entry, survivor: Entry, *, note: str = "", at: datetime) -> Entry:
    """Let an object live on under another one's reference; a reader is sent there.

    Whatever was merged into it before leads to the survivor as well, in one step. Its earlier
    revisions can still be cited; withdrawing the survivor empties them too.
    """
    at = published_at(at)
    with publishing_lock():
        fresh, kept = _reloaded(entry), _reloaded(survivor)
        if type(fresh) is not type(kept) or fresh.pk == kept.pk:
            raise WritingError(f"{fresh} cannot be merged into {kept}.")
        _end(fresh, State.MERGED, at)
        fresh.merged_into = kept
        act = _ending(fresh, Action.MERGED, note=note, merged_into=kept.reference)
        _append([(fresh, act)], at)
        _save([fresh])
        type(fresh).objects.merged_into(fresh).update(merged_into=kept)
        drop_entries([fresh])
        drop_pictures([fresh.reference])
        drop_files([fresh.reference])
    return fresh


def unmerge_entry(
    entry: Entry, content: Document | None, *, reason: str = "", note: str = "", at: datetime
) -> Entry:
    """Take a merger back: the object stands under its own reference again, with this content.

    Whatever was merged into it before leads to it again. Without content it is withdrawn for
    ``reason``, instead of leading to the survivor. Documents that have to speak of it, or of the
    survivor, otherwise than before are the caller's to write anew in the same transaction.
    """
    at = published_at(at)
    with publishing_lock():
        fresh = type(entry).objects.get(pk=entry.pk)
        if fresh.merged_into is None:
            raise WritingError(f"{fresh} is not merged.")
        led_here = _merged_before(fresh, fresh.merged_into)
        fresh.merged_into = None
        if content is None:
            _end(fresh, State.WITHDRAWN, at)
            fresh.withdrawal_reason = term("withdrawal-reason", reason).code
            act = _ending(fresh, Action.WITHDRAWN, note=note, reason=fresh.withdrawal_reason)
        else:
            act = _beginning(fresh, content, note, at)
        _append([(fresh, act)], at)
        for each in led_here:
            each.merged_into = fresh
        _save([fresh, *led_here])
        if content is None:
            redact(_all_references(fresh))
        else:
            index_entries([fresh], whole=True)
    return fresh


def _beginning(entry: Entry, content: Document, note: str, at: datetime) -> Act:
    """Let an ended object begin anew, as one that was withdrawn and is published again."""
    if envelope := content.keys() & set(ENVELOPE):
        raise WritingError(f"{entry.reference}: the envelope is not content: {sorted(envelope)}.")
    entry.state = State.LIVE
    entry.version += 1
    entry.changed_at = at
    entry.content_sha256 = digest(_canonical(content))
    entry.document = _document(entry, content, at)
    return Act(
        kind=entry.kind,
        reference=entry.reference,
        version=entry.version,
        action=Action.CREATED,
        document=entry.document,
        note=note,
    )


def _merged_before(entry: Entry, survivor: Entry) -> list[Entry]:
    """What was merged into this object before it was merged itself, at any remove."""
    along = {each.sequence: each for each in type(entry).objects.merged_into(survivor)}
    led = Revision.objects.filter(sequence__in=along).values_list("sequence", "merged_into")
    found: dict[str, Entry] = {entry.reference: entry}
    while new := {
        along[sequence].reference: along[sequence]
        for sequence, to in led
        if to in found and along[sequence].reference not in found
    }:
        found |= new
    return [each for each in found.values() if each.pk != entry.pk]


def _with_references(publications: Sequence[Publication], at: datetime) -> list[Publication]:
    """The same publications, each with its reference."""
    missing: dict[Kind, int] = defaultdict(int)
    for publication in publications:
        missing[publication.kind] += not publication.reference
    new = {
        kind: iter(allocate_references(kind, at.year, count))
        for kind, count in missing.items()
        if count
    }
    named = [
        publication
        if publication.reference
        else replace(publication, reference=next(new[publication.kind]))
        for publication in publications
    ]
    if len({publication.reference for publication in named}) < len(named):
        raise WritingError("An object is published twice at once.")
    return named


def _may_have_pictures(
    publications: Iterable[Publication], changed: Iterable[Entry]
) -> dict[str, Document]:
    """The contents that show a photograph now, or could have before."""
    revised = {entry.reference for entry in changed if entry.version > 1}
    return {
        each.reference: each.content
        for each in publications
        if each.kind is Kind.VICTIM
        and (each.reference in revised or each.content.get("photograph"))
    }


def _may_have_files(
    publications: Iterable[Publication], changed: Iterable[Entry]
) -> dict[str, Document]:
    """The contents that name a file now, or could have before."""
    revised = {entry.reference for entry in changed if entry.version > 1}
    return {
        each.reference: each.content
        for each in publications
        if each.kind is Kind.SOURCE and (each.reference in revised or each.content.get("files"))
    }


def _stored(publications: Iterable[Publication]) -> dict[str, Entry]:
    """The entries there are already, by reference."""
    by_kind: dict[Kind, list[str]] = defaultdict(list)
    for publication in publications:
        by_kind[publication.kind].append(publication.reference)
    return {
        entry.reference: entry
        for kind, references in by_kind.items()
        for entry in ENTRY_OF[kind].objects.filter(reference__in=references).defer("document")
    }


def _revised(
    publication: Publication, entry: Entry | None, at: datetime
) -> tuple[Entry, Act] | None:
    """The entry as it will stand, with the act that brings it there; None if nothing changes."""
    _check(publication, entry)
    content_sha256 = digest(_canonical(publication.content))
    if entry is None:
        model = ENTRY_OF[publication.kind]
        entry = model(reference=publication.reference, version=0, first_published=at)
    elif entry.content_sha256 == content_sha256:
        return None
    ended = entry.state != State.LIVE
    entry.version += 1
    entry.state = State.LIVE
    entry.withdrawal_reason = ""
    entry.changed_at = at
    entry.content_sha256 = content_sha256
    entry.document = _document(entry, publication.content, at)
    act = Act(
        kind=publication.kind,
        reference=entry.reference,
        version=entry.version,
        action=Action.CREATED if entry.version == 1 or ended else Action.CORRECTED,
        document=entry.document,
        note=publication.note,
    )
    return entry, act


def _check(publication: Publication, entry: Entry | None) -> None:
    reference, action = publication.reference, publication.action
    if kind_of(reference) is not publication.kind:
        raise WritingError(f"{reference} is no reference for this kind: {publication.kind}.")
    if envelope := publication.content.keys() & set(ENVELOPE):
        raise WritingError(f"{reference}: the envelope is not content: {sorted(envelope)}.")
    if entry is not None and entry.state == State.MERGED:
        raise WritingError(f"{reference} was merged and cannot be written.")
    allowed: dict[State | None, set[Action | None]] = {
        None: {None, Action.CREATED},
        State.LIVE: {None, Action.CORRECTED},
        State.WITHDRAWN: {Action.CREATED},
    }
    state = None if entry is None else State(entry.state)
    if action not in allowed[state]:
        raise WritingError(f"{reference} is {state or 'new'}: it cannot be {action or 'written'}.")


def _canonical(content: Document) -> str:
    """The content with its members in order, so that only a change of content is a change."""
    return _json(content, sort_keys=True)


def _document(entry: Entry, content: Document, at: datetime) -> str:
    envelope = {
        "reference": entry.reference,
        "kind": entry.kind.value,
        "version": entry.version,
        "first_published": timestamp(entry.first_published),
        "published_at": timestamp(at),
    }
    text = _json({**envelope, **content})
    if "\\u0000" in text and _NUL.search(text):
        raise WritingError(f"{entry.reference}: a text holds a NUL character.")
    return text


def _json(value: Any, *, sort_keys: bool = False) -> str:
    return json.dumps(
        value,
        ensure_ascii=False,
        allow_nan=False,
        separators=(",", ":"),
        sort_keys=sort_keys,
    )


def _append(acts: Iterable[tuple[Entry, Act]], at: datetime) -> None:
    """Append the acts to the chain and note on each entry which revision is its last."""
    pairs = list(acts)
    revisions = append_revisions([act for _entry, act in pairs], at=at)
    for (entry, _act), revision in zip(pairs, revisions, strict=True):
        entry.sequence = revision.sequence


def _save(entries: Iterable[Entry]) -> None:
    by_kind: dict[Kind, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_kind[entry.kind].append(entry)
    ids = store_tables(by_kind.values(), unique="reference")
    for saved in by_kind.values():
        for entry in saved:
            entry.pk = ids[entry.reference]
            entry._state.adding, entry._state.db = False, DEFAULT_DB_ALIAS


def _reloaded(entry: Entry) -> Entry:
    """The entry as it is under the lock. Raises WritingError unless it is live."""
    fresh = type(entry).objects.get(pk=entry.pk)
    if fresh.state != State.LIVE:
        raise WritingError(f"{fresh} is {fresh.state}.")
    return fresh


def _end(entry: Entry, state: State, at: datetime) -> None:
    entry.state = state
    entry.version += 1
    entry.changed_at = at
    entry.document = ""
    entry.content_sha256 = ""


def _ending(
    entry: Entry, action: Action, *, note: str, reason: str = "", merged_into: str = ""
) -> Act:
    return Act(
        kind=entry.kind,
        reference=entry.reference,
        version=entry.version,
        action=action,
        note=note,
        reason=reason,
        merged_into=merged_into,
    )


def _all_references(entry: Entry) -> list[str]:
    """Its own reference and those of everything that was merged into it."""
    merged = type(entry).objects.merged_into(entry)
    return [entry.reference, *merged.values_list("reference", flat=True)]
