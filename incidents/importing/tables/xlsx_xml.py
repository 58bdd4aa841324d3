"""The XML of a workbook as calls of handlers: no tree is built, so that no size matters.

The parser of the standard library is used as it is, since the safe ones around it build trees.
What makes XML dangerous, entities and files beside it, needs a document type: any is refused.
"""

from collections.abc import Iterator
from typing import IO, Protocol
from xml.parsers import expat

from incidents.importing.tables.limits import CHUNK_BYTES, MAX_ROW_BYTES
from incidents.importing.tables.xlsx_package import Package


class Handler(Protocol):
    """What is called for each element, without the prefix of its name."""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def end(self, tag: str) -> None:
        """An element ends."""

    def text(self, text: str) -> None:
        """A piece of text; an element may have several."""


def parse(source: IO[bytes], handler: Handler, package: Package) -> Iterator[None]:
    """Feed a part to the handler, yielding after each piece so that results can be taken.

    Raises FileRefused for anything that is not plain XML.
    """
    parser = _parser(handler, package)
    fed = 0
    try:
        while chunk := source.read(CHUNK_BYTES):
            parser.Parse(chunk, False)
            fed += len(chunk)
            if fed - parser.CurrentByteIndex > MAX_ROW_BYTES:
                raise package.damaged()
            yield
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError, KeyError, IndexError, OverflowError) as error:
        raise package.damaged() from error
    yield


def parse_whole(source: IO[bytes], handler: Handler, package: Package) -> None:
    """Feed a small part to the handler."""
    for _piece in parse(source, handler, package):
        pass


def _parser(handler: Handler, package: Package) -> expat.XMLParserType:
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def start(tag: str, attributes: dict[str, str]) -> None:
        handler.start(tag.rpartition(":")[2], attributes)

    def end(tag: str) -> None:
        handler.end(tag.rpartition(":")[2])

    def begin(tag: str, attributes: dict[str, str]) -> None:
        """Take prefixes off the names only if the first one has any: it costs time."""
        prefixed = ":" in tag
        parser.StartElementHandler = start if prefixed else handler.start
        parser.EndElementHandler = end if prefixed else handler.end
        start(tag, attributes)

    def refuse(*_arguments: object) -> None:
        raise package.damaged()

    parser.StartElementHandler = begin
    parser.CharacterDataHandler = handler.text
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    return parser
