"""Whole lists as files: one state of the data from the first line to the last, or an end that
shows.

A file keeps a thread and a connection for as long as its reader takes, so only half of the
threads of a process ever send files: the others stay free for everything else.
"""

import logging
import weakref
from collections.abc import Callable, Generator, Iterator
from contextlib import AbstractContextManager, ExitStack, suppress
from itertools import chain, islice
from threading import BoundedSemaphore
from typing import IO

from django.conf import settings
from django.db import DatabaseError, InterfaceError
from django.http import FileResponse as SentFile
from django.http import StreamingHttpResponse

from api.errors import Problem, new_request_id
from api.problem_types import UNAVAILABLE

logger = logging.getLogger(__name__)

_AT_ONCE = 3
# A byte order mark, a header and the first records: by then every statement has run once.

_places = BoundedSemaphore(max(1, settings.GAWAH_THREADS // 2))
# Of this process: made when it was loaded, and copied when it forked.


class Place:
    """One of the few files that this process makes and sends at a time.

    Raises ``Problem`` when all are taken: waiting would take the thread that is to stay free.
    """

    def __init__(self) -> None:
        if not _places.acquire(blocking=False):
            raise Problem(
                UNAVAILABLE,
                "As many files are being sent as can be at once. Please try again later.",
                headers={"Retry-After": "30"},
            )
        # Given back once, and also when the file is dropped before anybody began to send it.
        self._given_back = weakref.finalize(self, _places.release)

    def close(self) -> None:
        """Give it back."""
        self._given_back()


class WholeFile:
    """The pieces of a file, while a snapshot stays open for them.

    The first pieces are read at once, so that what fails at the start is an error like any other.
    A failure after that ends the file with ``broken``, which gets the number under which the
    fault is logged. Whoever sends the file closes it, also when the reader goes away.
    """

    def __init__(
        self,
        pieces: Generator[bytes],
        broken: Callable[[str], bytes],
        path: str,
    ) -> None:
        start = list(islice(pieces, _AT_ONCE))
        self._source = pieces
        self._pieces = chain(start, pieces)
        self._broken = broken
        self._path = path
        self._held = ExitStack()

    def hold(self, held: AbstractContextManager[object]) -> None:
        """Keep open, until the file ends, what it is read from; what is held last is let go
        first."""
        self._held.push(held)

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        try:
            return next(self._pieces)
        except StopIteration:
            # The file is whole by now, whatever becomes of the connection.
            with suppress(DatabaseError, InterfaceError):
                self.close()
            raise
        except Exception as fault:
            request_id = new_request_id()
            logger.error("Request %s failed: %s", request_id, self._path, exc_info=fault)
            # The transaction is of no more use, and its connection may be gone as well.
            with suppress(DatabaseError, InterfaceError):
                self._held.pop_all().__exit__(type(fault), fault, fault.__traceback__)
            self._pieces = chain(())
            return self._broken(request_id)

    def close(self) -> None:
        """End the reading, and let go of what is held."""
        self._pieces = chain(())
        try:
            self._source.close()
        finally:
            self._held.close()


class FileResponse(StreamingHttpResponse):
    """A file on its way, with what it is read from."""

    def __init__(self, file: WholeFile, content_type: str) -> None:
        super().__init__(file, content_type=content_type)
        self.file = file


class FinishedFile(SentFile):
    """A file that is made whole before it is sent, and keeps its ``place`` until it was."""

    def __init__(self, file: IO[bytes], content_type: str, place: Place) -> None:
        super().__init__(file, content_type=content_type)
        self._place = place

    def close(self) -> None:
        """Give the place back as well; the server calls this in every case."""
        super().close()
        self._place.close()
