"""Asking addresses in the background, because a member of staff wants to know now."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext, pgettext

from incidents.jobs import JobFailed, Progress, ask_for, job
from incidents.link_checking.checking import LinksNotChecked, check_sources
from incidents.link_checking.choosing import askable
from incidents.models import Job, LinkCheck, LinkOutcome, Source, StaffMember
from incidents.visibility import visible_to

CHECK_LINKS: Final = "check-links"
MAY_ASK: Final = "incidents.change_source"


def ask_for_check(sources: Sequence[int], *, by: StaffMember) -> Job:
    """Have the addresses of these sources, given by their ids, asked as soon as a worker is free.

    Those that may not be asked are passed over when it is done.
    """
    arguments = {"sources": list(sources), "language": get_language() or ""}
    return ask_for(CHECK_LINKS, arguments, by=by, total=len(sources))


@job(CHECK_LINKS)
def check_links(job: Job, progress: Progress) -> str:
    """Ask the addresses; after a kill those that have not been asked since the job was."""
    wanted: list[int] = job.arguments["sources"]
    visible = visible_to(job.asked_by, Source.objects.filter(pk__in=wanted)).values("pk")
    asked = LinkCheck.objects.filter(source__in=wanted, checked_at__gte=job.asked_at)
    sources = list(askable().filter(pk__in=visible).exclude(pk__in=asked.values("source")))
    before = len(wanted) - len(sources)
    try:
        check_sources(sources, report=lambda done: progress.report(before + done, len(wanted)))
    except LinksNotChecked as error:
        raise JobFailed(str(error)) from None
    checks = asked.filter(source__in=visible).order_by("source_id", "-pk").distinct("source_id")
    return in_words(checks.values_list("outcome", flat=True))


def in_words(outcomes: Iterable[str]) -> str:
    """How many addresses were asked, and what came of it."""
    counts = Counter(outcomes)
    total = sum(counts.values())
    asked = ngettext("%(number)d address was asked.", "%(number)d addresses were asked.", total) % {
        "number": total
    }
    found = [
        f"{capfirst(LinkOutcome(outcome).label)}: {number}"
        for outcome, number in counts.most_common()
    ]
    comma = pgettext("between the items of a list", ", ")
    return f"{asked} {comma.join(found)}" if found else asked
