"""Imports in the background say how they ended, and can be taken up again."""

import pytest

from incidents import jobs
from incidents.importing import running
from incidents.models import BatchState, ImportBatch, Incident, Job, JobState
from tests.incidents import factories as make
from tests.incidents.importing import lists

pytestmark = pytest.mark.django_db(transaction=True)


def done(kind, batch, by, **arguments):
    job = jobs.ask_for(kind, {"batch": batch.pk, **arguments}, by=by)
    jobs.work_off(once=True)
    batch.refresh_from_db()
    return Job.objects.get(pk=job.pk)


def test_a_batch_comes_in_and_goes_again():
    clerk = make.staff()
    batch = lists.received(clerk)
    assert done("import", batch, clerk).state == JobState.DONE
    assert (batch.state, Incident.objects.count()) == (BatchState.DONE, 2)
    assert done("undo-import", batch, clerk).state == JobState.DONE
    assert (batch.state, Incident.objects.count()) == (BatchState.UNDONE, 0)


def test_a_trial_leaves_its_problems_with_the_batch_and_nothing_else():
    clerk = make.staff()
    batch = lists.received(clerk, lists.changed(0, kind="Vanished"))
    done("import", batch, clerk, dry_run=True)
    assert (batch.state, batch.problems.filter(severity="refused").count()) == ("uploaded", 1)
    assert batch.figures["refused"] is True
    assert not Incident.objects.exists()


def test_a_batch_left_by_a_killed_worker_is_taken_up_again():
    clerk = make.staff()
    batch = lists.received(clerk)
    batch.state = BatchState.RUNNING
    batch.save()
    assert done("import", batch, clerk).state == JobState.DONE
    assert Incident.objects.count() == 2


def test_a_job_that_cannot_be_done_says_why_without_a_value_of_the_case():
    clerk = make.staff()
    batch = lists.received(clerk, mapping="[list]\n")
    job = done("import", batch, clerk)
    assert (job.state, batch.state) == (JobState.FAILED, BatchState.REFUSED)
    assert "report" in job.message


def test_problems_of_a_trial_are_those_of_the_list_that_is_there_already():
    clerk = make.staff()
    first, _figures = lists.brought_in(clerk)
    trial = lists.received(clerk, lists.changed(0, kind="Vanished"))
    done("import", trial, clerk, dry_run=True)
    assert trial.list_id == first.list_id


def test_a_batch_that_was_undone_is_not_said_to_be_brought_in():
    clerk = make.staff()
    batch = lists.received(clerk)
    done("import", batch, clerk)
    done("undo-import", batch, clerk)
    assert "undone" in done("import", batch, clerk).message
    with pytest.raises(running.RunRefused, match="undone"):
        running.run(batch, by=clerk)
    assert not Incident.objects.exists()


def test_a_mapping_that_is_changed_during_a_trial_is_kept(monkeypatch):
    clerk = make.staff()
    batch = lists.received(clerk)
    really_run = running.run

    def run(*args, **options):
        ImportBatch.objects.filter(pk=batch.pk).update(mapping="another")
        return really_run(*args, **options)

    monkeypatch.setattr(running, "run", run)
    done("import", batch, clerk, dry_run=True)
    assert (batch.mapping, batch.state) == ("another", BatchState.UPLOADED)
