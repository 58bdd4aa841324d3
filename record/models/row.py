"""What files say of each object, finished: whole lists are copied from here, not computed.

Made from the document by ``record/rows.py`` and nowhere else. A row of other columns than the
present ones, or none at all, is made from the document while a file is read.
"""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from record.models.entry import (
    AgencyEntry,
    Entry,
    IncidentEntry,
    LegalActionEntry,
    SourceEntry,
    VictimEntry,
    ViolationEntry,
)


class Row(models.Model):
    """The cells of a published object.

    ``line`` is its line of a CSV file with every column and without its end. ``feature`` holds
    what a map needs, a value a line; empty where the kind has no place. ``made_of`` names the
    columns both were made of.
    """

    made_of = models.CharField(max_length=16)
    line = models.TextField()
    feature = models.TextField(blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"row of {self.pk}"


def _of(entry: type[Entry]) -> "models.OneToOneField[Any, Any]":
    """The object of a row, which is also its key."""
    return models.OneToOneField(entry, models.CASCADE, primary_key=True, related_name="row")


class IncidentRow(Row):
    """The cells of an incident."""

    entry = _of(IncidentEntry)

    class Meta(Row.Meta):
        verbose_name = _("row of an incident")
        verbose_name_plural = _("rows of incidents")


class VictimRow(Row):
    """The cells of a victim."""

    entry = _of(VictimEntry)

    class Meta(Row.Meta):
        verbose_name = _("row of a victim")
        verbose_name_plural = _("rows of victims")


class ViolationRow(Row):
    """The cells of a violation."""

    entry = _of(ViolationEntry)

    class Meta(Row.Meta):
        verbose_name = _("row of a violation")
        verbose_name_plural = _("rows of violations")


class AgencyRow(Row):
    """The cells of an agency."""

    entry = _of(AgencyEntry)

    class Meta(Row.Meta):
        verbose_name = _("row of an agency")
        verbose_name_plural = _("rows of agencies")


class LegalActionRow(Row):
    """The cells of a legal action."""

    entry = _of(LegalActionEntry)

    class Meta(Row.Meta):
        verbose_name = _("row of a legal action")
        verbose_name_plural = _("rows of legal actions")


class SourceRow(Row):
    """The cells of a source."""

    entry = _of(SourceEntry)

    class Meta(Row.Meta):
        verbose_name = _("row of a source")
        verbose_name_plural = _("rows of sources")
