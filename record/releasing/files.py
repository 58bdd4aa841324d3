"""Writing the files of a release: whole, on the disk, and with their hashes."""

import csv
import io
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from hashlib import sha256
from itertools import tee, zip_longest
from pathlib import Path
from typing import IO, Any, Final

from record.columns import COLUMNS
from record.files import MAPPED, Sheet, cell, write_csv, write_geojson
from record.follow_the_money import MEDIA_TYPE as FTM_TYPE
from record.follow_the_money import write_entities
from record.kinds import Kind
from record.media_types import CSV, GEOJSON, NDJSON, TEXT
from record.releasing.lines import documents_in
from record.releasing.manifest import ReleasedFile
from record.rows import RowText, row_of

ENTITIES: Final = "entities.ftm.json"
SUMS: Final = "SHA256SUMS"


def ndjson_name(kind: Kind) -> str:
    """The file of documents, from which all others of this kind are made."""
    return f"{kind.plural}.ndjson"


def write_file(folder: Path, name: str, pieces: Iterable[bytes], media_type: str) -> ReleasedFile:
    """Write a file piece by piece and have it on the disk before anything is said of it."""
    (written,) = _write_together(folder, [(name, media_type, pieces)])
    return written


def _write_together(
    folder: Path, files: Sequence[tuple[str, str, Iterable[bytes]]]
) -> list[ReleasedFile]:
    """Write files by name, media type and pieces, a piece of each in turn: so pieces of several
    files can be made of what is in memory once."""
    with ExitStack() as held:
        growing = [_Growing(held.enter_context((folder / name).open("xb"))) for name, *_ in files]
        for pieces in zip_longest(*(pieces for _name, _type, pieces in files), fillvalue=b""):
            for file, piece in zip(growing, pieces, strict=True):
                file.add(piece)
        return [
            file.finished(name, media_type)
            for file, (name, media_type, _pieces) in zip(growing, files, strict=True)
        ]


class _Growing:
    """A file while it is written."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._digest = sha256()
        self._size = 0

    def add(self, piece: bytes) -> None:
        self._file.write(piece)
        self._digest.update(piece)
        self._size += len(piece)

    def finished(self, name: str, media_type: str) -> ReleasedFile:
        self._file.flush()
        os.fsync(self._file.fileno())
        hexadecimal = self._digest.hexdigest()
        return ReleasedFile(name=name, bytes=self._size, sha256=hexadecimal, media_type=media_type)


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
    batches = _rows_in(folder / ndjson_name(kind), kind)
    # What one of two readers has not taken is kept for it: only where there are two.
    of_table, *of_map = tee(batches) if kind in MAPPED else (batches,)
    lines = ([row.line.encode() for row in batch] for batch in of_table)
    files = [(f"{kind.plural}.csv", CSV, write_csv(sheet, lines))]
    for same in of_map:
        features = ([row.feature.encode() for row in batch] for batch in same)
        files.append((f"{kind.plural}.geojson", GEOJSON, write_geojson(sheet, features)))
    for written in _write_together(folder, files):
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
