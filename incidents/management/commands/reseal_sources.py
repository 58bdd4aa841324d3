from typing import Any

from django.core.management.base import BaseCommand, CommandError

from incidents.confidential import reseal_all
from incidents.evidence.settling import reseal_files
from incidents.history.reasons import reseal_reasons
from incidents.sealing.lists import reseal_lists


class Command(BaseCommand):
    help = "Seal what was told in trust, words and files, with the first key of GAWAH_SOURCE_KEYS."

    def handle(self, **options: Any) -> None:
        texts, lost = (sum(pair) for pair in zip(reseal_all(), reseal_reasons(), strict=True))
        files, lost_files = reseal_files()
        rows, lost_rows = reseal_lists()
        told = (
            f"Sealed anew: {texts} texts, {files} files, {rows} rows and files of lists. "
            f"Under no known key: {lost} texts, {lost_files} files, {lost_rows} of lists."
        )
        if lost or lost_files or lost_rows:
            raise CommandError(f"{told} Take no key away before the missing one is found.")
        self.stdout.write(told)
