"""A one-time password opens one page only: the one where another password is chosen."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from incidents.accounts.entrance import is_staff_side


class OneTimePasswordMiddleware:
    """Lead people who still use a one-time password to the page for choosing their own.

    Only addresses of the admin are looked at, so that public pages neither read a session nor
    vary by cookie.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer with that page instead of any other of the admin."""
        if is_staff_side(request):
            change = reverse("admin:password_change")
            others = ("account_logout", "account_panic", "admin:jsi18n")
            open_to_all = {change, *map(reverse, others)}
            if request.path not in open_to_all and getattr(
                request.user, "must_change_password", False
            ):
                return HttpResponseRedirect(change)
        return self.get_response(request)
