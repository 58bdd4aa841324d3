"""What was removed for good, by whom, and why: the trace that an expunging leaves."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class ExpungingQuerySet(models.QuerySet["Expunging"]):
    """Reads of expungings."""

    def waiting(self) -> Self:
        """Those that a second person has neither agreed to nor turned down."""
        return self.filter(done_at__isnull=True, refused_at__isnull=True)

    def done(self) -> Self:
        """Those that removed something."""
        return self.filter(done_at__isnull=False)


class Expunging(models.Model):
    """The removal of the content of one record with all its history, by law or on request.

    One person asks, another agrees, and only then anything goes. Nothing of the content is in the
    row: ``row_id`` is the office's own number, ``reference`` the public one, and ``counts`` says
    how many rows of which kind went. The database refuses to change it once it is done or turned
    down, and to delete it at any time (migration ``expunging``).
    """

    class Kind(models.TextChoices):
        PERSON = "person", _("person")
        SOURCE = "source", _("source")
        INCIDENT = "incident", _("incident")

    class Ground(models.TextChoices):
        LAW = "law", _("a law or an order of a court")
        REQUEST = "request", _("a request of somebody whom it concerns")

    kind = models.CharField(_("what"), max_length=8, choices=Kind.choices)
    row_id = models.BigIntegerField(
        _("its number"),
        help_text=_("The number in the address of its page in the office."),
    )
    reference = models.CharField(_("public reference"), max_length=24, blank=True, editable=False)
    ground = models.CharField(_("ground"), max_length=7, choices=Ground.choices)
    request_reference = models.CharField(
        _("number of the order or request"),
        max_length=120,
        help_text=_("Under which it is filed, so that it can be found. Name nobody."),
    )
    words = models.TextField(
        _("in words"),
        help_text=_("Why it has to go. It stays for good, so it must say nothing of the content."),
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        editable=False,
        verbose_name=_("asked for by"),
    )
    asked_at = models.DateTimeField(_("asked for"), auto_now_add=True)
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
        verbose_name=_("agreed by"),
    )
    done_at = models.DateTimeField(_("removed"), null=True, editable=False)
    refused_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
        verbose_name=_("turned down by"),
    )
    refused_at = models.DateTimeField(_("turned down"), null=True, editable=False)
    counts = models.JSONField(_("what went"), default=dict, editable=False)
    """Name of a table → how many of its rows; ``files`` → how many files."""

    objects = ExpungingQuerySet.as_manager()

    class Meta:
        verbose_name = _("expunging")
        verbose_name_plural = _("expungings")
        ordering = ("-pk",)
        default_permissions = ("add", "view")
        permissions = (("agree_to_expunging", _("Can agree to an expunging")),)
        constraints = (
            models.CheckConstraint(
                condition=Q(agreed_by__isnull=True) | ~Q(agreed_by=F("asked_by")),
                name="expunging_by_a_second_person",
                violation_error_message=_("Somebody else has to agree."),
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True)
                | Q(agreed_by__isnull=False, refused_at__isnull=True),
                name="expunging_done_was_agreed",
            ),
            models.UniqueConstraint(
                fields=("kind", "row_id"),
                condition=Q(done_at__isnull=True, refused_at__isnull=True),
                name="expunging_asked_for_once",
                violation_error_message=_("This was asked for already and waits for an answer."),
            ),
        )

    def __str__(self) -> str:
        named = self.reference or f"{self.get_kind_display()} {self.row_id}"
        return f"{named} {self.asked_at:%Y-%m-%d}"
