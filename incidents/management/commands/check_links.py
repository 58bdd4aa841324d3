"""Command: ask whether the addresses of published sources still answer."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from incidents.link_checking.checking import LinksNotChecked, check_sources
from incidents.link_checking.choosing import DAYS, askable, due
from incidents.link_checking.jobs import in_words
from incidents.management.progress import progress_on


class Command(BaseCommand):
    """May be killed at any time, and goes on with what is still due."""

    help = (
        "Ask the addresses of published sources whether they still answer. Each request tells the "
        "publisher's server that this machine looks at the page, and when: only sources that the "
        "public record names are asked, never confidential ones, and nothing without "
        "GAWAH_CHECK_LINKS=1. GAWAH_LINK_PROXY hides where the request comes from."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument(
            "--again", action="store_true", help="ask all, also those asked not long ago"
        )
        parser.add_argument(
            "--older-than",
            type=int,
            metavar="DAYS",
            help=f"ask those not asked for so many days; {DAYS} if nothing is said",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Run, and print what came of it."""
        days = DAYS if options["older_than"] is None else options["older_than"]
        if days < 0:
            raise CommandError(_("The number of days cannot be below 0."))
        sources = list(askable() if options["again"] else due(days=days))
        show = progress_on(self.stderr)
        try:
            checks = check_sources(
                sources, report=None if show is None else lambda done: show(done, len(sources))
            )
        except LinksNotChecked as error:
            raise CommandError(str(error)) from None
        self.stdout.write(in_words(check.outcome for check in checks))
