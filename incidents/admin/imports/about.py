"""The step about the list as a whole: what a row is, the source, dates, protection."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.db.models import TextChoices
from django.http import HttpRequest
from django.http.response import HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from incidents.admin.imports import keeping
from incidents.admin.imports.pages import BatchPage
from incidents.admin.labels import joined
from incidents.importing.suggesting.choices import Choices, ChosenSource
from incidents.models import NameProtection
from reference.forms import UncertainDateFormField
from reference.vocabularies import terms

COUNTED = ("count", "rows")
"""Words in braces that stand for the number of people and of rows of a case."""

_BRACES = re.compile(r"\{([^{}]*)\}")
_INDENT = "\u00a0\u00a0\u00a0"


class RowKind(TextChoices):
    """What one row of a list is."""

    VICTIM = "victim", _("a person")
    VIOLATION = "violation", _("one act against one person")
    INCIDENT = "incident", _("an incident, with one or several people")


class DayOrder(TextChoices):
    """What 5/10/2023 means."""

    UNKNOWN = "", _("there are no such dates, or nobody knows")
    DAY = "day", _("day first: 5/10 is the fifth of October")
    MONTH = "month", _("month first: 5/10 is the tenth of May")


_ORDERS = {DayOrder.DAY: True, DayOrder.MONTH: False}


def _text(**options: Any) -> forms.CharField:
    widget = AdminTextInputWidget(attrs={"dir": "auto"})
    return forms.CharField(required=False, widget=widget, **options)


def _lines(rows: int, **options: Any) -> forms.CharField:
    widget = AdminTextareaWidget(attrs={"dir": "auto", "rows": rows})
    return forms.CharField(required=False, widget=widget, **options)


class AboutForm(forms.Form):
    """Everything that holds for all rows of the list."""

    rows_are = forms.ChoiceField(
        choices=RowKind.choices,
        label=_("A row is"),
        help_text=_("Rows of one incident belong together by the column chosen for that."),
    )
    title = _text(
        label=_("Title of each case"),
        max_length=300,
        help_text=_(
            "Becomes public with the case, so without names. A column in braces stands for its "
            "value: “Killing in {district}, case {id}”. Where a row leaves it empty, so is the "
            "title: use columns that are always filled."
        ),
    )
    incident_kind = forms.ChoiceField(label=_("Kind of incident"), help_text=_("Of every case."))
    violation_type = forms.ChoiceField(
        label=_("Type of violation"),
        help_text=_("Of every row, unless a column says it."),
    )
    public_account = _lines(
        3,
        label=_("Public account of each case"),
        help_text=_("May be left empty and written later. Columns in braces, as in the title."),
    )
    claimant = _text(
        label=_("Who says so"),
        max_length=200,
        help_text=_("Whose claim a status or an alleged perpetrator is: usually the collector."),
    )
    source_title = _text(
        label=_("Title of the source"),
        max_length=300,
        help_text=_("Every fact of the list will cite it: the report, or the list itself."),
    )
    source_type = forms.ChoiceField(label=_("Type of source"))
    source_publisher = _text(label=_("Publisher or issuing body"), max_length=200)
    source_author = _text(label=_("Author"), max_length=200)
    source_published = UncertainDateFormField(required=False, label=_("Published on"))
    source_url = forms.URLField(
        required=False,
        max_length=1000,
        assume_scheme="https",
        label=_("Address on the web"),
        widget=AdminTextInputWidget(attrs={"dir": "ltr"}),
    )
    source_confidential = forms.BooleanField(
        required=False,
        label=_("The source is confidential"),
        help_text=_(
            "It is then never published that these facts come from it. Its cells and files are "
            "sealed once the list is brought in; the mapping and what is entered here lie open in "
            "the database."
        ),
    )
    day_order = forms.ChoiceField(
        required=False,
        choices=DayOrder.choices,
        label=_("Dates such as 5/10/2023"),
        help_text=_("A date that can be read in two ways is refused while this is open."),
    )
    missing = _lines(
        2,
        label=_("Cells that mean “not given”"),
        help_text=_("One a line, besides the empty cell: NA, -, unknown."),
    )
    new_agency_type = forms.ChoiceField(
        required=False,
        label=_("Agencies that are not known yet"),
        help_text=_("Only where a column becomes “agency or group, from the list”."),
    )
    protection = forms.ChoiceField(
        choices=NameProtection.choices,
        label=_("How the names may appear"),
        help_text=_(
            "Of everybody in the list, until somebody decides otherwise for a person. A name "
            "that was published cannot be called back."
        ),
    )
    publication_ground = forms.ChoiceField(required=False, label=_("Ground for publication"))
    risk_assessment = _lines(2, label=_("Risk assessment"))
    good_rows_only = forms.BooleanField(
        required=False,
        label=_("Take the good rows"),
        help_text=_(
            "Bring in every case without a fault and report the rest. Otherwise one fault "
            "anywhere means that nothing is brought in."
        ),
    )

    fieldsets = (
        (
            _("Rows and cases"),
            ("rows_are", "title", "incident_kind", "violation_type", "public_account"),
        ),
        (
            _("The source"),
            (
                "source_title",
                "source_type",
                "source_publisher",
                "source_author",
                "source_published",
                "source_url",
                "source_confidential",
                "claimant",
            ),
        ),
        (_("Reading the cells"), ("day_order", "missing", "new_agency_type")),
        (_("Protection"), ("protection", "publication_ground", "risk_assessment")),
        (_("If something is wrong"), ("good_rows_only",)),
    )

    def __init__(self, columns: Sequence[str], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.columns = columns
        self._offer("incident_kind", "incident-kind")
        self._offer("violation_type", "violation-type")
        self._offer("source_type", "source-type")
        self._offer("publication_ground", "consent-ground", empty="---------")
        self._offer("new_agency_type", "agency-type", empty=gettext("are not entered"))

    def sections(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The boxes by fieldset, for the page."""
        return [(title, [self[name] for name in names]) for title, names in self.fieldsets]

    def clean_title(self) -> str:
        """A title whose columns are there."""
        return self._with_columns("title")

    def clean_public_account(self) -> str:
        """An account whose columns are there."""
        return self._with_columns("public_account")

    def clean_missing(self) -> list[str]:
        """The lines, each once."""
        lines = (line.strip() for line in self.cleaned_data["missing"].splitlines())
        return list(dict.fromkeys(line for line in lines if line))

    def clean(self) -> dict[str, Any]:
        """A title and a source are needed: without them nothing can be cited."""
        cleaned: dict[str, Any] = super().clean() or {}
        for name in ("title", "source_title"):
            if name not in self.errors and not cleaned.get(name):
                self.add_error(name, _("This is needed."))
        return cleaned

    def _with_columns(self, name: str) -> str:
        text: str = self.cleaned_data[name]
        unknown = [each for each in _BRACES.findall(text) if each not in (*self.columns, *COUNTED)]
        if unknown:
            raise forms.ValidationError(
                gettext("The file has no column “%(column)s”. Its columns are: %(columns)s.")
                % {"column": unknown[0], "columns": joined(self.columns)},
                code="unknown-column",
            )
        return text

    def _offer(self, name: str, vocabulary: str, *, empty: str = "") -> None:
        options = [
            (term.code, _INDENT * (len(term.path) - 1) + term.label) for term in terms(vocabulary)
        ]
        field: Any = self.fields[name]
        field.choices = ([("", empty)] if empty else []) + options


class AboutPage(BatchPage):
    """What holds for the list as a whole."""

    name = "about"
    template = "admin/incidents/importbatch/about.html"
    before = True

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The boxes as they were filled in last."""
        choices = keeping.choices_of(self.batch)
        if choices is None:
            return self.go("text")
        return self._page(
            AboutForm(self.batch.columns, initial=_typed(choices, self.batch.good_rows_only)),
            choices,
        )

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Keep them."""
        choices = keeping.choices_of(self.batch)
        if choices is None:
            return self.go("text")
        form = AboutForm(self.batch.columns, request.POST)
        if not form.is_valid():
            return self._page(form, choices)
        _take(choices, form.cleaned_data)
        self.batch.changed_by = self.user
        self.batch.good_rows_only = form.cleaned_data["good_rows_only"]
        self.batch.save(update_fields=["good_rows_only"])
        keeping.keep(self.batch, choices)
        return self.go("preview")

    def _page(self, form: AboutForm, choices: Choices) -> HttpResponse:
        return self.page(
            title=gettext("The list as a whole"),
            form=form,
            type_column=choices.column_for("type"),
            kind_column=choices.column_for("incident-kind"),
        )


_SOURCE_BOXES = ("title", "type", "publisher", "author", "url", "confidential")
_SAME_NAME = (
    "rows_are",
    "title",
    "incident_kind",
    "violation_type",
    "public_account",
    "claimant",
    "new_agency_type",
    "protection",
    "publication_ground",
    "risk_assessment",
)


def _typed(choices: Choices, good_rows_only: bool) -> dict[str, Any]:
    order = {True: DayOrder.DAY, False: DayOrder.MONTH}
    return {
        **{name: getattr(choices, name) for name in _SAME_NAME},
        **{f"source_{name}": getattr(choices.source, name) for name in _SOURCE_BOXES},
        "source_published": choices.source.published,
        "day_order": order.get(choices.day_first, "") if choices.day_first is not None else "",
        "missing": "\n".join(choices.missing),
        "good_rows_only": good_rows_only,
    }


def _take(choices: Choices, typed: dict[str, Any]) -> None:
    for name in _SAME_NAME:
        setattr(choices, name, typed[name])
    choices.source = ChosenSource(
        **{name: typed[f"source_{name}"] for name in _SOURCE_BOXES},
        published=str(typed["source_published"] or ""),
    )
    choices.day_first = _ORDERS.get(typed["day_order"])
    choices.missing = typed["missing"]
