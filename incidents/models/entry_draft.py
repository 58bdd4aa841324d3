"""What somebody has typed into a long form and not saved yet."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone


class EntryDraftQuerySet(models.QuerySet["EntryDraft"]):
    """Reads of drafts."""

    def in_time(self) -> Self:
        """Drafts that have not run out."""
        return self.filter(expires_at__gt=timezone.now())

    def run_out(self) -> Self:
        """Drafts that nobody came back to."""
        return self.filter(expires_at__lte=timezone.now())


class EntryDraft(models.Model):
    """One form of one member of staff, as it stood when it was kept.

    ``sealed`` is encrypted with a key outside the database; ``incidents.entry.keeping`` alone reads
    and writes it. No history is kept of these rows: what was never saved leaves no trace. A row of
    the form ``used`` keeps no text: it notes that the page with the key in ``row`` was saved.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    form = models.CharField(max_length=20)
    row = models.PositiveBigIntegerField(default=0)
    """Primary key of the record that the form changes; 0 for one that is not there yet."""
    sealed = models.TextField()
    kept_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)

    objects = EntryDraftQuerySet.as_manager()

    class Meta:
        # Nobody has to look for them through a section of the admin.
        default_permissions = ()
        constraints = (
            models.UniqueConstraint(fields=("owner", "form", "row"), name="entry_draft_once"),
        )

    def __str__(self) -> str:
        return f"{self.form} {self.row}"
