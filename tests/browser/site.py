"""The site as people run it, for one browser: application server, collected files, own database.

The database is a copy of the migrated template with contents of its own, committed, because the
server is another process. Nothing of the tests' own connection or of Django's test client takes
part: what the browser sees has come through the server.
"""

import shutil
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

from config.serving import HOST, application_server
from config.settings import base
from tests.browser.contents import Contents, publish_contents
from tests.template_database import server

ELSEWHERE = "https://weather.example/"
"""Where somebody who leaves quickly is led."""


@dataclass(frozen=True)
class Site:
    """A running site: its ``address`` without a slash at the end, and what it holds."""

    address: str
    contents: Contents
    database: str

    @contextmanager
    def without_database(self):
        """For the block, the database cannot be reached."""
        with server() as cursor:
            name = sql.Identifier(self.database)
            cursor.execute(sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS false").format(name))
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
                [self.database],
            )
            yield
            cursor.execute(sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS true").format(name))


@contextmanager
def running_site():
    """The site with its contents, from an empty state to nothing left."""
    folder = tempfile.mkdtemp(prefix="gawah-browser-")
    name = f"{settings.TEST_DATABASE}_browser"
    try:
        with database(name), pytest.MonkeyPatch.context() as environment:
            contents = filled(name)
            for variable, value in environment_of(name, folder).items():
                environment.setenv(variable, value)
            collect(folder)
            port = free_port()
            with application_server(port, []):
                yield Site(f"http://{HOST}:{port}", contents, name)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


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


def filled(name):
    ordinary = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        return publish_contents()
    finally:
        connection.close()
        connection.settings_dict["NAME"] = ordinary


def environment_of(name, folder):
    return {
        "DJANGO_SETTINGS_MODULE": "config.settings.development",
        "DATABASE_URL": url_of(connection.settings_dict, name),
        "GAWAH_STATE": folder,
        # Ours, so that a session begun here counts there.
        "GAWAH_SECRET_KEY": settings.SECRET_KEY,
        "GAWAH_CONTACT": "corrections@example.org",
        "GAWAH_LEAVE": ELSEWHERE,
        "GAWAH_API_REQUESTS": "100000",
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
