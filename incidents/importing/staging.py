"""The rows of a file in a temporary table, read back case by case.

Rows of one case may stand anywhere in the file; the database brings them together, so that memory
does not grow with the file. Cases come in the order of their first row.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from incidents.importing.copying import copy_lines, escaped
from incidents.importing.drafts import KeyedRow
from incidents.importing.problems import Problem
from incidents.models import ImportBatch, ListCase, ListRow, Severity
from incidents.models.sealed_json import opened_cells

LONGEST_KEY: Final = 300
MOST_ROWS_OF_A_CASE: Final = 5_000
"""Rows of one case are held in memory together; no incident has that many."""

_ROWS_A_READ: Final = 500
_ROWS_NAMED: Final = 10

_as_json: Final = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class StagedRow:
    """A row as it was received: its key, its number in the file, its cells as JSON, their hash."""

    key: str
    number: int
    received: str
    digest: str
    is_new: bool
    changed: bool

    def keyed(self) -> KeyedRow:
        """The row as the drafting reads it."""
        return KeyedRow(self.key, self.number, json.loads(self.received))


@dataclass(frozen=True, slots=True)
class StagedCase:
    """All rows of the file that tell of one incident; ``id`` of the case if the list has it."""

    key: str
    id: int | None
    rows: list[StagedRow]


@dataclass(frozen=True, slots=True)
class Row:
    """A row on its way into the table."""

    number: int
    key: str
    case_key: str
    cells: dict[str, str]


class UnstorableRow(ValueError):
    """A row holds a character that no database stores. ``number`` is the row of the file."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


def received_as_json(cells: dict[str, str]) -> str:
    """The cells in the one form of which the hash is taken."""
    return _as_json(cells)


def digest_of(received: str) -> str:
    """SHA-256 of a row as received."""
    return hashlib.sha256(received.encode()).hexdigest()


def fill(rows: Iterable[Row]) -> int:
    """Put the rows of a file into the table of this transaction; return how many.

    Raises UnstorableRow.
    """
    with connection.cursor() as cursor:
        cursor.execute(_TABLES)
        copy_lines("import_row", _ROW_COLUMNS, map(_line, rows))
        cursor.execute("ANALYZE import_row")
        cursor.execute("SELECT count(*) FROM import_row")
        [(count,)] = cursor.fetchall()
        return int(count)


def number_alike() -> None:
    """Tell rows apart that have the same key because they have the same content.

    Only for lists without a key of their own: the second row that reads the same becomes ``…#2``.
    """
    _do(_NUMBER_ALIKE, [])


def compare(list_id: int | None, mapping: str) -> None:
    """Find out what the list has already. Call after ``fill`` and before anything below.

    Cases of which no row differs and whose mapping is the former one are left out of ``cases``.
    """
    _do(_COMPARE, {"list": list_id, "mapping": mapping, "most": MOST_ROWS_OF_A_CASE})


def problems(key: Sequence[str] = ()) -> Iterator[Problem]:
    """Rows without a key, keys that stand there twice, moved rows, cases of too many rows.

    ``key`` are the columns that name a row. Their cases are not among ``cases``.
    """
    named = ", ".join(key)
    for (number,) in _read(_KEYLESS):
        yield Problem(
            row=number,
            column=named,
            code="no-key",
            reason=_("The columns that name a row are empty in row %(row)d.") % {"row": number},
            remedy=_("Fill them, so that a corrected list can find the row again."),
            severity=Severity.REFUSED,
        )
    for row_key, number, alike in _read(_DOUBLE):
        yield Problem(
            row=number,
            key=row_key,
            column=named,
            value=row_key,
            code="duplicate-key",
            reason=_("Rows %(rows)s have the same key.") % {"rows": _in_words(alike)},
            remedy=_("Correct the key of all but one, or remove the rows that are not needed."),
            severity=Severity.REFUSED,
        )
    for row_key, number, case, former in _read(_MOVED):
        yield Problem(
            row=number,
            key=row_key,
            value=case,
            code="moved-row",
            reason=_("This row stands in the case “%(former)s” and would move to “%(case)s”.")
            % {"former": former, "case": case},
            remedy=_("Undo the earlier import first, or keep the row in its case."),
            severity=Severity.REFUSED,
        )
    for case, number, count in _read(_CROWDED):
        yield Problem(
            row=number,
            value=case,
            code="too-many-rows",
            reason=_("%(count)d rows form one case; at most %(most)d can.")
            % {"count": count, "most": MOST_ROWS_OF_A_CASE},
            remedy=_("Check the columns that say which rows are one incident."),
            severity=Severity.REFUSED,
        )


def _in_words(numbers: list[int]) -> str:
    """Numbers of rows one after another, of very many the first."""
    shown = [str(number) for number in numbers[:_ROWS_NAMED]]
    if len(numbers) > _ROWS_NAMED:
        shown.append("…")
    return pgettext("between the items of a list", ", ").join(shown)


@dataclass(frozen=True, slots=True)
class Tally:
    """How the rows and cases of the file stand to what the list has."""

    rows: int
    cases: int
    rows_unchanged: int
    rows_refused: int
    cases_refused: int
    rows_left: int
    """Rows of cases that are still to be read."""


def tally() -> Tally:
    """Count what ``compare`` found."""
    [counts] = _read(_TALLY)
    return Tally(*counts)


def gone(list_id: int) -> Iterator[tuple[str, int]]:
    """Key and former number of each row that the list has and the file has not."""
    yield from _read(_GONE, {"list": list_id})


def has_new() -> bool:
    """Whether the file has a row that the list has not."""
    [(found,)] = _read("SELECT EXISTS (SELECT 1 FROM import_row WHERE known_case IS NULL)")
    return bool(found)


def known(list_id: int, most: int) -> Iterator[tuple[str, str]]:
    """The first rows that the list has and the file too: as received before, as received now."""
    for before, now in _read(_KNOWN, {"list": list_id, "most": most}):
        yield json.dumps(opened_cells(json.loads(before))), now


def cases() -> Iterator[StagedCase]:
    """The cases that are new or differ, a few hundred rows in memory at a time."""
    with connection.chunked_cursor() as cursor:
        cursor.cursor.itersize = _ROWS_A_READ
        cursor.execute(_CASES)
        for (key, case_id), rows in groupby(cursor, key=lambda row: (row[0], row[1])):
            yield StagedCase(key, case_id, [StagedRow(*row[2:]) for row in rows])


def _line(row: Row) -> str:
    received = received_as_json(row.cells)
    try:
        digest = digest_of(received)
    except UnicodeEncodeError:
        raise UnstorableRow(row.number) from None
    if "\\u0000" in received and "\x00" in "".join(row.cells.values()):
        raise UnstorableRow(row.number)
    key, case_key = fitting(row.key), fitting(row.case_key)
    return f"{row.number}\t{escaped(key)}\t{escaped(case_key)}\t{digest}\t{escaped(received)}\n"


def fitting(key: str) -> str:
    """A key that the column holds: a long one ends in the hash of the whole."""
    if len(key) <= LONGEST_KEY:
        return key
    return f"{key[: LONGEST_KEY - 65]}…{hashlib.sha256(key.encode()).hexdigest()}"


def _do(statement: str, values: Sequence[Any] | dict[str, Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def _read(statement: str, values: dict[str, Any] | None = None) -> Iterator[tuple[Any, ...]]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(statement, values)
        yield from cursor


_ROW_COLUMNS: Final = ("number", "key", "case_key", "digest", "received")

_TABLES: Final = """
    DROP TABLE IF EXISTS import_row, import_case;
    CREATE TEMPORARY TABLE import_row (
        number integer NOT NULL, key text NOT NULL, case_key text NOT NULL,
        digest text NOT NULL, received text NOT NULL
    ) ON COMMIT DROP
"""

_NUMBER_ALIKE: Final = """
    WITH alike AS (
        SELECT ctid AS at, row_number() OVER (PARTITION BY key ORDER BY number) AS nth
        FROM import_row
    )
    UPDATE import_row SET
        key = key || '#' || nth,
        case_key = CASE WHEN case_key = key THEN key || '#' || nth ELSE case_key END
    FROM alike WHERE import_row.ctid = at AND nth > 1
"""

_COMPARE: Final = f"""
    CREATE TEMPORARY TABLE import_case ON COMMIT DROP AS
    WITH known AS (
        SELECT key, digest, case_id FROM {ListRow._meta.db_table} WHERE list_id = %(list)s
    ), listed AS (
        SELECT one.id, one.key, batch.mapping = %(mapping)s AS same_mapping
        FROM {ListCase._meta.db_table} AS one
        JOIN {ImportBatch._meta.db_table} AS batch ON batch.id = one.last_batch_id
        WHERE one.list_id = %(list)s
    ), doubled AS (
        SELECT key FROM import_row GROUP BY key HAVING count(*) > 1 OR key = ''
    )
    SELECT
        staged.case_key AS key,
        listed.id,
        min(staged.number) AS first,
        count(*) AS rows,
        bool_and(known.key IS NOT NULL AND known.digest = staged.digest AND listed.same_mapping
            AND known.case_id = listed.id) AS unchanged,
        bool_or(known.case_id <> listed.id OR (known.case_id IS NOT NULL AND listed.id IS NULL))
            AS moved,
        bool_or(doubled.key IS NOT NULL) AS doubled,
        count(*) > %(most)s AS crowded
    FROM import_row AS staged
    LEFT JOIN known ON known.key = staged.key
    LEFT JOIN doubled ON doubled.key = staged.key
    LEFT JOIN listed ON listed.key = staged.case_key
    GROUP BY staged.case_key, listed.id;
    ALTER TABLE import_row ADD COLUMN known_digest text, ADD COLUMN known_case bigint;
    UPDATE import_row SET known_digest = known.digest, known_case = known.case_id
        FROM {ListRow._meta.db_table} AS known
        WHERE known.list_id = %(list)s AND known.key = import_row.key;
    ANALYZE import_case
"""  # noqa: S608 - our own tables' names

_FIT: Final = "NOT (unchanged OR coalesce(moved, false) OR doubled OR crowded)"

_KEYLESS: Final = "SELECT number FROM import_row WHERE key = '' ORDER BY number"

_DOUBLE: Final = f"""
    SELECT key, number, alike
    FROM import_row JOIN (
        SELECT key, (array_agg(number ORDER BY number))[1:{_ROWS_NAMED + 1}] AS alike
        FROM import_row WHERE key <> '' GROUP BY key HAVING count(*) > 1
    ) AS doubled USING (key)
    ORDER BY number
"""  # noqa: S608 - a number of ours

_MOVED: Final = f"""
    SELECT staged.key, staged.number, staged.case_key, former.key
    FROM import_row AS staged JOIN {ListCase._meta.db_table} AS former
        ON former.id = staged.known_case AND former.key <> staged.case_key
    ORDER BY staged.number
"""  # noqa: S608

_CROWDED: Final = "SELECT key, first, rows FROM import_case WHERE crowded ORDER BY first"

_TALLY: Final = f"""
    SELECT
        coalesce(sum(rows), 0)::bigint,
        count(*),
        (SELECT count(*) FROM import_row AS staged JOIN import_case AS one
            ON one.key = staged.case_key
            WHERE NOT coalesce(moved, false) AND NOT doubled AND NOT crowded
                AND staged.known_digest = staged.digest),
        coalesce(sum(rows) FILTER (WHERE coalesce(moved, false) OR doubled OR crowded), 0)::bigint,
        count(*) FILTER (WHERE coalesce(moved, false) OR doubled OR crowded),
        coalesce(sum(rows) FILTER (WHERE {_FIT}), 0)::bigint
    FROM import_case
"""  # noqa: S608

_GONE: Final = f"""
    SELECT known.key, known.number FROM {ListRow._meta.db_table} AS known
    WHERE known.list_id = %(list)s AND known.received <> '{{}}'
        AND NOT EXISTS (SELECT 1 FROM import_row AS staged WHERE staged.key = known.key)
    ORDER BY known.number
"""  # noqa: S608

_KNOWN: Final = f"""
    SELECT known.received::text, staged.received
    FROM {ListRow._meta.db_table} AS known JOIN import_row AS staged ON staged.key = known.key
    WHERE known.list_id = %(list)s ORDER BY known.id LIMIT %(most)s
"""  # noqa: S608

_CASES: Final = f"""
    SELECT one.key, one.id, staged.key, staged.number, staged.received, staged.digest,
        staged.known_case IS NULL, staged.known_digest IS DISTINCT FROM staged.digest
    FROM import_case AS one JOIN import_row AS staged ON staged.case_key = one.key
    WHERE {_FIT}
    ORDER BY one.first, staged.number
"""  # noqa: S608
