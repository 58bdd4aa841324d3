"""A code of a second factor is good once, in every process and on every machine."""

from datetime import timedelta
from typing import Final

from django.utils import timezone

from incidents.accounts.sealing import digest
from incidents.models import SpentCode, StaffMember

REMEMBERED: Final = timedelta(minutes=10)
"""Longer than a code of an authenticator app is good for, with all tolerance."""


def is_spent(member: StaffMember, code: str) -> bool:
    """Whether this code was accepted from this member lately."""
    return SpentCode.objects.filter(digest=_digest(member, code)).exists()


def spend(member: StaffMember, code: str) -> bool:
    """Mark a code as used; False if somebody else did so at the same moment."""
    SpentCode.objects.filter(at__lt=timezone.now() - REMEMBERED).delete()
    _row, new = SpentCode.objects.get_or_create(digest=_digest(member, code))
    return new


def _digest(member: StaffMember, code: str) -> str:
    return digest("code", str(member.pk), "".join(code.split()))
