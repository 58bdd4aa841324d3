"""Roles and database of a new cluster. What each role may do to tables is in ``config.grants``."""

from contextlib import closing

import psycopg2
from psycopg2 import sql
from psycopg2.extensions import ISOLATION_LEVEL_AUTOCOMMIT

from config.database import DATABASE_NAME, ROLES
from config.embedded.creation import SUPERUSER
from config.embedded.places import Cluster


def set_up_roles(cluster: Cluster) -> None:
    """Make the roles and the database where they are missing; safe to repeat."""
    connection = psycopg2.connect(host=str(cluster.socket), user=SUPERUSER, dbname="postgres")
    with closing(connection):
        connection.set_isolation_level(ISOLATION_LEVEL_AUTOCOMMIT)
        with connection.cursor() as cursor:
            cursor.execute("SELECT rolname FROM pg_roles")
            present = {name for (name,) in cursor.fetchall()}
            for role in ROLES.values():
                if role not in present:
                    cursor.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role)))
            if not cluster.durable:
                # The test suite makes and drops its own databases; the real owner may not.
                owner = sql.Identifier(ROLES["owner"])
                cursor.execute(sql.SQL("ALTER ROLE {} CREATEDB").format(owner))
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE_NAME])
            if cursor.fetchone() is None:
                _create_database(cursor)


def _create_database(cursor: "psycopg2.extensions.cursor") -> None:
    database = sql.Identifier(DATABASE_NAME)
    owner, app, reader = (sql.Identifier(ROLES[role]) for role in ("owner", "app", "reader"))
    cursor.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(database, owner))
    cursor.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database))
    cursor.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}, {}").format(database, app, reader))
