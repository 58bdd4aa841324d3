"""The state of what published documents refer to: the terms of vocabularies and the areas.

Their names, codes and places in their trees decide what an answer says and counts, and they are
edited without a revision of any document, so whoever names the state of an answer needs both.
"""

import time
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction
from django.db.models.signals import post_delete, post_migrate, post_save
from django.dispatch import receiver

from reference import vocabularies
from reference.models import Area
from reference.models.area import AreaName

# As that of the vocabularies: every write of a row, by whatever way, gives it another xmin.
_FINGERPRINT = """
    SELECT (SELECT coalesce(sum(hashtextextended(xmin::text, id)), 0) FROM reference_area),
           (SELECT coalesce(sum(hashtextextended(xmin::text, id)), 0) FROM reference_areaname),
           (SELECT coalesce(sum(hashtextextended(xmin::text, id)), 0)
              FROM reference_area_predecessors)
"""
_BITS = 0xFFFFFFFFFFFFFFFF


@dataclass(slots=True)
class _Known:
    """The version of the areas when it was last read."""

    version: str
    checked: float = field(default_factory=time.monotonic)


_areas: _Known | None = None


def reference_version() -> str:
    """A text that changes whenever any term, area, name or predecessor of an area does.

    An edit made elsewhere shows within ``vocabularies.CHECK_EVERY`` seconds, at one cheap query.
    Read it before the answer is made: named by a state that came later, an answer out of date
    would pass for a current one.
    """
    return f"{vocabularies.version()} {_areas_version()}"


def _areas_version() -> str:
    global _areas
    known = _areas
    if known is None or time.monotonic() - known.checked >= vocabularies.CHECK_EVERY:
        with connection.cursor() as cursor:
            cursor.execute(_FINGERPRINT)
            sums = cursor.fetchone()
        _areas = known = _Known("-".join(f"{int(each) & _BITS:x}" for each in sums))
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
