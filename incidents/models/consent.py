"""Who allowed what to be done with what they told us."""

from datetime import date
from typing import Final, Self

import pghistory
from django.db import models
from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from incidents.models.base import CaseRow
from incidents.models.person import Person
from reference.fields import TermField
from reference.vocabularies import term

ENDING: Final = ("refused", "withdrawn", "expired")
"""Codes of ``consent-answer`` after which what was granted before holds no longer."""


class ConsentQuerySet(models.QuerySet["Consent"]):
    """Reads of consents."""

    def in_force(self, use: str | None = None) -> Self:
        """Consents to ``use`` (a code of ``consent-use``; to any if None) that still hold.

        They were granted, are neither taken back nor out of date, and no later answer for the same
        person and use ended them. Answers without a date are in the order of their entry.
        """
        today = timezone.localdate()
        given = Coalesce(OuterRef("given_on"), Value(date.min))
        ending = [_answer(code) for code in ENDING]
        ended = Consent.objects.filter(
            Q(answer__in=ending) | Q(withdrawn_on__isnull=False),
            Q(given_on__gt=OuterRef("given_on"))
            | Q(pk__gt=OuterRef("pk")) & ~Q(given_on__lt=given),
            person=OuterRef("person"),
            use=OuterRef("use"),
        )
        held = self.filter(
            ~Exists(ended),
            Q(expires__isnull=True) | Q(expires__gte=today),
            answer=_answer("granted"),
            withdrawn_on__isnull=True,
        )
        return held if use is None else held.filter(use__code=use)


def _answer(code: str) -> int:
    """The key of an answer, by which the database knows how many gave it."""
    return term("consent-answer", code).pk


@pghistory.track()
class Consent(CaseRow):
    """One answer to one use. Consent is never assumed and can be taken back at any time."""

    person = models.ForeignKey(
        Person, models.CASCADE, related_name="consents", verbose_name=_("for whom")
    )
    use = TermField("consent-use", verbose_name=_("for what use"))
    answer = TermField("consent-answer", verbose_name=_("answer"))
    giver = TermField("consent-giver", verbose_name=_("who answered"), null=True, blank=True)
    giver_name = models.CharField(
        _("name of who answered"), max_length=200, blank=True, help_text=_("Never published.")
    )
    method = TermField("consent-method", verbose_name=_("how"), null=True, blank=True)
    language = TermField(
        "language", verbose_name=_("language it was asked in"), null=True, blank=True
    )
    given_on = models.DateField(_("date"), null=True, blank=True)
    expires = models.DateField(_("valid until"), null=True, blank=True)
    withdrawn_on = models.DateField(_("taken back on"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True, help_text=_("Never published."))

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ("pk",)
        indexes = (
            models.Index(
                fields=("expires",), condition=Q(expires__isnull=False), name="consent_expires"
            ),
            models.Index(
                fields=("withdrawn_on",),
                condition=Q(withdrawn_on__isnull=False),
                name="consent_withdrawn",
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(given_on__isnull=True)
                | Q(withdrawn_on__isnull=True)
                | Q(given_on__lte=models.F("withdrawn_on")),
                name="consent_withdrawn_after_given",
                violation_error_message=_("It cannot be taken back before it was given."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.use}: {self.answer}"
