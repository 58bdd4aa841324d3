"""This installation among others, and which of its rows came from another one."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Installation(models.Model):
    """The one row that says what this installation is called in identifiers.

    The code is drawn by lot and says nothing of the organisation. It belongs to the database: a
    backup that is restored elsewhere goes on under it.
    """

    id = models.SmallIntegerField(primary_key=True, default=1, editable=False)
    code = models.CharField(_("code"), max_length=10, unique=True)

    class Meta:
        verbose_name = _("installation")
        verbose_name_plural = _("installations")
        default_permissions = ()
        constraints: ClassVar[tuple[models.CheckConstraint, ...]] = (
            models.CheckConstraint(condition=Q(id=1), name="installation_is_one"),
        )

    def __str__(self) -> str:
        return self.code


class Arrival(models.Model):
    """A row that another installation named, and how it stood there.

    It outlives the row: what was removed here is known to have been here. ``kind`` is that of the
    file (``incidents.interchange.declared``), ``row`` the number here. ``entered_by`` is a
    pseudonym.
    """

    identifier = models.CharField(_("identifier"), max_length=60, unique=True)
    kind = models.CharField(_("kind"), max_length=24)
    row = models.BigIntegerField(_("number"))
    brought = models.BooleanField(
        _("brought in"),
        default=True,
        help_text=_("Not for a row that was here before and was taken for the same."),
    )
    entered_at = models.DateTimeField(_("entered there"), null=True)
    entered_by = models.CharField(_("entered there by"), max_length=80, blank=True)
    reference = models.CharField(_("public reference there"), max_length=24, blank=True)
    arrived_at = models.DateTimeField(_("arrived"), auto_now_add=True)

    class Meta:
        verbose_name = _("arrival")
        verbose_name_plural = _("arrivals")
        default_permissions = ()
        constraints: ClassVar[tuple[models.UniqueConstraint, ...]] = (
            models.UniqueConstraint(
                fields=("kind", "row"), condition=Q(brought=True), name="arrival_once_a_row"
            ),
        )

    def __str__(self) -> str:
        return self.identifier
