"""Every act of every case in one list, narrowed by what is known of it. Acts are edited on the page
of their case."""

from typing import Any

from django.contrib import admin
from django.db.models import Prefetch, Q, QuerySet
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from incidents.admin.base import StaffModelAdmin
from incidents.admin.counts.filters import CellFilter, DatesFilter
from incidents.admin.counts.page import CountsFile, CountsView
from incidents.admin.counts.saved import SavedQueryView
from incidents.admin.detail_filters import DETAIL_FILTERS
from incidents.admin.filters import DistrictFilter, term_filter
from incidents.admin.search import in_any_order
from incidents.models import Incident, Person, PersonName, Violation
from reference.date_text import render_date
from reference.models import Area


class PlaceFilter(DistrictFilter):
    """Acts by their own district, or that of their case where they have no place of their own."""

    column = "placed"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        """The districts that occur."""
        used = model_admin.get_queryset(request).order_by().values_list("placed", flat=True)
        above = Area.objects.filter(pk__in=used.distinct()).values_list("path", flat=True)
        steps = {step for path in above for step in path}
        districts = Area.objects.at_level(Area.Level.DISTRICT).filter(pk__in=steps)
        return [(each.code, each.label) for each in districts]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The acts in the chosen district."""
        code = self.value()
        if code is None:
            return queryset
        district = self.district(code)
        return queryset.filter(
            Q(area__path__contains=[district.pk])
            | Q(area__isnull=True, incident__area__path__contains=[district.pk])
        )


@admin.register(Violation)
class ViolationAdmin(StaffModelAdmin):
    """Who did what to whom, over all cases."""

    list_display = ("type", "victim", "case", "date_shown", "detention_type", "property_kind")
    list_display_links = None
    list_select_related = ("type", "incident", "person", "detention_type", "property_kind")
    list_filter = (
        CellFilter,
        term_filter("type", "violation-type", _("what was done")),
        PlaceFilter,
        DatesFilter,
        *DETAIL_FILTERS,
    )
    fields = ("type",)  # there is no form: an act is edited on the page of its case
    search_fields = ("incident__title",)
    search_help_text = _(
        "A victim, title, place or reference of the case, or words of the details."
    )
    ordering = ("-pk",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Acts of visible cases, with the area in which each happened."""
        names = Prefetch("person__names", PersonName.objects.order_by("pk"))
        acts: QuerySet[Any] = super().get_queryset(request).prefetch_related(names)
        placed: QuerySet[Any] = acts.annotate(placed=Coalesce("area", "incident__area"))
        return placed

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Acts by victim, case, or the words of their details."""
        text = search_term.replace("\0", "").strip()
        return (queryset.filter(in_any_order(text, _acts_like)) if text else queryset), False

    @admin.display(description=_("victim"))
    def victim(self, violation: Any) -> str:
        """To whom it was done."""
        return str(violation.person)

    @admin.display(description=_("case"), ordering="incident__title")
    def case(self, violation: Any) -> SafeString:
        """The case, leading to the page on which the act is edited."""
        return format_html(
            '<a href="{}"><bdi>{}</bdi></a>', _page_of(violation), violation.incident.title
        )

    @admin.display(description=_("date"), ordering="start_earliest")
    def date_shown(self, violation: Any) -> str:
        """The start in words; that of the case where the act has none of its own."""
        own = violation.start
        return render_date(violation.incident.date if own.is_unknown else own)

    def get_urls(self) -> list[Any]:
        """The pages that count acts, beside their list."""
        pages = (CountsView, CountsFile, SavedQueryView)
        return [*(page.address(self) for page in pages), *super().get_urls()]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """An act belongs to a case and is entered there."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """And edited there."""
        return False

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Leads to the page of the case, or to nothing where the reader may not know of it."""
        violation = self.get_object(request, object_id)
        if violation is None:
            raise Http404
        return HttpResponseRedirect(_page_of(violation))

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The history of an act is told with that of its case."""
        violation = self.get_object(request, object_id)
        if violation is None:
            raise Http404
        return HttpResponseRedirect(
            reverse("admin:incidents_incident_history", args=[violation.incident_id])
        )


def _page_of(violation: Violation) -> str:
    return reverse("admin:incidents_incident_change", args=[violation.incident_id])


def _acts_like(text: str) -> Q:
    return (
        Q(person__in=Person.objects.named_like(text).values("pk"))
        | Q(incident__in=Incident.objects.saying(text).order_by().values("pk"))
        | Q(incident__reference=text.upper())
        | Q(reference=text.upper())
        | Q(physical_effects__icontains=text)
        | Q(psychological_effects__icontains=text)
        | Q(method_notes__icontains=text)
        | Q(instruments__icontains=text)
        | Q(conditions__icontains=text)
        | Q(case_code__icontains=text)
        | Q(case_name__icontains=text)
    )
