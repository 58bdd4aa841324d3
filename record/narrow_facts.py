"""Keeping the narrow rows of facts (``record/models/narrow.py``), and knowing what may be asked of
them. One statement derives them, for a publication as for all facts at once.
"""

from collections.abc import Collection
from typing import Final

from django.db import connection

from record.bulk import Writes
from record.filter_sets import Conditions
from record.models import Fact
from record.models.narrow import NumberedFact
from record.models.tally import Unit
from record.where import FACTS, speak_of

BLOCK: Final = 20_000
"""So many ids of incidents or victims are counted ahead together (``record/kept_blocks.py``)."""

SETS: Final = ("areas", "statuses", "agencies", "attributions", "source_types")
"""The columns of a fact that are sets, and numbered here."""

_COLUMNS: Final = tuple(field.attname for field in NumberedFact._meta.concrete_fields)
_COPIED: Final = tuple(name for name in _COLUMNS if name != "month" and not name.endswith("_set"))

_UNKNOWN, _SPANNING = -1, -2
_MONTH: Final = f"""
    CASE WHEN start_earliest IS NULL AND start_latest IS NULL THEN {_UNKNOWN}
        WHEN start_earliest IS NULL OR start_latest IS NULL THEN {_SPANNING}
        WHEN date_part('year', start_earliest) <> date_part('year', start_latest) THEN {_SPANNING}
        ELSE date_part('year', start_earliest)::int * 100 + CASE
            WHEN date_part('month', start_earliest) = date_part('month', start_latest)
            THEN date_part('month', start_earliest)::int ELSE 0 END
    END
"""
"""Months as the tallies write them: 202310 for October 2023, 202300 for a month of 2023."""

_STORED: Final = ", ".join((*_COPIED, *(f"{name}_set" for name in SETS), "month"))
_JOINED: Final = "\n".join(
    f"JOIN record_numberedset AS {name} ON {name}.members = fact.{name}" for name in SETS
)

# Only our own names stand in these texts.
_NUMBER_SETS: Final = f"""
    INSERT INTO record_numberedset (members)
    SELECT members FROM (
        SELECT DISTINCT given.members
        FROM record_fact AS fact, LATERAL (VALUES {", ".join(f"(fact.{name})" for name in SETS)})
            AS given (members)
        WHERE {{}}
    ) AS found
    WHERE NOT EXISTS (SELECT FROM record_numberedset AS kept WHERE kept.members = found.members)
    ON CONFLICT (members) DO NOTHING
"""  # noqa: S608

_DERIVED: Final = f"""
    SELECT {", ".join(f"fact.{name}" for name in _COPIED)},
        {", ".join(f"{name}.id" for name in SETS)}, {_MONTH}
    FROM record_fact AS fact
    {_JOINED}
    WHERE {{}}
"""  # noqa: S608

_INTO: Final = f"""
    INSERT INTO record_numberedfact ({_STORED})
"""

# An outer join with a table of which each row is found once costs nothing where nobody asks for
# its columns: the database leaves it out.
NARROW: Final = f"""(
    SELECT fact.*, {", ".join(f"{name}.members AS {name}" for name in SETS)}
    FROM record_numberedfact AS fact
    {" ".join(f"LEFT JOIN record_numberedset AS {of} ON {of}.id = fact.{of}_set" for of in SETS)}
) AS {FACTS}"""  # noqa: S608
"""What to select from: the narrow rows under the names that ``Fact`` has for what both hold, so
that a condition which speaks of nothing else finds the same facts."""

# What follows is said so that the database has as little as can be to think over: thinking takes
# longer than doing it.
_NUMBER_THESE: Final = """
    INSERT INTO record_numberedset (members)
    SELECT DISTINCT given::integer[] FROM unnest(%s::text[]) AS given
    WHERE NOT EXISTS (SELECT FROM record_numberedset WHERE members = given::integer[])
"""

_KEEP: Final = f"""
    {_INTO}
    SELECT {", ".join(f"fact.{name}" for name in _COPIED)},
        {", ".join(f"(SELECT id FROM record_numberedset WHERE members = {name})" for name in SETS)},
        {_MONTH}
    FROM record_fact AS fact WHERE fact.incident_id = ANY (%s::bigint[])
    ON CONFLICT (id) DO UPDATE SET
        {", ".join(f"{name} = EXCLUDED.{name}" for name in _COLUMNS if name != "id")}
"""  # noqa: S608

_DROP: Final = "DELETE FROM record_numberedfact WHERE id = ANY (%s::bigint[])"

_TOUCH: Final = f"""
    INSERT INTO record_blockversion AS kept (unit, block, version)
    SELECT DISTINCT unit, id / {BLOCK}, 1 FROM (
        SELECT {Unit.INCIDENT}, unnest(%s::integer[])
        UNION ALL SELECT {Unit.VICTIM}, unnest(%s::integer[])
    ) AS touched (unit, id)
    ON CONFLICT (unit, block) DO UPDATE SET version = kept.version + 1
"""  # noqa: S608


_TOUCH_ALL: Final = f"""
    INSERT INTO record_blockversion AS kept (unit, block, version)
    SELECT DISTINCT {{unit}}, {{column}} / {BLOCK}, 1
    FROM record_numberedfact WHERE {{column}} IS NOT NULL
    ON CONFLICT (unit, block) DO UPDATE SET version = kept.version + 1
"""  # noqa: S608


def keep_narrow(
    writes: Writes, facts: Collection[Fact], *, gone: Collection[Fact], touched: Collection[Fact]
) -> None:
    """Derive the rows of facts that came or changed, with those of the incidents they lie in, when
    ``writes`` have stored the facts. ``gone`` are facts that there were; ``touched`` all that are
    or were counted otherwise. Call it under the publishing lock."""
    if gone:
        writes.add(_DROP, [[fact.pk for fact in gone]])
    if facts:
        sets = {_as_text(getattr(fact, name)) for fact in facts for name in SETS}
        writes.add(_NUMBER_THESE, [sorted(sets)])
        writes.add(_KEEP, [sorted({fact.incident_id for fact in facts})])
    incidents = sorted({fact.incident_id for fact in touched})
    victims = sorted({fact.victim_id for fact in touched if fact.victim_id is not None})
    writes.add(_TOUCH, [incidents, victims])


def _as_text(members: Collection[int]) -> str:
    return f"{{{','.join(map(str, members))}}}"


def rebuild_narrow() -> None:
    """Derive all rows anew, in a transaction of the caller's, under the publishing lock where
    anybody may publish. Half a minute for a million incidents."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL work_mem = '128MB'; DELETE FROM record_numberedfact")
        cursor.execute("DELETE FROM record_numberedset; DELETE FROM record_blockcount")
        cursor.execute(_NUMBER_SETS.format("true"))
        cursor.execute("ANALYZE record_numberedset")
        # Neighbours of one incident lie on one page, where they are looked for.
        cursor.execute(f"{_INTO} {_DERIVED.format('true')} ORDER BY fact.incident_id, fact.id")
        # Somebody may be counting ahead by the numbers of before.
        for unit, column in ((Unit.INCIDENT, "incident_id"), (Unit.VICTIM, "victim_id")):
            cursor.execute(_TOUCH_ALL.format(unit=unit.value, column=column))


def narrow_that_differ() -> int:
    """How many rows are not what the facts say, those missing and those too many together."""
    # Only our own names stand in this text.
    statement = f"""
        WITH made AS MATERIALIZED ({_DERIVED.format("true")}),
            kept AS (SELECT {_STORED} FROM record_numberedfact)
        SELECT (SELECT count(*) FROM (TABLE made EXCEPT ALL TABLE kept) AS missing)
            + (SELECT count(*) FROM (TABLE kept EXCEPT ALL TABLE made) AS wrong)
            + (SELECT count(*) FROM record_fact) - (SELECT count(*) FROM made)
    """  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return int(cursor.fetchone()[0])


_KNOWN: Final = frozenset({name.removesuffix("_id") for name in _COPIED} | {*SETS, "pk"})


def tell(conditions: Conditions) -> bool:
    """Whether these conditions speak of nothing but what narrow rows hold."""
    return not conditions.own and speak_of(conditions.facts, _KNOWN)
