"""JSON as a stream of events, of which no single one can fill the memory."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import ijson
from django.utils.translation import gettext as _

from incidents.importing.tables.limits import CHUNK_BYTES, MAX_ROW_BYTES
from incidents.importing.tables.refusal import FileRefused, Place

Event = tuple[str, Any]
"""Name of an event as ``ijson.basic_parse`` has it, and its value."""

_MAX_DIGITS = 1_000
"""Python refuses whole numbers of 4,300 digits, and the parser in C does not survive that."""

_ENDLESS_NUMBER = re.compile(rb"\d{%d}" % _MAX_DIGITS)


@dataclass
class Position:
    """How far a reading has come: the item, and the column in it."""

    place: Place
    item: int = 0
    column: str = ""

    def refused(self, *sentences: str) -> FileRefused:
        """The error to raise for what was read last."""
        place = self.place.at(item=self.item) if self.item else self.place
        return place.at(column=self.column[:80]).refused(*sentences)


class _Watched:
    """A file that ends a reading in which nothing comes to an end."""

    def __init__(self, file: IO[bytes], position: Position) -> None:
        self._file, self._position, self.unfinished = file, position, 0
        self._end = b""

    def read(self, size: int) -> bytes:
        if self.unfinished > MAX_ROW_BYTES:
            raise self._position.refused(
                _("A single text or number has more than %(limit)d million characters.")
                % {"limit": MAX_ROW_BYTES // 1024**2}
            )
        chunk = self._file.read(size)
        self.unfinished += len(chunk)
        if _ENDLESS_NUMBER.search(self._end + chunk):
            raise self._position.refused(
                _("After this place a number has more than %(limit)d digits.")
                % {"limit": _MAX_DIGITS}
            )
        self._end = chunk[-_MAX_DIGITS:]
        return chunk


def events(path: Path, position: Position, *, several: bool) -> Iterator[Event]:
    """The events of a file; ``several`` allows one value after another, as NDJSON has them.

    Raises FileRefused where the file is no JSON.
    """
    with path.open("rb") as file:
        if file.read(3) != codecs.BOM_UTF8:
            file.seek(0)
        watched = _Watched(file, position)
        try:
            for event in ijson.basic_parse(watched, buf_size=CHUNK_BYTES, multiple_values=several):
                watched.unfinished = 0
                yield event
        except (ijson.JSONError, ValueError):
            raise position.refused(
                _("After this place the file is no valid JSON."),
                _(
                    "JSON is UTF-8; it knows no NaN or Infinity, no comments, and no comma before "
                    "a closing bracket. Let the program that made the file write it anew."
                ),
            ) from None
