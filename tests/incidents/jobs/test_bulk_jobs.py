"""Review and publication of many cases in the background, killed or not."""

import os
import signal
import subprocess
import sys
import time

import pytest
from django.db import connection

from config.embedded.places import PROJECT
from incidents import bulk_jobs, reviewing
from incidents.bulk_jobs import ask_for_step
from incidents.jobs import ask_for, ask_to_stop, work_off
from incidents.models import Incident, JobRefusal, JobState, Publication, Stage
from record.models import IncidentEntry, Revision
from record.verification import verify_chain
from tests.incidents import factories as make

pytestmark = pytest.mark.django_db(transaction=True)


def worked(kind, cases, *, by, **options):
    asked = ask_for_step(kind, [case.pk for case in cases], by=by, **options)
    assert work_off(once=True) == 1
    asked.refresh_from_db()
    return asked


def test_cases_go_from_draft_to_the_record():
    cases, clerk, publisher = [make.incident(), make.incident()], make.staff(), make.publisher()
    worked("submit", cases, by=clerk)
    worked("verify", cases, by=publisher)
    worked("approve", cases, by=publisher)
    asked = worked("publish", cases, by=publisher)
    assert (asked.state, asked.done, asked.total, asked.refused) == (JobState.DONE, 2, 2, 0)
    assert IncidentEntry.objects.live().count() == 2


def test_each_obstacle_of_a_refused_case_is_kept():
    good, bad = make.incident(), make.incident(public_account="")
    make.approve(good)
    asked = worked("publish", [good, bad], by=make.publisher())
    assert (asked.state, asked.done, asked.refused) == (JobState.DONE, 2, 1)
    refusals = JobRefusal.objects.filter(job=asked, incident=bad)
    assert {row.code for row in refusals} == {"no-account", "not-approved"}
    assert IncidentEntry.objects.live().count() == 1


def test_the_reasons_are_in_the_language_of_whoever_asked():
    asked = worked("verify", [make.incident()], by=make.publisher(), language="ur")
    assert "This cannot be done" not in JobRefusal.objects.get(job=asked).reason


def test_whose_role_does_not_allow_it_gets_nothing_done():
    case = make.incident()
    make.approve(case)
    asked = worked("publish", [case], by=make.staff())
    assert asked.state == JobState.FAILED
    assert not IncidentEntry.objects.exists()


def test_a_case_that_was_hidden_from_whoever_asked_is_passed_over():
    case = make.incident(restricted=True)
    asked = worked("submit", [case], by=make.staff())
    case.refresh_from_db()
    assert (asked.done, asked.refused, case.stage) == (1, 0, Stage.DRAFT)


def test_cases_that_were_passed_over_are_not_counted_as_dealt_with():
    cases = [make.incident(), make.incident(restricted=True), make.incident(restricted=True)]
    asked = worked("submit", cases, by=make.staff())
    assert asked.message == "1 case was dealt with."


def test_a_case_that_changed_since_its_approval_was_asked_for_is_refused():
    same, other, publisher = make.incident(), make.incident(), make.publisher()
    victim = make.person("Zarina", protection="withheld")
    make.violation(other, victim)
    for case in (same, other):
        reviewing.submit(case, by=make.staff())
    asked = ask_for_step("approve", [same.pk, other.pk], by=publisher)
    victim.name_protection = "full"
    victim.save()
    work_off(once=True)
    for row in (same, other, asked):
        row.refresh_from_db()
    assert (same.stage, other.stage) == (Stage.APPROVED, Stage.SUBMITTED)
    assert JobRefusal.objects.get(job=asked).code == "changed-since-asked"


def test_an_approval_asked_for_without_saying_of_what_is_refused():
    case, publisher = make.incident(), make.publisher()
    reviewing.submit(case, by=make.staff())
    ask_for("approve", {"incidents": [case.pk]}, by=publisher)
    work_off(once=True)
    case.refresh_from_db()
    assert case.stage == Stage.SUBMITTED


def test_a_job_that_is_stopped_says_what_was_done_and_stays(monkeypatch):
    cases = [make.incident(f"Case {number}") for number in range(3)]
    asked = ask_for_step("submit", [case.pk for case in cases], by=make.staff())
    submit_many = reviewing.submit_many

    def stopped_after(*arguments, **options):
        ask_to_stop(asked)
        return submit_many(*arguments, **options)

    monkeypatch.setattr(bulk_jobs, "AT_ONCE", 1)
    monkeypatch.setattr(reviewing, "submit_many", stopped_after)
    work_off(once=True)
    asked.refresh_from_db()
    assert (asked.state, asked.done) == (JobState.STOPPED, 1)
    assert asked.message == "Stopped. What was done by then stays. 1 case was dealt with."
    assert Incident.objects.filter(stage=Stage.SUBMITTED).count() == 1


KILLED = """
import sys, time
import django
django.setup()
from django.db import connection
connection.settings_dict["NAME"] = sys.argv[1]
from incidents import bulk_jobs, publishing
from incidents.jobs import work_off

bulk_jobs.AT_ONCE = 2
chunks = []

def publish_many(*arguments, **options):
    chunks.append(publish(*arguments, **options))
    if len(chunks) == 2:
        print("in the middle", flush=True)
        time.sleep(600)
    return chunks[-1]

publish, publishing.publish_many = publishing.publish_many, publish_many
work_off()
"""


def test_after_a_kill_every_case_is_published_once():
    cases = [make.incident(f"Case {number}") for number in range(5)]
    for case in cases:
        make.approve(case)
    asked = ask_for("publish", {"incidents": [case.pk for case in cases]}, by=make.publisher())
    worker = subprocess.Popen(
        [sys.executable, "-c", KILLED, connection.settings_dict["NAME"]],
        cwd=PROJECT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.test"},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert worker.stdout.readline() == "in the middle\n"
    finally:
        worker.send_signal(signal.SIGKILL)
        worker.communicate()
    asked.refresh_from_db()
    assert (asked.state, asked.done) == (JobState.RUNNING, 2)
    deadline = time.monotonic() + 30
    while not work_off(once=True) and time.monotonic() < deadline:
        time.sleep(0.05)
    asked.refresh_from_db()
    assert (asked.state, asked.done) == (JobState.DONE, 5)
    assert Revision.objects.filter(kind="incident").count() == 5
    published = Incident.objects.filter(publication=Publication.PUBLISHED)
    assert len({case.reference for case in published}) == 5
    assert verify_chain() == []


def test_a_job_that_was_stopped_after_a_kill_goes_no_further():
    case = make.incident()
    reviewing.submit(case, by=make.staff())
    asked = ask_for("verify", {"incidents": [case.pk]}, by=make.publisher())
    type(asked).objects.update(stop_asked=True, state=JobState.RUNNING)
    work_off(once=True)
    asked.refresh_from_db()
    case.refresh_from_db()
    assert (asked.state, case.stage) == (JobState.STOPPED, Stage.SUBMITTED)
