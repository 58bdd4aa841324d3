"""From the checks of an address to what the public is told of it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

from incidents.link_checking.choosing import askable
from incidents.models import LinkCheck, LinkOutcome, Source
from record.models.source_link import LinkState
from record.source_links import AskedLink, LinkStanding, set_links

DAYS_OF_FAILURE: Final = 3
"""On how many different days, with nothing else between, an address has to fail before we say so:
one failure is a bad line, two are a bad week."""

_STATE_OF: Final = {
    LinkOutcome.WORKS: LinkState.ANSWERS,
    LinkOutcome.MOVED: LinkState.MOVED,
    LinkOutcome.REFUSED: LinkState.REFUSES,
    LinkOutcome.GONE: LinkState.GONE,
    LinkOutcome.SERVER_ERROR: LinkState.GONE,
    LinkOutcome.UNREACHABLE: LinkState.GONE,
}
"""What could not be checked says nothing, and stands between nothing."""

_AT_ONCE: Final = (LinkState.ANSWERS, LinkState.MOVED)
"""An answer proves itself."""


@dataclass(slots=True)
class _Run:
    """Checks that say the same, one after the other."""

    state: LinkState
    days: list[date]


def standing_of(checks: Iterable[tuple[datetime, str]]) -> LinkStanding | None:
    """What checks of one address, the earliest first, come to; None for nothing yet.

    Each is given by its time and outcome.
    """
    standing: LinkStanding | None = None
    run: _Run | None = None
    for at, outcome in checks:
        state = _STATE_OF.get(LinkOutcome(outcome))
        if state is None:
            continue
        day = at.astimezone(UTC).date()
        if run is None or run.state is not state:
            run = _Run(state, [])
        if day not in run.days:
            run.days.append(day)
        if state in _AT_ONCE or len(run.days) >= DAYS_OF_FAILURE:
            since = standing.since if standing and standing.state is state else run.days[0]
            standing = LinkStanding(state, since, day)
    return standing


def tell(sources: Iterable[Source]) -> None:
    """Bring the record in line with the checks of these sources. Five queries for any number."""
    told = list(askable().filter(pk__in=[source.pk for source in sources]))
    checks: dict[tuple[int, str], list[tuple[datetime, str]]] = defaultdict(list)
    for check in LinkCheck.objects.filter(source__in=told).order_by("pk"):
        checks[check.source_id, check.address].append((check.checked_at, check.outcome))
    set_links(
        AskedLink(str(source.reference), source.url, standing_of(checks[source.pk, source.url]))
        for source in told
    )
