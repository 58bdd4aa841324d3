"""The narrow rows that every filter, count and statistic walks."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from record.models.entry import IncidentEntry, VictimEntry, ViolationEntry


class AreaBasis(models.TextChoices):
    """Whether a source named the district, or we inferred it (Turbat, hence Kech)."""

    STATED = "stated", _("stated by a source")
    INFERRED = "inferred", _("inferred by us")


def _term(*, null: bool = False) -> "models.ForeignKey[Any, Any]":
    """A reference to a vocabulary term without an index of its own: composites serve instead."""
    return models.ForeignKey(
        "reference.Term", models.PROTECT, related_name="+", db_index=False, null=null
    )


def _area() -> "models.ForeignKey[Any, Any]":
    """The area of one level that holds the place, without an index of its own."""
    return models.ForeignKey(
        "reference.Area", models.PROTECT, related_name="+", db_index=False, null=True
    )


def _ids() -> "ArrayField[Any, Any]":
    """A sorted set of row ids with ancestors included: a parent finds its whole subtree."""
    return ArrayField(models.IntegerField(), default=list)


def _walks(*prefix: str) -> list[models.Index]:
    """Indexes that a list of one type walks newest first, everywhere, by province, by district.

    Nulls come last because undated facts close every list; ``start_latest`` rides along so that
    an overlap of dates is decided in the index, ``incident`` and ``victim`` so that these are
    counted there.
    """
    name = prefix[0] if prefix else "any"
    return [
        models.Index(
            *prefix,
            *place,
            F("start_earliest").desc(nulls_last=True),
            F("id").desc(),
            include=("start_latest", "incident", "victim"),
            name=f"fact_{name}_{place[0] if place else 'all'}",
        )
        for place in ((), ("province",), ("district",))
    ]


def _set_index(field: str) -> GinIndex:
    # fastupdate off: otherwise some publication pays for flushing everybody's pending entries.
    return GinIndex(fields=(field,), fastupdate=False, name=f"fact_{field}")


def _in_order(name: str) -> models.CheckConstraint:
    """The CHECK that the first possible day is not after the last; open bounds pass."""
    return models.CheckConstraint(
        condition=Q(**{f"{name}_earliest__lte": F(f"{name}_latest")}), name=f"fact_{name}_in_order"
    )


class Fact(models.Model):
    """One published violation, or one published incident that has none (a protest, say).

    Filters choose facts; a violation, incident or victim is listed when one of its facts is
    chosen. Sets hold ids together with all their ancestors: a filter never expands a subtree.
    ``type_1`` to ``type_3`` are the levels of the violation type, top level first, so that a
    covering index can begin with the level asked for. ``changed`` is the sequence of the last
    revision of the violation, or of the incident that has none. ``area_basis`` is an
    ``AreaBasis``, or empty where there is no area or nobody noted it.

    Nothing here may hold what the documents do not show: every column is derived from the
    finished document of the incident (``record/facts.py``), never from anything else.
    """

    incident = models.ForeignKey(IncidentEntry, models.CASCADE, related_name="facts")
    violation = models.OneToOneField(ViolationEntry, models.CASCADE, null=True, related_name="fact")
    victim = models.ForeignKey(VictimEntry, models.CASCADE, null=True, related_name="facts")

    incident_kind = _term()
    type_1 = _term(null=True)
    type_2 = _term(null=True)
    type_3 = _term(null=True)

    areas = _ids()
    area_basis = models.CharField(max_length=8, blank=True)
    province = _area()
    division = _area()
    district = _area()
    tehsil = _area()

    start_earliest = models.DateField(null=True)
    start_latest = models.DateField(null=True)
    end_earliest = models.DateField(null=True)
    end_latest = models.DateField(null=True)
    open_ended = models.BooleanField(default=False)

    statuses = _ids()
    sex = _term(null=True)
    age_group = _term(null=True)
    occupations = _ids()
    named = models.BooleanField(null=True)

    agencies = _ids()
    agency_types = _ids()
    attributions = _ids()
    grade = _term(null=True)
    contested = models.BooleanField(default=False)

    legal_actions = _ids()
    legal_types = _ids()
    sources = _ids()
    source_types = _ids()

    changed = models.BigIntegerField()

    class Meta:
        verbose_name = _("fact")
        verbose_name_plural = _("facts")
        constraints = (
            models.CheckConstraint(
                condition=Q(violation__isnull=False, type_1__isnull=False, grade__isnull=False)
                | Q(violation__isnull=True, type_1__isnull=True, victim__isnull=True),
                name="fact_violation_is_whole_or_absent",
            ),
            models.UniqueConstraint(
                fields=("incident",),
                condition=Q(violation__isnull=True),
                name="fact_without_violation_once",
            ),
            _in_order("start"),
            _in_order("end"),
            models.CheckConstraint(
                condition=Q(area_basis="") | Q(areas__len__gt=0, area_basis__in=AreaBasis.values),
                name="fact_basis_only_with_area",
            ),
        )
        indexes = (
            *_walks("type_1"),
            *_walks("type_2"),
            *_walks("type_3"),
            *_walks(),
            models.Index(fields=("-changed", "-id"), name="fact_changed"),
            # Where a range begins in the middle of a month, what ended before it is looked for.
            models.Index(
                fields=("start_latest",),
                condition=Q(start_earliest__isnull=True) | Q(start_earliest__lt=F("start_latest")),
                name="fact_longer_until",
            ),
            # What was going on in a range is many, and asks for both ends of each fact: read here
            # and not where the whole facts are.
            models.Index(
                fields=("start_earliest",),
                include=(
                    *("start_latest", "end_earliest", "end_latest", "open_ended"),
                    *("incident", "victim", "type_1"),
                ),
                name="fact_ongoing",
            ),
            *(
                _set_index(field)
                for field in ("areas", "statuses", "agencies", "legal_actions", "sources")
            ),
        )

    def __str__(self) -> str:
        return f"fact {self.pk}"
