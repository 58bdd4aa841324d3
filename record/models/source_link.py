"""Whether the address of a published source still leads to it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from record.models.entry import SourceEntry


class LinkState(models.TextChoices):
    """What became of asking the address on the web that a source's document names."""

    ANSWERS = "answers", _("the address answers")
    MOVED = "moved", _("the address leads to another one")
    REFUSES = "refuses", _("the address refuses our program")
    GONE = "gone", _("the address no longer answers")


class SourceLink(models.Model):
    """The state of a source's address, beside its document and no part of any revision.

    ``state`` has held since ``since`` and was last seen on ``checked_on``, days in UTC: no time
    of day, which would show when our server asks. ``address_sha256`` is the SHA-256 of the address
    that was asked: the state says nothing of any other, should the document name another one
    later. Only live entries have a row; what ends an entry removes it.
    """

    entry = models.OneToOneField(SourceEntry, models.CASCADE, primary_key=True, related_name="link")
    address_sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=8, choices=LinkState.choices)
    since = models.DateField()
    checked_on = models.DateField()

    class Meta:
        verbose_name = _("state of a source's address")
        verbose_name_plural = _("states of sources' addresses")
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=LinkState.values), name="source_link_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(since__lte=F("checked_on")), name="source_link_days_in_order"
            ),
        )

    def __str__(self) -> str:
        return f"{self.state} {self.checked_on}"
