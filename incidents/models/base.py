"""What every row of the case file carries, and how a place is described."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from incidents.models.protection import DISTRICT_LEVELS
from record.models.fact import AreaBasis
from reference.fields import TermField
from reference.models import Area


class CaseRow(models.Model):
    """Who entered a row and who last changed it. Never published."""

    entered_at = models.DateTimeField(_("entered"), auto_now_add=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("entered by"),
    )
    changed_at = models.DateTimeField(_("changed"), auto_now=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("changed by"),
    )

    class Meta:
        abstract = True


class FactRow(CaseRow):
    """A fact that may be published and then has to be cited."""

    internal = models.BooleanField(
        _("keep internal"),
        default=False,
        help_text=_("Tick this for something you need to keep but that must never be published."),
    )

    class Meta:
        abstract = True


class ManagedRow(CaseRow):
    """The office's own book-keeping on a record. Never published."""

    received_on = models.DateField(
        _("received on"),
        null=True,
        blank=True,
        help_text=_("The day on which this first reached the office, if it is known."),
    )
    project = models.CharField(
        _("project"), max_length=100, blank=True, help_text=_("The office's own grouping, if any.")
    )
    monitoring = TermField(
        "monitoring",
        verbose_name=_("monitoring"),
        null=True,
        blank=True,
        help_text=_("Whether somebody still follows this."),
    )
    internal_notes = models.TextField(
        _("internal notes"),
        blank=True,
        help_text=_("For the office only: doubts, leads, reminders. This is never published."),
    )

    class Meta:
        abstract = True


class Referenced(models.Model):
    """An object the public can see under a permanent reference, given at first publication."""

    reference = models.CharField(  # noqa: DJ001 - unique, and empty until it is published
        _("public reference"), max_length=24, unique=True, null=True, editable=False
    )

    class Meta:
        abstract = True


class Placed(models.Model):
    """Where something happened, as exactly as the witness knew it."""

    area = models.ForeignKey(
        Area,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("area"),
        help_text=_(
            "The smallest area that is known: a town, a tehsil, a district or only the province. "
            "Type a few letters in either script. Choosing a town finds its district."
        ),
    )
    area_basis = models.CharField(
        _("how the district is known"),
        max_length=8,
        choices=AreaBasis.choices,
        blank=True,
        help_text=_(
            "Stated: a source names the district. Inferred: we conclude it, as Kech from Turbat. "
            "Left empty beside a town or tehsil, this becomes “inferred”."
        ),
    )
    place_text = models.CharField(
        _("place in words"),
        max_length=300,
        blank=True,
        help_text=_("As the source puts it: “near the bus terminal on Pasni Road”."),
    )
    place_text_local = models.CharField(
        _("place in words, in Urdu or another language"), max_length=300, blank=True
    )
    place_precision = TermField(
        "place-precision",
        verbose_name=_("how exact the place is"),
        null=True,
        blank=True,
    )
    latitude = models.DecimalField(
        _("latitude"),
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        help_text=_("Only if known. It is published no finer than the protection rule allows."),
    )
    longitude = models.DecimalField(
        _("longitude"), max_digits=8, decimal_places=5, null=True, blank=True
    )

    class Meta:
        abstract = True
        constraints: ClassVar[tuple[models.CheckConstraint, ...]] = (
            models.CheckConstraint(
                condition=Q(area__isnull=True, area_basis="")
                | (Q(area__isnull=False) & ~Q(area_basis="")),
                name="%(class)s_area_has_basis",
                violation_error_message=_(
                    "Say how the district is known: stated by a source, or inferred by us."
                ),
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
                name="%(class)s_point_is_whole",
                violation_error_message=_(
                    "Give both latitude (-90 to 90) and longitude (-180 to 180), or neither."
                ),
            ),
        )

    def clean(self) -> None:
        """Mark a district found from a town or tehsil as inferred, unless the clerk said more."""
        super().clean()
        if self.area is None:
            self.area_basis = ""
        elif not self.area_basis and self.area.level not in DISTRICT_LEVELS:
            self.area_basis = AreaBasis.INFERRED


class Claim(models.Model):
    """Who says so: an agency of our list, or anybody else in words."""

    claimant_agency = models.ForeignKey(
        "incidents.Agency",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("claimed by (agency)"),
        help_text=_("The agency, court, group or body that says so."),
    )
    claimant_text = models.CharField(
        _("claimed by (in words)"),
        max_length=200,
        blank=True,
        help_text=_(
            "Anybody else, without a private name: “family of the victim”, “author of the article”."
        ),
    )
    claimant_text_local = models.CharField(
        _("claimed by, in Urdu or another language"), max_length=200, blank=True
    )

    class Meta:
        abstract = True
