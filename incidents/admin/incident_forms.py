"""The forms of an incident's page that keep more than the row they stand for."""

from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextInputWidget
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from incidents.admin.choices import FoundSelect, FoundSelectMultiple, NamedWrapper
from incidents.admin.forms import CitedForm, SiblingsForm, citations_of, prepare_sources
from incidents.admin.labels import label_of
from incidents.admin.method_notes import MethodNotesField, notes_without_method
from incidents.admin.terms import TermFormField
from incidents.citing import cite_among
from incidents.models import (
    Agency,
    Citation,
    DisappearanceElement,
    Incident,
    InterventionAddressee,
    Source,
)
from reference.vocabularies import term

ELEMENTS = ("el-deprivation", "el-state", "el-concealment")
"""The three elements of an enforced disappearance (ICPPED, article 2), in their order."""


def finding(code: str) -> str:
    """Name of the form field that holds the finding on an element."""
    return f"{code.removeprefix('el-')}_finding"


def note(code: str) -> str:
    """Name of the form field that says on what the finding rests."""
    return f"{code.removeprefix('el-')}_note"


def sources(code: str) -> str:
    """Name of the form field for the sources of an element."""
    return f"{code.removeprefix('el-')}_sources"


class _SeenField(forms.CharField):
    """When the row was last changed as the page was opened. Not a value anybody types."""

    widget = forms.HiddenInput

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class SourceOfTheRestForm(CitedForm):
    """A record of many facts, with one choice that cites all of them."""

    source_of_the_rest = forms.ModelChoiceField(
        Source.objects.none(),
        required=False,
        label=_("Source of everything below that names none"),
        help_text=_(
            "If all of this comes from one article or testimony, choose it here once. Every fact "
            "on this page that names no source of its own will rest on it."
        ),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["source_of_the_rest"]
        field.queryset = self.offered_sources
        relation = Citation._meta.get_field("source")
        widget = FoundSelect(relation, admin.site, choices=field.choices)
        field.widget = NamedWrapper.around(widget, relation, str(field.label))


class IncidentForm(SourceOfTheRestForm):
    """An incident. Refuses to overwrite what somebody else has changed in the meantime."""

    seen = _SeenField(required=False)
    going_on: ClassVar[datetime | None] = None
    """When the text was kept that this form shows again. It is read through before it is saved."""
    not_kept: ClassVar[bool] = False
    """Whether the page was to be kept for later, and could not be."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.instance.pk is not None:
            self.initial["seen"] = self.instance.changed_at.isoformat()

    def clean(self) -> dict[str, Any] | None:
        """Compare with the case as it stands now."""
        cleaned = super().clean()
        if self.going_on is not None:
            raise ValidationError(_kept(self.going_on), code="kept")
        if self.not_kept:
            raise ValidationError(gettext("Nothing has been saved or kept yet."), code="kept")
        if self.instance.pk is None:
            return cleaned
        seen = parse_datetime(self.data.get(self.add_prefix("seen"), ""))
        standing = Incident.objects.select_related("changed_by").get(pk=self.instance.pk)
        if seen is not None and standing.changed_at > seen:
            raise ValidationError(_overtaken(standing), code="overtaken")
        return cleaned


def _kept(at: datetime) -> str:
    return gettext(
        "This is what you had typed when it was kept at %(when)s UTC. Nothing of it has been "
        "saved yet: read it through, then save."
    ) % {"when": f"{timezone.localtime(at):%Y-%m-%d %H:%M}"}


def _overtaken(incident: Incident) -> str:
    changed: datetime = timezone.localtime(incident.changed_at)
    return gettext(
        "This case was changed by %(who)s at %(when)s UTC, while you had it open. Nothing of yours "
        "is saved yet, and nothing is lost: what you typed stands in its boxes. Below is what was "
        "changed; boxes that you had not touched hold it already. Read it through, then save again."
    ) % {"who": incident.changed_by or "–", "when": f"{changed:%H:%M}"}


class CitedSiblingForm(CitedForm, SiblingsForm):
    """A cited fact that may point to other rows of its case."""


class ViolationForm(CitedForm):
    """A violation, with the three elements of an enforced disappearance."""

    method_notes = MethodNotesField()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.elements = {row.element.code: row for row in self._standing_elements()}
        for code in ELEMENTS:
            row = self.elements.get(code)
            self.fields |= self._fields_of(code)
            self.initial[finding(code)] = row.finding_id if row else None
            self.initial[note(code)] = row.note if row else ""
            field: Any = self.fields[finding(code)]
            field.keep({row.finding_id} if row else ())
            prepare_sources(self, sources(code), citations_of(row) if row else [])

    @staticmethod
    def _fields_of(code: str) -> dict[str, forms.Field]:
        element = term("disappearance-element", code)
        return {
            finding(code): TermFormField(
                "element-finding", required=False, label=element.label, help_text=element.definition
            ),
            note(code): forms.CharField(
                required=False,
                max_length=300,
                label=_("On what it rests"),
                help_text=_("Published."),
                widget=AdminTextInputWidget(attrs={"dir": "auto"}),
            ),
            sources(code): forms.ModelMultipleChoiceField(
                Source.objects.none(),
                required=False,
                label=_("Sources of this finding"),
                help_text=_("What the finding rests on. Type a few words of title or publisher."),
            ),
        }

    def clean(self) -> dict[str, Any] | None:
        """A note or a source needs a finding or a method that it belongs to."""
        cleaned = super().clean()
        noted = self.cleaned_data.get("method_notes") or {}
        if lost := notes_without_method(noted, self.cleaned_data.get("methods") or ()):
            self.add_error(
                "method_notes",
                ValidationError(
                    _("Choose above the methods on which there are notes: %(methods)s."),
                    code="not-chosen",
                    params={"methods": ", ".join(lost)},
                ),
            )
        for code in ELEMENTS:
            said = self.cleaned_data.get(note(code)) or self.cleaned_data.get(sources(code))
            if said and not self.cleaned_data.get(finding(code)):
                self.add_error(
                    finding(code),
                    ValidationError(_("Choose a finding, or leave all three boxes empty.")),
                )
        return cleaned

    def save_parts(self) -> None:
        """Write the elements that were judged, and remove those whose finding was emptied."""
        super().save_parts()
        for code in ELEMENTS:
            names = {finding(code), note(code), sources(code)}
            if names & set(self.changed_data):
                self._save_element(code)

    def _save_element(self, code: str) -> None:
        row = self.elements.get(code)
        judged = self.cleaned_data[finding(code)]
        if judged is None:
            if row is not None:
                row.delete()
            return
        if row is None:
            row = DisappearanceElement(
                violation=self.instance,
                element=term("disappearance-element", code),
                entered_by=self.user,
            )
        row.finding, row.note, row.changed_by = judged, self.cleaned_data[note(code)], self.user
        row.save()
        cite_among(row, self.chosen(sources(code)), offered=self.offered_sources, by=self.user)

    def _standing_elements(self) -> list[DisappearanceElement]:
        return [] if self.instance.pk is None else list(self.instance.elements.all())


class InterventionForm(CitedForm):
    """An appeal, with the bodies it went to. Their answers are on a page of its own."""

    to = forms.ModelMultipleChoiceField(
        Agency.objects.none(),
        required=False,
        label=pgettext_lazy("addressee of an appeal", "To"),
        help_text=_("The bodies that were asked. Save, then open the appeal for their answers."),
    )

    relation: ClassVar[Any] = InterventionAddressee._meta.get_field("agency")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.addressees = [] if self.instance.pk is None else list(self.instance.addressees.all())
        field: Any = self.fields["to"]
        field.queryset = Agency.objects.all()
        self.initial["to"] = [row.agency_id for row in self.addressees]
        widget = FoundSelectMultiple(self.relation, admin.site, choices=field.choices)
        widget.known = {str(row.agency_id): label_of(row.agency) for row in self.addressees}
        field.widget = NamedWrapper.around(widget, self.relation, str(field.label))

    def save_parts(self) -> None:
        """Bring the addressees in line with what was chosen."""
        super().save_parts()
        if "to" not in self.changed_data:
            return
        chosen = self.chosen("to")
        self.instance.addressees.exclude(agency__in=chosen).delete()
        asked = {row.agency_id for row in self.addressees}
        for agency in chosen:
            if agency.pk not in asked:
                InterventionAddressee.objects.create(
                    intervention=self.instance,
                    agency=agency,
                    entered_by=self.user,
                    changed_by=self.user,
                )
