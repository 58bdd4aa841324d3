"""The people of a measurement: one who enters, one who approves and publishes."""

from django.contrib.auth.models import Group

from incidents import roles
from incidents.models import StaffMember


def clerk() -> StaffMember:
    """Who brings lists in."""
    return _member("bench-clerk", roles.DATA_ENTRY)


def publisher() -> StaffMember:
    """Who approves and publishes what the clerk brought in."""
    return _member("bench-publisher", roles.PUBLISHER)


def _member(name: str, group: str) -> StaffMember:
    member, created = StaffMember.objects.get_or_create(username=name)
    if created:
        member.groups.add(Group.objects.get(name=group))
    return member
