"""Free text, each kind in a narrow table of its own with one index."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils.translation import gettext_lazy as _

from record.models.entry import AgencyEntry, IncidentEntry, LegalActionEntry, SourceEntry


class SearchText(models.Model):
    """The words of a published document.

    English words are stemmed; words of other languages, names and place names (every alias the
    gazetteer knows) stand folded, so that any spelling of them finds the document.
    """

    vector = SearchVectorField()

    class Meta:
        abstract = True
        # fastupdate off: otherwise some publication pays for flushing everybody's pending words.
        indexes = (GinIndex(fields=("vector",), fastupdate=False, name="%(class)s_vector"),)

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
