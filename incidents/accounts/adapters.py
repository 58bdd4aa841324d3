"""What allauth asks us: who may come in, how attempts are slowed, how secrets are kept."""

import logging
import secrets
import time
from base64 import b32encode
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.stagekit import clear_login
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from incidents.accounts.keeping import kept_for
from incidents.accounts.known_browsers import make_known
from incidents.accounts.recording import Act, record, was_recorded_lately
from incidents.accounts.sealing import UnreadableSecretError, seal, unseal
from incidents.accounts.second_factor import has_second_factor, is_required
from incidents.accounts.slowing import Attempt, attempt
from incidents.models import StaffMember

logger = logging.getLogger(__name__)

RECENT = 5 * 60
"""Seconds after which somebody who does something grave proves again who they are."""


def refuse_to_hurry(request: HttpRequest, tried: Attempt, name: str) -> None:
    """Raise ValidationError for an attempt that has to wait; log it once in a while."""
    if not tried.wait:
        return
    member = member_named(name)
    if member is not None and not was_recorded_lately(Act.SLOWED, member=member):
        record(Act.SLOWED, member=member, request=request)
    minutes = -(-tried.wait // 60)
    raise ValidationError(
        ngettext(
            "Too many failed attempts. Try again in %(count)s minute, log in with a passkey, or "
            "use a browser you have logged in with before.",
            "Too many failed attempts. Try again in %(count)s minutes, log in with a passkey, or "
            "use a browser you have logged in with before.",
            minutes,
        )
        % {"count": minutes},
        code="too_many_login_attempts",
    )


def member_named(name: str) -> StaffMember | None:
    """The member of staff of a user name; None if there is none, and then the name is dropped."""
    return StaffMember.objects.filter(username__iexact=name.strip()).first()


class StaffAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by administrators; nothing is sent by e-mail."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("User name and password do not fit."),
        "incorrect_password": _("This is not your password."),
        "incorrect_code": _("This code is not right, or was used before."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up."""
        return False

    def send_mail(self, *arguments: Any, **options: Any) -> None:
        """No address of staff is told to a mail server."""

    def send_notification_mail(self, *arguments: Any, **options: Any) -> None:
        """What happens to an account stands in the access log."""

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Show refusals. That something went well, the next page shows by itself."""
        if message and level >= messages.WARNING:
            messages.add_message(request, level, message)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Let those who guess wait. Raises ValidationError."""
        name = str(credentials.get("username") or "")
        self._attempt = attempt("password", request, name)
        refuse_to_hurry(request, self._attempt, name)

    def _rollback_login_failed_rl_usage(self) -> None:
        """The password was right: the attempt no longer counts."""
        self._attempt.succeeded()

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Log a wrong password, without the password."""
        member = member_named(str(credentials.get("username") or ""))
        record(Act.PASSWORD_REFUSED, member=member, request=request)

    def pre_login(self, request: HttpRequest, user: Any, **options: Any) -> HttpResponse | None:
        """Turn away those whose account is locked or closed; they have proved who they are."""
        return self._turn_away(request, user)

    def login(self, request: HttpRequest, user: Any) -> None:
        """Begin a session; the account may have been locked since the password was asked."""
        if answer := self._turn_away(request, user):
            raise ImmediateHttpResponse(answer)
        super().login(request, user)

    def post_login(self, request: HttpRequest, user: Any, **options: Any) -> HttpResponse:
        """Lead back to where they were, or to what they had typed when their session ended."""
        response: HttpResponse = super().post_login(request, user, **options)
        if kept_for(request, user) is not None:
            response = HttpResponseRedirect(reverse("account_continue"))
        make_known(request, response, user)
        if not is_required() and not has_second_factor(user):
            messages.warning(
                request,
                gettext("Your account has no second factor. Set one up under “Your account”."),
            )
        return response

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Ways of proving again who one is, in our words."""
        words = {
            "reauthenticate": _("Use your password"),
            "mfa_reauthenticate": _("Use a code"),
            "mfa_reauthenticate:webauthn": _("Use a passkey"),
        }
        ways = super().get_reauthentication_methods(user)
        return [{**way, "description": words[way["id"]]} for way in ways]

    def is_reauthentication_required(self, *, app: str, **options: Any) -> bool:
        """Not within some minutes of logging in: nobody proves twice in a row who they are."""
        request = self.request
        if request is None:
            request = context.request
        records = get_authentication_records(request, request.user)
        return not records or time.time() - records[-1]["at"] > RECENT

    def _turn_away(self, request: HttpRequest, user: StaffMember) -> HttpResponse | None:
        # What was read when the password was asked may be minutes old.
        user.refresh_from_db(fields=("is_active", "is_staff", "frozen_at"))
        if user.is_active and user.is_staff and not user.is_frozen:
            return None
        clear_login(request)
        record(Act.LOCKED_OUT, member=user, request=request)
        answer: HttpResponse = self.respond_user_inactive(request, user)
        return answer


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors: sealed secrets, labels that tell nothing, and no way to be without."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This code is not right, or was used before."),
        "cannot_delete_authenticator": _(
            "This is your only second factor. Set up another one before you remove it."
        ),
    }

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:
        """What a new passkey is called unless its owner says otherwise."""
        known = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        if not known:
            return gettext("First passkey")
        return gettext("Passkey %(number)d") % {"number": known + 1}

    def get_totp_label(self, user: Any) -> str:
        """The user name; an e-mail address would say more on a lost telephone."""
        return str(user.get_username())

    def get_totp_issuer(self) -> str:
        """What the authenticator app shows: nothing of what the account is for."""
        return str(settings.MFA_TOTP_ISSUER)

    def encrypt(self, text: str) -> str:
        """Seal a secret before it is stored."""
        return seal(text.encode())

    def decrypt(self, encrypted_text: str) -> str:
        """Open a secret. One under a lost key becomes a random one, to which no code fits."""
        try:
            return unseal(encrypted_text).decode()
        except UnreadableSecretError:
            logger.error("A second factor cannot be read: it was sealed with another key.")
            return b32encode(secrets.token_bytes(20)).decode("ascii")

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Where a second factor is required, nobody removes the only one."""
        if not is_required() or authenticator.type == Authenticator.Type.RECOVERY_CODES:
            return True
        return has_second_factor(authenticator.user, besides=authenticator)
