"""The access log: who came in, what they opened, and what was refused."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class AccessEventQuerySet(models.QuerySet["AccessEvent"]):
    """Reads of the access log."""

    def told_to(self, member: models.Model) -> Self:
        """What somebody is shown about their own account: who came in or tried to."""
        own = Q(about=member.pk) | Q(about=None, member=member.pk)
        return self.filter(own, act__in=ABOUT_ONES_ACCOUNT)


class AccessEvent(models.Model):
    """One line of the log. The database refuses to change or remove it, whoever asks.

    It never holds a password, a code, a network address, what somebody searched for, or what was
    typed as a user name where there is no such account (people type passwords into that box).
    """

    class Act(models.TextChoices):
        LOGGED_IN = "logged_in", _("logged in")
        PASSWORD_REFUSED = "password_refused", _("wrong password")
        CODE_REFUSED = "code_refused", _("wrong second factor")
        CODE_REPLAYED = "code_replayed", _("code used a second time")
        SLOWED = "slowed", _("told to wait after failed attempts")
        LOCKED_OUT = "locked_out", _("tried to log in to a locked account")
        LOGGED_OUT = "logged_out", _("logged out")
        SESSION_ENDED = "session_ended", _("session ended from elsewhere")
        SESSION_TOO_OLD = "session_too_old", _("session ended after its longest time")
        ENDED_SESSION_USED = "ended_session_used", _("cookie of an ended session used")
        PASSWORD_CHANGED = "password_changed", _("password changed")
        PASSWORD_GIVEN = "password_given", _("one-time password given")
        FACTOR_ADDED = "factor_added", _("second factor added")
        FACTOR_REMOVED = "factor_removed", _("second factor removed")
        CODES_MADE = "codes_made", _("recovery codes made")
        OPENED = "opened", _("opened a restricted case")
        SEARCHED = "searched", _("searched a list")
        EXPORTED = "exported", _("downloaded a file")
        DENIED = "denied", _("was denied")
        FROZEN = "frozen", _("account locked")
        UNFROZEN = "unfrozen", _("account unlocked")

    at = models.DateTimeField(_("when"), auto_now_add=True, db_index=True)
    act = models.CharField(_("what"), max_length=20, choices=Act.choices)
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("who"),
        help_text=_("Empty where nobody had logged in and no account of that name exists."),
    )
    about = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("whose account"),
    )
    section = models.CharField(_("section"), max_length=60, blank=True)
    key = models.CharField(_("number"), max_length=40, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    session = models.CharField(
        _("session"),
        max_length=16,
        blank=True,
        db_index=True,
        help_text=_("Entries with the same sign are of one session."),
    )

    objects = AccessEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("access")
        verbose_name_plural = _("access log")
        ordering = ("-pk",)
        indexes = (
            models.Index(fields=("member", "-id"), name="access_by_member"),
            models.Index(fields=("act", "-id"), name="access_by_act"),
        )

    def __str__(self) -> str:
        return f"{self.get_act_display()} {self.at:%Y-%m-%d}"


ABOUT_ONES_ACCOUNT = (
    AccessEvent.Act.LOGGED_IN,
    AccessEvent.Act.PASSWORD_REFUSED,
    AccessEvent.Act.CODE_REFUSED,
    AccessEvent.Act.CODE_REPLAYED,
    AccessEvent.Act.SLOWED,
    AccessEvent.Act.LOCKED_OUT,
    AccessEvent.Act.SESSION_ENDED,
    AccessEvent.Act.ENDED_SESSION_USED,
    AccessEvent.Act.PASSWORD_CHANGED,
    AccessEvent.Act.PASSWORD_GIVEN,
    AccessEvent.Act.FACTOR_ADDED,
    AccessEvent.Act.FACTOR_REMOVED,
    AccessEvent.Act.FROZEN,
    AccessEvent.Act.UNFROZEN,
)
