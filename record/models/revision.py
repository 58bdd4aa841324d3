"""The append-only chain of everything that was ever published."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from record.kinds import Kind


class Action(models.TextChoices):
    """What a revision did to its object."""

    CREATED = "created", _("published")
    CORRECTED = "corrected", _("corrected")
    WITHDRAWN = "withdrawn", _("withdrawn")
    MERGED = "merged", _("merged")


class RevisionQuerySet(models.QuerySet["Revision"]):
    """Reads of the chain."""

    def in_order(self) -> "RevisionQuerySet":
        """In the order in which they were committed."""
        return self.order_by("sequence")

    def of(self, reference: str) -> "RevisionQuerySet":
        """Every revision of one object, the first one first."""
        return self.filter(reference=reference).order_by("version")

    def after(self, sequence: int) -> "RevisionQuerySet":
        """What was committed after the revision with this number."""
        return self.filter(sequence__gt=sequence).order_by("sequence")


class Revision(models.Model):
    """One act of publishing: what changed, when, and a hash that binds it to all before it.

    ``sequence`` is taken under the publishing lock as the last step of the transaction, so the
    order of numbers is the order of commits and a reader who has seen number n misses nothing
    below it. A row never changes, which a trigger holds, with one exception: withdrawal empties
    ``document``, ``note`` and ``salt``. The hash covers SHA-256 sums rather than the texts, so
    the chain can still be verified then. ``record/chain.py`` says what exactly is hashed.
    ``kind`` is a ``Kind``, ``action`` an ``Action``.
    """

    sequence = models.BigIntegerField(primary_key=True)
    kind = models.CharField(max_length=16)
    reference = models.CharField(max_length=24)
    version = models.PositiveIntegerField()
    action = models.CharField(max_length=16)
    document = models.TextField(null=True)  # noqa: DJ001 - emptied by withdrawal, and that shows
    document_sha256 = models.CharField(max_length=64, blank=True)
    note = models.TextField(blank=True)
    salt = models.CharField(max_length=32, blank=True)
    """What the hashes of document and note begin with. It is emptied together with them: without
    it nobody can find out what they said by trying names."""
    note_sha256 = models.CharField(max_length=64, blank=True)
    reason = models.CharField(max_length=40, blank=True)
    merged_into = models.CharField(max_length=24, blank=True)
    published_at = models.DateTimeField()
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ("sequence",)
        constraints = (
            models.UniqueConstraint(fields=("reference", "version"), name="revision_once"),
            models.CheckConstraint(condition=Q(version__gte=1), name="revision_version_from_one"),
            models.CheckConstraint(
                condition=Q(kind__in=Kind.values), name="revision_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(action__in=("created", "corrected"), reason="", merged_into="")
                & ~Q(document_sha256="")
                | Q(action="withdrawn", document=None, document_sha256="", merged_into="")
                & ~Q(reason="")
                | Q(action="merged", document=None, document_sha256="", reason="")
                & ~Q(merged_into=""),
                name="revision_action_is_whole",
            ),
            models.CheckConstraint(condition=Q(sequence__gte=1), name="revision_sequence_from_one"),
        )
        indexes = (
            # What releases made before a withdrawal may still hold: counted for every reader.
            models.Index(
                fields=("sequence",),
                condition=Q(action__in=("created", "corrected"), document__isnull=True),
                name="revision_emptied",
            ),
        )

    def __str__(self) -> str:
        return f"{self.reference} r{self.version}"


class ReferenceCounter(models.Model):
    """The last number given out for a kind in a year; it only grows, so none is reused."""

    kind = models.CharField(max_length=16)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("reference counter")
        verbose_name_plural = _("reference counters")
        constraints = (
            models.UniqueConstraint(fields=("kind", "year"), name="reference_counter_once"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.year}: {self.last}"
