from django.apps import apps
from django.db import models

from reference.fields import (
    EarliestField,
    LatestField,
    TermField,
    TermsField,
    UncertainDateField,
    date_order,
)


class Sighting(models.Model):
    """One date beside another column."""

    place = models.TextField(blank=True)
    date = UncertainDateField("date seen", help_text="When it was seen.")
    date_earliest = EarliestField("date")
    date_latest = LatestField("date", db_index=False)

    class Meta:
        app_label = "dated"
        constraints = [date_order("date")]

    def __str__(self):
        return f"{self.place}, {self.date}"


class Detention(models.Model):
    """An act with a start, an end, and the sign that there is none."""

    start = UncertainDateField(blank=False)
    start_earliest = EarliestField("start")
    start_latest = LatestField("start")
    end = UncertainDateField()
    end_earliest = EarliestField("end")
    end_latest = LatestField("end")
    open_ended = models.BooleanField(default=False)

    class Meta:
        app_label = "dated"
        constraints = [date_order("start"), date_order("end")]

    def __str__(self):
        return f"{self.start} - {self.end}"


class Note(models.Model):
    """Something said in the terms of two vocabularies."""

    kind = TermField("note-kind", default_code="unknown")
    tone = TermField("note-tone", null=True, blank=True)
    subjects = TermsField("note-subject", blank=True)

    class Meta:
        app_label = "dated"

    def __str__(self):
        return str(self.kind)


if apps.is_installed("pghistory"):
    import pghistory

    Sighting = pghistory.track()(Sighting)
    Note = pghistory.track()(Note)
