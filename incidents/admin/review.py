"""The log of decisions on cases. Nobody edits it."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from incidents.admin.base import StaffModelAdmin
from incidents.admin.paging import ColumnsApart
from incidents.admin.search import in_any_order, reviews_like
from incidents.models import Review


@admin.register(Review)
class ReviewAdmin(ColumnsApart, StaffModelAdmin):
    """Who decided what, when and why."""

    list_display = ("at", "incident", "decision", "reviewer", "author", "grade", "reason")
    list_select_related = ("incident", "reviewer", "author", "grade")
    list_filter = ("decision",)
    search_fields = ("reason",)
    search_help_text = _("Title, place or reference of the case, or words of the reason.")
    ordering = ("-pk",)
    fields = ("at", "incident", "decision", "author", "reviewer", "grade", "reason")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Decisions by their case or their reason."""
        text = search_term.replace("\0", "").strip()
        return (queryset.filter(in_any_order(text, reviews_like)) if text else queryset), False

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Decisions are taken on the page of the case."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What was decided stays."""
        return False
