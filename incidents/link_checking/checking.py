"""Asking the addresses of sources and writing down what came of it."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from incidents.link_checking.asking import Answer, ask
from incidents.link_checking.choosing import askable
from incidents.link_checking.politeness import Pauses, in_turn
from incidents.link_checking.telling import tell
from incidents.models import LinkCheck, LinkOutcome, LinkProblem, Source

_LOCK: Final = 0x4C494E4B53  # "LINKS" in ASCII

_OUR_SIDE: Final = (LinkProblem.NAME, LinkProblem.CONNECTION, LinkProblem.TIME)
_PROOF_LASTS: Final = timedelta(days=1)


class LinksNotChecked(Exception):
    """The settings do not allow asking. The text says which."""


def check_sources(
    sources: Iterable[Source],
    *,
    pauses: Pauses | None = None,
    report: Callable[[int], None] | None = None,
) -> list[LinkCheck]:
    """Ask the address of each source, host by host in turn; those that may not be are left out.

    ``report`` is called with how many are done. Whether a source may be asked is looked up just
    before: it may have been withdrawn since. Raises LinksNotChecked.
    """
    require_permission()
    pauses = pauses or Pauses()
    checks: list[LinkCheck] = []
    for done, source in enumerate(in_turn(sources, host_of), start=1):
        with asking_alone():
            present = askable().filter(pk=source.pk).first()
            if present is not None:
                checks.append(_check(present, pauses))
        if report is not None:
            report(done)
    return checks


def require_permission() -> None:
    """Raise LinksNotChecked unless the settings allow asking."""
    if not settings.GAWAH_CHECK_LINKS:
        raise LinksNotChecked(
            _(
                "Links are not checked here. GAWAH_CHECK_LINKS=1 allows it: each request then "
                "tells the server of a publisher that this one looks at the page."
            )
        )


@contextmanager
def asking_alone() -> Iterator[None]:
    """Wait until no other process asks, and keep others waiting: pauses are for all together."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])


def _check(source: Source, pauses: Pauses) -> LinkCheck:
    answer = ask(source.url, pause=pauses.wait)
    if answer.outcome == LinkOutcome.UNREACHABLE and not _line_is_proven(answer):
        answer = Answer(LinkOutcome.NOT_CHECKED, LinkProblem.LINE, milliseconds=answer.milliseconds)
    with transaction.atomic():
        # It may have become confidential while it was asked: then the log keeps no address.
        now = Source.objects.select_for_update().only("confidential").get(pk=source.pk)
        check = LinkCheck.objects.create(
            source=source,
            checked_at=timezone.now(),
            address="" if now.confidential else source.url,
            outcome=answer.outcome,
            problem=answer.problem,
            status=answer.status,
            final_address="" if now.confidential else answer.final_address,
            milliseconds=answer.milliseconds,
        )
    tell([source])
    return check


def _line_is_proven(answer: Answer) -> bool:
    """Whether it is the other side that fails: some server answered us within a day.

    Else a day on which our own line is down would look like the end of the whole web.
    """
    if answer.problem not in _OUR_SIDE:
        return True
    lately = timezone.now() - _PROOF_LASTS
    return LinkCheck.objects.filter(checked_at__gte=lately, status__isnull=False).exists()


def host_of(source: Source) -> str:
    """The server that a source's address names; empty where it makes no sense."""
    try:
        return urlsplit(source.url).hostname or ""
    except ValueError:
        return ""
