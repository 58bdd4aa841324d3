"""Tokens in the admin: made and revoked by administrators, shown once, never changed.

Loaded only where there is an admin. What makes up a token is fixed when it is made, and the row
tells who made it and who revoked it, so no other history is kept.
"""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST

from api.models import IssuedToken
from api.tokens import digest, new_token

if TYPE_CHECKING:
    _ModelAdmin = admin.ModelAdmin[IssuedToken]
else:
    _ModelAdmin = admin.ModelAdmin

_FACTS = ("name", "holder", "requests_per_hour", "valid_until")
_HISTORY = ("made_at", "made_by", "revoked_at", "revoked_by")


@admin.register(IssuedToken)
class IssuedTokenAdmin(_ModelAdmin):
    """Who may ask the API more often than others."""

    list_display = ("name", "requests_per_hour", "valid_until", "is_accepted_now", "made_by")
    search_fields = ("name", "holder")
    show_full_result_count = False
    view_on_site = False
    actions = None
    change_form_template = "admin/api/token.html"
    formfield_overrides = {
        models.DateField: {"widget": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")},
        models.TextField: {"widget": forms.Textarea(attrs={"rows": 4, "dir": "auto"})},
    }

    @admin.display(description=_("accepted"), boolean=True)
    def is_accepted_now(self, token: IssuedToken) -> bool:
        """Whether the API accepts it today."""
        return token.is_accepted(datetime.now(UTC).date())

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """What it is; for one that exists, also what became of it."""
        parts: list[Any] = [(None, {"fields": _FACTS})]
        return parts if obj is None else [*parts, (_("History"), {"fields": _HISTORY})]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Another limit or another holder is another token."""
        return _HISTORY if obj is None else (*_FACTS, *_HISTORY)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A token is revoked; who had one stays known."""
        return False

    @sensitive_variables("text")
    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Make a token and keep it for the one page that shows it. Nothing else is ever saved."""
        if change:
            return
        text = new_token()
        obj.digest = digest(text)
        obj.made_by = request.user.get_username()
        super().save_model(request, obj, form, change)
        obj.shown_once = text

    @sensitive_variables()
    def response_add(
        self, request: HttpRequest, obj: Any, post_url_continue: str | None = None
    ) -> HttpResponse:
        """Show the token, once."""
        response = TemplateResponse(
            request,
            "admin/api/new_token.html",
            {
                **self.admin_site.each_context(request),
                "title": gettext("New API token"),
                "subtitle": str(obj),
                "token": obj,
                "opts": self.opts,
            },
        )
        response.headers["Cache-Control"] = "no-store"
        return response

    def get_urls(self) -> list[Any]:
        """Revoking has an address of its own."""
        view = self.admin_site.admin_view(require_POST(self.revoke))
        return [path("<int:pk>/revoke/", view, name="api_issuedtoken_revoke"), *super().get_urls()]

    def revoke(self, request: HttpRequest, pk: int) -> HttpResponse:
        """End a token from this moment on; one that is revoked stays so."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        live = self.model.objects.filter(pk=pk, revoked_at=None)
        live.update(revoked_at=datetime.now(UTC), revoked_by=request.user.get_username())
        messages.success(request, gettext("From now on the API refuses this token."))
        return HttpResponseRedirect(reverse("admin:api_issuedtoken_change", args=[pk]))

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        """The page of the token tells its history."""
        return HttpResponseRedirect(reverse("admin:api_issuedtoken_change", args=[object_id]))

    # What the log would say stands in the row.
    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> None:  # type: ignore[override]
        """Keep no second log."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> None:  # type: ignore[override]
        """Keep no second log."""
