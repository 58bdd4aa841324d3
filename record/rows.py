"""The finished cells of objects: made from documents by the columns, stored beside them.

Made when an object is published or derived anew, so that a file of any length is read from the
database as it stands. ``columns`` remains the one definition: what is stored is what it gives.
"""

import csv
import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, Final, NamedTuple

from record.bulk import Writes
from record.columns import COLUMNS
from record.columns.column import Value
from record.kinds import Kind
from record.models import (
    AgencyRow,
    Entry,
    IncidentRow,
    LegalActionRow,
    Row,
    SourceRow,
    VictimRow,
    ViolationRow,
)
from record.reading import Document

ROW_OF: Final[dict[Kind, type[Row]]] = {
    Kind.INCIDENT: IncidentRow,
    Kind.VICTIM: VictimRow,
    Kind.VIOLATION: ViolationRow,
    Kind.AGENCY: AgencyRow,
    Kind.LEGAL_ACTION: LegalActionRow,
    Kind.SOURCE: SourceRow,
}

MAPPED: Final = frozenset({Kind.INCIDENT, Kind.VIOLATION, Kind.VICTIM})
"""The kinds whose documents hold a place where something happened."""

LINE_END: Final = "\r\n"

_FORM: Final = 2
"""To be raised when columns of the same names come to say something else."""

_FORMULA: Final = re.compile("(?:\\A|(?<=;))(?=[=+\\-@\\t\\r\\n\uff1d\uff0b\uff0d\uff20])")
# In many countries spreadsheets take the semicolon for the end of a cell; some fold the full
# width characters into the plain ones.

_BEGINNINGS: Final = frozenset("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")


class RowText(NamedTuple):
    """The two texts of a ``Row``."""

    line: str
    feature: str


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula: an apostrophe before what begins one, at the
    start or behind a semicolon."""
    if text[:1] in _BEGINNINGS or ";" in text:
        return _FORMULA.sub("'", text)
    return text


def cell(value: Value) -> Value:
    """A value as a table holds it: text made harmless, numbers as they are, words for truth."""
    if isinstance(value, str):
        return harmless(value)
    return str(value).lower() if isinstance(value, bool) else value


def csv_line(values: Iterable[Value]) -> str:
    """A line of RFC 4180 with its end; a missing value is an empty cell."""
    (line,) = csv_lines([values])
    return line


def csv_lines(rows: Iterable[Iterable[Value]]) -> list[str]:
    """The same for many rows."""
    lines = _Lines()
    csv.writer(lines, lineterminator=LINE_END).writerows(rows)
    return lines


class _Lines(list[str]):
    """What the writer takes for a file: it writes a line at a time."""

    def write(self, line: str) -> None:
        self.append(line)


def row_of(kind: Kind, document: Document) -> RowText:
    """What files say of the object with this document."""
    values = [column.read(document) for column in COLUMNS[kind]]
    line = csv_line(map(cell, values))
    return RowText(line, _feature(kind, document, values) if kind in MAPPED else "")


@cache
def made_of(kind: Kind) -> str:
    """Names the columns of a kind as they are now: another name whenever they change."""
    names = ",".join(column.name for column in COLUMNS[kind])
    return hashlib.sha256(f"{_FORM} {names}".encode()).hexdigest()[:16]


def store_file_rows(kind: Kind, written: Sequence[tuple[Entry, Document]], writes: Writes) -> None:
    """Store the rows of live entries of one kind; rows that are right stay as they are."""
    texts = [row_of(kind, document) for _entry, document in written]
    writes.add(
        _STORE.format(table=ROW_OF[kind]._meta.db_table),
        [
            made_of(kind),
            [entry.pk for entry, _document in written],
            [text.line for text in texts],
            [text.feature for text in texts],
        ],
    )


_STORE: Final = """
    INSERT INTO {table} AS stored (entry_id, made_of, line, feature)
    SELECT id, %s, line, feature
    FROM unnest(%s::bigint[], %s::text[], %s::text[]) AS given (id, line, feature)
    ON CONFLICT (entry_id) DO UPDATE
    SET made_of = EXCLUDED.made_of, line = EXCLUDED.line, feature = EXCLUDED.feature
    WHERE (stored.made_of, stored.line, stored.feature)
        <> (EXCLUDED.made_of, EXCLUDED.line, EXCLUDED.feature)
    """


# --- maps -------------------------------------------------------------------------------------


def _feature(kind: Kind, document: Document, values: Sequence[Value]) -> str:
    """The geometry, every column, ``precision`` and ``coarsened`` as JSON, a value a line.

    ``precision`` says what the point is the point of; ``coarsened`` that it is the middle of an
    area, because the place itself is not known or not published.
    """
    point = published_point(kind, document)
    geometry = point and {"type": "Point", "coordinates": [point["lon"], point["lat"]]}
    precision = point and point["of"]
    members = [*values, precision, point and precision != "place"]
    # JSON holds no line end that is not escaped, so one can stand between the members.
    listed = json.dumps(members, ensure_ascii=False, separators=("\n", ":"))
    return f"{json.dumps(geometry)}\n{listed[1:-1]}"


def published_point(kind: Kind, document: Document) -> Any:
    """Where it happened; of a victim, where the last violation did that has a point."""
    acts = reversed(document.get("violations") or ()) if kind is Kind.VICTIM else (document,)
    places = (act.get("place") or {} for act in acts)
    return next((place["point"] for place in places if place.get("point")), None)
