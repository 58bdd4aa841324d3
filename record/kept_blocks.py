"""What questions about everything are answered with, kept for each stretch of ids.

Two traits of all incidents take most of a second to count anew. An incident or a victim lies in
one block of ``BLOCK`` ids, so what was counted of each block adds up. Whatever is published moves
the version of the blocks that it touches, in its own transaction; what was counted of an older
version is passed over, and that block counted anew. The worker counts ahead what is asked most.
"""

import json
import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from itertools import chain, combinations
from typing import Any, Final

from django.db import connection, transaction

from record.models.narrow import BlockCount
from record.narrow_counting import NarrowCount, columns_of
from record.narrow_facts import BLOCK

_TRAITS: Final = ("status", "sex", "age_group", "agency", "grade", "attribution", "source_type")
_BESIDES: Final = ("year", "type", "type_group", "province", "district")
_ORDER: Final = (*_TRAITS, *_BESIDES)
_PAIRS: Final = (
    *combinations(_TRAITS, 2),
    *((trait, other) for trait in _TRAITS for other in _BESIDES),
)
_AHEAD: Final = (*_PAIRS, *((*pair, "province") for pair in _PAIRS if pair[1] not in _BESIDES[3:]))
"""What the worker counts ahead: two traits, or a trait by year, type or place; and those that speak
of no place also by province, for whoever asks for one."""

FEW: Final = 2
"""Where there are so few blocks, nothing is counted ahead: a count anew takes no time."""

_AT_ONCE: Final = 5
"""Blocks counted between two looks at the clock."""

_LAST: Final = "SELECT coalesce(max({}), -1) / %s FROM record_numberedfact"

_CURRENT: Final = """
    SELECT kept.block, kept.counts FROM record_blockcount AS kept
    LEFT JOIN record_blockversion AS now ON now.unit = %s AND now.block = kept.block
    WHERE kept.statement = %s AND kept.version = coalesce(now.version, 0)
"""

_ALL_CURRENT: Final = """
    SELECT kept.statement, array_agg(kept.block) FROM record_blockcount AS kept
    LEFT JOIN record_blockversion AS now ON now.unit = kept.unit AND now.block = kept.block
    WHERE kept.version = coalesce(now.version, 0) GROUP BY kept.statement
"""

_VERSIONS: Final = "SELECT block, version FROM record_blockversion WHERE unit = %s"

_KEEP: Final = """
    INSERT INTO record_blockcount (statement, block, unit, version, counts)
    SELECT * FROM unnest(%s::text[], %s::integer[], %s::smallint[], %s::integer[], %s::text[])
    ON CONFLICT (statement, block) DO UPDATE
        SET version = EXCLUDED.version, counts = EXCLUDED.counts
"""

Raw = tuple[Any, ...]


def in_order(group_by: Sequence[str]) -> list[str] | None:
    """The dimensions in the order in which they are counted ahead; None where they are not."""
    if not {*group_by} <= {*_ORDER}:
        return None
    ordered = sorted(group_by, key=_ORDER.index)
    return ordered if tuple(ordered) in _AHEAD else None


def counted_by_blocks(count: NarrowCount) -> list[Raw] | None:
    """The rows of a count of everything, block by block; blocks that are missing are counted.
    None where most are, which one count of all tells sooner. Two queries where none is."""
    with connection.cursor() as cursor:
        blocks = _blocks(cursor, count)
        cursor.execute(_CURRENT, [count.blocks_of.value, _name(count)])
        kept = {block: counts for block, counts in cursor.fetchall() if block in blocks}
        missing = blocks - kept.keys()
        if len(missing) > len(kept):
            return None
        found = [tuple(row) for counts in kept.values() for row in json.loads(counts)]
        if missing:
            found += chain.from_iterable(_counted(cursor, count, missing).values())
    return found


def count_ahead(seconds: float) -> bool:
    """Count what is missing or outdated for so long, and a little longer; whether more is left."""
    until = time.monotonic() + seconds
    for count, block in _missing():
        if time.monotonic() > until:
            return True
        _keep(count, block)
    return False


def faults() -> int:
    """How many blocks are said to be current and were counted otherwise."""
    wrong = 0
    for count in _ahead():
        with _one_state() as cursor:
            cursor.execute(_CURRENT, [count.blocks_of.value, _name(count)])
            kept = dict(cursor.fetchall())
            counted = _counted(cursor, count, kept.keys()) if kept else {}
        wrong += sum(
            sorted(map(tuple, json.loads(counts)), key=str) != sorted(counted[block], key=str)
            for block, counts in kept.items()
        )
    return wrong


@contextmanager
def _one_state() -> Iterator[Any]:
    """Versions and facts of one state: whoever publishes meanwhile moves a version on, and what
    was counted is passed over. Inside somebody else's transaction that is decided already."""
    nested = connection.in_atomic_block
    with transaction.atomic(), connection.cursor() as cursor:
        if not nested:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield cursor


def _ahead() -> Iterator[NarrowCount]:
    for unit in ("violations", "incidents", "victims"):
        for group_by in _AHEAD:
            if columns := columns_of(group_by):
                yield NarrowCount(unit, columns)


def _missing() -> Iterator[tuple[NarrowCount, list[int]]]:
    counts = {_name(count): count for count in _ahead()}
    with connection.cursor() as cursor:
        units = {count.gone_through_by: count for count in counts.values()}
        blocks = {column: _blocks(cursor, count) for column, count in units.items()}
        if max(map(len, blocks.values())) <= FEW:
            return
        cursor.execute(_ALL_CURRENT)
        current = dict(cursor.fetchall())
    # What nobody asks in these words any more, since a vocabulary is another.
    BlockCount.objects.exclude(statement__in=counts).delete()
    for name, count in counts.items():
        missing = sorted(blocks[count.gone_through_by] - {*current.get(name, ())})
        for first in range(0, len(missing), _AT_ONCE):
            yield count, missing[first : first + _AT_ONCE]


def _keep(count: NarrowCount, blocks: list[int]) -> None:
    with _one_state() as cursor:
        cursor.execute(_VERSIONS, [count.blocks_of.value])
        versions = dict(cursor.fetchall())
        counted = _counted(cursor, count, blocks)
        cursor.execute(
            _KEEP,
            [
                [_name(count)] * len(blocks),
                blocks,
                [count.blocks_of.value] * len(blocks),
                [versions.get(block, 0) for block in blocks],
                [json.dumps(counted[block], separators=(",", ":")) for block in blocks],
            ],
        )


def _blocks(cursor: Any, count: NarrowCount) -> set[int]:
    cursor.execute(_LAST.format(count.gone_through_by), [BLOCK])
    return set(range(cursor.fetchone()[0] + 1))


def _counted(cursor: Any, count: NarrowCount, blocks: Collection[int]) -> dict[int, list[Raw]]:
    found: dict[int, list[Raw]] = {block: [] for block in blocks}
    cursor.execute(count.of_blocks(), [[*blocks], *count.values])
    rows: Iterable[Raw] = cursor.fetchall()
    for block, *row in rows:
        found[block].append(tuple(row))
    return found


def _name(count: NarrowCount) -> str:
    """A count by what it asks: another question has another name, also where only the vocabulary
    it was written for is another."""
    return sha256(f"{count.unit} {count.of_blocks()}".encode()).hexdigest()[:32]
