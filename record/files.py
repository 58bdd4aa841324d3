"""Lists as whole files: CSV, NDJSON and GeoJSON, written while they are read.

Each writer turns batches of finished documents into pieces of whole lines. Where reading fails
in the middle, ``broken`` is the last line: one that neither a person nor a parser can take for
the end of a whole file.
"""

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from record.column_kinds import Column, Value
from record.kinds import Kind
from record.reading import Document

Batches = Iterable[Sequence[str]]

_FORMULA: Final = re.compile("(?:\\A|(?<=;))(?=[=+\\-@\\t\\r\\n\uff1d\uff0b\uff0d\uff20])")
# In many countries spreadsheets take the semicolon for the end of a cell; some fold the full
# width characters into the plain ones.
_LINE_END: Final = "\r\n"
BYTE_ORDER_MARK: Final = "\ufeff"

INCOMPLETE: Final = "incomplete: the server failed before the end of the list. Ask again."


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a file is of. ``columns`` are those chosen; ``about`` says of the file as a whole
    what was asked, of which data, and how to cite it."""

    kind: Kind
    columns: Sequence[Column]
    about: Mapping[str, Any]
    members: Sequence[str] | None = None
    """The members of documents asked for, where documents are written; None for all."""


@dataclass(frozen=True, slots=True)
class FileFormat:
    """A way to write a list. ``by_columns``: from columns rather than as documents."""

    name: str
    media_type: str
    ending: str
    write: Callable[[Sheet, Batches], Iterator[bytes]]
    broken: Callable[[Sheet, str], bytes]
    by_columns: bool = True
    mapped_only: bool = False


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula: an apostrophe before what begins one, at the
    start or behind a semicolon."""
    return _FORMULA.sub("'", text)


def cell(value: Value) -> Value:
    """A value as a table holds it: text made harmless, numbers as they are, words for truth."""
    if isinstance(value, str):
        return harmless(value) if value else value
    return str(value).lower() if isinstance(value, bool) else value


# --- CSV --------------------------------------------------------------------------------------


def write_csv(sheet: Sheet, batches: Batches) -> Iterator[bytes]:
    """RFC 4180 in UTF-8; a missing value is an empty cell."""
    yield _lines([[column.name for column in sheet.columns]])
    readers = [column.read for column in sheet.columns]
    for batch in batches:
        rows = (json.loads(document) for document in batch)
        yield _lines([cell(read(row)) for read in readers] for row in rows)


def write_csv_for_screens(sheet: Sheet, batches: Batches) -> Iterator[bytes]:
    """The same after a byte order mark, without which Excel shows Urdu and accents as rubbish."""
    yield BYTE_ORDER_MARK.encode()
    yield from write_csv(sheet, batches)


def broken_csv(sheet: Sheet, request_id: str) -> bytes:
    """A line with one cell more than there are columns, which strict readers refuse."""
    message = f"#error: {INCOMPLETE} ({request_id})"
    return _lines([[message, *[""] * len(sheet.columns)]])


def _lines(rows: Iterable[Iterable[Value]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator=_LINE_END).writerows(rows)
    return text.getvalue().encode()


# --- NDJSON -----------------------------------------------------------------------------------


def write_ndjson(sheet: Sheet, batches: Batches) -> Iterator[bytes]:
    """A document a line, each as the API gives it, and nothing else."""
    for batch in batches:
        yield "".join(f"{_selected(sheet, document)}\n" for document in batch).encode()


def broken_ndjson(sheet: Sheet, request_id: str) -> bytes:
    """An object that has ``error`` and no reference."""
    return _json_line({"error": INCOMPLETE, "request_id": request_id})


def _selected(sheet: Sheet, document: str) -> str:
    if sheet.members is None:
        return document
    content = json.loads(document)
    return json.dumps(
        {name: content[name] for name in sheet.members if name in content}, ensure_ascii=False
    )


# --- GeoJSON ----------------------------------------------------------------------------------


def write_geojson(sheet: Sheet, batches: Batches) -> Iterator[bytes]:
    """A feature a line (RFC 7946). What has no published point has no geometry and is there."""
    head = json.dumps({"type": "FeatureCollection", **sheet.about}, ensure_ascii=False)
    yield f'{head[:-1]}, "features": [\n'.encode()
    between = ""
    for batch in batches:
        features = [_feature(sheet, json.loads(document)) for document in batch]
        yield (between + ",\n".join(features)).encode()
        between = ",\n"
    yield b"\n]}\n"


def broken_geojson(sheet: Sheet, request_id: str) -> bytes:
    """An object behind which the collection is never closed: no parser reads it to the end."""
    return b"\n" + broken_ndjson(sheet, request_id)


def _feature(sheet: Sheet, document: Document) -> str:
    """``precision`` says what the point is the point of; ``coarsened`` that it is the middle of
    an area, because the place itself is not known or not published."""
    point = published_point(sheet.kind, document)
    feature = {
        "type": "Feature",
        "id": document["reference"],
        "geometry": point and {"type": "Point", "coordinates": [point["lon"], point["lat"]]},
        "properties": {
            **{column.name: column.read(document) for column in sheet.columns},
            "precision": point and point["of"],
            "coarsened": point and point["of"] != "place",
        },
    }
    return json.dumps(feature, ensure_ascii=False)


def published_point(kind: Kind, document: Document) -> Document | None:
    """Where it happened; of a victim, where the last violation did that has a point."""
    acts = reversed(document.get("violations") or ()) if kind is Kind.VICTIM else (document,)
    places = (act.get("place") or {} for act in acts)
    return next((place["point"] for place in places if place.get("point")), None)


def _json_line(value: Any) -> bytes:
    return f"{json.dumps(value, ensure_ascii=False)}\n".encode()


FILE_FORMATS: Final[dict[str, FileFormat]] = {
    each.name: each
    for each in (
        FileFormat("csv", "text/csv", "csv", write_csv_for_screens, broken_csv),
        FileFormat("csv-plain", "text/csv", "csv", write_csv, broken_csv),
        FileFormat(
            "ndjson",
            "application/x-ndjson",
            "ndjson",
            write_ndjson,
            broken_ndjson,
            by_columns=False,
        ),
        FileFormat(
            "geojson",
            "application/geo+json",
            "geojson",
            write_geojson,
            broken_geojson,
            mapped_only=True,
        ),
    )
}
"""Those that are written while they are read, by the name that ``format`` takes."""

MAPPED: Final = frozenset({Kind.INCIDENT, Kind.VIOLATION, Kind.VICTIM})
"""The kinds whose documents hold a place where something happened."""
