"""Checking the record against itself: the chain, and what stands in the entries beside it.

Reads everything once, in the order of the chain, and holds some hundred revisions at a time. What
it cannot see is a chain cut off at its end together with its entries: compare the last hash with
one noted elsewhere.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.db import connection

from record.chain import FIRST_PREVIOUS_HASH, revision_hash, salted_digest
from record.claimed_dates import faults as claimed_date_faults
from record.kept_blocks import faults as kept_count_faults
from record.kinds import ANY_REFERENCE
from record.mentions import is_right
from record.models import Mention, Revision
from record.models.entry import ENTRY_OF, Entry, State
from record.narrow_facts import narrow_that_differ
from record.pictures import faults as picture_faults
from record.reaching_back import missing_marks
from record.source_files import faults as file_faults
from record.tallies.making import tallies_that_differ

_AT_ONCE: Final = 500
"""Revisions fetched at a time: with documents of some 10 KB, 5 MB of memory."""


@dataclass(frozen=True, slots=True)
class ChainFault:
    """One thing that does not hold. ``sequence`` is None for a fault of an entry."""

    sequence: int | None
    reference: str
    fault: str

    def __str__(self) -> str:
        place = "" if self.sequence is None else f"revision {self.sequence}, "
        return f"{place}{self.reference}: {self.fault}"


def verify_chain() -> list[ChainFault]:
    """Everything that is wrong with the record; empty when it holds."""
    return list(chain_faults())


def chain_faults() -> Iterator[ChainFault]:
    """Everything that is wrong with the record, one fault at a time."""
    yield from _revision_faults()
    yield from _version_faults()
    for model in ENTRY_OF.values():
        yield from _entry_faults(model)
    yield from _tally_faults()
    yield from _key_faults()
    for reference, fault in (*picture_faults(), *file_faults()):
        yield ChainFault(None, reference, fault)


def _revision_faults() -> Iterator[ChainFault]:
    expected, previous_hash = 1, FIRST_PREVIOUS_HASH
    withdrawn = _withdrawn_references()
    for revision, mentions in _all_revisions():
        for fault in _faults_of(revision, expected, previous_hash):
            yield ChainFault(revision.sequence, revision.reference, fault)
        for mentioned in sorted(withdrawn.intersection(_mentioned_in(revision))):
            fault = f"its document mentions {mentioned}, which has been withdrawn"
            yield ChainFault(revision.sequence, revision.reference, fault)
        if not is_right(revision, mentions):
            fault = "what is written down of its mentions is not what its document names"
            yield ChainFault(revision.sequence, revision.reference, fault)
        expected, previous_hash = revision.sequence + 1, revision.hash


def _all_revisions() -> Iterator[tuple[Revision, dict[int, Mention]]]:
    """In order, some at a time; a cursor would hold a transaction open, or copy everything.

    Each with what is written down of the mentions of those that were read with it.
    """
    last = 0
    while revisions := list(Revision.objects.after(last)[:_AT_ONCE]):
        mentions = Mention.objects.in_bulk([revision.sequence for revision in revisions])
        yield from ((revision, mentions) for revision in revisions)
        last = revisions[-1].sequence


def _withdrawn_references() -> set[str]:
    return {
        reference
        for model in ENTRY_OF.values()
        for reference in model.objects.filter(state=State.WITHDRAWN).values_list(
            "reference", flat=True
        )
    }


def _mentioned_in(revision: Revision) -> list[str]:
    return ANY_REFERENCE.findall(revision.document or "")


def _faults_of(revision: Revision, expected: int, previous_hash: str) -> Iterator[str]:
    if revision.sequence != expected:
        yield f"revisions are missing before it, from {expected} on"
    elif revision.previous_hash != previous_hash:
        yield "does not follow from the revision before it"
    if revision.hash != revision_hash(revision):
        yield "its hash is not that of its fields"
    document = revision.document
    if document is not None and _is_another(revision, document, revision.document_sha256):
        yield "its document is not the one that was published"
    emptied = not revision.note and revision.document is None
    if _is_another(revision, revision.note, revision.note_sha256) and not emptied:
        yield "its note is not the one that was published"


def _is_another(revision: Revision, text: str, sha256: str) -> bool:
    return salted_digest(revision.salt, text) != sha256


def _version_faults() -> Iterator[ChainFault]:
    """Objects whose versions do not run from 1 upwards without gaps."""
    table = Revision._meta.db_table
    statement = f"""
        SELECT reference FROM {table} GROUP BY reference
        HAVING min(version) <> 1 OR max(version) <> count(*) ORDER BY reference
        """  # noqa: S608 - the table's own name
    for (reference,) in _rows(statement):
        yield ChainFault(None, reference, "its versions have gaps")


def _entry_faults(model: type[Entry]) -> Iterator[ChainFault]:
    """Entries that are not what the last revision of their object says."""
    revision, entry = Revision._meta.db_table, model._meta.db_table
    # The last version is looked up by number, since sorting whole rows would sort documents.
    statement = f"""
        WITH newest AS (
            SELECT reference, max(version) AS version FROM {revision}
            WHERE kind = %(kind)s GROUP BY reference
        ), compared AS (
            SELECT coalesce(entry.reference, newest.reference) AS reference, CASE
                WHEN last.sequence IS NULL THEN 'was never published'
                WHEN entry.id IS NULL THEN 'is missing from the entries'
                WHEN entry.version <> last.version OR entry.sequence <> last.sequence
                    THEN 'is not at the version published last'
                WHEN entry.state <> CASE WHEN last.action IN ('withdrawn', 'merged')
                        THEN last.action ELSE 'live' END
                    THEN 'is not in the state published last'
                WHEN entry.withdrawal_reason <> last.reason
                    THEN 'does not give the reason published last'
                WHEN entry.state = 'live' AND entry.document IS DISTINCT FROM last.document
                    THEN 'does not show the document published last'
                WHEN entry.state <> 'live' AND entry.document <> ''
                    THEN 'has ended and still shows a document'
                WHEN entry.state = 'withdrawn' AND EXISTS (
                        SELECT FROM {revision} AS earlier
                        WHERE earlier.reference = entry.reference AND earlier.document IS NOT NULL)
                    THEN 'has been withdrawn and a revision still holds a document'
                WHEN survivor.state = 'merged'
                    THEN 'is merged into an object that is itself merged'
            END AS fault
            FROM {entry} AS entry
            FULL JOIN newest ON newest.reference = entry.reference
            LEFT JOIN {revision} AS last
                ON last.reference = newest.reference AND last.version = newest.version
            LEFT JOIN {entry} AS survivor ON survivor.id = entry.merged_into_id
        )
        SELECT reference, fault FROM compared WHERE fault IS NOT NULL ORDER BY reference
        """  # noqa: S608 - the tables' own names
    for reference, fault in _rows(statement, {"kind": model.kind.value}):
        yield ChainFault(None, reference, fault)


def _tally_faults() -> Iterator[ChainFault]:
    if differing := tallies_that_differ():
        fault = f"{differing} rows are not what counting gives; rebuild_keys makes them anew"
        yield ChainFault(None, "tallies", fault)
    if differing := narrow_that_differ():
        fault = f"{differing} are not what the facts are; rebuild_keys derives them anew"
        yield ChainFault(None, "narrow facts", fault)
    if wrong := kept_count_faults():
        fault = f"{wrong} blocks are not what counting gives; rebuild_keys forgets them"
        yield ChainFault(None, "counts kept ahead", fault)


def _key_faults() -> Iterator[ChainFault]:
    for reference in missing_marks():
        fault = "pages leave it out of dates in which it is counted; rebuild_keys puts it right"
        yield ChainFault(None, reference, fault)
    for reference in claimed_date_faults():
        fault = "the dates of other claimants are not those it shows; rebuild_keys puts it right"
        yield ChainFault(None, reference, fault)


def _rows(statement: str, parameters: dict[str, str] | None = None) -> Iterator[tuple[str, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        while row := cursor.fetchone():
            yield row
