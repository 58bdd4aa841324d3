"""The dates that other claimants give for what the record dates itself."""

from typing import Final

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from record.models.fact import Fact
from record.models.tally import ORDINARY

LONG_CLAIM: Final = (
    Q(claimed_earliest__isnull=True)
    | Q(claimed_latest__isnull=True)
    | Q(claimed_latest__gt=F("claimed_earliest") + ORDINARY)
)
"""The dates of which more is open, in the words of an index."""


class ClaimedDate(models.Model):
    """A date on which a fact began according to a published account, where the record has another.

    ``claimed_earliest`` and ``claimed_latest`` are the first and last possible day by that
    account. The other columns repeat the dates of the fact, so that all that a range asks of
    dates is decided in this narrow table. A bound that is NULL is open. Derived from the finished
    document of the incident alone (``record/claimed_dates.py``), and gone when its fact is.
    """

    fact = models.ForeignKey(Fact, models.CASCADE, related_name="claimed_dates", db_index=False)
    claimed_earliest = models.DateField(null=True)
    claimed_latest = models.DateField(null=True)
    start_earliest = models.DateField(null=True)
    start_latest = models.DateField(null=True)
    end_earliest = models.DateField(null=True)
    end_latest = models.DateField(null=True)
    open_ended = models.BooleanField()

    class Meta:
        verbose_name = _("date of another claimant")
        verbose_name_plural = _("dates of other claimants")
        constraints = (
            models.UniqueConstraint(
                fields=("fact", "claimed_earliest", "claimed_latest"),
                nulls_distinct=False,
                name="claimed_date_once",
            ),
            models.CheckConstraint(
                condition=Q(claimed_earliest__isnull=False) | Q(claimed_latest__isnull=False),
                name="claimed_date_is_known",
            ),
            models.CheckConstraint(
                condition=Q(claimed_earliest__lte=F("claimed_latest")),
                name="claimed_date_in_order",
            ),
        )
        indexes = (
            models.Index(fields=("claimed_earliest",), name="claimed_date_from"),
            models.Index(
                fields=("claimed_latest",), condition=LONG_CLAIM, name="claimed_date_long"
            ),
        )

    def __str__(self) -> str:
        return f"{self.claimed_earliest}/{self.claimed_latest}"
