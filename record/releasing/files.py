"""Writing the files of a release: whole, on the disk, and with their hashes."""

import csv
import io
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from record.columns import COLUMNS
from record.files import MAPPED, Sheet, cell, write_csv, write_geojson
from record.follow_the_money import MEDIA_TYPE as FTM_TYPE
from record.follow_the_money import write_entities
from record.kinds import Kind
from record.releasing.lines import documents_in
from record.releasing.manifest import ReleasedFile
from record.rows import RowText, row_of

CSV: Final = "text/csv"
NDJSON: Final = "application/x-ndjson"
GEOJSON: Final = "application/geo+json"
JSON: Final = "application/json"
TEXT: Final = "text/plain"
MARKDOWN: Final = "text/markdown"

ENTITIES: Final = "entities.ftm.json"
SUMS: Final = "SHA256SUMS"


def ndjson_name(kind: Kind) -> str:
    """The file of documents, from which all others of this kind are made."""
    return f"{kind.plural}.ndjson"


def write_file(
    folder: Path, name: str, pieces: Iterable[bytes], media_type: str, *, rows: int = 0
) -> ReleasedFile:
    """Write a file piece by piece and have it on the disk before anything is said of it."""
    digest, size = sha256(), 0
    with (folder / name).open("xb") as file:
        for piece in pieces:
            file.write(piece)
            digest.update(piece)
            size += len(piece)
        file.flush()
        os.fsync(file.fileno())
    return ReleasedFile(
        name=name, bytes=size, sha256=digest.hexdigest(), media_type=media_type, rows=rows
    )


def write_text(folder: Path, name: str, text: str, media_type: str) -> ReleasedFile:
    """Write a small file."""
    return write_file(folder, name, [text.encode()], media_type)


def write_rows(
    folder: Path, name: str, header: list[str], rows: Iterable[Iterable[Any]]
) -> ReleasedFile:
    """Write a table as RFC 4180 has it, in UTF-8 without a byte order mark, texts made harmless
    for spreadsheets."""
    counted = _Counted(rows)
    written = write_file(folder, name, _table(header, counted), CSV)
    return replace(written, rows=counted.number)


def write_documents(
    folder: Path, kind: Kind, batches: Iterable[list[str]]
) -> tuple[ReleasedFile, int]:
    """Write documents one a line, each as the API gives it; also how many there are."""
    number = 0

    def lines() -> Iterator[bytes]:
        nonlocal number
        for batch in batches:
            number += len(batch)
            yield "".join(f"{document}\n" for document in batch).encode()

    written = write_file(folder, ndjson_name(kind), lines(), NDJSON)
    return replace(written, rows=number, kind=kind.plural), number


def write_tables(
    folder: Path, kind: Kind, rows: int, about: dict[str, Any]
) -> Iterator[ReleasedFile]:
    """Write the same records as a table and, where they have places, as points, out of the file
    of documents that is there already."""
    sheet = Sheet(kind, COLUMNS[kind], about)
    source = folder / ndjson_name(kind)
    lines = ([row.line.encode() for row in batch] for batch in _rows_in(source, kind))
    written = write_file(folder, f"{kind.plural}.csv", write_csv(sheet, lines), CSV)
    yield replace(written, rows=rows, kind=kind.plural)
    if kind in MAPPED:
        features = ([row.feature.encode() for row in batch] for batch in _rows_in(source, kind))
        pieces = write_geojson(sheet, features)
        written = write_file(folder, f"{kind.plural}.geojson", pieces, GEOJSON)
        yield replace(written, rows=rows, kind=kind.plural)


def _rows_in(source: Path, kind: Kind) -> Iterator[list[RowText]]:
    for batch in documents_in(source):
        yield [row_of(kind, json.loads(document)) for document in batch]


def write_all_entities(folder: Path) -> ReleasedFile:
    """Write every record as entities of FollowTheMoney, out of the files of documents."""
    number = 0

    def lines() -> Iterator[bytes]:
        nonlocal number
        for kind in Kind:
            for piece, entities in write_entities(kind, documents_in(folder / ndjson_name(kind))):
                number += entities
                yield piece

    written = write_file(folder, ENTITIES, lines(), FTM_TYPE)
    return replace(written, rows=number)


def write_sums(folder: Path, files: Iterable[ReleasedFile]) -> ReleasedFile:
    """Write the hashes of all other files, as ``sha256sum --check`` reads them."""
    lines = (f"{each.sha256}  {each.name}\n" for each in sorted(files, key=lambda one: one.name))
    return write_text(folder, SUMS, "".join(lines), TEXT)


class _Counted:
    """Rows, and how many there were."""

    def __init__(self, rows: Iterable[Iterable[Any]]) -> None:
        self._rows = rows
        self.number = 0

    def __iter__(self) -> Iterator[Iterable[Any]]:
        for row in self._rows:
            self.number += 1
            yield row


def _table(header: list[str], rows: Iterable[Iterable[Any]]) -> Iterator[bytes]:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow([cell(value) for value in row])
        if text.tell() > 1 << 16:
            yield text.getvalue().encode()
            text.seek(0)
            text.truncate()
    yield text.getvalue().encode()
