"""Files while they arrive: no more of them than is ever taken, and nowhere but in a private folder.

Django's own handlers let a file of any size fill the disk before anybody looks at it, in the
directory for temporary files of the whole machine.
"""

import tempfile
from typing import Any, Final

from django.conf import settings
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.core.files.uploadhandler import (
    FileUploadHandler,
    SkipFile,
    TemporaryFileUploadHandler,
)
from django.http import HttpRequest

from incidents.evidence.storing import incoming

_TOO_LARGE: Final = "names_of_files_too_large"

_TOGETHER: Final = 2
"""How many files of the largest size a request may hold."""


def most_megabytes() -> int:
    """The largest file of any type, in units of 1024 × 1024 bytes."""
    return max(int(settings.GAWAH_LARGEST_DOCUMENT_MB), int(settings.GAWAH_LARGEST_RECORDING_MB))


def too_large_among(request: HttpRequest) -> frozenset[str]:
    """Names of the boxes whose files were dropped for their size."""
    names: frozenset[str] = getattr(request, _TOO_LARGE, frozenset())
    return names


class UploadLimit(FileUploadHandler):
    """Drops a file as soon as it is larger than any that is taken. To be placed first."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self._of_file = self._of_all = 0

    def new_file(self, *args: Any, **options: Any) -> None:
        """Another file begins."""
        super().new_file(*args, **options)
        self._of_file = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Pass it on to the handlers that keep it. Raises SkipFile."""
        self._of_file += len(raw_data)
        self._of_all += len(raw_data)
        most = most_megabytes() * 1024**2
        if self._of_file > most or self._of_all > _TOGETHER * most:
            if self.request is not None:
                names = too_large_among(self.request) | {str(self.field_name)}
                setattr(self.request, _TOO_LARGE, names)
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Another handler has it."""


class _PrivateFile(TemporaryUploadedFile):
    """A file on the disk that goes when it is closed."""

    def __init__(
        self,
        name: str | None,
        content_type: str | None,
        size: int,
        charset: str | None,
        content_type_extra: Any = None,
    ) -> None:
        file: Any = tempfile.NamedTemporaryFile(dir=incoming())  # noqa: SIM115 - closed by Django
        UploadedFile.__init__(self, file, name, content_type, size, charset, content_type_extra)


class PrivateUpload(TemporaryFileUploadHandler):
    """Keeps what is too large for memory where only this account looks."""

    def new_file(self, *args: Any, **options: Any) -> None:
        """Begin a file."""
        FileUploadHandler.new_file(self, *args, **options)
        self.file = _PrivateFile(
            self.file_name, self.content_type, 0, self.charset, self.content_type_extra
        )
