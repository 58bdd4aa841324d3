"""Long answers of the database as it writes them with ``COPY``, many rows at a time.

The database then plans for the whole answer and may use several processes, which it does for no
cursor. A thread takes what comes and waits while the reader has enough: memory does not grow.
"""

from collections import deque
from collections.abc import Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Condition
from typing import Any, Final

from django.db import OperationalError, connection, transaction

from record.snapshots import IDLE_SECONDS, statement_seconds

Row = bytes
"""A row in the binary form of COPY: the number of columns, then each with its length."""

NULL: Final = b"\xff\xff\xff\xff"
"""The length of a column without a value. No text in UTF-8 holds such bytes."""

_HEADER: Final = 19
"""Bytes before the first row: signature, flags, length of the extension."""

_END: Final = b"\xff\xff"

_BYTES: Final = 1 << 18
"""What a batch should hold: large enough to be worth the passing on, and little in memory."""

_READY: Final = 2
"""Batches that wait for the reader."""

_HOURS: Final = 12
"""How long the whole may take: a bound for a statement that nobody would end otherwise."""

_PATIENCE: Final = 6
"""A whole list may have to be sorted before its first row comes: so many times as long as an
answer of one page."""


def copied(statement: str, values: Sequence[Any]) -> Generator[list[Row]]:
    """The rows of a query, in its order. Call it in a transaction, and ask the database for
    nothing else until it ends. Raises ``OperationalError`` where the first of them, or the next,
    take too long.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            # Time is counted between batches: a reader may take hours for the whole.
            cursor.execute("SHOW statement_timeout")
            (before,) = cursor.fetchone()
            cursor.execute("SET LOCAL statement_timeout = %s", [f"{_HOURS}h"])
        database = connection.connection
        with database.cursor() as cursor, ThreadPoolExecutor(1, "copying") as helper:
            query = cursor.mogrify(statement, values).decode()
            pipe = _Pipe()
            copying = helper.submit(_copy, database, cursor, query, pipe)
            try:
                while batch := pipe.take(_PATIENCE * statement_seconds()):
                    yield batch
            finally:
                try:
                    if not pipe.is_ended:
                        with connection.wrap_database_errors:
                            database.cancel()
                finally:
                    # Else the writer would wait for a reader who is gone, and this for the writer.
                    pipe.give_up()
            with connection.wrap_database_errors:
                copying.result()
            if batch is None:
                raise OperationalError("The answer did not come in time.")
        with connection.cursor() as cursor:
            # What follows in the transaction is bounded as it was.
            cursor.execute("SET LOCAL statement_timeout = %s", [before])


def _copy(database: Any, cursor: Any, query: str, pipe: "_Pipe") -> None:
    try:
        cursor.copy_expert(f"COPY ({query}) TO STDOUT (FORMAT binary)", pipe)
    except _Stalled as error:
        # Nobody knows when the reader comes back, and the database keeps old rows for it.
        database.close()
        raise OperationalError("The reader took nothing for too long.") from error
    except _GivenUp as error:
        raise OperationalError("The reader has gone away.") from error
    finally:
        pipe.end()


class _Stalled(Exception):
    """The reader has taken nothing for long."""


class _GivenUp(Exception):
    """Nobody reads any more."""


class _Pipe:
    """What is written by one thread and read by another, with room for a few batches."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._batches: deque[list[Row]] = deque()
        self._rows: list[Row] = []
        self._length = 0
        self._begun = False
        self._given_up = False
        self.is_ended = False

    def write(self, row: bytes) -> None:
        """Take a row; called by the database's library for each."""
        if not self._begun:
            row, self._begun = row[_HEADER:], True
        if row == _END:
            return
        self._rows.append(row)
        self._length += len(row)
        if self._length >= _BYTES:
            self._pass_on()

    def _pass_on(self) -> None:
        with self._changed:
            if not self._changed.wait_for(self._has_room, IDLE_SECONDS):
                raise _Stalled
            if self._given_up:
                raise _GivenUp
            self._batches.append(self._rows)
            self._rows, self._length = [], 0
            self._changed.notify_all()

    def _has_room(self) -> bool:
        return len(self._batches) < _READY or self._given_up

    def end(self) -> None:
        """Nothing more will be written, whether or not it was all."""
        with self._changed:
            self._batches.append(self._rows)
            self.is_ended = True
            self._changed.notify_all()

    def take(self, seconds: float) -> list[Row] | None:
        """The next batch; empty after the last one, and None where none came in time."""
        with self._changed:
            if not self._changed.wait_for(lambda: self._batches or self.is_ended, seconds):
                return None
            batch = self._batches.popleft() if self._batches else []
            self._changed.notify_all()
            return batch

    def give_up(self) -> None:
        """Let the writer end."""
        with self._changed:
            self._given_up = True
            self._changed.notify_all()
