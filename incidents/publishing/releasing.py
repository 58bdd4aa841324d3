"""Publishing cases, and correcting those that are published."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import pghistory
from django.utils import timezone
from django.utils.translation import gettext as _

from incidents.documents.casefile import CaseFile, read_cases
from incidents.models import Incident, Publication, StaffMember
from incidents.publishing.refusal import PublicationRefused
from incidents.publishing.storing import store
from incidents.publishing.waves import waves
from incidents.readiness import Obstacle, obstacles_of_all
from record.chain import publishing_lock
from record.models import IncidentEntry


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a case: published under ``reference``, or refused for these obstacles."""

    incident: Incident
    reference: str = ""
    obstacles: tuple[Obstacle, ...] = ()


def publish(
    incident: Incident, *, by: StaffMember, note: str = "", at: datetime | None = None
) -> IncidentEntry:
    """Put an approved case into the record, or correct it if it is there already.

    Raises PublicationRefused with everything that stands in the way.
    """
    [outcome] = publish_many([incident], by=by, note=note, at=at)
    if outcome.obstacles:
        raise PublicationRefused(list(outcome.obstacles))
    entry: IncidentEntry = IncidentEntry.objects.get(reference=outcome.reference)
    return entry


def correct(
    incident: Incident, *, by: StaffMember, note: str, at: datetime | None = None
) -> IncidentEntry:
    """Bring the record in line with a case that was changed and approved again.

    ``note`` says for the public what was corrected. Raises PublicationRefused; a correction
    without a note is refused too, since nothing is revised silently.
    """
    if not note.strip():
        raise PublicationRefused([_no_note()])
    return publish(incident, by=by, note=note, at=at)


def publish_many(
    incidents: Sequence[Incident], *, by: StaffMember, note: str = "", at: datetime | None = None
) -> list[Outcome]:
    """Publish or correct many cases, with the outcome of one after the other in this order.

    What stands in the way of one keeps back no other. One transaction, with all the cases in
    memory: give some hundred at a time. ``note`` is needed for cases that are public already.
    """
    at = at or timezone.now()
    given = {incident.pk: incident for incident in incidents}
    outcomes: dict[int, Outcome] = {}
    with publishing_lock(), pghistory.context(user=by.pk, act="publish"):
        rows = Incident.objects.filter(pk__in=given).order_by("pk")
        list(rows.select_for_update().values_list("pk"))
        for wave in _waves(list(given)):
            for case, obstacles in _release(wave, by=by, note=note, at=at):
                incident = given[case.incident.pk]
                _follow(incident, case.incident)
                reference = "" if obstacles else str(case.incident.reference)
                outcomes[incident.pk] = Outcome(incident, reference, tuple(obstacles))
    return [outcomes[incident.pk] for incident in incidents]


def _waves(ids: list[int]) -> Iterator[list[CaseFile]]:
    """Cases that go together, each wave as it is when those before it are published."""
    cases = _read(ids)
    for number, wave in enumerate(waves(cases)):
        yield wave if number == 0 else _read([case.incident.pk for case in wave])


def _read(ids: list[int]) -> list[CaseFile]:
    cases = {case.incident.pk: case for case in read_cases(Incident.objects.filter(pk__in=ids))}
    return [cases[pk] for pk in ids]


def _release(
    wave: list[CaseFile], *, by: StaffMember, note: str, at: datetime
) -> list[tuple[CaseFile, list[Obstacle]]]:
    """Publish what may be published of a wave; the obstacles of the rest."""
    found = [
        [_no_note()] if _is_public(case.incident) and not note.strip() else obstacles
        for case, obstacles in zip(wave, obstacles_of_all(wave, by=by), strict=True)
    ]
    ready = [case for case, obstacles in zip(wave, found, strict=True) if not obstacles]
    if ready:
        store(ready, note=note, at=at)
    return list(zip(wave, found, strict=True))


def _is_public(incident: Incident) -> bool:
    return incident.publication == Publication.PUBLISHED


def _no_note() -> Obstacle:
    return Obstacle("no-note", _("Say in a sentence what was corrected: it is published."))


def _follow(incident: Incident, stored: Incident) -> None:
    """Let the caller's row say what was stored."""
    for name in ("reference", "publication", "published_at"):
        setattr(incident, name, getattr(stored, name))
