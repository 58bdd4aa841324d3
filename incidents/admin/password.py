"""Passwords: one's own, and the one-time password that an administrator hands over."""

import secrets

from allauth.core import context
from django.contrib.admin.forms import AdminPasswordChangeForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from incidents.accounts.adapters import refuse_to_hurry
from incidents.accounts.ending import end_sessions
from incidents.accounts.recording import Act, record
from incidents.accounts.slowing import attempt, forget_failures
from incidents.models import StaffMember

ONE_TIME_BYTES = 12
"""16 characters: enough against guessing, short enough to be read out."""


def give_one_time_password(member: StaffMember) -> str:
    """Set a password that opens nothing but the page for choosing another one; return it."""
    password = secrets.token_urlsafe(ONE_TIME_BYTES)
    member.set_password(password)
    member.must_change_password = True
    member.save(update_fields=["password", "must_change_password"])
    # Sessions begun with the old one are no good any more: their cookies should not look it.
    end_sessions(member, by=None)
    forget_failures(member.get_username())
    return password


class OwnPasswordForm(AdminPasswordChangeForm):
    """Choosing a password of one's own."""

    def clean_old_password(self) -> str:
        """Refuse a wrong password, and slow down who guesses at a desk that was left open."""
        name = self.user.get_username()
        tried = attempt("password", context.request, name)
        refuse_to_hurry(context.request, tried, name)
        try:
            password: str = super().clean_old_password()
        except ValidationError:
            record(Act.PASSWORD_REFUSED, member=self.user, request=context.request)
            raise
        tried.succeeded()
        return password

    def clean_new_password1(self) -> str:
        """Refuse the old password: a one-time password has to go."""
        password = str(self.cleaned_data["new_password1"])
        if self.user.check_password(password):
            raise ValidationError(_("Choose a password that differs from the present one."))
        return password

    def save(self, commit: bool = True) -> StaffMember:
        """Save the password; it is no longer the one-time one."""
        self.user.must_change_password = False
        member: StaffMember = super().save(commit)
        record(Act.PASSWORD_CHANGED, member=member, request=context.request)
        end_sessions(member, by=member, besides=context.request.session.session_key)
        return member
