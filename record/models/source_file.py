"""Redacted files of sources as the world reads them: apart from the documents that name them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class PublishedFile(models.Model):
    """A redacted file that the live document of a source names: a PDF or picture of at most 10 MB.

    ``reference`` is the source's, ``sha256`` that of ``content``, and the address. Nothing stays
    of one that is no longer named: ``record.source_files`` deletes the row in the transaction that
    takes it out of the document.
    """

    reference = models.CharField(max_length=24)
    sha256 = models.CharField(max_length=64, db_index=True)
    media_type = models.CharField(max_length=100)
    content = models.BinaryField()

    class Meta:
        verbose_name = _("published file")
        verbose_name_plural = _("published files")
        constraints = (
            models.UniqueConstraint(fields=("reference", "sha256"), name="published_file_once"),
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="published_file_hash_is_hex"
            ),
            models.CheckConstraint(
                condition=Q(media_type__in=("application/pdf", "image/jpeg", "image/png")),
                name="published_file_type_is_allowed",
            ),
        )

    def __str__(self) -> str:
        return f"{self.reference} {self.sha256[:12]}"
