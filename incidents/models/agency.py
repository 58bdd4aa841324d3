"""Agencies, forces, groups, courts and bodies, as a dated hierarchy."""

from typing import Self

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from incidents.models.base import CaseRow, ManagedRow, Referenced
from reference.fields import (
    EarliestField,
    LatestField,
    TermField,
    UncertainDateField,
    date_order,
)
from reference.models import Area
from reference.names import fold


class AgencyQuerySet(models.QuerySet["Agency"]):
    """Reads of agencies in the case file."""

    def named_like(self, text: str) -> Self:
        """Agencies whose name or abbreviation contains ``text``, however it is spelt."""
        folded = fold(text)
        return self.filter(folded__contains=folded) if folded else self.none()


@pghistory.track(exclude=["folded"])
class Agency(Referenced, ManagedRow):
    """A body that acts, is accused, decides or speaks.

    “Security forces (unspecified)” is a full answer and a row of its own: never replace it by a
    named agency that the source did not name.
    """

    name = models.CharField(_("name"), max_length=200)
    name_local = models.CharField(_("name in Urdu or another language"), max_length=200, blank=True)
    abbreviation = models.CharField(_("abbreviation"), max_length=30, blank=True)
    other_names = ArrayField(
        models.CharField(max_length=200),
        default=list,
        blank=True,
        verbose_name=_("other names"),
        help_text=_("One name a line: former names, other spellings."),
    )
    type = TermField("agency-type", verbose_name=_("type"))
    is_state = models.BooleanField(
        _("belongs to the State"),
        null=True,
        blank=True,
        help_text=_("Leave “unknown” where it is not known or only claimed."),
    )
    area = models.ForeignKey(
        Area,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("area of operation"),
    )
    seat = models.CharField(_("seat"), max_length=120, blank=True)
    note = models.TextField(
        _("about this agency"), blank=True, help_text=_("Published. What it is, in a few words.")
    )
    note_local = models.TextField(_("about this agency, in Urdu or another language"), blank=True)
    folded = models.TextField(editable=False)

    objects = AgencyQuerySet.as_manager()

    class Meta:
        verbose_name = _("agency")
        verbose_name_plural = _("agencies")
        ordering = ("name",)
        constraints = (models.UniqueConstraint(fields=("name",), name="agency_name_once"),)

    def __str__(self) -> str:
        return f"{self.name} ({self.abbreviation})" if self.abbreviation else self.name

    def save(self, **options: object) -> None:
        names = (self.name, self.name_local, self.abbreviation, *self.other_names)
        self.folded = " ".join(fold(name) for name in names if name)
        super().save(**options)  # type: ignore[arg-type]


@pghistory.track()
class AgencyParent(CaseRow):
    """Under whom an agency stood, and when."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="parents")
    parent = models.ForeignKey(
        Agency, models.CASCADE, related_name="children", verbose_name=_("belongs to")
    )
    since = UncertainDateField(_("since"))
    since_earliest = EarliestField("since")
    since_latest = LatestField("since")
    until = UncertainDateField(_("until"), help_text=_("Empty: still so, or not known."))
    until_earliest = EarliestField("until")
    until_latest = LatestField("until")

    class Meta:
        verbose_name = _("parent of the agency")
        verbose_name_plural = _("parents of the agency")
        constraints = (
            date_order("since"),
            date_order("until"),
            models.CheckConstraint(
                condition=~Q(agency=F("parent")),
                name="agency_not_its_own_parent",
                violation_error_message=_("An agency cannot be its own parent."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.agency} – {self.parent}"
