"""The documents of a release: those live now, or those of a release that may still be read."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Final

from django.db import connection, transaction

from record.kinds import Kind
from record.models import ENTRY_OF, Revision
from record.models.entry import State

AT_ONCE: Final = 500
"""Documents in memory together."""


@contextmanager
def one_state() -> Iterator[None]:
    """Everything inside reads the same committed state, however long it takes."""
    nested = connection.in_atomic_block
    with transaction.atomic(), connection.cursor() as cursor:
        if not nested:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute(
            "SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0"
        )
        yield


def live_documents(kind: Kind) -> Iterator[list[str]]:
    """Every document that can be read now, by reference, some at a time; in ``one_state``."""
    live = ENTRY_OF[kind].objects.live().order_by("reference")
    yield from _batches(live.values_list("document", flat=True).iterator(chunk_size=AT_ONCE))


def documents_in(file: Path) -> Iterator[list[str]]:
    """The lines of a file of documents, some at a time."""
    with file.open(encoding="utf-8", newline="\n") as lines:
        yield from _batches(line.rstrip("\n") for line in lines)


def _batches(documents: Iterator[str]) -> Iterator[list[str]]:
    while batch := list(islice(documents, AT_ONCE)):
        yield batch


@dataclass(slots=True)
class Clearing:
    """Goes through the documents of a release and keeps those that may still be read.

    A document whose revision was emptied gives way to what its object shows now, and goes where
    the object shows nothing. ``removed`` and ``replaced`` are the references so far.
    """

    removed: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)

    @property
    def changed(self) -> bool:
        """Whether anything had to go."""
        return bool(self.removed or self.replaced)

    def of(self, kind: Kind, batches: Iterator[list[str]]) -> Iterator[list[str]]:
        """The documents that may be read instead of these; in ``one_state``."""
        for batch in batches:
            yield self._cleared(kind, batch)

    def _cleared(self, kind: Kind, batch: Sequence[str]) -> list[str]:
        keys = [_key(document) for document in batch]
        readable = _readable(kind, keys)
        closed = [reference for reference, version in keys if (reference, version) not in readable]
        shown = _shown_now(kind, closed)
        self.removed += [reference for reference in closed if reference not in shown]
        self.replaced += list(shown)
        kept = []
        for document, (reference, version) in zip(batch, keys, strict=True):
            if (reference, version) in readable:
                kept.append(document)
            elif reference in shown:
                kept.append(shown[reference])
        return kept


def _key(document: str) -> tuple[str, int]:
    content = json.loads(document)
    return content["reference"], content["version"]


def _readable(kind: Kind, keys: Sequence[tuple[str, int]]) -> set[tuple[str, int]]:
    """Those of the revisions that anybody may read under their own address."""
    references = [reference for reference, _version in keys]
    withdrawn = set(
        ENTRY_OF[kind]
        .objects.filter(reference__in=references, state=State.WITHDRAWN)
        .values_list("reference", flat=True)
    )
    found = Revision.objects.filter(
        kind=kind.value, reference__in=references, document__isnull=False
    ).values_list("reference", "version")
    wanted = set(keys)
    return {key for key in found.iterator() if key in wanted and key[0] not in withdrawn}


def _shown_now(kind: Kind, references: Sequence[str]) -> dict[str, str]:
    """What these objects show now, where they show anything."""
    live = ENTRY_OF[kind].objects.live().filter(reference__in=references)
    return dict(live.values_list("reference", "document"))
