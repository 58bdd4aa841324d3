"""Areas: looked up by everybody, edited by administrators. Codes are permanent."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import F, Model, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from incidents.admin.base import StaffInline, StaffModelAdmin
from incidents.admin.labels import area_label
from incidents.admin.places import district_names
from incidents.admin.search import areas_like
from reference.models import Area, AreaName


class AreaNameInline(StaffInline):
    """Other spellings and names by which the area is found."""

    model = AreaName
    fieldsets = ((None, {"fields": (("name", "kind"),)}),)


@admin.register(Area)
class AreaAdmin(StaffModelAdmin):
    """Provinces, divisions, districts, tehsils and towns."""

    inlines = (AreaNameInline,)
    autocomplete_fields = ("parent", "predecessors")
    search_fields = ("name",)
    search_help_text = _("A name in either script and any known spelling, or a code.")
    list_display = ("name", "name_local", "level", "parent", "code", "valid_from", "valid_to")
    list_select_related = ("parent",)
    list_filter = ("level",)
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "code",
                    ("name", "name_local"),
                    "level",
                    "parent",
                    ("latitude", "longitude"),
                    "population",
                )
            },
        ),
        (
            _("How it came to be"),
            {"fields": (("established", "abolished"), "predecessors", "note", "source")},
        ),
    )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """The code of an area is permanent."""
        return ("code",) if obj is not None else ()

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Areas by name or code; by likeness where nothing is called so."""
        text = search_term.replace("\0", "").strip()
        if not text:
            return queryset, False
        named = Q(pk__in=areas_like(text)) | Q(code__iexact=text)
        found = queryset.filter(named)
        if found.exists():
            return found, False
        return queryset.filter(pk__in=Area.objects.similar_to(text).values("pk")), False

    def nearest_first(self, queryset: QuerySet[Any], text: str) -> QuerySet[Any]:
        """Districts and towns before tehsils of the same name, likeness before the alphabet."""
        similar: QuerySet[Any] = Area.objects.similar_to(text).filter(pk=OuterRef("pk"))
        likeness = Subquery(similar.values("similarity")[:1])
        found: QuerySet[Any] = queryset.annotate(likeness=likeness)
        return found.order_by(F("likeness").desc(nulls_last=True), "name", "code")

    def autocomplete_labels(self, request: HttpRequest, rows: Iterable[Model]) -> dict[Any, str]:
        """“Turbat, town, Kech”."""
        found: list[Any] = list(rows)
        districts = district_names(row.pk for row in found)
        return {
            row.pk: area_label(row, "" if _is_wide(row) else districts.get(row.pk, ""))
            for row in found
        }


def _is_wide(area: Area) -> bool:
    """Whether a district is too small to say where the area is."""
    return area.level not in (Area.Level.TEHSIL, Area.Level.TOWN)
