"""Which objects each published text names."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _


class Mention(models.Model):
    """The references that the document of one revision names, its own left out.

    Derived from the text, so that a withdrawal finds every text that speaks of an object without
    reading them all. A revision without a document has no row. ``sequence`` is that of the
    revision; no foreign key, since thousands are written at once and none is ever deleted.
    """

    sequence = models.BigIntegerField(primary_key=True)
    references = ArrayField(models.TextField())

    class Meta:
        verbose_name = _("mention")
        verbose_name_plural = _("mentions")
        # fastupdate off: otherwise some publication pays for flushing everybody's pending rows.
        indexes = (GinIndex(fields=("references",), fastupdate=False, name="mention_references"),)

    def __str__(self) -> str:
        return f"mentions of revision {self.sequence}"
