"""Imports in the background. A job that was killed starts over: its transaction left nothing."""

from typing import Any

from django.utils.translation import gettext as _

from incidents.duplicates.jobs import FIND_DUPLICATES
from incidents.importing import reporting, running, undoing
from incidents.importing.mapping import MappingRefused
from incidents.importing.tables import FileRefused
from incidents.jobs import JobFailed, JobStopped, Progress, ask_for, job
from incidents.models import BatchState, ImportBatch, Job


@job("import")
def bring_in(work: Job, progress: Progress) -> str:
    """Bring in the batch ``arguments["batch"]``; with ``arguments["dry_run"]`` only try it.

    A trial leaves its problems and figures with the batch, which then waits for the real run.
    """
    batch = _batch(work.arguments)
    dry_run = bool(work.arguments.get("dry_run"))
    if batch.state == BatchState.DONE:
        return _("It has been brought in.")  # a kill between the end of the run and of the job
    if batch.state == BatchState.UNDONE:
        return _("Nothing was brought in: this import was undone. Upload the file again.")
    problems = reporting.ProblemLog()
    _mark(batch, BatchState.RUNNING, after=batch.state)
    try:
        figures = running.run(
            batch, by=work.asked_by, dry_run=dry_run, progress=progress.report, problems=problems
        )
    except (FileRefused, MappingRefused):
        if dry_run:
            _mark(batch, BatchState.REFUSED, after=BatchState.RUNNING)
        raise JobFailed(_("The file or its mapping cannot be used; the report says why.")) from None
    except running.RunRefused as error:
        _mark(batch, BatchState.UPLOADED, after=BatchState.RUNNING)
        raise JobFailed(str(error)) from None
    except JobStopped:
        _mark(batch, BatchState.UPLOADED, after=BatchState.RUNNING)
        raise
    except Exception:
        _mark(batch, BatchState.FAILED, after=BatchState.RUNNING)
        raise
    if dry_run:
        problems.keep(batch)
        ImportBatch.objects.filter(pk=batch.pk).update(figures=figures.to_json(), list=batch.list)
        _mark(batch, BatchState.UPLOADED, after=BatchState.RUNNING)
        return _("Tried; nothing was written.")
    if figures.refused:
        return _("Nothing was brought in; the report says why.")
    ask_for(FIND_DUPLICATES, {}, by=work.asked_by)
    return _("It has been brought in.")


@job("undo-import")
def undo(work: Job, progress: Progress) -> str:
    """Undo the batch ``arguments["batch"]``.

    With ``arguments["untouched_only"]`` the cases on which people have worked stay.
    """
    batch = _batch(work.arguments)
    if batch.state == BatchState.UNDONE:
        return _("It has been undone.")
    _mark(batch, BatchState.UNDOING, after=batch.state)
    try:
        undone = undoing.undo(
            batch,
            by=work.asked_by,
            untouched_only=bool(work.arguments.get("untouched_only")),
            progress=progress.report,
        )
    except (undoing.UndoRefused, running.RunRefused) as error:
        _mark(batch, BatchState.DONE, after=BatchState.UNDOING)
        raise JobFailed(str(error)) from None
    except BaseException:
        _mark(batch, BatchState.DONE, after=BatchState.UNDOING)
        raise
    if undone.cases_kept and undone.hides:
        return _("Undone but for cases on which people have worked.")
    if undone.cases_kept:
        return _("Undone but for %(count)d cases on which people have worked.") % {
            "count": undone.cases_kept
        }
    return _("It has been undone.")


def _batch(arguments: dict[str, Any]) -> ImportBatch:
    found = ImportBatch.objects.filter(pk=arguments["batch"]).first()
    if found is None:
        raise JobFailed(_("There is no such import."))
    return found


def _mark(batch: ImportBatch, state: BatchState, *, after: str) -> None:
    """Write the state alone, and only where it is still the one that is expected.

    The batch was read when the work began; its mapping may be another one by now.
    """
    if ImportBatch.objects.filter(pk=batch.pk, state=after).update(state=state):
        batch.state = state
    else:
        batch.refresh_from_db(fields=["state"])
