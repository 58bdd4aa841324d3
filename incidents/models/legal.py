"""Courts and commissions: what was filed, ordered, refused and obeyed."""

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from incidents.models.agency import Agency
from incidents.models.base import CaseRow, FactRow, ManagedRow, Referenced
from incidents.models.incident import Incident
from incidents.models.person import Person
from reference.fields import (
    EarliestField,
    LatestField,
    TermField,
    UncertainDateField,
    date_order,
)
from reference.models import Area


@pghistory.track()
class LegalAction(Referenced, ManagedRow):
    """A complaint, petition, order, trial or inquiry. It exists even when its number is unknown."""

    title = models.CharField(
        _("title"),
        max_length=200,
        help_text=_("What is asked or ordered, of whom: published, so without private names."),
    )
    title_local = models.CharField(
        _("title in Urdu or another language"), max_length=200, blank=True
    )
    type = TermField("legal-action-type", verbose_name=_("type"))
    forum = models.ForeignKey(
        Agency,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="legal_actions",
        verbose_name=_("court, police or body"),
    )
    number = models.CharField(
        _("number"), max_length=80, blank=True, help_text=_("As on the paper. Empty: not known.")
    )
    district = models.ForeignKey(
        Area,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("district of the forum"),
    )
    filed = UncertainDateField(_("filed or ordered on"))
    filed_earliest = EarliestField("filed")
    filed_latest = LatestField("filed")
    decided = UncertainDateField(_("decided on"))
    decided_earliest = EarliestField("decided")
    decided_latest = LatestField("decided")
    filed_by = models.CharField(
        _("brought by"),
        max_length=200,
        blank=True,
        help_text=_("In words, without private names: “father of the victim”, “the province”."),
    )
    complainant = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="legal_actions_brought",
        verbose_name=_("complainant"),
        help_text=_("The person who brought it, if we know them. Never published. Type a name."),
    )
    accused_text = models.CharField(
        _("accused or respondents"),
        max_length=300,
        blank=True,
        help_text=_("By post or description unless a court named them."),
    )
    accused_low = models.PositiveIntegerField(_("accused, at least"), null=True, blank=True)
    accused_high = models.PositiveIntegerField(_("accused, at most"), null=True, blank=True)
    offences = models.CharField(
        _("offences or sections"), max_length=300, blank=True, help_text=_("“PPC 302, ATA 7”")
    )
    subject = models.TextField(_("what it is about"), blank=True, help_text=_("Published."))
    subject_local = models.TextField(_("what it is about, in Urdu or another language"), blank=True)
    stage = TermField("legal-stage", verbose_name=_("stage"), null=True, blank=True)
    outcome = TermField("legal-outcome", verbose_name=_("outcome"), default_code="unknown")
    compliance = TermField(
        "legal-compliance",
        verbose_name=_("compliance"),
        null=True,
        blank=True,
        help_text=_("Whether the authorities did what was ordered."),
    )
    incidents = models.ManyToManyField(
        Incident, related_name="legal_actions", verbose_name=_("incidents")
    )
    people = models.ManyToManyField(
        Person,
        blank=True,
        related_name="legal_actions",
        verbose_name=_("victims concerned"),
    )
    internal = models.BooleanField(
        _("keep internal"),
        default=False,
        help_text=_("Tick this for something you need to keep but that must never be published."),
    )

    class Meta:
        verbose_name = _("legal action")
        verbose_name_plural = _("legal actions")
        ordering = ("filed_earliest", "pk")
        constraints = (
            date_order("filed"),
            date_order("decided"),
            models.CheckConstraint(
                condition=Q(accused_low__isnull=True)
                | Q(accused_high__isnull=True)
                | Q(accused_low__lte=F("accused_high")),
                name="legal_action_accused_in_order",
                violation_error_message=_("“At least” cannot be more than “at most”."),
            ),
        )

    def __str__(self) -> str:
        return self.title


@pghistory.track()
class LegalStep(FactRow):
    """A dated step: a hearing, an order, a refusal to obey it."""

    action = models.ForeignKey(LegalAction, models.CASCADE, related_name="steps")
    date = UncertainDateField(_("date"))
    date_earliest = EarliestField("date")
    date_latest = LatestField("date")
    what = models.CharField(
        _("step"), max_length=200, help_text=_("“Hearing”, “order to register the FIR”.")
    )
    what_local = models.CharField(_("step in Urdu or another language"), max_length=200, blank=True)
    result = models.CharField(_("result"), max_length=300, blank=True)
    result_local = models.CharField(
        _("result in Urdu or another language"), max_length=300, blank=True
    )
    compliance = TermField("legal-compliance", verbose_name=_("compliance"), null=True, blank=True)
    next_date = models.DateField(
        _("next date"), null=True, blank=True, help_text=_("The date set for the next hearing.")
    )

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = (F("date_earliest").asc(nulls_last=True), "pk")
        constraints = (date_order("date"),)
        indexes = (
            models.Index(
                fields=("next_date",), condition=Q(next_date__isnull=False), name="legal_step_next"
            ),
        )

    def __str__(self) -> str:
        return self.what


@pghistory.track()
class LegalRelation(CaseRow):
    """How one legal action answers another: the chain from order to compliance."""

    class Kind(models.TextChoices):
        IMPLEMENTS = "implements", _("implements")
        CHALLENGES = "challenges", _("challenges")
        FOLLOWS = "follows", _("follows")
        JOINED_WITH = "joined-with", _("joined with")
        TRANSFERRED_TO = "transferred-to", _("transferred to")

    action = models.ForeignKey(LegalAction, models.CASCADE, related_name="relations")
    kind = models.CharField(_("how"), max_length=16, choices=Kind.choices)
    other = models.ForeignKey(
        LegalAction,
        models.CASCADE,
        related_name="relations_to",
        verbose_name=_("other legal action"),
    )

    class Meta:
        verbose_name = _("relation to another legal action")
        verbose_name_plural = _("relations to other legal actions")
        constraints = (
            models.UniqueConstraint(fields=("action", "kind", "other"), name="legal_relation_once"),
            models.CheckConstraint(
                condition=~Q(action=F("other")),
                name="legal_relation_not_itself",
                violation_error_message=_("A legal action cannot refer to itself."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.action} – {self.get_kind_display()} – {self.other}"
