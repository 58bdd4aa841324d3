"""Reading the record for a page: the document of a reference, or why there is none."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise
from typing import Any, Final

from django.db import connection
from django.db.models import OuterRef, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import Http404

from record.kinds import Kind, kind_of
from record.models import Revision
from record.models.entry import ENTRY_OF, State

Document = dict[str, Any]

# Written out, because a page asks nothing else: making these statements from models each time
# took longer than executing them. All names are those of our own tables.
_LATEST: Final = (
    f"SELECT sequence, published_at FROM {Revision._meta.db_table} "  # noqa: S608
    "ORDER BY sequence DESC LIMIT 1"
)
_HISTORY: Final = (
    "SELECT version, published_at, action, note, document IS NOT NULL "  # noqa: S608
    f"FROM {Revision._meta.db_table} WHERE reference = %s ORDER BY version"
)
_ENTRY: Final = {
    kind: "SELECT entry.state, entry.withdrawal_reason, survivor.reference, entry.document "  # noqa: S608
    f"FROM {model._meta.db_table} entry "
    f"LEFT JOIN {model._meta.db_table} survivor ON survivor.id = entry.merged_into_id "
    "WHERE entry.reference = %s"
    for kind, model in ENTRY_OF.items()
}
_LIVE: Final = {
    kind: f"SELECT reference, document FROM {model._meta.db_table} "  # noqa: S608
    f"WHERE state = '{State.LIVE.value}' AND reference = ANY(%s)"
    for kind, model in ENTRY_OF.items()
}


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
    if beside is None:
        return RecordState(*next(iter(_rows(_LATEST)), (0, None)))
    said = Coalesce(beside, Value(""))
    revisions = Revision.objects.order_by("-sequence")
    latest = revisions.annotate(beside=said).values_list("sequence", "published_at", "beside")
    return RecordState(*(latest.first() or (0, None)))


def published(kind: Kind, reference: str) -> Document:
    """The current document of a reference of this kind.

    Raises Http404 for a reference that was never published, Withdrawn and Merged for one that
    was and is no longer.
    """
    if kind_of(reference) is not kind:
        raise Http404("No such reference.")
    for state, reason, survivor, text in _rows(_ENTRY[kind], reference):
        if state == State.WITHDRAWN:
            raise Withdrawn(reference, reason)
        if survivor is not None:
            raise Merged(survivor)
        document: Document = json.loads(text)
        return document
    raise Http404("No such reference.")


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
    versions = [Version(*row) for row in _rows(_HISTORY, reference)]
    return versions[:1] + [
        replace(later, compared=earlier.readable and later.readable)
        for earlier, later in pairwise(versions)
    ]


def documents(kind: Kind, references: Iterable[str]) -> dict[str, Document]:
    """The current documents of several objects of a kind, by reference; absent ones left out."""
    wanted = set(references)
    if not wanted:
        return {}
    found = _rows(_LIVE[kind], sorted(wanted))
    return {reference: json.loads(text) for reference, text in found}


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


def _rows(statement: str, *values: str | list[str]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found
