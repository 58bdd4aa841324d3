"""Looking whether files still are what came in, and telling somebody where they are not."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.db.models import Case, CharField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _

from incidents.evidence import custody
from incidents.evidence.custody import Act
from incidents.evidence.settling import settle
from incidents.evidence.storing import is_intact
from incidents.models import Capture, CustodyEntry, Incident, Source, StaffMember, Task, TaskKind
from incidents.ties import CASE_OF_CITATION

logger = logging.getLogger(__name__)

MOST_CASES: Final = 20
"""Cases that get a task for one file; a source that more of them cite is known well enough."""

_DAYS_TO_ACT: Final = 7

Report = Callable[[int, int | None], None]


@dataclass(frozen=True, slots=True)
class Verified:
    """How many files were as they came, and how many were missing or changed."""

    intact: int
    damaged: int


def verify(
    captures: QuerySet[Capture], *, by: StaffMember | None, report: Report | None = None
) -> Verified:
    """Hash these files again. Each leaves a line in its log; one that is missing or changed, a task
    in the cases that cite its source. One that does not lie as it should is sealed or opened first:
    something had broken off."""
    total = captures.count()
    intact = damaged = 0
    for capture in captures.select_related("source").order_by("pk").iterator(chunk_size=500):
        if capture.is_held:
            _set_right(capture.storage_name)
        if is_intact(capture):
            intact += 1
            custody.note(capture, Act.VERIFIED, by=by)
        elif Capture.objects.held().filter(pk=capture.pk).exists():
            damaged += 1
            custody.note(capture, Act.DAMAGED, by=by, reason="missing, or another hash")
            _tell(capture, by)
        # Else it was removed by somebody who may, after the list was read.
        if report is not None:
            report(intact + damaged, total)
    return Verified(intact, damaged)


def _set_right(storage_name: str) -> None:
    """Seal or open a file that lies otherwise than it should; one that cannot be written, because
    the disk is full or it is another's, does not keep the others from being looked at."""
    try:
        settle(storage_name)
    except OSError as error:
        logger.error("A file could not be sealed or opened: %s", type(error).__name__)


def last_look() -> Case:
    """For a query on captures: “verified” or “damaged”, whatever was found last; NULL if nobody has
    looked."""
    looks = CustodyEntry.objects.filter(
        capture=OuterRef("pk"), act__in=(Act.VERIFIED, Act.DAMAGED)
    ).order_by("-pk")
    return Case(
        When(storage_name="", then=Value(None)),
        default=Subquery(looks.values("act")[:1]),
        output_field=CharField(null=True),
    )


def cases_citing(source: Source) -> QuerySet[Incident]:
    """The cases of which a fact rests on this source."""
    found = Q()
    for path in CASE_OF_CITATION:
        cases = source.citations.exclude(**{path: None}).order_by().values(path)
        found |= Q(pk__in=cases)
    return Incident.objects.filter(found)


def _tell(capture: Capture, by: StaffMember | None) -> None:
    """A task for each case, unless one is open that says the same."""
    # The case is no secret to whoever may open the source; the words name neither.
    told = _("A file of a source is missing or changed; take it from a backup. SHA-256 %(hash)s")
    what = told % {"hash": capture.sha256[:16]}
    due = timezone.localdate() + timedelta(days=_DAYS_TO_ACT)
    for case in cases_citing(capture.source).order_by("pk")[:MOST_CASES]:
        same = Task.objects.open().filter(incident=case, what__contains=capture.sha256[:16])
        if not same.exists():
            Task.objects.create(
                incident=case,
                kind=TaskKind.CHECK,
                what=what,
                due=due,
                entered_by=by,
                changed_by=by,
            )
