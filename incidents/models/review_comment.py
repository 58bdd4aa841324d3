"""What somebody who checks a case wants to have looked at, and what a person saw of it last."""

from collections.abc import Iterable
from typing import ClassVar, Self

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from incidents.models.incident import Incident


class ReviewCommentQuerySet(models.QuerySet["ReviewComment"]):
    """Reads of comments. None of these is for the public."""

    def open(self) -> Self:
        """Comments that nobody has settled, in the order in which they were made."""
        return self.filter(settled_at__isnull=True)

    def about_rows(self, kind: str, ids: Iterable[int]) -> Self:
        """Comments on rows of a kind, by its name as in ``row_kind`` (“person”), and on their
        boxes. ``about`` and ``text`` of these may name people."""
        return self.filter(row_kind=kind, row_id__in=ids)


@pghistory.track()
class ReviewComment(models.Model):
    """A remark on one field of one row of a case, on a row, or on the whole case.

    ``row_kind`` and ``row_id`` point to the row without holding it there, and ``about`` keeps in
    words what it was: a row that was taken out, or a person who is gone, leaves the comment
    readable. Seen by whoever may see the case. Never published.
    """

    incident = models.ForeignKey(
        Incident, models.CASCADE, related_name="review_comments", verbose_name=_("incident")
    )
    row_kind = models.CharField(max_length=40, blank=True, editable=False)
    row_id = models.BigIntegerField(null=True, editable=False)
    field = models.CharField(max_length=60, blank=True, editable=False)
    about = models.CharField(_("about"), max_length=300, blank=True, editable=False)
    text = models.TextField(_("comment"))
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("written by")
    )
    written_at = models.DateTimeField(_("when"), default=timezone.now, editable=False)
    answer = models.TextField(_("answer"), blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("answered by"),
    )
    answered_at = models.DateTimeField(_("answered"), null=True, editable=False)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("settled by"),
    )
    settled_at = models.DateTimeField(_("settled"), null=True, editable=False)

    objects = ReviewCommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment on a case")
        verbose_name_plural = _("comments on cases")
        ordering = ("pk",)
        constraints: ClassVar[tuple[models.CheckConstraint, ...]] = (
            models.CheckConstraint(
                condition=~Q(text=""),
                name="review_comment_says_something",
                violation_error_message=_("Write what is to be looked at."),
            ),
            models.CheckConstraint(
                condition=Q(row_kind="", row_id__isnull=True, field="")
                | (~Q(row_kind="") & Q(row_id__isnull=False)),
                name="review_comment_on_a_row_or_the_case",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_by__isnull=True, answered_at__isnull=True)
                | (~Q(answer="") & Q(answered_by__isnull=False, answered_at__isnull=False)),
                name="review_comment_answer_is_signed",
            ),
            models.CheckConstraint(
                condition=Q(settled_by__isnull=True, settled_at__isnull=True)
                | Q(settled_by__isnull=False, settled_at__isnull=False),
                name="review_comment_settling_is_signed",
            ),
        )

    def __str__(self) -> str:
        return self.about or str(self._meta.verbose_name)

    @property
    def is_open(self) -> bool:
        """Whether nobody has settled it."""
        return self.settled_at is None

    @property
    def seen_answer(self) -> str:
        """What names the answer that it has now; empty where it has none."""
        return "" if self.answered_at is None else self.answered_at.isoformat()


class LastLook(models.Model):
    """Up to where in its history somebody has seen a case.

    Looks less than half an hour apart are one sitting. ``seen_at`` is the latest look, ``until``
    the last one of the sitting before: what came after it is new to this person. An event carries
    the time at which its transaction began, so that one of that time may have been unseen still:
    ``recent`` and ``until_recent`` name the events of the last minutes that were seen.

    Not kept in the history, and held by no case: it says who read what, and no more than the last
    time.
    """

    incident = models.ForeignKey(
        Incident, models.DO_NOTHING, db_constraint=False, related_name="+", editable=False
    )
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", editable=False
    )
    seen_at = models.DateTimeField()
    recent = models.JSONField(default=list)
    until = models.DateTimeField(null=True)
    until_recent = models.JSONField(default=list)

    class Meta:
        verbose_name = _("last look at a case")
        verbose_name_plural = _("last looks at cases")
        constraints = (
            models.UniqueConstraint(fields=("incident", "member"), name="last_look_once"),
        )

    def __str__(self) -> str:
        return f"{self.incident_id}: {self.seen_at}"
