"""Loading tables of areas into the database: all or nothing, as often as you like.

A table adds areas and corrects them; it never deletes one, nor a name. What a cell leaves empty
stays as it is in the database, so a coarser table does not wipe what was entered by hand.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import transaction

from reference.area_files import (
    PLAIN_FIELDS,
    AreaFileError,
    AreaRow,
    AreaTable,
    Problem,
    read_area_files,
)
from reference.dates import UncertainDate, UncertainDateError
from reference.models.area import (
    CODE_PATTERN,
    MAX_CODE_LENGTH,
    MAX_NAME_LENGTH,
    Area,
    AreaName,
    fold_place,
)

_DEGREES: Final = Decimal("0.00001")  # about a metre, and what the columns hold
_UPDATED: Final = (
    *("parent", "latitude", "longitude", "population"),
    *("established", "valid_from", "abolished", "valid_to"),
    *PLAIN_FIELDS,
)
_LEVELS: Final = Area.Level.values


@dataclass(slots=True)
class LoadReport:
    """What loading did: codes of the areas, the headers nobody understood, and how many areas that
    were there before lie elsewhere since."""

    created: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    ignored_columns: list[str] = field(default_factory=list)
    moved: int = 0


def load_areas(path: Path | None = None) -> LoadReport:
    """Load one table, or all tables of a folder together; by default those of `fixtures/areas`.

    The shapes of a table are described in `reference.area_files`. One transaction: raises
    AreaFileError, naming row and column of everything that is wrong, and then loads nothing.
    """
    table = read_area_files(_files(path or settings.BASE_DIR / "fixtures" / "areas"))
    with transaction.atomic():
        stored = {area.code: area for area in Area.objects.select_related("parent")}
        if problems := list(_problems(table, stored)):
            raise AreaFileError(problems)
        return _write(table, stored)


def _files(path: Path) -> list[Path]:
    return sorted(path.rglob("*.csv")) if path.is_dir() else [path]


def _write(table: AreaTable, stored: dict[str, Area]) -> LoadReport:
    known = set(stored)
    changed = {area.pk for area in _write_areas(table.rows, stored)}
    # A new area has no path yet.
    moved = Area.objects.all().rebuild_paths() - (len(stored) - len(known))
    changed |= AreaName.objects.all().record({stored[row.code]: row.names for row in table.rows})
    changed |= _write_predecessors(table.rows, stored)
    report = LoadReport(ignored_columns=table.ignored_columns, moved=moved)
    for row in table.rows:
        if row.code not in known:
            report.created.append(row.code)
        elif stored[row.code].pk in changed:
            report.updated.append(row.code)
        else:
            report.unchanged.append(row.code)
    return report


def _write_areas(rows: Iterable[AreaRow], stored: dict[str, Area]) -> list[Area]:
    """Create and update level by level, since an area needs the id of its parent."""
    changed: list[Area] = []
    by_level: dict[str, list[AreaRow]] = {level: [] for level in _LEVELS}
    for row in rows:
        by_level[row.level].append(row)
    for level, level_rows in by_level.items():
        new = []
        for row in level_rows:
            area = stored.get(row.code)
            values = _values(row) | {"parent": stored[row.parent] if row.parent else None}
            if area is None:
                stored[row.code] = Area(code=row.code, level=level, **values)
                new.append(stored[row.code])
            elif any(getattr(area, column) != value for column, value in values.items()):
                for column, value in values.items():
                    setattr(area, column, value)
                changed.append(area)
        Area.objects.bulk_create(new)
    Area.objects.bulk_update(changed, _UPDATED)
    return changed


def _write_predecessors(rows: Iterable[AreaRow], stored: dict[str, Area]) -> set[int]:
    """Add what is missing; returns the ids of the areas that gained a predecessor."""
    through = Area.predecessors.through
    wanted = {(stored[row.code].pk, stored[code].pk) for row in rows for code in row.predecessors}
    there = set(through._default_manager.values_list("from_area_id", "to_area_id"))
    through._default_manager.bulk_create(
        through(from_area_id=area, to_area_id=predecessor)
        for area, predecessor in sorted(wanted - there)
    )
    return {area for area, _ in wanted - there}


def _values(row: AreaRow) -> dict[str, Any]:
    """The column values a row gives, as `_cell_problems` has found them readable."""
    return {column: _read(column, cell) for column, cell in row.cells.items()}


def _read(column: str, cell: str) -> Any:
    if column in {"latitude", "longitude"}:
        return Decimal(cell).quantize(_DEGREES)
    if column in {"established", "abolished"}:
        return UncertainDate.parse(cell)
    return int(cell) if column == "population" else cell


def _problems(table: AreaTable, stored: dict[str, Area]) -> Iterable[Problem]:
    """Everything that is wrong with the rows, in their order."""
    levels = {code: area.level for code, area in stored.items()}
    seen: dict[str, AreaRow] = {}
    for row in table.rows:
        if row.code in seen:
            yield row.problem("code", f"{row.code} is already in row {seen[row.code].row}")
        seen[row.code] = row
        levels.setdefault(row.code, row.level)
    for row in table.rows:
        yield from _place_problems(row, levels)
        yield from _name_problems(row, known=row.code in stored)
        yield from _cell_problems(row, stored.get(row.code))


def _place_problems(row: AreaRow, levels: dict[str, str]) -> Iterable[Problem]:
    if not re.fullmatch(CODE_PATTERN, row.code) or len(row.code) > MAX_CODE_LENGTH:
        yield row.problem("code", f"“{row.code}” is not a code: letters, digits and . _ - only")
    if row.level not in _LEVELS:
        yield row.problem("level", f"“{row.level}” is none of {', '.join(_LEVELS)}")
        return
    if levels[row.code] != row.level:
        yield row.problem("level", f"{row.code} is already known as a {levels[row.code]}")
    if (row.level == "country") == bool(row.parent):
        yield row.problem("parent", "a country has no parent; every other area has one")
    elif row.parent and row.parent not in levels:
        yield row.problem("parent", f"no area has the code {row.parent}")
    elif row.parent and not _is_wider(levels[row.parent], row.level):
        yield row.problem("parent", f"{row.parent} is not wider than a {row.level}")
    for code in row.predecessors:
        if code not in levels:
            yield row.problem("predecessors", f"no area has the code {code}")


def _is_wider(level: str, than: str) -> bool:
    return level in _LEVELS and _LEVELS.index(level) < _LEVELS.index(than)


def _name_problems(row: AreaRow, *, known: bool) -> Iterable[Problem]:
    name = row.cells.get("name", "")
    if not name and not known:
        yield row.problem("name", "the area needs a name")
    elif name and not fold_place(name):
        yield row.problem("name", f"“{name}” has no letters")
    for text in (name, row.cells.get("name_local", ""), *(alias for _, alias in row.names)):
        if len(text) > MAX_NAME_LENGTH:
            yield row.problem("name", f"“{text[:20]}…” is longer than {MAX_NAME_LENGTH} letters")


def _cell_problems(row: AreaRow, area: Area | None) -> Iterable[Problem]:
    for column, cell in row.cells.items():
        try:
            value = _read(column, cell)
        except UncertainDateError:
            yield row.problem(column, f"“{cell}” is not a date such as 2022-09-01, 2022-09 or 2022")
        except (InvalidOperation, ValueError):
            yield row.problem(column, f"“{cell}” is not a number")
        else:
            limit = {"latitude": 90, "longitude": 180}.get(column)
            if limit and not abs(value) <= limit:
                yield row.problem(column, f"{cell} is beyond {limit} degrees")
            if column == "population" and value < 0:
                yield row.problem(column, "is below zero")
    both = {"latitude", "longitude"} - set(row.cells)
    if len(both) == 1 and (area is None or area.latitude is None):
        yield row.problem(both.pop(), "a point needs a latitude and a longitude")
