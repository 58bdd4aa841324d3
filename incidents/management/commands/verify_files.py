"""Command: hash all captured files again and say which are missing or changed."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext, ngettext

from incidents.evidence import storing
from incidents.evidence.jobs import in_words
from incidents.evidence.verifying import verify
from incidents.importing import files
from incidents.management.progress import progress_on
from incidents.models import Capture
from incidents.sealing.lists import seal_files_told_in_trust


class Command(BaseCommand):
    """For a regular round: it fails if a file is not what it was."""

    help = (
        "Hash every captured file again and compare it with the hash of the day on which it came. "
        "What is found is written into the log of custody; a file that is missing or changed also "
        "makes a task in the cases that cite its source. Exit status 1 if there is one. Files "
        "that no source and no import names are told; files of lists are sealed where they should "
        "be; what arrived by half a day ago is deleted."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Run, and print what came of it."""
        storing.sweep_incoming()
        for name in storing.unnamed_files():
            self.stderr.write(gettext("No source names this file: %s") % name)
        for name in files.unnamed_files():
            self.stderr.write(gettext("No import names this file: %s") % name)
        if unsealed := seal_files_told_in_trust():
            told = ngettext(
                "%(number)d file of a list told in trust could not be sealed.",
                "%(number)d files of lists told in trust could not be sealed.",
                unsealed,
            )
            self.stderr.write(told % {"number": unsealed})
        result = verify(
            Capture.objects.held(),
            by=None,
            report=progress_on(self.stderr),
        )
        if result.damaged:
            raise CommandError(in_words(result))
        self.stdout.write(in_words(result))
