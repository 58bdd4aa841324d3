"""Settings of the test suite: its own cluster, the owner's role, cheap passwords."""

import os

from config.database import database_settings, uses_embedded_server
from config.embedded.places import cluster
from config.settings.base import *  # noqa: F403

SECRET_KEY = "test-only"  # noqa: S105
# Tests of accounts require it themselves.
GAWAH_SECOND_FACTOR = "optional"

TEST_DATABASE = os.environ.get("GAWAH_TEST_DATABASE") or "test_gawah"
DATABASE_ROLE = "owner"
EMBEDDED_CLUSTER = cluster("postgres-test", durable=False) if uses_embedded_server() else None
DATABASES = {
    "default": {
        **database_settings(EMBEDDED_CLUSTER, DATABASE_ROLE),
        "TEST": {"NAME": TEST_DATABASE},
    }
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Tests that keep files name a folder of their own.
MEDIA_ROOT = VAR_DIR / "files-of-tests"  # noqa: F405
# None there, and none is made: tests of releases name a folder of their own.
GAWAH_RELEASES = VAR_DIR / "releases-of-tests"  # noqa: F405
# Served from the apps as they are: no collected files, hence no warning that there are none.
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
