import sys
from argparse import ArgumentParser
from contextlib import nullcontext
from pathlib import Path
from typing import Any, Final

from django.core.files import File
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from incidents.admin.imports.access import IMPORT
from incidents.importing import files, running
from incidents.importing.mapping import MappingRefused, read_mapping
from incidents.importing.reporting import Figures, ProblemLog, write_report
from incidents.importing.tables import FileRefused
from incidents.management.progress import progress_on
from incidents.management.staff import staff_member
from incidents.models import ImportBatch, StaffMember

_SHOWN: Final = 20


class Command(BaseCommand):
    help = "Bring a list of cases in: CSV, XLSX or JSON, by a mapping that says what it means."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the list as it was received")
        parser.add_argument("--mapping", type=Path, required=True, help="TOML; docs/importing.md")
        parser.add_argument("--dry-run", action="store_true", help="do everything, keep nothing")
        parser.add_argument("--report", type=Path, help="write every problem to this CSV file")
        parser.add_argument(
            "--good-rows",
            action="store_true",
            help="bring in the cases without a fault; otherwise one fault refuses the whole file",
        )
        parser.add_argument("--by", help="user name of who brings it in")

    def handle(
        self,
        *,
        file: Path,
        mapping: Path,
        dry_run: bool,
        report: Path | None,
        good_rows: bool,
        by: str | None,
        **options: Any,
    ) -> None:
        clerk = staff_member(by, IMPORT)
        problems = ProblemLog()
        happened = False
        try:
            with transaction.atomic() if dry_run else nullcontext():
                batch = _received(file, mapping, good_rows, clerk)
                try:
                    figures = running.run(
                        batch,
                        by=clerk,
                        dry_run=dry_run,
                        problems=problems,
                        progress=progress_on(self.stderr),
                    )
                    happened = not (dry_run or figures.refused)
                finally:
                    if dry_run:
                        files.forget(batch)
                        transaction.set_rollback(True)
        except (FileRefused, MappingRefused, running.RunRefused) as error:
            raise CommandError(str(error)) from None
        finally:
            if report is not None:
                with report.open("w", encoding="utf-8", newline="") as stream:
                    write_report(problems, stream, happened=happened)
        self._show(batch, figures, problems, dry_run)
        if figures.refused:
            sys.exit(1)

    def _show(
        self, batch: ImportBatch, figures: Figures, problems: ProblemLog, dry_run: bool
    ) -> None:
        for number, problem in enumerate(problems):
            if number == _SHOWN:
                rest = problems.count - _SHOWN
                self.stdout.write(_("… and %(count)d more problems.") % {"count": rest})
                break
            place = _("Row %(row)d: ") % {"row": problem.row} if problem.row is not None else ""
            column = f"{problem.column}: " if problem.column else ""
            self.stdout.write(f"{place}{column}{problem.reason} {problem.remedy}".rstrip())
        for name, count in figures.lines():
            self.stdout.write(f"{name}: {count}")
        if figures.refused:
            self.stdout.write(_("Nothing was brought in."))
        elif dry_run:
            self.stdout.write(_("This was a trial: nothing was written."))
        else:
            self.stdout.write(_("Brought in as import %(batch)d.") % {"batch": batch.pk})


def _received(file: Path, mapping: Path, good_rows: bool, clerk: StaffMember) -> ImportBatch:
    """Keep the file with its mapping. Raises FileRefused and MappingRefused, keeping nothing."""
    text = _text_of(mapping)
    options = read_mapping(text).table_options
    try:
        with file.open("rb") as stream:
            batch = files.receive(File(stream), file_name=file.name, by=clerk, options=options)
    except OSError as error:
        raise CommandError(f"{file}: {error.strerror}") from None
    try:
        read_mapping(text, columns=batch.columns)
    except MappingRefused:
        batch.delete()
        files.forget(batch)
        raise
    batch.mapping, batch.good_rows_only = text, good_rows
    batch.save()
    return batch


def _text_of(mapping: Path) -> str:
    try:
        return mapping.read_text("utf-8-sig")
    except OSError as error:
        raise CommandError(f"{mapping}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise CommandError(_("%(file)s is not UTF-8 text.") % {"file": mapping}) from None
