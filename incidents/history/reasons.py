"""Why somebody changed something: a sentence beside who and when, kept with the change itself.

It stands in the context that the database writes with every event of a request, always sealed: the
history of a source that was told in trust is read by nobody without the key, and a sentence about
it must not be the hole in that. One request can change other records as well, which others may
see: a reason is told with the record on whose page it was typed alone. What was expunged loses the
reasons of its changes too.
"""

from collections.abc import Iterable
from typing import Any, Final

import pghistory
import pghistory.models
from django.db import connection, models
from django.utils.translation import gettext as _

from incidents.models.sealed import sealed, sealed_anew, unsealed
from incidents.sealing import UnreadableSecretError

MOST: Final = 500
"""Letters of a reason."""

_WHY: Final = "why"
_ON_PAGE_OF: Final = "why_on"
_CONTEXTS: Final = pghistory.models.Context._meta.db_table


def changing_because(
    reason: str, *, on_page_of: tuple[type[models.Model], int] | None = None
) -> Any:
    """All that is changed within keeps this reason, beside who changes it. ``on_page_of`` is the
    record, as model and key, with which alone it is told; without one it is with all."""
    told = {_WHY: sealed(reason[:MOST])}
    if on_page_of is not None:
        told[_ON_PAGE_OF] = _named(*on_page_of)
    return pghistory.context(**told)


def reasons_of(events: Iterable[Any], record: models.Model | None = None) -> dict[Any, str]:
    """Context of a change → the reason that was given for it, as far as it may be told with this
    record, or all of them; one query."""
    contexts = pghistory.models.Context.objects.filter(
        pk__in={event.pgh_context_id for event in events}, metadata__has_key=_WHY
    ).values_list("pk", "metadata")
    here = None if record is None else _named(type(record), record.pk)
    return {
        pk: _opened(str(metadata[_WHY]))
        for pk, metadata in contexts
        if here is None or metadata.get(_ON_PAGE_OF, here) == here
    }


def forget_reasons(contexts: Iterable[Any]) -> None:
    """Take the reasons out of these contexts; who and when stay."""
    without = "metadata - %s::text[]"
    statement = f"UPDATE {_CONTEXTS} SET metadata = {without} WHERE id = ANY(%s)"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(statement, [[_WHY, _ON_PAGE_OF], list(set(contexts) - {None})])


def reseal_reasons() -> tuple[int, int]:
    """Seal every reason under the present key: (sealed anew, those whose key is missing)."""
    done = lost = 0
    for context in pghistory.models.Context.objects.filter(metadata__has_key=_WHY).iterator():
        try:
            context.metadata[_WHY] = sealed_anew(context.metadata[_WHY])
        except UnreadableSecretError:
            lost += 1
            continue
        context.save(update_fields=["metadata"])
        done += 1
    return done, lost


def _opened(stored: str) -> str:
    try:
        return unsealed(stored)
    except UnreadableSecretError:
        return _("sealed; the key to it is missing")


def _named(model: type[models.Model], key: int) -> str:
    concrete = model._meta.concrete_model or model
    return f"{concrete._meta.model_name}:{key}"
