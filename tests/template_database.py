"""A migrated database to copy, because migrating takes far longer than copying.

Made once for each state of the migrations and then copied for every process of every run. The
migrations themselves run in full whenever one of them, or a pinned package, changes.
"""

import hashlib
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg2
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from psycopg2 import sql

from config.embedded.places import PROJECT


def use_template():
    """Make the template unless it is there, and let Django copy it for its test database."""
    name = f"{settings.TEST_DATABASE}_template_{_state_of_migrations()}"
    with server() as cursor:
        # Of several processes the first makes it; the others wait here.
        cursor.execute("SELECT pg_advisory_lock(hashtext(%s))", [settings.TEST_DATABASE])
        if name not in _databases(cursor):
            _make(cursor, name)
    connection.settings_dict["TEST"]["TEMPLATE"] = name


def _make(cursor, name):
    draft = f"{settings.TEST_DATABASE}_template_draft"
    for old in _databases(cursor):
        cursor.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(old)))
    cursor.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(draft)))
    ordinary = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = draft
    try:
        call_command("migrate", interactive=False, verbosity=0)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = ordinary
    # Only a finished one gets the name that others look for.
    cursor.execute(
        sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
            sql.Identifier(draft), sql.Identifier(name)
        )
    )


def _state_of_migrations():
    digest = hashlib.sha256((PROJECT / "requirements.txt").read_bytes())
    for app in apps.get_app_configs():
        if Path(app.path).parent == PROJECT:
            for path in sorted(Path(app.path, "migrations").glob("*.py")):
                digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _databases(cursor):
    cursor.execute(
        "SELECT datname FROM pg_database WHERE starts_with(datname, %s)",
        [f"{settings.TEST_DATABASE}_template_"],
    )
    return [name for (name,) in cursor.fetchall()]


@contextmanager
def server():
    """A cursor outside of any of our databases and of any transaction."""
    to = connection.get_connection_params() | {"dbname": "postgres"}
    for ours in ("cursor_factory", "context"):
        to.pop(ours, None)
    with closing(psycopg2.connect(**to)) as server:
        server.autocommit = True
        with server.cursor() as cursor:
            yield cursor
