"""The separator of a text table, told by which one divides the first rows evenly."""

import csv
from collections.abc import Sequence

from django.utils.translation import gettext as _

from incidents.importing.tables.refusal import Place

DELIMITERS = (",", ";", "\t", "|")
_WORDS = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "pipe": "|"}


def given_delimiter(given: str, place: Place) -> str:
    """The separator the user named, as one character; raises FileRefused for anything else."""
    delimiter = _WORDS.get(given.strip().lower(), given)
    if len(delimiter) != 1 or delimiter in '\r\n"':
        raise place.refused(
            _("“%(delimiter)s” cannot be a separator.") % {"delimiter": given},
            _("Give one character, such as ; or the word tab."),
        )
    return delimiter


def guessed_delimiter(lines: Sequence[str], *, whole: bool, header_row: int) -> str:
    """The likeliest separator of the first lines; a comma where nothing divides them.

    ``whole`` says that these are all lines of the file, so that the last record is complete.
    """
    scores = {
        delimiter: _evenness(_records(lines, delimiter, whole)[header_row - 1 :])
        for delimiter in DELIMITERS
    }
    return max(DELIMITERS, key=lambda delimiter: scores[delimiter])


def _records(lines: Sequence[str], delimiter: str, whole: bool) -> list[list[str]]:
    try:
        records = list(csv.reader(lines, delimiter=delimiter))
    except csv.Error:  # a quotation mark without end swallows the rest
        return []
    return records if whole else records[:-1]


def _evenness(records: list[list[str]]) -> tuple[float, int]:
    """Share of rows as wide as the header, and that width; nothing for a single column."""
    filled = [record for record in records if any(record)]
    if not filled or len(filled[0]) < 2:
        return 0.0, 0
    width = len(filled[0])
    return sum(len(record) == width for record in filled) / len(filled), width
