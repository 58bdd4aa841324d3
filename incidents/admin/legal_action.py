"""Legal actions: what was filed, ordered, refused and obeyed."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.contrib.admin.options import IS_POPUP_VAR
from django.core.exceptions import ValidationError
from django.db.models import Model, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from incidents.admin.base import StaffInline, StaffModelAdmin, staff_member
from incidents.admin.filters import DistrictFilter, monitoring_filter, term_filter
from incidents.admin.forms import CITING, CitedForm
from incidents.admin.incident_forms import SourceOfTheRestForm
from incidents.admin.incident_inlines import CITATIONS
from incidents.admin.labels import legal_action_label
from incidents.admin.paging import ColumnsApart
from incidents.admin.withdrawing import WithdrawView
from incidents.citing import cite_the_uncited
from incidents.models import Agency, LegalAction, LegalRelation, LegalStep, Person
from reference.date_text import render_date


class LegalActionForm(SourceOfTheRestForm):
    """A legal action. Restricted cases and their people, not shown here, stay tied to it."""

    KEPT = ("incidents", "people")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.concealed: dict[str, list[Any]] = {}
        self.concealed_complainant: Person | None = None
        if self.instance.pk is None:
            return
        for name in self.KEPT:
            offered = self.fields[name].queryset  # type: ignore[attr-defined]
            rows = list(getattr(self.instance, name).all())
            shown = set(
                offered.filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True)
            )
            self.concealed[name] = [row for row in rows if row.pk not in shown]
            self.initial[name] = [row for row in rows if row.pk in shown]
        self._conceal_complainant()

    def _conceal_complainant(self) -> None:
        offered = self.fields["complainant"].queryset  # type: ignore[attr-defined]
        stored = self.instance.complainant
        if stored is not None and not offered.filter(pk=stored.pk).exists():
            self.concealed_complainant = stored
            self.initial["complainant"] = None

    def clean_complainant(self) -> Person | None:
        """Whoever is not shown stays. Nobody is put in their place by somebody who cannot know."""
        chosen: Person | None = self.cleaned_data["complainant"]
        if self.concealed_complainant is None:
            return chosen
        if chosen is not None:
            raise ValidationError(
                gettext("You cannot change the complainant of this action. Leave the box empty.")
            )
        return self.concealed_complainant

    def clean(self) -> dict[str, Any] | None:
        """Add what was not shown to what was chosen."""
        cleaned = super().clean()
        for name, rows in self.concealed.items():
            if rows and name in self.cleaned_data:
                self.cleaned_data[name] = [*self.cleaned_data[name], *rows]
        return cleaned


class StepInline(StaffInline):
    """Hearings, orders, refusals."""

    model = LegalStep
    form = CitedForm
    prefetch_related = (CITATIONS,)
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "date",
                    ("what", "what_local"),
                    ("result", "result_local"),
                    ("compliance", "next_date"),
                    *CITING,
                    "internal",
                )
            },
        ),
    )


class RelationInline(StaffInline):
    """Which action this one implements, challenges or follows."""

    model = LegalRelation
    fk_name = "action"
    autocomplete_fields = ("other",)
    select_related = ("action", "other")
    fieldsets = ((None, {"fields": ("kind", "other")}),)


class LegalDistrictFilter(DistrictFilter):
    """Actions by the district of their forum."""

    column = "district"


@admin.register(LegalAction)
class LegalActionAdmin(ColumnsApart, StaffModelAdmin):
    """Complaints, petitions, orders, trials and inquiries."""

    form = LegalActionForm
    inlines = (StepInline, RelationInline)
    autocomplete_fields = ("forum", "district", "complainant", "incidents", "people")
    small_texts = ("subject", "subject_local")
    search_fields = ("title",)
    search_help_text = _("Title, number, court, or the name of a victim in any spelling.")
    list_display = (
        "title",
        "type",
        "forum",
        "filed_shown",
        "stage",
        "outcome",
        "compliance",
        "next_hearing",
        "reference",
    )
    list_select_related = ("type", "forum", "stage", "outcome", "compliance")
    list_filter = (
        term_filter("type", "legal-action-type", _("type")),
        term_filter("stage", "legal-stage", _("stage")),
        term_filter("outcome", "legal-outcome", _("outcome")),
        term_filter("compliance", "legal-compliance", _("compliance")),
        LegalDistrictFilter,
        monitoring_filter(),
    )
    fieldsets = (
        (None, {"fields": ("source_of_the_rest",)}),
        (
            _("What it is"),
            {
                "fields": (
                    "title",
                    "title_local",
                    "type",
                    ("forum", "number"),
                    "district",
                    ("filed", "decided"),
                    "filed_by",
                    "complainant",
                    "incidents",
                    "people",
                )
            },
        ),
        (
            _("Against whom, and for what"),
            {
                "fields": (
                    "accused_text",
                    ("accused_low", "accused_high"),
                    "offences",
                    "subject",
                    "subject_local",
                )
            },
        ),
        (_("How it stands"), {"fields": ("stage", "outcome", "compliance")}),
        (_("On what it rests"), {"fields": (*CITING, "internal")}),
        (
            _("For the office only"),
            {
                "classes": ("collapse",),
                "fields": ("received_on", "project", "monitoring", "internal_notes"),
            },
        ),
    )

    def with_columns(self, request: HttpRequest, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Actions with the next date set in any of their steps."""
        dates = LegalStep.objects.filter(action=OuterRef("pk"), next_date__isnull=False)
        latest = Subquery(dates.order_by("-next_date").values("next_date")[:1])
        dated: QuerySet[Any] = rows.annotate(next_hearing_on=latest)
        return dated

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **options: Any
    ) -> Any:
        """Beside the page of an incident, that page ties the action to it."""
        form = super().get_form(request, obj, change=change, **options)
        if IS_POPUP_VAR in request.GET or IS_POPUP_VAR in request.POST:
            form.base_fields["incidents"].required = False
        return form

    @admin.display(description=_("filed"), ordering="filed_earliest")
    def filed_shown(self, action: Any) -> str:
        """The date in words."""
        return render_date(action.filed)

    @admin.display(description=_("next date"), ordering="next_hearing_on")
    def next_hearing(self, action: Any) -> Any:
        """The last date that was set."""
        return action.next_hearing_on

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Actions by their words, their forum, or a victim."""
        text = search_term.replace("\0", "").strip()
        if not text:
            return queryset, False
        people = LegalAction.people.through.objects.filter(
            person__in=Person.objects.named_like(text)
        )
        found = (
            Q(title__icontains=text)
            | Q(title_local__icontains=text)
            | Q(number__icontains=text)
            | Q(reference__iexact=text)
            | Q(forum__in=Agency.objects.named_like(text))
            | Q(pk__in=people.values("legalaction"))
        )
        return queryset.filter(found), False

    def autocomplete_labels(self, request: HttpRequest, rows: Iterable[Model]) -> dict[Any, str]:
        """Title, forum and date."""
        keys = [row.pk for row in rows]
        found = LegalAction.objects.select_related("forum").in_bulk(keys)
        return {key: legal_action_label(found[key]) for key in keys}

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save the steps; then cite what names no source."""
        super().save_related(request, form, formsets, change)
        if source := form.cleaned_data.get("source_of_the_rest"):
            number = cite_the_uncited(form.instance, source, by=staff_member(request))
            self.message_user(request, gettext("Facts that now rest on this source: %d.") % number)

    def get_urls(self) -> list[Any]:
        """The page for withdrawing an action."""
        return [WithdrawView.address(self), *super().get_urls()]
