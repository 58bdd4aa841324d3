"""Free text, each kind in a narrow table of its own with one index."""

from typing import Final

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils.translation import gettext_lazy as _

from record.models.entry import AgencyEntry, IncidentEntry, LegalActionEntry, SourceEntry

WAITING_KB: Final = 4_096
"""Words of some five hundred accounts. Whose publication goes beyond, files them all itself."""


class SearchText(models.Model):
    """The words of a published document.

    English words are stemmed; words of other languages, names and place names (every alias the
    gazetteer knows) stand folded, so that any spelling of them finds the document.
    """

    vector = SearchVectorField()

    class Meta:
        abstract = True
        # Words wait beside the index until the worker files them (``record.filing_words``): two
        # hundred of them, each at a place of its own, would be half of what a publication costs.
        # Whoever searches goes through those that wait too, so they are kept few.
        indexes = (
            GinIndex(
                fields=("vector",),
                fastupdate=True,
                gin_pending_list_limit=WAITING_KB,
                name="%(class)s_vector",
            ),
        )

    def __str__(self) -> str:
        return f"words of {self.pk}"


class IncidentText(SearchText):
    """The words of an incident, of its victims and places."""

    entry = models.OneToOneField(
        IncidentEntry, models.CASCADE, primary_key=True, related_name="text"
    )

    class Meta(SearchText.Meta):
        verbose_name = _("text of an incident")
        verbose_name_plural = _("texts of incidents")


class AgencyText(SearchText):
    """The names of an agency."""

    entry = models.OneToOneField(AgencyEntry, models.CASCADE, primary_key=True, related_name="text")

    class Meta(SearchText.Meta):
        verbose_name = _("text of an agency")
        verbose_name_plural = _("texts of agencies")


class LegalActionText(SearchText):
    """The words of a legal action and its steps."""

    entry = models.OneToOneField(
        LegalActionEntry, models.CASCADE, primary_key=True, related_name="text"
    )

    class Meta(SearchText.Meta):
        verbose_name = _("text of a legal action")
        verbose_name_plural = _("texts of legal actions")


class SourceText(SearchText):
    """Title, publisher and author of a source."""

    entry = models.OneToOneField(SourceEntry, models.CASCADE, primary_key=True, related_name="text")

    class Meta(SearchText.Meta):
        verbose_name = _("text of a source")
        verbose_name_plural = _("texts of sources")
