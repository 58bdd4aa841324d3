"""Lists that others have collected: kept row by row as they were received, never merged in.

A row documents a person; several rows of several lists may document the same one. What a row
brought into the case file is an ordinary draft there, and the row remembers which rows those are.
"""

import builtins
from typing import Any, Self, TypeVar

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from incidents.models.base import CaseRow
from incidents.models.incident import Incident
from incidents.models.job import Job
from incidents.models.person import Person
from incidents.models.sealed_json import SealedJSONField
from incidents.models.source import Source
from reference.fields import (
    EarliestField,
    LatestField,
    TermsField,
    UncertainDateField,
    date_order,
)
from reference.models import Area

_Model = TypeVar("_Model", bound=type[models.Model])


def _tracked_when_replaced(model: _Model) -> _Model:
    """Keep each version of a row that is replaced or removed; the one that stands is the row."""
    track = pghistory.track(pghistory.UpdateEvent(row=pghistory.Old), pghistory.DeleteEvent())
    tracked: _Model = track(model)
    return tracked


@pghistory.track()
class SourceList(CaseRow):
    """A list of cases that one body collected, whoever brought it here and however often."""

    code = models.SlugField(
        _("short name"),
        max_length=40,
        unique=True,
        help_text=_("Letters, digits and hyphens: it names the list in files and tables."),
    )
    name = models.CharField(_("name"), max_length=200)
    source = models.ForeignKey(
        Source,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="lists",
        verbose_name=_("source"),
        help_text=_("The source on which every fact of the list rests."),
    )
    covers = UncertainDateField(
        _("period covered"),
        help_text=_("From when to when this list could have recorded somebody. Empty: any time."),
    )
    covers_earliest = EarliestField("covers")
    covers_latest = LatestField("covers")
    covers_areas = models.ManyToManyField(
        Area,
        blank=True,
        related_name="+",
        verbose_name=_("areas covered"),
        help_text=_("Empty: everywhere."),
    )
    covers_types = TermsField(
        "violation-type",
        blank=True,
        verbose_name=_("violations covered"),
        help_text=_("Empty: all kinds."),
    )

    class Meta:
        verbose_name = _("list")
        verbose_name_plural = _("lists")
        ordering = ("code",)
        permissions = (("import_lists", _("Can bring lists in")),)
        constraints = (date_order("covers"),)

    def __str__(self) -> str:
        return self.name

    def save(self, *arguments: Any, **options: Any) -> None:
        """Save it, and seal what it holds where its source is confidential."""
        from incidents.sealing.lists import seal_lists  # it knows the rows and the files

        with transaction.atomic():
            super().save(*arguments, **options)
            if self.source is not None and self.source.confidential:
                seal_lists([self.source.pk])


class BatchState(models.TextChoices):
    """How far a file has come."""

    UPLOADED = "uploaded", _("received")
    WAITING = "waiting", _("waiting to be brought in")
    RUNNING = "running", _("being brought in")
    DONE = "done", _("brought in")
    REFUSED = "refused", _("refused, nothing was brought in")
    FAILED = "failed", _("broken off, nothing was brought in")
    UNDOING = "undoing", _("being undone")
    UNDONE = "undone", _("undone")


class BatchQuerySet(models.QuerySet["ImportBatch"]):
    """Reads of batches."""

    def standing(self) -> Self:
        """Batches whose cases are in the case file."""
        return self.filter(state=BatchState.DONE)


@pghistory.track()
class ImportBatch(CaseRow):
    """One file of a list, brought in once as a whole, with what became of it."""

    list = models.ForeignKey(
        SourceList, models.PROTECT, null=True, related_name="batches", verbose_name=_("list")
    )
    file = models.FileField(_("file"), upload_to="imports/", max_length=255, blank=True)
    file_name = models.CharField(_("file name"), max_length=255)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    bytes = models.PositiveBigIntegerField(_("size in bytes"))
    # Not ``list``: in this class that is the field above.
    columns = ArrayField(models.TextField(), default=builtins.list, verbose_name=_("columns"))
    mapping = models.TextField(_("mapping"), blank=True)
    choices = models.JSONField(default=dict)
    """What was chosen on the page from which ``mapping`` was written; empty: it came as text."""
    good_rows_only = models.BooleanField(
        _("take the good rows"),
        default=False,
        help_text=_(
            "Bring in every case without a fault and report the rest. Otherwise one fault "
            "anywhere means that nothing is brought in."
        ),
    )
    state = models.CharField(
        _("state"), max_length=10, choices=BatchState.choices, default=BatchState.UPLOADED
    )
    job = models.ForeignKey(Job, models.SET_NULL, null=True, related_name="+")
    figures = models.JSONField(_("figures"), default=dict)
    """Counts by name, as ``incidents.importing.reporting.Figures`` has them."""
    finished_at = models.DateTimeField(_("finished"), null=True)
    undone_at = models.DateTimeField(_("undone"), null=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("undone by"),
    )

    objects = BatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.file_name} ({self.entered_at:%Y-%m-%d})"


@_tracked_when_replaced
class ListCase(models.Model):
    """Rows of a list that tell of one incident, and the incident that they became."""

    list = models.ForeignKey(SourceList, models.PROTECT, related_name="cases")
    key = models.CharField(_("key"), max_length=300)
    incident = models.ForeignKey(Incident, models.SET_NULL, null=True, related_name="list_cases")
    batch = models.ForeignKey(ImportBatch, models.PROTECT, related_name="cases")
    last_batch = models.ForeignKey(ImportBatch, models.PROTECT, related_name="+")
    made = models.JSONField(default=dict)
    """Path of each row of the case file that the case as a whole brought → its model and id."""

    class Meta:
        verbose_name = _("case of a list")
        verbose_name_plural = _("cases of lists")
        constraints = (models.UniqueConstraint(fields=("list", "key"), name="list_case_once"),)

    def __str__(self) -> str:
        return self.key


@_tracked_when_replaced
class ListRow(models.Model):
    """One row of a list exactly as it was received, and the person whom it documents.

    Earlier versions of a row that came corrected stay in its history.
    """

    list = models.ForeignKey(SourceList, models.PROTECT, related_name="rows")
    key = models.CharField(_("key"), max_length=300)
    number = models.PositiveIntegerField(_("row of the file"))
    received = SealedJSONField(_("as received"))
    """Column → text, every column of the file, also those that no mapping reads. Of a list whose
    source is confidential they lie sealed (``incidents.sealing.lists``)."""
    digest = models.CharField(max_length=64)
    """SHA-256 of ``received``, so that an unchanged row is known without reading it."""
    case = models.ForeignKey(ListCase, models.CASCADE, related_name="rows")
    person = models.ForeignKey(
        Person,
        models.SET_NULL,
        null=True,
        related_name="list_rows",
        verbose_name=_("person documented"),
    )
    batch = models.ForeignKey(ImportBatch, models.PROTECT, related_name="rows")
    last_batch = models.ForeignKey(ImportBatch, models.PROTECT, related_name="+")
    made = models.JSONField(default=dict)
    """Path of each row of the case file that this row brought → its model and id."""

    class Meta:
        verbose_name = _("row of a list")
        verbose_name_plural = _("rows of lists")
        ordering = ("list", "number")
        constraints = (models.UniqueConstraint(fields=("list", "key"), name="list_row_once"),)

    def __str__(self) -> str:
        return self.key


class Severity(models.TextChoices):
    """What became of the row in which something was wrong."""

    REFUSED = "refused", _("the case was not brought in")
    LEFT_OUT = "left-out", _("brought in without this value")
    NOTED = "noted", _("brought in as it stands")


class ImportProblem(models.Model):
    """Something wrong with one value of one row: what it is, why, and how to mend it."""

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="problems")
    row = models.PositiveIntegerField(_("row"), null=True)
    key = models.CharField(_("key"), max_length=300, blank=True)
    column = models.TextField(_("column"), blank=True)
    value = models.TextField(_("value"), blank=True)
    code = models.CharField(max_length=40)
    reason = models.TextField(_("what is wrong"))
    remedy = models.TextField(_("how to mend it"), blank=True)
    severity = models.CharField(_("consequence"), max_length=8, choices=Severity.choices)

    class Meta:
        verbose_name = _("problem of an import")
        verbose_name_plural = _("problems of an import")
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.reason


class ImportChange(models.Model):
    """A value that a corrected file changed, or would have changed had nobody worked on it."""

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="changes")
    row = models.PositiveIntegerField(_("row"), null=True)
    key = models.CharField(_("key"), max_length=300, blank=True)
    incident = models.ForeignKey(Incident, models.SET_NULL, null=True, related_name="+")
    path = models.CharField(max_length=120)
    model = models.CharField(max_length=40)
    object_id = models.BigIntegerField(null=True)
    field = models.CharField(_("field"), max_length=60, blank=True)
    """Empty where a whole row was added or removed."""
    before = models.TextField(_("before"), blank=True)
    after = models.TextField(_("after"), blank=True)
    applied = models.BooleanField(_("applied"), default=True)
    """False where somebody had worked on the value and it was left as they made it."""

    class Meta:
        verbose_name = _("change by an import")
        verbose_name_plural = _("changes by an import")
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(applied=True) | ~Q(field=""), name="import_change_kept_names_field"
            ),
        )

    def __str__(self) -> str:
        return f"{self.path}: {self.before} → {self.after}"
