"""Appeals: to whom, and what each of them answered."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from incidents.admin.base import StaffInline, StaffModelAdmin
from incidents.admin.filters import monitoring_filter, term_filter
from incidents.admin.forms import CITING, CitedForm
from incidents.models import Intervention, InterventionAddressee
from reference.date_text import render_date


class AddresseeInline(StaffInline):
    """A body that was asked, with its answer."""

    model = InterventionAddressee
    autocomplete_fields = ("agency",)
    select_related = ("agency",)
    fieldsets = ((None, {"fields": ("agency", ("response", "responded"), "internal")}),)


@admin.register(Intervention)
class InterventionAdmin(StaffModelAdmin):
    """Appeals, entered on the page of an incident and followed up here."""

    form = CitedForm
    inlines = (AddresseeInline,)
    readonly_fields = ("incident",)
    autocomplete_fields = ("people",)
    small_texts = ("text", "text_local")
    list_display = ("by_text", "incident", "date_shown", "status", "priority", "impact")
    list_select_related = ("incident", "status", "priority", "impact")
    list_filter = (
        term_filter("status", "intervention-status", _("standing")),
        term_filter("priority", "intervention-priority", _("urgency")),
        monitoring_filter(),
    )
    search_fields = ("by_text", "by_text_local", "text", "incident__title")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "incident",
                    "types",
                    ("by_text", "by_text_local"),
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
        (
            _("For the office only"),
            {
                "classes": ("collapse",),
                "fields": ("received_on", "project", "monitoring", "internal_notes"),
            },
        ),
    )

    @admin.display(description=_("date"), ordering="date_earliest")
    def date_shown(self, intervention: Any) -> str:
        """The date in words."""
        return render_date(intervention.date)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """An appeal belongs to an incident and is entered there."""
        return False
