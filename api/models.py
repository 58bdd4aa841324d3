"""What the API keeps: how often it was asked, and the tokens that let somebody ask more often."""

from datetime import UTC, date, datetime
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

MOST_REQUESTS = 1_000_000
"""Requests an hour that a token may allow."""


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


def a_year_from_now() -> date:
    """The last day of a token, unless somebody says otherwise."""
    today = datetime.now(UTC).date()
    day = 28 if (today.month, today.day) == (2, 29) else today.day
    return today.replace(year=today.year + 1, day=day)


class AccessToken(models.Model):
    """As much of a token as the public side has to know, which is not whose it is.

    ``digest`` is the SHA-256 of the token, in hexadecimal. The token has 256 random bits, so
    nobody finds it from that, and a look-up by it gives nothing away by the time it takes. When a
    token was last used is not kept: it would say when a newsroom works, and on what.
    """

    digest = models.CharField(max_length=64, unique=True, editable=False)
    requests_per_hour = models.PositiveIntegerField(
        _("requests per hour"),
        validators=[MinValueValidator(1), MaxValueValidator(MOST_REQUESTS)],
        help_text=_(
            "How often it may ask in an hour, from all addresses together. Without a token an"
            " address may ask 3,600 times, unless this installation says otherwise."
        ),
    )
    valid_until = models.DateField(
        _("valid until"),
        default=a_year_from_now,
        help_text=_("The last day on which it is accepted, by UTC. A year at most is usual."),
    )
    revoked_at = models.DateTimeField(_("revoked"), null=True, editable=False)

    class Meta:
        verbose_name = _("token as the API knows it")
        verbose_name_plural = _("tokens as the API knows them")

    def __str__(self) -> str:
        return f"token {self.pk}"

    def is_accepted(self, today: date) -> bool:
        """Whether it still counts on that day."""
        return self.revoked_at is None and today <= self.valid_until


class IssuedToken(AccessToken):
    """A token with what the staff know of it. The role of the public side cannot read this table.

    Nothing of it changes once it is made, except that it is revoked: so the row itself tells who
    made and who ended it.
    """

    token: Any = models.OneToOneField(
        AccessToken,
        models.CASCADE,
        parent_link=True,
        primary_key=True,
        related_name="issued",
        editable=False,
    )
    name = models.CharField(
        _("name"),
        max_length=100,
        unique=True,
        help_text=_("What the office calls it, such as “Newsroom, monthly report”."),
    )
    holder = models.TextField(
        _("for whom"),
        help_text=_(
            "Who uses it, for what, and how to reach them if it has to be exchanged. Only"
            " administrators see this; the public side cannot."
        ),
    )
    made_at = models.DateTimeField(_("made"), auto_now_add=True)
    made_by = models.CharField(_("made by"), max_length=150, editable=False)
    revoked_by = models.CharField(_("revoked by"), max_length=150, blank=True, editable=False)

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        ordering = ("-made_at", "-pk")

    def __str__(self) -> str:
        return self.name
