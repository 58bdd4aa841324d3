"""Give the application's and the reader's role their rights; run as owner after each migration."""

from typing import Any

from django.core.management.base import BaseCommand

from config.grants import apply_grants, missing_roles


class Command(BaseCommand):
    """``manage.py grant_roles``."""

    help = (
        "Sets what the roles gawah_app and gawah_reader may do to each table. "
        "Run it as the owner of the tables after every migration."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Set the rights, or say that the server has no such roles."""
        missing = missing_roles()
        if missing:
            self.stdout.write(
                f"This server has no role {' and no role '.join(missing)}: nothing was changed."
            )
            return
        apply_grants()
        if options["verbosity"]:
            self.stdout.write("The rights of gawah_app and gawah_reader are set.")
