"""A database for measuring, beside the real one and never the real one.

Prepared once a run and copied for each measurement, so that none inherits what another left.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from io import StringIO
from typing import Any

from config.database import ROLES
from config.embedded.places import PROJECT

FOLDER = PROJECT / "var" / "bench" / "scratch"
_PREPARED = "gawah_prepared"


def choose() -> None:
    """Let the settings, here and in child processes, name the scratch server. Call it first."""
    os.environ.pop("DATABASE_URL", None)
    os.environ["GAWAH_STATE"] = str(FOLDER)
    os.environ["GAWAH_FILES"] = str(FOLDER / "files")


@contextmanager
def prepared_server() -> Iterator[None]:
    """The scratch server with a prepared database to copy; all is removed at the end."""
    from config.startup import prepare_environment, use_database

    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    prepare_environment("owner")
    use = use_database()
    try:
        _prepare()
        yield
    finally:
        if use is not None:
            use.leave()
        shutil.rmtree(FOLDER, ignore_errors=True)


def fresh_copy() -> None:
    """Put the database back as it was when it had been prepared."""
    from django.db import connection

    name = connection.settings_dict["NAME"]
    connection.close()
    with _outside() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{name}" OWNER "{ROLES["owner"]}" TEMPLATE "{_PREPARED}"')


def _prepare() -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    for command in (("migrate",), ("grant_roles",), ("load_reference",)):
        call_command(*command, stdout=StringIO(), verbosity=0)
    name = connection.settings_dict["NAME"]
    connection.close()
    with _outside() as cursor:
        cursor.execute(f'ALTER DATABASE "{name}" RENAME TO "{_PREPARED}"')
    fresh_copy()
    # What is measured has the rights of the application, not those of the owner.
    os.environ["GAWAH_DATABASE_ROLE"] = "app"


@contextmanager
def _outside() -> Iterator[Any]:
    """A cursor on the server, outside of the scratch database and of any transaction."""
    import psycopg2

    from config.embedded.creation import SUPERUSER
    from config.embedded.places import cluster

    host = str(cluster().socket)
    with closing(psycopg2.connect(host=host, user=SUPERUSER, dbname="postgres")) as server:
        server.autocommit = True
        with server.cursor() as cursor:
            yield cursor
