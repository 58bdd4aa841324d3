"""Bringing generated lists in, and publishing what came: rows and cases a second, and memory."""

from typing import Any

from bench import scratch
from bench.children import measure, stopwatch
from bench.figures import Figure, Figures

AIM_ROWS = 1_000
AIM_CASES = 1_000
AIM_MB = 400
"""Aims on two cores: rows brought in a second, cases published a second, peak memory."""


def run(figures: Figures, rows: list[int]) -> None:
    """Measure each size, and how the cost of a row grows from the smallest to the largest."""
    by_work: dict[str, list[Figure]] = {"brought in": [], "published": []}
    for size in rows:
        scratch.fresh_copy()
        brought = measure("bench.lists_in:bring_in", rows=size)
        by_work["brought in"].append(_add(figures, "rows brought in", brought, AIM_ROWS, size))
        published = measure("bench.lists_in:publish", batch=brought["batch"])
        by_work["published"].append(_add(figures, "cases published", published, AIM_CASES, size))
    for work, found in by_work.items():
        if len(found) > 1:
            first, last = found[0], found[-1]
            figures.add(
                f"cost each, {work}: largest against smallest", first.value / last.value, "×"
            )


def bring_in(rows: int) -> dict[str, Any]:
    """Bring a generated list of so many rows in; the time of generating it is left out."""
    from django.core.files import File

    from bench.lists import MAPPING, write_list
    from bench.staff import clerk
    from incidents.importing import running

    path = scratch.FOLDER / f"list-{rows}.csv"
    write_list(path, rows)
    by = clerk()
    with stopwatch() as read:
        with path.open("rb") as file:
            batch = running.receive(File(file), file_name=path.name, by=by)
        batch.mapping = MAPPING
        batch.save()
        figures = running.run(batch, by=by)
        cost = read()
    return {**cost, "done": figures.rows_new, "batch": batch.pk}


def publish(batch: int) -> dict[str, Any]:
    """Publish the cases of a batch; the time of approving them is left out."""
    from bench.publication import approve_all, publish_all
    from incidents.models import ImportBatch

    brought = ImportBatch.objects.get(pk=batch)
    approve_all(brought)
    with stopwatch() as read:
        done = publish_all(brought)
        cost = read()
    return {**cost, "done": done}


def _add(figures: Figures, name: str, result: dict[str, Any], aim: int, rows: int) -> Figure:
    speed = result["done"] / result["seconds"]
    figure = figures.add(f"{name}, list of {rows:,}", speed, "a second", aim=aim, rows=rows)
    own = result["cpu_seconds"] / result["seconds"]
    figures.add(f"  share of the time in our own process, {rows:,}", own, "of it", rows=rows)
    figures.add(f"  peak memory, {rows:,}", result["peak_mb"], "MB", aim=AIM_MB, rows=rows)
    return figure
