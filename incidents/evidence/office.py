"""Documents of office programs, DOCX and ODT: XML in an archive. Used by ``apart`` alone.

Beside the words it is looked for what a document fetches by itself when it is opened, which tells
somebody elsewhere that it was. Links that a reader presses do not.
"""

import re
from collections.abc import Iterator
from typing import IO, Final
from zipfile import ZipFile

from incidents.evidence.findings import Findings

_LARGEST: Final = 40 * 1024**2
_AT_ONCE: Final = 64 * 1024

_OUTSIDE: Final = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*:|[/\\]|\.\.[/\\])", re.IGNORECASE)
"""How an address begins that leads out of the document."""

_FETCHING: Final = re.compile(
    r"\b(?:DDE|DDEAUTO|INCLUDE|INCLUDEPICTURE|INCLUDETEXT|IMPORT|LINK)\b", re.IGNORECASE
)
"""Fields of Word that take their content from somewhere else."""

_PRESSED: Final = frozenset({"a", "template"})
"""Elements of ODT whose address is followed by the reader, or when somebody asks for it."""


def read_docx(file: IO[bytes], found: Findings) -> None:
    """Words of the main text, and dangers of all parts."""
    with ZipFile(file) as archive:
        for name in archive.namelist():
            low = name.lower()
            if low.endswith(".rels"):
                _read(archive, name, _Relations(found))
            elif low.startswith("word/") and low.endswith(".xml"):
                is_main = name == "word/document.xml"
                _read(archive, name, _WordPart(found, is_main=is_main))
        types = b"".join(_parts(archive, "[Content_Types].xml")).lower()
        if b"macroenabled" in types or b"vbaproject" in types:
            found.dangers.add("macros")


def read_odt(file: IO[bytes], found: Findings) -> None:
    """Words of the main text, and dangers of all parts, the styles and inner documents included."""
    with ZipFile(file) as archive:
        for name in archive.namelist():
            if name.rpartition("/")[2] in ("content.xml", "styles.xml", "meta.xml"):
                _read(archive, name, _OpenPart(found, is_main=name == "content.xml"))


def _read(archive: ZipFile, name: str, reader: "_Reader") -> None:
    from defusedxml.ElementTree import XMLParser

    parser = XMLParser(target=reader, forbid_dtd=True)
    for part in _parts(archive, name):
        parser.feed(part)
    parser.close()


def _parts(archive: ZipFile, name: str) -> Iterator[bytes]:
    """A part of an archive, unpacked no further than its limit. Raises ValueError."""
    # No more is unpacked than this number says, whether it is true or not.
    if archive.getinfo(name).file_size > _LARGEST:
        raise ValueError("too large")
    with archive.open(name) as member:
        while part := member.read(_AT_ONCE):
            yield part


class _Reader:
    """What the parser tells of a part: elements as they begin and end, and the text between."""

    def __init__(self, found: Findings, *, is_main: bool = False) -> None:
        self.found = found
        self.has_words = is_main

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self.begin(_local(tag), {_local(name): value for name, value in attributes.items()})

    def end(self, tag: str) -> None:
        """An element ends."""
        self.finish(_local(tag))

    def data(self, text: str) -> None:
        """Text between them."""

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins; names are without their namespaces."""

    def finish(self, name: str) -> None:
        """An element ends."""

    def close(self) -> None:
        """The part ends."""

    def add(self, text: str) -> None:
        """Keep some of the words, in their order."""
        if self.has_words:
            self.has_words = self.found.add_text(text)


class _Relations(_Reader):
    """What a part of a DOCX is related to."""

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        """Something of another place that is no link."""
        is_link = attributes.get("Type", "").endswith("/hyperlink")
        if attributes.get("TargetMode") == "External" and not is_link:
            self.found.dangers.add("from-outside")


class _WordPart(_Reader):
    """A part of a DOCX: its text stands in ``t``, its fields in pieces of ``instrText``."""

    def __init__(self, found: Findings, *, is_main: bool) -> None:
        super().__init__(found, is_main=is_main)
        self._inside: list[str] = []
        self._field = ""

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        """A field may begin."""
        self._inside.append(name)
        if name == "fldSimple":
            self._look_at(attributes.get("instr", ""))
        elif name == "fldChar":
            self._look_at(self._field)
            self._field = ""

    def data(self, text: str) -> None:
        """Words, or a piece of what a field does; a word of it can be cut in pieces."""
        within = self._inside[-1] if self._inside else ""
        if within == "t":
            self.add(text)
        elif within == "instrText":
            self._field = (self._field + text)[-_AT_ONCE:]

    def finish(self, name: str) -> None:
        """A line or a field ends."""
        self._inside.pop()
        if name in ("p", "br", "cr"):
            self.add("\n")
        elif name == "tab":
            self.add("\t")

    def close(self) -> None:
        """A field that nothing ended is one all the same."""
        self._look_at(self._field)

    def _look_at(self, field: str) -> None:
        if _FETCHING.search(field):
            self.found.dangers.add("from-outside")


class _OpenPart(_Reader):
    """A part of an ODT: its text stands in paragraphs and headings, and in what is within them."""

    def __init__(self, found: Findings, *, is_main: bool) -> None:
        super().__init__(found, is_main=is_main)
        self._depth = 0

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        """An address may be fetched from, or a script listen."""
        if name in ("p", "h"):
            self._depth += 1
        elif name == "s":
            self.add(" ")
        if name == "event-listener":
            self.found.dangers.add("script")
        fetches = name not in _PRESSED and _OUTSIDE.match(attributes.get("href", ""))
        if fetches or name in ("dde-source", "dde-connection-decl"):
            self.found.dangers.add("from-outside")

    def data(self, text: str) -> None:
        """Words; what stands between paragraphs is none."""
        if self._depth:
            self.add(text)

    def finish(self, name: str) -> None:
        """A line ends."""
        if name in ("p", "h"):
            self._depth -= 1
        if name in ("p", "h", "line-break"):
            self.add("\n")
        elif name == "tab":
            self.add("\t")


def _local(name: str) -> str:
    return name.rpartition("}")[2]
