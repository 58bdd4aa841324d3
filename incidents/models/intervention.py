"""Appeals to bodies that could act."""

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from incidents.models.agency import Agency
from incidents.models.base import FactRow, ManagedRow
from incidents.models.incident import Incident
from incidents.models.person import Person
from reference.fields import (
    EarliestField,
    LatestField,
    TermField,
    TermsField,
    UncertainDateField,
    date_order,
)


@pghistory.track()
class Intervention(ManagedRow, FactRow):
    """Somebody asked somebody to act: an appeal, a visit, a call for an inquiry."""

    incident = models.ForeignKey(Incident, models.CASCADE, related_name="interventions")
    people = models.ManyToManyField(
        Person, blank=True, related_name="interventions", verbose_name=_("for whom")
    )
    types = TermsField("intervention-type", verbose_name=_("what was asked or given"))
    by_text = models.CharField(
        _("by whom"), max_length=200, blank=True, help_text=_("In words, without private names.")
    )
    by_text_local = models.CharField(
        _("by whom, in Urdu or another language"), max_length=200, blank=True
    )
    date = UncertainDateField(_("date"))
    date_earliest = EarliestField("date")
    date_latest = LatestField("date")
    text = models.TextField(_("what was said"), blank=True, help_text=_("Published."))
    text_local = models.TextField(_("the same in Urdu or another language"), blank=True)
    impact = TermField("intervention-impact", verbose_name=_("effect"), null=True, blank=True)
    status = TermField("intervention-status", verbose_name=_("standing"), null=True, blank=True)
    priority = TermField("intervention-priority", verbose_name=_("urgency"), null=True, blank=True)

    class Meta:
        verbose_name = _("intervention")
        verbose_name_plural = _("interventions")
        ordering = ("pk",)
        constraints = (date_order("date"),)

    def __str__(self) -> str:
        return f"{self.by_text} {self.date}"


@pghistory.track()
class InterventionAddressee(FactRow):
    """A body that was asked, and what it answered."""

    intervention = models.ForeignKey(Intervention, models.CASCADE, related_name="addressees")
    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="interventions", verbose_name=_("to")
    )
    response = TermField("intervention-response", verbose_name=_("response"), null=True, blank=True)
    responded = UncertainDateField(_("answered on"))
    responded_earliest = EarliestField("responded")
    responded_latest = LatestField("responded")

    class Meta:
        verbose_name = _("addressee")
        verbose_name_plural = _("addressees")
        ordering = ("pk",)
        constraints = (
            date_order("responded"),
            models.UniqueConstraint(
                fields=("intervention", "agency"), name="intervention_addressee_once"
            ),
        )

    def __str__(self) -> str:
        return str(self.agency)
