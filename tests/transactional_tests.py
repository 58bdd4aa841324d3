"""Tests that commit leave the database as they found it, without emptying every table.

Django ends such a test by truncating all tables and making content types and permissions anew.
With more than two hundred tables that takes longer than nearly all of these tests, and so does
loading the reference data again for the next. Here rows are deleted where there are some, and a
table that had rows before the first test is filled again only when they are not the same now.
"""

import io
from dataclasses import dataclass

from django.apps import apps
from django.db import connection, transaction
from django.db.models.signals import post_migrate
from django.test import TransactionTestCase


@dataclass(frozen=True)
class Kept:
    """What stood in a table before the first test."""

    digest: str
    rows: str


_kept: dict[str, Kept] = {}


def keep_what_is_there():
    """Let tests that commit end, from now on, with the database as it is at this moment."""
    with connection.cursor() as cursor:
        for table in _tables_with_rows(cursor):
            _kept[table] = Kept(_digest(table, cursor), _copy(table, cursor))
    TransactionTestCase._fixture_teardown = lambda test: leave_as_found()


def leave_as_found():
    """Take back what was committed since ``keep_what_is_there``."""
    with transaction.atomic(), connection.cursor() as cursor:
        _mend(_changed(cursor), cursor)
    _forget_what_is_remembered()


def _changed(cursor):
    filled = _tables_with_rows(cursor)
    kept = filled & _kept.keys()
    same = {table for table in kept if _digest(table, cursor) == _kept[table].digest}
    return (filled | _kept.keys()) - same


def _mend(tables, cursor):
    # Append-only tables refuse, and histories would write down each row that goes.
    for table in tables:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    for table in tables:
        cursor.execute(f"DELETE FROM {table}")
    for table in tables & _kept.keys():
        cursor.copy_expert(f"COPY {table} FROM STDIN", io.StringIO(_kept[table].rows))
    # References are looked at now: no table is altered that has rows still to be looked at.
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for table in tables:
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def _tables_with_rows(cursor):
    names = connection.introspection.django_table_names(only_existing=True, include_views=False)
    cursor.execute(
        " UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT FROM {name})" for name in names)
    )
    return {name for (name,) in cursor.fetchall()}


def _digest(table, cursor):
    cursor.execute(f"SELECT md5(string_agg(row::text, '' ORDER BY row::text)) FROM {table} AS row")
    return cursor.fetchone()[0]


def _copy(table, cursor):
    rows = io.StringIO()
    cursor.copy_expert(f"COPY {table} TO STDOUT", rows)
    return rows.getvalue()


def _forget_what_is_remembered():
    """What processes hold in memory of the tables, they forget after a migration."""
    no_models = apps.get_app_config("messages")
    post_migrate.send(
        no_models, app_config=no_models, verbosity=0, interactive=False, using="default", apps=apps
    )
