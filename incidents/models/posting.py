"""Posts that people held in agencies and units, from when to when, and who says so."""

from datetime import date
from typing import ClassVar, Self

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from incidents.models.agency import Agency
from incidents.models.base import CaseRow
from incidents.models.person import Person
from incidents.models.source import Source
from reference.fields import EarliestField, LatestField, UncertainDateField, date_order

_CERTAINLY = Q(since_latest__isnull=False, until_earliest__isnull=False)


class PostingQuerySet(models.QuerySet["Posting"]):
    """Reads of posts."""

    def held_on(self, day: date) -> Self:
        """Posts whose dates possibly cover a day, each with ``certain``: whether they surely do.

        A date that is not known, the start or the end, makes it possible and never certain.
        """
        begun = Q(since_earliest__isnull=True) | Q(since_earliest__lte=day)
        not_over = Q(until_latest__isnull=True) | Q(until_latest__gte=day)
        surely = _CERTAINLY & Q(since_latest__lte=day, until_earliest__gte=day)
        return self.filter(begun, not_over).annotate(
            certain=models.ExpressionWrapper(surely, output_field=models.BooleanField())
        )


@pghistory.track()
class Posting(CaseRow):
    """Somebody held a post in an agency or unit. Never published."""

    person = models.ForeignKey(
        Person, models.CASCADE, related_name="postings", verbose_name=_("person")
    )
    agency = models.ForeignKey(
        Agency,
        models.PROTECT,
        related_name="postings",
        verbose_name=_("agency or unit"),
        help_text=_("The smallest unit that the source names."),
    )
    post = models.CharField(
        _("post"), max_length=200, help_text=_("As the source puts it: “Regional officer, Makran”.")
    )
    rank = models.CharField(
        _("rank"), max_length=120, blank=True, help_text=_("“Superintendent of Police”.")
    )
    commands = models.BooleanField(
        _("a command post"),
        null=True,
        blank=True,
        help_text=_("Whether whoever holds it gives orders to the unit. Empty: not known."),
    )
    since = UncertainDateField(_("since"), help_text=_("Empty: not known."))
    since_earliest = EarliestField("since")
    since_latest = LatestField("since")
    until = UncertainDateField(
        _("until"),
        help_text=_(
            "Empty: not known. Somebody who still held it on a day held it on that day or longer: "
            "2024-05-01/.."
        ),
    )
    until_earliest = EarliestField("until")
    until_latest = LatestField("until")
    source = models.ForeignKey(
        Source,
        models.PROTECT,
        related_name="postings",
        verbose_name=_("source"),
        help_text=_("What says so. Without a source a post cannot be entered."),
    )

    objects = PostingQuerySet.as_manager()

    class Meta:
        verbose_name = _("post in an organisation")
        verbose_name_plural = _("posts in organisations")
        ordering = ("pk",)
        constraints: ClassVar[tuple[models.CheckConstraint, ...]] = (
            date_order("since"),
            date_order("until"),
            models.CheckConstraint(
                condition=Q(since_earliest__isnull=True)
                | Q(until_latest__isnull=True)
                | Q(since_earliest__lte=F("until_latest")),
                name="posting_ends_after_it_starts",
                violation_error_message=_("The end lies before the start. Check both dates."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.person}: {self.post}"
