"""Long work in the background: asked for by a person, done by a worker, finished after a kill.

A job is a row of the table ``Job``; the worker (``manage.py run_jobs``) takes up whatever is not
finished. While it works it holds a lock that ends with its connection, so that after a kill the
next worker finds the job free and does it again, or goes on where the job says it was.
"""

from incidents.jobs.asking import ask_for, ask_to_stop
from incidents.jobs.kinds import JobFailed, UnknownKind, job
from incidents.jobs.progress import JobStopped, Progress
from incidents.jobs.worker import work_off

__all__ = [
    "JobFailed",
    "JobStopped",
    "Progress",
    "UnknownKind",
    "ask_for",
    "ask_to_stop",
    "job",
    "work_off",
]
