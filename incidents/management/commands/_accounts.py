from django.core.management.base import CommandError

from incidents.models import StaffMember


def account_named(name: str) -> StaffMember:
    """The account of a user name, with whatever capitals. Raises CommandError if there is none."""
    member = StaffMember.objects.filter(username__iexact=name.strip()).first()
    if member is None:
        raise CommandError(f"There is no account “{name}”.")
    return member
