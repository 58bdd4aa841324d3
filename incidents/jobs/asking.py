"""Asking for a job, and asking one to stop."""

from typing import Any

from incidents.jobs.kinds import work_of
from incidents.models import Job, JobState, StaffMember


def ask_for(
    kind: str, arguments: dict[str, Any], *, by: StaffMember, total: int | None = None
) -> Job:
    """Have something done in the background as soon as a worker is free.

    ``arguments`` hold ids and codes alone. The job is seen by workers once the caller's
    transaction has ended. Raises UnknownKind.
    """
    work_of(kind)
    return Job.objects.create(kind=kind, arguments=arguments, asked_by=by, total=total)


def ask_to_stop(job: Job) -> None:
    """Stop a job: at once if nobody has begun it, otherwise when it next reports progress."""
    Job.objects.filter(pk=job.pk, state__in=(JobState.WAITING, JobState.RUNNING)).update(
        stop_asked=True
    )
