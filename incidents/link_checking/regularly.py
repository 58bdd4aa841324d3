"""The slow regular round: one address whenever the worker has nothing else to do."""

import logging
import time
from typing import Final

from django.conf import settings
from django.db import DatabaseError

from incidents.link_checking.checking import check_sources, host_of
from incidents.link_checking.choosing import due
from incidents.link_checking.politeness import Pauses, in_turn
from incidents.models import Source
from record.models import SourceLink
from record.source_links import remove_links

AT_ONCE: Final = 50
"""Addresses chosen together."""
LOOK_EVERY: Final = 600.0
"""Seconds between two looks for what is due."""

logger = logging.getLogger(__name__)


class RegularRound:
    """What one worker still has to ask, and when it looks again."""

    def __init__(self, pauses: Pauses | None = None) -> None:
        self._pauses = pauses or Pauses()
        self._waiting: list[int] = []
        self._look_at = 0.0

    def step(self) -> bool:
        """Ask the next address that is due; whether there was one. A fault is written down and
        passed over: links are the least of what a worker is for."""
        if not settings.GAWAH_CHECK_LINKS:
            return False
        try:
            return self._step()
        except DatabaseError:
            raise
        except Exception as error:
            # Not its words: they may hold an address.
            logger.error("A link could not be checked: %s", type(error).__name__)
            return False

    def _step(self) -> bool:
        if not self._waiting and time.monotonic() >= self._look_at:
            self._look_at = time.monotonic() + LOOK_EVERY
            forget_confidential()
            self._waiting = [source.pk for source in _next()]
        if not self._waiting:
            return False
        # Once more whether it is due: another worker, or a member of staff, may have asked.
        sources = due().filter(pk=self._waiting.pop(0))
        return bool(check_sources(sources, pauses=self._pauses))


def forget_confidential() -> int:
    """Say nothing in public of a source that somebody marked confidential, even before it is
    withdrawn; returns of how many something was said."""
    marked = Source.objects.filter(
        confidential=True, reference__in=SourceLink.objects.values("entry__reference")
    )
    references = [str(reference) for reference in marked.values_list("reference", flat=True)]
    return remove_links(references) if references else 0


def _next() -> list[Source]:
    return in_turn(due()[:AT_ONCE], host_of)
