"""What the site under test holds: the documented case, and what became of three invented records.

The documented case stands as it ships. What it has none of is added: an incident that was
corrected, one that was withdrawn, and one that was merged into another.
"""

import io
import tempfile
from dataclasses import dataclass

from django.core.management import call_command

from incidents import demonstration, publishing, reviewing
from incidents.combining import combine
from record.models import AgencyEntry, IncidentEntry, SourceEntry
from tests.incidents import factories as make
from tests.incidents.pictures.drawing import pictured
from tests.reference.boundary_factory import made_up_borders
from tests.reference.organisation_factory import fully, say

OWN_WORDS = """We are a small office in a made-up town.

## How we work

1. We **ask** those concerned first.
2. We [write down](https://example.org/handbook) who said what.

- Nothing is published that nobody signed for.
"""
OWN_WORDS_IN_URDU = """ہم ایک فرضی شہر کا چھوٹا سا دفتر ہیں۔

## ہم کیسے کام کرتے ہیں

1. ہم پہلے متعلقہ لوگوں سے **پوچھتے** ہیں۔
2. ہم [لکھتے ہیں](https://example.org/handbook) کہ کس نے کیا کہا۔
"""


@dataclass(frozen=True)
class Contents:
    """References of records that the tests open."""

    incident: str
    victim: str
    violation: str
    agency: str
    legal_action: str
    source: str
    corrected: str
    withdrawn: str
    merged: str
    pictured: str


def publish_contents():
    """Fill the connected, migrated database for good."""
    call_command("grant_roles", verbosity=0)
    call_command("load_reference", stdout=io.StringIO())
    killing = demonstration.load()[2]
    draw_boundaries()
    corrected = published("A shop is searched in Turbat")
    withdrawn = published("A man is taken from a bus")
    merged = published("A shop in Turbat is sealed")
    publishing.withdraw(withdrawn, by=make.publisher(), reason="safety")
    corrected.title = "A shop is searched and sealed in Turbat"
    corrected.public_account = "According to neighbours the shop was searched and then sealed."
    corrected.save()
    make.correct(corrected, note="Neighbours say that the shop was sealed as well.")
    merge(merged, corrected)
    fully()
    say("about", en=OWN_WORDS, ur=OWN_WORDS_IN_URDU)
    say("privacy", en=OWN_WORDS)
    return Contents(
        **references_of(killing),
        corrected=corrected.reference,
        withdrawn=withdrawn.reference,
        merged=merged.reference,
        pictured=somebody_pictured(),
    )


def draw_boundaries():
    """Give the districts of one province boundaries that nobody drew."""
    with tempfile.NamedTemporaryFile("w", suffix=".geojson") as file:
        file.write(made_up_borders("PK2"))
        file.flush()
        credit = {"attribution": "nobody (made up)", "licence": "CC0", "date": "2026-11"}
        call_command("load_boundaries", file.name, **credit, stdout=io.StringIO())


def published(title):
    case = make.incident(title, public_account="According to neighbours the shop was searched.")
    make.violation(case, make.person(""), "arbitrary-detention")
    make.publish(case)
    case.refresh_from_db()
    return case


def somebody_pictured():
    """Publish a case of somebody made up, with a drawn face; returns their reference."""
    person = pictured(about="He mended radios and taught whoever asked how it is done.")
    case = make.incident("A radio mechanic is taken from his shop")
    make.violation(case, person)
    make.status(case, person, "disappeared", "2023-10-29")
    make.publish(case)
    person.refresh_from_db()
    return person.reference


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
