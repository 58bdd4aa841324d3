"""The log of decisions on cases. Nobody edits it."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from incidents.admin.base import StaffModelAdmin
from incidents.models import Review


@admin.register(Review)
class ReviewAdmin(StaffModelAdmin):
    """Who decided what, when and why."""

    list_display = ("at", "incident", "decision", "reviewer", "author", "grade", "reason")
    list_select_related = ("incident", "reviewer", "author", "grade")
    list_filter = ("decision",)
    search_fields = ("incident__title", "incident__reference", "reason")
    ordering = ("-pk",)
    fields = ("at", "incident", "decision", "author", "reviewer", "grade", "reason")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Decisions are taken on the page of the case."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What was decided stays."""
        return False
