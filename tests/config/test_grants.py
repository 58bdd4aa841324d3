"""What each role can do, tried on the tables as they are."""

import io

import pytest
from django.core.management import call_command
from django.db import connection

from config.grants import APP, READER, event_tables, grants
from incidents import publishing
from record.models import Revision
from tests.incidents import factories as make

pytestmark = pytest.mark.django_db(transaction=True)

EVENTS = "incidents_incidentevent"


def may(right, table, to):
    """Whether the role ``to`` has the right, on the table or on any column of it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege(%s, %s, %s)", [to, table, right])
        return cursor.fetchone()[0]


def tables(prefix=""):
    return [name for name in connection.introspection.table_names() if name.startswith(prefix)]


@pytest.fixture(autouse=True)
def granted(roles):
    call_command("grant_roles", verbosity=0)


def test_history_is_found_by_its_kind():
    assert EVENTS in event_tables()
    assert "incidents_incident" not in event_tables()


@pytest.mark.parametrize("right", ["SELECT", "INSERT", "UPDATE", "DELETE"])
def test_the_application_works_with_ordinary_tables(right):
    assert may(right, "incidents_incident", APP)


@pytest.mark.parametrize(
    ("right", "allowed"),
    [("SELECT", True), ("INSERT", True), ("UPDATE", False), ("DELETE", False), ("TRUNCATE", False)],
)
@pytest.mark.parametrize("table", [EVENTS, "record_revision"])
def test_the_application_only_adds_to_history_and_revisions(right, allowed, table):
    assert may(right, table, APP) is allowed


def test_the_application_files_words_and_readers_do_not():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT has_function_privilege(role, 'record_file_words()', 'EXECUTE')"
            " FROM unnest(%s) AS role",
            [[APP, READER]],
        )
        assert [allowed for (allowed,) in cursor.fetchall()] == [True, False]


def test_every_history_table_is_append_only_to_the_application():
    rights = [(right, each) for each in event_tables() for right in ("UPDATE", "DELETE")]
    assert [each for each in rights if may(*each, APP)] == []


def test_the_application_may_empty_the_texts_of_a_revision_and_nothing_else():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attname FROM pg_attribute WHERE attrelid = 'record_revision'::regclass"
            " AND attnum > 0 AND has_column_privilege(%s, attrelid, attnum, 'UPDATE')",
            [APP],
        )
        assert cursor.fetchall() == [("document",), ("note",), ("salt",)]


def test_the_application_truncates_nothing_and_owns_nothing():
    assert [name for name in tables() if may("TRUNCATE", name, APP)] == []


def test_the_reader_reads_the_record_the_reference_data_and_nothing_else():
    readable = {name for name in tables() if may("SELECT", name, READER)}
    assert readable == {
        *tables("record_"),
        *tables("reference_"),
        "django_migrations",
        "api_accesstoken",
    }


def test_the_reader_writes_nothing():
    rights = ("INSERT", "UPDATE", "DELETE", "TRUNCATE")
    assert [name for name in tables() for right in rights if may(right, name, READER)] == []


def test_the_reader_is_refused_by_the_server(role):
    with role("reader"), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM record_revision")
        with pytest.raises(Exception, match="permission denied for table incidents_person"):
            cursor.execute("SELECT count(*) FROM incidents_person")


def test_a_row_saved_by_the_application_leaves_its_history(role, django_user_model):
    with role("app"):
        django_user_model.objects.create_user("ann")
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM incidents_staffmemberevent")
            assert cursor.fetchone()[0] == 1


def test_the_application_publishes_and_withdraws(role):
    with role("app"):
        case = make.incident()
        make.violation(case)
        entry = make.publish(case)
        publishing.withdraw(case, by=make.publisher(), reason="error")
        assert Revision.objects.filter(reference=entry.reference).first().document is None


def test_a_right_given_in_another_way_is_taken_back():
    with connection.cursor() as cursor:
        cursor.execute("GRANT SELECT ON incidents_person TO gawah_reader")
    call_command("grant_roles", verbosity=0)
    assert not may("SELECT", "incidents_person", READER)


def test_before_postgresql_17_there_is_no_right_to_vacuum():
    rights = {
        version: grants(["incidents_incident"], [], version) for version in (160_000, 170_000)
    }
    assert "MAINTAIN" not in rights[160_000][0].rights
    assert "MAINTAIN" in rights[170_000][0].rights


def test_a_server_without_the_roles_is_left_as_it_is(monkeypatch):
    monkeypatch.setattr("config.grants.APP", "gawah_app_that_is_not_there")
    out = io.StringIO()
    call_command("grant_roles", stdout=out)
    assert "gawah_app_that_is_not_there: nothing was changed" in out.getvalue()
