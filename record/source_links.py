"""The states of sources' addresses in the record: set by the case file, read by page and API.

A state is no fact of the case and makes no revision: asking an address again must not look like a
correction. It stands in a table of its own, and leaves it with its source.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from django.db.models import CharField, Subquery
from django.db.models.functions import Cast, Concat

from record.bulk import store_rows
from record.chain import publishing_lock
from record.models import SourceEntry, SourceLink
from record.models.source_link import LinkState


@dataclass(frozen=True, slots=True)
class LinkStanding:
    """A state, the day since which it has held, and the day on which it was last seen."""

    state: LinkState
    since: date
    checked_on: date


@dataclass(frozen=True, slots=True)
class AskedLink:
    """What is known of the address of a source; None where nothing is."""

    reference: str
    address: str
    standing: LinkStanding | None


def set_links(links: Iterable[AskedLink]) -> None:
    """Let the record say this of these sources, and nothing any more where nothing is known.

    Passed over is what is not live, so that a source withdrawn meanwhile gets no state. Three
    queries, whatever the number.
    """
    known = {link.reference: link for link in links}
    if not known:
        return
    # Under the lock no withdrawal comes between looking what is live and writing.
    with publishing_lock():
        entries = SourceEntry.objects.live().filter(reference__in=known)
        ids = dict(entries.values_list("reference", "pk"))
        rows, empty = [], []
        for reference, pk in ids.items():
            link = known[reference]
            if link.standing is None:
                empty.append(pk)
            else:
                rows.append(_row(pk, link.address, link.standing))
        SourceLink.objects.filter(pk__in=empty).delete()
        store_rows(rows, unique="entry_id")


def remove_links(references: Iterable[str]) -> int:
    """Say nothing of the addresses of these sources any more; returns of how many it was."""
    removed, _by_model = SourceLink.objects.filter(entry__reference__in=list(references)).delete()
    return removed


def link_of(document: Mapping[str, object]) -> LinkStanding | None:
    """The state of the address that a source's document names, if it is known. One query."""
    address = document["url"]
    if not address:
        return None
    row = SourceLink.objects.filter(
        entry__reference=document["reference"], address_sha256=_hash(str(address))
    ).first()
    return None if row is None else LinkStanding(LinkState(row.state), row.since, row.checked_on)


def link_fingerprint(reference: str) -> Subquery:
    """For an entity tag: a text that changes whenever the state of a source's address does.
    NULL where none is known."""
    columns = ("address_sha256", "state", "since", "checked_on")
    said = Concat(*(Cast(column, CharField()) for column in columns))
    rows = SourceLink.objects.filter(entry__reference=reference)
    return Subquery(rows.values(said=said)[:1])


def _row(pk: int, address: str, standing: LinkStanding) -> SourceLink:
    return SourceLink(
        entry_id=pk,
        address_sha256=_hash(address),
        state=standing.state,
        since=standing.since,
        checked_on=standing.checked_on,
    )


def _hash(address: str) -> str:
    return sha256(address.encode()).hexdigest()
