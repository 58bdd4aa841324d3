"""Command: write a release of the whole record, or take what was withdrawn out of all releases."""

from argparse import ArgumentParser
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from record.releasing.honouring import honour_withdrawals
from record.releasing.making import ReleaseError, make_release


class Command(BaseCommand):
    """May be killed at any time: nobody sees half a release, and the next run clears up."""

    help = "Write the public record as files for a date, or honour withdrawals in old releases."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--date", help="date of the release, such as 2026-01-31; today's")
        parser.add_argument("--folder", type=Path, help="where releases lie, if not as set")
        parser.add_argument(
            "--again", action="store_true", help="replace the release of this date, if there is one"
        )
        parser.add_argument(
            "--honour-withdrawals",
            action="store_true",
            help="make no release: take what was withdrawn out of those there are",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Run, and print how far it has come."""
        if options["honour_withdrawals"]:
            self._honour(options["folder"])
        else:
            self._release(options)

    def _release(self, options: dict[str, Any]) -> None:
        date = options["date"] or datetime.now(UTC).date().isoformat()
        self._honour(options["folder"])
        try:
            manifest = make_release(
                date, again=options["again"], within=options["folder"], tell=self.stdout.write
            )
        except ReleaseError as error:
            raise CommandError(str(error)) from None
        # Something may have been withdrawn while it was written.
        self._honour(options["folder"])
        self.stdout.write(
            f"Release of {manifest.release}: {len(manifest.files)} files, {manifest.size} bytes, "
            f"dataset version {manifest.dataset_version}."
        )

    def _honour(self, within: Path | None) -> None:
        for each in honour_withdrawals(within=within, tell=self.stdout.write):
            if each.other:
                self.stderr.write(
                    f"Release of {each.release}: made from other data than the database holds. It "
                    "stays closed; remove it, or make it again."
                )
            else:
                self.stdout.write(
                    f"Release of {each.release}: {each.removed} records taken out, "
                    f"{each.replaced} given in a later version."
                )
