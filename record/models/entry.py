"""The current document of each published object: one table a kind, apart from its keys.

Rows that carry documents are too fat to count, so nothing here is filtered on except the
reference and the state; what filters need stands in ``fact.py`` and ``keys.py``.
"""

import json
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from record.kinds import Kind


class State(models.TextChoices):
    """Whether the object can be read, was withdrawn, or lives on under another reference."""

    LIVE = "live", _("published")
    WITHDRAWN = "withdrawn", _("withdrawn")
    MERGED = "merged", _("merged")


class EntryQuerySet(models.QuerySet["Entry"]):
    """Reads shared by the six kinds."""

    def live(self) -> Self:
        """What the public may read."""
        return self.filter(state=State.LIVE)

    def merged_into(self, *survivors: "Entry") -> Self:
        """What lives on under the references of these."""
        return self.filter(Q(merged_into__in=survivors))

    def documents(self) -> list[str]:
        """The finished documents, as stored, in the order of the query."""
        return list(self.values_list("document", flat=True))


class Entry(models.Model):
    """A published object under its permanent reference, with its finished document.

    ``content_sha256`` is the hash of the document without its envelope (version and time of
    publication); publishing compares it to know whether anything changed. ``sequence`` is that
    of the last revision, ``changed_at`` its time; ``state`` is a ``State``. A withdrawn or merged
    entry keeps neither document nor hash of its content: a short text could be guessed from it.
    """

    kind: ClassVar[Kind]

    reference = models.CharField(max_length=24, unique=True)
    state = models.CharField(max_length=16, default=State.LIVE)
    version = models.PositiveIntegerField()
    sequence = models.BigIntegerField()
    document = models.TextField(blank=True)
    content_sha256 = models.CharField(max_length=64, blank=True)
    first_published = models.DateTimeField()
    changed_at = models.DateTimeField()
    withdrawal_reason = models.CharField(max_length=40, blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged_from")
    merged_into_id: int | None

    objects = EntryQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = (
            models.CheckConstraint(condition=Q(version__gte=1), name="%(class)s_version_from_one"),
            models.CheckConstraint(
                condition=Q(state="live", withdrawal_reason="", merged_into__isnull=True)
                & ~Q(document="")
                | Q(state="withdrawn", document="", content_sha256="", merged_into__isnull=True)
                & ~Q(withdrawal_reason="")
                | Q(state="merged", document="", content_sha256="", withdrawal_reason="")
                & Q(merged_into__isnull=False),
                name="%(class)s_is_live_or_ended_whole",
            ),
        )

    def __str__(self) -> str:
        return self.reference

    def content(self) -> dict[str, Any]:
        """The document as a dictionary; empty when it is not live."""
        return json.loads(self.document) if self.document else {}


class IncidentEntry(Entry):
    """A published incident."""

    kind = Kind.INCIDENT

    class Meta(Entry.Meta):
        verbose_name = _("published incident")
        verbose_name_plural = _("published incidents")


class VictimEntry(Entry):
    """A published victim: a person or group, as far as protection lets them appear."""

    kind = Kind.VICTIM

    class Meta(Entry.Meta):
        verbose_name = _("published victim")
        verbose_name_plural = _("published victims")


class ViolationEntry(Entry):
    """A published violation: one victim, one type, one incident."""

    kind = Kind.VIOLATION

    class Meta(Entry.Meta):
        verbose_name = _("published violation")
        verbose_name_plural = _("published violations")


class AgencyEntry(Entry):
    """A published agency, force, group, court or body."""

    kind = Kind.AGENCY

    class Meta(Entry.Meta):
        verbose_name = _("published agency")
        verbose_name_plural = _("published agencies")


class LegalActionEntry(Entry):
    """A published legal action with its steps."""

    kind = Kind.LEGAL_ACTION

    class Meta(Entry.Meta):
        verbose_name = _("published legal action")
        verbose_name_plural = _("published legal actions")


class SourceEntry(Entry):
    """A published source. Confidential sources never get one."""

    kind = Kind.SOURCE

    class Meta(Entry.Meta):
        verbose_name = _("published source")
        verbose_name_plural = _("published sources")


ENTRY_OF: dict[Kind, type[Entry]] = {
    model.kind: model
    for model in (
        IncidentEntry,
        VictimEntry,
        ViolationEntry,
        AgencyEntry,
        LegalActionEntry,
        SourceEntry,
    )
}
