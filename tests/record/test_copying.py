"""Long answers copied out of the database: whole and in order, and given up in time."""

import time

import psycopg2
import pytest
from django.db import DatabaseError, InterfaceError, OperationalError, connection, transaction
from psycopg2.errors import QueryCanceled

from record import copying
from record.copying import copied

pytestmark = pytest.mark.django_db

LONG = 'SELECT repeat(number::text, 1000) COLLATE "C", %s FROM generate_series(1, 5000) AS number'


def one():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone()


def test_every_row_comes_once_and_in_order():
    rows = [row for batch in copied(f"{LONG} ORDER BY number", [None]) for row in batch]
    assert [row[6:-4] for row in rows] == [str(number).encode() * 1000 for number in range(1, 5001)]
    assert all(row.endswith(copying.NULL) for row in rows)


def test_an_answer_without_rows_is_no_batch():
    assert list(copied("SELECT 'a' WHERE %s", [False])) == []


def test_texts_come_as_they_are():
    text = "\\N\\.\t\r\n\"'%\x1c\u2028بلوچ"
    ((row,),) = copied("SELECT %s, NULL", [text])
    assert row[6:-4].decode() == text


def test_a_reader_who_goes_away_leaves_a_connection_that_can_be_used():
    batches = copied(LONG, [None])
    next(batches)
    batches.close()
    assert one() == (1,)


def test_what_takes_too_long_is_ended(settings):
    settings.GAWAH_API_SECONDS = 0.01
    with pytest.raises(OperationalError) as raised, transaction.atomic():
        list(copied("SELECT pg_sleep(%s)::text", [60]))
    assert isinstance(raised.value.__cause__, QueryCanceled)
    assert one() == (1,)


def test_a_query_that_fails_says_so():
    with pytest.raises(DatabaseError, match="division by zero"), transaction.atomic():
        list(copied("SELECT (1 / %s)::text", [0]))
    assert one() == (1,)


def test_what_is_too_late_is_never_taken_for_the_end(monkeypatch):
    monkeypatch.setattr(copying, "_PATIENCE", 0)
    # The writer may already be at its end when it is told to stop.
    monkeypatch.setattr(copying._Pipe, "give_up", lambda pipe: None)
    with pytest.raises(OperationalError), transaction.atomic():
        list(copied("SELECT pg_sleep(%s)::text", [0.2]))
    assert one() == (1,)


def test_nothing_that_comes_in_time_is_not_the_same_as_the_end():
    pipe = copying._Pipe()
    assert pipe.take(0) is None
    pipe.end()
    assert pipe.take(0) == []


def limit():
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        return cursor.fetchone()[0]


def test_a_long_answer_is_bounded_by_hours_and_what_comes_after_it_as_before():
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = '7s'")
    ((row,),) = copied("SELECT current_setting('statement_timeout'), %s", [None])
    assert row[6:-4] == b"12h"
    assert limit() == "7s"


class Deaf:
    """A connection over which nothing can be stopped."""

    def __init__(self, database):
        self._database = database

    def __getattr__(self, name):
        return getattr(self._database, name)

    def cancel(self):
        raise psycopg2.InterfaceError


def test_where_a_query_cannot_be_stopped_the_reader_who_goes_away_is_not_kept(monkeypatch):
    monkeypatch.setattr(copying, "IDLE_SECONDS", 5)
    with monkeypatch.context() as patch:
        patch.setattr(connection, "connection", Deaf(connection.connection))
        batches = copied(LONG, [None])
        next(batches)
        with pytest.raises(InterfaceError):
            batches.close()
    assert one() == (1,)


@pytest.mark.django_db(transaction=True)
def test_a_reader_who_takes_nothing_for_long_keeps_no_old_rows(monkeypatch):
    monkeypatch.setattr(copying, "IDLE_SECONDS", 0.01)
    batches = copied(LONG, [None])
    next(batches)
    until = time.monotonic() + 20
    while not connection.connection.closed and time.monotonic() < until:
        time.sleep(0.01)
    with pytest.raises(OperationalError):
        list(batches)
    connection.close()
    assert one() == (1,)
