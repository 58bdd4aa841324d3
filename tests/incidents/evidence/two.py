"""Two at work at once, each with a connection of their own."""

import time

from django.db import connection

LONGEST = 20


def until_somebody_waits_for_us():
    """Return as soon as another connection waits for a lock that this one holds; fail if none
    does."""
    begun = time.monotonic()
    while time.monotonic() - begun < LONGEST:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_locks"
                " WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))"
            )
            if cursor.fetchone()[0]:
                return
        time.sleep(0.02)
    raise AssertionError("Nobody waits for us.")
