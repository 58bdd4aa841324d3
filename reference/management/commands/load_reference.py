"""``manage.py load_reference``: load the vocabularies and areas that ship with the program."""

import io
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from reference.vocabularies import VocabularyFileError, load_vocabularies


class Command(BaseCommand):
    """Load vocabularies and areas; running it again changes nothing and deletes nothing."""

    help = "Load the vocabularies and areas. Safe to repeat: nothing is deleted or recoded."

    def handle(self, *args: Any, verbosity: int = 1, **options: Any) -> None:
        """Load both and print what changed; a faulty file loads nothing of its kind."""
        try:
            report = load_vocabularies()
        except VocabularyFileError as error:
            raise CommandError(f"No vocabulary was loaded.\n{error}") from None
        if verbosity:
            self.stdout.write(
                f"{report.created} terms created, {report.changed} changed, "
                f"{report.unchanged} unchanged; {report.kept} keep what was edited here."
            )
        # The command and not the function: it also refreshes the planner's statistics.
        call_command("load_areas", stdout=self.stdout if verbosity else io.StringIO())
