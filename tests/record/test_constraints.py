"""What the database refuses by itself, tried with raw SQL."""

import pytest
from django.db import IntegrityError, connection, transaction

from record.models import Fact, Revision
from record.writing import withdraw_entry
from tests.record.factories import LATER, publish, publish_incident, rewrite, source

pytestmark = pytest.mark.django_db

DOCUMENT_TABLES = (
    "record_incidententry",
    "record_victimentry",
    "record_violationentry",
    "record_agencyentry",
    "record_legalactionentry",
    "record_sourceentry",
    "record_revision",
)


def sql(statement, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall() if cursor.description else cursor.rowcount


def refuses(statement, *parameters):
    """Whether the database refuses a statement on grounds of integrity."""
    try:
        with transaction.atomic():
            sql(statement, *parameters)
    except IntegrityError:
        return True
    return False


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM record_revision",
        "UPDATE record_revision SET sequence = sequence + 1",
        "UPDATE record_revision SET reference = 'SRC-2026-0099'",
        "UPDATE record_revision SET version = 9",
        "UPDATE record_revision SET document = '{}'",
        "UPDATE record_revision SET document = ''",
        "UPDATE record_revision SET note = ''",
        "UPDATE record_revision SET note = 'other'",
        "UPDATE record_revision SET hash = repeat('b', 64)",
        "UPDATE record_revision SET published_at = now()",
        "UPDATE record_revision SET document = NULL, note = 'other'",
        "UPDATE record_revision SET document = NULL, note = ''",
        "UPDATE record_revision SET document = NULL, note = '', version = 9",
        "UPDATE record_revision SET note = note",
    ],
)
def test_a_revision_cannot_be_changed_or_deleted(statement):
    rewrite(publish(source()), title="Other", note="A note.")
    assert refuses(statement)


def test_revisions_cannot_be_truncated():
    # Off in test databases, where tests that commit have to clean up.
    sql("ALTER TABLE record_revision ENABLE TRIGGER revision_no_truncate")
    publish(source())
    assert refuses("TRUNCATE record_revision")


def test_document_note_and_salt_of_a_revision_can_be_emptied_together():
    rewritten = rewrite(publish(source()), title="Other", note="A note.")
    emptied = "UPDATE record_revision SET document = NULL, note = '', salt = '' WHERE sequence = %s"
    assert sql(emptied, rewritten.sequence) == 1
    revision = Revision.objects.get(sequence=rewritten.sequence)
    assert (revision.document, revision.note, revision.salt) == (None, "", "")


def test_a_document_once_emptied_cannot_be_filled_again():
    published = publish(source())
    document = published.document
    withdraw_entry(published, reason="safety", at=LATER)
    assert refuses("UPDATE record_revision SET document = %s WHERE sequence = 1", document)


@pytest.mark.parametrize(
    "columns",
    [
        "version = 0",
        "kind = 'rumour'",
        "action = 'forgotten'",
        "reason = 'safety'",
        "merged_into = 'SRC-2026-0002'",
        "document_sha256 = ''",
        "action = 'withdrawn'",
        "action = 'withdrawn', document = NULL, document_sha256 = ''",
        "action = 'merged', document = NULL, document_sha256 = ''",
        "sequence = 0",
    ],
)
def test_a_revision_is_whole_or_refused(columns):
    publish(source())
    sql("ALTER TABLE record_revision DISABLE TRIGGER revision_append_only")
    assert refuses(f"UPDATE record_revision SET {columns}")


@pytest.mark.parametrize(
    "columns",
    [
        "sequence = 1",
        "version = 1",
        "hash = (SELECT hash FROM record_revision WHERE sequence = 1)",
    ],
)
def test_revisions_share_no_number_hash_or_version(columns):
    rewrite(publish(source()), title="Other")
    sql("ALTER TABLE record_revision DISABLE TRIGGER revision_append_only")
    assert refuses(f"UPDATE record_revision SET {columns} WHERE sequence = 2")


@pytest.mark.parametrize(
    "columns",
    [
        "document = ''",
        "state = 'hidden'",
        "withdrawal_reason = 'safety'",
        "merged_into_id = id",
        "state = 'withdrawn'",
        "state = 'withdrawn', document = '', content_sha256 = ''",
        "state = 'withdrawn', document = '', withdrawal_reason = 'safety'",
        "state = 'withdrawn', content_sha256 = '', withdrawal_reason = 'safety'",
        "state = 'merged', document = '', content_sha256 = ''",
        "version = 0",
    ],
)
def test_an_entry_is_live_or_ended_whole(columns):
    publish(source())
    assert refuses(f"UPDATE record_sourceentry SET {columns}")


def test_two_entries_share_no_reference():
    publish(source(), source())
    assert refuses("UPDATE record_sourceentry SET reference = 'SRC-2026-0001'")


@pytest.mark.parametrize(
    "columns",
    [
        "start_earliest = '2023-10-30', start_latest = '2023-10-29'",
        "end_earliest = '2023-10-30', end_latest = '2023-10-29'",
        "type_1_id = NULL",
        "grade_id = NULL",
        "violation_id = NULL",
        "areas = '{}'",
        "area_basis = 'guessed'",
        "incident_kind_id = NULL",
    ],
)
def test_a_fact_is_whole_or_refused(columns):
    publish_incident()
    assert refuses(f"UPDATE record_fact SET {columns}")


@pytest.mark.parametrize(
    "columns",
    [
        "start_earliest = NULL",
        "start_latest = NULL",
        "start_earliest = start_latest",
        "areas = '{}', area_basis = ''",
        "area_basis = ''",
        "victim_id = NULL",
    ],
)
def test_a_fact_may_be_open_or_unknown(columns):
    publish_incident()
    assert not refuses(f"UPDATE record_fact SET {columns}")


def test_an_incident_without_violation_has_one_fact():
    publish_incident(violations=[])
    assert refuses(
        """
        INSERT INTO record_fact (incident_id, incident_kind_id, areas, area_basis, open_ended,
            statuses, occupations, agencies, agency_types, attributions, contested, legal_actions,
            legal_types, sources, source_types, changed)
        SELECT incident_id, incident_kind_id, areas, area_basis, open_ended, statuses, occupations,
            agencies, agency_types, attributions, contested, legal_actions, legal_types, sources,
            source_types, changed FROM record_fact
        """
    )
    assert Fact.objects.count() == 1


@pytest.mark.parametrize("table", DOCUMENT_TABLES)
def test_documents_stay_in_their_rows(table):
    [(storage, compression)] = sql(
        "SELECT attstorage, attcompression FROM pg_attribute"
        " WHERE attrelid = %s::regclass AND attname = 'document'",
        table,
    )
    [(offered,)] = sql("SELECT enumvals FROM pg_settings WHERE name = 'default_toast_compression'")
    assert storage == "m"
    assert compression == ("l" if "lz4" in offered else "")
