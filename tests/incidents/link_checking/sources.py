"""Published sources whose address a test may ask."""

from datetime import UTC, datetime, timedelta

from incidents.models import LinkCheck
from record.models import SourceEntry
from tests.incidents import factories as make

NOW = datetime(2026, 11, 3, 12, tzinfo=UTC)


def published(*addresses, **values):
    """A published source for each address; returns the one where there is one."""
    case = make.incident()
    sources = [
        make.source(f"Article {number}", url=address, **values)
        for number, address in enumerate(addresses)
    ]
    for source in sources:
        make.cite(case, source)
    make.publish(case)
    for source in sources:
        source.refresh_from_db()
    return sources[0] if len(sources) == 1 else sources


def checked(source, outcome="works", *, at=NOW, days_ago=0, **values):
    """A check as the log has it."""
    values.setdefault("status", 200 if outcome in ("works", "moved") else None)
    values.setdefault("address", source.url)
    return LinkCheck.objects.create(
        source=source,
        outcome=outcome,
        checked_at=at - timedelta(days=days_ago),
        milliseconds=12,
        **values,
    )


def link(source):
    """What the record says of its address: state, since and checked on; None for nothing."""
    entry = SourceEntry.objects.get(reference=source.reference)
    row = getattr(entry, "link", None)
    return row and (row.state, row.since, row.checked_on)


def outcomes(source):
    return list(LinkCheck.objects.filter(source=source).values_list("outcome", flat=True))
