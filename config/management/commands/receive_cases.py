"""``manage.py receive_cases``: cases of another installation into this one."""

from argparse import ArgumentParser
from functools import partial
from pathlib import Path
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from config.embedded.errors import EmbeddedServerError
from config.management.carrying import bytes_of, key_in, need_the_case_file

_SHOWN: Final = 20


class Command(BaseCommand):
    """Bring in a file that export_cases wrote."""

    help = (
        "Bring in cases that another installation wrote with export_cases: all of them or "
        "nothing. They arrive as drafts. What is here is never overwritten, and nothing comes "
        "twice."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the options."""
        parser.add_argument("file", type=Path, help="the file as it came")
        parser.add_argument("--key", type=Path, help="file with the key that opens it")
        parser.add_argument("--trial", action="store_true", help="do everything, keep nothing")
        parser.add_argument(
            "--same-agencies",
            action="store_true",
            help="take agencies of the very same name for one; ours stay as they are",
        )
        parser.add_argument(
            "--bring-back", action="store_true", help="also rows that were removed here since"
        )
        parser.add_argument("--by", help="user name of who brings it in")

    def handle(
        self,
        *,
        file: Path,
        key: Path | None,
        trial: bool,
        same_agencies: bool,
        bring_back: bool,
        by: str | None,
        **options: Any,
    ) -> None:
        """Bring it in. Raises CommandError, having changed nothing."""
        need_the_case_file()
        # On the public side the case file is not even installed.
        from incidents.interchange.bringing import Wanted, bring
        from incidents.interchange.refusing import CasesRefused
        from incidents.management.exchanging import receiver
        from incidents.management.progress import progress_on

        member = receiver(by)
        wanted = Wanted(same_agencies=same_agencies, bring_back=bring_back, trial=trial)
        opened = partial(bytes_of, file, key_in(key))
        try:
            brought = bring(opened, member, wanted, progress_on(self.stderr))
        except CasesRefused as refused:
            for problem in refused.problems[:_SHOWN]:
                self.stderr.write(str(problem))
            if (rest := len(refused.problems) - _SHOWN) > 0:
                self.stderr.write(_("… and %(count)d more problems.") % {"count": rest})
            raise CommandError(_("Nothing was brought in.")) from None
        except EmbeddedServerError as error:
            raise CommandError(str(error)) from None
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror or error}") from None
        self._tell(brought, trial=trial)

    def _tell(self, brought: Any, *, trial: bool) -> None:
        for kind, count in brought.rows.items():
            self.stdout.write(f"{kind}: {count}")
        self.stdout.write(
            _(
                "New rows: %(new)d. Here already: %(here)d. Links added: %(links)d. "
                "Files: %(files)d."
            )
            % {
                "new": sum(brought.rows.values()),
                "here": brought.here,
                "links": brought.links,
                "files": brought.files,
            }
        )
        if brought.restricted:
            self.stdout.write(
                _("%(count)d cases are restricted, and nobody is assigned to them yet.")
                % {"count": brought.restricted}
            )
        if brought.withdrawn:
            self.stdout.write(
                _("%(count)d cases were published where they come from and taken back. Ask why.")
                % {"count": brought.withdrawn}
            )
        if trial:
            self.stdout.write(_("This was a trial: nothing was written."))
