"""The statements that count narrow rows of facts in buckets, and what their rows say.

Of violations a row is counted under the numbers of its sets, which are told apart afterwards.
Incidents and victims may have several facts in a bucket; they are told apart some thousand at a
time, whose facts lie next to each other, since all at once no longer fit into memory.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any, Final

from record.models.narrow import NumberedSet
from record.models.tally import Unit
from record.narrow_facts import BLOCK, NARROW
from record.parameter_fields import UNKNOWN
from record.tallies.grouping import period_code
from record.where import EVERY_FACT, Where
from reference.vocabularies import terms

Row = tuple[tuple[Any, ...], int, int]

_AT_A_TIME: Final = 1_000

_NOBODY: Final = 0
"""Stands among the members of a set for there being none, as in ``record/groupings.py``."""

_MEMBERS: Final = f"""
    SELECT id AS number, unnest(
        CASE members WHEN '{{}}' THEN '{{{_NOBODY}}}' ELSE members END
    ) AS member FROM record_numberedset
"""  # noqa: S608 - our own names

_COUNTED: Final = {
    "incidents": ("incident_id", Unit.INCIDENT),
    "victims": ("victim_id", Unit.VICTIM),
    "violations": ("incident_id", Unit.INCIDENT),
}
"""By what the facts of each unit are gone through: a violation with the rest of its incident."""


@dataclass(frozen=True, slots=True)
class Column:
    """What a dimension is grouped by: an expression in SQL, or the members of a set."""

    sql: str
    members: str = ""
    period: str = ""
    is_whole_set: bool = False


_COLUMNS: Final[Mapping[str, Column]] = {
    **{name: Column(f"{name}_id") for name in ("province", "division", "district")},
    "month": Column("month", period="month"),
    "year": Column("CASE WHEN month < 0 THEN month ELSE month / 100 * 100 END", period="year"),
    "type": Column("coalesce(type_3_id, type_2_id, type_1_id)"),
    "type_group": Column("type_1_id"),
    "agency": Column("agencies_set", members="agencies"),
    "source_type": Column("source_types_set", members="source_types"),
    "attribution": Column("attributions_set", members="attributions"),
}

_TERMS: Final = {"sex": "sex", "age_group": "age-group", "grade": "grade"}


def columns_of(group_by: Sequence[str]) -> list[Column] | None:
    """What each dimension is grouped by; None where narrow rows do not hold one."""
    found = [_column(name) for name in group_by]
    known = [column for column in found if column is not None]
    return known if len(known) == len(found) else None


def _column(name: str) -> Column | None:
    if name == "status":
        return _status()
    if name in _TERMS:
        unknown = _unknown(_TERMS[name])
        column = f"{name}_id"
        return Column(column if unknown is None else f"coalesce({column}, {unknown.pk:d})")
    return _COLUMNS.get(name)


def _status() -> Column:
    """The set of the status with all above it; nothing recorded and "unknown" are one, NULL. The
    number of neither stands for both: it may be given only after some blocks were counted."""
    unknown = _unknown("victim-status")
    path = ",".join(str(pk) for pk in sorted(unknown.path)) if unknown else ""
    # Only our own numbers stand in this text.
    numbers = f"SELECT id FROM record_numberedset WHERE members IN ('{{}}', '{{{path}}}')"  # noqa: S608
    sql = f"CASE WHEN statuses_set = ANY (ARRAY({numbers})) THEN NULL ELSE statuses_set END"
    return Column(sql, is_whole_set=True)


def _unknown(vocabulary: str) -> Any:
    return next((each for each in terms(vocabulary, hidden=True) if each.code == UNKNOWN), None)


class NarrowCount:
    """What is counted, by what, and of which facts; ``sure``: how many of them for certain."""

    def __init__(
        self,
        unit: str,
        columns: Sequence[Column],
        where: Where = EVERY_FACT,
        sure: Where | None = None,
    ) -> None:
        self.unit, self.columns, self.where, self.sure = unit, columns, where, sure
        self.gone_through_by, self.blocks_of = _COUNTED[unit]
        self.values = [*(sure.values if sure else ()), *where.values]
        self._names = [f"bucket_{place}" for place in range(len(columns))]
        self._buckets = ", ".join(str(place + 1) for place in range(len(columns)))

    def whole(self) -> str:
        """Counts all at once."""
        return self._counted("")

    def in_turn(self) -> str:
        """The same, some objects at a time: an object has one turn, so their sums are right."""
        last = f"(SELECT max({self.gone_through_by}) FROM record_numberedfact)"  # noqa: S608
        return self._sums("", f"generate_series(0, {last} / {_AT_A_TIME}) AS turn")

    def of_blocks(self) -> str:
        """The same, each row with the block of objects that it counts; the blocks are given as
        the first value."""
        turns = BLOCK // _AT_A_TIME
        series = f"generate_series(block * {turns}, block * {turns} + {turns - 1}) AS turn"
        return self._sums("block, ", f"unnest(%s::integer[]) AS block, {series}")

    def _sums(self, also: str, turns: str) -> str:
        sure = ", sum(sure)::int" if self.sure else ""
        turn = f"""
            AND {self.gone_through_by} >= turn * {_AT_A_TIME}
            AND {self.gone_through_by} < (turn + 1) * {_AT_A_TIME}
        """
        names = f"{also}{', '.join(self._names)}"
        # Only our own names, numbers and compiled conditions stand in this text.
        return f"""
            SELECT {names}, sum(number)::int{sure}
            FROM {turns}, LATERAL ({self._counted(turn)}) AS counted GROUP BY {names}
        """  # noqa: S608

    def _counted(self, turn: str) -> str:
        return self._violations(turn) if self.unit == "violations" else self._objects(turn)

    def _violations(self, turn: str) -> str:
        """Each has one fact, so that their numbers add up."""
        chosen = ", ".join(
            f"{column.sql} AS {name}"
            for column, name in zip(self.columns, self._names, strict=True)
        )
        sure = f", count(*) FILTER (WHERE {self.sure.sql}) AS sure" if self.sure else ""
        # Only our own names, numbers and compiled conditions stand in this text.
        return f"""
            SELECT {chosen}, count(*) AS number{sure} FROM {NARROW}
            WHERE {self.where.sql} AND violation_id IS NOT NULL {turn} GROUP BY {self._buckets}
        """  # noqa: S608

    def _objects(self, turn: str) -> str:
        """Incidents or victims, each once in a bucket."""
        chosen, members = [], ""
        for place, column in enumerate(self.columns):
            chosen.append(f"of_{place}.member" if column.members else column.sql)
            if column.members:
                members += f" JOIN ({_MEMBERS}) AS of_{place} ON of_{place}.number = {column.sql}"
        names, key = ", ".join(self._names), self.gone_through_by
        surely = f", bool_or({self.sure.sql}) AS surely" if self.sure else ""
        sure = ", count(*) FILTER (WHERE surely) AS sure" if self.sure else ""
        # Only our own names, numbers and compiled conditions stand in this text.
        return f"""
            SELECT {names}, count(*) AS number{sure} FROM (
                SELECT {", ".join(chosen)}, {key}{surely} FROM {NARROW}{members}
                WHERE {self.where.sql} AND {key} IS NOT NULL {turn}
                GROUP BY {self._buckets}, {len(self.columns) + 1}
            ) AS found ({names}, object{", surely" if self.sure else ""})
            GROUP BY {self._buckets}
        """  # noqa: S608

    def told(self, rows: Iterable[Sequence[Any]]) -> list[Row]:
        """The values of each bucket as ``Grouping`` has them, with the sums of its rows."""
        size, rows = len(self.columns), list(rows)
        spread = self.unit == "violations"
        numbered = [
            place
            for place, column in enumerate(self.columns)
            if column.is_whole_set or (spread and column.members)
        ]
        sets = _sets({row[place] for row in rows for place in numbered} - {None})
        found: dict[tuple[Any, ...], list[int]] = defaultdict(lambda: [0, 0])
        for row in rows:
            raws = zip(row[:size], self.columns, strict=True)
            for key in product(*[_values(raw, column, sets, spread) for raw, column in raws]):
                sums = found[key]
                sums[0] += row[size]
                sums[1] += row[-1]
        return [(key, number, sure) for key, (number, sure) in found.items()]


def _values(
    raw: Any, column: Column, sets: Mapping[int, tuple[int, ...]], spread: bool
) -> Sequence[Any]:
    if raw is None:
        return (None,)
    if column.is_whole_set:
        return (sets[raw],)
    if column.period:
        return (period_code(raw, column.period),)
    if column.members and spread:
        return sets[raw] or (_NOBODY,)
    return (raw,)


def _sets(numbers: set[int]) -> dict[int, tuple[int, ...]]:
    if not numbers:
        return {}
    found = NumberedSet.objects.filter(pk__in=numbers).values_list("pk", "members")
    return {pk: tuple(members) for pk, members in found}
