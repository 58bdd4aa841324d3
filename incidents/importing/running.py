"""Bringing a file in: one transaction that leaves the case file as before or as after it."""

from itertools import islice
from typing import Final

import pghistory
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from incidents.importing import belonging
from incidents.importing.bringing import Bringing, Progress
from incidents.importing.drafting import CaseDraft
from incidents.importing.files import opened, receive
from incidents.importing.lookups import Lookups
from incidents.importing.mapping import Mapping, MappingRefused, read_mapping
from incidents.importing.problems import Problem
from incidents.importing.reporting import Figures, ProblemLog
from incidents.importing.tables import FileRefused, Table
from incidents.models import BatchState, ImportBatch, Severity, Source, SourceList, StaffMember
from incidents.sealing.lists import seal_file_if_told_in_trust, seal_lists
from reference.dates import UncertainDate
from reference.models import Area, Term

__all__ = ["Progress", "RunRefused", "preview", "receive", "run"]

_LOCK_OF_LISTS: Final = 0x4C495354
"""The first half of each list's advisory lock: "LIST" in ASCII. The second half is its code."""

_RUNNABLE: Final = frozenset(BatchState) - {
    BatchState.DONE,
    BatchState.UNDOING,
    BatchState.UNDONE,
}


class RunRefused(Exception):
    """A run that cannot begin. The text says why and what to do."""


class _TakenBack(Exception):
    """Ends the transaction of a run of which nothing is to stay."""


def run(
    batch: ImportBatch,
    *,
    by: StaffMember,
    dry_run: bool = False,
    progress: Progress | None = None,
    problems: ProblemLog | None = None,
) -> Figures:
    """Bring a batch in under its mapping; what became of it is noted on the batch.

    A fault in any case means that nothing is brought in, unless the batch takes the good rows.
    A dry run does the same work and takes all of it back; it writes nothing, not even on the
    batch. ``problems`` receives what was wrong. Raises FileRefused, MappingRefused and RunRefused
    with sentences for the user; the case file is then as before.
    """
    log = ProblemLog() if problems is None else problems
    try:
        return _run(batch, by, dry_run, progress or _unwatched, log)
    except (FileRefused, MappingRefused) as error:
        if not dry_run:
            log.add([_of_the_whole(error)])
            _close(batch, BatchState.REFUSED, Figures(refused=True, problems=log.count), log, by)
        seal_file_if_told_in_trust(batch)
        raise


def preview(
    batch: ImportBatch, *, limit: int = 20, lookups: Lookups | None = None
) -> list[CaseDraft]:
    """The first cases exactly as they would be entered; nothing is written.

    ``lookups`` know afterwards how to call what the cases name and what does not exist yet.
    Raises FileRefused and MappingRefused.
    """
    options = read_mapping(batch.mapping).table_options
    with opened(batch, options) as table:
        mapping = read_mapping(batch.mapping, columns=table.columns)
        found: list[CaseDraft] = []
        try:
            with transaction.atomic():
                bringing = Bringing(
                    batch,
                    mapping,
                    table,
                    log=ProblemLog(),
                    progress=_unwatched,
                    lookups=lookups,
                )
                found += islice(bringing.drafts(), limit)
                raise _TakenBack
        except _TakenBack:
            return found


def _run(
    batch: ImportBatch, by: StaffMember, dry_run: bool, progress: Progress, log: ProblemLog
) -> Figures:
    if batch.state == BatchState.UNDONE:
        raise RunRefused(_("This import was undone. To bring the file in anew, upload it again."))
    if batch.state not in _RUNNABLE:
        raise RunRefused(_("This file was brought in already. Undo that before you do it again."))
    options = read_mapping(batch.mapping).table_options
    with opened(batch, options) as table:
        mapping = read_mapping(batch.mapping, columns=table.columns)
        standing = SourceList.objects.filter(code=mapping.list.code).first() or batch.list
        try:
            with transaction.atomic(), pghistory.context(user=by.pk, act="import", batch=batch.pk):
                figures = _bring_in(batch, mapping, table, by, progress, log)
                if dry_run or figures.refused:
                    raise _TakenBack
                _close(batch, BatchState.DONE, figures, log, by)
                _seal_if_told_in_trust(batch)
        except _TakenBack:
            # Not the former one: by its list it is known whose values the problems repeat.
            batch.list = standing
            if not dry_run:
                _close(batch, BatchState.REFUSED, figures, log, by)
            seal_file_if_told_in_trust(batch)
        except BaseException:
            batch.list = standing
            raise
    return figures


def _bring_in(
    batch: ImportBatch,
    mapping: Mapping,
    table: Table,
    by: StaffMember,
    progress: Progress,
    log: ProblemLog,
) -> Figures:
    hold_list(mapping.list.code)
    batch.list = _list_of(mapping, by)
    bringing = Bringing(batch, mapping, table, log=log, progress=progress, by=by)
    try:
        belonging.check_name(batch.list, mapping)
        return bringing.bring_in()
    except belonging.OtherList as error:
        raise RunRefused(str(error)) from None


def hold_list(code: str) -> None:
    """Hold a list until the end of the transaction. Raises RunRefused where another run does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, hashtext(%s))", [_LOCK_OF_LISTS, code])
        [(held,)] = cursor.fetchall()
    if not held:
        raise RunRefused(
            _("The list “%(list)s” is being brought in or undone. Wait until that has ended.")
            % {"list": code}
        )


def _list_of(mapping: Mapping, by: StaffMember) -> SourceList:
    """The list that a mapping names; what stands there is not overwritten."""
    spec = mapping.list
    found, new = SourceList.objects.get_or_create(
        code=spec.code,
        defaults={
            "name": spec.name or spec.code,
            "covers": UncertainDate.parse(spec.covers),
            "entered_by": by,
            "changed_by": by,
        },
    )
    if new:
        found.covers_areas.set(Area.objects.filter(code__in=spec.areas))
        types = Term.objects.filter(vocabulary="violation-type", code__in=spec.types)
        found.covers_types.set(types)
    return found


def _close(
    batch: ImportBatch, state: BatchState, figures: Figures, log: ProblemLog, by: StaffMember
) -> None:
    """Write down what became of a run."""
    with transaction.atomic(), pghistory.context(user=by.pk):
        log.keep(batch)
        batch.state, batch.figures = state, figures.to_json()
        batch.finished_at, batch.changed_by = timezone.now(), by
        batch.save()


def _seal_if_told_in_trust(batch: ImportBatch) -> None:
    """Seal the cells and the file of a list whose source is confidential: by now it is known."""
    sources = Source.objects.filter(lists=batch.list_id, confidential=True)
    if keys := list(sources.values_list("pk", flat=True)):
        seal_lists(keys)


def _of_the_whole(error: Exception) -> Problem:
    return Problem(
        row=None,
        code="file-refused" if isinstance(error, FileRefused) else "mapping-refused",
        reason=str(error),
        remedy=_("Correct the file or the mapping and try again; nothing was brought in."),
        severity=Severity.REFUSED,
    )


def _unwatched(done: int, total: int | None) -> None:
    """Where nobody watches."""
