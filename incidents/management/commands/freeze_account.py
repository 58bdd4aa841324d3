from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from incidents.accounts.freezing import freeze
from incidents.management.commands._accounts import account_named


class Command(BaseCommand):
    help = "End all sessions of an account and lock it, until an administrator unlocks it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="user name of the account")
        parser.add_argument("--reason", default="", help="stays in the access log for good")

    def handle(self, *, name: str, reason: str, **options: Any) -> None:
        ended = freeze(account_named(name), by=None, reason=reason or "at the server")
        self.stdout.write(f"Locked: {name}. Sessions ended: {ended}.")
