"""Where what we know comes from."""

from typing import Any, Self

import pghistory
from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from incidents.models.base import ManagedRow, Referenced
from incidents.models.person import Person
from incidents.models.sealed import (
    SEALED,
    SealedCharField,
    SealedTextField,
    SealedURLField,
    StoredCheck,
    sealed_fields,
)
from incidents.models.sealed_key import SealedForeignKey
from reference.fields import (
    EarliestField,
    LatestField,
    TermField,
    UncertainDateField,
    date_order,
)


class SourceQuerySet(models.QuerySet["Source"]):
    """Reads of sources in the case file."""

    def public(self) -> Self:
        """Sources that may be named to the world."""
        return self.filter(confidential=False)

    def make_confidential(self) -> None:
        """Close them, sealing what they say; a bare UPDATE is refused by the database."""
        for source in self.filter(confidential=False):
            source.confidential = True
            source.save(update_fields=["confidential", "changed_at"])


def _lies_sealed(*names: str) -> Q:
    condition = Q(confidential=False)
    held = Q()
    for name in names:
        held &= Q(**{name: ""}) | Q(**{f"{name}__startswith": SEALED})
    return condition | held


_WORDS = (
    *("title", "title_local", "publisher", "author", "url", "archived_url", "public_note"),
    "internal_notes",
)


@pghistory.track()
class Source(Referenced, ManagedRow):
    """An article, a statement, a testimony, a court record.

    A confidential source is never published in any form, and neither is who gave it. Its words,
    those of its files and citations, and who told it, lie sealed in the database
    (``models.sealed``), its files sealed on the disk.
    """

    title = SealedCharField(
        _("title"),
        max_length=300,
        help_text=_("As printed; for a statement or talk, what it is: “First statement”."),
    )
    title_local = SealedCharField(
        _("title in Urdu or another language"), max_length=300, blank=True
    )
    type = TermField("source-type", verbose_name=_("type"))
    publisher = SealedCharField(_("publisher or issuing body"), max_length=200, blank=True)
    author = SealedCharField(_("author"), max_length=200, blank=True)
    published = UncertainDateField(_("published or said on"))
    published_earliest = EarliestField("published")
    published_latest = LatestField("published")
    accessed = models.DateField(_("read on"), null=True, blank=True)
    language = TermField("language", verbose_name=_("language"), null=True, blank=True)
    url = SealedURLField(_("address on the web"), max_length=1000, blank=True)
    archived_url = SealedURLField(_("address of an archived copy"), max_length=1000, blank=True)
    scale = TermField("source-scale", verbose_name=_("reach"), null=True, blank=True)
    perspective = TermField(
        "source-perspective",
        verbose_name=_("perspective"),
        null=True,
        blank=True,
        help_text=_("A partisan source is recorded as such, not dropped."),
    )
    reliability = TermField(
        "source-reliability",
        verbose_name=_("how reliable this source is in general"),
        default_code="untested",
    )
    independence = TermField(
        "source-independence",
        verbose_name=_("independence"),
        default_code="unknown",
        help_text=_("One agency text in ten papers is one source. A reprint names its origin."),
    )
    origin = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="derived",
        verbose_name=_("rests on, or known only through"),
        help_text=_("The source that this one reprints, or through which alone we know it."),
    )
    public_note = SealedTextField(
        _("note for the public"), blank=True, help_text=_("What a reader should know of it.")
    )
    confidential = models.BooleanField(
        _("confidential"),
        default=False,
        help_text=_("Never published. Tick it for everything that was told to us in trust."),
    )
    informant = SealedForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="sources",
        verbose_name=_("who told us"),
        help_text=_("Never published."),
    )

    internal_notes = SealedTextField(
        _("internal notes"),
        blank=True,
        help_text=_("For the office only: doubts, leads, reminders. This is never published."),
    )

    objects = SourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ("-published_earliest", "-pk")
        constraints = (
            date_order("published"),
            models.CheckConstraint(
                condition=Q(origin__isnull=True) | ~Q(origin=F("id")),
                name="source_not_its_own_origin",
                violation_error_message=_("A source cannot rest on itself."),
            ),
            models.CheckConstraint(
                condition=Q(informant__isnull=True) | Q(confidential=True),
                name="source_with_informant_is_confidential",
                violation_error_message=_(
                    "A source that names who told us must be marked confidential."
                ),
            ),
            StoredCheck(condition=_lies_sealed(*_WORDS), name="source_confidential_is_sealed"),
            StoredCheck(
                condition=Q(informant__isnull=True) | Q(informant__startswith=SEALED),
                name="source_informant_is_sealed",
            ),
        )

    def __str__(self) -> str:
        return f"{self.publisher}: {self.title}" if self.publisher else self.title

    @property
    def told_in_trust(self) -> bool:
        """Whether its words are to lie sealed."""
        return self.confidential

    def clean(self) -> None:
        """Refuse to open what cannot be read."""
        from incidents.confidential import refuse_to_open  # it knows what hangs on a source

        super().clean()
        if self.pk is not None and not self.confidential:
            refuse_to_open(self)

    def save(self, *arguments: Any, **options: Any) -> None:
        """Save it, and let all that hangs on it follow where it is or was confidential."""
        from incidents.confidential import keep_in_step, refuse_to_open

        fields = options.get("update_fields")
        if fields is not None and "confidential" in fields:
            options["update_fields"] = {*fields, *sealed_fields(Source)}
        with transaction.atomic():
            was = Source.objects.filter(pk=self.pk, confidential=True).exists()
            if was and not self.confidential:
                refuse_to_open(self)
            super().save(*arguments, **options)
            if self.confidential or was:
                keep_in_step(self)
