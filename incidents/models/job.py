"""Long work that goes on in the background, can be watched, and outlives a kill."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class JobState(models.TextChoices):
    """How far a job has come. A job that was killed is still running until it is taken up."""

    WAITING = "waiting", _("waiting")
    RUNNING = "running", _("under way")
    DONE = "done", _("done")
    FAILED = "failed", _("broken off")
    STOPPED = "stopped", _("stopped")


class JobQuerySet(models.QuerySet["Job"]):
    """Reads of jobs."""

    def unfinished(self) -> Self:
        """Jobs that wait or are under way, the oldest first."""
        return self.filter(state__in=(JobState.WAITING, JobState.RUNNING)).order_by("pk")


class Job(models.Model):
    """One piece of work for ``incidents.jobs``.

    ``arguments`` hold codes and ids alone, never a name or a text of a case: whoever may see that
    a job exists may not yet see what it works on.
    """

    kind = models.CharField(_("what"), max_length=40)
    arguments = models.JSONField(default=dict)
    state = models.CharField(
        _("state"), max_length=8, choices=JobState.choices, default=JobState.WAITING
    )
    done = models.PositiveBigIntegerField(_("done"), default=0)
    total = models.PositiveBigIntegerField(_("of"), null=True)
    """NULL while nobody knows yet how much there is to do."""
    refused = models.PositiveBigIntegerField(_("refused"), default=0)
    message = models.TextField(_("message"), blank=True)
    starts = models.PositiveSmallIntegerField(default=0)
    """How often a worker has begun it since it last got further."""
    stop_asked = models.BooleanField(default=False)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("asked by"),
    )
    asked_at = models.DateTimeField(_("asked"), auto_now_add=True)
    started_at = models.DateTimeField(_("started"), null=True)
    finished_at = models.DateTimeField(_("finished"), null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(total__isnull=True) | Q(done__lte=F("total")),
                name="job_done_within_total",
            ),
        )
        indexes = (
            models.Index(
                fields=("id",),
                condition=Q(state__in=("waiting", "running")),
                name="job_unfinished",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class JobRefusal(models.Model):
    """A case that a job could not deal with, and why: one line for each obstacle."""

    job = models.ForeignKey(Job, models.CASCADE, related_name="refusals")
    incident = models.ForeignKey(
        "incidents.Incident", models.CASCADE, related_name="+", verbose_name=_("incident")
    )
    code = models.CharField(max_length=40)
    reason = models.TextField(_("reason"))

    class Meta:
        verbose_name = _("case that was refused")
        verbose_name_plural = _("cases that were refused")
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.reason
