"""The API on a public server, where neither the case file nor any account is installed."""

import subprocess
import sys

import pytest
from django.db import connection

SCRIPT = """
import sys
from django.conf import settings

settings.DATABASES["default"]["NAME"] = sys.argv[1]
import django

django.setup()
from django.apps import apps

assert not apps.is_installed("django.contrib.auth"), "accounts are installed"
assert not apps.is_installed("incidents"), "the case file is installed"
from django.test import Client

client = Client(SERVER_NAME="localhost")
for address, status in {
    "": 200,
    "incidents/": 200,
    "violations/?district=Kech&date_from=2023": 200,
    "statistics/?group_by=district": 200,
    "areas/?q=Kech": 200,
    "vocabularies/grade/": 200,
    "incidents/INC-2026-0001/": 404,
    "incidents/?tipe=x": 400,
    "nothing/": 404,
}.items():
    answer = client.get(f"/api/v1/{address}")
    assert answer.status_code == status, (address, answer.status_code, answer.content)
    assert "json" in answer["Content-Type"]
    assert not answer.cookies
assert client.post("/api/v1/incidents/").status_code == 405
loaded = [name for name in sys.modules if name.split(".")[0] in {"incidents", "pghistory"}]
assert not loaded, loaded
print("answered")
"""


@pytest.mark.django_db(transaction=True)
def test_the_api_answers_without_accounts_and_without_the_case_file(monkeypatch):
    monkeypatch.setenv("GAWAH_SIDE", "public")
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "config.settings.test")
    run = subprocess.run(
        [sys.executable, "-c", SCRIPT, connection.settings_dict["NAME"]],
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert run.returncode == 0, run.stderr
    assert run.stdout == "answered\n"
