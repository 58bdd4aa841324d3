"""The texts that cells of a workbook share, kept on the disk once they are many."""

import weakref
from array import array
from tempfile import SpooledTemporaryFile

from incidents.importing.tables.limits import MAX_ROW_BYTES, MAX_STRINGS, SPOOL_BYTES
from incidents.importing.tables.xlsx_package import Package
from incidents.importing.tables.xlsx_text import unescaped
from incidents.importing.tables.xlsx_xml import parse_whole

_CACHED = 20_000


class SharedStrings:
    """Text by number. The spool is a file without a name, gone with this object."""

    def __init__(self, package: Package, part: str) -> None:
        """Read the part; without one there are no texts. Raises FileRefused."""
        self._spool = SpooledTemporaryFile(max_size=SPOOL_BYTES)  # noqa: SIM115
        weakref.finalize(self, self._spool.close)
        self._ends = array("I", [0])  # a part is smaller than 4 GB
        self._cache: dict[int, str] = {}
        if part:
            with package.open(part) as source:
                parse_whole(source, _Strings(self), package)

    def add(self, text: str) -> None:
        """Keep one more text."""
        content = text.encode()
        self._spool.write(content)
        self._ends.append(self._ends[-1] + len(content))
        if len(self._ends) > MAX_STRINGS:
            raise ValueError("too many texts")

    def __getitem__(self, number: int) -> str:
        """Raises IndexError for a number that no text has."""
        found = self._cache.get(number)
        if found is not None:
            return found
        if number < 0:
            raise IndexError(number)
        begin, end = self._ends[number], self._ends[number + 1]
        self._spool.seek(begin)
        text = self._spool.read(end - begin).decode()
        if len(self._cache) >= _CACHED:
            self._cache.clear()
        self._cache[number] = text
        return text


class _Strings:
    """Handler of the part: the text of each ``si``, without the reading aids in ``rPh``."""

    def __init__(self, strings: SharedStrings) -> None:
        self._strings = strings
        self._pieces: list[str] = []
        self._taking, self._aid, self._size = False, False, 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "si":
            self._pieces, self._size = [], 0
        elif tag == "rPh":
            self._aid = True
        elif tag == "t":
            self._taking = not self._aid

    def text(self, text: str) -> None:
        if not self._taking:
            return
        self._pieces.append(text)
        self._size += len(text)
        if self._size > MAX_ROW_BYTES:
            raise ValueError("endless text")

    def end(self, tag: str) -> None:
        if tag == "t":
            self._taking = False
        elif tag == "rPh":
            self._aid = False
        elif tag == "si":
            self._strings.add(unescaped("".join(self._pieces)))
