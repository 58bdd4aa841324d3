"""What each side installs and serves, seen from a process of its own."""

import json
import os
import subprocess
import sys

import pytest

from config.embedded.places import PROJECT

REPORT = """
import json, sys
import django
django.setup()
from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils import translation
def served(path):
    try:
        with translation.override(translation.get_language_from_path(path) or "en"):
            resolve(path)
    except Resolver404:
        return False
    return True
print(json.dumps({
    "apps": settings.INSTALLED_APPS,
    "role": settings.DATABASE_ROLE,
    "served": [path for path in ("/", "/ur/", "/admin/", "/ur/admin/", "/api/v1/") if served(path)],
    "loaded": sorted({name.split(".")[0] for name in sys.modules}),
    "middleware": settings.MIDDLEWARE,
}))
"""


def report(side, settings="config.settings.development", **environ):
    environment = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": settings,
        "GAWAH_SIDE": side,
        **environ,
    }
    return subprocess.run(
        [sys.executable, "-c", REPORT],
        cwd=PROJECT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def sides():
    return {side: json.loads(report(side).stdout) for side in ("all", "staff", "public")}


@pytest.mark.parametrize(
    ("side", "served"),
    [
        ("all", ["/", "/ur/", "/admin/", "/ur/admin/", "/api/v1/"]),
        ("staff", ["/", "/ur/", "/admin/", "/ur/admin/"]),
        ("public", ["/", "/ur/", "/api/v1/"]),
    ],
)
def test_a_side_serves(side, served, sides):
    assert sides[side]["served"] == served


def test_the_public_side_never_loads_the_case_file(sides):
    assert not {"incidents", "pghistory", "pgtrigger", "allauth", "fido2"} & set(
        sides["public"]["loaded"]
    )


def test_the_public_side_has_no_accounts_and_no_sessions(sides):
    text = " ".join(sides["public"]["apps"] + sides["public"]["middleware"])
    assert not [word for word in ("auth", "admin", "session", "incidents") if word in text]


@pytest.mark.parametrize(("side", "role"), [("all", "app"), ("staff", "app"), ("public", "reader")])
def test_a_side_has_the_least_role_it_needs(side, role, sides):
    assert sides[side]["role"] == role


def test_a_side_that_does_not_exist_is_refused():
    assert "GAWAH_SIDE must be all, staff or public" in report("pubic").stderr
