"""Forms for codes: slowed like passwords, and each code accepted once."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.account.forms import LoginForm
from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from allauth.mfa.webauthn.internal import auth as webauthn
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from fido2.webauthn import UserVerificationRequirement

from incidents.accounts.adapters import refuse_to_hurry
from incidents.accounts.codes import is_spent, spend
from incidents.accounts.recording import Act, record, was_recorded_lately
from incidents.accounts.slowing import attempt
from incidents.models import StaffMember

PASSKEY = Authenticator.Type.WEBAUTHN.value


class StaffLoginForm(LoginForm):  # type: ignore[misc]
    """User name and password."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        for name, label in (("login", _("User name")), ("password", _("Password"))):
            field = self.fields[name]
            field.label, field.help_text = label, ""
            field.widget.attrs.pop("placeholder", None)
        self.fields["login"].widget.attrs.update(
            {"autocapitalize": "none", "spellcheck": "false", "dir": "auto"}
        )


class _CodeOnce:
    """What all forms for a code share. Mixed into forms of allauth."""

    fields: dict[str, Any]
    cleaned_data: dict[str, Any]
    user: Any

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        code = self.fields["code"]
        code.label = _("Code")
        code.widget.attrs.pop("placeholder", None)
        code.widget.attrs.update({"dir": "ltr", "inputmode": "numeric"})

    def clean_code(self) -> str:
        """The code, if it is right and was not used before. Raises ValidationError."""
        request = context.request
        name = self.user.get_username()
        tried = attempt("code", request, name)
        refuse_to_hurry(request, tried, name)
        code = "".join(str(self.cleaned_data["code"]).split())
        self.cleaned_data["code"] = code
        if is_spent(self.user, code):
            self._refuse_replay()
        code = str(super().clean_code())  # type: ignore[misc]
        if not spend(self.user, code):
            self._refuse_replay()
        tried.succeeded()
        return code

    def _refuse_replay(self) -> None:
        record(Act.CODE_REPLAYED, member=self.user, request=context.request)
        raise get_adapter().validation_error("incorrect_code")


class CodeForm(_CodeOnce, AuthenticateForm):  # type: ignore[misc]
    """The second step of logging in."""


class CodeAgainForm(_CodeOnce, ReauthenticateForm):  # type: ignore[misc]
    """Proving again who one is."""


class FirstCodeForm(_CodeOnce, ActivateTOTPForm):  # type: ignore[misc]
    """Setting up an authenticator app; its first code cannot be used to log in."""


ALONE = "alone"
"""Key of a stored passkey: whether its owner ticked that it opens the account by itself."""


@contextmanager
def _nonsense_refused() -> Iterator[None]:
    """Raise ValidationError for a credential that no browser would send."""
    try:
        yield
    except (KeyError, TypeError, AttributeError, IndexError):
        raise get_adapter().validation_error("incorrect_code") from None


class _Passkey:
    """What all forms that a passkey signs share. Mixed into forms of allauth."""

    user: StaffMember | None
    cleaned_data: dict[str, Any]

    def clean_credential(self) -> Authenticator:
        """The passkey that signed. Raises ValidationError, also for nonsense."""
        sent = self.cleaned_data["credential"]
        try:
            with _nonsense_refused():
                return super().clean_credential()  # type: ignore[misc]
        except ValidationError:
            _log_refused(self.user, sent)
            raise


def _log_refused(member: StaffMember | None, sent: Any) -> None:
    """Log a passkey that was refused; once a quarter of an hour, since anybody can send one."""
    if member is None:
        try:
            with _nonsense_refused():
                member = webauthn.extract_user_from_response(sent)
        except ValidationError:
            return
    if member is not None and not was_recorded_lately(
        Act.CODE_REFUSED, member=member, note=PASSKEY
    ):
        record(Act.CODE_REFUSED, member=member, request=context.request, note=PASSKEY)


class PasskeyForm(_Passkey, AuthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey as the second step of logging in."""


class PasskeyAloneForm(_Passkey, LoginWebAuthnForm):  # type: ignore[misc]
    """Logging in with a passkey and no password."""

    def clean_credential(self) -> Authenticator:
        """The passkey, if its owner said that it opens the account alone, and if the device was
        made to ask for a fingerprint or a number. Raises ValidationError."""
        # Read first: it is gone once a challenge has been answered.
        state = webauthn.get_state() or {}
        authenticator = super().clean_credential()
        asked = state.get("user_verification") == UserVerificationRequirement.REQUIRED.value
        if not asked or authenticator.data["credential"].get(ALONE) is not True:
            _log_refused(authenticator.user, None)
            raise get_adapter().validation_error("incorrect_code")
        return authenticator


class PasskeyAgainForm(_Passkey, ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """Proving again who one is, with a passkey."""


class NewPasskeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """Adding a passkey."""

    def clean(self) -> Any:
        """Check what the browser made. Raises ValidationError, also for nonsense."""
        with _nonsense_refused():
            cleaned = super().clean()
        if isinstance(cleaned.get("credential"), dict):
            # Whatever the browser sent under this name is not asked.
            cleaned["credential"][ALONE] = cleaned.get("passwordless") is True
        return cleaned
