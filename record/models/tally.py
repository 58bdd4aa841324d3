"""Counts kept ready: how many incidents, victims and violations lie where, of what, and when.

Everything here is a sum over ``Fact`` and can be made anew from it (``record/tallies/making.py``).
Columns that name terms, areas and entries are plain numbers: these rows come and go with the facts
they were counted from, whose keys are checked.
"""

from datetime import timedelta
from typing import Any, Final

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

UNITS = ("incidents", "victims", "violations")
"""What is counted in tallies, by the name of its column."""

OPEN_START = 0
"""``first`` where a date has no first possible day."""

OPEN_END = 999_999
"""``last`` where a date has no last possible day. With ``OPEN_START``: the date is unknown."""

SEVERAL_YEARS = (OPEN_START, OPEN_END - 1)
"""``first`` and ``last`` of all dates that lie in no single year, counted together."""


class Grain(models.IntegerChoices):
    """What one row of ``Tally`` counts.

    An even object has one date in all its facts: it lies in one span of months, and every
    question about dates can be answered from there. An uneven one has several. It is counted once
    in each of three ways, for questions that ask for no range: whole, by year and by month. For
    those that do, its facts are kept in ``UnevenFact``.
    """

    EVEN = 0, _("objects of one date, by its months")
    WHOLE = 1, _("other objects, whole")
    YEAR = 2, _("other objects, by year")
    MONTH = 3, _("other objects, by month")


class Lacking(models.IntegerChoices):
    """The level of area that the facts counted do not have, while they lie in a wider one.

    ``NARROWER``: they are placed in this very area, and nothing within it is known. Each such fact
    is counted in one area alone, so that sums over an area and those above it add up. Only objects
    of one place are counted so: another may have a fact in the area that a question asks for.
    """

    NOTHING = 0, _("whether or not more is known")
    PROVINCE = 1, _("province unknown")
    DIVISION = 2, _("division unknown")
    DISTRICT = 3, _("district unknown")
    NARROWER = 4, _("nothing narrower known")


class Tally(models.Model):
    """How many objects have a fact of one type, in one area, at one time.

    ``type`` is a term with all below it, or, where ``own``, only what has no narrower type; 0 is
    any type, or, where ``own``, no recorded violation. ``area`` is a country, province, division
    or district with all below it, 0 anywhere; ``lacking`` narrows it to facts that do not have a
    level (``Lacking``). ``first`` and ``last`` are the months of the first and last possible
    day, counted from the year 0 (``year * 12 + month - 1``), or ``OPEN_START`` and ``OPEN_END``;
    where ``grain`` counts by buckets they are those of the bucket: January and December of a year,
    or ``SEVERAL_YEARS``.
    """

    type = models.IntegerField()
    area = models.IntegerField()
    own = models.BooleanField()
    lacking = models.SmallIntegerField()
    grain = models.SmallIntegerField()
    first = models.IntegerField()
    last = models.IntegerField()
    incidents = models.IntegerField()
    victims = models.IntegerField()
    violations = models.IntegerField()

    pk = models.CompositePrimaryKey("type", "area", "own", "lacking", "grain", "first", "last")

    class Meta:
        verbose_name = _("tally")
        verbose_name_plural = _("tallies")

    def __str__(self) -> str:
        return f"tally of {self.pk}"


def _number(model: str, *, null: bool = False) -> "models.ForeignKey[Any, Any]":
    """The key of a row elsewhere, as ``Fact`` names it; that of the fact is the one checked."""
    return models.ForeignKey(
        model,
        models.DO_NOTHING,
        related_name="+",
        db_index=False,
        db_constraint=False,
        null=null,
    )


class Unit(models.IntegerChoices):
    """What is counted once however many facts it has, unlike a violation, which has one."""

    INCIDENT = 0, _("incident")
    VICTIM = 1, _("victim")


ORDINARY: Final = timedelta(days=31)
"""Between the first and the last possible day of most dates lies no more than this."""

LONG: Final = (
    Q(start_earliest__isnull=True)
    | Q(start_latest__isnull=True)
    | Q(start_latest__gt=F("start_earliest") + ORDINARY)
)
"""The dates of which more is open, in the words of an index."""


class UnevenFact(models.Model):
    """A fact of an incident or a victim (``unit``) whose facts differ: what filters by type, place
    and date ask of it, under the names that ``Fact`` has for it. ``fact`` is its id there.

    ``dates_differ``: the facts of the object have several dates. ``places_differ``: they have
    several places, of which one has no district and may be any.
    """

    unit = models.SmallIntegerField(choices=Unit)
    fact = models.BigIntegerField()
    incident = _number("record.IncidentEntry")
    victim = _number("record.VictimEntry", null=True)
    type_1 = _number("reference.Term", null=True)
    type_2 = _number("reference.Term", null=True)
    type_3 = _number("reference.Term", null=True)
    areas = ArrayField(models.IntegerField())
    province = _number("reference.Area", null=True)
    division = _number("reference.Area", null=True)
    district = _number("reference.Area", null=True)
    start_earliest = models.DateField(null=True)
    start_latest = models.DateField(null=True)
    dates_differ = models.BooleanField()
    places_differ = models.BooleanField()

    pk = models.CompositePrimaryKey("unit", "fact")

    class Meta:
        verbose_name = _("fact of an uneven object")
        verbose_name_plural = _("facts of uneven objects")
        indexes = (
            models.Index(fields=("unit", "start_earliest"), name="uneven_from"),
            models.Index(fields=("unit", "start_latest"), name="uneven_until"),
            models.Index(fields=("unit", "start_latest"), condition=LONG, name="uneven_long"),
            models.Index(fields=("unit",), condition=Q(places_differ=True), name="uneven_places"),
        )

    def __str__(self) -> str:
        return f"fact {self.fact}"


class Trait(models.IntegerChoices):
    """What else is known of a fact, or of its victim, and counted besides type, place and time."""

    STATUS = 1, _("status of the victim")
    SEX = 2, _("sex of the victim")
    AGE_GROUP = 3, _("age group of the victim")
    AGENCY = 4, _("alleged responsible")
    GRADE = 5, _("how well established")
    ATTRIBUTION = 6, _("what the accused side says")
    SOURCE_TYPE = 7, _("kind of source")
    CONTESTED = 8, _("whether accounts disagree")


class TraitTally(models.Model):
    """How many objects have a fact with one trait, of one type or in one province.

    ``value`` is a term or an agency with all below it, or, where ``own``, only what has no
    narrower one; 0 is what is not known, or not there; of what is true or false, 1 is what is true
    and 0 what is not. ``type`` is a term with all below it,
    ``province`` an area; 0 is any, and one of the two always is: every trait of every type in
    every place would cost each publication more than the few who ask for that are worth. So would
    times. What these rows do not tell is counted on the facts.
    """

    trait = models.SmallIntegerField(choices=Trait)
    type = models.IntegerField()
    province = models.IntegerField()
    own = models.BooleanField()
    value = models.IntegerField()
    incidents = models.IntegerField()
    victims = models.IntegerField()
    violations = models.IntegerField()

    pk = models.CompositePrimaryKey("trait", "type", "province", "own", "value")

    class Meta:
        verbose_name = _("tally of a trait")
        verbose_name_plural = _("tallies of traits")

    def __str__(self) -> str:
        return f"tally of {self.pk}"
