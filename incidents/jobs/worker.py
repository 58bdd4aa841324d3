"""The worker: takes up jobs one after the other, until it is ended."""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import pghistory
from django.conf import settings
from django.db import (
    InterfaceError,
    OperationalError,
    ProgrammingError,
    close_old_connections,
    connection,
)
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from incidents.entry.running_out import RunOutRound
from incidents.jobs.counts import CountsRound
from incidents.jobs.faces import FacesRound
from incidents.jobs.kinds import JobFailed, UnknownKind, work_of
from incidents.jobs.progress import JobStopped, Progress
from incidents.jobs.words import WordsRound
from incidents.link_checking.regularly import RegularRound
from incidents.models import Job, JobState
from record.releasing.honouring import honour_withdrawals, what_there_is
from record.releasing.manifest import ManifestError

PAUSE: Final = 2.0
"""Seconds between looks for work: one query on an index that holds unfinished jobs alone."""

MOST_STARTS: Final = 5
"""How often a job may be taken up without getting further: one that kills its worker each time
must not keep all others waiting for ever."""

logger = logging.getLogger(__name__)


def work_off(*, once: bool = False) -> int:
    """Do jobs as they come, for ever or, with ``once``, until none is left; return how many.

    A database that is away, or has no tables yet, is waited for.
    """
    worked = 0
    cleared: tuple[object, ...] = ()
    links, faces, typed, words = RegularRound(), FacesRound(), RunOutRound(), WordsRound()
    counts = CountsRound()
    while True:
        try:
            while _take_one():
                worked += 1
            faces.step()
            typed.step()
            words.step()
            counts.step()
            cleared = _clear_releases(cleared)
            if not once:
                links.step()
        except (InterfaceError, OperationalError, ProgrammingError) as error:
            if once:
                raise
            logger.warning("Waiting for the database: %s", type(error).__name__)
            connection.close()
        if once:
            return worked
        time.sleep(PAUSE)
        close_old_connections()


def _clear_releases(known: tuple[object, ...]) -> tuple[object, ...]:
    """Take what was withdrawn out of releases, unless things are as ``known``; return how they
    are now. No job, so that it can neither be stopped nor given up."""
    try:
        found = what_there_is()
        if found != known:
            honour_withdrawals()
    except (OSError, ManifestError):
        logger.exception("Releases hold what was withdrawn; they stay closed until it works.")
        return known
    return found


def _take_one() -> bool:
    """Do the oldest job that nobody does; False if there is none."""
    for candidate in Job.objects.unfinished():
        with _held(candidate) as progress:
            if progress is not None and (job := _begun(candidate)) is not None:
                _do(job, progress)
                return True
    return False


@contextmanager
def _held(job: Job) -> Iterator[Progress | None]:
    """Hold the lock of a job for the block; None if another worker does."""
    progress = Progress(job)
    try:
        yield progress if progress.take() else None
    finally:
        progress.close()


def _begun(candidate: Job) -> Job | None:
    """The job as it is under its lock, begun; None if it was finished meanwhile."""
    job = Job.objects.unfinished().filter(pk=candidate.pk).first()
    if job is None:
        return None
    if job.stop_asked:
        _close(job, JobState.STOPPED, _("Stopped before it began."))
        return None
    if job.starts >= MOST_STARTS:
        _close(job, JobState.FAILED, _("It was begun several times and always broke off."))
        return None
    job.state = JobState.RUNNING
    job.starts += 1
    job.started_at = job.started_at or timezone.now()
    job.save(update_fields=["state", "starts", "started_at"])
    return job


def _do(job: Job, progress: Progress) -> None:
    """Do a job that we hold, whatever comes of it."""
    try:
        language = job.arguments.get("language") or settings.LANGUAGE_CODE
        with override(language), pghistory.context(user=job.asked_by_id, job=job.pk):
            message = work_of(job.kind)(job, progress)
    except JobStopped as stopped:
        undone = _("Stopped. What was under way has been undone.")
        _close(job, JobState.STOPPED, str(stopped) or undone)
    except JobFailed as error:
        _close(job, JobState.FAILED, str(error))
    except UnknownKind:
        _close(job, JobState.FAILED, _("This version of Gawah does not know such jobs."))
    except Exception as error:
        # Not the words of the error: those of a database hold values of the row.
        logger.exception("Job %s broke off", job.pk)
        _close(
            job,
            JobState.FAILED,
            _("It broke off with an unexpected error (%(error)s); what was under way is undone.")
            % {"error": type(error).__name__},
        )
    else:
        _close(job, JobState.DONE, message)


def _close(job: Job, state: JobState, message: str) -> None:
    """Write down how a job ended, over a new connection if the old one was lost."""
    close_old_connections()
    Job.objects.filter(pk=job.pk).update(state=state, message=message, finished_at=timezone.now())
