"""Keeping the tallies right while publishing: what a change takes away, and what it adds.

Rows of tallies are hot: everybody's publications meet in the same few. That is no harm, since
there is one publisher at a time; what changes goes to the database in one sorted batch.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection

from record.bulk import store_rows
from record.models.tally import UnevenFact, Unit
from record.tallies.cells import Cell, Counted, cells, is_even
from record.tallies.making import COLUMNS

_UNITS: Final = COLUMNS[len(Cell._fields) :]
_KEY: Final = ", ".join(Cell._fields)
_TYPES: Final = {"own": "boolean", "lacking": "smallint", "grain": "smallint"}
_ARRAYS: Final = ", ".join(f"%s::{_TYPES.get(name, 'integer')}[]" for name in COLUMNS)

_READ: Final = """
    SELECT id, incident_id, violation_id, victim_id, type_1_id, type_2_id, type_3_id, (
            SELECT min(area.id) FROM reference_area AS area
            WHERE area.id = ANY (areas) AND area.level = 'country'
        ), province_id, division_id, district_id, start_earliest, start_latest, areas
    FROM record_fact
    WHERE incident_id = ANY (%s::bigint[]) OR victim_id = ANY (%s::bigint[])
"""

_ADD: Final = f"""
    INSERT INTO record_tally AS kept ({", ".join(COLUMNS)})
    SELECT * FROM unnest({_ARRAYS}) AS given ({", ".join(COLUMNS)})
    ON CONFLICT ({_KEY}) DO UPDATE SET
        {", ".join(f"{unit} = kept.{unit} + EXCLUDED.{unit}" for unit in _UNITS)}
"""  # noqa: S608 - our own names

_CLEAR: Final = f"""
    DELETE FROM record_tally
    WHERE ({_KEY}) IN (SELECT * FROM unnest({
    ", ".join(f"%s::{_TYPES.get(name, 'integer')}[]" for name in Cell._fields)
}))
    AND incidents = 0 AND victims = 0 AND violations = 0
"""  # noqa: S608 - our own names


@contextmanager
def tallies_kept(
    incidents: Collection[int], victims: Collection[int], *, known: bool = True
) -> Iterator[None]:
    """Bring the tallies along with a change of the facts of these incidents and victims.

    All are named whose facts come, go or change. Not ``known``: none has a fact yet. Call it in a
    transaction under the publishing lock.
    """
    before = _Counts(_read(incidents, victims) if known else [], incidents, victims)
    yield
    after = _Counts(_read(incidents, victims), incidents, victims)
    _store_differences(before.cells, after.cells)
    _store_uneven(before.uneven, after.uneven)


@dataclass(frozen=True, slots=True)
class _Row:
    """A fact as read: what tallies know of it, and its set of areas."""

    fact: Counted
    areas: list[int]


class _Counts:
    """Where some incidents, some victims and the violations of these incidents are counted."""

    def __init__(
        self, rows: list[_Row], incidents: Collection[int], victims: Collection[int]
    ) -> None:
        self.cells: Counter[tuple[Cell, str]] = Counter()
        self.uneven: dict[tuple[int, int], _Row] = {}
        wanted = {Unit.INCIDENT: set(incidents), Unit.VICTIM: set(victims)}
        for unit, ids in wanted.items():
            column, name = unit.name.lower(), f"{unit.name.lower()}s"
            for found in _by_object(rows, column, ids).values():
                facts = [row.fact for row in found]
                self.cells.update((cell, name) for cell in cells(facts))
                if not is_even(facts):
                    self.uneven.update({(unit.value, row.fact.id): row for row in found})
        for row in rows:
            fact = row.fact
            if fact.violation is not None and fact.incident in wanted[Unit.INCIDENT]:
                self.cells.update((cell, "violations") for cell in cells([fact]))


def _by_object(
    rows: Iterable[_Row], column: str, wanted: Collection[int]
) -> Mapping[int, list[_Row]]:
    found: dict[int, list[_Row]] = defaultdict(list)
    for row in rows:
        key = getattr(row.fact, column)
        if key in wanted:
            found[key].append(row)
    return found


def _read(incidents: Collection[int], victims: Collection[int]) -> list[_Row]:
    with connection.cursor() as cursor:
        cursor.execute(_READ, [sorted(incidents), sorted(victims)])
        return [_as_row(*row) for row in cursor.fetchall()]


def _as_row(
    id_: int,
    incident: int,
    violation: int | None,
    victim: int | None,
    *rest: Any,
) -> _Row:
    types, areas, dates = rest[:3], rest[3:7], rest[7:9]
    return _Row(Counted(id_, incident, violation, victim, types, areas, *dates), rest[9])


def _store_differences(before: Counter[tuple[Cell, str]], after: Counter[tuple[Cell, str]]) -> None:
    changes: dict[Cell, dict[str, int]] = defaultdict(dict)
    for key in before.keys() | after.keys():
        if difference := after[key] - before[key]:
            changes[key[0]][key[1]] = difference
    if not changes:
        return
    # In the order of the index, where neighbours lie on one page.
    ordered = sorted(changes)
    fewer = [cell for cell in ordered if any(number < 0 for number in changes[cell].values())]
    with connection.cursor() as cursor:
        numbers = [[changes[cell].get(unit, 0) for cell in ordered] for unit in _UNITS]
        cursor.execute(_ADD, [*map(list, zip(*ordered, strict=True)), *numbers])
        if fewer:
            # A row of nothing would still say that something once was there.
            cursor.execute(_CLEAR, [*map(list, zip(*fewer, strict=True))])


def _store_uneven(
    before: Mapping[tuple[int, int], _Row], after: Mapping[tuple[int, int], _Row]
) -> None:
    gone = [key for key, row in before.items() if after.get(key) != row]
    come = [_uneven(key[0], row) for key, row in after.items() if before.get(key) != row]
    for unit in Unit:
        facts = [fact for of, fact in gone if of == unit]
        if facts:
            UnevenFact.objects.filter(unit=unit, fact__in=facts).delete()
    store_rows(come)


def _uneven(unit: int, row: _Row) -> UnevenFact:
    fact = row.fact
    types = dict(zip(("type_1_id", "type_2_id", "type_3_id"), fact.types, strict=True))
    levels = ("province_id", "division_id", "district_id")
    return UnevenFact(
        unit=unit,
        fact=fact.id,
        incident_id=fact.incident,
        victim_id=fact.victim,
        **types,
        areas=row.areas,
        **dict(zip(levels, fact.areas[1:], strict=True)),
        start_earliest=fact.earliest,
        start_latest=fact.latest,
    )
