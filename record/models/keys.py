"""Narrow rows for listing the objects themselves: what orders them and what is their own.

Sets of ids are sorted and hold all ancestors, as in ``fact.py``. ``changed`` is the sequence of
the last revision. Only live entries have keys.
"""

from typing import Any, Final

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from record.models.entry import (
    AgencyEntry,
    IncidentEntry,
    LegalActionEntry,
    SourceEntry,
    VictimEntry,
)


def _ids() -> "ArrayField[Any, Any]":
    return ArrayField(models.IntegerField(), default=list)


def _newest_first(name: str) -> models.Index:
    """Walks by date, newest first; the undated close the list."""
    return models.Index(F("earliest").desc(nulls_last=True), F("entry").desc(), name=name)


def _reaching_back(name: str) -> models.Index:
    """Walks those of which something lies before their date; they are few."""
    return models.Index(
        F("earliest").desc(nulls_last=True),
        F("entry").desc(),
        condition=Q(reaches_back=True),
        name=name,
    )


class IncidentKey(models.Model):
    """What orders incidents: their own date and their last change.

    ``reaches_back``: something in it may have begun before its own date, so that a range which
    ends before that date may still find it.
    """

    entry = models.OneToOneField(
        IncidentEntry, models.CASCADE, primary_key=True, related_name="key"
    )
    earliest = models.DateField(null=True)
    latest = models.DateField(null=True)
    reaches_back = models.BooleanField(default=False)
    changed = models.BigIntegerField()

    class Meta:
        verbose_name = _("incident key")
        verbose_name_plural = _("incident keys")
        indexes = (
            _newest_first("incident_key_newest"),
            _reaching_back("incident_key_back"),
            models.Index(fields=("-changed",), name="incident_key_changed"),
        )

    def __str__(self) -> str:
        return f"key of {self.entry_id}"


GROUPS: Final = Q(people__isnull=True) | Q(people__lt=1) | Q(people__gt=1)
"""The victims that are no single person, in the words of their index."""


class VictimKey(models.Model):
    """What counts and orders victims.

    ``people`` is 1 for an individual, the number for a group of known size and empty for a
    group of unknown size; ``estimated`` says that the number is somebody's estimate.
    ``earliest`` is the first possible day of the latest thing done to the victim;
    ``reaches_back``: something else may have begun before it.
    """

    entry = models.OneToOneField(VictimEntry, models.CASCADE, primary_key=True, related_name="key")
    sort_name = models.CharField(max_length=200, blank=True)
    people = models.PositiveIntegerField(null=True)
    estimated = models.BooleanField(default=False)
    earliest = models.DateField(null=True)
    reaches_back = models.BooleanField(default=False)
    changed = models.BigIntegerField()

    class Meta:
        verbose_name = _("victim key")
        verbose_name_plural = _("victim keys")
        indexes = (
            models.Index(fields=("sort_name", "entry"), name="victim_key_name"),
            _newest_first("victim_key_newest"),
            _reaching_back("victim_key_back"),
            models.Index(fields=("-changed",), name="victim_key_changed"),
            # Few, and looked up whenever people are counted.
            models.Index(fields=("entry",), condition=GROUPS, name="victim_key_groups"),
        )

    def __str__(self) -> str:
        return f"key of {self.entry_id}"


class VictimName(models.Model):
    """A published name of a victim, folded for search. A withheld name has no row here."""

    entry = models.ForeignKey(VictimEntry, models.CASCADE, related_name="names")
    folded = models.CharField(max_length=300)
    skeleton = models.CharField(max_length=300)

    class Meta:
        verbose_name = _("victim name")
        verbose_name_plural = _("victim names")
        constraints = (
            models.UniqueConstraint(fields=("entry", "folded"), name="victim_name_once"),
        )
        indexes = tuple(
            GinIndex(
                fields=(field,),
                opclasses=("gin_trgm_ops",),
                fastupdate=False,
                name=f"victim_name_{field}",
            )
            for field in ("folded", "skeleton")
        )

    def __str__(self) -> str:
        return self.folded


class AgencyKey(models.Model):
    """An agency's type with its ancestors, and its parents, itself included.

    ``parents`` are the references the document names, of any time; ``lineage`` are the ids of
    all agencies above it and its own. Time does not cut a lineage: a unit counts for each body
    it ever belonged to.
    """

    entry = models.OneToOneField(AgencyEntry, models.CASCADE, primary_key=True, related_name="key")
    sort_name = models.CharField(max_length=200, blank=True)
    types = _ids()
    parents = ArrayField(models.CharField(max_length=24), default=list)
    lineage = _ids()
    areas = _ids()
    changed = models.BigIntegerField()

    class Meta:
        verbose_name = _("agency key")
        verbose_name_plural = _("agency keys")
        indexes = (models.Index(fields=("sort_name", "entry"), name="agency_key_name"),)

    def __str__(self) -> str:
        return f"key of {self.entry_id}"


class LegalActionKey(models.Model):
    """What a legal action is filtered by: its own type, filing date, forum, place and course.

    ``compliances`` are those of the action and of every order among its steps.
    """

    entry = models.OneToOneField(
        LegalActionEntry, models.CASCADE, primary_key=True, related_name="key"
    )
    types = _ids()
    forum = models.ForeignKey(AgencyEntry, models.SET_NULL, null=True, related_name="+")
    areas = _ids()
    area_basis = models.CharField(max_length=8, blank=True)
    earliest = models.DateField(null=True)
    latest = models.DateField(null=True)
    stages = _ids()
    outcomes = _ids()
    compliances = _ids()
    changed = models.BigIntegerField()

    class Meta:
        verbose_name = _("legal action key")
        verbose_name_plural = _("legal action keys")
        indexes = (_newest_first("legal_action_key_newest"),)

    def __str__(self) -> str:
        return f"key of {self.entry_id}"


class SourceKey(models.Model):
    """What a source is filtered by: its type, its language and when it was published."""

    entry = models.OneToOneField(SourceEntry, models.CASCADE, primary_key=True, related_name="key")
    types = _ids()
    language = models.ForeignKey(
        "reference.Term", models.PROTECT, null=True, related_name="+", db_index=False
    )
    earliest = models.DateField(null=True)
    latest = models.DateField(null=True)
    changed = models.BigIntegerField()

    class Meta:
        verbose_name = _("source key")
        verbose_name_plural = _("source keys")
        indexes = (_newest_first("source_key_newest"),)

    def __str__(self) -> str:
        return f"key of {self.entry_id}"
