"""Photographs as the world sees them: small, made of pixels alone, apart from the documents."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class PublishedPicture(models.Model):
    """The photograph that the live document of a victim shows: a JPEG of at most 25 KB.

    ``reference`` is the victim's, ``sha256`` that of ``content``, and the address. Nothing stays
    of one that is no longer shown: ``record.pictures`` deletes the row in the transaction that
    takes it out of the document.
    """

    reference = models.CharField(max_length=24, unique=True)
    sha256 = models.CharField(max_length=64, db_index=True)
    content = models.BinaryField()

    class Meta:
        verbose_name = _("published picture")
        verbose_name_plural = _("published pictures")
        constraints = (
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="published_picture_hash_is_hex"
            ),
        )

    def __str__(self) -> str:
        return self.reference
