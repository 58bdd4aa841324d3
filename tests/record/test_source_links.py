"""The state of a source's address in the record: beside its document, and gone with it."""

from datetime import date

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from record.models import Revision, SourceLink
from record.models.source_link import LinkState
from record.rebuilding import rebuild_keys
from record.source_links import AskedLink, LinkStanding, link_of, remove_links, set_links
from record.writing import merge_entry, withdraw_entries, withdraw_entry
from tests.record.factories import LATER, publish, rewrite, source

pytestmark = pytest.mark.django_db

ADDRESS = "https://news.example/report"
ANSWERED = LinkStanding(LinkState.ANSWERS, date(2026, 9, 1), date(2026, 11, 3))
GONE = LinkStanding(LinkState.GONE, date(2026, 11, 4), date(2026, 11, 9))


def say(entry, standing=ANSWERED, address=ADDRESS):
    set_links([AskedLink(entry.reference, address, standing)])


def test_what_is_said_of_an_address_can_be_read():
    entry = publish(source())
    say(entry)
    assert link_of(entry.content()) == ANSWERED


def test_the_latest_word_counts():
    entry = publish(source())
    say(entry)
    say(entry, GONE)
    assert link_of(entry.content()) == GONE


def test_nothing_known_removes_what_was_said():
    entry = publish(source())
    say(entry)
    say(entry, None)
    assert not SourceLink.objects.exists()


def test_it_makes_no_revision():
    entry = publish(source())
    before = Revision.objects.count()
    say(entry)
    assert Revision.objects.count() == before


def test_it_says_nothing_of_another_address():
    entry = publish(source())
    say(entry)
    corrected = rewrite(entry, url="https://news.example/corrected")
    assert link_of(corrected.content()) is None


def test_a_correction_of_other_words_leaves_it():
    entry = publish(source())
    say(entry)
    assert link_of(rewrite(entry, title="Another title").content()) == ANSWERED


def test_nothing_is_said_of_a_source_without_an_address():
    assert link_of(publish(source(url="")).content()) is None


def test_a_withdrawal_removes_it():
    entry = publish(source())
    say(entry)
    withdraw_entry(entry, reason="safety", at=LATER)
    assert not SourceLink.objects.exists()


def test_nothing_is_said_of_what_was_withdrawn_or_never_published():
    entry = publish(source())
    withdraw_entries([entry], reason="safety", at=LATER)
    say(entry)
    set_links([AskedLink("SRC-2026-0404", ADDRESS, ANSWERED)])
    assert not SourceLink.objects.exists()


def test_a_merger_leaves_the_survivors_alone():
    loser, survivor = publish(source("One"), source("Other"))
    say(loser)
    say(survivor, GONE)
    merge_entry(loser, survivor, at=LATER)
    assert [row.entry_id for row in SourceLink.objects.all()] == [survivor.pk]
    assert link_of(survivor.content()) == GONE


def test_deriving_everything_anew_keeps_it():
    entry = publish(source())
    say(entry)
    list(rebuild_keys())
    assert link_of(entry.content()) == ANSWERED


def test_it_can_be_removed_alone():
    one, other = publish(source("One"), source("Other"))
    say(one)
    say(other)
    assert remove_links([one.reference]) == 1
    assert link_of(other.content()) == ANSWERED


def test_days_in_the_wrong_order_are_refused():
    entry = publish(source())
    with pytest.raises(IntegrityError, match="source_link_days_in_order"):
        say(entry, LinkStanding(LinkState.GONE, date(2026, 11, 9), date(2026, 11, 4)))


def test_many_are_said_with_as_many_queries_as_one():
    entries = publish(*(source(f"Report {number}") for number in range(20)))
    links = [AskedLink(entry.reference, ADDRESS, ANSWERED) for entry in entries]

    def queries(some):
        with CaptureQueriesContext(connection) as found:
            set_links(some)
        return len(found)

    assert queries(links[:1]) == queries(links)
    assert SourceLink.objects.count() == 20
