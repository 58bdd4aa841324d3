"""One answer from one state of the database, within a bounded time: for pages and API alike."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection, transaction

DEFAULT_SECONDS = 10
"""How long one statement of a request may run, unless ``GAWAH_API_SECONDS`` says otherwise.
The slowest honest question on a million incidents takes a small part of it."""

IDLE_SECONDS = 60
"""How long a snapshot is kept for a reader who takes nothing of what was read from it. Old rows
cannot be cleared away as long as somebody may still ask for them."""

MEMORY = "32MB"
"""What a statement may sort and gather in memory, instead of on disk: the pages that hold a common
word in a million accounts, say, and the objects of a bucket."""

_ONE_STATE = (
    "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY; "
    f"SET LOCAL idle_in_transaction_session_timeout = '{IDLE_SECONDS}s'; "
)


def statement_seconds() -> float:
    """How long one statement may run for an answer, in seconds."""
    return float(getattr(settings, "GAWAH_API_SECONDS", DEFAULT_SECONDS))


@contextmanager
def snapshot() -> Iterator[None]:
    """Everything inside reads the same committed state, writes nothing and cannot run for ever.

    Without it a publication between counting and fetching would give a count that its own list
    contradicts. Raises ``OperationalError`` when a statement takes longer than the limit.
    """
    milliseconds = int(statement_seconds() * 1000)
    # Inside somebody else's transaction the isolation level is decided already.
    one_state = "" if connection.in_atomic_block else _ONE_STATE
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"{one_state}SET LOCAL work_mem = '{MEMORY}'; "
            f"SET LOCAL statement_timeout = {milliseconds:d}"
        )
        yield


@contextmanager
def bounded() -> Iterator[None]:
    """One look-up inside, which needs no common state with another, cannot run for ever.

    The public side bounds every statement of its connections already; saying it again for each
    look-up would cost more than the look-up.
    """
    if "statement_timeout" in connection.settings_dict["OPTIONS"].get("options", ""):
        yield
        return
    with snapshot():
        yield
