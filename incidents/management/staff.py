"""On whose behalf a command works."""

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from incidents.models import StaffMember


def staff_member(name: str | None, permission: str) -> StaffMember:
    """The member of staff of this user name; without one, the only active superuser.

    Every row of the case file says who entered it, so a command has to know. ``permission`` is what
    the same act needs in the admin. Raises CommandError.
    """
    if name is not None:
        found = StaffMember.objects.filter(username=name, is_active=True).first()
        if found is None:
            raise CommandError(_("There is no active account “%(name)s”.") % {"name": name})
        if not found.has_perm(permission):
            raise CommandError(_("The account “%(name)s” may not do this.") % {"name": name})
        return found
    candidates = list(StaffMember.objects.filter(is_superuser=True, is_active=True)[:2])
    if len(candidates) != 1:
        raise CommandError(_("Say with --by under whose name this is done."))
    return candidates[0]
