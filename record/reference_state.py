"""The state of what published documents refer to: terms of vocabularies, areas, the publisher.

Their names, codes and places in their trees decide what an answer says and counts, and they are
edited without a revision of any document, so whoever names the state of an answer needs all.
"""

import time
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_migrate, post_save
from django.dispatch import receiver

from reference import vocabularies
from reference.kept import fingerprint
from reference.models import Area, AreaName, Boundary
from reference.publisher import publisher_version

_TABLES = (Area, AreaName, Area.predecessors.through, Boundary)


_SHORTEST = 1e-9


@dataclass(slots=True)
class _Known:
    """The version of the areas when it was last read."""

    version: str
    checked: float = field(default_factory=time.monotonic)


_areas: _Known | None = None


def reference_version() -> str:
    """A text that changes whenever any term, area, or name, predecessor or boundary of one does,
    or what the organisation says of itself.

    An edit made elsewhere shows within ``vocabularies.CHECK_EVERY`` seconds, at one cheap query.
    Read it before the answer is made: named by a state that came later, an answer out of date
    would pass for a current one.
    """
    return f"{vocabularies.version()} {_areas_version()} {publisher_version()}"


def keeping_state() -> tuple[str, float]:
    """Under what to keep what is read from areas: their version, and a number that changes every
    ``vocabularies.CHECK_EVERY`` seconds.

    A snapshot from before an edit reads the old areas while another thread knows the new version
    already. What it keeps is out of date; the number says when it is read again.
    """
    # Never by zero, which means that everything is read again each time.
    seconds = max(vocabularies.CHECK_EVERY, _SHORTEST)
    return reference_version(), time.monotonic() // seconds


def _areas_version() -> str:
    global _areas
    known = _areas
    if known is None or time.monotonic() - known.checked >= vocabularies.CHECK_EVERY:
        _areas = known = _Known(fingerprint(*_TABLES))
    return known.version


def _forget() -> None:
    global _areas
    _areas = None


@receiver([post_save, post_delete], sender=Area, dispatch_uid="record.reference_state.area")
@receiver([post_save, post_delete], sender=AreaName, dispatch_uid="record.reference_state.name")
@receiver(post_migrate, dispatch_uid="record.reference_state.migrated")
def _after_edit(**signal: Any) -> None:
    _forget()
    # Whoever read meanwhile saw the areas as they were before.
    transaction.on_commit(_forget)
