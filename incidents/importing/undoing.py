"""Taking a batch back: exactly what it brought, unless people have worked on it since."""

from dataclasses import dataclass, field

import pghistory
from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from incidents.importing import obstacles, removing, tracing
from incidents.importing.bringing import Progress
from incidents.importing.obstacles import Obstacle
from incidents.importing.reporting import Figures
from incidents.importing.running import hold_list
from incidents.models import BatchState, ImportBatch, Incident, ListCase, StaffMember
from incidents.visibility import visible_to

__all__ = ["Obstacle", "UndoRefused", "Undone", "undo", "what_stays"]


class UndoRefused(Exception):
    """The batch cannot be undone. ``obstacles`` names the cases on which people have worked.

    ``cases`` counts all of them; where they are very many not each is named.
    """

    def __init__(self, message: str, found: list[Obstacle] | None = None, cases: int = 0) -> None:
        super().__init__(message)
        self.obstacles = found or []
        self.cases = cases


@dataclass(slots=True, kw_only=True)
class Undone(Figures):
    """What was taken away, and what stays because people have worked on it."""

    kept: list[Obstacle] = field(default_factory=list)
    cases_kept: int = 0
    hides: bool = False
    """Whether cases of the list are concealed from whoever undid it: no number is then told."""


def undo(
    batch: ImportBatch,
    *,
    by: StaffMember,
    untouched_only: bool = False,
    progress: Progress | None = None,
) -> Undone:
    """Remove what a batch brought and put back what it changed, in one transaction.

    Raises UndoRefused where people have worked on any of its cases; with ``untouched_only`` those
    cases stay, the others go, and the batch counts as brought in until nothing of it is left. The
    batch, its file and its problems stay as a record. Raises RunRefused while its list is in use.
    """
    if batch.state not in (BatchState.DONE, BatchState.UNDOING) or batch.list is None:
        raise UndoRefused(_("This import is not in the case file, so there is nothing to undo."))
    with transaction.atomic(), pghistory.context(user=by.pk, act="undo-import", batch=batch.pk):
        hold_list(batch.list.code)
        tracing.trace(batch)
        obstacles.find(batch)
        obstacles.keep(_concealed(by))
        kept, cases = obstacles.named()
        hides = _hides_something(batch, by)
        kept = _known_to(by, kept) if hides else kept
        if cases and not untouched_only:
            raise UndoRefused(_worked_on(None if hides else cases), kept, 0 if hides else cases)
        _take_back(batch, progress)
        figures = _figures(kept, cases)
        figures.hides = hides
        if not cases:
            batch.state = BatchState.UNDONE
            batch.undone_at, batch.undone_by = timezone.now(), by
        else:
            batch.state = BatchState.DONE
        batch.changed_by = by
        batch.save()
    return figures


def what_stays(batch: ImportBatch) -> tuple[list[Obstacle], int]:
    """Why cases of the batch would stay, and how many would. Changes nothing."""
    with transaction.atomic():
        tracing.trace(batch)
        obstacles.find(batch)
        return obstacles.named()


def _hides_something(batch: ImportBatch, by: StaffMember) -> bool:
    """Whether a case of the list is concealed from this person."""
    cases = ListCase.objects.filter(list=batch.list_id)
    return cases.exclude(pk__in=visible_to(by, cases).values("pk")).exists()


def _known_to(by: StaffMember, kept: list[Obstacle]) -> list[Obstacle]:
    """The obstacles of cases that this person may know of."""
    numbers = [each.incident_id for each in kept if each.incident_id is not None]
    named = Incident.objects.filter(pk__in=numbers)
    visible = set(visible_to(by, named).values_list("pk", flat=True))
    return [each for each in kept if each.incident_id is None or each.incident_id in visible]


def _concealed(by: StaffMember) -> QuerySet[Incident]:
    """The cases that this person may not know of, and so not take back either."""
    return Incident.objects.exclude(pk__in=visible_to(by, Incident.objects.all()).values("pk"))


def _worked_on(cases: int | None) -> str:
    """Why nothing was undone; without a number where that would tell of a concealed case."""
    if cases is None:
        return _("People have worked on some cases of this import since.")
    return _("People have worked on %(count)d cases of this import since.") % {"count": cases}


def _take_back(batch: ImportBatch, progress: Progress | None) -> None:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            # Checked with each statement: kept until the end, the checks would fill the memory.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for done, _count in enumerate(removing.take_back(batch), start=1):
                if progress is not None:
                    progress(done, removing.STEPS)
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    except IntegrityError as error:
        raise UndoRefused(
            _(
                "Something that this import brought is in use elsewhere, or something that it "
                "removed has no place any more."
            )
        ) from error


def _figures(kept: list[Obstacle], cases: int) -> Undone:
    counts = removing.counts()
    [(rows,)] = tracing.read("SELECT count(*) FROM undo_case WHERE NOT kept")
    return Undone(
        cases=rows,
        people=counts.get("person", 0),
        violations=counts.get("violation", 0),
        kept=kept,
        cases_kept=cases,
    )
