"""What a file is by its content, without opening it with any program that reads its format.

Only beginnings, ends and lists of contents are looked at, in a bounded number of bytes, and whole
files for fixed words. What needs more than that is seen by the worker (``apart``).
"""

import re
import struct
from dataclasses import dataclass
from typing import IO, Final
from zipfile import BadZipFile, ZipFile

from django.utils.translation import gettext as _

from incidents.evidence.kinds import (
    DOCX,
    HTML,
    JPEG,
    KINDS,
    M4A,
    MP3,
    MP4,
    ODT,
    OGG,
    PDF,
    PNG,
    TAKEN_IN_WORDS,
    TEXT,
    TIFF,
    WEBP,
    promises_another,
)
from incidents.models import Danger
from incidents.sealing.streams import MAGIC

HEAD: Final = 64 * 1024
"""Bytes of the beginning that decide."""

_AT_ONCE: Final = 1024 * 1024
_OVERLAP: Final = 256
_LARGEST_DIRECTORY: Final = 1024 * 1024
_MOST_MEMBERS: Final = 4000

_PROGRAMS: Final = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe")
_ARCHIVE: Final = b"PK\x03\x04"
_OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_AUDIO_BRANDS: Final = (b"M4A ", b"M4B ")
_VIDEO_BRANDS: Final = (b"isom", b"iso", b"mp4", b"avc1", b"M4V ", b"MSNV", b"dash")

_PDF_WORDS: Final = {
    # Shorter words (/JS, /AA) stand in compressed data by chance; the worker sees those.
    Danger.SCRIPT: rb"/(?:JavaScript|RichMedia|XFA)(?![A-Za-z0-9])",
    Danger.ACTION: rb"/(?:OpenAction|Launch|SubmitForm|ImportData)(?![A-Za-z0-9])",
    Danger.FILES_INSIDE: rb"/(?:EmbeddedFiles?|GoToE)(?![A-Za-z0-9])",
    Danger.LOCKED: rb"/Encrypt(?![A-Za-z0-9])",
}
_HTML_WORDS: Final = {
    Danger.SCRIPT: (
        rb"(?i)<\s*script|[\s\"'/]on[a-z]{3,20}\s*=|(?:java|vb)script\s*:|data:text/html"
    ),
    Danger.FROM_OUTSIDE: (
        rb"(?i)<\s*(?:iframe|frame|object|embed|applet|link|base|image|use)\b"
        rb"|http-equiv\s*=\s*.?refresh|\burl\s*\(|@import"
        # An address of another machine, or one in disguise (&#104;ttp). No space is tried twice.
        rb"|\b(?:src|srcset|poster|background|data)\s*+=\s*+(?:[\"']\s*+)?(?:https?:|[/\\]{2}|&)"
    ),
}
_ESCAPED: Final = re.compile(rb"#([0-9A-Fa-f]{2})")
_NO_LETTERS: Final = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_PAGE: Final = re.compile(
    # Comments are passed over once and for all: tried again in another way they freeze a process.
    r"(?>(?:<\?xml[^>]*>\s*)?)(?>(?:<!--.*?-->\s*)*)(?:<!doctype html|<html)",
    re.DOTALL,
)


class FileRefused(Exception):
    """A file that is not taken in. The text says why, and how it can be mended."""


@dataclass(frozen=True, slots=True)
class Sniffed:
    """What a file is, and why it is to be kept apart, if it is."""

    media_type: str
    dangers: tuple[Danger, ...]


def sniff(file: IO[bytes], size: int, name: str) -> Sniffed:
    """What a file of ``size`` bytes is. Raises FileRefused."""
    if not size:
        raise FileRefused(_("The file is empty. Save it again and send that."))
    file.seek(0)
    head = file.read(HEAD)
    if head.startswith(_ARCHIVE):
        # Before its list of contents is read.
        _refuse_if_too_large(DOCX, size)
    found = _media_type(head, file, size)
    if found is None:
        raise FileRefused(_why_not(head))
    _refuse_if_too_large(found, size)
    dangers = set(_dangers(found, file, size, head))
    if promises_another(name, found):
        dangers.add(Danger.NOT_AS_NAMED)
    return Sniffed(found, tuple(sorted(dangers)))


def _refuse_if_too_large(media_type: str, size: int) -> None:
    most = KINDS[media_type].most_bytes
    if size > most:
        raise FileRefused(
            _(
                "The file has %(has)d MB; of this type at most %(most)d MB are taken. Save it "
                "smaller or in parts, and send those."
            )
            % {"has": -(-size // 1024**2), "most": most // 1024**2}
        )


def _media_type(head: bytes, file: IO[bytes], size: int) -> str | None:
    if head.startswith((*_PROGRAMS, MAGIC)):
        return None
    if head.startswith(_ARCHIVE):
        return _of_archive(file, size)
    return _by_signature(head) or _of_text(head, whole=size <= HEAD)


def _by_signature(head: bytes) -> str | None:
    beginnings = {
        b"\xff\xd8\xff": JPEG,
        b"\x89PNG\r\n\x1a\n": PNG,
        b"II*\x00": TIFF,
        b"MM\x00*": TIFF,
        b"OggS": OGG,
        b"ID3": MP3,
    }
    for beginning, media_type in beginnings.items():
        if head.startswith(beginning):
            return media_type
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return WEBP
    # Readers of PDF look for its mark in the first kilobyte, not at the first byte alone.
    if b"%PDF-" in head[:1024]:
        return PDF
    if head[4:8] == b"ftyp":
        return _of_brand(head[8:12])
    if len(head) > 2 and head[0] == 0xFF and head[1] in (0xFB, 0xFA, 0xF3, 0xF2):
        return MP3
    return None


def _of_brand(brand: bytes) -> str | None:
    if brand in _AUDIO_BRANDS:
        return M4A
    return MP4 if brand.startswith(_VIDEO_BRANDS) else None


def _of_text(head: bytes, *, whole: bool) -> str | None:
    """Plain text or HTML, if the bytes are letters at all."""
    text = _decoded(head, whole=whole)
    if text is None:
        return None
    beginning = text.lstrip("\ufeff \t\r\n").lower()
    if _PAGE.match(beginning):
        return HTML
    if re.match(r"<(?:!--|(?:head|body|title|meta|p|div|script|table|h1)\b)", beginning):
        return HTML
    # Other tongues in angle brackets (SVG, XML) can act, and nobody needs them as evidence.
    return None if beginning.startswith("<") else TEXT


def _decoded(head: bytes, *, whole: bool) -> str | None:
    encoding = "utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    # A letter may be cut in two at the end of what was read.
    for cut in (0,) if whole else (0, 1, 2, 3):
        try:
            text = head[: len(head) - cut].decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if _NO_LETTERS.search(text) else text
    # Older texts: any encoding of one byte a letter will do to see that nothing else is in them.
    text = head.decode("latin-1")
    return None if _NO_LETTERS.search(text) else text


def _of_archive(file: IO[bytes], size: int) -> str | None:
    names = _members(file, size)
    if "word/document.xml" in names and "[Content_Types].xml" in names:
        return DOCX
    file.seek(30)
    if file.read(8 + len(ODT)) == b"mimetype" + ODT.encode() and "content.xml" in names:
        return ODT
    return None


def _members(file: IO[bytes], size: int) -> frozenset[str]:
    """Names of what is in an archive, read from its list alone; none if the list is too long."""
    tail = min(size, 66_000)
    file.seek(size - tail)
    end = file.read(tail)
    at = end.rfind(b"PK\x05\x06")
    if at < 0 or len(end) - at < 22:
        return frozenset()
    if end[max(at - 20, 0) : at].startswith(b"PK\x06\x07"):
        # A second record of the end, in which a reader finds other numbers than those below.
        return frozenset()
    members, length = struct.unpack_from("<HI", end, at + 10)
    if members > _MOST_MEMBERS or length > _LARGEST_DIRECTORY:
        return frozenset()
    file.seek(0)
    try:
        with ZipFile(file) as archive:
            names = archive.namelist()
    except (BadZipFile, ValueError, OSError, NotImplementedError, UnicodeError):
        return frozenset()
    return frozenset() if len(names) > _MOST_MEMBERS else frozenset(names)


def _dangers(media_type: str, file: IO[bytes], size: int, head: bytes) -> list[Danger]:
    if media_type == PDF:
        found = _words_in(file, _PDF_WORDS, escaped=True)
        return found if head.startswith(b"%PDF-") else [*found, Danger.NOT_AS_NAMED]
    if media_type == HTML:
        return _words_in(file, _HTML_WORDS)
    if media_type in (DOCX, ODT):
        return _of_members(_members(file, size))
    return []


def _of_members(names: frozenset[str]) -> list[Danger]:
    found = []
    low = {name.lower() for name in names}
    if any("vbaproject" in name or name.startswith(("basic/", "scripts/")) for name in low):
        found.append(Danger.MACROS)
    if any(
        name.startswith(("word/embeddings/", "word/activex/", "object ")) and name[-1:] != "/"
        for name in low
    ):
        found.append(Danger.FILES_INSIDE)
    return found


def _words_in(
    file: IO[bytes], words: dict[Danger, bytes], *, escaped: bool = False
) -> list[Danger]:
    """Which of these words stand in the file; ``escaped``: letters may be written as #4A."""
    patterns = {danger: re.compile(word) for danger, word in words.items()}
    found: list[Danger] = []
    before = b""
    file.seek(0)
    while patterns and (chunk := file.read(_AT_ONCE)):
        # Text of two bytes a letter reads the same without its zeros.
        part = before + chunk.replace(b"\0", b"")
        seen = _ESCAPED.sub(lambda hit: bytes([int(hit[1], 16)]), part) if escaped else part
        hits = [danger for danger, pattern in patterns.items() if pattern.search(seen)]
        found += hits
        for danger in hits:
            del patterns[danger]
        before = part[-_OVERLAP:]
    return found


def _why_not(head: bytes) -> str:
    if head.startswith(_PROGRAMS):
        return _("This is a program. Programs are never taken in, whatever their name says.")
    if head.startswith(_OLD_OFFICE):
        return _(
            "This is a document of an old Office program. Open it there, save it as DOCX or PDF, "
            "and send that."
        )
    return _(
        "Files of this type are not taken in. The content decides, not the name: %(taken)s. Save "
        "it as one of these and send that; a photograph as JPEG, a page as PDF, a film as MP4."
    ) % {"taken": TAKEN_IN_WORDS}
