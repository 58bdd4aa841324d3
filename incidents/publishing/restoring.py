"""Documents that stood in the record before a merger, and whether they can stand there again."""

import json
from collections.abc import Iterable
from datetime import datetime
from itertools import chain

from incidents.documents.values import Document
from incidents.publishing.neighbours import content_of
from record.kinds import Kind, kind_of
from record.mentions import live_mentions, mentioned_in
from record.models import Entry, Revision
from record.models.entry import ENTRY_OF
from record.models.revision import Action
from record.pictures import without_lost
from record.writing import Publication, unmerge_entry, write_all


def put_back(gone: Entry, stays: Entry, *, after: int, note: str, at: datetime) -> list[str]:
    """Let every document that a merger wrote stand again as it stood before, the loser's too.

    ``after`` is the number of the last revision before the merger. Only where all that these
    documents tell of stands as the merger left it; else nothing is written, and the references of
    what does not are returned.
    """
    written = Revision.objects.filter(sequence__gt=after, sequence__lte=gone.sequence).in_order()
    own = list(written.values_list("reference", flat=True))
    before = _last_until(after, own)
    changed = {name for name in own if name not in before}
    changed |= _changed(gone, stays, [*own, *_named_in(before.values())])
    if changed:
        return sorted(changed)
    unmerge_entry(gone, _content_again(before.pop(gone.reference)), note=note, at=at)
    write_all(
        [
            Publication(
                kind=Kind(before[name].kind),
                reference=name,
                content=_content_again(before[name]),
                action=Action.CORRECTED,
                note=note,
            )
            for name in own
            if name in before
        ],
        at=at,
    )
    return []


def written_since(sequence: int, references: Iterable[str]) -> list[str]:
    """Which of these objects are public and were published or corrected after this revision."""
    entries = _live(references).values()
    return sorted(entry.reference for entry in entries if entry.sequence > sequence)


def _changed(gone: Entry, stays: Entry, references: Iterable[str]) -> set[str]:
    """Those of ``references``, and of all that speaks of the two, that are otherwise than right
    after the merger. A change that was taken back is none."""
    speaking = live_mentions([gone.reference, stays.reference]).values()
    concerned = {*references, *chain.from_iterable(speaking)} - {gone.reference}
    now = {name: content_of(entry.content()) for name, entry in _live(concerned).items()}
    then = {name: _content(row) for name, row in _last_until(gone.sequence, concerned).items()}
    return {name for name in concerned if now.get(name) != then.get(name)}


def _last_until(sequence: int, references: Iterable[str]) -> dict[str, Revision]:
    """Each object's last revision up to this number, without those that have no document."""
    rows = (
        Revision.objects.filter(reference__in=set(references), sequence__lte=sequence)
        .order_by("reference", "-sequence")
        .distinct("reference")
    )
    return {row.reference: row for row in rows if row.document is not None}


def _content(revision: Revision) -> Document:
    return content_of(json.loads(revision.document or "{}"))


def _content_again(revision: Revision) -> Document:
    """The content as it can stand again: a photograph that was taken out meanwhile stays out."""
    return without_lost(revision.reference, _content(revision))


def _named_in(revisions: Iterable[Revision]) -> Iterable[str]:
    return chain.from_iterable(mentioned_in(revision) for revision in revisions)


def _live(references: Iterable[str]) -> dict[str, Entry]:
    names = set(references)
    return {
        entry.reference: entry
        for kind, model in ENTRY_OF.items()
        for entry in model.objects.live().filter(
            reference__in=[name for name in names if kind_of(name) is kind]
        )
    }
