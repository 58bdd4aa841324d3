"""Samples that can be drawn again: the same number and seed give the same records.

Every record gets a number from its id and the seed, and those with the smallest numbers are the
sample. Whether a record is drawn depends on nothing but the question, the seed and the records
themselves: while none is published or withdrawn the sample stays, and after that it differs by
few. A larger sample with the same seed holds the smaller one.
"""

from dataclasses import dataclass
from typing import Any, Final

from django.db.models import BigIntegerField, F, Func, QuerySet, Value
from django.db.models.functions import Cast

from record.resources import Resource

DEFAULT_SEED: Final = 1


@dataclass(frozen=True, slots=True)
class Sample:
    """How many records are drawn, and by which seed."""

    size: int
    seed: int


class _Drawn(Func):
    """A number that looks random and follows from an id and a seed.

    PostgreSQL's own hash, by which it also divides partitioned tables: so it stays what it is
    from one version to the next.
    """

    function = "hashint8extended"
    output_field = BigIntegerField()


def sampled(resource: Resource, rows: QuerySet[Any], sample: Sample) -> QuerySet[Any]:
    """Those of the rows, one an object, that are drawn; unordered."""
    seed = Value(sample.seed, BigIntegerField())
    number = _Drawn(Cast(F(resource.key_id), BigIntegerField()), seed)
    drawn = rows.order_by(number, resource.key_id).values(resource.key_id)[: sample.size]
    keys: QuerySet[Any] = resource.keys.objects.filter(**{f"{resource.key_id}__in": drawn})
    return keys
