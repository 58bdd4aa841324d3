"""Imported lists whose source is confidential: the cells of their rows lie sealed, in the rows and
in their history, and the files as they were sent lie sealed on the disk.

Open lie the keys by which rows are known again, the mapping, and what a report says is wrong.
"""

import json
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any, Final

from django.db import connection, transaction

from incidents.importing.files import is_sealed, lie_sealed
from incidents.models import ImportBatch, ListRow, Source
from incidents.models.sealed import SEALED
from incidents.models.sealed_json import (
    OpenedCells,
    UnreadableCells,
    opened_cells,
    sealed_cells,
)

_ROWS: Final = ListRow._meta.db_table
_EVENTS: Final = f"{_ROWS}event"
_AT_ONCE: Final = 500


def seal_lists(sources: Collection[int]) -> None:
    """Seal what the lists of these confidential sources hold. Call it in the transaction in which
    one became so, or in which rows came in."""
    for keys in _batches(_ROWS, "id", sources, _OPEN):
        _seal_rows(keys)
    for keys in _batches(_EVENTS, "pgh_id", sources, _OPEN):
        _seal_events(keys)
    for batch in ImportBatch.objects.filter(list__source__in=sources).exclude(file=""):
        lie_sealed(batch)


def open_lists(source: int) -> None:
    """Let the cells of the lists of a source lie open again; their history, and the files, stay
    sealed. What no key opens stays as it is."""
    for keys in _batches(_ROWS, "id", [source], _SHUT):
        rows = ListRow.objects.filter(pk__in=keys)
        _write_rows(
            {row.pk: dict(row.received) for row in rows if not _is_unreadable(row.received)}
        )


def reseal_lists() -> tuple[int, int]:
    """Seal all cells and files of lists under the present key: (sealed anew, key is missing).

    The file says whether it is sealed, not the source, which may have been opened or taken off.
    """
    done = lost = 0
    for table, key in ((_ROWS, "id"), (_EVENTS, "pgh_id")):
        for keys in _batches(table, key, None, _SHUT):
            with transaction.atomic():
                found = _read(table, key, keys)
                anew = {
                    pk: sealed_cells(dict(cells))
                    for pk, cells in found.items()
                    if isinstance(cells, OpenedCells) and not _is_unreadable(cells)
                }
                (_write_rows if table == _ROWS else _write_events)(anew)
            done, lost = done + len(anew), lost + len(found) - len(anew)
    trusted = ImportBatch.objects.filter(list__source__confidential=True)
    in_trust = set(trusted.values_list("pk", flat=True))
    for batch in ImportBatch.objects.exclude(file=""):
        if batch.pk in in_trust or is_sealed(batch):
            is_done = lie_sealed(batch, anew=True)
            done, lost = done + is_done, lost + (not is_done)
    return done, lost


def seal_file_if_told_in_trust(batch: ImportBatch) -> None:
    """Seal the file of a list whose source is known to be confidential. Raises OSError."""
    if Source.objects.filter(lists=batch.list_id, confidential=True).exists():
        lie_sealed(batch)


def seal_files_told_in_trust() -> int:
    """Seal the files of all lists whose source is confidential and that lie open; how many cannot
    be written."""
    failed = 0
    batches = ImportBatch.objects.filter(list__source__confidential=True).exclude(file="")
    for batch in batches.iterator():
        try:
            lie_sealed(batch)
        except OSError:
            failed += 1
    return failed


def _seal_rows(keys: list[int]) -> None:
    _write_rows({pk: sealed_cells(cells) for pk, cells in _read(_ROWS, "id", keys).items()})


def _seal_events(keys: list[int]) -> None:
    _write_events({pk: sealed_cells(cells) for pk, cells in _read(_EVENTS, "pgh_id", keys).items()})


def _is_unreadable(cells: Any) -> bool:
    return isinstance(cells, UnreadableCells)


_OPEN: Final = f"one.received <> '{{}}' AND coalesce(one.received ->> '', '') NOT LIKE '{SEALED}%%'"
_SHUT: Final = f"one.received ->> '' LIKE '{SEALED}%%'"


def _batches(
    table: str, key: str, sources: Collection[int] | None, condition: str
) -> Iterator[list[int]]:
    """Keys of rows of the lists of these sources, or of all, some hundred at a time."""
    of_sources = "" if sources is None else " AND list.source_id = ANY(%(sources)s)"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT one.{key} FROM {table} AS one"  # noqa: S608 - names of our own tables
            " JOIN incidents_sourcelist AS list ON list.id = one.list_id"
            f" WHERE {condition}{of_sources} ORDER BY 1",
            {"sources": list(sources or ())},
        )
        keys = [found for (found,) in cursor.fetchall()]
    for first in range(0, len(keys), _AT_ONCE):
        yield keys[first : first + _AT_ONCE]


def _read(table: str, key: str, keys: list[int]) -> dict[int, Any]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {key}, received::text FROM {table} WHERE {key} = ANY(%s)",  # noqa: S608
            [keys],
        )
        return {pk: opened_cells(json.loads(text)) for pk, text in cursor.fetchall()}


def _write_rows(cells: dict[int, Any]) -> None:
    """What is written lies otherwise and says the same: no new version of the row."""
    given = [{"id": pk, "cells": found} for pk, found in cells.items()]
    with _no_new_versions(), connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {_ROWS} AS one SET received = given.each -> 'cells'"  # noqa: S608
            " FROM (SELECT jsonb_array_elements(%s::jsonb) AS each) AS given"
            " WHERE one.id = (given.each ->> 'id')::bigint",
            [json.dumps(given)],
        )


def _write_events(cells: dict[int, Any]) -> None:
    """By the one door to the history (migration ``sealed_files``)."""
    if cells:
        wanted = [{"id": pk, "values": {"received": found}} for pk, found in cells.items()]
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT incidents_seal_history(%s, %s::jsonb)", [_EVENTS, json.dumps(wanted)]
            )


@contextmanager
def _no_new_versions() -> Iterator[None]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('pgtrigger.ignore', '{' || coalesce(string_agg(tgname, ','), '')"
            " || '}', true) FROM pg_trigger WHERE tgname LIKE 'pgtrigger%%'"
            " AND tgrelid = %s::regclass",
            [_ROWS],
        )
        yield
        cursor.execute("SELECT set_config('pgtrigger.ignore', '{}', true)")
