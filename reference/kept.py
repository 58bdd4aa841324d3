"""Small tables held in memory: read once, checked at most every few seconds, never out of step.

What a process holds is checked against the database by a fingerprint of the row versions, so that
edits made elsewhere arrive in all processes within that time; edits made in this process are seen
at once, and those of an unfinished transaction only inside it.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final, Generic, TypeVar

from django.db import connection, transaction
from django.db.models import Model

Value = TypeVar("Value")

_BITS: Final = 0xFFFFFFFFFFFFFFFF


def fingerprint(*models: type[Model]) -> str:
    """A text that changes with any row of these tables, at the cost of one query.

    Every write of a row, by whatever way, gives it another xmin; unlike the latest change time, a
    sum over all rows also notices a transaction that was begun early and committed late.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(map(_sum_of, models))}")  # names of our own tables
        return "-".join(f"{int(each) & _BITS:x}" for each in cursor.fetchone())


def _sum_of(model: type[Model]) -> str:
    table, key = model._meta.db_table, model._meta.pk.column
    return f"(SELECT coalesce(sum(hashtextextended(xmin::text, {key})), 0) FROM {table})"  # noqa: S608


@dataclass(slots=True)
class _Snapshot(Generic[Value]):
    """The value at one moment; ``checked`` is when it was last known to be current."""

    version: str
    value: Value
    checked: float = field(default_factory=time.monotonic)


class _Pending(threading.local):
    """What this thread sees of its own transaction while that has changed something."""

    changed: bool = False
    snapshot: _Snapshot[Any] | None = None


class Kept(Generic[Value]):
    """A value made from rows.

    ``read`` makes it, ``fingerprint`` gives a text that changes with any of the rows at the cost
    of one query, and ``check_every`` says after how many seconds that is asked again.
    """

    def __init__(
        self,
        read: Callable[[], Value],
        fingerprint: Callable[[], str],
        check_every: Callable[[], float],
    ) -> None:
        self._read_value = read
        self._fingerprint = fingerprint
        self._check_every = check_every
        self._shared: _Snapshot[Value] | None = None
        self._pending = _Pending()

    def value(self) -> Value:
        """The value as this thread may see it now."""
        return self._snapshot().value

    def version(self) -> str:
        """A text that changes whenever any of the rows does."""
        return self._snapshot().version

    def held(self) -> Value | None:
        """What was read last, however long ago; for when the database cannot be asked."""
        return None if self._shared is None else self._shared.value

    def forget(self) -> None:
        """Read anew, after a change.

        Inside a transaction only this thread does, until the transaction has committed: others
        must not see what may still be rolled back.
        """
        self._pending.changed, self._pending.snapshot = True, None
        transaction.on_commit(self.forget_shared)

    def forget_shared(self) -> None:
        """Let go of what all threads of this process hold."""
        self._shared = None

    def _snapshot(self) -> _Snapshot[Value]:
        if self._has_uncommitted_changes():
            self._pending.snapshot = self._pending.snapshot or self._read()
            return self._pending.snapshot
        self._pending.snapshot = None  # left over from a transaction that was rolled back
        held = self._shared
        if held is None or not self._is_current(held):
            self._shared = held = self._read()
        return held

    def _has_uncommitted_changes(self) -> bool:
        """Whether the open transaction changed rows: its note to forget them still waits."""
        if self._pending.changed:
            waiting = [entry[1] for entry in connection.run_on_commit]
            self._pending.changed = self.forget_shared in waiting
        return self._pending.changed

    def _is_current(self, snapshot: _Snapshot[Value]) -> bool:
        now = time.monotonic()
        if now - snapshot.checked >= self._check_every():
            if self._fingerprint() != snapshot.version:
                return False
            snapshot.checked = now
        return True

    def _read(self) -> _Snapshot[Value]:
        # The version first: a change in between is then found at the next check.
        version = self._fingerprint()
        return _Snapshot(version, self._read_value())
