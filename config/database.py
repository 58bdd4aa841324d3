"""Where the database is: an external server by ``DATABASE_URL``, else the embedded one.

Only computes settings. Nothing here connects, starts a server or writes a file.
"""

import os
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from config.embedded.places import Cluster

ROLES = {"owner": "gawah_owner", "app": "gawah_app", "reader": "gawah_reader"}
"""Short name of each database role and its name in PostgreSQL."""

DATABASE_NAME = "gawah"

_SCHEMES = {"postgres", "postgresql"}
_URL_OPTIONS = {
    "application_name",
    "connect_timeout",
    "gssencmode",
    "keepalives",
    "keepalives_count",
    "keepalives_idle",
    "keepalives_interval",
    "options",
    "sslcert",
    "sslcrl",
    "sslkey",
    "sslmode",
    "sslrootcert",
    "target_session_attrs",
    "tcp_user_timeout",
}


def uses_embedded_server(environ: Mapping[str, str] = os.environ) -> bool:
    """Whether the embedded server is the database, that is, ``DATABASE_URL`` names no other."""
    return not environ.get("DATABASE_URL")


def parse_database_url(url: str) -> dict[str, Any]:
    """Django's connection settings for ``postgres://user:password@host:port/name?option=value``.

    A unix socket directory goes into the ``host`` option (``?host=/run/postgresql``). User,
    password and name may be percent-encoded. Any other option must be one that libpq knows.
    The messages of ``ImproperlyConfigured`` never repeat the address, which may hold a password.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise ImproperlyConfigured("DATABASE_URL is not a valid address.") from error
    if parts.scheme not in _SCHEMES:
        raise ImproperlyConfigured("DATABASE_URL must begin with postgres:// or postgresql://.")
    name = unquote(parts.path.removeprefix("/"))
    if not name or "/" in name:
        raise ImproperlyConfigured("DATABASE_URL must end with the name of one database.")
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    host = options.pop("host", None) or unquote(parts.hostname or "")
    unknown = sorted(options.keys() - _URL_OPTIONS)
    if unknown:
        raise ImproperlyConfigured(f"DATABASE_URL has unknown options: {', '.join(unknown)}.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(port or ""),
        "OPTIONS": options,
    }


def embedded_settings(cluster: Cluster, role: str) -> dict[str, Any]:
    """Django's connection settings for a role (``owner``, ``app``, ``reader``) on ``cluster``."""
    if role not in ROLES:
        raise ImproperlyConfigured(f"GAWAH_DATABASE_ROLE must be one of {', '.join(ROLES)}.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": DATABASE_NAME,
        "USER": ROLES[role],
        "HOST": str(cluster.socket),
        "OPTIONS": {},
    }


def database_settings(
    cluster: Cluster | None, role: str, environ: Mapping[str, str] = os.environ
) -> dict[str, Any]:
    """The connection of ``DATABASES``: to ``cluster`` under ``role``, else to ``DATABASE_URL``."""
    if cluster is None:
        return parse_database_url(environ["DATABASE_URL"])
    return embedded_settings(cluster, role)
