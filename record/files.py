"""Lists as whole files: CSV, NDJSON and GeoJSON, written while they are read.

Each writer turns batches of finished texts into pieces of whole lines. Where reading fails in
the middle, ``broken`` is the last line: one that neither a person nor a parser can take for the
end of a whole file.
"""

import csv
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, Final

from record.columns import COLUMNS
from record.columns.column import Column
from record.kinds import Kind
from record.media_types import CSV, GEOJSON, NDJSON
from record.rows import MAPPED, cell, csv_line, csv_lines, harmless
from record.walking import Batch, Text

__all__ = ["FILE_FORMATS", "MAPPED", "FileFormat", "Sheet", "cell", "harmless"]

Batches = Iterable[Batch]

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

    @property
    def places(self) -> list[int]:
        """Where each of the columns stands among those of the kind, from 0."""
        where = {column.name: place for place, column in enumerate(COLUMNS[self.kind])}
        return [where[column.name] for column in self.columns]

    @property
    def is_whole(self) -> bool:
        """Whether it has every column, each in its place."""
        return tuple(self.columns) == COLUMNS[self.kind]


@dataclass(frozen=True, slots=True)
class FileFormat:
    """A way to write a list from the ``text`` of each object. ``by_columns``: from columns rather
    than as documents."""

    name: str
    media_type: str
    ending: str
    text: Text
    write: Callable[[Sheet, Batches], Iterator[bytes]]
    broken: Callable[[Sheet, str], bytes]
    mapped_only: bool = False

    @property
    def by_columns(self) -> bool:
        """Whether it is written from columns rather than as documents."""
        return self.text is not Text.DOCUMENT


# --- CSV --------------------------------------------------------------------------------------


def write_csv(sheet: Sheet, batches: Batches) -> Iterator[bytes]:
    """RFC 4180 in UTF-8; a missing value is an empty cell."""
    yield csv_line(column.name for column in sheet.columns).encode()
    if sheet.is_whole:
        yield from map(b"".join, batches)
        return
    choose = _chooser(sheet.places)
    for batch in batches:
        yield "".join(csv_lines(map(choose, read_lines(batch)))).encode()


def read_lines(batch: Batch) -> Iterator[list[str]]:
    """The cells of every column, as CSV holds them."""
    lines = [line.decode() for line in batch]
    if max(map(len, lines), default=0) <= csv.field_size_limit():
        return csv.reader(lines, strict=True)
    return map(_cells_of, lines)


_CELL: Final = re.compile('(?:"([^"]*(?:""[^"]*)*)"|([^",\r\n]*))(?:,|\r\n)')


def _cells_of(line: str) -> list[str]:
    """The same where a cell may be longer than the reader takes; its limit is for all readers of
    the process, and those of lists that come in need it."""
    return [quoted.replace('""', '"') or bare for quoted, bare in _CELL.findall(line)]


def _chooser(places: Sequence[int]) -> Callable[[Sequence[Any]], Sequence[Any]]:
    if len(places) == 1:
        (only,) = places
        return lambda cells: (cells[only],)
    return itemgetter(*places)


def write_csv_for_screens(sheet: Sheet, batches: Batches) -> Iterator[bytes]:
    """The same after a byte order mark, without which Excel shows Urdu and accents as rubbish."""
    yield BYTE_ORDER_MARK.encode()
    yield from write_csv(sheet, batches)


def broken_csv(sheet: Sheet, request_id: str) -> bytes:
    """A line with one cell more than there are columns, which strict readers refuse."""
    message = f"#error: {INCOMPLETE} ({request_id})"
    return csv_line([message, *[""] * len(sheet.columns)]).encode()


# --- NDJSON -----------------------------------------------------------------------------------


def write_ndjson(sheet: Sheet, batches: Batches) -> Iterator[bytes]:
    """A document a line, each as the API gives it, and nothing else."""
    for batch in batches:
        chosen = batch if sheet.members is None else _selected(sheet.members, batch)
        yield b"".join(part for document in chosen for part in (document, b"\n"))


def broken_ndjson(sheet: Sheet, request_id: str) -> bytes:
    """An object that has ``error`` and no reference."""
    return _json_line({"error": INCOMPLETE, "request_id": request_id})


def _selected(members: Sequence[str], batch: Batch) -> Iterator[bytes]:
    for document in batch:
        content = json.loads(document)
        kept = {name: content[name] for name in members if name in content}
        yield json.dumps(kept, ensure_ascii=False).encode()


# --- GeoJSON ----------------------------------------------------------------------------------


def write_geojson(sheet: Sheet, batches: Batches) -> Iterator[bytes]:
    """A feature a line (RFC 7946). What has no published point has no geometry and is there."""
    head = json.dumps({"type": "FeatureCollection", **sheet.about}, ensure_ascii=False)
    yield f'{head[:-1]}, "features": [\n'.encode()
    write = _feature_writer(sheet)
    between = b""
    for batch in batches:
        yield between + b",\n".join(map(write, batch))
        between = b",\n"
    yield b"\n]}\n"


def broken_geojson(sheet: Sheet, request_id: str) -> bytes:
    """An object behind which the collection is never closed: no parser reads it to the end."""
    return b"\n" + broken_ndjson(sheet, request_id)


def _feature_writer(sheet: Sheet) -> Callable[[bytes], bytes]:
    """Puts the values of an object, which are JSON already, behind the names of the columns."""
    columns = COLUMNS[sheet.kind]
    # Before the values of the columns stands the geometry, behind them what the point marks.
    geometry, (reference, *_others) = 0, range(1, len(columns) + 1)
    precision, coarsened = len(columns) + 1, len(columns) + 2
    named = [
        (column.name, 1 + place) for column, place in zip(sheet.columns, sheet.places, strict=True)
    ]
    named += [("precision", precision), ("coarsened", coarsened)]
    properties = ", ".join(f'"{name}": %b' for name, _place in named)
    template = f'{{"type": "Feature", "id": %b, "geometry": %b, "properties": {{{properties}}}}}'
    choose = itemgetter(reference, geometry, *(place for _name, place in named))
    pattern = template.encode()
    return lambda feature: pattern % choose(feature.split(b"\n"))


def _json_line(value: Any) -> bytes:
    return f"{json.dumps(value, ensure_ascii=False)}\n".encode()


FILE_FORMATS: Final[dict[str, FileFormat]] = {
    each.name: each
    for each in (
        FileFormat("csv", CSV, "csv", Text.LINE, write_csv_for_screens, broken_csv),
        FileFormat("csv-plain", CSV, "csv", Text.LINE, write_csv, broken_csv),
        FileFormat(
            "ndjson",
            NDJSON,
            "ndjson",
            Text.DOCUMENT,
            write_ndjson,
            broken_ndjson,
        ),
        FileFormat(
            "geojson",
            GEOJSON,
            "geojson",
            Text.FEATURE,
            write_geojson,
            broken_geojson,
            mapped_only=True,
        ),
    )
}
"""Those that are written while they are read, by the name that ``format`` takes."""
