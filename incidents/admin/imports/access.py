"""Who may do what with a batch, and what of it may be shown to whom."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from incidents.importing.mapping import list_code
from incidents.models import (
    BatchState,
    ImportBatch,
    ImportChange,
    ImportProblem,
    Incident,
    ListCase,
    ListRow,
    StaffMember,
)
from incidents.reviewing import REVIEW
from incidents.visibility import SEES_ALL, visible_to

IMPORT = "incidents.import_lists"

BEFORE = (BatchState.UPLOADED, BatchState.REFUSED, BatchState.FAILED)
"""States in which nothing of the file is in the case file, and the mapping can be worked on."""

BUSY = (BatchState.WAITING, BatchState.RUNNING, BatchState.UNDOING)


def may_work_on(user: StaffMember, batch: ImportBatch) -> bool:
    """Whether this person may prepare, bring in and undo the batch: their own, or a reviewer."""
    own = batch.entered_by_id == user.pk
    return user.has_perm(IMPORT) and (own or user.has_perm(REVIEW))


def cases_of(batch: ImportBatch, user: StaffMember) -> QuerySet[Incident]:
    """The visible cases that the batch brought or changed."""
    brought = ListCase.objects.filter(Q(batch=batch) | Q(last_batch=batch))
    return visible_to(user, Incident.objects.filter(list_cases__in=brought))


def concealing(user: StaffMember) -> Exists:
    """For a query of batches: whether a case of the list is concealed from this person."""
    hidden = Incident.objects.filter(restricted=True).exclude(assigned=user)
    if user.has_perm(SEES_ALL):
        hidden = hidden.none()
    return Exists(ListCase.objects.filter(list=OuterRef("list"), incident__in=hidden))


def concealed_cases(batch: ImportBatch, user: StaffMember) -> QuerySet[ListCase]:
    """The cases of the batch's list that this person may not know of."""
    if user.has_perm(SEES_ALL):
        return ListCase.objects.none()
    hidden = Incident.objects.filter(restricted=True).exclude(assigned=user)
    # A mapping written as text may name another list than the one chosen with the file.
    lists = Q(list=batch.list_id) | Q(list__code=list_code(batch.mapping))
    return ListCase.objects.filter(lists, incident__in=hidden)


def hides_something(batch: ImportBatch, user: StaffMember) -> bool:
    """Whether a case of the list is concealed from this person: its figures then tell of it."""
    return concealed_cases(batch, user).exists()


def problems_of(batch: ImportBatch, user: StaffMember) -> QuerySet[ImportProblem]:
    """The problems of rows that this person may know of."""
    hidden = ListRow.objects.filter(case__in=concealed_cases(batch, user))
    return batch.problems.exclude(_of_rows(hidden))


def changes_of(batch: ImportBatch, user: StaffMember) -> QuerySet[ImportChange]:
    """The changes to cases that this person may know of."""
    hidden = concealed_cases(batch, user)
    rows = batch.changes.exclude(incident__in=hidden.values("incident"))
    return rows.exclude(_of_rows(ListRow.objects.filter(case__in=hidden)))


def may_read_the_file(batch: ImportBatch, user: StaffMember) -> bool:
    """Whether sample values of the file may be shown: all of its rows are open to this person.

    Whoever brought the file knows what is in it, until it has been brought in.
    """
    if batch.entered_by_id == user.pk and batch.state in BEFORE:
        return True
    return not hides_something(batch, user)


def live_counts(batch: ImportBatch, user: StaffMember) -> dict[str, int]:
    """What of the batch is in the case file now, as far as this person may know."""
    rows: QuerySet[Any] = ListRow.objects.filter(batch=batch)
    rows = rows.exclude(case__in=concealed_cases(batch, user))
    return {
        "rows": rows.count(),
        "cases": cases_of(batch, user).count(),
        "people": rows.exclude(person=None).values("person").distinct().count(),
    }


def _of_rows(rows: QuerySet[ListRow]) -> Q:
    """Problems and changes name their row, or the case as a whole."""
    return Q(key__in=rows.values("key")) | Q(key__in=rows.values("case__key"))
