"""The door of the staff side: how long a session lasts, and what it opens before it is complete."""

import time
from collections.abc import Callable
from typing import Any, Final
from urllib.parse import urlencode

from allauth.core.exceptions import ReauthenticationRequired
from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers

from incidents.accounts.ending import note_ended_session
from incidents.accounts.keeping import drop_if_sent, keep
from incidents.accounts.proving import lead_to_proving
from incidents.accounts.recording import Act, record
from incidents.accounts.second_factor import must_set_one_up
from incidents.accounts.sessions import BEGUN, USED
from incidents.models import StaffMember

TOUCH: Final = 60
"""Seconds after which the use of a session is written down again; not each page writes."""

ENTRANCE: Final = frozenset(
    {
        "account_login",
        "account_logout",
        "account_inactive",
        "mfa_authenticate",
        "mfa_login_webauthn",
        "jsi18n",
    }
)
"""Names of pages that need no session."""

SETTING_UP: Final = frozenset(
    {
        "account_reauthenticate",
        "account_sessions_end",
        "account_panic",
        "account",
        "password_change",
        "password_change_done",
        "mfa_index",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_list_webauthn",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
    }
)
"""Names of pages that open before a second factor is set up."""


def is_staff_side(request: HttpRequest) -> bool:
    """Whether an address is one of the staff. Public pages neither read a session nor vary by
    cookie."""
    return request.path.startswith(reverse("admin:index"))


class EntranceMiddleware:
    """Ends sessions in time, keeps what was typed into those that ended, asks for a second factor.

    Idle sessions end by themselves: a session is good for ``SESSION_COOKIE_AGE`` seconds since it
    was last used.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on. Nothing of the staff side stays on the computer."""
        response = self.get_response(request)
        if is_staff_side(request):
            add_never_cache_headers(response)
        return response

    def process_view(
        self, request: HttpRequest, view: Any, arguments: Any, options: Any
    ) -> HttpResponseBase | None:
        """Answer instead of the view where somebody may not get through to it.

        Here, not before, so that a form that another site sent has been refused already.
        """
        if not is_staff_side(request):
            return None
        name = request.resolver_match.url_name if request.resolver_match else None
        member = request.user
        if not isinstance(member, StaffMember):
            return None if name in ENTRANCE else _nobody(request)
        if _is_too_old(request):
            record(Act.SESSION_TOO_OLD, member=member, request=request)
            # Not by logging out, which they did not: the log would say so.
            request.session.flush()
            request.user = AnonymousUser()
            return _keep(request)
        _touch(request)
        if must_set_one_up(request, member) and name not in SETTING_UP | ENTRANCE:
            return HttpResponseRedirect(reverse("mfa_index"))
        if request.method == "POST":
            drop_if_sent(request)
        return None

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponseBase | None:
        """Answer for a view that wants to know again who somebody is, instead of allauth."""
        if isinstance(exception, ReauthenticationRequired) and is_staff_side(request):
            return lead_to_proving(request)
        return None


def _nobody(request: HttpRequest) -> HttpResponseBase | None:
    """Log what a copied cookie would do, and keep what was typed; the view leads to the login."""
    cookie = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    if cookie and request.session.session_key != cookie:
        note_ended_session(request, cookie)
    return _keep(request)


def _keep(request: HttpRequest) -> HttpResponseBase | None:
    """Keep what was typed until its author has logged in again."""
    if request.method != "POST" or not keep(request):
        return None
    query = urlencode({REDIRECT_FIELD_NAME: reverse("account_continue")})
    return HttpResponseRedirect(f"{reverse('account_login')}?{query}")


def _is_too_old(request: HttpRequest) -> bool:
    begun = request.session.get(BEGUN)
    return begun is not None and time.time() - begun > settings.SESSION_LONGEST


def _touch(request: HttpRequest) -> None:
    now = int(time.time())
    if now - request.session.get(USED, 0) >= TOUCH:
        request.session[USED] = now
        request.session.setdefault(BEGUN, now)
