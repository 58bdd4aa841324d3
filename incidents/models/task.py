"""What somebody has promised to do about a case, and until when."""

from typing import ClassVar, Self

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from incidents.models.base import CaseRow
from incidents.models.incident import Incident


class TaskKind(models.TextChoices):
    """What sort of thing is to be done."""

    CALL = "call", _("call or visit")
    COURT = "court", _("go to court")
    CONSENT = "consent", _("ask for consent")
    APPEAL = "appeal", _("appeal to a body")
    CHECK = "check", _("check a fact or a source")
    OTHER = "other", _("something else")


class TaskQuerySet(models.QuerySet["Task"]):
    """Reads of tasks."""

    def open(self) -> Self:
        """Tasks that nobody has done yet, the most pressing first."""
        return self.filter(done_on__isnull=True).order_by("due", "pk")


@pghistory.track()
class Task(CaseRow):
    """One thing to do by a day. It belongs to a case and is seen by whoever may see the case.

    Never published. Entering or finishing a task does not change the case.
    """

    incident = models.ForeignKey(
        Incident, models.CASCADE, related_name="tasks", verbose_name=_("incident")
    )
    kind = models.CharField(_("kind"), max_length=8, choices=TaskKind.choices)
    what = models.CharField(
        _("what is to be done"),
        max_length=200,
        help_text=_(
            "One line: “Call the lawyer about the next hearing”. Whoever may open the case reads "
            "it; write no telephone number and no address here."
        ),
    )
    due = models.DateField(_("by when"))
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="tasks",
        verbose_name=_("by whom"),
        help_text=_("Leave this empty if anybody may do it."),
    )
    done_on = models.DateField(
        _("done on"), null=True, blank=True, help_text=_("Leave this empty until it is done.")
    )
    outcome = models.CharField(
        _("what came of it"),
        max_length=300,
        blank=True,
        help_text=_("“Nobody answered; try again on Friday”."),
    )

    objects = TaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        ordering = ("due", "pk")
        indexes: ClassVar[tuple[models.Index, ...]] = (
            models.Index(fields=("due",), condition=Q(done_on__isnull=True), name="task_open"),
        )
        constraints: ClassVar[tuple[models.CheckConstraint, ...]] = (
            models.CheckConstraint(
                condition=Q(outcome="") | Q(done_on__isnull=False),
                name="task_outcome_of_what_is_done",
                violation_error_message=_("Say also on which day it was done."),
            ),
        )

    def __str__(self) -> str:
        return self.what
