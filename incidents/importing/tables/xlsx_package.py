"""The zip file around a workbook, looked at before anything in it is unpacked."""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from incidents.importing.tables.limits import (
    MAX_FRAME_BYTES,
    MAX_PACKING_RATIO,
    MAX_PARTS,
    MAX_UNPACKED_BYTES,
    SMALL_PART_BYTES,
)
from incidents.importing.tables.refusal import FileRefused, Place

_OTHER_KINDS = (
    ("word/", gettext_lazy("a Word document (DOCX)")),
    ("ppt/", gettext_lazy("a presentation (PPTX)")),
    ("xl/workbook.bin", gettext_lazy("a binary Excel workbook (XLSB)")),
    ("META-INF/manifest.xml", gettext_lazy("an OpenDocument file (such as ODS)")),
    ("Index/", gettext_lazy("a Numbers or Pages document")),
)
"""Beginning of the name of a part → what a zip file with it is, where it is no workbook."""

_READABLE = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""Other packings unpack into memory without a bound, and no office program uses them."""

_LOCKED = 0x1
_ZIP_FAULTS = (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, OSError, EOFError)


class Package:
    """The parts of a workbook. Close it after use."""

    def __init__(self, path: Path, place: Place) -> None:
        """Open the file. Raises FileRefused for what is no workbook, or would not stay small."""
        self.place = place
        try:
            self._zip = zipfile.ZipFile(path)
        except _ZIP_FAULTS as error:
            raise self.damaged() from error
        try:
            self._parts = {entry.filename: entry for entry in self._zip.infolist()}
            self._refuse_other_kinds()
            self._refuse_bombs()
        except BaseException:
            self._zip.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._zip.close()

    def __contains__(self, part: str) -> bool:
        return part in self._parts

    @contextmanager
    def open(self, part: str, *, frame: bool = False) -> Iterator[IO[bytes]]:
        """A part, unpacked as it is read, and never beyond the size that was checked.

        ``frame`` is for the small parts. Raises FileRefused where the file is damaged.
        """
        entry = self._parts.get(part)
        if entry is None:
            raise self.damaged()
        if frame and entry.file_size > MAX_FRAME_BYTES:
            raise self._bomb()
        try:
            with self._zip.open(entry) as content:
                yield content
        except (*_ZIP_FAULTS, zipfile.zlib.error) as error:  # type: ignore[attr-defined]
            raise self.damaged() from error

    def damaged(self) -> FileRefused:
        """The error for a workbook that does not hang together."""
        return self.place.refused(
            _("The workbook is damaged, or was not sent completely."),
            _("Open it in a spreadsheet program, save it again as XLSX, and send that."),
        )

    def _refuse_other_kinds(self) -> None:
        for beginning, kind in _OTHER_KINDS:
            if any(name.startswith(beginning) for name in self._parts):
                raise self._no_workbook(str(kind))
        if not any(name.startswith("xl/") for name in self._parts):
            raise self._no_workbook(_("a packed archive"))

    def _no_workbook(self, kind: str) -> FileRefused:
        return self.place.refused(
            _("The file is %(kind)s.") % {"kind": kind},
            _("Open it in the program it belongs to and save the table as XLSX or CSV."),
        )

    def _refuse_bombs(self) -> None:
        entries = self._zip.infolist()
        if len(entries) > MAX_PARTS or sum(e.file_size for e in entries) > MAX_UNPACKED_BYTES:
            raise self._bomb()
        for entry in entries:
            if entry.compress_type not in _READABLE or entry.flag_bits & _LOCKED:
                raise self.place.refused(
                    _("The workbook is packed or locked in a way that no office program uses."),
                    _("Open it in a spreadsheet program, save it again as XLSX, and send that."),
                )
            packed = max(entry.compress_size, 1)
            if entry.file_size > SMALL_PART_BYTES and entry.file_size / packed > MAX_PACKING_RATIO:
                raise self._bomb()

    def _bomb(self) -> FileRefused:
        return self.place.refused(
            _("Unpacked, the workbook would be far larger than any list: it was not opened."),
            _(
                "If it is a real list, copy the filled rows into a new workbook, or save the "
                "sheet as CSV."
            ),
        )
