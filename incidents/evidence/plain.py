"""Text and web pages: their letters, their words, and what a page fetches. Used by ``apart``."""

import codecs
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import IO, Any, Final

from incidents.evidence.findings import MOST_TEXT, Findings

_DECLARED: Final = re.compile(rb"""charset\s*=\s*["']?([A-Za-z0-9_-]{2,20})""", re.IGNORECASE)
_OLD: Final = ["cp1252", "cp1256", "iso8859_1", "iso8859_6"]
"""Encodings in which texts from Pakistan came before Unicode."""

_FETCHING: Final = frozenset({"src", "srcset", "poster", "background", "data", "style", "href"})
_OUTSIDE: Final = re.compile(r"""(?:^|[,('"])(?:(?:https?|ftp|file):|[/\\]{2})""", re.IGNORECASE)
"""Where an address begins that leads to another machine; not within a picture that is written out
in the page."""


def read_text(file: IO[bytes], found: Findings) -> None:
    """Plain text."""
    found.add_text(_decoded(file))


def read_html(file: IO[bytes], found: Findings) -> None:
    """What a reader of a page sees, and whether it fetches something while it is seen."""
    reader = _Words(found)
    text = _decoded(file)
    for begin in range(0, len(text), 65_536):
        reader.feed(text[begin : begin + 65_536])
        if found.is_cut:
            break


def _decoded(file: IO[bytes]) -> str:
    # Tags and scripts come off, so more is read than is kept.
    content = file.read(40 * MOST_TEXT)
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", "replace")
    # The last letter may be cut in two.
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    try:
        return decoder.decode(content)
    except UnicodeDecodeError:
        return content.decode(_encoding(content), "replace")


def _encoding(content: bytes) -> str:
    """In which letters a text is written that are not those of Unicode."""
    from charset_normalizer import from_bytes

    declared = _DECLARED.search(content[:4096])
    if declared is not None:
        try:
            name = codecs.lookup(declared[1].decode()).name
        except LookupError:
            name = ""
        if name.startswith(("cp125", "iso8859")):
            return name
    best = from_bytes(content[:65_536], cp_isolation=_OLD).best()
    return best.encoding if best is not None else "cp1252"


class _Words(HTMLParser):
    """What a reader of a web page sees."""

    _SILENT: Final = frozenset({"script", "style", "noscript", "template", "svg"})
    _BLOCKS: Final = frozenset(
        {"p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "td", "title"}
    )

    def __init__(self, found: Findings) -> None:
        super().__init__(convert_charrefs=True)
        self._found, self._silent = found, 0

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        """Leave scripts and styles out; see what is fetched."""
        self._silent += tag in self._SILENT
        if tag in self._BLOCKS:
            self._found.add_text("\n")
        for name, value in attrs:
            # Browsers pass over line ends and spaces within an address.
            if name in _FETCHING and not (name == "href" and tag in ("a", "area")):
                address = "".join((value or "").split())
                if _OUTSIDE.search(address):
                    self._found.dangers.add("from-outside")

    def handle_endtag(self, tag: str) -> None:
        """Come back from them."""
        self._silent -= tag in self._SILENT and self._silent > 0

    def handle_data(self, data: str) -> None:
        """Keep the words."""
        for words in self._spaced(data):
            self._found.add_text(words)

    def _spaced(self, data: str) -> Iterator[str]:
        if not self._silent and (words := " ".join(data.split())):
            yield f"{words} "
