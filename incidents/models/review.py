"""Dated decisions on a case: added to, never changed."""

import pghistory
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from incidents.models.incident import Incident
from reference.fields import TermField


class Decision(models.TextChoices):
    """A step of the work from draft to publication."""

    SUBMITTED = "submitted", _("submitted for review")
    RETURNED = "returned", _("returned for work")
    VERIFIED = "verified", _("verified")
    APPROVED = "approved", _("approved for publication")


@pghistory.track()
class Review(models.Model):
    """Who decided what about a case, when, and why.

    ``fingerprint`` is the SHA-256 of exactly what the world would have seen at the moment of the
    decision; an approval holds only as long as the case would still be published like that.
    """

    incident = models.ForeignKey(Incident, models.CASCADE, related_name="reviews")
    decision = models.CharField(_("decision"), max_length=10, choices=Decision.choices)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("submitted by"),
    )
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("decided by")
    )
    at = models.DateTimeField(_("when"), auto_now_add=True)
    grade = TermField("grade", verbose_name=_("grade"), null=True)
    reason = models.TextField(_("reason"), blank=True)
    fingerprint = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering = ("pk",)
        indexes = (
            GinIndex(OpClass(Upper("reason"), name="gin_trgm_ops"), name="review_reason_words"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(decision__in=("submitted", "returned"))
                | (Q(author__isnull=False) & ~Q(author=F("reviewer"))),
                name="review_by_a_second_person",
                violation_error_message=_("Somebody else has to verify or approve this case."),
            ),
            models.CheckConstraint(
                condition=~Q(decision="approved") | ~Q(fingerprint=""),
                name="review_approval_binds_content",
            ),
            models.CheckConstraint(
                condition=~Q(decision="returned") | ~Q(reason=""),
                name="review_return_says_why",
                violation_error_message=_("Say what has to be done before the case comes back."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.incident}: {self.get_decision_display()}"
