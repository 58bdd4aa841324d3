"""Reading the record for a page: the document of a reference, or why there is none."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.db.models import OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import Http404

from record.kinds import Kind, kind_of
from record.models import Entry, Revision
from record.models.entry import ENTRY_OF, State

Document = dict[str, Any]


class Withdrawn(Exception):
    """The object was published and taken back. ``reason`` is a ``withdrawal-reason`` code."""

    def __init__(self, reference: str, reason: str) -> None:
        self.reference = reference
        self.reason = reason
        super().__init__(reference)


class Merged(Exception):
    """The object lives on under ``survivor``."""

    def __init__(self, survivor: str) -> None:
        self.survivor = survivor
        super().__init__(survivor)


@dataclass(frozen=True, slots=True)
class RecordState:
    """Where the record stands: the number and time of its latest revision; 0 when empty.

    ``beside`` names the state of what a page shows that makes no revision; empty for nothing.
    """

    sequence: int
    published_at: datetime | None
    beside: str = ""


@dataclass(frozen=True, slots=True)
class Version:
    """One line of an object's history, as the public may read it."""

    version: int
    published_at: datetime
    action: str
    note: str
    readable: bool
    """Whether its document stands: not for one that was emptied or never had any."""
    compared: bool = False
    """Whether it and the one before it can be read, so that what changed can be shown."""


def record_state(beside: Subquery | None = None) -> RecordState:
    """The state of the whole record, and of what a page shows beside it, in one index look-up."""
    said = Value("") if beside is None else Coalesce(beside, Value(""))
    revisions = Revision.objects.order_by("-sequence")
    latest = revisions.annotate(beside=said).values_list("sequence", "published_at", "beside")
    return RecordState(*(latest.first() or (0, None)))


def published(kind: Kind, reference: str) -> Document:
    """The current document of a reference of this kind.

    Raises Http404 for a reference that was never published, Withdrawn and Merged for one that
    was and is no longer.
    """
    entry = _entry(kind, reference)
    return entry.content()


def published_version(kind: Kind, reference: str, version: int) -> Document:
    """The document as revision ``version`` published it, also of an object merged since.

    Raises Http404 where there is no such revision, Withdrawn where the object is withdrawn or
    this document was emptied, and Merged for the revision that recorded the merging.
    """
    entry = ENTRY_OF[kind].objects.filter(reference=OuterRef("reference"))
    revision = (
        Revision.objects.filter(kind=kind, reference=reference, version=version)
        .annotate(
            state=Subquery(entry.values("state")),
            withdrawal_reason=Subquery(entry.values("withdrawal_reason")),
        )
        .values("document", "merged_into", "state", "withdrawal_reason")
        .first()
    )
    if revision is None:
        raise Http404("This revision does not exist.")
    # The state of the object decides as well: safety does not hang on the text being gone.
    if revision["state"] == State.WITHDRAWN:
        raise Withdrawn(reference, revision["withdrawal_reason"])
    if revision["document"]:
        document: Document = json.loads(revision["document"])
        return document
    if revision["merged_into"]:
        raise Merged(revision["merged_into"])
    raise Withdrawn(reference, revision["withdrawal_reason"] or "")


def history(reference: str) -> list[Version]:
    """Every revision of an object, the first one first."""
    rows = (
        Revision.objects.of(reference)
        .annotate(readable=Q(document__isnull=False))
        .values_list("version", "published_at", "action", "note", "readable")
    )
    versions = [Version(*row) for row in rows]
    return versions[:1] + [
        replace(later, compared=earlier.readable and later.readable)
        for earlier, later in pairwise(versions)
    ]


def documents(kind: Kind, references: Iterable[str]) -> dict[str, Document]:
    """The current documents of several objects of a kind, by reference; absent ones left out."""
    wanted = set(references)
    if not wanted:
        return {}
    entries = ENTRY_OF[kind].objects.live().filter(reference__in=wanted)
    return {entry.reference: entry.content() for entry in entries}


def cited_sources(*parts: object) -> list[Document]:
    """The documents of all sources that documents cite, in the order of first citation.

    A document's own list of sources gives the order; one that is not published any more keeps
    the little that list says of it, and one that is not even there its reference.
    """
    known: dict[str, Document] = {}
    for part in parts:
        if isinstance(part, Mapping):
            for source in part.get("sources") or ():
                known.setdefault(source["reference"], dict(source))
    for reference in _cited(parts):
        known.setdefault(reference, {"reference": reference})
    current = documents(Kind.SOURCE, known)
    return [current.get(reference, stub) for reference, stub in known.items()]


def _cited(part: object) -> Iterator[str]:
    """The source references of every citation anywhere inside a document."""
    if isinstance(part, Mapping):
        for name, value in part.items():
            if name == "citations":
                yield from (citation["source"] for citation in value)
            elif isinstance(value, (Mapping, list)):
                yield from _cited(value)
    elif isinstance(part, (list, tuple)):
        for item in part:
            yield from _cited(item)


def _entry(kind: Kind, reference: str) -> Entry:
    if kind_of(reference) is not kind:
        raise Http404("No such reference.")
    entry = ENTRY_OF[kind].objects.select_related("merged_into").filter(reference=reference).first()
    if entry is None:
        raise Http404("No such reference.")
    if entry.state == State.WITHDRAWN:
        raise Withdrawn(reference, entry.withdrawal_reason)
    if entry.merged_into is not None:
        raise Merged(entry.merged_into.reference)
    return entry
