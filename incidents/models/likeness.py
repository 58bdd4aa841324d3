"""Whether two people are one: what somebody decided, and what a merge moved.

No machine decides it. A decision is remembered, so that nobody is asked twice, and a merge keeps
what it moved, so that it can be taken back.
"""

import json
from typing import Any, Final, Self

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from incidents.models.person import Person, PersonName
from incidents.models.sealed import SealedTextField, Unreadable

_TOLD: Final = "sources"


class Likeness(models.TextChoices):
    """What somebody who looked at two people concluded."""

    SAME = "same", _("the same person")
    DIFFERENT = "different", _("two different people")
    UNSURE = "unsure", _("not sure")


class LikenessQuerySet(models.QuerySet["LikenessDecision"]):
    """Reads of decisions."""

    def of(self, one: Person, other: Person) -> "LikenessDecision | None":
        """What was decided of these two, whichever is named first."""
        first, second = sorted((one.pk, other.pk))
        return self.filter(first=first, second=second).first()

    def settled(self) -> Self:
        """Decisions after which nobody needs to be asked again."""
        return self.exclude(decision=Likeness.UNSURE)


@pghistory.track()
class LikenessDecision(models.Model):
    """The last decision on two people; earlier ones stay in its history."""

    first = models.ForeignKey(Person, models.CASCADE, related_name="+")
    second = models.ForeignKey(Person, models.CASCADE, related_name="+")
    decision = models.CharField(_("decision"), max_length=9, choices=Likeness.choices)
    reason = models.TextField(
        _("reason"), blank=True, help_text=_("What decided it. Never published.")
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided"), auto_now=True)

    objects = LikenessQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision on two people")
        verbose_name_plural = _("decisions on two people")
        constraints = (
            models.UniqueConstraint(fields=("first", "second"), name="likeness_decided_once"),
            models.CheckConstraint(
                condition=Q(first__lt=F("second")), name="likeness_lower_id_first"
            ),
        )

    def __str__(self) -> str:
        return f"{self.first} – {self.second}: {self.get_decision_display()}"


class MergerQuerySet(models.QuerySet["Merger"]):
    """Reads of mergers."""

    def standing(self) -> Self:
        """Mergers that nobody has taken back."""
        return self.filter(undone_at=None)

    def losers(self) -> "models.QuerySet[Merger, int]":
        """Ids of the people who live on in another record, for conditions on people."""
        return self.standing().values_list("loser", flat=True)

    def survivor_of(self, person: Person) -> Person:
        """The record in which somebody lives on now, at any remove: their own if none other."""
        while merger := self.standing().filter(loser=person).select_related("survivor").first():
            person = merger.survivor
        return person


@pghistory.track()
class Merger(models.Model):
    """One person merged into another, with every row that moved, so that it can be taken back."""

    loser = models.ForeignKey(
        Person, models.PROTECT, related_name="mergers_out", verbose_name=_("the one that went")
    )
    survivor = models.ForeignKey(
        Person, models.PROTECT, related_name="mergers_in", verbose_name=_("the one that stayed")
    )
    note = models.TextField(_("why these are one"))
    moved = models.JSONField(default=dict)
    """Relation of a person → ids of the rows that were moved or linked. Ask ``moved_of``."""
    told = SealedTextField(blank=True, editable=False)
    """Ids of the sources that the one who went had told us of, sealed as the sources say it."""
    kept = models.JSONField(default=dict)
    """Values of the loser that the merge changed → what they were."""
    last_revision = models.BigIntegerField(_("last revision before it"), default=0)
    """Number of the last revision of the public record when it was done."""
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("merged by")
    )
    merged_at = models.DateTimeField(_("merged"), auto_now_add=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("taken back by"),
    )
    undone_at = models.DateTimeField(_("taken back"), null=True)

    objects = MergerQuerySet.as_manager()

    class Meta:
        verbose_name = _("merger of two people")
        verbose_name_plural = _("mergers of people")
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(condition=~Q(loser=F("survivor")), name="merger_of_two_people"),
            models.UniqueConstraint(
                fields=("loser",), condition=Q(undone_at=None), name="merger_stands_once"
            ),
            models.CheckConstraint(
                condition=Q(undone_at=None, undone_by=None)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="merger_undone_by_somebody",
            ),
        )

    def __str__(self) -> str:
        return f"{self.loser} → {self.survivor}"

    def save(self, *arguments: Any, **options: Any) -> None:
        """Save it; which sources somebody told of lies sealed."""
        if (told := self.moved.pop(_TOLD, None)) is not None:
            self.told = json.dumps(told)
            if (fields := options.get("update_fields")) is not None:
                options["update_fields"] = {*fields, "told"}
        super().save(*arguments, **options)

    @property
    def told_in_trust(self) -> bool:
        """Whether ``told`` is to lie sealed: nobody tells us in the open."""
        return True

    def moved_of(self, relation: str) -> list[int]:
        """Ids of the rows of a relation that were moved; of sources whose key is missing none."""
        if relation != _TOLD:
            found: list[int] = self.moved.get(relation, [])
        elif self.told and not isinstance(self.told, Unreadable):
            found = json.loads(self.told)
        else:
            found = []
        return found


class Strength(models.IntegerChoices):
    """How much speaks for two records being one person. No percentage: nobody could check one."""

    STRONG = 3, _("strong")
    POSSIBLE = 2, _("possible")
    WEAK = 1, _("weak")


class NameKey(models.Model):
    """What duplicate hints compare of a name: coarser than search, without tribe names.

    Derived from the name and thrown away at will; ``digest`` says of which name. Here and in the
    other derived tables below the database does not insist that the people are still there:
    taking a whole import back need not know of them, and every read looks for the people.
    """

    name = models.OneToOneField(
        PersonName, models.CASCADE, primary_key=True, related_name="+", db_constraint=False
    )
    person = models.ForeignKey(Person, models.CASCADE, related_name="+", db_constraint=False)
    is_arabic = models.BooleanField()
    given = models.CharField(max_length=300)
    bones = models.CharField(max_length=300)
    """Consonants of ``given``: alike in both scripts."""
    father = models.CharField(max_length=300)
    father_bones = models.CharField(max_length=300)
    whole = models.CharField(max_length=600)
    """The name and the father's name in one: the press prints the second like a surname."""
    whole_bones = models.CharField(max_length=600)
    digest = models.CharField(max_length=32)

    class Meta:
        verbose_name = _("key of a name")
        verbose_name_plural = _("keys of names")
        indexes = (
            models.Index(fields=("bones", "father_bones"), name="name_key_bones"),
            models.Index(fields=("whole_bones",), name="name_key_whole_bones"),
            GinIndex(fields=("whole",), opclasses=("gin_trgm_ops",), name="name_key_whole"),
        )

    def __str__(self) -> str:
        return self.whole


class LookedAt(models.Model):
    """When the program last looked for records that resemble a person's."""

    person = models.OneToOneField(
        Person, models.CASCADE, primary_key=True, related_name="+", db_constraint=False
    )
    at = models.DateTimeField(_("looked at"))

    class Meta:
        verbose_name = _("look for duplicates")
        verbose_name_plural = _("looks for duplicates")

    def __str__(self) -> str:
        return f"{self.person_id}: {self.at:%Y-%m-%d %H:%M}"


class PairQuerySet(models.QuerySet["PossiblePair"]):
    """Reads of pairs."""

    def open(self) -> Self:
        """Pairs that somebody should still look at: not settled, and neither merged away.

        Two people who were found to be the same stay here until they are merged.
        """
        settled = LikenessDecision.objects.filter(
            first=models.OuterRef("first"),
            second=models.OuterRef("second"),
            decision=Likeness.DIFFERENT,
        )
        gone = Merger.objects.losers()
        return self.exclude(models.Exists(settled)).exclude(Q(first__in=gone) | Q(second__in=gone))

    def decided(self, decision: str | None) -> Self:
        """Pairs on which this was decided; None: nothing was."""
        decisions = LikenessDecision.objects.filter(
            first=models.OuterRef("first"), second=models.OuterRef("second")
        )
        if decision is None:
            return self.exclude(models.Exists(decisions))
        return self.filter(models.Exists(decisions.filter(decision=decision)))


class PossiblePair(models.Model):
    """Two records that may be one person, found by the program for somebody to look at."""

    first = models.ForeignKey(Person, models.CASCADE, related_name="+", db_constraint=False)
    second = models.ForeignKey(Person, models.CASCADE, related_name="+", db_constraint=False)
    strength = models.PositiveSmallIntegerField(_("what speaks for it"), choices=Strength.choices)
    agrees = ArrayField(models.CharField(max_length=12), default=list)
    differs = ArrayField(models.CharField(max_length=12), default=list)
    """Codes of what was compared, as ``incidents.duplicates.evidence`` names it."""

    objects = PairQuerySet.as_manager()

    class Meta:
        verbose_name = _("possible duplicate")
        verbose_name_plural = _("possible duplicates")
        ordering = ("-strength", "-second", "-first")
        constraints = (
            models.UniqueConstraint(fields=("first", "second"), name="pair_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="pair_lower_id_first"),
            models.CheckConstraint(
                condition=Q(strength__in=Strength.values), name="pair_strength_is_known"
            ),
        )
        indexes = (models.Index(fields=("-strength", "-second", "-first"), name="pair_queue"),)

    def __str__(self) -> str:
        return f"{self.first_id} – {self.second_id}"
