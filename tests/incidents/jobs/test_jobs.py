import os
import signal
import subprocess
import sys
import time

import pytest
from django.db import connection, transaction

from config.embedded.places import PROJECT
from incidents.jobs import (
    JobFailed,
    JobStopped,
    Progress,
    UnknownKind,
    ask_for,
    ask_to_stop,
    job,
    work_off,
)
from incidents.models import Incident, Job, JobState
from tests.incidents import factories as make

# The worker tells over a second connection how far it is, so everything has to be committed.
pytestmark = pytest.mark.django_db(transaction=True)


@job("test-count")
def _count(asked, progress):
    for number in range(1, 4):
        progress.report(number, 3)
    return f"Counted to {number}."


@job("test-fail")
def _fail(asked, progress):
    raise ValueError("The name of somebody")


@job("test-refuse")
def _refuse(asked, progress):
    raise JobFailed("There is no such file.")


@job("test-write-and-stop")
def _write_and_stop(asked, progress):
    with transaction.atomic():
        make.incident()
        ask_to_stop_elsewhere(asked)
        progress.report(1, 1)
    return "Never said."


def ask_to_stop_elsewhere(asked):
    """As somebody does in the admin, whose request commits by itself."""
    elsewhere = connection.copy()
    with elsewhere.cursor() as cursor:
        cursor.execute("UPDATE incidents_job SET stop_asked = true WHERE id = %s", [asked.pk])
    elsewhere.close()


def worked(kind, **options):
    asked = ask_for(kind, {}, by=make.staff(), **options)
    assert work_off(once=True) == 1
    asked.refresh_from_db()
    return asked


def test_a_job_that_was_asked_for_is_done():
    asked = worked("test-count")
    assert (asked.state, asked.done, asked.total) == (JobState.DONE, 3, 3)
    assert asked.message == "Counted to 3."
    assert asked.asked_at <= asked.started_at <= asked.finished_at


def test_a_job_is_done_once():
    worked("test-count")
    assert work_off(once=True) == 0


def test_jobs_are_done_in_the_order_in_which_they_were_asked_for():
    first, second = (ask_for("test-count", {}, by=make.staff()) for _ in range(2))
    work_off(once=True)
    first.refresh_from_db()
    second.refresh_from_db()
    assert first.finished_at <= second.started_at


def test_an_unknown_kind_is_refused_when_it_is_asked_for():
    with pytest.raises(UnknownKind):
        ask_for("no-such-kind", {}, by=make.staff())


def test_a_kind_that_this_version_does_not_know_does_not_stop_the_worker():
    unknown = Job.objects.create(kind="of-a-newer-version", asked_by=make.staff())
    known = ask_for("test-count", {}, by=make.staff())
    assert work_off(once=True) == 2
    unknown.refresh_from_db()
    known.refresh_from_db()
    assert (unknown.state, known.state) == (JobState.FAILED, JobState.DONE)


def test_a_job_that_breaks_off_says_so_without_the_words_of_the_error():
    asked = worked("test-fail")
    assert asked.state == JobState.FAILED
    assert "ValueError" in asked.message
    assert "somebody" not in asked.message


def test_a_job_that_cannot_be_done_says_why():
    asked = worked("test-refuse")
    assert (asked.state, asked.message) == (JobState.FAILED, "There is no such file.")


def test_the_worker_goes_on_after_a_job_that_broke_off():
    ask_for("test-fail", {}, by=make.staff())
    asked = ask_for("test-count", {}, by=make.staff())
    assert work_off(once=True) == 2
    asked.refresh_from_db()
    assert asked.state == JobState.DONE


def test_a_job_that_is_stopped_leaves_nothing_of_its_transaction():
    asked = worked("test-write-and-stop")
    assert asked.state == JobState.STOPPED
    assert not Incident.objects.exists()


def test_a_job_that_is_stopped_before_it_began_is_never_begun():
    asked = ask_for("test-count", {}, by=make.staff())
    ask_to_stop(asked)
    assert work_off(once=True) == 0
    asked.refresh_from_db()
    assert (asked.state, asked.done) == (JobState.STOPPED, 0)


def test_two_workers_do_not_do_the_same_job():
    asked = ask_for("test-count", {}, by=make.staff())
    other_worker = Progress(asked)
    assert other_worker.take()
    try:
        assert work_off(once=True) == 0
    finally:
        other_worker.close()
    assert work_off(once=True) == 1


def test_progress_is_seen_while_the_transaction_of_the_job_is_open():
    asked = ask_for("test-count", {}, by=make.staff())
    progress = Progress(asked)
    with transaction.atomic():
        make.incident()
        progress.report(5, 5)
        asked.refresh_from_db()
        assert (asked.done, asked.total) == (5, 5)
    progress.close()


def test_a_total_that_was_too_small_grows():
    asked = ask_for("test-count", {}, by=make.staff(), total=2)
    progress = Progress(asked)
    progress.report(3)
    progress.close()
    asked.refresh_from_db()
    assert (asked.done, asked.total) == (3, 3)


def test_what_is_asked_to_stop_hears_of_it_with_its_next_report():
    asked = ask_for("test-count", {}, by=make.staff())
    ask_to_stop(asked)
    progress = Progress(asked)
    with pytest.raises(JobStopped):
        progress.report(1, 1)
    progress.close()


def test_a_job_that_kills_its_worker_every_time_is_given_up():
    asked = ask_for("test-count", {}, by=make.staff())
    Job.objects.update(state=JobState.RUNNING, starts=5)
    assert work_off(once=True) == 0
    asked.refresh_from_db()
    assert asked.state == JobState.FAILED


def test_looking_for_work_and_for_what_has_run_out_costs_eleven_queries(django_assert_num_queries):
    """One for work, two each for names and for faces that nobody consents to any more, one for
    restricted cases, one for files that were closed, one for kept drafts, one for the words of
    what was published and two for what is counted ahead."""
    work_off(once=True)  # reads the vocabularies, which stay in memory
    with django_assert_num_queries(11):
        work_off(once=True)


@job("test-wait")
def _wait(asked, progress):
    """Does its work at once when it is begun a second time."""
    return f"Begun {asked.starts} times."


WORKER = """
import sys, time
import django
django.setup()
from django.db import connection
connection.settings_dict["NAME"] = sys.argv[1]
from incidents.jobs import job, work_off

@job("test-wait")
def wait(asked, progress):
    progress.report(7, 7)
    time.sleep(600)

work_off()
"""


def test_a_job_whose_worker_was_killed_is_finished_by_the_next_one():
    asked = ask_for("test-wait", {}, by=make.staff())
    worker = subprocess.Popen(
        [sys.executable, "-c", WORKER, connection.settings_dict["NAME"]],
        cwd=PROJECT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.test"},
    )
    try:
        wait_until(asked, lambda: asked.done == 7)
        assert work_off(once=True) == 0  # the other one still holds it
    finally:
        worker.send_signal(signal.SIGKILL)
        worker.wait()
    deadline = time.monotonic() + 10
    while not work_off(once=True) and time.monotonic() < deadline:
        time.sleep(0.05)  # until the server has noticed that the connection is gone
    asked.refresh_from_db()
    assert (asked.state, asked.message) == (JobState.DONE, "Begun 2 times.")


def wait_until(asked, condition):
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)
        asked.refresh_from_db()
