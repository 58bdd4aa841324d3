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
from record.models.tally import UNITS, UnevenFact, Unit
from record.tallies.cells import Cell, Counted, cells, is_even, may_lie_elsewhere
from record.tallies.traits import COLUMNS as TRAIT_COLUMNS
from record.tallies.traits import TraitCell, TraitReading

_TYPES: Final = {
    **dict.fromkeys(("lacking", "grain", "trait"), "smallint"),
    "own": "boolean",
}

_READ: Final = f"""
    SELECT id, incident_id, violation_id, victim_id, type_1_id, type_2_id, type_3_id, (
            SELECT min(area.id) FROM reference_area AS area
            WHERE area.id = ANY (areas) AND area.level = 'country'
        ), province_id, division_id, district_id, start_earliest, start_latest, areas,
        {", ".join(TRAIT_COLUMNS)}
    FROM record_fact
    WHERE incident_id = ANY (%s::bigint[]) OR victim_id = ANY (%s::bigint[])
"""  # noqa: S608 - our own names


class _Kept:
    """A table of tallies, and the statements that change its rows."""

    def __init__(self, table: str, cell: type[Cell] | type[TraitCell]) -> None:
        key, columns = ", ".join(cell._fields), ", ".join((*cell._fields, *UNITS))
        keys = [f"%s::{_TYPES.get(name, 'integer')}[]" for name in cell._fields]
        numbers = ["%s::integer[]"] * len(UNITS)
        sums = ", ".join(f"{unit} = kept.{unit} + EXCLUDED.{unit}" for unit in UNITS)
        self._add = f"""
            INSERT INTO {table} AS kept ({columns})
            SELECT * FROM unnest({", ".join((*keys, *numbers))}) AS given ({columns})
            ON CONFLICT ({key}) DO UPDATE SET {sums}
        """  # noqa: S608 - our own names
        # A row of nothing would still say that something once was there.
        self._clear = f"""
            DELETE FROM {table}
            WHERE ({key}) IN (SELECT * FROM unnest({", ".join(keys)}))
                AND {" AND ".join(f"{unit} = 0" for unit in UNITS)}
        """  # noqa: S608 - our own names

    def change(self, before: "_Cells", after: "_Cells") -> None:
        """Store what the numbers of cells have become."""
        changes: dict[Any, dict[str, int]] = defaultdict(dict)
        for key in before.keys() | after.keys():
            if difference := after[key] - before[key]:
                changes[key[0]][key[1]] = difference
        if not changes:
            return
        # In the order of the index, where neighbours lie on one page.
        ordered = sorted(changes)
        fewer = [cell for cell in ordered if any(number < 0 for number in changes[cell].values())]
        with connection.cursor() as cursor:
            numbers = [[changes[cell].get(unit, 0) for cell in ordered] for unit in UNITS]
            cursor.execute(self._add, [*map(list, zip(*ordered, strict=True)), *numbers])
            if fewer:
                cursor.execute(self._clear, [*map(list, zip(*fewer, strict=True))])


_Cells = Counter[tuple[Any, str]]
"""How many objects of each unit are counted in each cell."""

_TALLIES: Final = _Kept("record_tally", Cell)
_TRAITS: Final = _Kept("record_traittally", TraitCell)


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
    _TALLIES.change(before.cells, after.cells)
    _TRAITS.change(before.traits, after.traits)
    _store_uneven(before.uneven, after.uneven)


@dataclass(frozen=True, slots=True)
class _Row:
    """A fact as read: what tallies know of it, and the cells of its traits."""

    fact: Counted
    traits: frozenset[TraitCell]


@dataclass(frozen=True, slots=True)
class _Uneven:
    """A fact of an object whose facts differ, and in what."""

    fact: Counted
    dates: bool
    places: bool


class _Counts:
    """Where some incidents, some victims and the violations of these incidents are counted."""

    def __init__(
        self, rows: list[_Row], incidents: Collection[int], victims: Collection[int]
    ) -> None:
        self.cells: _Cells = Counter()
        self.traits: _Cells = Counter()
        self.uneven: dict[tuple[int, int], _Uneven] = {}
        wanted = {Unit.INCIDENT: set(incidents), Unit.VICTIM: set(victims)}
        for unit, ids in wanted.items():
            column, name = unit.name.lower(), f"{unit.name.lower()}s"
            for found in _by_object(rows, column, ids).values():
                facts = [row.fact for row in found]
                self.cells.update((cell, name) for cell in cells(facts))
                traits = frozenset().union(*(row.traits for row in found))
                self.traits.update((cell, name) for cell in traits)
                differ = not is_even(facts), may_lie_elsewhere(facts)
                if any(differ):
                    self.uneven.update({(unit, fact.id): _Uneven(fact, *differ) for fact in facts})
        for row in rows:
            fact = row.fact
            if fact.violation is not None and fact.incident in wanted[Unit.INCIDENT]:
                self.cells.update((cell, "violations") for cell in cells([fact]))
                self.traits.update((cell, "violations") for cell in row.traits)


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
    traits = TraitReading()
    with connection.cursor() as cursor:
        cursor.execute(_READ, [sorted(incidents), sorted(victims)])
        return [_as_row(traits, *row) for row in cursor.fetchall()]


def _as_row(
    reading: TraitReading,
    id_: int,
    incident: int,
    violation: int | None,
    victim: int | None,
    *rest: Any,
) -> _Row:
    types, levels, dates, areas = rest[:3], rest[3:7], rest[7:9], rest[9]
    fact = Counted(id_, incident, violation, victim, types, levels, tuple(areas), *dates)
    return _Row(fact, reading.cells(types, levels[1], rest[10:]))


def _store_uneven(
    before: Mapping[tuple[int, int], _Uneven], after: Mapping[tuple[int, int], _Uneven]
) -> None:
    gone = [key for key, kept in before.items() if after.get(key) != kept]
    come = [_row(key[0], kept) for key, kept in after.items() if before.get(key) != kept]
    for unit in Unit:
        facts = [fact for of, fact in gone if of == unit]
        if facts:
            UnevenFact.objects.filter(unit=unit, fact__in=facts).delete()
    store_rows(come)


def _row(unit: int, uneven: _Uneven) -> UnevenFact:
    fact = uneven.fact
    types = dict(zip(("type_1_id", "type_2_id", "type_3_id"), fact.types, strict=True))
    levels = ("province_id", "division_id", "district_id")
    return UnevenFact(
        unit=unit,
        fact=fact.id,
        incident_id=fact.incident,
        victim_id=fact.victim,
        **types,
        areas=list(fact.named),
        **dict(zip(levels, fact.areas[1:], strict=True)),
        start_earliest=fact.earliest,
        start_latest=fact.latest,
        dates_differ=uneven.dates,
        places_differ=uneven.places,
    )
