"""What this process must not run with. Each refusal has an id and says what to do.

Django itself runs database checks only in ``migrate`` and ``check --database default``;
``refuse_unsafe`` runs ours wherever requests are served.
"""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register, run_checks
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection, connections
from django.db.backends.postgresql.psycopg_any import is_psycopg3

from config.grants import LOGS, event_tables, server_version
from config.settings.base import INSECURE_SECRET_KEY

TAG = "gawah"
OLDEST_SERVER = 15

Apps = Sequence[AppConfig] | None
Databases = Sequence[str] | None

CASE_FILE_TABLES = r"^(incidents|auth|account|mfa|pghistory)_|^django_(session|admin_log)$"


def refuse_unsafe() -> list[CheckMessage]:
    """Raise ``ImproperlyConfigured`` with every error of our checks, the database's included.

    Returns the warnings. Connections are closed again, so that a server may fork afterwards.
    """
    try:
        found = run_checks(tags=[TAG], databases=["default"])
    except DatabaseError as error:
        raise ImproperlyConfigured("The database cannot be checked: no connection.") from error
    finally:
        connections.close_all()
    errors = [message for message in found if message.is_serious()]
    if errors:
        raise ImproperlyConfigured("Refusing to serve:\n" + "\n".join(map(str, errors)))
    return found


@register(TAG)
def check_driver(app_configs: Apps, **kwargs: Any) -> list[CheckMessage]:
    """gawah.E003: psycopg 3 beside psycopg2 takes over silently, and history breaks with it."""
    if not is_psycopg3:
        return []
    return [
        Error(
            "Django uses psycopg 3.",
            hint="Uninstall the package psycopg; Gawah works with psycopg2.",
            id="gawah.E003",
        )
    ]


@register(TAG)
def check_production(app_configs: Apps, **kwargs: Any) -> list[CheckMessage]:
    """gawah.E004 and E005: a secret key that anybody can read here, or DEBUG, in production."""
    found: list[CheckMessage] = []
    if settings.PRODUCTION and settings.SECRET_KEY == INSECURE_SECRET_KEY:
        hint = "Set GAWAH_SECRET_KEY to a long random value of your own."
        found.append(Error("The secret key is the default one.", hint=hint, id="gawah.E004"))
    if settings.PRODUCTION and settings.DEBUG:
        hint = "Error pages with DEBUG show the case file. Set it to False."
        found.append(Error("DEBUG is on in production.", hint=hint, id="gawah.E005"))
    return found


@register(TAG)
def check_second_factor(app_configs: Apps, **kwargs: Any) -> list[CheckMessage]:
    """gawah.E007 and E008: staff without a second factor, or a weakened one, in production."""
    found: list[CheckMessage] = []
    if not settings.PRODUCTION or not settings.HAS_STAFF_SIDE:
        return found
    if settings.GAWAH_SECOND_FACTOR != "required":
        hint = "Leave GAWAH_SECOND_FACTOR away: it is required by default."
        found.append(Error("Staff may log in with a password alone.", hint=hint, id="gawah.E007"))
    weak = ("MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN", "MFA_TOTP_INSECURE_BYPASS_CODE")
    if named := [name for name in weak if getattr(settings, name, None)]:
        hint = "These settings are for development. Remove them."
        text = f"Second factors can be passed by: {', '.join(named)}."
        found.append(Error(text, hint=hint, id="gawah.E008"))
    return found


@register(TAG)
def check_source_keys(app_configs: Apps, **kwargs: Any) -> list[CheckMessage]:
    """gawah.E009: production seals confidential sources with no key of their own."""
    if not settings.PRODUCTION or not settings.HAS_STAFF_SIDE or settings.GAWAH_SOURCE_KEYS:
        return []
    hint = "Set GAWAH_SOURCE_KEYS to a long random value, and keep a copy away from the backups."
    return [Error("Confidential sources have no key of their own.", hint=hint, id="gawah.E009")]


@register(TAG, Tags.database)
def check_server_version(
    app_configs: Apps, databases: Databases, **kwargs: Any
) -> list[CheckMessage]:
    """gawah.E002: a PostgreSQL older than what Gawah is tested with."""
    if not databases or (major := server_version() // 10_000) >= OLDEST_SERVER:
        return []
    return [
        Error(
            f"The database server is PostgreSQL {major}.",
            hint=f"Gawah needs PostgreSQL {OLDEST_SERVER} or newer.",
            id="gawah.E002",
        )
    ]


@register(TAG, Tags.database)
def check_urdu_trigrams(
    app_configs: Apps, databases: Databases, **kwargs: Any
) -> list[CheckMessage]:
    """gawah.E001: a locale in which pg_trgm makes no trigram of Arabic script.

    Search for Urdu names would find nothing, without an error.
    """
    if not databases or _trigrams_see_urdu():
        return []
    return [
        Error(
            "Trigram search does not see Urdu in this database.",
            hint=(
                "Create the cluster with initdb --locale-provider=builtin --locale=C.UTF-8, or "
                "any UTF-8 locale as LC_CTYPE, and restore the data into it."
            ),
            id="gawah.E001",
        )
    ]


@register(TAG, Tags.database)
def check_public_role(app_configs: Apps, databases: Databases, **kwargs: Any) -> list[CheckMessage]:
    """gawah.E006: a public process whose database role can read the case file."""
    if not databases or settings.SIDE != "public":
        return []
    readable = _readable_case_file_tables()
    if not readable:
        return []
    return [
        Error(
            f"The public side may read the case file: {', '.join(readable[:5])}.",
            hint="Connect as gawah_reader, after `manage.py grant_roles` by the owner.",
            id="gawah.E006",
        )
    ]


@register(TAG, Tags.database)
def check_history_is_append_only(
    app_configs: Apps, databases: Databases, **kwargs: Any
) -> list[CheckMessage]:
    """gawah.W001: a role that serves requests and may rewrite the history of the case file."""
    if not databases or settings.DATABASE_ROLE == "owner":
        return []
    writable = _rewritable([*event_tables(), *LOGS])
    if not writable:
        return []
    return [
        Warning(
            f"This role may change or delete history: {', '.join(writable[:5])}.",
            hint="Connect as gawah_app, after `manage.py grant_roles` by the owner.",
            id="gawah.W001",
        )
    ]


def _trigrams_see_urdu() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT to_regproc('show_trgm') IS NOT NULL, to_regclass('reference_area') IS NULL"
        )
        installed, before_migration = cursor.fetchone()
        if not installed:
            # Django checks before it migrates, and the first migration brings the extension.
            return bool(before_migration)
        cursor.execute("SELECT show_trgm('کراچی') <> '{}'")
        return bool(cursor.fetchone()[0])


def _readable_case_file_tables() -> list[str]:
    """Tables of the case file that the role may read itself or as a member of another role."""
    return _tables(
        """
        SELECT c.relname FROM pg_class c
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm')
        AND c.relname ~ %s
        AND (has_any_column_privilege(c.oid, 'SELECT') OR pg_has_role(c.relowner, 'MEMBER'))
        ORDER BY c.relname
        """,
        [CASE_FILE_TABLES],
    )


def _rewritable(tables: list[str]) -> list[str]:
    return _tables(
        """
        SELECT c.relname FROM pg_class c
        WHERE c.relnamespace = 'public'::regnamespace AND c.relname = ANY(%s)
        AND (has_table_privilege(c.oid, 'UPDATE, DELETE, TRUNCATE')
             OR has_any_column_privilege(c.oid, 'UPDATE'))
        ORDER BY c.relname
        """,
        [tables],
    )


def _tables(query: str, parameters: list[Any]) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        return [name for (name,) in cursor.fetchall()]
