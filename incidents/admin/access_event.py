"""The access log, to be read by administrators and changed by nobody."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from incidents.admin.base import StaffModelAdmin
from incidents.models import AccessEvent


@admin.register(AccessEvent)
class AccessEventAdmin(StaffModelAdmin):
    """Who came in, what they opened, and what was refused. Cases are numbers that lead nowhere."""

    list_display = ("at", "act", "member", "about", "section", "key", "note", "session")
    list_display_links = None
    list_filter = (
        "act",
        ("at", admin.DateFieldListFilter),
        ("member", admin.RelatedOnlyFieldListFilter),
    )
    list_select_related = ("member", "about")
    search_fields = ("session", "member__username", "about__username")
    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        """The program writes the log."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody changes it; the database would refuse."""
        return False
