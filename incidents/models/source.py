"""Where what we know comes from, and the files we hold of it."""

from typing import Self

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from incidents.models.base import CaseRow, ManagedRow, Referenced
from incidents.models.person import Person
from reference.fields import (
    EarliestField,
    LatestField,
    TermField,
    UncertainDateField,
    date_order,
)


class SourceQuerySet(models.QuerySet["Source"]):
    """Reads of sources in the case file."""

    def public(self) -> Self:
        """Sources that may be named to the world."""
        return self.filter(confidential=False)


@pghistory.track()
class Source(Referenced, ManagedRow):
    """An article, a statement, a testimony, a court record.

    A confidential source is never published in any form, and neither is who gave it.
    """

    title = models.CharField(
        _("title"),
        max_length=300,
        help_text=_("As printed; for a statement or talk, what it is: “First statement”."),
    )
    title_local = models.CharField(
        _("title in Urdu or another language"), max_length=300, blank=True
    )
    type = TermField("source-type", verbose_name=_("type"))
    publisher = models.CharField(_("publisher or issuing body"), max_length=200, blank=True)
    author = models.CharField(_("author"), max_length=200, blank=True)
    published = UncertainDateField(_("published or said on"))
    published_earliest = EarliestField("published")
    published_latest = LatestField("published")
    accessed = models.DateField(_("read on"), null=True, blank=True)
    language = TermField("language", verbose_name=_("language"), null=True, blank=True)
    url = models.URLField(_("address on the web"), max_length=1000, blank=True)
    archived_url = models.URLField(_("address of an archived copy"), max_length=1000, blank=True)
    scale = TermField("source-scale", verbose_name=_("reach"), null=True, blank=True)
    perspective = TermField(
        "source-perspective",
        verbose_name=_("perspective"),
        null=True,
        blank=True,
        help_text=_("A partisan source is recorded as such, not dropped."),
    )
    reliability = TermField(
        "source-reliability",
        verbose_name=_("how reliable this source is in general"),
        default_code="untested",
    )
    independence = TermField(
        "source-independence",
        verbose_name=_("independence"),
        default_code="unknown",
        help_text=_("One agency text in ten papers is one source. A reprint names its origin."),
    )
    origin = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="derived",
        verbose_name=_("rests on, or known only through"),
        help_text=_("The source that this one reprints, or through which alone we know it."),
    )
    public_note = models.TextField(
        _("note for the public"), blank=True, help_text=_("What a reader should know of it.")
    )
    confidential = models.BooleanField(
        _("confidential"),
        default=False,
        help_text=_("Never published. Tick it for everything that was told to us in trust."),
    )
    informant = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="sources",
        verbose_name=_("who told us"),
        help_text=_("Never published."),
    )

    objects = SourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ("-published_earliest", "-pk")
        constraints = (
            date_order("published"),
            models.CheckConstraint(
                condition=Q(origin__isnull=True) | ~Q(origin=F("id")),
                name="source_not_its_own_origin",
                violation_error_message=_("A source cannot rest on itself."),
            ),
            models.CheckConstraint(
                condition=Q(informant__isnull=True) | Q(confidential=True),
                name="source_with_informant_is_confidential",
                violation_error_message=_(
                    "A source that names who told us must be marked confidential."
                ),
            ),
        )

    def __str__(self) -> str:
        return f"{self.publisher}: {self.title}" if self.publisher else self.title


class CaptureQuerySet(models.QuerySet["Capture"]):
    """Reads of captured files."""

    def with_hash(self, sha256: str) -> Self:
        """Every capture of exactly these bytes."""
        return self.filter(sha256=sha256.lower())


@pghistory.track()
class Capture(CaseRow):
    """A file as it was received, by its SHA-256. The original never changes.

    ``file_name`` and ``storage_name`` are the office's own; the hash, size, media type and time
    of capture are published with a source that is not confidential.
    """

    source = models.ForeignKey(Source, models.PROTECT, related_name="captures")
    sha256 = models.CharField(_("SHA-256"), max_length=64, help_text=_("64 hexadecimal digits."))
    bytes = models.PositiveBigIntegerField(_("size in bytes"), null=True, blank=True)
    media_type = models.CharField(_("media type"), max_length=100, blank=True)
    file_name = models.CharField(_("file name as received"), max_length=255, blank=True)
    storage_name = models.CharField(max_length=255, blank=True, editable=False)
    captured_at = models.DateTimeField(_("captured"), null=True, blank=True)
    captured_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("captured by"),
    )
    method = models.CharField(
        _("how it was captured"), max_length=200, blank=True, help_text=_("Tool and settings.")
    )
    url = models.URLField(_("address it came from"), max_length=1000, blank=True)
    derived_from = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="derivatives",
        verbose_name=_("working copy of"),
        help_text=_("For a redaction or translation: the original it was made from."),
    )

    objects = CaptureQuerySet.as_manager()

    class Meta:
        verbose_name = _("captured file")
        verbose_name_plural = _("captured files")
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"),
                name="capture_sha256_is_hex",
                violation_error_message=_("A SHA-256 is 64 hexadecimal digits in lower case."),
            ),
            models.UniqueConstraint(fields=("source", "sha256"), name="capture_once_a_source"),
        )

    def __str__(self) -> str:
        return self.sha256[:12]


class CustodyEntry(models.Model):
    """One line of the append-only log of what was done with a captured file and by whom.

    The database refuses to change or delete a line (migration ``custody_is_append_only``).
    """

    class Act(models.TextChoices):
        RECEIVED = "received", _("received")
        OPENED = "opened", _("opened")
        COPIED = "copied", _("copied")
        DERIVED = "derived", _("working copy made")
        EXPORTED = "exported", _("exported")
        VERIFIED = "verified", _("hash checked")

    capture = models.ForeignKey(Capture, models.PROTECT, related_name="custody")
    act = models.CharField(_("what was done"), max_length=10, choices=Act.choices)
    at = models.DateTimeField(_("when"), auto_now_add=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by")
    )
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    previous_hash = models.CharField(max_length=64, blank=True, editable=False)
    hash = models.CharField(max_length=64, editable=False)

    class Meta:
        verbose_name = _("custody entry")
        verbose_name_plural = _("custody log")
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.get_act_display()} {self.at:%Y-%m-%d}"
