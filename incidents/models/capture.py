"""The files we hold of a source, and the log of what was done with them."""

from typing import Any, Self

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from incidents.models.base import CaseRow
from incidents.models.sealed import HangsOnSource, SealedCharField, SealedURLField
from incidents.models.source import Source


class CopyKind(models.TextChoices):
    """What was done to a file to make the working copy of it."""

    REDACTED = "redacted", _("redacted")
    TRANSLATED = "translated", _("translated")
    CLEANED = "cleaned", _("without metadata, made by the program")


class Danger(models.TextChoices):
    """Why a file is kept apart: opened by the wrong program it could do something."""

    NOT_AS_NAMED = "not-as-named", _("it is not what its name says")
    SCRIPT = "script", _("it holds a script")
    ACTION = "action", _("it acts by itself when it is opened")
    MACROS = "macros", _("it holds macros")
    FILES_INSIDE = "files-inside", _("it holds other files")
    FROM_OUTSIDE = "from-outside", _("it loads something from elsewhere when it is opened")
    LOCKED = "locked", _("it is locked with a password, so nobody could look into it")
    UNREADABLE = "unreadable", _("it is damaged, or built so that it could not be read")


class CaptureQuerySet(models.QuerySet["Capture"]):
    """Reads of captured files."""

    def held(self) -> Self:
        """Captures whose file we have, not its hash alone."""
        return self.exclude(storage_name="")

    def with_hash(self, sha256: str) -> Self:
        """Every capture of exactly these bytes."""
        return self.filter(sha256=sha256.lower())


@pghistory.track()
class Capture(HangsOnSource, CaseRow):
    """A file as it was received, by its SHA-256. The original never changes; of a confidential
    source it lies sealed on the disk (``incidents.evidence.settling``).

    ``file_name`` and ``storage_name`` are the office's own; the hash, size, media type and time
    of capture are published with a source that is not confidential.
    """

    source = models.ForeignKey(Source, models.PROTECT, related_name="captures")
    sha256 = models.CharField(_("SHA-256"), max_length=64, help_text=_("64 hexadecimal digits."))
    bytes = models.PositiveBigIntegerField(_("size in bytes"), null=True, blank=True)
    media_type = models.CharField(_("media type"), max_length=100, blank=True)
    file_name = SealedCharField(_("file name as received"), max_length=255, blank=True)
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
    method = SealedCharField(
        _("how it was captured"), max_length=200, blank=True, help_text=_("Tool and settings.")
    )
    url = SealedURLField(_("address it came from"), max_length=1000, blank=True)
    derived_from = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="derivatives",
        verbose_name=_("working copy of"),
        help_text=_("For a redaction or translation: the original it was made from."),
    )
    copy_kind = models.CharField(
        _("what was done to it"), max_length=10, choices=CopyKind.choices, blank=True
    )
    public = models.BooleanField(
        _("shown to everybody"),
        default=False,
        help_text=_(
            "For the copy without metadata that the program made of a redaction. Open that copy "
            "and look at every page first: what is still to be read in it, everybody reads. It is "
            "published with the next approved publication of a case that cites the source; "
            "unticked, it is taken down at once."
        ),
    )
    dangers = ArrayField(
        models.CharField(max_length=20, choices=Danger.choices),
        default=list,
        blank=True,
        editable=False,
        verbose_name=_("kept apart because"),
    )
    examined_at = models.DateTimeField(_("looked into"), null=True, blank=True, editable=False)
    """When the worker looked into it; NULL for one that waits, or whose file we do not have."""

    objects = CaptureQuerySet.as_manager()

    class Meta:
        verbose_name = _("captured file")
        verbose_name_plural = _("captured files")
        ordering = ("pk",)
        permissions = (
            ("export_evidence", _("Can take evidence out of the office as a file")),
            (
                "export_confidential_evidence",
                _("Can take evidence of confidential sources out of the office"),
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"),
                name="capture_sha256_is_hex",
                violation_error_message=_("A SHA-256 is 64 hexadecimal digits in lower case."),
            ),
            models.UniqueConstraint(fields=("source", "sha256"), name="capture_once_a_source"),
            models.CheckConstraint(
                condition=Q(public=False) | Q(copy_kind=CopyKind.CLEANED),
                name="capture_public_is_a_clean_copy",
                violation_error_message=_(
                    "Only the copy without metadata that the program made of a redaction can be "
                    "shown to everybody."
                ),
            ),
        )

    @property
    def is_held(self) -> bool:
        """Whether we have the file itself, not its hash alone."""
        return bool(self.storage_name)

    @property
    def is_apart(self) -> bool:
        """Whether the file is in quarantine."""
        return bool(self.dangers)

    def save(self, *arguments: Any, **options: Any) -> None:
        """Save it, and have its file lie sealed where its source is confidential."""
        from incidents.evidence.settling import seal_if_told_in_trust  # it knows all that hold it

        with transaction.atomic():
            super().save(*arguments, **options)
            if self.is_held:
                seal_if_told_in_trust(self.storage_name)

    def __str__(self) -> str:
        return self.sha256[:12]


class CustodyEntry(models.Model):
    """One line of the append-only log of what was done with a captured file and by whom.

    The database refuses to change or delete a line (migration ``custody_is_append_only``). It also
    links each line to the one before, whoever writes it (migration ``evidence``): ``hash`` is the
    SHA-256 of the file's hash, ``act``, ``at``, ``by_whom``, ``reason`` and ``previous_hash``, one
    a line (``incidents.evidence.custody``).
    """

    class Act(models.TextChoices):
        RECEIVED = "received", _("received")
        OPENED = "opened", _("opened")
        COPIED = "copied", _("copied")
        DERIVED = "derived", _("working copy made")
        EXPORTED = "exported", _("exported")
        VERIFIED = "verified", _("hash checked")
        DAMAGED = "damaged", _("file missing or changed")

    capture = models.ForeignKey(Capture, models.PROTECT, related_name="custody")
    act = models.CharField(_("what was done"), max_length=10, choices=Act.choices)
    at = models.DateTimeField(_("when"), auto_now_add=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    by_whom = models.CharField(
        _("by"),
        max_length=80,
        blank=True,
        editable=False,
        help_text=_("The pseudonym of that day: this is what leaves the office."),
    )
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    previous_hash = models.CharField(max_length=64, blank=True, editable=False)
    hash = models.CharField(max_length=64, editable=False)

    class Meta:
        verbose_name = _("custody entry")
        verbose_name_plural = _("custody log")
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("capture", "previous_hash"), name="custody_line_follows_one"
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_act_display()} {self.at:%Y-%m-%d}"
