"""What each database role may do to each table. Applied after every migration.

``gawah_owner`` owns the tables and runs migrations. ``gawah_app`` works with data and can neither
rewrite history nor published revisions. ``gawah_reader`` reads the public record and nothing else,
so that a public server that is broken into holds a role that cannot reach the case file.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.apps import apps
from django.db import connection, transaction
from psycopg2 import sql

from config.database import ROLES

APP, READER = ROLES["app"], ROLES["reader"]

REVISIONS = "record_revision"
WITHDRAWABLE_COLUMNS = ("document", "note", "salt")
"""The columns of a revision that may change: a withdrawal empties them."""

CONTEXT = "pghistory_context"
LOGS = ("incidents_accessevent", "incidents_linkcheck")
"""What the application adds to and reads, beside the history: nobody rewrites who read what, or
what an address answered."""

DOORS = (
    "incidents_seal_history(text, jsonb)",
    "incidents_forget_addresses(bigint[])",
    "incidents_erase_history(bigint, jsonb)",
    "record_file_words()",
)
"""The only ways in which the application changes what it can otherwise only add to, and files
words in indexes that are not its own: each does one thing, as the owner, and refuses all else."""

PUBLIC_PREFIXES = ("reference_", "record_")
PUBLIC_TABLES = ("api_accesstoken",)
"""What else the reader reads: hashes and limits of tokens, without whose they are."""

MIGRATIONS = "django_migrations"

# Any fixed number; keeps two runs from changing the same catalogue rows at once.
_LOCK = 7_463_921


@dataclass(frozen=True, slots=True)
class Grant:
    """Rights on some tables for one role."""

    role: str
    rights: str
    tables: tuple[str, ...]


def event_tables() -> list[str]:
    """Tables that hold the history of other tables, written by triggers only."""
    if not apps.is_installed("pghistory"):
        return []
    from pghistory.models import Event

    return sorted(
        model._meta.db_table
        for model in apps.get_models()
        if issubclass(model, Event) and model._meta.managed and not model._meta.proxy
    )


def grants(tables: Iterable[str], events: Iterable[str], server_version: int) -> list[Grant]:
    """The rights that ``tables`` get, of which ``events`` are history.

    ``server_version`` is PostgreSQL's number, such as 180006. From 17 on, the app may also VACUUM
    and ANALYZE, which bulk imports need.
    """
    present = set(tables)
    history = present & {*events, *LOGS}
    public = {name for name in present if name.startswith(PUBLIC_PREFIXES)}
    public |= present & set(PUBLIC_TABLES)
    special = history | ({REVISIONS, CONTEXT, MIGRATIONS} & present)
    upkeep = ", MAINTAIN" if server_version >= 170_000 else ""
    wanted = [
        (APP, f"SELECT, INSERT, UPDATE, DELETE{upkeep}", present - special),
        (APP, "SELECT, INSERT", history | (present & {REVISIONS})),
        (APP, f"UPDATE ({', '.join(WITHDRAWABLE_COLUMNS)})", present & {REVISIONS}),
        # Its triggers write the actor with INSERT ... ON CONFLICT DO UPDATE.
        (APP, "SELECT, INSERT, UPDATE", present & {CONTEXT}),
        (APP, "SELECT", present & {MIGRATIONS}),
        (READER, "SELECT", public | (present & {MIGRATIONS})),
    ]
    return [Grant(role, rights, tuple(sorted(on))) for role, rights, on in wanted if on]


def server_version() -> int:
    """PostgreSQL's number for its version, such as 180006."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version_num')::int")
        return int(cursor.fetchone()[0])


def missing_roles() -> list[str]:
    """Those of our roles that the server does not have."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolname FROM pg_roles WHERE rolname = ANY(%s)", [[APP, READER]])
        present = {name for (name,) in cursor.fetchall()}
    return [role for role in (APP, READER) if role not in present]


def apply_grants() -> None:
    """Set the rights of both roles on every table and sequence, in one transaction.

    Must run as the owner of the tables. Rights that a role got in another way are taken back.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        both = _identifiers([APP, READER])
        for statement in (
            "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {}",
            "REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM {}",
            "GRANT USAGE ON SCHEMA public TO {}",
        ):
            cursor.execute(sql.SQL(statement).format(both))
        # UPDATE lets imports that bring their own keys move the sequence on.
        cursor.execute(
            sql.SQL("GRANT SELECT, USAGE, UPDATE ON ALL SEQUENCES IN SCHEMA public TO {}").format(
                sql.Identifier(APP)
            )
        )
        # A list that is brought in is sorted into cases in tables that end with the transaction.
        database = sql.Identifier(str(connection.settings_dict["NAME"]))
        cursor.execute(
            sql.SQL("GRANT TEMPORARY ON DATABASE {} TO {}").format(database, sql.Identifier(APP))
        )
        for door in DOORS:
            cursor.execute("SELECT to_regprocedure(%s)", [door])
            if cursor.fetchone()[0] is not None:
                cursor.execute(
                    sql.SQL("GRANT EXECUTE ON FUNCTION {} TO {}").format(
                        sql.SQL(door), sql.Identifier(APP)
                    )
                )
        for grant in grants(_tables(), event_tables(), server_version()):
            cursor.execute(
                sql.SQL("GRANT {} ON {} TO {}").format(
                    sql.SQL(grant.rights), _identifiers(grant.tables), sql.Identifier(grant.role)
                )
            )


def _tables() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT c.relname FROM pg_class c
            WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm')
            AND NOT EXISTS (  -- those of extensions are not ours
                SELECT 1 FROM pg_depend d
                WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e'
            )
            """
        )
        return [name for (name,) in cursor.fetchall()]


def _identifiers(names: Iterable[str]) -> sql.Composed:
    return sql.SQL(", ").join(map(sql.Identifier, names))
