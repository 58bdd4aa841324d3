"""The settings of a deployment, read in a process of their own."""

import json
import os
import subprocess
import sys

import pytest

from config.embedded.places import PROJECT

REPORT = """
import json
from config.settings import production
print(json.dumps({n: getattr(production, n) for n in dir(production) if n.isupper()}, default=str))
"""


@pytest.fixture(scope="module")
def production():
    environ = {
        "PATH": os.environ["PATH"],
        "DATABASE_URL": "postgres://gawah_app:secret@db/gawah",
        "GAWAH_SECRET_KEY": "from the environment",
        "GAWAH_HOSTS": "record.example,www.record.example",
        "GAWAH_DEBUG": "1",
    }
    answer = subprocess.run(
        [sys.executable, "-c", REPORT], cwd=PROJECT, env=environ, capture_output=True, check=True
    )
    return json.loads(answer.stdout)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PRODUCTION", True),
        ("DEBUG", False),
        ("SECRET_KEY", "from the environment"),
        ("ALLOWED_HOSTS", ["record.example", "www.record.example"]),
        ("SECURE_SSL_REDIRECT", True),
        ("SECURE_HSTS_SECONDS", 31_536_000),
        ("SECURE_HSTS_INCLUDE_SUBDOMAINS", True),
        ("SESSION_COOKIE_SECURE", True),
        ("SESSION_COOKIE_HTTPONLY", True),
        ("CSRF_COOKIE_SECURE", True),
        ("SECURE_PROXY_SSL_HEADER", ["HTTP_X_FORWARDED_PROTO", "https"]),
        ("EMBEDDED_CLUSTER", None),
    ],
)
def test_production_has(name, value, production):
    assert production[name] == value


def test_the_database_is_the_one_of_the_environment(production):
    assert production["DATABASES"]["default"]["HOST"] == "db"
