"""The site of the staff: its name, its languages, its order, and the choices it offers."""

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.auth.views import PasswordChangeView
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse, translate_url
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from incidents.admin.base import StaffModelAdmin
from incidents.admin.dates import dates_page, work_of
from incidents.admin.password import OwnPasswordForm
from incidents.admin.undo import offering_undo, undo_offered, undo_view
from incidents.models import StaffMember

ORDER = (
    "Incident",
    "Violation",
    "Victim",
    "Person",
    "LegalAction",
    "Source",
    "Agency",
    "Intervention",
    "Task",
    "Review",
    "ImportBatch",
    "SourceList",
    "Job",
    "StaffMember",
    "Group",
    "AccessEvent",
    "Expunging",
    "Term",
    "Area",
    "Organisation",
    "PageText",
)
"""Sections in the order in which somebody who enters a case needs them."""


class StaffAutocomplete(AutocompleteJsonView):
    """Choices labelled so that namesakes can be told apart."""

    model_admin: StaffModelAdmin

    def get(self, request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        """Label the rows of a page together, which needs fewer queries than one by one."""
        self.labels: dict[Any, str] = {}
        return super().get(request, *args, **options)

    def get_queryset(self) -> QuerySet[Any]:
        """The rows found, the likeliest first."""
        found: QuerySet[Any] = super().get_queryset()
        return self.model_admin.nearest_first(found, self.term) if self.term else found

    def get_context_data(self, **options: Any) -> dict[str, Any]:
        """One page of rows, with their labels."""
        context: dict[str, Any] = super().get_context_data(**options)
        rows = list(context["object_list"])
        self.labels = self.model_admin.autocomplete_labels(self.request, rows)
        return {**context, "object_list": rows}

    def serialize_result(self, obj: Any, to_field_name: str) -> dict[str, str]:
        """Key and label of one row."""
        return {"id": str(getattr(obj, to_field_name)), "text": self.labels[obj.pk]}


class StaffSite(admin.AdminSite):
    """Gawah's admin."""

    site_title = _("Gawah")
    site_header = _("Gawah")
    index_title = _("Case file")
    empty_value_display = "–"
    # Lists and forms need the width; the first page is one step away.
    enable_nav_sidebar = False

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """Every page links itself in the other languages, and the public site."""
        return {
            **super().each_context(request),
            "site_url": _public_address(),
            "undo_offered": undo_offered(request),
            "page_languages": [
                {
                    "code": code,
                    "name": name,
                    "address": translate_url(request.get_full_path(), code),
                    "current": code == get_language(),
                }
                for code, name in settings.LANGUAGES
            ],
        }

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """Sections in the order of the work, not of the alphabet."""
        found = super().get_app_list(request, app_label)
        for app in found:
            app["models"].sort(key=lambda section: _place(section["object_name"]))
        return sorted(found, key=lambda app: min(_place(m["object_name"]) for m in app["models"]))

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        """The first page, with each person's own work."""
        user = request.user
        work: dict[str, Any] = {}
        if isinstance(user, StaffMember) and user.has_perm("incidents.view_incident"):
            work = work_of(user)
        return super().index(request, {**work, **(extra_context or {})})

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Every page of the staff side: after what it did, taking that back is offered."""
        return super().admin_view(offering_undo(view), cacheable)

    def get_urls(self) -> list[Any]:
        """The page of dates, and the button that takes an action back, beside the sections."""
        return [
            path("dates/", self.admin_view(self.dates), name="dates"),
            path("undo/", self.admin_view(undo_view), name="incidents_undo"),
            *super().get_urls(),
        ]

    def dates(self, request: HttpRequest) -> HttpResponse:
        """What is due, for this person or for all."""
        return dates_page(self, request)

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        """Answer somebody who types into a box."""
        answer: HttpResponse = StaffAutocomplete.as_view(admin_site=self)(request)  # type: ignore[assignment]
        return answer

    def password_change(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        """Let people choose their own password; this ends a one-time password."""
        view = PasswordChangeView.as_view(
            form_class=OwnPasswordForm,
            success_url=reverse("admin:password_change_done", current_app=self.name),
            extra_context={**self.each_context(request), **(extra_context or {})},
        )
        answer: TemplateResponse = view(request)  # type: ignore[assignment]
        return answer


def _place(name: str) -> int:
    return ORDER.index(name) if name in ORDER else len(ORDER)


def _public_address() -> str | None:
    """The public site in the reader's language; None where this process does not serve it."""
    if not settings.HAS_PUBLIC_SIDE:
        return None
    return reverse("website:search")


site = admin.site
"""The site that the addresses lead to; an instance of StaffSite by ``StaffAdminConfig``."""
