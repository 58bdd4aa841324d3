"""Taking the cases of a file in: all of them or nothing, and nothing twice."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

import pghistory
from django.db import connection, transaction
from django.utils.translation import gettext as _

from incidents.evidence.storing import all_or_none
from incidents.history.reasons import changing_because
from incidents.interchange.comparing import (
    Keys,
    agencies_by_name,
    differences,
    keys_for,
    missing_ends,
    removed,
    two_of_one_name,
    wrong_ends,
)
from incidents.interchange.describing import Record
from incidents.interchange.files import keep_files
from incidents.interchange.identifiers import known_of
from incidents.interchange.making import Maker, arrival_of
from incidents.interchange.reading import Opened, Received, read
from incidents.interchange.refusing import CasesRefused
from incidents.models import Arrival, Incident, StaffMember

ACT: Final = "receive"
"""In the history: what came in from another installation."""

_LOCK: Final = 7_463_927
"""Any fixed number: two files at once could hold the same row."""

Progress = Callable[[int, int | None], None]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was said explicitly."""

    same_agencies: bool = False
    bring_back: bool = False
    trial: bool = False


@dataclass(slots=True)
class Brought:
    """What a file did here."""

    installation: str
    rows: dict[str, int] = field(default_factory=dict)
    """Kind → how many came in."""
    here: int = 0
    """Rows that were here and are the same."""
    links: int = 0
    """Members that were added to sets of rows."""
    files: int = 0
    restricted: int = 0
    """Restricted cases that came in; nobody is assigned to them."""
    withdrawn: int = 0
    """Cases in the file that were published there and taken back."""


def bring(
    opened: Opened, by: StaffMember, wanted: Wanted, progress: Progress | None = None
) -> Brought:
    """Bring the cases of a file in, in one transaction; of a trial nothing stays.

    Raises CasesRefused, having changed nothing.
    """
    received = read(opened)
    reason = _(
        "Came from the installation %(code)s, in a file whose rows have the SHA-256 %(sum)s"
    ) % {"code": received.installation, "sum": received.digest}
    try:
        with (
            all_or_none(),
            transaction.atomic(),
            pghistory.context(user=by.pk, act=ACT),
            changing_because(reason),
        ):
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
            brought = _bring(received, opened, by, wanted, progress)
            if wanted.trial:
                raise _TrialIsOver
    except _TrialIsOver:
        pass
    return brought


class _TrialIsOver(Exception):
    """Takes everything back, the files included."""


def _bring(
    received: Received,
    opened: Opened,
    by: StaffMember,
    wanted: Wanted,
    progress: Progress | None,
) -> Brought:
    records = received.records
    found = _looked_up(received, wanted)
    new = [record for record in records if record.identifier not in found.here]
    maker = Maker(found.keys, found.here, by)
    brought = Brought(received.installation, here=len(records) - len(new))
    for done, record in enumerate(maker.make(new), start=1):
        brought.rows[record.kind] = brought.rows.get(record.kind, 0) + 1
        if progress is not None:
            progress(done, len(new))
    _keep_identifiers(records, new, found, maker)
    brought.links = maker.add_links(records)
    captures = [maker.number(record) for record in records if record.kind == "capture"]
    brought.files = keep_files(captures, received, opened, by)
    brought.withdrawn = len(received.withdrawn)
    cases = [maker.number(record) for record in new if record.kind == "incident"]
    brought.restricted = Incident.objects.filter(pk__in=cases, restricted=True).count()
    return brought


@dataclass(frozen=True, slots=True)
class _Found:
    """What a file names and what of it is here."""

    keys: Keys
    here: Mapping[str, int]
    """Identifier → number."""
    taken_for: Mapping[str, int]
    """Those of them that are agencies of the same name."""
    gone: Collection[str]


def _looked_up(received: Received, wanted: Wanted) -> _Found:
    """Raises CasesRefused with all that stands in the way."""
    records = received.records
    if problems := [*wrong_ends(records), *missing_ends(records)]:
        raise CasesRefused(*problems)
    known = known_of([record.identifier for record in records])
    keys, problems = keys_for(received)
    named = agencies_by_name(records, known)
    if not wanted.same_agencies:
        problems += two_of_one_name(named)
    problems += removed(records, known, bring_back=wanted.bring_back)
    problems += differences(records, known)
    if problems:
        raise CasesRefused(*problems)
    return _Found(keys, {**known.here, **named}, named, known.gone)


def _keep_identifiers(
    records: Iterable[Record], new: Iterable[Record], found: _Found, maker: Maker
) -> None:
    Arrival.objects.filter(identifier__in=found.gone).delete()
    arrivals = [arrival_of(record, maker.number(record)) for record in new]
    arrivals += [
        arrival_of(record, maker.number(record), brought=False)
        for record in records
        if record.identifier in found.taken_for
    ]
    Arrival.objects.bulk_create(arrivals, batch_size=500)
