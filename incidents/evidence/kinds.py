"""The types of file that are taken in, and how large each may be."""

from dataclasses import dataclass
from pathlib import PurePath
from typing import Final

from django.conf import settings


@dataclass(frozen=True, slots=True)
class FileKind:
    """A type by its media type; ``endings`` are those of names that promise it, ours the first."""

    media_type: str
    endings: tuple[str, ...]
    is_recording: bool = False

    @property
    def ending(self) -> str:
        """The ending that we give it."""
        return self.endings[0]

    @property
    def most_bytes(self) -> int:
        """The largest file of this type that is taken."""
        if self.is_recording:
            return int(settings.GAWAH_LARGEST_RECORDING_MB) * 1024**2
        return int(settings.GAWAH_LARGEST_DOCUMENT_MB) * 1024**2


PDF: Final = "application/pdf"
JPEG: Final = "image/jpeg"
PNG: Final = "image/png"
WEBP: Final = "image/webp"
TIFF: Final = "image/tiff"
TEXT: Final = "text/plain"
HTML: Final = "text/html"
DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT: Final = "application/vnd.oasis.opendocument.text"
MP3: Final = "audio/mpeg"
M4A: Final = "audio/mp4"
OGG: Final = "audio/ogg"
MP4: Final = "video/mp4"

IMAGES: Final = frozenset({JPEG, PNG, WEBP, TIFF})

KINDS: Final = {
    kind.media_type: kind
    for kind in (
        FileKind(PDF, ("pdf",)),
        FileKind(JPEG, ("jpg", "jpeg", "jpe", "jfif")),
        FileKind(PNG, ("png",)),
        FileKind(WEBP, ("webp",)),
        FileKind(TIFF, ("tif", "tiff")),
        FileKind(TEXT, ("txt", "text", "csv", "md", "log")),
        FileKind(HTML, ("html", "htm", "xhtml")),
        FileKind(DOCX, ("docx",)),
        FileKind(ODT, ("odt",)),
        FileKind(MP3, ("mp3",), is_recording=True),
        FileKind(M4A, ("m4a", "m4b", "mp4"), is_recording=True),
        FileKind(OGG, ("ogg", "oga", "opus", "ogv"), is_recording=True),
        FileKind(MP4, ("mp4", "m4v"), is_recording=True),
    )
}
"""Media type → what we know of it. Nothing else is taken in."""

_PROMISING: Final = frozenset(
    {ending for kind in KINDS.values() for ending in kind.endings}
    | {"exe", "com", "bat", "cmd", "ps1", "js", "vbs", "jar", "apk", "msi", "scr", "lnk", "sh"}
    | {"zip", "rar", "7z", "doc", "docm", "xls", "xlsx", "xlsm", "ppt", "pptx", "rtf", "svg", "xml"}
    | {"gif", "bmp", "heic", "mov", "avi", "mkv", "wav", "flac", "php", "py", "iso", "dmg"}
)

TAKEN_IN_WORDS: Final = "PDF, JPEG, PNG, WebP, TIFF, TXT, HTML, DOCX, ODT, MP3, M4A, OGG, MP4"


def ending_of(media_type: str) -> str:
    """The ending for a file of this type, without the dot; ``bin`` for one that we never take."""
    kind = KINDS.get(media_type)
    return kind.ending if kind else "bin"


def promises_another(name: str, media_type: str) -> bool:
    """Whether the ending of a name belongs to another type than the content, or to a program. An
    ending that means nothing to us (“statement of 26.11”) promises nothing."""
    ending = PurePath(name).suffix.lower().removeprefix(".")
    return ending in _PROMISING and ending not in KINDS[media_type].endings
