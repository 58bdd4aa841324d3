"""Pytest plugin: the vocabularies and areas that ship with the program, in the test database.

Loaded once when the database is created, and committed, so that they cost a test nothing. The
tests of the reference data itself (``tests/reference``) begin with empty tables, inside their own
transaction. Tests that commit get it back in the end (``tests/transactional_tests.py``).
"""

import io
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from reference import vocabularies
from reference.models import Area, AreaName, Term
from tests.transactional_tests import keep_what_is_there

TABLES = (Term, Area, AreaName, Area.predecessors.through)
"""In the order in which rows can be written."""

_REFERENCE_TESTS = Path(__file__).parent / "reference"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The test database with the reference data in it."""
    with django_db_blocker.unblock():
        call_command("load_reference", stdout=io.StringIO())
        if not Area.objects.exists():
            call_command("load_areas", stdout=io.StringIO())
        keep_what_is_there()
    # Tests that commit send the signal of a migration; the triggers are all there by now.
    settings.PGTRIGGER_INSTALL_ON_MIGRATE = False


@pytest.fixture(autouse=True)
def reference_data(request):
    """Vocabularies and areas, wherever a test uses the database."""
    if not _uses_database(request):
        yield
        return
    transactional = _is_transactional(request)
    request.getfixturevalue("transactional_db" if transactional else "db")
    if not request.path.is_relative_to(_REFERENCE_TESTS):
        yield
        return
    _empty(for_good=transactional)
    # What this process holds in memory; not a change of the test's.
    vocabularies._kept.forget_shared()
    yield
    vocabularies._kept.forget_shared()


def _uses_database(request):
    fixtures = {"db", "transactional_db", "live_server", "django_db_reset_sequences"}
    return request.node.get_closest_marker("django_db") or fixtures & set(request.fixturenames)


def _is_transactional(request):
    marker = request.node.get_closest_marker("django_db")
    if marker and marker.kwargs.get("transaction"):
        return True
    return bool({"transactional_db", "live_server"} & set(request.fixturenames))


def _empty(*, for_good):
    """Delete the reference data; unless ``for_good``, until the test is rolled back.

    Each of a thousand rows would be looked for in each table that points to it, which takes a
    second; without these constraints, for the length of the test, a twentieth.
    """
    with connection.cursor() as cursor:
        if not for_good:
            cursor.execute(
                """
                SELECT conrelid::regclass, quote_ident(conname) FROM pg_constraint
                WHERE contype = 'f' AND conrelid::regclass::text ~ '^(record|incidents)_'
                    AND confrelid = ANY(%s::regclass[])
                """,
                [[model._meta.db_table for model in TABLES]],
            )
            for table, constraint in cursor.fetchall():
                cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {constraint}")
        for model in reversed(TABLES):
            cursor.execute(f"DELETE FROM {model._meta.db_table}")
