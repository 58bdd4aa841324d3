"""``manage.py export_cases``: cases into a file for another installation.

It stands here since sealing a file to be carried is the business of backups, which the case file
knows nothing of.
"""

import os
from argparse import ArgumentParser
from collections.abc import Iterable
from io import BufferedReader
from pathlib import Path
from typing import IO, Any, cast

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from config.embedded.sealed_files import seal
from config.management.carrying import key_in, need_the_case_file
from incidents.interchange.flow import Flow


class Command(BaseCommand):
    """Write the whole graph of some cases."""

    help = (
        "Write cases with all that they tell of into a file that another installation brings in "
        "with receive_cases. It holds the case file: it is sealed as backups are, with a key that "
        "`python -m config.embedded key FILE` made."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the options."""
        parser.add_argument(
            "cases", nargs="+", help="numbers, public references or identifiers of incidents"
        )
        parser.add_argument("--to", type=Path, required=True, help="file to write")
        parser.add_argument("--key", type=Path, help="file with the key that seals it")
        parser.add_argument("--unsealed", action="store_true", help="write it without a key")
        parser.add_argument("--restricted", action="store_true", help="restricted cases may go")
        parser.add_argument("--with-files", action="store_true", help="files of evidence as well")
        parser.add_argument(
            "--with-informants",
            action="store_true",
            help="what was told in trust, and by whom, as well; never unsealed",
        )
        parser.add_argument("--by", help="user name of who does it")

    def handle(
        self,
        *,
        cases: list[str],
        to: Path,
        key: Path | None,
        unsealed: bool,
        restricted: bool,
        with_files: bool,
        with_informants: bool,
        by: str | None,
        **options: Any,
    ) -> None:
        """Write the file. Raises CommandError, leaving none behind."""
        need_the_case_file()
        # On the public side the case file is not even installed.
        from incidents.interchange import exporting
        from incidents.interchange.parcel import Choices
        from incidents.interchange.writing import chunks_of
        from incidents.management.exchanging import exporter

        if (key is None) is not unsealed:
            raise CommandError(
                _("Name the key that seals the file with --key, or say --unsealed; not both.")
            )
        if with_informants and unsealed:
            raise CommandError(_("What was told in trust never leaves unsealed. Name a key."))
        if to.exists():
            raise CommandError(_("%(file)s is there already.") % {"file": to})
        secret = key_in(key)
        choices = Choices(files=with_files, informants=with_informants, restricted=restricted)
        try:
            member = exporter(by, choices)
            numbers = exporting.cases_named(cases, member)
            self._say(_("reading …"))
            export = exporting.prepare(numbers, choices)
            exporting.note_it(export, member, unsealed=unsealed)
            _write(to, chunks_of(export, member), secret)
        except exporting.ExportRefused as error:
            raise CommandError(str(error)) from None
        except OSError as error:
            raise CommandError(
                _("Nothing was written: %(why)s") % {"why": error.strerror or error}
            ) from None
        self._tell(export, to, unsealed=unsealed)

    def _tell(self, export: Any, to: Path, *, unsealed: bool) -> None:
        counts = export.parcel.counts()
        self.stdout.write(
            ngettext(
                "%(cases)d case, %(rows)d rows, %(files)d files of evidence: %(file)s",
                "%(cases)d cases, %(rows)d rows, %(files)d files of evidence: %(file)s",
                len(export.parcel.cases),
            )
            % {
                "cases": len(export.parcel.cases),
                "rows": sum(counts.values()),
                "files": len(export.parcel.files),
                "file": to,
            }
        )
        if export.confidential:
            self._say(
                _(
                    "Stays here, since it was told in trust: %(sources)d sources with "
                    "%(citations)d citations. --with-informants takes them along."
                )
                % {"sources": export.confidential, "citations": export.citations}
            )
        if export.parcel.withdrawn:
            self._say(
                _("%(count)d of the cases are withdrawn here; the file says so.")
                % {"count": len(export.parcel.withdrawn)}
            )
        if export.files:
            self._say(
                _("%(count)d files stay here; --with-files takes them along.")
                % {"count": export.files}
            )
        if export.parcel.absent:
            self._say(
                _("%(count)d links lead to what is not in the file; it names them.")
                % {"count": len(export.parcel.absent)}
            )
        self._say(
            _(
                "Not in it: accounts of staff (pseudonyms only), the access log, comments, tasks, "
                "decisions, histories, photographs."
            )
        )
        if unsealed:
            self._say(_("It is not sealed: whoever has the file reads it."))

    def _say(self, text: str) -> None:
        self.stderr.write(text)


def _write(to: Path, pieces: Iterable[bytes], key: bytes | None) -> None:
    """Write the file, 0600; there only once it is whole."""
    draft = to.with_name(f".{to.name}.unfinished")
    draft.unlink(missing_ok=True)  # whoever wrote that one could read what is written into it
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            if key is None:
                file.writelines(pieces)
            else:
                seal(cast("IO[bytes]", BufferedReader(Flow(pieces))), file, key)
        draft.replace(to)
    finally:
        draft.unlink(missing_ok=True)
