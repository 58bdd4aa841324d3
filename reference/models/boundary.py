"""Boundaries of areas, as somebody drew them: for maps to find one's way by, and for nothing else.

Most areas have none. What is loaded is simplified, and always shown with whoever drew it.
"""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reference.fields import UncertainDateField
from reference.models.area import Area

BOUNDARY_CAVEAT = _("Boundaries are simplified and say nothing about the legal status of any area.")
"""Stands wherever one is drawn."""


class Boundary(models.Model):
    """The outline of one area, out of one data set."""

    area = models.OneToOneField(
        Area,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="boundary",
        verbose_name=_("area"),
    )
    outline = models.TextField(
        _("outline"), help_text=_("Simplified. The form is that of reference.outlines.")
    )
    west = models.FloatField(_("westernmost longitude"))
    south = models.FloatField(_("southernmost latitude"))
    east = models.FloatField(_("easternmost longitude"))
    north = models.FloatField(_("northernmost latitude"))
    middle_latitude = models.FloatField(
        _("latitude of a point inside"),
        help_text=_("For what has to stand somewhere in an area that has no point of its own."),
    )
    middle_longitude = models.FloatField(_("longitude of a point inside"))
    attribution = models.TextField(_("attribution"), help_text=_("Who drew it. Always shown."))
    licence = models.TextField(_("licence"))
    dated = UncertainDateField(_("date of the data set"))
    tolerance = models.FloatField(
        _("tolerance"),
        help_text=_(
            "Side, in degrees, of the square as large as a corner that simplifying may have cut "
            "off; not how far a line may have moved."
        ),
    )
    loaded_at = models.DateTimeField(_("loaded"), default=timezone.now)

    class Meta:
        verbose_name = _("boundary")
        verbose_name_plural = _("boundaries")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(
                    west__gte=-180,
                    east__lte=180,
                    south__gte=-90,
                    north__lte=90,
                    west__lt=models.F("east"),
                    south__lt=models.F("north"),
                ),
                name="reference_boundary_box",
            ),
            models.CheckConstraint(
                condition=~models.Q(outline="") & ~models.Q(attribution="") & ~models.Q(licence=""),
                name="reference_boundary_credited",
            ),
        )

    def __str__(self) -> str:
        return str(self.area)
