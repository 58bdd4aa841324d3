"""What a command does before it may use Django: environment, secret key, database server."""

import os

from config.embedded.errors import EmbeddedServerError
from config.embedded.use import Use, ensure_running
from config.secret import ensure_secret_key


def prepare_environment(role: str) -> None:
    """Fill in what the environment leaves open: settings module, database role, secret key."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.development")
    os.environ.setdefault("GAWAH_DATABASE_ROLE", role)
    if os.environ["DJANGO_SETTINGS_MODULE"] == "config.settings.development":
        ensure_secret_key()


def use_database() -> Use | None:
    """Bring the embedded server up, if that is the database, and use it until we end.

    Ends the program with a message when that is not possible.
    """
    from django.conf import settings

    if settings.EMBEDDED_CLUSTER is None:
        return None
    try:
        return ensure_running(settings.EMBEDDED_CLUSTER)
    except EmbeddedServerError as error:
        raise SystemExit(f"The embedded PostgreSQL is not available.\n{error}") from None
