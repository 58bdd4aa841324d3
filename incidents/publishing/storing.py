"""Writing the documents of approved cases into the record, with all that follows from them."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import connection
from django.utils import timezone

from incidents.documents.case import BuiltDocument, finished
from incidents.documents.casefile import CaseFile
from incidents.documents.standing import standing_contents
from incidents.documents.values import Document
from incidents.models import Incident
from incidents.models import Publication as Standing
from incidents.publishing.allotting import AllottedReferences
from incidents.publishing.neighbours import refresh_copies, refresh_left, refresh_links
from incidents.publishing.photographs import bring_in, no_longer_seen
from incidents.publishing.public_files import bring_in_files
from incidents.publishing.tightening import hides_more, no_longer_shown
from record.chain import last_sequence, redact
from record.models.revision import Action
from record.pictures import take_back
from record.resolving import resolve
from record.writing import Publication, withdraw_entries, write_all


def store(cases: Sequence[CaseFile], *, note: str, at: datetime) -> None:
    """Write the documents of cases that nothing stands in the way of and that share nothing but
    agencies and sources (``incidents.publishing.waves``). Call it under the publishing lock."""
    refer = AllottedReferences(cases, at.year)
    built = [finished(case, refer) for case in cases]
    before = {case.incident.pk: standing_contents(case) for case in cases}
    changed = _write(cases, built, refer.new, note, at)
    for case, documents in zip(cases, built, strict=True):
        _let_go(case, documents, before[case.incident.pk], note, at)
    for case, documents in zip(cases, built, strict=True):
        follows = f"Follows a change of {case.incident.reference}."
        refresh_left(case, documents, before[case.incident.pk], note=follows, at=at)
        refresh_copies(documents, changed, note=follows, at=at)
        refresh_links(case, documents, note=follows, at=at)
    # Only now: what other cases showed of somebody until they were refreshed has to go as well.
    _clear(cases, built, before)
    _mark_published([case.incident for case in cases], at)


def _write(
    cases: Sequence[CaseFile],
    built: Sequence[list[BuiltDocument]],
    new: set[str],
    note: str,
    at: datetime,
) -> set[str]:
    """Write every document once; return the references of those that stood otherwise before."""
    rows: dict[str, tuple[BuiltDocument, CaseFile]] = {}
    for case, documents in zip(cases, built, strict=True):
        for row in documents:
            rows.setdefault(row.reference, (row, case))
    bring_in(row for row, _case in rows.values())
    bring_in_files(row for row, _case in rows.values())
    live = resolve(rows.keys() - new)
    head = last_sequence()
    entries = write_all(
        [
            Publication(
                kind=row.kind,
                content=row.content,
                reference=row.reference,
                # Also for what was withdrawn and may be seen again.
                action=None if row.reference in live else Action.CREATED,
                note=note or f"Published with {case.incident.reference}.",
            )
            for row, case in rows.values()
        ],
        at=at,
    )
    return {
        entry.reference for entry in entries if entry.sequence > head and entry.reference in live
    }


def _let_go(
    case: CaseFile,
    built: list[BuiltDocument],
    before: dict[str, Document],
    note: str,
    at: datetime,
) -> None:
    """Withdraw what the case showed before and shows no longer."""
    incident = str(case.incident.reference)
    gone = no_longer_shown(before.get(incident, {}), built)
    if gone:
        withdraw_entries(gone, reason="error", note=note, at=at)


def _clear(
    cases: Sequence[CaseFile],
    built: Sequence[list[BuiltDocument]],
    before: dict[int, dict[str, Document]],
) -> None:
    """Empty every earlier revision that showed more of somebody than is shown now."""
    shown_less = [
        reference
        for case, documents in zip(cases, built, strict=True)
        for reference in hides_more(before[case.incident.pk], documents)
    ]
    if shown_less:
        redact(shown_less)
    for case, documents in zip(cases, built, strict=True):
        take_back(no_longer_seen(before[case.incident.pk], documents))


def _mark_published(incidents: Iterable[Incident], at: datetime) -> None:
    rows = list(incidents)
    now = timezone.now()
    for incident in rows:
        incident.publication = Standing.PUBLISHED
        incident.published_at = incident.published_at or at
    statement = f"""
        UPDATE {Incident._meta.db_table} AS stored SET
            reference = given.reference, publication = %s, published_at = given.published_at,
            changed_at = %s
        FROM unnest(%s::bigint[], %s::text[], %s::timestamptz[])
            AS given (id, reference, published_at)
        WHERE stored.id = given.id
        """  # noqa: S608 - the table's own name
    columns = [[getattr(row, name) for row in rows] for name in ("pk", "reference", "published_at")]
    with connection.cursor() as cursor:
        cursor.execute(statement, [Standing.PUBLISHED, now, *columns])
