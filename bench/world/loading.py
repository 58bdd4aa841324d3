"""Filling an empty database with a generated record."""

import gc
import multiprocessing
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import Model

from bench.plain.filling import PlainRows, make_tables
from bench.world import numbering
from bench.world.copying import Copies
from bench.world.documents import stretch
from bench.world.easing import eased
from bench.world.indexes import connect, execute_apart, put_back, take_off
from bench.world.rows import TEXTS, Derived
from bench.world.setting import PUBLISHED, Setting, read_setting, write_agencies
from bench.world.templates import built_by_publishing
from record.models import (
    ENTRY_OF,
    ClaimedDate,
    Fact,
    ReferenceCounter,
    Revision,
    VictimKey,
    VictimName,
)
from record.models.keys import IncidentKey, LegalActionKey, SourceKey
from record.narrow_facts import rebuild_narrow
from record.rows import ROW_OF
from record.tallies.making import rebuild_tallies

AT_ONCE: Final = 5
"""Stretches sent together."""

_WORDS: Final = "bench_words"
_MEMORY: Final = "256MB"
_SYNCHRONOUS_OFF: Final = "SET synchronous_commit = off"


@dataclass(slots=True)
class Loading:
    """How long each phase took, in seconds."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def phase(self, name: str) -> Iterator[None]:
        """Time a phase and say so."""
        begun = time.perf_counter()
        yield
        self.seconds[name] = round(time.perf_counter() - begun, 1)
        sys.stderr.write(f"  {name}: {self.seconds[name]} s\n")


def load(incidents: int, seed: int) -> Loading:
    """Fill the database; ``incidents`` is a multiple of ``numbering.INCIDENTS``."""
    stretches = _stretches(incidents)
    loading = Loading()
    with loading.phase("templates and agencies"):
        setting = _setting()
    with loading.phase("plain tables"):
        plain_tables = make_tables()
    tables = [*(str(model._meta.db_table) for model in _filled()), *plain_tables]
    with eased():
        with loading.phase("taking indexes off"):
            taken = take_off(tables)
        with loading.phase("documents, keys and words"):
            _fill(setting, stretches, seed)
        with loading.phase("revisions"):
            execute_apart(_revisions(setting.first_sequence), _MEMORY)
            _set_counters(stretches)
        with loading.phase("indexes and constraints"):
            put_back(taken)
        with loading.phase("vacuum and statistics"):
            execute_apart(["VACUUM (ANALYZE)"], _MEMORY)
        with loading.phase("tallies"), transaction.atomic():
            rebuild_narrow()
            rebuild_tallies()
        with loading.phase("vacuum again"):
            execute_apart(["VACUUM (ANALYZE)"], _MEMORY)
    return loading


def load_here(incidents: int, seed: int) -> None:
    """The same over Django's own connection, in the caller's transaction: for a few hundred."""
    setting = _setting()
    make_tables()
    with connection.cursor() as cursor:
        _send_shares(cursor, setting, range(_stretches(incidents)), seed)
        for statement in _revisions(setting.first_sequence):
            cursor.execute(statement)
    _set_counters(_stretches(incidents))
    rebuild_narrow()
    rebuild_tallies()


def _stretches(incidents: int) -> int:
    if incidents % numbering.INCIDENTS:
        raise ValueError(f"The number of incidents must be a multiple of {numbering.INCIDENTS}.")
    return incidents // numbering.INCIDENTS


def _setting() -> Setting:
    templates = built_by_publishing()
    write_agencies(templates)
    return read_setting(templates)


def _filled() -> list[type[Model]]:
    keys = (IncidentKey, LegalActionKey, SourceKey, VictimKey, VictimName, Fact, ClaimedDate)
    kinds = numbering.OF_STRETCH
    entries = [*(ENTRY_OF[kind] for kind in kinds), *(ROW_OF[kind] for kind in kinds)]
    return [*entries, *keys, *TEXTS.values(), Revision]


def _fill(setting: Setting, stretches: int, seed: int) -> None:
    connection.close()
    processes = min(os.cpu_count() or 1, max(1, stretches // AT_ONCE))
    shares = [list(range(first, stretches, processes)) for first in range(processes)]
    if processes == 1:
        _fill_share(setting, shares[0], seed)
        return
    context = multiprocessing.get_context("fork")
    workers = [context.Process(target=_fill_share, args=(setting, share, seed)) for share in shares]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    if any(worker.exitcode for worker in workers):
        raise RuntimeError("A process that fills the database ended with an error.")


def _fill_share(setting: Setting, share: Sequence[int], seed: int) -> None:
    # Documents hold no circles; looking for some takes a third of the time.
    gc.freeze()
    gc.disable()
    database = connect()
    with database.cursor() as cursor:
        cursor.execute(_SYNCHRONOUS_OFF)
        _send_shares(cursor, setting, share, seed, database.commit)
    database.close()


def _send_shares(
    cursor: Any,
    setting: Setting,
    share: Sequence[int],
    seed: int,
    after_each: Callable[[], None] = lambda: None,
) -> None:
    plain = PlainRows()
    cursor.execute(
        f"CREATE TEMPORARY TABLE {_WORDS} (kind text, id bigint, prose text, folded text)"
    )
    for start in range(0, len(share), AT_ONCE):
        _send(cursor, setting, plain, share[start : start + AT_ONCE], seed)
        after_each()


def _send(
    cursor: Any, setting: Setting, plain: PlainRows, numbers: Sequence[int], seed: int
) -> None:
    copies = Copies()
    for number in numbers:
        made = stretch(setting, number, seed)
        plain.add(copies, made)
        derived = Derived(setting, made)
        for entry, row in derived.entries():
            copies.add(entry)
            copies.add(row)
        for narrow in derived.narrow():
            copies.add(narrow)
        for words in derived.words():
            values = (words.kind.value, words.entry, words.prose, words.folded)
            copies.add_values(_WORDS, ("kind", "id", "prose", "folded"), values)
    copies.send(cursor)
    for kind, table in TEXTS.items():
        cursor.execute(
            f"""
            INSERT INTO {table._meta.db_table} (entry_id, vector)
            SELECT id, to_tsvector('english', prose) ||
                array_to_tsvector(string_to_array(folded, ' '))
            FROM {_WORDS} WHERE kind = %s
            """,  # noqa: S608 - the tables' own names
            [kind.value],
        )
    cursor.execute(f"TRUNCATE {_WORDS}")


def _revisions(after: int) -> list[str]:
    """One revision an object, without its text: only the address of one revision reads that.

    The hashes are no chain either; nothing that is measured verifies it.
    """
    return [
        f"""
        INSERT INTO {Revision._meta.db_table} (sequence, kind, reference, version, action,
            document_sha256, note, salt, note_sha256, reason, merged_into, published_at,
            previous_hash, hash)
        SELECT sequence, '{kind.value}', reference, 1, 'created', content_sha256, '', '', '',
            '', '', changed_at, '', encode(sha256(reference::bytea), 'hex')
        FROM {ENTRY_OF[kind]._meta.db_table} WHERE sequence > {after}
        """  # noqa: S608 - the tables' own names
        for kind in numbering.OF_STRETCH
    ]


def _set_counters(stretches: int) -> None:
    """Let numbering go on behind what was generated."""
    for kind, count in numbering.OF_STRETCH.items():
        ReferenceCounter.objects.update_or_create(
            kind=kind.value, year=PUBLISHED.year, defaults={"last": count * stretches}
        )
    with connection.cursor() as cursor:
        for model in _filled():
            automatic = model._meta.auto_field
            if automatic is not None:
                cursor.execute(
                    f"""
                    SELECT setval(pg_get_serial_sequence(%s, %s), (SELECT coalesce(max(
                        {automatic.column}), 0) + 1 FROM {model._meta.db_table}))
                    """,  # noqa: S608 - the table's own names
                    [model._meta.db_table, automatic.column],
                )
