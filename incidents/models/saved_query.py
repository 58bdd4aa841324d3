"""Questions about violations that staff ask again: kept under a name, for oneself or the office."""

from typing import Self

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class SavedQueryQuerySet(models.QuerySet["SavedQuery"]):
    """Reads of saved questions."""

    def readable_by(self, member: models.Model) -> Self:
        """Those of this person, and what others share with the office."""
        return self.filter(Q(owner=member.pk) | Q(shared=True)).order_by("name", "pk")


@pghistory.track()
class SavedQuery(models.Model):
    """Choices of the page “Counts” under a name.

    ``parameters`` holds codes of lists, areas and dates alone, by the names of boxes: never words
    that somebody searched for, and nothing of a case. What it counts is worked out anew for
    whoever opens it.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("saved by")
    )
    name = models.CharField(
        _("name"),
        max_length=80,
        help_text=_(
            "“Disappearances by district, this year”. Name no person and no case: whom you share "
            "it with reads it."
        ),
    )
    shared = models.BooleanField(
        _("shared with the office"),
        default=False,
        help_text=_("Everybody counts only what they may know of, so that figures can differ."),
    )
    parameters = models.JSONField(default=dict, editable=False)
    changed_at = models.DateTimeField(auto_now=True)

    objects = SavedQueryQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved question")
        verbose_name_plural = _("saved questions")
        ordering = ("name", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("owner", "name"),
                name="saved_query_name_once",
                violation_error_message=_("You have saved another question under this name."),
            ),
        )

    def __str__(self) -> str:
        return self.name
