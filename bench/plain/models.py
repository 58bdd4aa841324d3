"""Normalized tables of the same cases, with the indexes one would give them."""

from typing import Any, ClassVar

from django.db import models


class Table(models.Model):
    """What all tables have."""

    # Said outright, since Gawah itself does not install these models.
    objects: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        abstract = True
        app_label = "plain"


class Province(Table):
    """A province."""

    code = models.CharField(max_length=24, unique=True)
    name = models.CharField(max_length=100)

    def __str__(self) -> str:
        return self.name


class District(Table):
    """A district of a province."""

    code = models.CharField(max_length=24, unique=True)
    name = models.CharField(max_length=100)
    province = models.ForeignKey(Province, models.PROTECT)

    def __str__(self) -> str:
        return self.name


class ViolationType(Table):
    """A type of violation below another one."""

    code = models.CharField(max_length=60, unique=True)
    label = models.CharField(max_length=200)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")

    def __str__(self) -> str:
        return self.label


class Agency(Table):
    """An agency."""

    name = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.name


class Source(Table):
    """A source."""

    reference = models.CharField(max_length=24, unique=True)
    title = models.CharField(max_length=300)
    publisher = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.title


class Incident(Table):
    """An incident with its account."""

    reference = models.CharField(max_length=24, unique=True)
    title = models.CharField(max_length=300)
    account = models.TextField()
    date = models.CharField(max_length=40, blank=True)
    earliest = models.DateField(null=True)
    latest = models.DateField(null=True)
    grade = models.CharField(max_length=24)

    class Meta(Table.Meta):
        indexes = (models.Index(fields=("-earliest", "-id"), name="plain_incident_newest"),)

    def __str__(self) -> str:
        return self.title


class Victim(Table):
    """A victim."""

    reference = models.CharField(max_length=24, unique=True)
    name = models.CharField(max_length=200)
    name_local = models.CharField(max_length=200)
    fathers_name = models.CharField(max_length=200)
    sex = models.CharField(max_length=24)
    age_group = models.CharField(max_length=24)
    status = models.CharField(max_length=24)

    def __str__(self) -> str:
        return self.name


class Violation(Table):
    """What was done to a victim in an incident."""

    reference = models.CharField(max_length=24, unique=True)
    incident = models.ForeignKey(Incident, models.CASCADE, related_name="violations")
    victim = models.ForeignKey(Victim, models.CASCADE, related_name="violations")
    type = models.ForeignKey(ViolationType, models.PROTECT)
    province = models.ForeignKey(Province, models.PROTECT, null=True)
    district = models.ForeignKey(District, models.PROTECT, null=True)
    start = models.CharField(max_length=40, blank=True)
    start_earliest = models.DateField(null=True)
    start_latest = models.DateField(null=True)
    end = models.CharField(max_length=40, blank=True)
    open_ended = models.BooleanField()
    agencies = models.ManyToManyField(Agency)

    class Meta(Table.Meta):
        indexes = (
            models.Index(
                fields=("type", "district", "-start_earliest"), name="plain_violation_district"
            ),
            models.Index(
                fields=("type", "province", "-start_earliest"), name="plain_violation_province"
            ),
        )

    def __str__(self) -> str:
        return self.reference


class Citation(Table):
    """What a violation rests on."""

    violation = models.ForeignKey(Violation, models.CASCADE, related_name="citations")
    source = models.ForeignKey(Source, models.CASCADE)
    locator = models.CharField(max_length=40)

    def __str__(self) -> str:
        return self.locator
