"""Deriving all key rows anew: after a change to the reference tables or to the deriving code."""

from collections.abc import Iterator

from record.chain import publishing_lock
from record.indexing import AT_ONCE, INDEX_ORDER, drop_entries, index_entries
from record.kinds import Kind
from record.mentions import rebuild_mentions
from record.models import Revision
from record.models.entry import ENTRY_OF, State
from record.narrow_facts import rebuild_narrow
from record.reaching_back import mark_reaching_back
from record.tallies.making import rebuild_tallies


def rebuild_keys() -> Iterator[tuple[Kind, int]]:
    """Derive every row anew, some hundred entries a transaction, so that publishing can go on.

    Yields after each transaction the kind and the number of entries done in it. Rows that are
    right already stay as they are. The tallies are made anew from all facts at the end.
    """
    for kind in INDEX_ORDER:
        last = 0
        while True:
            with publishing_lock():
                entries = list(ENTRY_OF[kind].objects.filter(pk__gt=last).order_by("pk")[:AT_ONCE])
                ended = [entry for entry in entries if entry.state != State.LIVE]
                if ended:
                    drop_entries(ended)
                _rebuild_mentions([entry.reference for entry in entries])
                index_entries(entry for entry in entries if entry.state == State.LIVE)
            if not entries:
                break
            last = entries[-1].pk
            yield kind, len(entries)
    with publishing_lock():
        for kind in (Kind.INCIDENT, Kind.VICTIM):
            mark_reaching_back(kind)
        rebuild_narrow()
        rebuild_tallies()


def _rebuild_mentions(references: list[str]) -> None:
    rebuild_mentions(list(Revision.objects.filter(reference__in=references)))
