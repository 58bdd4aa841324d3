"""The chain of revisions: numbers, hashes, the lock, redaction and verification."""

import hashlib
import json
import re
import shutil
import subprocess
import threading
from datetime import datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from record.chain import (
    FIRST_PREVIOUS_HASH,
    SEALED_FIELDS,
    allocate_reference,
    allocate_references,
    append_revision,
    publishing_lock,
    redact,
    sealed_fields,
    timestamp,
)
from record.kinds import Kind
from record.models import Action, ReferenceCounter, Revision
from record.verification import verify_chain
from record.writing import merge_entry, withdraw_entry
from tests.record.factories import (
    LATER,
    NOW,
    agency,
    entry_of,
    publish,
    publish_incident,
    rewrite,
    source,
    withdraw_incident,
)

pytestmark = pytest.mark.django_db


def sql(statement, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)


@pytest.fixture
def unguarded():
    """Revisions that can be tampered with, as by somebody who rules the database."""
    sql("ALTER TABLE record_revision DISABLE TRIGGER revision_append_only")


def test_revisions_are_numbered_from_one_without_gaps():
    published = publish(source())
    rewrite(published, title="A better report")
    publish(agency())
    assert list(Revision.objects.in_order().values_list("sequence", "version", "action")) == [
        (1, 1, "created"),
        (2, 2, "corrected"),
        (3, 1, "created"),
    ]


def test_each_revision_holds_the_hash_of_the_one_before():
    publish_incident()
    hashes = [FIRST_PREVIOUS_HASH, *Revision.objects.in_order().values_list("hash", flat=True)]
    assert list(Revision.objects.in_order().values_list("previous_hash", flat=True)) == hashes[:-1]


def test_anyone_can_recompute_a_hash_as_the_documentation_says():
    revision = Revision.objects.of(publish(source(title="بالاچ — café")).reference).get()
    text = json.dumps(
        sealed_fields(revision), sort_keys=True, separators=(",", ":"), ensure_ascii=False
    )
    assert hashlib.sha256(text.encode()).hexdigest() == revision.hash
    salted = f"{revision.salt}{revision.document}".encode()
    assert hashlib.sha256(salted).hexdigest() == revision.document_sha256


@pytest.mark.skipif(shutil.which("jq") is None, reason="jq is not installed")
def test_jq_and_sha256sum_give_the_same_hash():
    rewritten = rewrite(publish(source()), title="Other", note="گواہ: a note\n\twith “quotes”")
    revision = Revision.objects.get(sequence=rewritten.sequence)
    fields = ",".join(SEALED_FIELDS)
    text = subprocess.run(
        ["jq", "-cSj", f"{{{fields}}}"],
        input=json.dumps({**sealed_fields(revision), "note": revision.note}),
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert hashlib.sha256(text.encode()).hexdigest() == revision.hash


def test_no_two_revisions_have_the_same_salt():
    publish_incident()
    salts = list(Revision.objects.values_list("salt", flat=True))
    assert len(salts) > 1
    assert len(set(salts)) == len(salts)
    assert all(re.fullmatch("[0-9a-f]{32}", salt) for salt in salts)


def test_a_withdrawn_text_cannot_be_confirmed_by_trying_names():
    entry = publish(source(title="A name that was withdrawn"))
    sealed = Revision.objects.get(reference=entry.reference)
    withdraw_entry(entry, reason="safety", at=LATER)
    left = Revision.objects.get(sequence=sealed.sequence)
    assert (left.document, left.note, left.salt) == (None, "", "")
    tried = hashlib.sha256(sealed.document.encode()).hexdigest()
    assert left.document_sha256 == sealed.document_sha256 != tried


def test_a_whole_record_verifies():
    first, second = publish_incident(), publish_incident()
    rewrite(first, title="Corrected title")
    merge_entry(*publish(agency("CTD"), agency("Counter Terrorism Dept")), at=LATER)
    withdraw_incident(second)
    assert verify_chain() == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ("version = 7", "its hash is not that of its fields"),
        ("published_at = published_at - interval '1 day'", "its hash is not that of its fields"),
        ("document = document || ' '", "its document is not the one that was published"),
        ("note = 'Nothing to see'", "its note is not the one that was published"),
        ("note = ''", "its note is not the one that was published"),
        ("hash = repeat('a', 64)", "its hash is not that of its fields"),
        ("previous_hash = repeat('a', 64)", "does not follow from the revision before it"),
        ("document = NULL", "does not show the document published last"),
    ],
)
def test_a_tampered_revision_is_found(unguarded, change, fault):
    rewritten = rewrite(publish(source()), title="Other", note="A note.")
    sql(f"UPDATE record_revision SET {change} WHERE sequence = %s", rewritten.sequence)
    assert fault in [found.fault for found in verify_chain()]


def test_a_document_replaced_together_with_its_hash_breaks_the_chain(unguarded):
    published = publish(source())
    rewrite(published, title="Other")
    sql("UPDATE record_revision SET document = '{}' WHERE sequence = 1")
    forged = Revision.objects.get(sequence=1)
    digest = hashlib.sha256(f"{forged.salt}{{}}".encode()).hexdigest()
    text = json.dumps(
        {**sealed_fields(forged), "document_sha256": digest}, sort_keys=True, separators=(",", ":")
    )
    sql(
        "UPDATE record_revision SET document_sha256 = %s, hash = %s WHERE sequence = 1",
        digest,
        hashlib.sha256(text.encode()).hexdigest(),
    )
    assert [(found.sequence, found.fault) for found in verify_chain()] == [
        (2, "does not follow from the revision before it")
    ]


def test_a_missing_revision_is_found(unguarded):
    rewrite(publish(source()), title="Other")
    sql("DELETE FROM record_revision WHERE sequence = 1")
    assert [str(found) for found in verify_chain()] == [
        "revision 2, SRC-2026-0001: revisions are missing before it, from 1 on",
        "SRC-2026-0001: its versions have gaps",
    ]


def test_a_chain_cut_off_at_its_end_is_found_by_the_entries(unguarded):
    rewritten = rewrite(publish(source()), title="Other")
    sql("DELETE FROM record_revision WHERE sequence = %s", rewritten.sequence)
    assert [found.fault for found in verify_chain()] == ["is not at the version published last"]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ("document = '{}'", "does not show the document published last"),
        ("version = 5", "is not at the version published last"),
        ("sequence = 99", "is not at the version published last"),
        (
            "state = 'withdrawn', withdrawal_reason = 'safety', document = '', content_sha256 = ''",
            "is not in the state published last",
        ),
        ("reference = 'SRC-1999-0001'", "is missing from the entries"),
        ("reference = 'SRC-1999-0001'", "was never published"),
    ],
)
def test_an_entry_that_differs_from_its_last_revision_is_found(change, fault):
    published = publish(source())
    sql(f"UPDATE record_sourceentry SET {change} WHERE id = %s", published.pk)
    assert fault in [found.fault for found in verify_chain()]


def test_a_withdrawal_reason_that_was_changed_is_found():
    withdrawn = withdraw_entry(publish(source()), reason="safety", at=LATER)
    sql("UPDATE record_sourceentry SET withdrawal_reason = 'error' WHERE id = %s", withdrawn.pk)
    assert [found.fault for found in verify_chain()] == ["does not give the reason published last"]


def test_a_document_left_over_after_a_withdrawal_is_found(unguarded):
    published = publish(source())
    document = published.document
    withdraw_entry(published, reason="safety", at=LATER)
    sql("UPDATE record_revision SET document = %s WHERE sequence = 1", document)
    assert "has been withdrawn and a revision still holds a document" in [
        found.fault for found in verify_chain()
    ]


def test_a_live_document_that_mentions_something_withdrawn_is_found():
    incident = publish_incident()
    cited = incident.content()["sources"][0]["reference"]
    withdraw_entry(entry_of(cited), reason="safety", at=LATER)
    assert [str(found) for found in verify_chain()] == [
        f"revision {incident.sequence}, {incident.reference}: "
        f"its document mentions {cited}, which has been withdrawn"
    ]


def test_redaction_empties_earlier_documents_and_their_notes():
    published = rewrite(publish(source()), title="Without the name", note="A name was removed.")
    rewrite(published, title="Shorter", note="Shortened.")
    assert redact([published.reference]) == 2
    assert list(Revision.objects.in_order().values_list("document", "note")) == [
        (None, ""),
        (None, ""),
        (entry_of(published.reference).document, "Shortened."),
    ]
    assert verify_chain() == []


def test_redaction_reaches_earlier_documents_that_mention_the_object():
    incident = publish_incident()
    cited = incident.content()["sources"][0]["reference"]
    rewrite(incident, sources=[], citations=[])
    redact([cited])
    first = Revision.objects.get(reference=incident.reference, version=1)
    assert first.document is None
    assert Revision.objects.get(reference=cited).document is not None  # it is live


def test_a_reference_is_not_mentioned_by_a_longer_one():
    rewrite(publish(source(title="See SRC-2026-10000.")), title="Other")
    assert redact(["SRC-2026-1000"]) == 0
    assert redact(["SRC-2026-10000"]) == 1


def test_references_are_counted_by_kind_and_year():
    assert allocate_references(Kind.INCIDENT, 2025, 3) == [
        "INC-2025-0001",
        "INC-2025-0002",
        "INC-2025-0003",
    ]
    assert allocate_reference(Kind.INCIDENT, 2025) == "INC-2025-0004"
    assert allocate_reference(Kind.INCIDENT, 2026) == "INC-2026-0001"
    assert allocate_reference(Kind.VICTIM, 2025) == "VIC-2025-0001"


def test_the_number_after_9999_has_five_digits():
    ReferenceCounter.objects.create(kind="incident", year=2025, last=9999)
    assert allocate_reference(Kind.INCIDENT, 2025) == "INC-2025-10000"


def test_times_are_published_in_whole_seconds_of_utc():
    at = datetime.fromisoformat("2026-03-01T05:30:15.987654+05:00")
    assert timestamp(at) == "2026-03-01T00:30:15Z"


def test_a_time_without_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        timestamp(datetime(2026, 3, 1))


def test_the_command_prints_the_count_and_the_last_hash():
    publish(source())
    out = StringIO()
    call_command("verify_record", stdout=out)
    assert out.getvalue() == f"1 revisions, no fault. Last hash: {Revision.objects.get().hash}\n"


def test_the_command_fails_and_names_every_fault(unguarded):
    publish(source(), agency())
    sql("UPDATE record_revision SET note = 'forged'")
    errors = StringIO()
    with pytest.raises(CommandError, match="2 faults found") as failure:
        call_command("verify_record", stderr=errors)
    assert failure.value.returncode == 1
    assert errors.getvalue().count("its note is not the one that was published") == 2


@pytest.mark.django_db(transaction=True)
def test_the_order_of_numbers_is_the_order_of_commits():
    """A publisher that began first and is slow must not commit a number below a visible one."""
    holds_lock, may_commit = threading.Event(), threading.Event()
    seen_by_second = []

    def append(number):
        append_revision(Kind.SOURCE, f"SRC-2026-{number:04}", 1, Action.CREATED, "{}", at=NOW)

    def slow():
        with publishing_lock():
            holds_lock.set()
            may_commit.wait(5)
            append(1)
        connection.close()

    def quick():
        holds_lock.wait(5)
        threading.Timer(0.3, may_commit.set).start()
        with publishing_lock():
            seen_by_second.extend(Revision.objects.values_list("reference", flat=True))
            append(2)
        connection.close()

    threads = [threading.Thread(target=work) for work in (slow, quick)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert seen_by_second == ["SRC-2026-0001"]
    assert list(Revision.objects.in_order().values_list("sequence", "reference")) == [
        (1, "SRC-2026-0001"),
        (2, "SRC-2026-0002"),
    ]
