"""Photographs of people. The original never changes and never leaves the office."""

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from incidents.models.base import CaseRow
from incidents.models.person import Person

DOWNLOAD_ORIGINAL = "incidents.download_picture_original"


@pghistory.track(exclude=["copy"])
class Picture(CaseRow):
    """A photograph of a person: the file as it was received, by its SHA-256, and a working copy.

    ``width`` and ``height`` are the original's in pixels, as it is stored. ``copy`` is a small JPEG
    made of the pixels alone (``incidents.pictures.copying``): what staff look at, and the only
    thing that can be published. ``original``, ``sha256`` and ``bytes`` never change: the database
    refuses it (migration ``pictures``).
    """

    person = models.ForeignKey(
        Person, models.CASCADE, related_name="pictures", verbose_name=_("person")
    )
    original = models.FileField(
        _("original"), upload_to="pictures/", max_length=255, editable=False
    )
    file_name = models.CharField(
        _("file name as received"), max_length=255, blank=True, editable=False
    )
    sha256 = models.CharField(_("SHA-256"), max_length=64, editable=False)
    bytes = models.PositiveBigIntegerField(_("size in bytes"), editable=False)
    media_type = models.CharField(_("media type"), max_length=40, editable=False)
    width = models.PositiveIntegerField(_("width in pixels"), editable=False)
    height = models.PositiveIntegerField(_("height in pixels"), editable=False)

    copy = models.BinaryField(_("working copy"), editable=False)
    copy_hash = models.CharField(max_length=64, editable=False)
    copy_width = models.PositiveIntegerField(editable=False)
    copy_height = models.PositiveIntegerField(editable=False)

    obtained = models.CharField(
        _("how it came to us"),
        max_length=300,
        blank=True,
        help_text=_("From whom, when, on what terms. Never published."),
    )
    credit = models.CharField(
        _("credit"),
        max_length=200,
        blank=True,
        help_text=_(
            "Published beside the photograph: “Family archive”, “Dawn”. Name nobody who could be "
            "harmed by it."
        ),
    )
    description = models.CharField(
        _("what is to be seen"),
        max_length=300,
        blank=True,
        help_text=_(
            "Published, for those who cannot see it: “A young man with a beard, in a dark "
            "waistcoat, looks into the camera.” Nothing that cannot be seen."
        ),
    )
    description_local = models.CharField(
        _("what is to be seen, in Urdu or another language"), max_length=300, blank=True
    )
    shown = models.BooleanField(
        _("show this one to the public"),
        default=False,
        help_text=_(
            "It appears only if the person appears by full name, “a photograph may be shown” is "
            "ticked above and a consent to “publish a picture” is in force. One a person."
        ),
    )

    class Meta:
        verbose_name = _("photograph")
        verbose_name_plural = _("photographs")
        ordering = ("pk",)
        permissions = (
            ("download_picture_original", _("Can download the originals of photographs")),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("person",),
                condition=Q(shown=True),
                name="picture_shown_once_a_person",
                violation_error_message=_("Only one photograph of a person can be shown."),
            ),
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$", copy_hash__regex=r"^[0-9a-f]{64}$"),
                name="picture_hashes_are_hex",
            ),
        )

    def __str__(self) -> str:
        return f"{self.sha256[:12]} ({self.width} × {self.height})"
