"""What Django and allauth tell us about accounts, written into session and access log."""

import time
from typing import Any

from allauth.mfa import signals as factors
from allauth.mfa.models import Authenticator
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.http import HttpRequest

from incidents.accounts.clients import device_of
from incidents.accounts.recording import Act, record
from incidents.accounts.sessions import BEGUN, DEVICE, USED
from incidents.models import StaffMember


def connect() -> None:
    """Listen. Called once, when the application is ready."""
    for signal, receiver in (
        (user_logged_in, _logged_in),
        (user_logged_out, _logged_out),
        (factors.authenticator_added, _factor_added),
        (factors.authenticator_removed, _factor_removed),
        (factors.authenticator_reset, _codes_made),
        (factors.authentication_failed, _code_refused),
    ):
        signal.connect(receiver, dispatch_uid=f"incidents.accounts.{receiver.__name__}")


def _logged_in(request: HttpRequest, user: StaffMember, **_signal: Any) -> None:
    now = int(time.time())
    request.session.update({BEGUN: now, USED: now, DEVICE: device_of(request)})
    methods = request.session.get("account_authentication_methods") or []
    used = sorted({str(each.get("type") or each["method"]) for each in methods})
    record(Act.LOGGED_IN, member=user, request=request, note=", ".join(used))


def _logged_out(request: HttpRequest, user: StaffMember | None, **_signal: Any) -> None:
    if user is not None:
        record(Act.LOGGED_OUT, member=user, request=request)


def _factor_added(
    request: HttpRequest, user: StaffMember, authenticator: Authenticator, **_signal: Any
) -> None:
    made = authenticator.type == Authenticator.Type.RECOVERY_CODES
    _factor(Act.CODES_MADE if made else Act.FACTOR_ADDED, request, user, authenticator)


def _factor_removed(
    request: HttpRequest, user: StaffMember, authenticator: Authenticator, **_signal: Any
) -> None:
    _factor(Act.FACTOR_REMOVED, request, user, authenticator)


def _codes_made(
    request: HttpRequest, user: StaffMember, authenticator: Authenticator, **_signal: Any
) -> None:
    _factor(Act.CODES_MADE, request, user, authenticator)


def _code_refused(
    request: HttpRequest, user: StaffMember, authenticator: Authenticator, **_signal: Any
) -> None:
    _factor(Act.CODE_REFUSED, request, user, authenticator)


def _factor(
    act: Any, request: HttpRequest, user: StaffMember, authenticator: Authenticator
) -> None:
    record(act, member=user, about=user, request=request, note=authenticator.type)
