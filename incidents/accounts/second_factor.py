"""Whether somebody has a second factor, and whether they need one."""

from typing import Final

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest

from incidents.accounts.ending import end_sessions
from incidents.accounts.recording import Act, record
from incidents.models import StaffMember

PROVED: Final = "second_factor"
"""Key in a session: whose second factor is known to be set up."""

FACTORS: Final = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
"""What opens an account together with a password. Recovery codes alone do not count."""


def is_required() -> bool:
    """Whether nobody works without a second factor."""
    return bool(settings.GAWAH_SECOND_FACTOR == "required")


def has_second_factor(member: StaffMember, *, besides: Authenticator | None = None) -> bool:
    """Whether this account asks for a second factor, not counting ``besides``."""
    found = Authenticator.objects.filter(user_id=member.pk, type__in=FACTORS)
    if besides is not None:
        found = found.exclude(pk=besides.pk)
    return bool(found.exists())


def must_set_one_up(request: HttpRequest, member: StaffMember) -> bool:
    """Whether this person may do nothing else before that. Asked of the database once a session:
    whoever removes a second factor ends all sessions, or has another one."""
    if not is_required() or request.session.get(PROVED) == member.pk:
        return False
    if not has_second_factor(member):
        return True
    request.session[PROVED] = member.pk
    return False


@transaction.atomic
def take_away(member: StaffMember, *, by: StaffMember | None, note: str = "") -> None:
    """Remove all second factors, as after a lost telephone, and end all sessions."""
    Authenticator.objects.filter(user_id=member.pk).delete()
    record(Act.FACTOR_REMOVED, member=by, about=member, note=note)
    end_sessions(member, by=by)
