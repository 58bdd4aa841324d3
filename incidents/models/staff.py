"""The people who log in."""

import pghistory
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _


@pghistory.track(exclude=["password", "last_login"])
class StaffMember(AbstractUser):
    """Somebody who works on cases.

    ``pseudonym`` is the only name of a staff member that may ever stand in something that leaves
    the case file (a printed sheet, an evidence log); nothing published names staff at all.
    """

    pseudonym = models.CharField(
        _("pseudonym"),
        max_length=60,
        blank=True,
        help_text=_("Shown instead of your name wherever a document could leave the office."),
    )
    must_change_password = models.BooleanField(
        _("must choose a new password"),
        default=False,
        help_text=_("Nothing else opens until this person has chosen a password of their own."),
    )

    frozen_at = models.DateTimeField(
        _("locked"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("Nobody gets into a locked account before an administrator unlocks it."),
    )

    class Meta:
        verbose_name = _("staff member")
        verbose_name_plural = _("staff members")
        constraints = (
            models.UniqueConstraint(
                Upper("username"),
                name="staff_name_once",
                violation_error_message=_(
                    "There is an account of this user name already, perhaps with other capitals."
                ),
            ),
        )

    @property
    def is_frozen(self) -> bool:
        """Whether the account was locked and nobody has unlocked it."""
        return self.frozen_at is not None

    def __str__(self) -> str:
        return self.pseudonym or self.get_username()
