"""The boxes of the page of a new case that say where it comes from."""

from collections.abc import Mapping
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from incidents.admin.labels import source_label
from incidents.admin.terms import TermFormField
from incidents.entry.addresses import are_one, spellings, stripped, with_more_behind
from incidents.models import Source
from reference.dates import UNKNOWN
from reference.forms import UncertainDateFormField
from reference.vocabularies import lineage

if TYPE_CHECKING:
    _SourceChoice = forms.ModelChoiceField[Source]
else:
    _SourceChoice = forms.ModelChoiceField

LATEST: Final = 50
"""Sources that the list offers, the last entered first; any other is chosen on its own page."""

OF_A_NEW_SOURCE: Final = ("source_type", "source_title", "publisher", "published", "url")
"""Boxes that count for nothing where a source is chosen that is entered already."""

_OF_SOURCE: Final = {"title": "source_title", "type": "source_type"}
"""Column → the box it was typed into, where the two have different names."""

_TOLD_BY_PEOPLE: Final = "people"
"""The source types below this one are told by somebody: nobody forgets to say whether in trust."""


def text_box(label: Any, longest: int, help_text: Any = "", **options: Any) -> forms.CharField:
    """A line in either script, which may stay empty."""
    return forms.CharField(
        label=label,
        max_length=longest,
        required=False,
        help_text=help_text,
        widget=AdminTextInputWidget(attrs={"dir": "auto"}),
        **options,
    )


def text_area(rows: int) -> AdminTextareaWidget:
    """Several lines in either script."""
    return AdminTextareaWidget(attrs={"dir": "auto", "rows": rows})


class _LatestSources(_SourceChoice):
    """Sources by their label. More than a list can hold may be chosen, only not from the list."""

    def __init__(self, **options: Any) -> None:
        super().__init__(Source.objects.none(), **options)

    def offer(self, sources: "QuerySet[Source]", chosen: str) -> None:
        """Offer the latest of these sources, and the one that is chosen."""
        self.queryset = sources
        rows = list(sources.order_by("-pk")[:LATEST])
        if chosen.isascii() and chosen.isdigit() and chosen not in {str(row.pk) for row in rows}:
            rows += sources.filter(pk=chosen)
        self.widget.choices = [("", "---------"), *((row.pk, source_label(row)) for row in rows)]


class SourceBoxes(forms.Form):
    """A source that is chosen, or described."""

    source = _LatestSources(
        label=_("A source that is entered already"),
        required=False,
        help_text=_("Leave this empty for a new one. The latest are listed."),
    )
    source_type = TermFormField(
        "source-type",
        label=_("Type of source"),
        required=False,
        help_text=_("A news report, a family’s statement, a court record …"),
    )
    source_title = text_box(
        _("Title of the source"), 300, _("As printed; for a testimony, what it is.")
    )
    publisher = text_box(_("Publisher, or who says it"), 200, _("“Dawn”; “a human rights group”."))
    published = UncertainDateFormField(
        label=_("Published or said on"),
        required=False,
        help_text=_("As you heard it: “29 Oct 2023”, “late November 2023”, “۲۹ اکتوبر ۲۰۲۳”."),
    )
    url = forms.URLField(
        label=_("Address on the web"),
        required=False,
        max_length=1000,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"class": "vURLField", "dir": "ltr"}),
    )
    confidential = forms.ChoiceField(
        label=_("Was it told in trust?"),
        required=False,
        choices=(
            ("", "---------"),
            ("no", _("No: the source may be named")),
            ("yes", _("Yes: confidential, never published")),
        ),
        help_text=_("Has to be answered for testimonies and everything else that people tell."),
    )
    locator = text_box(
        _("Where in the source"), 120, _("Page, paragraph or minute: “p. 4”, “para. 7”, “12:30”.")
    )
    quotation = forms.CharField(
        label=_("Quotation"),
        required=False,
        widget=text_area(2),
        help_text=_("The words themselves, short. Published with the incident."),
    )

    def __init__(self, *args: Any, sources: "QuerySet[Source]", **options: Any) -> None:
        """``sources`` are those that the writer may cite."""
        super().__init__(*args, **options)
        self._sources = sources
        self.known_source: Source | None = None
        """The source of the case file to which the typed address belongs."""
        offered: Any = self.fields["source"]
        offered.offer(sources, str(self["source"].value() or ""))

    def clean_url(self) -> str:
        """An article is entered once, and without what says who passed its address on."""
        url = stripped(str(self.cleaned_data["url"]))
        if url and not self.data.get("source"):
            known = _source_at(url, self._sources)
            if known is not None:
                self.known_source = known
                offered: Any = self.fields["source"]
                offered.offer(self._sources, str(known.pk))
                raise ValidationError(
                    _("This address belongs to “%(source)s”. Choose that source at the top."),
                    params={"source": source_label(known)},
                    code="known",
                )
        return url

    def clean(self) -> dict[str, Any] | None:
        """A chosen source is taken as it stands; a new one has to be whole."""
        cleaned = super().clean()
        chosen: Source | None = self.cleaned_data.get("source")
        if chosen is None:
            self._clean_source()
        elif self.cleaned_data.get("confidential") == "yes" and not chosen.confidential:
            self.add_error(
                "confidential",
                _(
                    "The source that is chosen above is not confidential. Make it confidential on "
                    "its own page first, or leave it and describe a new source."
                ),
            )
        return cleaned

    def _clean_source(self) -> None:
        values = self.cleaned_data
        kind = values.get("source_type")
        for name in ("source_type", "source_title"):
            if not values.get(name) and name not in self.errors:
                self.add_error(name, _("Describe the new source here, or choose one above."))
        told = kind is not None and _TOLD_BY_PEOPLE in lineage("source-type", kind.code)
        if told and not values.get("confidential"):
            self.add_error("confidential", _("Say whether this was told in trust."))
        if not self.errors:
            check_row(self, self.source_row(), _OF_SOURCE)

    def source_row(self) -> Source:
        """The chosen source, or the new one."""
        values = self.cleaned_data
        chosen: Source | None = values.get("source")
        if chosen is not None:
            return chosen
        return Source(
            title=values["source_title"],
            type=values["source_type"],
            publisher=values["publisher"],
            published=values.get("published", UNKNOWN),
            url=values["url"],
            confidential=values["confidential"] == "yes",
        )

    @property
    def entered_source(self) -> Source | None:
        """The source of the case file that is chosen, or meant by its address."""
        chosen: Source | None = self.cleaned_data.get("source")
        return chosen or self.known_source

    @property
    def ignored(self) -> list[str]:
        """Labels of boxes of a new source that were filled in beside a chosen one."""
        if self.cleaned_data.get("source") is None:
            return []
        return [str(self[name].label) for name in OF_A_NEW_SOURCE if self[name].value()]


def _source_at(url: str, sources: "QuerySet[Source]") -> Source | None:
    """The source with this address, however either of them is written."""
    known = sources.filter(url__in=spellings(url)).order_by("pk").first()
    beginnings = with_more_behind(url)
    if known is not None or not beginnings:
        return known
    begun = reduce(or_, (Q(url__startswith=beginning) for beginning in beginnings))
    found = sources.filter(begun).order_by("pk").values_list("pk", "url")
    same = next((pk for pk, other in found.iterator() if are_one(url, other)), None)
    return None if same is None else sources.get(pk=same)


def check_row(form: forms.Form, row: Any, boxes: Mapping[str, str]) -> None:
    """Check a row as its own page would, and tell what is wrong at the boxes of this one."""
    unasked = {field.name for field in row._meta.fields if not field.editable}
    if not row.__dict__.get("title", "x"):
        unasked.add("title")
    try:
        row.full_clean(exclude=unasked)
    except ValidationError as error:
        for name, faults in error.error_dict.items():
            box = boxes.get(name, name)
            form.add_error(box if box in form.fields else None, faults)
