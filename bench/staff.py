"""The people of a measurement: one who enters, one who approves and publishes."""

from django.contrib.auth.models import Group

from incidents import roles
from incidents.models import StaffMember


def clerk() -> StaffMember:
    """Who brings lists in."""
    return member("bench-clerk", roles.DATA_ENTRY)


def publisher() -> StaffMember:
    """Who approves and publishes what the clerk brought in."""
    return member("bench-publisher", roles.PUBLISHER)


def member(name: str, group: str) -> StaffMember:
    """Somebody of one of the groups, who may come in."""
    found, created = StaffMember.objects.get_or_create(username=name, defaults={"is_staff": True})
    if created:
        found.groups.add(Group.objects.get(name=group))
    return found
