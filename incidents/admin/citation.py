"""One citation with all that can be said of it. Reached from the fact that it supports."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from incidents.admin.base import StaffModelAdmin
from incidents.admin.search import citations_like
from incidents.models import CITED_FACTS, Citation


@admin.register(Citation)
class CitationAdmin(StaffModelAdmin):
    """Stance, place and reliability of one piece of information."""

    readonly_fields = ("fact_shown",)
    autocomplete_fields = ("source",)
    small_texts = ("quotation",)
    list_display = ("source", "kind_of_fact", "stance", "locator", "reliability")
    list_select_related = ("source", "reliability")
    list_filter = ("stance",)
    search_fields = ("locator",)
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "fact_shown",
                    "source",
                    "stance",
                    "locator",
                    "quotation",
                    "reliability",
                    "connection",
                )
            },
        ),
    )

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Citations that have every word, in the title or publisher of the source or as a place
        in it."""
        for word in search_term.replace("\0", "").split():
            queryset = queryset.filter(citations_like(word))
        return queryset, False

    @admin.display(description=_("fact"))
    def fact_shown(self, citation: Any) -> str:
        """What it supports or disputes."""
        return f"{self.kind_of_fact(citation)}: {citation.fact}"

    @admin.display(description=_("kind of fact"))
    def kind_of_fact(self, citation: Any) -> str:
        """What sort of row it supports or disputes."""
        return next(
            str(model._meta.verbose_name)
            for column, model in CITED_FACTS.items()
            if getattr(citation, f"{column}_id") is not None
        )

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A citation is made where its fact is entered."""
        return False

    def has_module_permission(self, request: HttpRequest) -> bool:
        """No section of its own on the first page."""
        return False
