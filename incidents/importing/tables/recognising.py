"""What a file is, told by its content and never by its name alone."""

import re
from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from incidents.importing.tables.csv_text import BYTE_ORDER_MARKS, utf_16_without_mark
from incidents.importing.tables.limits import MAX_FILE_BYTES
from incidents.importing.tables.refusal import Place

CSV, XLSX, JSON = "csv", "xlsx", "json"

_SAMPLE_BYTES = 16 * 1024

_KINDS = {
    CSV: gettext_lazy("a text table (CSV)"),
    XLSX: gettext_lazy("an Excel workbook (XLSX)"),
    JSON: gettext_lazy("a JSON file"),
}
_ENDINGS = {
    ".csv": CSV,
    ".tsv": CSV,
    ".tab": CSV,
    ".txt": CSV,
    ".xlsx": XLSX,
    ".xlsm": XLSX,
    ".json": JSON,
    ".ndjson": JSON,
    ".jsonl": JSON,
    ".geojson": JSON,
}
_USUAL_ENDING = {CSV: ".csv", XLSX: ".xlsx", JSON: ".json"}

_PICTURE = gettext_lazy("a picture")
_ARCHIVE = gettext_lazy("a packed archive")
_WEB_PAGE = gettext_lazy("a web page (HTML)")
_DATABASE = gettext_lazy("a database file")
_STATISTICS = gettext_lazy("a data file of a statistics program")
_SIGNATURES = (
    (b"%PDF", gettext_lazy("a PDF document")),
    (b"\x89PNG", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"GIF8", _PICTURE),
    (b"II*\0", _PICTURE),
    (b"MM\0*", _PICTURE),
    (b"\x1f\x8b", _ARCHIVE),
    (b"BZh", _ARCHIVE),
    (b"\xfd7zXZ\0", _ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", _ARCHIVE),
    (b"Rar!", _ARCHIVE),
    (b"\x28\xb5\x2f\xfd", _ARCHIVE),
    (b"{\\rtf", gettext_lazy("a text document (RTF)")),
    (b"SQLite format 3\0", _DATABASE),
    (b"\0\1\0\0Standard ", _DATABASE),
    (b"PAR1\x15", _DATABASE),
    (b"$FL2", _STATISTICS),
    (b"<stata_dta>", _STATISTICS),
    (b"RDX2\n", _STATISTICS),
    (b"RDX3\n", _STATISTICS),
)
"""First bytes of files that are often sent for a table."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_KINDS = (
    ("EncryptedPackage", gettext_lazy("a workbook or document that is locked with a password")),
    ("Workbook", gettext_lazy("a workbook of the old Excel format (XLS)")),
    ("Book", gettext_lazy("a workbook of the old Excel format (XLS)")),
    ("WordDocument", gettext_lazy("a document of the old Word format (DOC)")),
)
"""Name in the directory of an OLE2 file → what the file is."""

_MARKUP = re.compile(rb"\s*<(!doctype html|html|head|body|table|meta|div|style)\b", re.IGNORECASE)
_JSON_START = re.compile(rb'\s*(\[\s*[\[{\]"\d-]|\[\s*(true|false|null)\b|\{\s*["}])')


def recognise(path: Path, place: Place, *, wanted: str = "", encoding: str = "") -> str:
    """``csv``, ``xlsx`` or ``json``; ``wanted`` is what the user says the file is;
    with an ``encoding`` it is text, however odd it looks.

    Raises FileRefused for any other kind of file, for one that is not what its name or the user
    says, and for one that is empty or too large.
    """
    _refuse_by_size(path, place)
    try:
        with path.open("rb") as file:
            found = _kind(file, path, place, encoding)
    except OSError as error:
        raise place.refused(
            _("The file cannot be opened: %(why)s.") % {"why": error.strerror}
        ) from error
    _refuse_other_kind(found, place, wanted)
    return found


def _refuse_by_size(path: Path, place: Place) -> None:
    try:
        size = path.stat().st_size
    except OSError as error:
        raise place.refused(
            _("The file cannot be opened: %(why)s.") % {"why": error.strerror}
        ) from error
    if size > MAX_FILE_BYTES:
        raise place.refused(
            _("The file has %(size)d MB; %(limit)d MB are the most that is read.")
            % {"size": size // 1024**2, "limit": MAX_FILE_BYTES // 1024**2},
            _("Divide it into several files and bring them in one after the other."),
        )
    if size == 0:
        raise place.refused(_("The file is empty."), _("Save or send it again."))


def _refuse_other_kind(found: str, place: Place, wanted: str) -> None:
    if wanted and wanted not in _KINDS:
        raise place.refused(
            _("“%(format)s” is no known format.") % {"format": wanted},
            _("The formats are csv, xlsx and json."),
        )
    if wanted and wanted != found:
        raise place.refused(
            _("The file is %(found)s, not %(wanted)s as was said of it.")
            % {"found": _KINDS[found], "wanted": _KINDS[wanted]}
        )
    ending = Path(place.file).suffix.lower()
    named = _ENDINGS.get(ending, found)
    if not wanted and named != found:
        raise place.refused(
            _("The file is %(found)s, not %(wanted)s as its name says.")
            % {"found": _KINDS[found], "wanted": _KINDS[named]},
            _("Give it a name that ends in %(ending)s, or save it again as what you meant.")
            % {"ending": _USUAL_ENDING[found]},
        )


def _kind(file: IO[bytes], path: Path, place: Place, encoding: str) -> str:
    start = file.read(_SAMPLE_BYTES)
    for signature, name in _SIGNATURES:
        if start.startswith(signature):
            raise _unreadable(place, str(name))
    if start.startswith(_OLE):
        raise _unreadable(place, _ole_kind(file, start))
    if start.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return XLSX  # or another zip: xlsx_package looks inside and names it
    text = start.removeprefix(b"\xef\xbb\xbf")
    if _MARKUP.match(text):
        raise _unreadable(place, str(_WEB_PAGE))
    if text.lstrip().startswith(b"<?xml"):
        raise _unreadable(place, _("an XML file"))
    is_text = bool(encoding) or start.startswith(BYTE_ORDER_MARKS) or utf_16_without_mark(start)
    if not is_text and _is_binary(start):
        raise _unreadable(place, _("no text but binary data"))
    if not text.strip() and path.stat().st_size <= _SAMPLE_BYTES:
        raise place.refused(_("The file is empty."), _("Save or send it again."))
    return JSON if _JSON_START.match(text) else CSV


def _unreadable(place: Place, kind: str) -> Exception:
    return place.refused(
        _("The file is %(kind)s.") % {"kind": kind},
        _("Open it in the program it belongs to and save the table as XLSX or CSV."),
    )


def _is_binary(sample: bytes) -> bool:
    """Whether bytes that no text has are more than a stray one or two."""
    odd = sum(sample.count(bytes([code])) for code in range(32) if code not in b"\t\n\r\f\v\x1a")
    return odd > 2 and odd * 50 > len(sample)


def _ole_kind(file: IO[bytes], start: bytes) -> str:
    """What an OLE2 file is, told by the first sector of its directory."""
    shift = int.from_bytes(start[30:32], "little")
    sector = int.from_bytes(start[48:52], "little")
    if shift in (9, 12):
        file.seek((sector + 1) << shift)
        directory = file.read(4096)
        for name, kind in _OLE_KINDS:
            if f"{name}\0".encode("utf-16-le") in directory:
                return str(kind)
    return _("a file of an old Office program")
