"""Thousands of published objects at once, for tests of what must not depend on their number.

Written straight into the tables, with documents that hold little: what is tested reads keys and
texts and asks for nothing else.
"""

import json
from datetime import date

from django.db import connection

from record.models import (
    Fact,
    IncidentEntry,
    IncidentKey,
    SourceEntry,
    SourceKey,
    VictimEntry,
    VictimKey,
    ViolationEntry,
)
from record.narrow_facts import rebuild_narrow
from record.tallies.making import rebuild_tallies
from reference.vocabularies import term
from tests.record.assembling import NOW

DAY = date(2023, 10, 29)


def _entries(model, count, **members):
    last = model.objects.count()
    return model.objects.bulk_create(
        model(
            reference=reference,
            version=1,
            sequence=number,
            document=json.dumps({"reference": reference, "kind": model.kind.value, **members}),
            content_sha256="0" * 64,
            first_published=NOW,
            changed_at=NOW,
        )
        for number in range(last + 1, last + count + 1)
        for reference in [f"{model.kind.prefix}-2026-{number:04d}"]
    )


def many_sources(count, *, published=DAY, **members):
    """Sources that share a date, or have none; returns their references."""
    entries = _entries(SourceEntry, count, **members)
    SourceKey.objects.bulk_create(
        SourceKey(entry=entry, earliest=published, latest=published, changed=entry.sequence)
        for entry in entries
    )
    return [entry.reference for entry in entries]


def many_violations(count, *, started=DAY, type="enforced-disappearance"):
    """Violations of one incident and one type; ``started`` may be a function of the number."""
    (incident,) = _entries(IncidentEntry, 1)
    entries = _entries(ViolationEntry, count)
    levels = dict(zip(("type_1_id", "type_2_id"), term("violation-type", type).path, strict=False))
    days = [started(number) if callable(started) else started for number in range(count)]
    Fact.objects.bulk_create(
        Fact(
            incident=incident,
            violation=entry,
            incident_kind=term("incident-kind", "violation-event"),
            grade=term("grade", "alleged"),
            start_earliest=day,
            start_latest=day,
            changed=entry.sequence,
            **levels,
        )
        for entry, day in zip(entries, days, strict=True)
    )
    rebuild_narrow()
    rebuild_tallies()
    return [entry.reference for entry in entries]


def many_incidents(count, *, started, type="enforced-disappearance"):
    """Incidents with one victim and one violation each, which have its date; ``started`` gives
    the day by number."""
    incidents = _entries(IncidentEntry, count)
    victims = _entries(VictimEntry, count)
    violations = _entries(ViolationEntry, count)
    levels = dict(zip(("type_1_id", "type_2_id"), term("violation-type", type).path, strict=False))
    days = [started(number) for number in range(count)]
    IncidentKey.objects.bulk_create(
        IncidentKey(entry=entry, earliest=day, latest=day, changed=entry.sequence)
        for entry, day in zip(incidents, days, strict=True)
    )
    VictimKey.objects.bulk_create(
        VictimKey(entry=entry, people=1, earliest=day, changed=entry.sequence)
        for entry, day in zip(victims, days, strict=True)
    )
    Fact.objects.bulk_create(
        Fact(
            incident=incident,
            victim=victim,
            violation=violation,
            incident_kind=term("incident-kind", "violation-event"),
            grade=term("grade", "alleged"),
            start_earliest=day,
            start_latest=day,
            changed=violation.sequence,
            **levels,
        )
        for incident, victim, violation, day in zip(
            incidents, victims, violations, days, strict=True
        )
    )
    rebuild_narrow()
    rebuild_tallies()


def refresh_statistics():
    """What the planner goes by; a loaded server gets it from its own upkeep."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
