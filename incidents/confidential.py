"""What is told in trust lies sealed: in the rows of a source, of its files and citations, and in
their history; notes of imports, and the log of link checks, then keep none of its words.

Who told it lies sealed always (``models.sealed_key``), and the files of a confidential source on
the disk (``evidence.settling``). Not sealed are notes that somebody writes elsewhere (comments,
tasks, the case itself), and dates and kinds.

Each save of a source keeps it so. What was entered while a source was open is sealed in the moment
in which it becomes confidential, its earlier history included; the history as such is never
opened again, only the rows are.
"""

import json
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any, Final

import pghistory
from django.core.exceptions import ValidationError
from django.db import connection, models, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from incidents.evidence.settling import can_be_opened, settle_files_of
from incidents.models import Capture, Citation, ImportChange, Merger, Source
from incidents.models.sealed import (
    SEALED,
    Opened,
    Unreadable,
    sealed,
    sealed_anew,
    sealed_fields,
)
from incidents.models.sealed_key import OpenedKey, UnreadableKey, sealed_keys
from incidents.sealing import UnreadableSecretError
from incidents.sealing.lists import open_lists, seal_lists

SILENT: Final = "–"
"""What a note of an import says of a text that was told in trust: that there is one."""

_HANGING: Final[tuple[type[models.Model], ...]] = (Capture, Citation)
"""Rows of which ``source`` says whether they were told in trust."""

_SEALABLE: Final[tuple[type[models.Model], ...]] = (Source, *_HANGING)

_RESEALED: Final[tuple[type[models.Model], ...]] = (*_SEALABLE, Merger)

_AT_ONCE: Final = 500
"""Rows that are sealed anew in one transaction."""


def keep_in_step(source: Source) -> None:
    """Seal or open what hangs on a source that was just saved, its files included. Call it in that
    transaction."""
    settle_files_of(source)
    if source.confidential:
        _save_hanging(source, _open)
        seal_history([source.pk])
        seal_lists([source.pk])
        _forget_notes([source.pk])
    else:
        _save_hanging(source, _shut)
        open_lists(source.pk)


def seal_history(sources: Collection[int]) -> int:
    """Seal what the history of these confidential sources, and of what hangs on them now or did,
    still says openly; how many rows."""
    done = 0
    for model in _SEALABLE:
        if model is Source:
            theirs = Q(id__in=sources)
        else:
            now = model._default_manager.filter(source__in=sources)
            theirs = Q(source_id__in=sources) | Q(id__in=now.values("pk"))
        done += _seal_events(model, theirs)
    return done


def seal_history_of(row: models.Model) -> None:
    """Seal the history of a row that hangs on a confidential source, and maybe did not before."""
    model = type(row)
    if _seal_events(model, Q(id=row.pk)):
        silence(ImportChange.objects.filter(model=model._meta.model_name, object_id=row.pk))


def refuse_to_open(source: Source) -> None:
    """Raise ValidationError if a text of a source, or of what hangs on it, or a file cannot be
    read: opened, it would lie sealed where nobody seals it anew."""
    rows: list[models.Model] = [source]
    if not Source.objects.filter(pk=source.pk, confidential=True).exists():
        return
    for model in _HANGING:
        rows += model._default_manager.filter(_shut(sealed_fields(model)), source=source)
    unreadable = any(
        isinstance(getattr(row, name), Unreadable)
        for row in rows
        for name in sealed_fields(type(row))
    )
    if unreadable or not can_be_opened(source):
        raise ValidationError(
            {
                "confidential": _(
                    "Not everything of this source can be read: the key to it is missing. It "
                    "stays confidential until the key is there."
                )
            },
            code="unreadable",
        )


def reseal_all() -> tuple[int, int]:
    """Seal everything under the present key: (texts sealed anew, texts whose key is missing).

    What cannot be read stays as it is. Some hundred rows are one transaction, so that nobody
    waits long; if it breaks off it is begun again.
    """
    done = lost = 0
    for model in _RESEALED:
        rows: Any = model._default_manager
        for keys in _batches(rows.filter(_sealed(model)), "pk"):
            counted = _reseal_rows(model, keys)
            done, lost = done + counted[0], lost + counted[1]
        for keys in _batches(_events(model).filter(_sealed(model)), "pgh_id"):
            counted = _reseal_events(model, keys)
            done, lost = done + counted[0], lost + counted[1]
    return done, lost


def _batches(rows: models.QuerySet[Any], key: str) -> Iterator[list[int]]:
    keys = list(rows.order_by(key).values_list(key, flat=True))
    for first in range(0, len(keys), _AT_ONCE):
        yield keys[first : first + _AT_ONCE]


def _reseal_rows(model: type[models.Model], keys: list[int]) -> tuple[int, int]:
    done = lost = 0
    with transaction.atomic(), pghistory.context(act="reseal"):
        for row in model._default_manager.filter(pk__in=keys).select_for_update(of=("self",)):
            values, missing = _anew(row)
            if values:
                model._default_manager.filter(pk=row.pk).update(**values)
            done, lost = done + len(values), lost + missing
    return done, lost


def _reseal_events(model: type[models.Model], keys: list[int]) -> tuple[int, int]:
    done = lost = 0
    found = []
    for event in _events(model).filter(pgh_id__in=keys):
        values, missing = _anew(event)
        found.append((event.pk, values))
        done, lost = done + len(values), lost + missing
    with transaction.atomic():
        _write_history(model, found)
    return done, lost


def _seal_events(model: type[models.Model], theirs: Q) -> int:
    names = sealed_fields(model)
    events = _events(model).filter(_open(names), theirs)
    return _write_history(
        model,
        (
            (
                event.pk,
                {name: sealed(value) for name in names if _is_plain(value := getattr(event, name))},
            )
            for event in events.iterator()
        ),
    )


def _save_hanging(source: Source, which: Callable[[Iterable[str]], Q]) -> None:
    """Write these columns of what hangs on the source anew, as it has to lie now."""
    for model in _HANGING:
        names = sealed_fields(model)
        for row in model._default_manager.filter(which(names), source=source):
            row.source = source  # type: ignore[attr-defined]
            row.save(update_fields=names)


def _forget_notes(sources: Collection[int]) -> None:
    """Silence what imports noted of these sources, and the addresses that were asked for them."""
    noted = Q(model="source", object_id__in=sources)
    for model in _HANGING:
        now = model._default_manager.filter(source__in=sources).values("pk")
        past = _events(model).filter(source_id__in=sources).values("id")
        noted |= Q(Q(object_id__in=now) | Q(object_id__in=past), model=model._meta.model_name)
    silence(ImportChange.objects.filter(noted))
    with connection.cursor() as cursor:
        cursor.execute("SELECT incidents_forget_addresses(%s)", [list(sources)])


def silence(changes: models.QuerySet[ImportChange]) -> None:
    """Take the words out of these notes; that something was there, they still say."""
    changes.exclude(before__in=("", SILENT)).update(before=SILENT)
    changes.exclude(after__in=("", SILENT)).update(after=SILENT)


def _open(names: Iterable[str]) -> Q:
    """Rows in which one of these columns lies open."""
    condition = Q()
    for name in names:
        condition |= ~Q(**{name: ""}) & ~Q(**{f"{name}__startswith": SEALED})
    return condition


def _shut(names: Iterable[str]) -> Q:
    """Rows in which one of these columns lies sealed."""
    condition = Q()
    for name in names:
        condition |= Q(**{f"{name}__startswith": SEALED})
    return condition


def _sealed(model: type[models.Model]) -> Q:
    """Rows of a model, or of its history, in which anything lies sealed."""
    condition = _shut(sealed_fields(model))
    for name in sealed_keys(model):
        condition |= Q(**{f"{name}__isnull": False})
    return condition


def _is_plain(value: Any) -> bool:
    return bool(value) and not isinstance(value, Opened)


def _anew(row: models.Model) -> tuple[dict[str, str], int]:
    """What lies sealed in a row under the present key, and how much of it has no known key."""
    values: dict[str, str] = {}
    missing = 0
    for name in (*sealed_fields(type(row)), *sealed_keys(type(row))):
        value = getattr(row, name)
        if isinstance(value, Unreadable | UnreadableKey):
            missing += 1
        elif isinstance(value, Opened | OpenedKey):
            try:
                values[name] = sealed_anew(value.stored)
            except UnreadableSecretError:
                missing += 1
    return values, missing


def _events(model: type[models.Model]) -> Any:
    # One table, under the label of each operation.
    event_model = next(iter(model.pgh_event_models.values()))  # type: ignore[attr-defined]
    return event_model.objects.all()


def _write_history(model: type[models.Model], rows: Iterable[tuple[int, dict[str, str]]]) -> int:
    """Put sealed texts into rows of the history, by the one door for that (migration
    ``sealed_sources``): it takes nothing but sealed texts of confidential sources."""
    found = [{"id": pk, "values": values} for pk, values in rows if values]
    if found:
        table = _events(model).model._meta.db_table
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT incidents_seal_history(%s, %s::jsonb)", [table, json.dumps(found)]
            )
    return len(found)
