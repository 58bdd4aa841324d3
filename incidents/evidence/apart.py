"""Opening a file with programs that read its format: a process of its own, run by ``working``.

``python -m incidents.evidence.apart MEDIA_TYPE``: the file comes in as standard input. It has a
minute of processor time, 768 MB of memory, no child processes, and is told no variables of the
environment, so neither the database nor a secret. One line of JSON goes out (``dangers``, ``text``,
``is_cut``), then the bytes of a copy without metadata, if one could be made. An error here, and a
file that eats memory or time, ends this process and nothing else.

It is no cage for a file that takes the reader over: the process is one of the same account, with
the same disk and network. What comes out is looked at before it is kept (``working``); a closer
cage is for those who run the worker to build (``docs/evidence.md``).
"""

import json
import resource
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import islice
from typing import IO, Any, Final

from incidents.evidence.cleaning import IMAGES, clean_image, clean_pdf, dictionaries_within
from incidents.evidence.findings import Findings
from incidents.evidence.office import read_docx, read_odt
from incidents.evidence.plain import read_html, read_text

SECONDS: Final = 60
MEMORY: Final = 768 * 1024**2
MOST_OUT: Final = 200 * 1024**2
"""Bytes that may be written out, and that a document in an archive may have unpacked."""

MOST_PAGES: Final = 1000

_PDF: Final = "application/pdf"
_DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_ODT: Final = "application/vnd.oasis.opendocument.text"


def main(media_type: str) -> None:
    """Read the file on standard input, write to standard output."""
    for limit, most in (
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_FSIZE, MOST_OUT),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, 0),
    ):
        resource.setrlimit(limit, (most, most))
    found, copy = Findings(), b""
    file = sys.stdin.buffer
    try:
        copy = _reader_of(media_type)(file, found)
    except Exception:  # whatever a reader meets in a file that was built to break it
        found.dangers.add("unreadable")
    told = {"dangers": sorted(found.dangers), "text": found.text, "is_cut": found.is_cut}
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n" + copy)


def _reader_of(media_type: str) -> Callable[[IO[bytes], Findings], bytes]:
    if media_type in IMAGES:
        return lambda file, found: clean_image(file, media_type)
    if media_type == _PDF:
        return _read_pdf
    readers = {_DOCX: read_docx, _ODT: read_odt, "text/html": read_html, "text/plain": read_text}
    return lambda file, found: _only_read(readers.get(media_type), file, found)


def _only_read(
    reader: Callable[[IO[bytes], Findings], None] | None, file: IO[bytes], found: Findings
) -> bytes:
    """Read a file of which no copy is made."""
    if reader is not None:
        reader(file, found)
    return b""


_ACTING: Final = {
    "/JavaScript": "script",
    "/JS": "script",
    "/RichMedia": "script",
    "/XFA": "script",
    "/Launch": "action",
    "/OpenAction": "action",
    "/AA": "action",
    "/SubmitForm": "action",
    "/ImportData": "action",
    "/EmbeddedFile": "files-inside",
    "/EmbeddedFiles": "files-inside",
    "/EF": "files-inside",
    "/GoToE": "files-inside",
}


def _read_pdf(file: IO[bytes], found: Findings) -> bytes:
    from pypdf import PdfReader

    reader = PdfReader(file, strict=False)
    if reader.is_encrypted and not _opens(reader):
        found.dangers.add("locked")
        return b""
    found.dangers |= _acting(reader)
    if len(reader.pages) > MOST_PAGES:
        found.is_cut = True
    for page in islice(reader.pages, MOST_PAGES):
        if not found.add_text(page.extract_text() + "\n"):
            break
    return _copy_of_pdf(reader)


def _opens(reader: Any) -> bool:
    """Whether a PDF opens without a password: many are locked against changes alone."""
    try:
        return bool(reader.decrypt(""))
    except Exception:  # an unknown way of locking
        return False


def _acting(reader: Any) -> set[str]:
    """Dangers anywhere among the objects, those packed together included."""
    from pypdf.generic import NameObject

    numbers = {*reader.xref_objStm}
    for table in reader.xref.values():
        numbers |= set(table)
    found: set[str] = set()
    for each in dictionaries_within([reader.trailer, *_objects(reader, sorted(numbers))]):
        values = (each.raw_get(key) for key in each)
        words = {*map(str, each), *(str(name) for name in values if isinstance(name, NameObject))}
        found |= {_ACTING[word] for word in words & _ACTING.keys()}
    return found


def _objects(reader: Any, numbers: list[int]) -> Iterator[Any]:
    for number in numbers:
        # One that is broken says nothing of the others.
        with suppress(Exception):
            if number:
                yield reader.get_object(number)


def _copy_of_pdf(reader: Any) -> bytes:
    """No copy rather than one of some pages, or one that may still tell something."""
    if len(reader.pages) > MOST_PAGES:
        return b""
    try:
        return clean_pdf(reader)
    except Exception:  # the text was read: the file is not unreadable for that
        return b""


if __name__ == "__main__":
    main(sys.argv[1])
