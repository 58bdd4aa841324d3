"""What each side says. Contradicting accounts stand side by side; none is adopted silently."""

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from incidents.models.base import Claim, FactRow
from incidents.models.incident import Incident
from incidents.models.violation import Violation
from reference.fields import (
    EarliestField,
    LatestField,
    TermField,
    UncertainDateField,
    date_order,
)


class Stance(models.TextChoices):
    """How an account stands to the others on its question."""

    ASSERTS = "asserts", _("says so")
    DENIES = "denies", _("denies it")
    DISPUTES = "disputes", _("gives another version")


@pghistory.track()
class Account(Claim, FactRow):
    """What one claimant says on one question, when they said it, and what it replaces.

    A label such as “militant” is never an attribute of a person: it is an account.
    """

    incident = models.ForeignKey(Incident, models.CASCADE, related_name="accounts")
    violation = models.ForeignKey(
        Violation,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="accounts",
        verbose_name=_("violation"),
        help_text=_("Empty: it speaks of the incident as a whole."),
    )
    question = TermField(
        "account-question",
        verbose_name=_("question"),
        help_text=_("The same question for every side, so that the answers can be compared."),
    )
    answer = models.TextField(_("what they say"), help_text=_("Published. In few plain words."))
    answer_local = models.TextField(_("the same in Urdu or another language"), blank=True)
    answer_date = UncertainDateField(
        _("the date they give"), help_text=_("For questions that ask when.")
    )
    answer_date_earliest = EarliestField("answer_date")
    answer_date_latest = LatestField("answer_date")
    stance = models.CharField(
        _("stance"), max_length=8, choices=Stance.choices, default=Stance.ASSERTS
    )
    said = UncertainDateField(_("said on"))
    said_earliest = EarliestField("said")
    said_latest = LatestField("said")
    replaces = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="replaced_by",
        verbose_name=_("replaces an earlier account"),
        help_text=_("Where the same side has changed its version. The earlier one stays visible."),
    )

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        ordering = ("pk",)
        constraints = (
            date_order("answer_date"),
            date_order("said"),
            models.CheckConstraint(
                condition=Q(replaces__isnull=True) | ~Q(replaces=F("id")),
                name="account_not_replacing_itself",
            ),
            models.CheckConstraint(
                condition=Q(claimant_agency__isnull=False) | ~Q(claimant_text=""),
                name="account_names_its_claimant",
                violation_error_message=_("Say who says so: an agency, or somebody in words."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.question}: {self.claimant_agency or self.claimant_text}"
