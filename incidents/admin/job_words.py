"""Jobs in words, and as the figures that a progress page shows."""

from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from incidents.models import Job, JobState

KINDS = {
    "import": gettext_lazy("bring a list in"),
    "undo-import": gettext_lazy("undo an import"),
    "find-duplicates": gettext_lazy("look for people entered twice"),
    "submit": gettext_lazy("submit cases for review"),
    "verify": gettext_lazy("verify cases"),
    "approve": gettext_lazy("approve cases for publication"),
    "publish": gettext_lazy("publish cases"),
    "examine-files": gettext_lazy("look into files that came in"),
    "verify-files": gettext_lazy("check that files are unchanged"),
    "check-links": gettext_lazy("check links of sources"),
}

OVER = (JobState.DONE, JobState.FAILED, JobState.STOPPED)
_WHOLE = 100


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a job has come, for a page."""

    state: str
    words: str
    done: int
    total: int | None
    percent: int | None
    is_over: bool
    stop_asked: bool

    def to_json(self) -> dict[str, Any]:
        """What the script of the page asks for."""
        return {
            "words": capfirst(self.words),
            "done": self.done,
            "total": self.total,
            "over": self.is_over,
        }


def kind_in_words(job: Job) -> str:
    """What the job does. A kind that has no words is called by its name."""
    if job.kind == "import" and job.arguments.get("dry_run"):
        return _("try a list out")
    return str(KINDS.get(job.kind, job.kind))


def standing_of(job: Job) -> Standing:
    """How far the job has come."""
    is_over = job.state in OVER
    percent = None
    if job.total:
        percent = min(_WHOLE, job.done * _WHOLE // job.total)
    return Standing(job.state, _words(job), job.done, job.total, percent, is_over, job.stop_asked)


def _words(job: Job) -> str:
    state = str(job.get_state_display())
    if job.stop_asked and job.state in (JobState.WAITING, JobState.RUNNING):
        return _("%(state)s; it has been asked to stop") % {"state": state}
    if job.state == JobState.WAITING:
        return _("waiting for its turn")
    if job.state == JobState.RUNNING and job.total:
        return _("%(state)s: %(done)d of %(total)d") % {
            "state": state,
            "done": job.done,
            "total": job.total,
        }
    if job.state == JobState.RUNNING and job.done:
        return _("%(state)s: %(done)d") % {"state": state, "done": job.done}
    return state
