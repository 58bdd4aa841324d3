"""Approving and publishing all cases of a batch, through the one door."""

from collections.abc import Iterator
from typing import Any

from bench.staff import clerk, publisher
from incidents import publishing, reviewing
from incidents.models import ImportBatch, Incident

AT_ONCE = 250
"""Cases of one transaction, as the background job has it."""


def approve_all(batch: ImportBatch) -> None:
    """Submit and approve every case, each by another person."""
    for cases in _chunks(batch):
        reviewing.submit_many(cases, by=clerk())
        reviewing.approve_many(cases, by=publisher())


def publish_all(batch: ImportBatch) -> int:
    """Publish every case; return how many. Raises RuntimeError if any is refused."""
    published = 0
    for cases in _chunks(batch):
        for outcome in publishing.publish_many(cases, by=publisher()):
            if outcome.obstacles:
                raise RuntimeError(outcome.obstacles[0].code)
            published += 1
    return published


def _chunks(batch: ImportBatch) -> Iterator[list[Any]]:
    cases = Incident.objects.filter(list_cases__batch=batch).order_by("pk")
    ids = list(cases.values_list("pk", flat=True))
    for start in range(0, len(ids), AT_ONCE):
        yield list(cases.filter(pk__in=ids[start : start + AT_ONCE]))
