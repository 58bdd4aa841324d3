"""Looking into files, and checking that they are unchanged, in the background."""

from collections.abc import Sequence
from typing import Final

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from incidents.evidence.storing import sweep_incoming
from incidents.evidence.verifying import Verified, verify
from incidents.evidence.working import look_into
from incidents.jobs import Progress, ask_for, job
from incidents.models import Capture, Job, Source, StaffMember
from incidents.visibility import visible_to

EXAMINE: Final = "examine-files"
VERIFY: Final = "verify-files"


def ask_to_examine(captures: Sequence[int], *, by: StaffMember) -> Job:
    """Have these files, given by the ids of their rows, looked into."""
    arguments = {"captures": list(captures), "language": get_language() or ""}
    return ask_for(EXAMINE, arguments, by=by, total=len(captures))


def ask_to_verify(sources: Sequence[int], *, by: StaffMember) -> Job:
    """Have all files of these sources, given by their ids, hashed again."""
    arguments = {"sources": list(sources), "language": get_language() or ""}
    return ask_for(VERIFY, arguments, by=by)


@job(EXAMINE)
def examine_files(asked: Job, progress: Progress) -> str:
    """Look into the files; after a kill into those that were not looked into."""
    sweep_incoming()
    wanted: list[int] = asked.arguments["captures"]
    captures = Capture.objects.held().filter(pk__in=wanted).select_related("source")
    number = 0
    for number, capture in enumerate(captures.order_by("pk"), start=1):
        if capture.examined_at is None:
            look_into(capture, by=asked.asked_by)
        progress.report(number, len(wanted))
    told = ngettext(
        "%(number)d file was looked into.", "%(number)d files were looked into.", number
    )
    return told % {"number": number}


@job(VERIFY)
def verify_files(asked: Job, progress: Progress) -> str:
    """Hash the files of the sources that this person may know of once more. Those into which nobody
    looked yet, or whose source is open again, are looked into after it."""
    sources = visible_to(
        asked.asked_by, Source.objects.filter(pk__in=asked.arguments["sources"])
    ).values("pk")
    captures = Capture.objects.held().filter(source__in=sources)
    found = verify(captures, by=asked.asked_by, report=progress.report)
    waiting = list(captures.filter(examined_at=None).values_list("pk", flat=True))
    if waiting:
        ask_to_examine(waiting, by=asked.asked_by)
    return in_words(found)


def in_words(result: Verified) -> str:
    """How many files were looked at, and how many are not what they were."""
    told = ngettext(
        "%(number)d file is as it came.", "%(number)d files are as they came.", result.intact
    ) % {"number": result.intact}
    if not result.damaged:
        return told
    bad = ngettext(
        "%(number)d file is missing or changed.",
        "%(number)d files are missing or changed.",
        result.damaged,
    ) % {"number": result.damaged}
    advice = _("Take these from a backup; the pages of their sources name them.")
    return f"{told} {bad} {advice}"
