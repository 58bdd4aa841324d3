"""Agencies: forces, groups, courts and bodies, each with those it belongs to."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import Model, Prefetch, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from incidents.admin.base import StaffInline, StaffModelAdmin
from incidents.admin.counts.filters import AgenciesOfActs
from incidents.admin.filters import monitoring_filter, term_filter
from incidents.admin.labels import joined
from incidents.admin.postings import PostingOfAgencyInline, PostsOnDayView
from incidents.models import Agency, AgencyParent


class ParentInline(StaffInline):
    """Under whom the agency stood, and when."""

    model = AgencyParent
    fk_name = "agency"
    autocomplete_fields = ("parent",)
    select_related = ("agency", "parent")
    fieldsets = ((None, {"fields": ("parent", ("since", "until"))}),)


@admin.register(Agency)
class AgencyAdmin(StaffModelAdmin):
    """Whoever acts, is accused, decides or speaks."""

    inlines = (ParentInline, PostingOfAgencyInline)
    autocomplete_fields = ("area",)
    search_fields = ("folded",)
    search_help_text = _("Name or abbreviation, in either script and any spelling.")
    list_display = (
        "name",
        "name_local",
        "abbreviation",
        "type",
        "belongs_to",
        "is_state",
        "reference",
    )
    list_select_related = ("type",)
    list_filter = (
        AgenciesOfActs,
        term_filter("type", "agency-type", _("type")),
        "is_state",
        monitoring_filter(),
    )
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "name",
                    "name_local",
                    "abbreviation",
                    "other_names",
                    "type",
                    "is_state",
                    "area",
                    "seat",
                )
            },
        ),
        (_("For the public"), {"fields": ("note", "note_local")}),
        (
            _("For the office only"),
            {
                "classes": ("collapse",),
                "fields": ("received_on", "project", "monitoring", "internal_notes"),
            },
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Agencies with those they belong to."""
        parents = AgencyParent.objects.select_related("parent")
        return super().get_queryset(request).prefetch_related(Prefetch("parents", parents))

    def get_urls(self) -> list[Any]:
        """The page that tells who held a post on a day, beside the list."""
        return [PostsOnDayView.address(self), *super().get_urls()]

    @admin.display(description=_("belongs to"))
    def belongs_to(self, agency: Any) -> str:
        """All parents, past ones included."""
        return joined(row.parent.name for row in agency.parents.all())

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Agencies by any of their names, in either script."""
        text = search_term.replace("\0", "").strip()
        if not text:
            return queryset, False
        named = Q(pk__in=Agency.objects.named_like(text).values("pk"))
        return queryset.filter(named | Q(reference__iexact=text)), False

    def autocomplete_labels(self, request: HttpRequest, rows: Iterable[Model]) -> dict[Any, str]:
        """Name and what it belongs to."""
        found: list[Any] = list(rows)
        return {row.pk: joined((str(row), self.belongs_to(row))) for row in found}
