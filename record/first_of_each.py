"""The first objects of each month or year that a question finds, for a line of time.

An object stands in each period in which one of its facts began, as the counts by that period
have it.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal

from django.db.models import F, Min, Window
from django.db.models.functions import RowNumber

from record import counting
from record.pages import read
from reference.date_queries import bucket_of

if TYPE_CHECKING:
    from record.questions import Question


def first_of_each(
    question: "Question", by: Literal["month", "year"], most: int
) -> Mapping[str, list[bytes]]:
    """The documents of at most ``most`` objects of each bucket of ``by``, the earliest first.

    Documents are in UTF-8. Buckets are those of ``Question.statistics``; the question's resource is
    one that statistics count. Two queries.
    """
    resource, conditions = question.resource, question.filters.conditions()
    unit = resource.fact_column
    rank = Window(
        RowNumber(),
        partition_by=[F("period")],
        order_by=[F("first").asc(nulls_last=True), F(unit).asc()],
    )
    rows: Any = (
        counting.facts(resource, conditions)
        .order_by()
        .annotate(period=bucket_of("start", by))
        .values("period", unit)
        .annotate(first=Min("start_earliest"))
        .annotate(rank=rank)
        .filter(rank__lte=most)
        .values_list("period", unit, "rank")
    )
    chosen = sorted(rows, key=lambda row: (row[0], row[2]))
    wanted = {pk for _, pk, _ in chosen}
    live = resource.entries.objects.live().filter(pk__in=wanted)
    documents = dict(read(live.values_list("pk", "document")))
    found: dict[str, list[bytes]] = {}
    for period, pk, _ in chosen:
        if pk in documents:
            found.setdefault(period, []).append(documents[pk])
    return found
