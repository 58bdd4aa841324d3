"""What the site under test holds: the documented case, and what became of three invented records.

The documented case stands as it ships. What it has none of is added: an incident that was
corrected, one that was withdrawn, and one that was merged into another.
"""

import io
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command

from incidents import demonstration, publishing, reviewing
from incidents.combining import combine
from record.models import AgencyEntry, IncidentEntry, SourceEntry
from tests.incidents import factories as make


@dataclass(frozen=True)
class Contents:
    """References of records that the tests open, and the session key of a publisher."""

    incident: str
    victim: str
    violation: str
    agency: str
    legal_action: str
    source: str
    corrected: str
    withdrawn: str
    merged: str
    session: str


def publish_contents():
    """Fill the connected, migrated database for good."""
    call_command("grant_roles", verbosity=0)
    call_command("load_reference", stdout=io.StringIO())
    killing = demonstration.load()[2]
    corrected = published("A shop is searched in Turbat")
    withdrawn = published("A man is taken from a bus")
    merged = published("A shop in Turbat is sealed")
    publishing.withdraw(withdrawn, by=make.publisher(), reason="safety")
    corrected.title = "A shop is searched and sealed in Turbat"
    corrected.public_account = "According to neighbours the shop was searched and then sealed."
    corrected.save()
    make.correct(corrected, note="Neighbours say that the shop was sealed as well.")
    merge(merged, corrected)
    return Contents(
        **references_of(killing),
        corrected=corrected.reference,
        withdrawn=withdrawn.reference,
        merged=merged.reference,
        session=session_of(make.publisher()),
    )


def published(title):
    case = make.incident(title, public_account="According to neighbours the shop was searched.")
    make.violation(case, make.person(""), "arbitrary-detention")
    make.publish(case)
    case.refresh_from_db()
    return case


def merge(loser, survivor):
    survivor.refresh_from_db()
    combine(loser, survivor, by=make.staff())
    reviewing.reopen(survivor, by=make.staff())
    make.approve(survivor)
    publishing.merge(loser, survivor, by=make.publisher(), note="Two reports of one event.")


def references_of(killing):
    """One record of each kind, those of which the documented case has most to say."""
    killing.refresh_from_db()
    document = IncidentEntry.objects.get(reference=killing.reference).content()
    violation = document["violations"][0]
    return {
        "incident": killing.reference,
        "victim": violation["victim"]["reference"],
        "violation": violation["reference"],
        "legal_action": document["legal_actions"][0]["reference"],
        "agency": longest(AgencyEntry),
        "source": longest(SourceEntry),
    }


def longest(entries):
    return max(entries.objects.live(), key=lambda entry: len(entry.document)).reference


def session_of(member):
    """The key of a session in which this member of the staff is logged in."""
    session = SessionStore()
    session[SESSION_KEY] = str(member.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = member.get_session_auth_hash()
    session.save()
    return session.session_key
