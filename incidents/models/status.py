"""What became of a victim: dated entries that are added to, never overwritten."""

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from incidents.models.base import Claim, FactRow
from incidents.models.incident import Incident
from incidents.models.person import Person
from reference.fields import (
    EarliestField,
    LatestField,
    TermField,
    UncertainDateField,
    date_order,
)


class StatusQuerySet(models.QuerySet["StatusEntry"]):
    """Reads of status entries."""

    def in_order(self) -> "StatusQuerySet":
        """As things happened. An entry open to the past comes first, an undated one last;
        entries of one day keep the order in which they were entered."""
        return self.order_by(
            models.F("date_latest").asc(nulls_last=True),
            models.F("date_earliest").asc(nulls_first=True),
            "pk",
        )


@pghistory.track()
class StatusEntry(Claim, FactRow):
    """From a date on a victim was, according to somebody, in this state.

    The current status is the last entry in order; it is derived and stored nowhere.
    """

    incident = models.ForeignKey(Incident, models.CASCADE, related_name="statuses")
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="statuses", verbose_name=_("victim")
    )
    status = TermField("victim-status", verbose_name=_("status"))
    date = UncertainDateField(_("from"), help_text=_("The day on which this became so."))
    date_earliest = EarliestField("date")
    date_latest = LatestField("date")
    note = models.CharField(_("note"), max_length=300, blank=True, help_text=_("Published."))
    note_local = models.CharField(_("note in Urdu or another language"), max_length=300, blank=True)

    objects = StatusQuerySet.as_manager()

    class Meta:
        verbose_name = _("status of a victim")
        verbose_name_plural = _("statuses of victims")
        ordering = ("pk",)
        indexes = (models.Index(fields=("status", "person"), name="status_of_person"),)
        constraints = (date_order("date"),)

    def __str__(self) -> str:
        return f"{self.person}: {self.status}"


@pghistory.track()
class BodyEntry(Claim, FactRow):
    """What happened to the body of somebody who died: found, handed over, buried."""

    incident = models.ForeignKey(Incident, models.CASCADE, related_name="body_entries")
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="body_entries", verbose_name=_("victim")
    )
    event = TermField("body-event", verbose_name=_("what happened"))
    date = UncertainDateField(_("date"))
    date_earliest = EarliestField("date")
    date_latest = LatestField("date")
    place_text = models.CharField(_("place in words"), max_length=200, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True, help_text=_("Published."))

    class Meta:
        verbose_name = _("event of the body")
        verbose_name_plural = _("events of the body")
        ordering = ("pk",)
        constraints = (date_order("date"),)

    def __str__(self) -> str:
        return f"{self.person}: {self.event}"
