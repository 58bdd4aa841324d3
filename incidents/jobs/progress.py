"""How far a job has come, written while its own transaction may still be open."""

import time
from typing import Final

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from incidents.models import Job

INTERVAL: Final = 0.5
"""Seconds between two writes: a job may report every row and pays for two a second."""

_LOCK_OF_JOBS: Final = 0x4A4F4253
"""The first half of each job's advisory lock: "JOBS" in ASCII. The second half is the job's id."""

# A total that turns out too small grows with what is done: the two never contradict each other.
_REPORT: Final = f"""
    UPDATE {Job._meta.db_table} SET
        done = %(done)s,
        total = CASE WHEN coalesce(%(total)s, total) < %(done)s THEN %(done)s
                     ELSE coalesce(%(total)s, total) END
    WHERE id = %(job)s RETURNING stop_asked
    """  # noqa: S608 - the table's own name
_CHECK: Final = f"SELECT stop_asked FROM {Job._meta.db_table} WHERE id = %(job)s"  # noqa: S608


class JobStopped(Exception):
    """Somebody asked the job to stop. What its open transaction did is undone.

    The text, if any, closes the job: it is for jobs of which a part was done and stays.
    """


class Progress:
    """The line between a job and those who watch it, over a connection of its own.

    The connection also holds the job's lock: as long as it lives nobody else does the job, and
    when the process is killed the lock goes with it.
    """

    def __init__(self, job: Job) -> None:
        self._job = job
        self._connection: BaseDatabaseWrapper = connections.create_connection("default")
        self._written = 0.0

    def take(self) -> bool:
        """Take the job, unless another worker holds it."""
        with self._connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_try_advisory_lock(%s, %s)", [_LOCK_OF_JOBS, self._job.pk % 2**31]
            )
            [(taken,)] = cursor.fetchall()
        return bool(taken)

    def report(self, done: int, total: int | None = None) -> None:
        """Note that ``done`` of ``total`` is done. Raises JobStopped if that was asked for.

        Not to be called while the caller's own transaction has written this job: it would wait
        for itself.
        """
        now = time.monotonic()
        if now - self._written < INTERVAL and done != total:
            return
        self._written = now
        self._ask(_REPORT, {"job": self._job.pk, "done": done, "total": total})

    def check(self) -> None:
        """Raise JobStopped if that was asked for; for jobs that write ``done`` themselves."""
        self._ask(_CHECK, {"job": self._job.pk})

    def close(self) -> None:
        """Let go of the job."""
        self._connection.close()

    def _ask(self, statement: str, values: dict[str, int | None]) -> None:
        with self._connection.cursor() as cursor:
            cursor.execute(statement, values)
            [(stop_asked,)] = cursor.fetchall()
        if stop_asked:
            raise JobStopped
