"""What is written down of mentions is what the texts say, whatever happened to them."""

from io import StringIO

import pytest
from django.core.management import call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from record.chain import append_revision, redact
from record.kinds import Kind
from record.mentions import live_mentions
from record.models import Mention, Revision
from record.models.entry import ENTRY_OF, State
from record.models.revision import Action
from record.rebuilding import rebuild_keys
from record.verification import verify_chain
from record.writing import merge_entry
from tests.record.factories import (
    LATER,
    NOW,
    agency,
    citation,
    involvement,
    publish_incident,
    rewrite,
    source,
    victim,
    violation,
    withdraw_incident,
)

pytestmark = pytest.mark.django_db


def found_by_reading():
    """Sequence → what its document names, found without the table."""
    named = {}
    for revision in Revision.objects.exclude(document=None):
        every = ("INC", "VIC", "VIO", "AGY", "LEG", "SRC")
        named[revision.sequence] = {
            f"{prefix}-{year}-{number:04d}"
            for prefix in every
            for year in (2026,)
            for number in range(1, 300)
            if f"{prefix}-{year}-{number:04d}" in revision.document
        } - {revision.reference}
    return named


def written_down():
    return {row.sequence: set(row.references) for row in Mention.objects.all()}


def publish_some():
    shared = agency("Frontier Corps")
    newspaper = source("Dawn")
    return [
        publish_incident(
            title=f"Incident {number}",
            violations=[
                violation(
                    "torture",
                    victim=victim(f"Victim {number}"),
                    involvements=[involvement(shared)],
                    citations=[citation(newspaper)],
                )
            ],
        )
        for number in range(2)
    ]


STEPS = {
    "correct": lambda first, second: rewrite(first, title="Corrected"),
    "name in prose": lambda first, second: rewrite(
        first, account=f"After ({second.reference}), as x{second.reference}y says."
    ),
    "withdraw": lambda first, second: withdraw_incident(second),
    "redact": lambda first, second: redact([first.reference]),
    "rebuild": lambda first, second: list(rebuild_keys()),
}


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.sampled_from(sorted(STEPS)), max_size=4))
def test_the_table_is_what_reading_every_text_would_find(steps):
    first, second = publish_some()
    for step in steps:
        second.refresh_from_db()
        if step in ("withdraw", "name in prose") and second.state != State.LIVE:
            continue
        STEPS[step](first, second)
        first.refresh_from_db()
    assert written_down() == found_by_reading()


def test_a_live_object_that_mentions_another_is_found():
    first, second = publish_some()
    rewrite(first, account=f"See {second.reference}.")
    assert live_mentions([second.reference])[Kind.INCIDENT] == [first.reference]


def test_what_an_object_mentioned_before_is_not_what_it_mentions():
    first, second = publish_some()
    rewrite(first, account=f"See {second.reference}.")
    first.refresh_from_db()
    rewrite(first, account="See nothing.")
    assert Kind.INCIDENT not in live_mentions([second.reference])


def test_a_merged_object_mentions_nothing_any_more():
    first, second = publish_some()
    rewrite(first, account=f"See {second.reference}.")
    first.refresh_from_db()
    merge_entry(first, second, at=LATER)
    assert Kind.INCIDENT not in live_mentions([second.reference])


def test_verification_finds_a_mention_that_was_not_written_down():
    publish_some()
    row = Mention.objects.exclude(references=[]).first()
    row.references = []
    row.save()
    assert [fault.sequence for fault in verify_chain()] == [row.sequence]


def test_rebuilding_writes_down_what_is_missing():
    publish_some()
    before = written_down()
    Mention.objects.all().delete()
    call_command("rebuild_keys", stdout=StringIO())
    assert written_down() == before


@pytest.mark.parametrize("text", ["a\tb\nc\\d\re", "\\N", '{"x": "\\\\"}', "بالاچ"])
def test_any_text_is_stored_as_it_is(text):
    revision = append_revision(Kind.SOURCE, "SRC-2026-0001", 1, Action.CREATED, text, at=NOW)
    assert Revision.objects.get(pk=revision.pk).document == text


def test_nothing_withdrawn_is_written_down():
    first, second = publish_some()
    rewrite(first, account=f"See {second.reference}.")
    first.refresh_from_db()
    rewrite(first, account="See nothing.")
    withdraw_incident(second)
    assert second.reference not in {name for names in written_down().values() for name in names}
    assert ENTRY_OF[Kind.INCIDENT].objects.live().count() == 1
