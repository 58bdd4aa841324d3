"""The rows of an incident, in the order in which a clerk thinks of them.

Who did what to whom; who is alleged to be responsible and what they answer; what became of the
victims; what each side says; numbers; the protest; appeals; other incidents; courts.
"""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.db.models import Prefetch
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from incidents.admin.base import StaffInline
from incidents.admin.details import SMALL_TEXTS, VIOLATION_DETAILS
from incidents.admin.forms import CITING, CitedForm, StaffForm
from incidents.admin.incident_forms import (
    ELEMENTS,
    CitedSiblingForm,
    InterventionForm,
    ViolationForm,
    finding,
    note,
    sources,
)
from incidents.models import (
    Account,
    Attribution,
    BodyEntry,
    Casualties,
    Citation,
    DisappearanceElement,
    Incident,
    IncidentLink,
    Intervention,
    InterventionAddressee,
    Involvement,
    LegalAction,
    Protest,
    Stage,
    StatusEntry,
    Violation,
)

AT_WORK = (Stage.DRAFT, Stage.RETURNED)
"""Stages in which rows may be taken out of a case."""

CITATIONS = Prefetch("citations", Citation.objects.select_related("source").order_by("pk"))

_CLAIM = ("claimant_agency", "claimant_text", "claimant_text_local")


class CaseInline(StaffInline):
    """Rows of an incident."""

    form = CitedForm
    prefetch_related: Sequence[Any] = (CITATIONS,)

    def has_delete_permission(self, request: HttpRequest, obj: Incident | None = None) -> bool:
        """Rows may be taken out while the case is drafted; the history keeps them."""
        if obj is not None and obj.stage not in AT_WORK:
            return False
        return super().has_delete_permission(request, obj)


class SiblingInline(CaseInline):
    """Rows that may point to other rows of the same incident.

    ``own`` is the list in which a row finds the earlier versions of itself.
    """

    form = CitedSiblingForm
    own = ""

    def get_formset(self, request: HttpRequest, obj: Any = None, **options: Any) -> Any:
        """Let all forms choose from lists that are read once for the whole page."""
        formset = super().get_formset(request, obj, **options)
        rows = {} if obj is None else _siblings(request, obj)
        formset.form.siblings = {
            "violation": rows.get("violations", []),
            "replaces": rows.get(self.own, []),
        }
        return formset


def _siblings(request: HttpRequest, incident: Incident) -> dict[str, list[Any]]:
    key = f"siblings_of_{incident.pk}"
    if key not in request.__dict__:
        request.__dict__[key] = {
            "violations": list(
                incident.violations.select_related("type").prefetch_related("person__names")
            ),
            "accounts": list(incident.accounts.select_related("question", "claimant_agency")),
            "attributions": list(incident.attributions.select_related("speaker", "attribution")),
        }
    found: dict[str, list[Any]] = request.__dict__[key]
    return found


class ViolationInline(CaseInline):
    """Who did what to whom."""

    model = Violation
    form = ViolationForm
    autocomplete_fields = ("person", "area", "area_end")
    readonly_fields = ("same_again",)
    small_texts = SMALL_TEXTS
    select_related = ("type", "person", "area__parent", "area_end__parent")
    prefetch_related = (
        CITATIONS,
        "person__names",
        "methods",
        "intents",
        Prefetch(
            "elements",
            DisappearanceElement.objects.select_related("element").prefetch_related(CITATIONS),
        ),
    )
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "person",
                    "type",
                    ("start", "start_basis"),
                    ("end", "end_meaning"),
                    ("age_low", "age_high", "age_group"),
                    *CITING,
                    "same_again",
                )
            },
        ),
        (
            _("Where it was, if not where the incident was"),
            {
                "classes": ("collapse",),
                "fields": (
                    "area",
                    "area_basis",
                    "place_text",
                    "place_text_local",
                    "place_precision",
                    "place_type",
                    "latitude",
                    "longitude",
                    "area_end",
                ),
            },
        ),
        (
            _("How it was done, and what became of it"),
            {
                "classes": ("collapse",),
                "fields": (
                    "methods",
                    "method_notes",
                    "stated_reason",
                    "outcome",
                    "civilian_status",
                    "grade",
                    "internal",
                ),
            },
        ),
        *VIOLATION_DETAILS,
        (
            _("Elements of an enforced disappearance"),
            {
                "classes": ("collapse",),
                "fields": tuple(
                    name(code) for code in ELEMENTS for name in (finding, note, sources)
                ),
            },
        ),
    )

    @admin.display(description=_("Other victims"))
    def same_again(self, violation: Violation) -> str:
        """Leads to the page that adds this act for others."""
        if violation.pk is None:
            return gettext("Once this is saved, the same can be added for others here.")
        return format_html(
            '<a class="button" href="{}">{}</a>',
            reverse(
                "admin:incidents_incident_same_again", args=[violation.incident_id, violation.pk]
            ),
            gettext("Same again for other victims"),
        )

    def get_extra(self, request: HttpRequest, obj: Any = None, **options: Any) -> int:
        """One empty row on the page of a new case."""
        return 1 if obj is None else 0

    def get_formset(self, request: HttpRequest, obj: Any = None, **options: Any) -> Any:
        """The boxes of the elements are added by the form itself, not by the model."""
        own = [name(code) for code in ELEMENTS for name in (finding, note, sources)]
        if "fields" not in options:
            named = self._named_fields(request, obj)
            options["fields"] = [each for each in named if each not in own]
        return super().get_formset(request, obj, **options)

    def _named_fields(self, request: HttpRequest, obj: Any) -> list[str]:
        names: list[str] = []
        for _title, options in self.get_fieldsets(request, obj):
            for each in options["fields"]:
                names += [each] if isinstance(each, str) else list(each)
        return names


class InvolvementInline(SiblingInline):
    """Who is alleged to be responsible, and who alleges it."""

    model = Involvement
    autocomplete_fields = ("agency", "person", "alleged_by_agency")
    sibling_fields = ("violation",)
    select_related = ("agency", "person", "alleged_by_agency")
    prefetch_related = (CITATIONS, "person__names")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "agency",
                    "post",
                    ("description", "description_local"),
                    "type",
                    "degree",
                    "basis",
                    "alleged_by_agency",
                    ("alleged_by_text", "alleged_by_text_local"),
                    "violation",
                    *CITING,
                )
            },
        ),
        (
            _("A person, and what happened to them since"),
            {"classes": ("collapse",), "fields": ("person", "status", "internal")},
        ),
    )


class AttributionInline(SiblingInline):
    """What the side that is accused says of it."""

    model = Attribution
    own = "attributions"
    autocomplete_fields = ("speaker",)
    sibling_fields = ("violation", "replaces")
    small_texts = ("words", "words_local")
    select_related = ("speaker", "attribution")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "speaker",
                    "attribution",
                    "date",
                    "words",
                    "words_local",
                    "violation",
                    "replaces",
                    *CITING,
                    "internal",
                )
            },
        ),
        (
            _("What they say of the custody"),
            {
                "classes": ("collapse",),
                "fields": (
                    ("custody", "place_told"),
                    ("contact_family", "contact_counsel"),
                    ("contact_relief", "contact_rights"),
                ),
            },
        ),
    )


class StatusInline(CaseInline):
    """What became of a victim, one dated entry after the other."""

    model = StatusEntry
    autocomplete_fields = ("person", "claimant_agency")
    select_related = ("person", "status", "claimant_agency")
    prefetch_related = (CITATIONS, "person__names")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "person",
                    ("status", "date"),
                    "claimant_agency",
                    _CLAIM[1:],
                    ("note", "note_local"),
                    *CITING,
                    "internal",
                )
            },
        ),
    )


class BodyInline(CaseInline):
    """What happened to the body of somebody who died."""

    model = BodyEntry
    autocomplete_fields = ("person", "claimant_agency")
    select_related = ("person", "event", "claimant_agency")
    prefetch_related = (CITATIONS, "person__names")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "person",
                    ("event", "date"),
                    "place_text",
                    "claimant_agency",
                    _CLAIM[1:],
                    "note",
                    *CITING,
                    "internal",
                )
            },
        ),
    )


class AccountInline(SiblingInline):
    """What each side says on each question."""

    model = Account
    own = "accounts"
    autocomplete_fields = ("claimant_agency",)
    sibling_fields = ("violation", "replaces")
    small_texts = ("answer", "answer_local")
    select_related = ("question", "claimant_agency")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "question",
                    "claimant_agency",
                    _CLAIM[1:],
                    "answer",
                    "answer_local",
                    ("answer_date", "said"),
                    "stance",
                    "violation",
                    "replaces",
                    *CITING,
                    "internal",
                )
            },
        ),
    )


class CasualtiesInline(CaseInline):
    """How many people, where not all of them are named."""

    model = Casualties
    autocomplete_fields = ("claimant_agency",)
    select_related = ("claimant_agency",)
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "harm",
                    ("low", "best", "high"),
                    "claimant_agency",
                    _CLAIM[1:],
                    *CITING,
                    "internal",
                )
            },
        ),
    )


class ProtestInline(StaffInline):
    """What a protest has besides."""

    model = Protest
    max_num = 1
    prefetch_related = ("kinds", "state_responses")
    small_texts = ("demands", "demands_local")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "kinds",
                    "organisers",
                    ("crowd_low", "crowd_high", "crowd_text"),
                    "demands",
                    "demands_local",
                    "route",
                    "state_responses",
                )
            },
        ),
    )

    def has_delete_permission(self, request: HttpRequest, obj: Incident | None = None) -> bool:
        """As for the other rows of an incident."""
        if obj is not None and obj.stage not in AT_WORK:
            return False
        return super().has_delete_permission(request, obj)


class InterventionInline(CaseInline):
    """Appeals to bodies that could act."""

    model = Intervention
    form = InterventionForm
    show_change_link = True
    autocomplete_fields = ("people",)
    small_texts = ("text", "text_local")
    prefetch_related = (
        CITATIONS,
        "types",
        "people__names",
        Prefetch("addressees", InterventionAddressee.objects.select_related("agency")),
    )
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "types",
                    ("by_text", "by_text_local"),
                    "to",
                    "date",
                    "text",
                    "text_local",
                    "people",
                    ("status", "priority", "impact"),
                    *CITING,
                    "internal",
                )
            },
        ),
    )


class LinkInline(StaffInline):
    """Other incidents that this one follows, answers or belongs to."""

    model = IncidentLink
    form = StaffForm
    fk_name = "from_incident"
    autocomplete_fields = ("to_incident",)
    select_related = ("kind", "from_incident", "to_incident")
    fieldsets = ((None, {"fields": ("kind", "to_incident")}),)

    def has_delete_permission(self, request: HttpRequest, obj: Incident | None = None) -> bool:
        """As for the other rows of an incident."""
        if obj is not None and obj.stage not in AT_WORK:
            return False
        return super().has_delete_permission(request, obj)


class LegalActionInline(StaffInline):
    """Legal actions that concern this incident. Each has a page of its own."""

    model = LegalAction.incidents.through
    verbose_name = _("legal action")
    verbose_name_plural = _("legal actions")
    autocomplete_fields = ("legalaction",)
    select_related = ("legalaction",)
    fieldsets = ((None, {"fields": ("legalaction",)}),)


INLINES = (
    ViolationInline,
    InvolvementInline,
    AttributionInline,
    StatusInline,
    BodyInline,
    AccountInline,
    CasualtiesInline,
    ProtestInline,
    InterventionInline,
    LinkInline,
    LegalActionInline,
)
