from argparse import ArgumentParser
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from incidents.admin.imports.access import IMPORT, may_work_on
from incidents.importing.obstacles import Obstacle
from incidents.importing.running import RunRefused
from incidents.importing.undoing import UndoRefused, undo
from incidents.management.progress import progress_on
from incidents.management.staff import staff_member
from incidents.models import ImportBatch

_SHOWN: Final = 20


class Command(BaseCommand):
    help = "Undo an import: remove what it brought, unless people have worked on it since."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("batch", type=int, help="number of the import")
        parser.add_argument(
            "--untouched-only",
            action="store_true",
            help="leave the cases on which people have worked and undo the rest",
        )
        parser.add_argument("--by", help="user name of who undoes it")

    def handle(self, *, batch: int, untouched_only: bool, by: str | None, **options: Any) -> None:
        found = ImportBatch.objects.filter(pk=batch).first()
        if found is None:
            raise CommandError(_("There is no import %(batch)d.") % {"batch": batch})
        clerk = staff_member(by, IMPORT)
        if not may_work_on(clerk, found):
            raise CommandError(_("Only whoever brought this in, or a reviewer, may undo it."))
        try:
            undone = undo(
                found,
                by=clerk,
                untouched_only=untouched_only,
                progress=progress_on(self.stderr),
            )
        except RunRefused as error:
            raise CommandError(str(error)) from None
        except UndoRefused as error:
            self._show(error.obstacles)
            raise CommandError(str(error)) from None
        self._show(undone.kept)
        for name, count in (
            (_("Cases removed or put back"), undone.cases),
            (_("People removed"), undone.people),
            (_("Violations removed"), undone.violations),
            *([] if undone.hides else [(_("Cases that stay"), undone.cases_kept)]),
        ):
            self.stdout.write(f"{name}: {count}")

    def _show(self, obstacles: list[Obstacle]) -> None:
        for obstacle in obstacles[:_SHOWN]:
            case = _("Incident %(id)s") % {"id": obstacle.incident_id or "–"}
            self.stdout.write(f"{case}: {obstacle.reason}")
        if len(obstacles) > _SHOWN:
            rest = len(obstacles) - _SHOWN
            self.stdout.write(_("… and %(count)d more.") % {"count": rest})
