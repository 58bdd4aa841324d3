"""How far a person may appear in public."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from reference.models import Area

DISTRICT_LEVELS = (
    Area.Level.COUNTRY,
    Area.Level.PROVINCE,
    Area.Level.DIVISION,
    Area.Level.DISTRICT,
)
"""Levels at which naming the area already names the district, or says that nobody knows it."""


class NameProtection(models.TextChoices):
    """How a person's name appears, the most protective first."""

    HIDDEN = "hidden", _("not at all: the person does not appear")
    WITHHELD = "withheld", _("“name withheld”")
    INITIALS = "initials", _("initials")
    FULL = "full", _("full name")


class PlaceProtection(models.TextChoices):
    """The smallest area that may be published."""

    PROVINCE = "province", _("province")
    DISTRICT = "district", _("district")
    TOWN = "town", _("town")
    EXACT = "exact", _("the exact place")


class DateProtection(models.TextChoices):
    """The most exact date that may be published."""

    YEAR = "year", _("year")
    MONTH = "month", _("month")
    DAY = "day", _("day")
