"""Releases as readers are shown them, and their files on the way out.

A release that holds anything withdrawn since is closed until its files are rewritten: the chain
of revisions is asked before each file, and again while a long one is sent.
"""

import logging
import os
import time
import weakref
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from threading import BoundedSemaphore
from typing import IO, Final

from django.conf import settings
from django.db import connection

from record.media_types import JSON
from record.releasing.folders import DATE, release_folders, releases_folder
from record.releasing.manifest import (
    MANIFEST,
    Manifest,
    ManifestError,
    ReleasedFile,
    manifest_in,
    read_manifest,
)
from record.releasing.safety import may_be_read
from website.byte_ranges import Part

logger = logging.getLogger(__name__)

LOOK_AGAIN: Final = 5.0
"""Seconds after which it is asked again whether what is being sent may be read."""

_PIECE: Final = 1 << 16

_places = BoundedSemaphore(max(1, settings.GAWAH_THREADS // 4))
# A download keeps a thread for as long as its reader takes; files of the API take up to half of
# them, and a quarter has to stay free for everything else.


class Closed(Exception):
    """The release holds something withdrawn, or is being rewritten: try again soon."""


class Damaged(Exception):
    """What the release says of itself cannot be read."""


class Busy(Exception):
    """As many downloads are under way as can be at once."""


@dataclass(frozen=True, slots=True)
class ShownRelease:
    """A release on the page. A closed one is listed without its files."""

    manifest: Manifest
    is_open: bool
    is_latest: bool


def shown_releases() -> list[ShownRelease]:
    """All releases that can be read, the newest first. Two short queries each."""
    return [
        ShownRelease(manifest, may_be_read(manifest), number == 0)
        for number, manifest in enumerate(_manifests())
    ]


def latest_date() -> str | None:
    """The date of the newest release, open or not; None where there is none."""
    return next((manifest.release for manifest in _manifests()), None)


def _manifests() -> Iterator[Manifest]:
    """What each release says of itself; one that is damaged is passed over."""
    for folder in release_folders(releases_folder()):
        try:
            yield manifest_in(folder)
        except FileNotFoundError:  # rewritten a moment ago
            continue
        except (ManifestError, OSError) as error:
            _tell(folder.name, error)


def _tell(date: str, error: Exception) -> None:
    """One line for those who run this: a release is not shown until it is made again."""
    logger.error("The release of %s is not shown: %s", date, error)


class Download:
    """A file of a release, opened together with the manifest that describes it.

    Raises FileNotFoundError where there is none, Closed, and Damaged.
    """

    def __init__(self, date: str, name: str) -> None:
        self._open = ExitStack()
        try:
            self.manifest, self.file, self._bytes = self._opened(date, name)
        except BaseException:
            self.close()
            raise

    def _opened(self, date: str, name: str) -> tuple[Manifest, ReleasedFile, IO[bytes]]:
        if not DATE.fullmatch(date):
            raise FileNotFoundError
        # By the folder itself, which stays the same while another takes its name.
        folder = os.open(releases_folder() / date, os.O_RDONLY | os.O_DIRECTORY)
        self._open.callback(os.close, folder)
        content = self._read(folder, MANIFEST).read()
        try:
            manifest = read_manifest(content)
        except ManifestError as error:
            _tell(date, error)
            raise Damaged from None
        if not may_be_read(manifest):
            raise Closed
        file = manifest.file(name)
        if name == MANIFEST:
            file = _manifest_as_file(content)
        if file is None:
            raise FileNotFoundError
        try:
            opened = self._read(folder, name)
        except FileNotFoundError:  # rewritten a moment ago
            raise Closed from None
        if os.fstat(opened.fileno()).st_size != file.bytes:
            raise Closed
        return manifest, file, opened

    def _read(self, folder: int, name: str) -> IO[bytes]:
        descriptor = os.open(name, os.O_RDONLY, dir_fd=folder)
        return self._open.enter_context(os.fdopen(descriptor, "rb"))

    @property
    def etag(self) -> str:
        """A strong entity tag: the bytes themselves."""
        return f'"{self.file.sha256}"'

    @property
    def modified(self) -> datetime:
        """When the file was written."""
        reissues = self.manifest.reissues
        return datetime.fromisoformat(reissues[-1].at if reissues else self.manifest.made_at)

    def pieces(self, part: Part) -> "Pieces":
        """A part of the file, to be sent; closing it closes the download. Raises Busy."""
        return Pieces(self, self._bytes, part)

    def close(self) -> None:
        """Let go of the file."""
        self._open.close()


def _manifest_as_file(content: bytes) -> ReleasedFile:
    return ReleasedFile(
        name=MANIFEST,
        bytes=len(content),
        sha256=sha256(content).hexdigest(),
        media_type=JSON,
    )


class Pieces:
    """A part of a file while it is sent. Breaks off when the release is closed meanwhile, which
    the reader notices by the length."""

    def __init__(self, download: Download, source: IO[bytes], part: Part) -> None:
        if not _places.acquire(blocking=False):
            raise Busy
        # Given back once, and also when nobody ever began to read.
        self._give_back = weakref.finalize(self, _places.release)
        self._download = download
        self._source = source
        self._left = part.length
        self._looked = time.monotonic()
        source.seek(part.first)

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        if not self._left:
            self.close()
            raise StopIteration
        if time.monotonic() - self._looked > LOOK_AGAIN:
            self._look()
        piece = self._source.read(min(_PIECE, self._left))
        if not piece:
            raise Closed
        self._left -= len(piece)
        return piece

    def _look(self) -> None:
        self._looked = time.monotonic()
        if not may_be_read(self._download.manifest):
            raise Closed
        if not connection.in_atomic_block:
            connection.close()  # not to be kept for a reader who takes hours

    def close(self) -> None:
        """Let go of the file and of the place."""
        self._download.close()
        self._give_back()
