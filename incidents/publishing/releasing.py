"""Publishing a case, and correcting one that is published."""

from datetime import datetime

import pghistory
from django.utils import timezone
from django.utils.translation import gettext as _

from incidents.documents.case import (
    BuiltDocument,
    build,
    published_rows,
    standing_contents,
)
from incidents.documents.casefile import CaseFile, read_cases
from incidents.documents.references import Publishable, kind_of
from incidents.documents.values import Document
from incidents.models import Incident, StaffMember
from incidents.models import Publication as Standing
from incidents.publishing.neighbours import refresh_copies, refresh_links
from incidents.publishing.refusal import PublicationRefused
from incidents.publishing.tightening import hides_more, no_longer_shown
from incidents.readiness import Obstacle, obstacles
from record.chain import allocate_references, publishing_lock, redact
from record.kinds import Kind
from record.models import IncidentEntry
from record.models.revision import Action
from record.resolving import resolve
from record.writing import Publication, withdraw_entries, write_all


def publish(
    incident: Incident, *, by: StaffMember, note: str = "", at: datetime | None = None
) -> IncidentEntry:
    """Put an approved case into the record for the first time.

    Raises PublicationRefused with everything that stands in the way.
    """
    if incident.publication == Standing.PUBLISHED:
        return correct(incident, by=by, note=note, at=at)
    return release(incident, by=by, note=note, at=at or timezone.now())


def correct(
    incident: Incident, *, by: StaffMember, note: str, at: datetime | None = None
) -> IncidentEntry:
    """Bring the record in line with a case that was changed and approved again.

    ``note`` says for the public what was corrected. Raises PublicationRefused; a correction
    without a note is refused too, since nothing is revised silently.
    """
    if not note.strip():
        raise PublicationRefused(
            [Obstacle("no-note", _("Say in a sentence what was corrected: it is published."))]
        )
    return release(incident, by=by, note=note, at=at or timezone.now())


def release(incident: Incident, *, by: StaffMember, note: str, at: datetime) -> IncidentEntry:
    """Check the case, build its documents and write them, all in one transaction."""
    with publishing_lock(), pghistory.context(user=by.pk, act="publish"):
        Incident.objects.select_for_update().get(pk=incident.pk)
        [case] = read_cases(Incident.objects.filter(pk=incident.pk))
        if found := obstacles(case, by=by):
            raise PublicationRefused(found)
        before = standing_contents(case)
        built = build(case, AllottedReferences(case, at.year))
        _write(built, note or f"Published with {case.incident.reference}.", at)
        _let_go(case, built, before, note, at)
        follows = f"Follows a change of {case.incident.reference}."
        refresh_copies(built, before, note=follows, at=at)
        refresh_links(case, built, note=follows, at=at)
        _mark_published(incident, case, at)
    entry: IncidentEntry = IncidentEntry.objects.get(reference=case.incident.reference)
    return entry


class AllottedReferences:
    """The permanent references of a case; rows that have none yet are given theirs."""

    def __init__(self, case: CaseFile, year: int) -> None:
        rows = list(published_rows(case))
        self._allot([row for row in rows if row.reference is None], year)
        self._names = {_identity(row): str(row.reference) for row in rows}

    def __call__(self, row: Publishable) -> str:
        return self._names.get(_identity(row)) or str(row.reference)

    @staticmethod
    def _allot(rows: list[Publishable], year: int) -> None:
        by_kind: dict[Kind, list[Publishable]] = {}
        for row in rows:
            by_kind.setdefault(kind_of(row), []).append(row)
        for kind, new in by_kind.items():
            for row, reference in zip(new, allocate_references(kind, year, len(new)), strict=True):
                row.reference = reference
            type(new[0])._default_manager.bulk_update(new, ["reference"])  # type: ignore[arg-type]


def _write(built: list[BuiltDocument], note: str, at: datetime) -> None:
    live = resolve(row.reference for row in built)
    write_all(
        [
            Publication(
                kind=row.kind,
                content=row.content,
                reference=row.reference,
                # Also for what was withdrawn and may be seen again.
                action=None if row.reference in live else Action.CREATED,
                note=note,
            )
            for row in built
        ],
        at=at,
    )


def _identity(row: Publishable) -> tuple[Kind, int]:
    return kind_of(row), row.pk


def _let_go(
    case: CaseFile,
    built: list[BuiltDocument],
    before: dict[str, Document],
    note: str,
    at: datetime,
) -> None:
    """Withdraw what the case showed before and shows no longer, and clear what showed more."""
    incident = str(case.incident.reference)
    gone = no_longer_shown(before.get(incident, {}), built)
    if gone:
        withdraw_entries(gone, reason="error", note=note, at=at)
    shown_less = hides_more(before, built)
    if shown_less:
        redact(shown_less)


def _mark_published(incident: Incident, case: CaseFile, at: datetime) -> None:
    incident.reference = case.incident.reference
    incident.publication = Standing.PUBLISHED
    incident.published_at = incident.published_at or at
    incident.save(update_fields=["reference", "publication", "published_at", "changed_at"])
