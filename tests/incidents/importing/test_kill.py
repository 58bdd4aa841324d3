"""A run that is killed leaves the case file as it was before."""

import os
import signal
import subprocess
import sys
import time

import pytest
from django.conf import settings
from django.db import connection

from config.embedded.places import PROJECT
from incidents.importing import running
from incidents.models import BatchState, Incident, ListRow, Person, SourceList
from tests.incidents import factories as make
from tests.incidents.importing import lists

pytestmark = pytest.mark.django_db(transaction=True)

# Says "storing" once rows are in the open transaction, and then waits to be killed.
_DOOMED = """
import os, sys, time
import django
from django.conf import settings
settings.DATABASES["default"]["NAME"] = os.environ["GAWAH_TEST_DATABASE_IN_USE"]
settings.MEDIA_ROOT = os.environ["FILES"]
settings.STORAGES["default"]["BACKEND"] = "django.core.files.storage.FileSystemStorage"
django.setup()
from incidents.importing import running
from incidents.models import ImportBatch, ListRow, StaffMember

def watch(done, total):
    if total is not None and ListRow.objects.exists():
        print("storing", flush=True)
        time.sleep(60)

batch = ImportBatch.objects.get(pk=sys.argv[1])
running.run(batch, by=StaffMember.objects.get(pk=sys.argv[2]), progress=watch)
"""


@pytest.fixture
def files(tmp_path, settings):
    """A folder for the files, which the doomed process reads too."""
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    }
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def test_a_run_that_is_killed_in_the_middle_leaves_nothing_and_can_be_done_again(files):
    clerk = make.staff()
    batch = lists.received(clerk)
    doomed = subprocess.Popen(
        [sys.executable, "-c", _DOOMED, str(batch.pk), str(clerk.pk)],
        cwd=PROJECT,
        env=os.environ
        | {
            "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE")
            or settings.SETTINGS_MODULE,
            "GAWAH_TEST_DATABASE_IN_USE": connection.settings_dict["NAME"],
            "FILES": str(files),
        },
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert doomed.stdout.readline() == "storing\n"
        doomed.send_signal(signal.SIGKILL)
    finally:
        doomed.kill()
        doomed.communicate()
    _wait_until_alone()
    assert not Incident.objects.exists()
    assert not Person.objects.exists()
    assert not ListRow.objects.exists()
    assert not SourceList.objects.exists()
    batch.refresh_from_db()
    figures = running.run(batch, by=clerk)
    assert (figures.cases_new, batch.state) == (2, BatchState.DONE)


def test_the_file_is_kept_privately_under_another_name(files):
    batch = lists.received(make.staff())
    [path] = [path for path in files.rglob("*") if path.is_file()]
    assert path.stat().st_mode & 0o777 == 0o600
    assert "valley" not in path.name
    assert batch.file_name == "valley.csv"


def _wait_until_alone():
    """The server notices a client that is gone a moment later."""
    for _attempt in range(100):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            if cursor.fetchone() == (0,):
                return
        time.sleep(0.1)
    raise AssertionError("The killed process still has a connection.")
