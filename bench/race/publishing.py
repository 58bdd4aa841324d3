"""Writing one document into the full record, and publishing one case of six with all its checks.

Each is taken back again, so that the record stays what the competitors hold too; the one
``COMMIT``, a write to disk, is therefore not in the figures.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from statistics import median, quantiles
from typing import Any

from django.db import connection, transaction

from bench.staff import publisher
from bench.world.templates import enter_and_approve
from incidents import publishing
from record.models import IncidentEntry
from record.writing import ENVELOPE, write


def write_one(times: int) -> dict[str, float]:
    """Milliseconds of correcting one incident with all rows derived from it."""
    ids = list(IncidentEntry.objects.order_by("pk").values_list("pk", flat=True)[:times])

    def correct(number: int) -> Callable[[], object]:
        entry = IncidentEntry.objects.get(pk=ids[number % len(ids)])
        known = entry.content()
        content = {name: value for name, value in known.items() if name not in ENVELOPE}
        content["title"] += " again"
        now = datetime.now(UTC)
        return lambda: write(entry.kind, content, reference=entry.reference, at=now)

    return _measured(times, correct)


def publish_one(times: int) -> dict[str, float]:
    """Milliseconds of publishing the made-up case."""

    def ready(_number: int) -> Callable[[], object]:
        (incident,) = enter_and_approve()
        return lambda: publishing.publish(incident, by=publisher())

    return _measured(times, ready)


def _measured(times: int, ready: Callable[[int], Callable[[], object]]) -> dict[str, float]:
    """Whole, and in the database; p50 and p95. What makes it ready is left out."""
    whole: list[float] = []
    inside: list[float] = []
    for number in range(times):
        with transaction.atomic():
            act = ready(number)
            with _clock() as spent:
                begun = time.perf_counter()
                act()
                whole.append((time.perf_counter() - begun) * 1000)
            inside.append(sum(spent) * 1000)
            transaction.set_rollback(True)
    return {
        "p50": median(whole),
        "p95": quantiles(whole, n=20, method="inclusive")[-1],
        "database p50": median(inside),
        "database p95": quantiles(inside, n=20, method="inclusive")[-1],
    }


@contextmanager
def _clock() -> Iterator[list[float]]:
    spent: list[float] = []

    def timed(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        begun = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            spent.append(time.perf_counter() - begun)

    with connection.execute_wrapper(timed):
        yield spent
