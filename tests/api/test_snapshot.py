"""One state of the data an answer, read-only, and an end to questions that take too long."""

import threading

import pytest
from django.db import connection, connections
from django.db.utils import InternalError
from django.test.utils import CaptureQueriesContext

from record.models import Revision
from record.snapshots import bounded, snapshot
from tests.api.shapes import assert_problem
from tests.record.factories import publish_incident

pytestmark = pytest.mark.django_db(transaction=True)


def elsewhere(work):
    """Do something over another connection and wait until it is done."""

    def run():
        try:
            work()
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()


def test_what_is_published_meanwhile_is_not_seen():
    publish_incident()
    with snapshot():
        before = Revision.objects.count()
        elsewhere(publish_incident)
        assert Revision.objects.count() == before
    assert Revision.objects.count() > before


def test_nothing_can_be_written_while_answering():
    with pytest.raises(InternalError, match="read-only"), snapshot():
        publish_incident()


def test_the_limit_of_time_ends_with_the_answer():
    def limit():
        with connection.cursor() as cursor:
            cursor.execute("SHOW statement_timeout")
            return cursor.fetchone()[0]

    before = limit()
    with snapshot():
        assert limit() == "10s"
    assert limit() == before


def test_a_list_is_answered_inside_a_snapshot(client):
    client.get("/api/v1/incidents/")  # whatever is kept from then on
    with CaptureQueriesContext(connection) as queries:
        client.get("/api/v1/incidents/")
    statements = [query["sql"] for query in queries]
    # Behind the count of the request, which writes.
    assert any("REPEATABLE READ, READ ONLY" in statement for statement in statements[1:3])


@pytest.mark.parametrize(
    "address",
    [
        *("incidents/", "violations/?type=liberty", "statistics/?group_by=year"),
        "incidents/?q=home",
    ],
)
def test_a_question_that_takes_too_long_is_given_up(client, settings, address):
    settings.GAWAH_API_SECONDS = 0.2
    publish_incident()
    locked, answered = threading.Event(), threading.Event()

    def hold_the_table():
        with connection.cursor() as cursor:
            tables = "record_fact, record_incidentkey, record_incidenttext, record_tally"
            cursor.execute(f"BEGIN; LOCK TABLE {tables}")
            locked.set()
            answered.wait(20)
            cursor.execute("ROLLBACK")
        connections.close_all()

    holder = threading.Thread(target=hold_the_table)
    holder.start()
    try:
        assert locked.wait(20)
        answer = client.get(f"/api/v1/{address}")
    finally:
        answered.set()
        holder.join()
    assert_problem(answer, 503, "too-slow")
    assert int(answer["Retry-After"]) > 0
    assert client.get(f"/api/v1/{address}").status_code == 200


def test_a_database_that_went_away_is_a_problem_too(client):
    publish_incident()

    def end_all_other_sessions():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                " AND backend_type = 'client backend'"
            )

    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    elsewhere(end_all_other_sessions)
    with CaptureQueriesContext(connection):
        answer = client.get("/api/v1/incidents/")
    assert_problem(answer, 503, "unavailable")
    assert answer["Retry-After"]


def test_a_snapshot_is_not_kept_for_ever_for_a_reader_who_takes_nothing():
    with snapshot(), connection.cursor() as cursor:
        cursor.execute("SHOW idle_in_transaction_session_timeout")
        assert cursor.fetchone()[0] == "1min"


def test_a_look_up_is_bounded_by_its_connection_or_else_by_itself(settings):
    settings.GAWAH_API_SECONDS = 3
    with CaptureQueriesContext(connection) as queries, bounded():
        assert "statement_timeout = 3000" in queries[-1]["sql"]
    options = connection.settings_dict["OPTIONS"]
    connection.close()
    connection.settings_dict["OPTIONS"] = {**options, "options": "-c statement_timeout=20s"}
    try:
        with CaptureQueriesContext(connection) as queries, bounded(), connection.cursor() as cursor:
            cursor.execute("SHOW statement_timeout")
            assert cursor.fetchone() == ("20s",)
        assert len(queries) == 1
    finally:
        connection.close()
        connection.settings_dict["OPTIONS"] = options
