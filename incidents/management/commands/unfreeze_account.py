from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from incidents.accounts.freezing import StepRefusedError, unfreeze
from incidents.accounts.recording import Act, record
from incidents.accounts.second_factor import take_away
from incidents.admin.password import give_one_time_password
from incidents.management.commands._accounts import account_named
from incidents.models import StaffMember


class Command(BaseCommand):
    help = "Unlock an account from the server, as when the only administrator has locked theirs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="user name of the account")
        parser.add_argument("--reason", required=True, help="stays in the access log for good")
        parser.add_argument(
            "--anew",
            action="store_true",
            help="also remove the second factor and print a new one-time password",
        )

    def handle(self, *, name: str, reason: str, anew: bool, **options: Any) -> None:
        member = account_named(name)
        try:
            password = self._unlock(member, reason, anew=anew)
        except StepRefusedError as refused:
            raise CommandError(str(refused)) from None
        self.stdout.write(f"Unlocked: {name}.")
        if password:
            self.stdout.write(f"One-time password: {password}")

    @transaction.atomic
    def _unlock(self, member: StaffMember, reason: str, *, anew: bool) -> str:
        """Unlock as the last step, so that nothing old ever opens it; a new password or none."""
        password = ""
        if anew:
            take_away(member, by=None, note=reason)
            password = give_one_time_password(member)
            record(Act.PASSWORD_GIVEN, about=member, note=reason)
        unfreeze(member, by=None, reason=reason)
        return password
