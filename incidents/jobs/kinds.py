"""The kinds of work there are, each a function under the name that jobs call it by."""

from collections.abc import Callable

from incidents.jobs.progress import Progress
from incidents.models import Job

Work = Callable[[Job, Progress], str]
"""Does a job and returns the message that closes it. Called again from the start after a kill."""

_KINDS: dict[str, Work] = {}


class UnknownKind(LookupError):
    """No function does jobs of this kind."""


class JobFailed(Exception):
    """A job that cannot be done. The text is shown with the job: no value of a case in it."""


def job(kind: str) -> Callable[[Work], Work]:
    """Let a function do the jobs of a kind.

    Modules that hold such functions are imported by ``IncidentsConfig.ready``.
    """

    def register(work: Work) -> Work:
        _KINDS[kind] = work
        return work

    return register


def work_of(kind: str) -> Work:
    """The function for a kind. Raises UnknownKind."""
    try:
        return _KINDS[kind]
    except KeyError:
        raise UnknownKind(kind) from None
