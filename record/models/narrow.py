"""Facts once more, as narrow as they can be: what counts of hundreds of thousands read.

A row of ``Fact`` has some four hundred bytes, most of them in sets. Here a set is the number under
which it is kept once, so that a row has some hundred and all facts are soon gone through.
"""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from record.models.tally import Unit


class NumberedSet(models.Model):
    """A set of ids that facts hold, sorted, and the number that stands for it."""

    id = models.AutoField(primary_key=True)
    members = ArrayField(models.IntegerField(), unique=True)

    class Meta:
        verbose_name = _("numbered set")
        verbose_name_plural = _("numbered sets")

    def __str__(self) -> str:
        return f"set {self.pk}"


def _number(*, null: bool = False) -> "models.IntegerField[Any, Any]":
    """The key of a row elsewhere, as ``Fact`` names it; that of the fact is the one checked."""
    return models.IntegerField(null=null)


class NumberedFact(models.Model):
    """A fact (``id`` is its own there) with the numbers of its sets.

    Each row is derived from that of the fact in the statement that stores it
    (``record/narrow_facts.py``). ``month`` is the bucket of its date, of a month or of a year.
    """

    id = models.IntegerField(primary_key=True)
    incident_id = _number()
    victim_id = _number(null=True)
    violation_id = _number(null=True)
    type_1_id = _number(null=True)
    type_2_id = _number(null=True)
    type_3_id = _number(null=True)
    province_id = _number(null=True)
    division_id = _number(null=True)
    district_id = _number(null=True)
    start_earliest = models.DateField(null=True)
    start_latest = models.DateField(null=True)
    sex_id = _number(null=True)
    age_group_id = _number(null=True)
    grade_id = _number(null=True)
    areas_set = _number()
    statuses_set = _number()
    agencies_set = _number()
    attributions_set = _number()
    source_types_set = _number()
    contested = models.BooleanField()
    month = models.IntegerField()

    class Meta:
        verbose_name = _("numbered fact")
        verbose_name_plural = _("numbered facts")
        indexes = (
            # Objects are counted some thousand at a time, all facts of each together.
            models.Index(fields=("incident_id",), name="numbered_fact_incident"),
            models.Index(fields=("victim_id",), name="numbered_fact_victim"),
        )

    def __str__(self) -> str:
        return f"fact {self.pk}"


class BlockVersion(models.Model):
    """How often something was published of the incidents or victims (``unit``) whose ids lie in
    one block; 0 where there is no row."""

    unit = models.SmallIntegerField(choices=Unit)
    block = models.IntegerField()
    version = models.IntegerField()

    pk = models.CompositePrimaryKey("unit", "block")

    class Meta:
        verbose_name = _("version of a block")
        verbose_name_plural = _("versions of blocks")

    def __str__(self) -> str:
        return f"version of block {self.block}"


class BlockCount(models.Model):
    """What was counted of one block, when it had this version: rows of JSON, as the statement
    gives them by whose digest it is found again."""

    statement = models.CharField(max_length=32)
    block = models.IntegerField()
    unit = models.SmallIntegerField(choices=Unit)
    version = models.IntegerField()
    counts = models.TextField()

    pk = models.CompositePrimaryKey("statement", "block")

    class Meta:
        verbose_name = _("count of a block")
        verbose_name_plural = _("counts of blocks")

    def __str__(self) -> str:
        return f"count of block {self.block}"
