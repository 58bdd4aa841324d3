"""Rows into a table by COPY, the fastest way that PostgreSQL has. History is kept all the same."""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from io import BytesIO
from typing import Any, Final

from django.db import connection

_BYTES_AT_ONCE: Final = 1 << 16

_TURN: Final = 0.0005
"""Seconds of Python between two looks at whether the server waits for us; 0.005 otherwise."""


def copy_lines(table: str, columns: Sequence[str], lines: Iterable[str]) -> None:
    """Write finished lines, each with its end, to a table.

    Raises Django's database errors, and whatever making the lines raises; in both cases the
    transaction has to be rolled back, as some lines may have been written.
    """
    stream = _Stream(lines)
    with connection.wrap_database_errors, connection.cursor() as cursor:
        cursor.copy_expert(_statement(table, columns), stream, _BYTES_AT_ONCE)
    if stream.error is not None:
        raise stream.error


class Copies:
    """Lines on their way to the server while the next ones are made, in the order of the calls.

    One thread hands them over on the connection of this one. Nothing else may use the connection
    meanwhile: call ``wait`` first. ``beside`` sees to it for every statement that Django sends.
    """

    def __init__(self) -> None:
        self._thread: ThreadPoolExecutor | None = None
        self._on_their_way: list[Future[None]] = []

    @contextmanager
    def beside(self, before_each: Callable[[], None]) -> Iterator[None]:
        """Hand lines over beside the work of this block; at its end, none is on its way.

        ``before_each`` is called before every statement of this thread, and has to ``wait``.
        """

        def in_turn(execute: Callable[..., Any], *statement: Any) -> Any:
            before_each()
            return execute(*statement)

        turn = sys.getswitchinterval()
        self._thread = ThreadPoolExecutor(1, "copy")
        with connection.execute_wrapper(in_turn):
            try:
                sys.setswitchinterval(_TURN)
                yield
            finally:
                sys.setswitchinterval(turn)
                self._thread.shutdown(cancel_futures=True)
                self._on_their_way, self._thread = [], None

    def copy(self, table: str, columns: Sequence[str], lines: Iterable[str]) -> None:
        """Write finished lines to a table; beside this thread if it may, else at once.

        What the lines raise is raised here; errors of the database come with ``wait``.
        """
        if self._thread is None:
            copy_lines(table, columns, lines)
            return
        content = "".join(lines).encode()
        cursor = connection.connection.cursor()
        self._on_their_way.append(
            self._thread.submit(
                cursor.copy_expert, _statement(table, columns), BytesIO(content), len(content)
            )
        )

    def wait(self) -> None:
        """Wait until no line is on its way. Raises the first of Django's database errors."""
        waited, self._on_their_way = self._on_their_way, []
        errors = [each.exception() for each in waited]
        for error in filter(None, errors):
            with connection.wrap_database_errors:
                raise error


def escaped(text: str) -> str:
    """A text as a field of a line."""
    if "\\" in text:
        text = text.replace("\\", "\\\\")
    if "\t" in text or "\n" in text or "\r" in text:
        text = text.replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")
    return text


def _statement(table: str, columns: Sequence[str]) -> str:
    names = ", ".join(f'"{column}"' for column in columns)
    return f'COPY "{table}" ({names}) FROM STDIN'


class _Stream:
    """Lines as the file that the driver reads from, a few at a time."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines: Iterator[str] = iter(lines)
        self._rest = b""
        self.error: Exception | None = None
        """What the lines raised. Thrown through the driver it would become an error of its own."""

    def read(self, size: int) -> bytes:
        """Return up to ``size`` bytes; none at the end."""
        parts, length = [self._rest], len(self._rest)
        while length < size:
            try:
                line = next(self._lines, None)
            except Exception as error:
                self.error, line = error, None
            if line is None:
                break
            part = line.encode()
            parts.append(part)
            length += len(part)
        found = b"".join(parts)
        self._rest = found[size:]
        return found[:size]
