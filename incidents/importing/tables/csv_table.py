"""Text tables: CSV with any separator and in any encoding."""

import csv
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from django.utils.translation import gettext as _

from incidents.importing.tables.csv_delimiter import given_delimiter, guessed_delimiter
from incidents.importing.tables.csv_text import Lines, encoding_of
from incidents.importing.tables.header import Header, no_rows, refuse_short_row, too_many_rows
from incidents.importing.tables.limits import MAX_ROWS
from incidents.importing.tables.refusal import FileRefused, Place
from incidents.importing.tables.rows import Table, TableOptions, TableRow

_SAMPLE_LINES = 200
_SAMPLE_CHARACTERS = 256 * 1024
_SEPARATOR_LINE = re.compile(r"\ufeff?sep=(.)\s*$", re.IGNORECASE)
"""A first line by which Excel names the separator."""


class CsvTable(Table):
    """A text table. Quotation marks are ``"``, doubled inside a cell, as in RFC 4180."""

    format = "csv"

    def __init__(self, path: Path, place: Place, options: TableOptions) -> None:
        """Find encoding, separator and columns. Raises FileRefused."""
        self._path, self._place = path, place
        self.encoding = encoding_of(path, place, options.encoding)
        self._header_row = options.header_row
        self.delimiter = self._find_delimiter(options.delimiter)
        self._header = self._read_header()
        self.columns = self._header.columns
        if next(self.rows(), None) is None:
            raise no_rows(place)

    def rows(self) -> Iterator[TableRow]:
        """Stream the rows that hold something. Raises FileRefused at the first bad one."""
        found = 0
        for number, line, cells in self._records():
            if number <= self._header.row or not cells:
                continue
            row = self._row(cells, self._place.at(row=number, line=line))
            if row is None:
                continue
            found += 1
            if found > MAX_ROWS:
                raise too_many_rows(self._place)
            yield row

    def _row(self, cells: list[str], place: Place) -> TableRow | None:
        header = self._header
        if len(cells) < header.width and any(map(str.strip, cells)):
            raise refuse_short_row(cells, header, place)
        return header.take(cells, place)

    def _records(self) -> Iterator[tuple[int, int, list[str]]]:
        """Number of each record, its first line, and its cells; blank lines count as records."""
        lines = Lines(self._path, self.encoding, self._place)
        reader = csv.reader(lines, delimiter=self.delimiter, strict=True)
        number = 0
        while True:
            number += 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                raise _faulty(str(error), self._place.at(row=number, line=lines.started)) from None
            yield number, lines.started, cells
            lines.begin_record()

    def _read_header(self) -> Header:
        for number, line, cells in self._records():
            if number == self._header_row:
                return Header.read(cells, self._place.at(line=line), number)
        raise self._place.refused(
            _("The file has no row %(number)d, which should hold the names of the columns.")
            % {"number": self._header_row}
        )

    def _find_delimiter(self, given: str) -> str:
        """The separator; passes over a first line that only names it."""
        sample, whole = self._sample()
        named = _SEPARATOR_LINE.match(sample[0]) if sample else None
        if named:
            self._header_row = max(self._header_row, 2)
        if given:
            return given_delimiter(given, self._place)
        if named:
            return given_delimiter(named[1], self._place)
        return guessed_delimiter(sample, whole=whole, header_row=self._header_row)

    def _sample(self) -> tuple[list[str], bool]:
        """The first lines, and whether these are all."""
        lines = iter(Lines(self._path, self.encoding, self._place))
        sample: list[str] = []
        for line in islice(lines, _SAMPLE_LINES):
            sample.append(line)
            if sum(map(len, sample)) > _SAMPLE_CHARACTERS:
                break
        return sample, next(lines, None) is None


def _faulty(fault: str, place: Place) -> FileRefused:
    """The error for a record that the standard library's reader refuses."""
    if "unexpected end" in fault or "field limit" in fault:
        return place.refused(
            _('A quotation mark (") is opened in this row and not closed where it should be.'),
            _("Close it, or take it away. Inside a cell it has to be doubled."),
        )
    return place.refused(
        _('A quotation mark (") stands in the middle of a cell of this row.'),
        _("Inside a cell in quotation marks each one has to be doubled."),
    )
