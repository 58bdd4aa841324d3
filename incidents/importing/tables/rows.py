"""What every kind of table gives: columns, and rows as text."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class TableOptions:
    """What the user says of a file; whatever is empty is found out from the file itself."""

    format: str = ""
    """``csv``, ``xlsx`` or ``json``."""
    encoding: str = ""
    """Any name that Python knows. For CSV alone."""
    delimiter: str = ""
    """One character, or ``tab``. For CSV alone."""
    sheet: str = ""
    """For XLSX alone; needed where several sheets hold something."""
    header_row: int = 1
    """The row with the names of the columns, counted from 1; rows above are not read."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row as text. ``number`` is counted as a spreadsheet does; for JSON, item 1 is first."""

    number: int
    cells: dict[str, str]
    """Column → text; every column is there, and an empty cell is the empty text."""


class Table(ABC):
    """An opened file. Holds no row; each call of :meth:`rows` reads the file from its start."""

    format: str
    encoding: str
    """Of the text; of a workbook always ``utf-8``."""
    columns: tuple[str, ...]
    """Names of the columns in the order of the file, without space around them."""

    @abstractmethod
    def rows(self) -> Iterator[TableRow]:
        """Stream the rows that hold something.

        Raises FileRefused at the first row that cannot be read, as late as that is found.
        """
