"""Tallies made from all facts at once, in SQL: the same cells as ``cells.py`` gives.

Types and places are numbered first, so that what is joined and sorted are whole numbers. Objects
whose facts are all alike fall together before they are spread over their cells; only of the
others are the cells of each looked at.
"""

from typing import Any, Final

from django.db import connection, transaction

from record.models.tally import (
    OPEN_END,
    OPEN_START,
    SEVERAL_YEARS,
    UNITS,
    Grain,
    Lacking,
    Unit,
)
from record.tallies.traits import COLUMNS as TRAIT_COLUMNS
from record.tallies.traits import TRAITS, TraitCell, values_statement

COLUMNS: Final = (
    *("type", "area", "own", "lacking", "grain", "first", "last"),
    *UNITS,
)
"""The columns of ``Tally``: where is counted, then how many of each unit."""

UNEVEN_COLUMNS: Final = (
    *("unit", "fact", "incident_id", "victim_id"),
    *("type_1_id", "type_2_id", "type_3_id", "areas"),
    *("province_id", "division_id", "district_id", "start_earliest", "start_latest"),
    *("dates_differ", "places_differ"),
)

TRAIT_COLUMNS_KEPT: Final = (*TraitCell._fields, *UNITS)
"""The columns of ``TraitTally``, likewise."""

_MEMORY: Final = "SET LOCAL work_mem = '128MB'; SET LOCAL jit = off"

_PLACES: Final = f"""
    CREATE TEMP TABLE tally_place ON COMMIT DROP AS
        SELECT row_number() OVER ()::int AS place, *, coalesce((
            SELECT min(area.id) FROM reference_area AS area
            WHERE area.id = ANY (areas) AND area.level = 'country'
        ), 0) AS country
        FROM (
            SELECT DISTINCT areas, coalesce(province_id, 0) AS province,
                coalesce(division_id, 0) AS division, coalesce(district_id, 0) AS district
            FROM record_fact
        ) AS named;
    CREATE TEMP TABLE tally_place_cell ON COMMIT DROP AS
        SELECT place, within.area::int, lack.lacking::int
        FROM tally_place,
        LATERAL (VALUES
            (0, 0, true), (1, country, country <> 0), (2, province, province <> 0),
            (3, division, division <> 0), (4, district, district <> 0)
        ) AS within (depth, area, there),
        LATERAL (VALUES
            (9, {Lacking.NOTHING}, true), (2, {Lacking.PROVINCE}, province = 0),
            (3, {Lacking.DIVISION}, division = 0), (4, {Lacking.DISTRICT}, district = 0)
        ) AS lack (depth, lacking, there)
        WHERE within.there AND lack.there AND within.depth < lack.depth
        UNION ALL
        SELECT place, coalesce(nullif(division, 0), nullif(province, 0), country)::int,
            {Lacking.NARROWER}
        FROM tally_place
        WHERE district = 0 AND cardinality(areas) =
            (country <> 0)::int + (province <> 0)::int + (division <> 0)::int;
"""  # noqa: S608 - our own names

_TYPES: Final = """
    CREATE TEMP TABLE tally_kind ON COMMIT DROP AS
        SELECT row_number() OVER ()::int AS kind, * FROM (
            SELECT DISTINCT coalesce(type_1_id, 0) AS type_1, coalesce(type_2_id, 0) AS type_2,
                coalesce(type_3_id, 0) AS type_3
            FROM record_fact
        ) AS named;
    CREATE TEMP TABLE tally_kind_cell ON COMMIT DROP AS
        SELECT kind, cell.type::int, cell.own
        FROM tally_kind,
        LATERAL (VALUES
            (0, false, true), (type_1, false, type_1 <> 0),
            (type_2, false, type_2 <> 0), (type_3, false, type_3 <> 0),
            (CASE WHEN type_2 <> 0 THEN type_2 ELSE type_1 END, true, type_3 = 0)
        ) AS cell (type, own, there)
        WHERE cell.there;
"""


def _month(column: str, unknown: int) -> str:
    months = f"date_part('year', {column})::int * 12 + date_part('month', {column})::int - 1"
    return f"coalesce({months}, {unknown})"


def _bucket(side: int, keep: str) -> str:
    """The first or last month of the bucket of a year, unless ``keep`` says that months stay."""
    column = ("first", "last")[side]
    return f"""
        CASE WHEN first = {OPEN_START} AND last = {OPEN_END} OR {keep} THEN {column}
            WHEN first / 12 = last / 12 THEN first / 12 * 12 + {11 * side}
            ELSE {SEVERAL_YEARS[side]} END
    """


_SPAN: Final = ("first", "last", "year_first", "year_last", "month_first", "month_last")

_FACTS: Final = f"""
    CREATE TEMP TABLE tally_fact ON COMMIT DROP AS
        SELECT *,
            {_bucket(0, "false")} AS year_first, {_bucket(1, "false")} AS year_last,
            {_bucket(0, "first = last")} AS month_first, {_bucket(1, "first = last")} AS month_last
        FROM (
            SELECT incident_id AS incident, victim_id AS victim, violation_id AS violation,
                kind, place, province_id::int AS province, {", ".join(TRAIT_COLUMNS)},
                coalesce(start_earliest, '-infinity') AS earliest,
                coalesce(start_latest, 'infinity') AS latest,
                {_month("start_earliest", OPEN_START)} AS first,
                {_month("start_latest", OPEN_END)} AS last
            FROM record_fact AS fact
            JOIN tally_place AS place ON place.areas = fact.areas
                AND place.province = coalesce(province_id, 0)
                AND place.division = coalesce(division_id, 0)
                AND place.district = coalesce(district_id, 0)
            JOIN tally_kind AS kind ON kind.type_1 = coalesce(type_1_id, 0)
                AND kind.type_2 = coalesce(type_2_id, 0) AND kind.type_3 = coalesce(type_3_id, 0)
        ) AS read;
"""  # noqa: S608 - our own names

_IS_EVEN: Final = "min(earliest) = max(earliest) AND min(latest) = max(latest)"
_IS_SETTLED: Final = "min(place) = max(place)"
_IS_ALIKE: Final = f"{_IS_SETTLED} AND {_IS_EVEN}"
_SPANS: Final = ", ".join(_SPAN)


def _objects(unit: str, *, alike: bool) -> str:
    """The objects whose facts have one place and one date, or the others."""
    return f"""
        SELECT {unit}, {_IS_EVEN} AS even, {_IS_SETTLED} AS settled
        FROM tally_fact WHERE {unit} IS NOT NULL
        GROUP BY {unit} HAVING {"" if alike else "NOT"} ({_IS_ALIKE})
    """  # noqa: S608 - our own names


def _alike(unit: str, counts: str) -> str:
    return f"""
        SELECT type, own, place, {_SPANS}, {counts} FROM (
            SELECT DISTINCT {unit}, type, own, place, {_SPANS}
            FROM tally_fact JOIN ({_objects(unit, alike=True)}) AS alike USING ({unit})
            JOIN tally_kind_cell USING (kind)
        ) AS object GROUP BY type, own, place, {_SPANS}
    """  # noqa: S608 - our own names


def _several(unit: str, number: Unit) -> str:
    return f"""
        SELECT DISTINCT {number} AS unit, {unit} AS object, even, settled, kind, place, {_SPANS}
        FROM tally_fact JOIN ({_objects(unit, alike=False)}) AS several USING ({unit})
    """  # noqa: S608 - our own names


_OBJECTS: Final = f"""
    CREATE TEMP TABLE tally_alike ON COMMIT DROP AS
        SELECT type, own, place, {_SPANS}, true AS even, sum(incidents)::int AS incidents,
            sum(victims)::int AS victims, sum(violations)::int AS violations
        FROM (
            {_alike("incident", "count(*) AS incidents, 0 AS victims, 0 AS violations")}
            UNION ALL {_alike("victim", "0, count(*), 0")}
            UNION ALL
            SELECT type, own, place, {_SPANS}, 0, 0, count(*)
            FROM tally_fact JOIN tally_kind_cell USING (kind) WHERE violation IS NOT NULL
            GROUP BY type, own, place, {_SPANS}
        ) AS found
        GROUP BY type, own, place, {_SPANS};
    CREATE TEMP TABLE tally_several ON COMMIT DROP AS
        {_several("incident", Unit.INCIDENT)} UNION ALL {_several("victim", Unit.VICTIM)};
"""  # noqa: S608 - our own names

_ANALYZE: Final = """
    ANALYZE tally_place_cell; ANALYZE tally_kind_cell; ANALYZE tally_alike; ANALYZE tally_several
"""

_CELL: Final = f"""
    type, area, own, lacking, grain,
    CASE grain WHEN {Grain.EVEN} THEN first WHEN {Grain.WHOLE} THEN {OPEN_START}
        WHEN {Grain.YEAR} THEN year_first ELSE month_first END AS first,
    CASE grain WHEN {Grain.EVEN} THEN last WHEN {Grain.WHOLE} THEN {OPEN_START}
        WHEN {Grain.YEAR} THEN year_last ELSE month_last END AS last
"""
_SPREAD: Final = f"""
    JOIN tally_place_cell AS place USING (place)
    JOIN (VALUES
        (true, {Grain.EVEN}), (false, {Grain.WHOLE}), (false, {Grain.YEAR}), (false, {Grain.MONTH})
    ) AS counted (even, grain) ON counted.even = object.even
"""

_TALLIES: Final = f"""
    SELECT type, area, own, lacking, grain, first, last,
        sum(incidents)::int, sum(victims)::int, sum(violations)::int
    FROM (
        SELECT {_CELL}, incidents, victims, violations FROM tally_alike AS object {_SPREAD}
        UNION ALL
        SELECT type, area, own, lacking, grain, first, last,
            count(*) FILTER (WHERE unit = {Unit.INCIDENT}),
            count(*) FILTER (WHERE unit = {Unit.VICTIM}), 0
        FROM (
            SELECT DISTINCT unit, object, {_CELL}
            FROM (SELECT * FROM tally_several JOIN tally_kind_cell USING (kind)) AS object {_SPREAD}
            WHERE settled OR lacking <> {Lacking.NARROWER}
        ) AS cell
        GROUP BY 1, 2, 3, 4, 5, 6, 7
    ) AS found
    GROUP BY 1, 2, 3, 4, 5, 6, 7
"""  # noqa: S608 - our own names

_UNEVEN: Final = f"""
    SELECT {", ".join(UNEVEN_COLUMNS)} FROM (
        SELECT unit::smallint, object, NOT bool_and(even) AS dates_differ,
            NOT bool_and(settled) AND bool_or(district = 0) AS places_differ
        FROM tally_several JOIN tally_place USING (place) GROUP BY 1, 2
    ) AS uneven, LATERAL (
        SELECT *, id AS fact FROM record_fact
        WHERE incident_id = object AND unit = {Unit.INCIDENT}
        UNION ALL
        SELECT *, id FROM record_fact WHERE victim_id = object AND unit = {Unit.VICTIM}
    ) AS found
    WHERE dates_differ OR places_differ
"""  # noqa: S608 - our own names

_NODES: Final = """
    SELECT kind, type, 0 AS province, NULL::int AS within FROM tally_kind_cell WHERE NOT own
    UNION ALL
    SELECT kind, 0, province, province FROM tally_kind, (
        SELECT DISTINCT province::int FROM tally_place WHERE province <> 0
    ) AS named
"""
"""The types under which the traits of each kind of fact are counted, and the provinces; ``within``
is the province that the fact must have."""


def _traits() -> str:
    """All traits counted; made when it is asked for, since it names terms of vocabularies."""
    counted = [
        f"""
            SELECT {described.trait.value} AS trait, type, node.province, fact.own, value,
                count(DISTINCT incident)::int AS incidents,
                count(DISTINCT victim)::int AS victims, count(violation)::int AS violations
            FROM ({values_statement(described)}) AS fact
            JOIN ({_NODES}) AS node
                ON node.kind = fact.kind AND (within IS NULL OR within = fact.province)
            GROUP BY 1, 2, 3, 4, 5
        """  # noqa: S608 - our own names
        for described in TRAITS.values()
    ]
    return " UNION ALL ".join(counted)


def _tables() -> list[tuple[str, tuple[str, ...], str]]:
    return [
        ("record_tally", COLUMNS, f"{_TALLIES} ORDER BY 1, 2, 3, 4, 5, 6, 7"),
        ("record_unevenfact", UNEVEN_COLUMNS, _UNEVEN),
        ("record_traittally", TRAIT_COLUMNS_KEPT, _traits()),
    ]


def rebuild_tallies() -> None:
    """Make all tallies anew from the facts, in a transaction of its own.

    Call it under the publishing lock where anybody may publish. A second for ten thousand
    incidents, minutes for a million.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        _prepare(cursor)
        for table, columns, select in _tables():
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608 - our own names
            cursor.execute(f"INSERT INTO {table} ({', '.join(columns)}) {select}")
        cursor.execute(_FORGET)


def tallies_that_differ() -> int:
    """How many rows are not what the facts say, those missing and those too many together."""
    # Facts and tallies of one state, whoever publishes meanwhile. Inside somebody else's
    # transaction the isolation level is decided already.
    nested = connection.in_atomic_block
    with transaction.atomic(), connection.cursor() as cursor:
        if not nested:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        _prepare(cursor)
        differing = 0
        for table, columns, select in _tables():
            kept = f"SELECT {', '.join(columns)} FROM {table}"  # noqa: S608 - our own names
            cursor.execute(f"""
                WITH made AS MATERIALIZED ({select}), kept AS ({kept})
                SELECT (SELECT count(*) FROM (TABLE made EXCEPT TABLE kept) AS missing)
                    + (SELECT count(*) FROM (TABLE kept EXCEPT TABLE made) AS wrong)
            """)  # noqa: S608 - our own names
            differing += cursor.fetchone()[0]
        cursor.execute(_FORGET)
    return differing


def _prepare(cursor: Any) -> None:
    cursor.execute(_MEMORY)
    for statement in (_PLACES, _TYPES, "ANALYZE tally_place; ANALYZE tally_kind", _FACTS):
        cursor.execute(statement)
    cursor.execute("ANALYZE tally_fact")
    cursor.execute(_OBJECTS)
    cursor.execute(_ANALYZE)


# Two makings in one transaction would meet each other's tables.
_FORGET: Final = """
    DROP TABLE tally_place, tally_place_cell, tally_kind, tally_kind_cell, tally_fact,
        tally_alike, tally_several
"""
