"""The server writes one chunk while the next is drafted; what it refuses is told all the same."""

import pytest
from django.db import IntegrityError, connection, transaction

from incidents.importing import bringing
from incidents.importing.copying import Copies
from incidents.importing.reporting import ProblemLog
from incidents.importing.running import run
from incidents.models import Person, PersonName
from tests.incidents import factories as make
from tests.incidents.importing import lists

pytestmark = pytest.mark.django_db


def ask(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else []


@pytest.fixture
def numbers():
    """A table that takes each number once."""
    ask("CREATE TEMPORARY TABLE number (value integer UNIQUE) ON COMMIT DROP")


def test_a_statement_sees_the_lines_that_were_on_their_way(numbers):
    copies = Copies()
    with copies.beside(copies.wait):
        copies.copy("number", ["value"], (f"{value}\n" for value in range(50_000)))
        assert ask("SELECT count(*) FROM number") == [(50_000,)]


def test_what_the_database_refuses_comes_with_the_next_statement(numbers):
    copies = Copies()
    with transaction.atomic(), copies.beside(copies.wait):
        copies.copy("number", ["value"], ["1\n", "1\n"])
        copies.copy("number", ["value"], ["2\n"])
        with pytest.raises(IntegrityError) as refused:
            ask("SELECT 1")
        transaction.set_rollback(True)
    assert refused.value.__cause__.diag.constraint_name == "number_value_key"


def copy_and_fail():
    copies = Copies()
    with transaction.atomic(), copies.beside(copies.wait):
        copies.copy("number", ["value"], (f"{value}\n" for value in range(50_000)))
        raise ZeroDivisionError


def test_an_error_of_ours_leaves_no_line_on_its_way(numbers):
    with pytest.raises(ZeroDivisionError):
        copy_and_fail()
    assert ask("SELECT count(*) FROM number") == [(0,)]


@pytest.mark.parametrize("rows_at_once", [1, 500])
def test_of_several_chunks_only_the_case_that_is_refused_stays_out(monkeypatch, rows_at_once):
    monkeypatch.setattr(bringing, "_ROWS_AT_ONCE", rows_at_once)
    name = PersonName._meta.db_table
    ask(f"ALTER TABLE {name} ADD CONSTRAINT nobody CHECK (given <> 'Karim')")
    clerk, problems = make.staff(), ProblemLog()
    rows = [*lists.ROWS, ("4", "C", "Naseer", "Bugti", "", "2021", "Killed", "Police", "7", "")]
    batch = lists.received(clerk, rows, good_rows_only=True)
    figures = run(batch, by=clerk, problems=problems)
    assert (figures.cases_new, figures.cases_refused, figures.rows_refused) == (2, 1, 2)
    assert [(each.code, each.row) for each in problems] == [("not-storable", 2)]
    assert set(Person.objects.values_list("names__given", flat=True)) == {"Zahid", "Naseer"}
