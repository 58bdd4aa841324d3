"""The chain of revisions: references, sequence numbers and hashes. Nothing else appends to it.

What a revision's hash covers, so that anyone can recompute it with common tools: the fields of
``SEALED_FIELDS`` as one JSON object, keys sorted, no spaces, characters outside ASCII as they
are, in UTF-8, and SHA-256 over those bytes. With a revision as published in ``revision.json``::

    jq -cSj '{sequence, kind, reference, version, action, document_sha256, note_sha256, reason,
              merged_into, published_at, previous_hash}' revision.json | sha256sum

``document_sha256`` and ``note_sha256`` are the SHA-256 of the revision's ``salt`` followed by the
document or the note, empty where there is none. A withdrawal empties all three, and the chain
still holds; without the salt, which is random, nobody can find a name in it by trying names.
``previous_hash`` is the hash of the revision before it, 64 zeros for the first.
"""

import json
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import sha256
from typing import Any, Final

from django.db import connection, transaction

from record.kinds import Kind, format_reference, kind_of
from record.mentions import (
    forget_mentions,
    is_live,
    mentions_statement,
    notes_of_mergers,
    revisions_about,
)
from record.models import Revision
from record.models.entry import ENTRY_OF
from record.models.revision import Action, ReferenceCounter

FIRST_PREVIOUS_HASH: Final = "0" * 64
SALT_BYTES: Final = 16
SEALED_FIELDS: Final = (
    "sequence",
    "kind",
    "reference",
    "version",
    "action",
    "document_sha256",
    "note_sha256",
    "reason",
    "merged_into",
    "published_at",
    "previous_hash",
)

# Any number will do, as long as nothing else in this database locks it: "Gawah" in ASCII.
_LOCK = 0x4761776168


@contextmanager
def publishing_lock() -> Iterator[None]:
    """One publisher at a time, until the outermost transaction ends.

    Numbers taken inside become visible in their order: a reader who has seen revision n can
    never miss a smaller one. Opens a transaction of its own; may be nested.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        yield


def allocate_references(kind: Kind, year: int, count: int) -> list[str]:
    """The next ``count`` references of a kind; ``year`` is that of first publication.

    A number is gone for ever once the transaction commits, whether it is used or not.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            INSERT INTO {ReferenceCounter._meta.db_table} AS counter (kind, year, last)
            VALUES (%s, %s, %s)
            ON CONFLICT (kind, year) DO UPDATE SET last = counter.last + EXCLUDED.last
            RETURNING last
            """,  # noqa: S608 - the table's own name
            [kind.value, year, count],
        )
        (last,) = cursor.fetchone()
    return [format_reference(kind, year, number) for number in range(last - count + 1, last + 1)]


def allocate_reference(kind: Kind, year: int) -> str:
    """The next reference of a kind, as ``allocate_references`` gives them."""
    return allocate_references(kind, year, 1)[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One act of publishing, before it has its place in the chain."""

    kind: Kind
    reference: str
    version: int
    action: Action
    document: str | None = None
    note: str = ""
    reason: str = ""
    merged_into: str = ""


def last_sequence() -> int:
    """The number of the last revision; 0 before the first."""
    return Revision.objects.order_by("-sequence").values_list("sequence", flat=True).first() or 0


def append_revisions(acts: Sequence[Act], *, at: datetime) -> list[Revision]:
    """Append acts to the chain in their order; call it under ``publishing_lock``.

    Without the lock two publishers would take the same number, and the second one would fail.
    """
    head = Revision.objects.order_by("-sequence").values_list("sequence", "hash").first()
    sequence, previous = head or (0, FIRST_PREVIOUS_HASH)
    at = published_at(at)
    revisions = []
    for act in acts:
        sequence += 1
        revision = _sealed(act, sequence, previous, at)
        previous = revision.hash
        revisions.append(revision)
    _store(revisions)
    return revisions


def _store(revisions: Sequence[Revision]) -> None:
    """Add the revisions and what they mention, in one go."""
    fields = Revision._meta.concrete_fields
    arrays = ", ".join(f"%s::{field.db_type(connection)}[]" for field in fields)
    columns = ", ".join(str(field.column) for field in fields)
    statement, mentions = mentions_statement(revisions)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {Revision._meta.db_table} ({columns}) SELECT * FROM unnest({arrays});"  # noqa: S608
            f"{statement}",
            [*([getattr(row, field.attname) for row in revisions] for field in fields), *mentions],
        )


def append_revision(
    kind: Kind,
    reference: str,
    version: int,
    action: Action,
    document: str | None,
    *,
    note: str = "",
    reason: str = "",
    merged_into: str = "",
    at: datetime,
) -> Revision:
    """Append one act to the chain, as ``append_revisions`` does."""
    act = Act(
        kind=kind,
        reference=reference,
        version=version,
        action=action,
        document=document,
        note=note,
        reason=reason,
        merged_into=merged_into,
    )
    return append_revisions([act], at=at)[0]


def redact(references: Sequence[str]) -> int:
    """Empty every earlier document of these objects, and every one that mentions them.

    So are those of what was merged into these objects: they told of the same person or event. The
    notes beside them go too: a note on a correction may name whom the document named, and one on a
    merger, which has no document, says who is who. Only what a live object shows now is kept:
    withdraw or rewrite it first. References, hashes and reasons stay, so the chain still holds.
    Returns how many revisions were emptied.
    """
    about = [*references, *_merged_into(references)]
    earlier = list(revisions_about(about).exclude(is_live()).values_list("sequence", flat=True))
    forget_mentions(earlier)
    emptied = [*earlier, *notes_of_mergers(about).values_list("sequence", flat=True)]
    return Revision.objects.filter(sequence__in=emptied).update(document=None, note="", salt="")


def _merged_into(references: Sequence[str]) -> list[str]:
    """The former references of these objects."""
    kinds = {kind for name in references if (kind := kind_of(name)) is not None}
    former: list[str] = []
    for kind in sorted(kinds):
        model = ENTRY_OF[kind]
        survivors = model.objects.filter(reference__in=references).only("pk")
        former += [entry.reference for entry in model.objects.merged_into(*survivors)]
    return former


def published_at(at: datetime) -> datetime:
    """The time as it is published: UTC, whole seconds. Raises ValueError without a time zone."""
    if at.tzinfo is None:
        raise ValueError("The time of publication needs a time zone.")
    return at.astimezone(UTC).replace(microsecond=0)


@lru_cache(maxsize=100)  # one act of publishing writes the same time many times
def timestamp(at: datetime) -> str:
    """The text of a published time, in documents and under the hash: ``2026-01-31T06:15:00Z``."""
    return published_at(at).strftime("%Y-%m-%dT%H:%M:%SZ")


def digest(text: str | None) -> str:
    """SHA-256 of a text in UTF-8, in hexadecimal; empty where there is no text."""
    return sha256(text.encode()).hexdigest() if text else ""


def salted_digest(salt: str, text: str | None) -> str:
    """SHA-256 of the salt of a revision and its document or note; empty where there is no text."""
    return digest(f"{salt}{text}") if text else ""


def sealed_fields(revision: Revision) -> dict[str, Any]:
    """What the hash of a revision covers, as it is published."""
    fields = {name: getattr(revision, name) for name in SEALED_FIELDS}
    return {**fields, "published_at": timestamp(revision.published_at)}


def revision_hash(revision: Revision) -> str:
    """The hash over the sealed fields of a revision, whatever its ``hash`` column says."""
    text = json.dumps(
        sealed_fields(revision), sort_keys=True, separators=(",", ":"), ensure_ascii=False
    )
    return digest(text)


def _sealed(act: Act, sequence: int, previous_hash: str, at: datetime) -> Revision:
    salt = secrets.token_hex(SALT_BYTES)
    revision = Revision(
        sequence=sequence,
        kind=act.kind.value,
        reference=act.reference,
        version=act.version,
        action=act.action.value,
        salt=salt,
        document=act.document,
        document_sha256=salted_digest(salt, act.document),
        note=act.note,
        note_sha256=salted_digest(salt, act.note),
        reason=act.reason,
        merged_into=act.merged_into,
        published_at=at,
        previous_hash=previous_hash,
    )
    revision.hash = revision_hash(revision)
    return revision
