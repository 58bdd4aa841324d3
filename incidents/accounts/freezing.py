"""Panic: one act that ends all sessions of somebody and locks their account.

For a telephone that was taken, a laptop that was seized, somebody who was detained. Nothing is
lost; another administrator unlocks the account again, and says why.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from incidents.accounts.ending import end_sessions
from incidents.accounts.recording import Act, record
from incidents.models import StaffMember


class StepRefusedError(Exception):
    """Why a step on an account is refused, in words for the person who tried."""


@transaction.atomic
def freeze(member: StaffMember, *, by: StaffMember | None, reason: str = "") -> int:
    """Lock the account and end its sessions; returns how many there were.

    ``by`` is None for somebody at the server. Locking a locked account ends what is still open.
    """
    row = _locked(member)
    if not row.is_frozen:
        row.frozen_at = timezone.now()
        row.save(update_fields=["frozen_at"])
    member.frozen_at = row.frozen_at
    record(Act.FROZEN, member=by, about=member, note=reason)
    return end_sessions(member, by=by)


@transaction.atomic
def unfreeze(member: StaffMember, *, by: StaffMember | None, reason: str) -> None:
    """Unlock an account. Raises StepRefusedError for one's own, or without a reason."""
    if by is not None and by.pk == member.pk:
        raise StepRefusedError(_("Somebody else has to unlock your account."))
    if not reason.strip():
        raise StepRefusedError(_("Say why the account may be used again."))
    row = _locked(member)
    row.frozen_at = member.frozen_at = None
    row.save(update_fields=["frozen_at"])
    # One that was begun in the very moment of the lock would open again.
    end_sessions(member, by=by)
    record(Act.UNFROZEN, member=by, about=member, note=reason.strip())


def _locked(member: StaffMember) -> StaffMember:
    """The account as it is now; nobody else locks or unlocks it before this is done."""
    return StaffMember.objects.select_for_update().get(pk=member.pk)
