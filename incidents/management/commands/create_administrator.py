import secrets
from typing import Any

from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand
from django.db import transaction

from incidents import roles
from incidents.models import StaffMember

USERNAME = "admin"


class Command(BaseCommand):
    help = "Create an administrator with a one-time password, unless there is one."

    @transaction.atomic
    def handle(self, **options: Any) -> None:
        if StaffMember.objects.filter(is_superuser=True).exists():
            return
        password = secrets.token_urlsafe(12)
        administrator = StaffMember.objects.create_superuser(
            USERNAME, password=password, must_change_password=True
        )
        administrator.groups.add(Group.objects.get(name=roles.ADMINISTRATOR))
        self.stdout.write(f"Administrator: {USERNAME}   one-time password: {password}")
        self.stdout.write("It is shown this once. The first log-in asks for a new one.")
