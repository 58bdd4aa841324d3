"""How often the API was asked: the one thing it writes."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RequestCount(models.Model):
    """Requests of one asker in one window of time.

    ``key`` is a hash that changes with every window, under a key that is never stored, so rows say
    neither who asked nor that it was the same asker before. The table is not logged, not
    replicated and not in backups; a crash empties it.
    Rows of past windows are deleted by the first request of any asker in a new one.
    """

    key = models.CharField(max_length=64, primary_key=True)
    window = models.BigIntegerField(db_index=True)
    used = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("request count")
        verbose_name_plural = _("request counts")

    def __str__(self) -> str:
        return f"window {self.window}: {self.used}"
