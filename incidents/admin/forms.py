"""The forms of the case file: who is at work, terms that stay, and sources beside each fact."""

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextInputWidget, RelatedFieldWidgetWrapper
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from incidents.admin.choices import (
    FoundSelectMultiple,
    NamedWrapper,
    SiblingFormField,
    _KnowsLabels,
)
from incidents.admin.form_html import WrittenForms
from incidents.admin.labels import joined, label_of
from incidents.admin.terms import TermFormField, TermsFormField
from incidents.citing import cite_among
from incidents.models import Citation, Source, StaffMember

if TYPE_CHECKING:
    from incidents.admin.reasons import Reason
    from incidents.admin.remarks import Remarks

    _ModelForm = forms.ModelForm[Any]
else:
    _ModelForm = forms.ModelForm

SOURCES, WHERE, QUOTATION = "cited_sources", "cited_where", "cited_quotation"
CITING = (SOURCES, (WHERE, QUOTATION))
"""The fields of a fact that say on what it rests, as a fieldset lists them."""


class StaffForm(_ModelForm):
    """A form of the case file.

    ``user`` is at work, ``offered_sources`` are those this person may cite; both are set on the
    class that is made for each request.
    """

    default_renderer = WrittenForms
    user: ClassVar[StaffMember]
    offered_sources: ClassVar[models.QuerySet[Source]]
    remarks: ClassVar["Remarks | None"] = None
    """Comments of those who check the case, to stand beside the boxes they are on."""
    reason: ClassVar["Reason | None"] = None
    """Why the record is changed, as typed on its page."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, field in self.fields.items():
            if isinstance(field, TermFormField | TermsFormField):
                field.keep(_keys(self.initial.get(name)))
            widget = field.widget
            if isinstance(widget, RelatedFieldWidgetWrapper):
                widget = widget.widget
            if isinstance(widget, _KnowsLabels):
                widget.label = str(field.label or "")
                widget.known = self._known(name)
        if self.remarks is not None:
            self.remarks.tell(self)

    def _post_clean(self) -> None:
        """Refuse a change of what others rely on without a reason; rows ask by their form set."""
        super()._post_clean()  # type: ignore[misc]
        is_record = self.prefix is None
        if is_record and self.reason is not None and self.reason.is_missing and self.has_changed():
            self.add_error(None, ValidationError(self.reason.refusal, code="no-reason"))

    @property
    def media(self) -> forms.Media:
        """The scripts and styles of its boxes, asked of one box of each kind: kinds are few."""
        kinds = {
            (type(box), type(getattr(box, "widget", None))): box
            for box in (field.widget for field in self.fields.values())
        }
        return sum((box.media for box in kinds.values()), start=forms.Media())

    def _known(self, name: str) -> dict[str, str]:
        """Labels of the rows that a field points to, if they were read with the instance."""
        try:
            field = self.instance._meta.get_field(name)
        except LookupError:
            return {}
        rows: list[Any] = []
        if isinstance(field, models.ForeignKey) and field.is_cached(self.instance):
            rows = [getattr(self.instance, name)]
        elif name in getattr(self.instance, "_prefetched_objects_cache", {}):
            rows = list(getattr(self.instance, name).all())
        return {str(row.pk): label_of(row) for row in rows if row is not None}

    def chosen(self, name: str) -> list[Any]:
        """The rows chosen in a box, in the order in which they were chosen."""
        typed = self.data.getlist(self.add_prefix(name))  # type: ignore[attr-defined]
        rows = self.cleaned_data.get(name) or ()
        return sorted(rows, key=lambda row: typed.index(str(row.pk)))

    def save_parts(self) -> None:
        """Write what belongs to the saved row but has tables of its own. Nothing here."""


class CitedForm(StaffForm):
    """A fact and the sources it rests on, in one form."""

    cited_sources = forms.ModelMultipleChoiceField(
        Source.objects.none(),
        required=False,
        label=_("Sources"),
        help_text=_("What this rests on. Any number; type a few words of title or publisher."),
    )
    cited_where = forms.CharField(
        required=False,
        max_length=120,
        label=_("Where in the source"),
        help_text=_("Page, paragraph or minute, for the source added last."),
        widget=AdminTextInputWidget(attrs={"dir": "auto"}),
    )
    cited_quotation = forms.CharField(
        required=False,
        label=_("Quotation"),
        help_text=_("The words themselves, short. Published with the fact."),
        widget=forms.Textarea(attrs={"dir": "auto", "rows": 2, "class": "vLargeTextField"}),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.standing = self.standing_citations()
        prepare_sources(self, SOURCES, self.standing)
        if len(self.standing) == 1:
            [only] = self.standing
            self.initial.update({WHERE: only.locator, QUOTATION: only.quotation})
        if self.standing:
            self.fields[SOURCES].help_text = _listed(self.standing)

    def standing_citations(self) -> list[Citation]:
        """What the fact rests on now."""
        return citations_of(self.instance)

    def clean(self) -> dict[str, Any] | None:
        """Refuse a place in the source where it is not clear which source is meant."""
        cleaned = super().clean()
        if self.errors or not self._says_where():
            return cleaned
        added, kept = self._added_and_kept()
        if len(added) > 1 or (not added and len(kept) != 1):
            raise ValidationError(
                {
                    WHERE: ValidationError(
                        _(
                            "It is not clear which source this belongs to. Choose one source and "
                            "save, then add the next; or open each citation listed below."
                        ),
                        code="which-source",
                    )
                }
            )
        return cleaned

    def save_parts(self) -> None:
        """Bring the citations of the saved fact in line with what was chosen."""
        super().save_parts()
        if not {SOURCES, WHERE, QUOTATION} & set(self.changed_data):
            return
        sources = self.chosen(SOURCES)
        new = cite_among(self.instance, sources, offered=self.offered_sources, by=self.user)
        if self._says_where():
            [citation] = new or [row for row in self.standing if row.source in sources]
            citation.locator = self.cleaned_data[WHERE]
            citation.quotation = self.cleaned_data[QUOTATION]
            citation.changed_by = self.user
            citation.save()

    def _says_where(self) -> bool:
        """Whether a place or a quotation was typed that has to go to one of the sources."""
        if not {WHERE, QUOTATION} & set(self.changed_data):
            return False
        emptied = not (self.cleaned_data.get(WHERE) or self.cleaned_data.get(QUOTATION))
        return not (emptied and len(self.standing) != 1)

    def _added_and_kept(self) -> tuple[list[Source], list[Citation]]:
        chosen = self.chosen(SOURCES)
        kept = [row for row in self.standing if row.source in chosen]
        cited = [row.source for row in kept]
        return [source for source in chosen if source not in cited], kept


class SiblingsForm(StaffForm):
    """A row that may point to other rows of the same case.

    ``siblings`` is the list to choose from for each such field, read once for all forms.
    """

    siblings: ClassVar[dict[str, list[models.Model]]]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, rows in self.siblings.items():
            field = self.fields.get(name)
            if isinstance(field, SiblingFormField):
                is_same_kind = rows and isinstance(self.instance, type(rows[0]))
                field.offer(rows, but=self.instance if is_same_kind else None)


def prepare_sources(form: StaffForm, name: str, standing: list[Citation]) -> None:
    """Make a form-only field offer sources like any autocomplete, with those that stand."""
    field: Any = form.fields[name]
    field.queryset = form.offered_sources
    form.initial[name] = [row.source_id for row in standing]
    relation = Citation._meta.get_field("source")
    widget = FoundSelectMultiple(relation, admin.site, choices=field.choices)
    widget.known = {str(row.source_id): label_of(row.source) for row in standing}
    field.widget = NamedWrapper.around(widget, relation, str(field.label))


def citations_of(fact: models.Model) -> list[Citation]:
    """The citations of a fact; read with it where the page reads many."""
    if fact.pk is None:
        return []
    rows: models.QuerySet[Citation] = fact.citations.all()  # type: ignore[attr-defined]
    if "citations" not in getattr(fact, "_prefetched_objects_cache", {}):
        rows = rows.select_related("source")
    return list(rows)


def _listed(citations: list[Citation]) -> SafeString:
    """Each citation with a link to its own page, where stance and reliability are."""
    return format_html_join(
        " · ",
        '<a href="{}">{}</a>',
        (
            (
                reverse("admin:incidents_citation_change", args=[row.pk]),
                joined((str(row), "" if row.stance == "supports" else row.get_stance_display())),
            )
            for row in citations
        ),
    )


def _keys(value: Any) -> set[int]:
    values = value if isinstance(value, list | tuple) else [value]
    keys: list[Any] = [getattr(each, "pk", each) for each in values if each not in (None, "")]
    return set(keys)
