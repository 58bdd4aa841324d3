"""The site as people run it, for one browser: application server, collected files, own database.

The database is a copy of the migrated template with contents of its own, committed, because the
server is another process. Nothing of the tests' own connection or of Django's test client takes
part: what the browser sees has come through the server.
"""

import socket
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import override_settings
from psycopg2 import sql

from config.database import ROLES
from config.serving import HOST, application_server
from config.settings import base
from tests.browser.contents import Contents, publish_contents
from tests.browser.desk import Desk, lay_out
from tests.template_database import server

ELSEWHERE = "https://weather.example/"
"""Where somebody who leaves quickly is led."""


@dataclass(frozen=True)
class Site:
    """A running site: its ``address`` without a slash at the end, what it holds, and the folder
    of its state, in which the static files are."""

    address: str
    contents: Contents
    desk: Desk
    database: str
    folder: str

    @contextmanager
    def without_database(self):
        """For the block, the database cannot be reached."""
        with server() as cursor:
            name = sql.Identifier(self.database)
            cursor.execute(sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS false").format(name))
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = %s AND backend_type = 'client backend'",
                [self.database],
            )
            yield
            cursor.execute(sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS true").format(name))


@contextmanager
def running_site():
    """The site with its contents, from an empty state to nothing left."""
    name = f"{settings.TEST_DATABASE}_browser"
    with state() as folder, database(name):
        contents, desk = filled(name, folder, lambda: (publish_contents(), lay_out()))
        collect(folder)
        with served(name, folder) as address:
            yield Site(address, contents, desk, name, folder)


def state():
    """A folder for all that a server writes, for the block."""
    return tempfile.TemporaryDirectory(prefix="gawah-browser-", ignore_cleanup_errors=True)


@contextmanager
def served(name, folder, role="", **more):
    """The address of a server on a database for the block.

    ``role`` is the short name of the one under which it connects. Where the server of the tests is
    not the embedded one, everything stays under the account that the tests were given.
    """
    with pytest.MonkeyPatch.context() as environment:
        for variable, value in {**environment_of(name, folder, role), **more}.items():
            environment.setenv(variable, value)
        port = free_port()
        with application_server(port, []):
            yield f"http://{HOST}:{port}"


@contextmanager
def database(name):
    """A copy of the migrated template for the block."""
    template = connection.settings_dict["TEST"]["TEMPLATE"]
    drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
    with server() as cursor:
        cursor.execute(drop)
        cursor.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                sql.Identifier(name), sql.Identifier(template)
            )
        )
    yield
    with server() as cursor:
        cursor.execute(drop)


def filled(name, folder, fill):
    """What ``fill`` returns when it has written into a database and a folder for files."""
    ordinary = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        storages = {**settings.STORAGES, "default": base.STORAGES["default"]}
        with override_settings(MEDIA_ROOT=Path(folder, "files"), STORAGES=storages):
            return fill()
    finally:
        connection.close()
        connection.settings_dict["NAME"] = ordinary


def environment_of(name, folder, role=""):
    given = connection.settings_dict
    if role and settings.EMBEDDED_CLUSTER is not None:
        given = {**given, "USER": ROLES[role]}
    return {
        "DJANGO_SETTINGS_MODULE": "config.settings.development",
        "DATABASE_URL": url_of(given, name),
        "GAWAH_STATE": folder,
        # Ours, so that a session begun here counts there.
        "GAWAH_SECRET_KEY": settings.SECRET_KEY,
        "GAWAH_CONTACT": "corrections@example.org",
        "GAWAH_LEAVE": ELSEWHERE,
        "GAWAH_API_REQUESTS": "100000",
        # A browser keeps its lines open, and nobody is left to wait for.
        "GUNICORN_CMD_ARGS": "--graceful-timeout 1",
    }


def url_of(given, name):
    """The address of a database on the server of these settings."""
    user, password = (quote(given.get(part) or "", safe="") for part in ("USER", "PASSWORD"))
    account = f"{user}:{password}" if password else user
    port = f":{given['PORT']}" if given.get("PORT") else ""
    options = urlencode({**given.get("OPTIONS", {}), "host": given["HOST"]})
    return f"postgresql://{account}@{port}/{quote(name)}?{options}"


def collect(folder):
    """Collect the static files as a deployment does, with names that change with the content."""
    storages = {**settings.STORAGES, "staticfiles": base.STORAGES["staticfiles"]}
    with override_settings(STATIC_ROOT=Path(folder, "static"), STORAGES=storages):
        call_command("collectstatic", interactive=False, verbosity=0)


def free_port():
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]
