"""Taking out of rows what was expunged: parts go, what others point to stays as an empty row."""

from typing import Final

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from incidents.confidential import silence
from incidents.expunging.mentions import WORDS
from incidents.expunging.scope import Plan
from incidents.expunging.typed import forget_typed
from incidents.importing.passing_over import mark_of
from incidents.models import (
    Capture,
    Citation,
    ImportBatch,
    ImportChange,
    Incident,
    ListCase,
    ListRow,
    Merger,
    Person,
)
from incidents.models.sealed import sealed_fields
from incidents.models.sealed_key import sealed_keys
from reference.dates import UNKNOWN
from reference.fields import EarliestField, LatestField, UncertainDateField

EMPTY: Final = "–"
"""What stands in a title that must not be empty."""


def remove(plan: Plan) -> None:
    """Delete and empty the rows; their histories are erased after it."""
    root = plan.root
    if isinstance(root, Person):
        Merger.objects.filter(Q(loser=root) | Q(survivor=root)).update(note=EMPTY)
    forget_typed(root)
    # The files themselves go when the transaction has ended.
    ImportBatch.objects.filter(pk__in=[batch.pk for batch in plan.lists]).update(file="")
    _forget_changes(plan)
    # What the parts hold goes with them; those deepest first are found by the rows above.
    for model, ids in plan.parts.items():
        model._default_manager.filter(pk__in=ids).delete()
    for model, ids in plan.emptied.items():
        for name in sealed_keys(model):
            # Not by the rows: of a tie that no key opens they keep what was read.
            model._default_manager.filter(pk__in=ids).update(**{name: None})
        for row in model._default_manager.filter(pk__in=ids):
            empty(row)
            row.save()


def _forget_changes(plan: Plan) -> None:
    """Take the words out of what imports noted of it."""
    noted = Q(pk__in=())
    for model, keys in (plan.parts | plan.emptied).items():
        noted |= Q(model=model._meta.model_name, object_id__in=keys)
    if isinstance(plan.root, Incident):
        noted |= Q(incident=plan.root)
    notes = ImportChange.objects.filter(noted)
    silence(notes)
    notes.update(key="")


def empty(row: models.Model) -> None:
    """Take out of a row what anybody typed or chose, as far as its columns may be empty."""
    if isinstance(row, Capture | Citation):
        for name in sealed_fields(type(row)):
            setattr(row, name, "")
        if isinstance(row, Capture):
            row.storage_name = ""  # the file goes too, unless another source holds the same
        return
    if isinstance(row, ListRow | ListCase):
        _empty_listed(row)
        return
    if (columns := WORDS.get(type(row))) is not None:
        for name in columns:
            if getattr(row, name):
                setattr(row, name, EMPTY)
        return
    for column in row._meta.concrete_fields:
        if column.name in _KEPT or column.primary_key:
            continue
        if isinstance(column, UncertainDateField):
            setattr(row, column.name, UNKNOWN)
        elif isinstance(column, EarliestField | LatestField):
            continue
        elif isinstance(column, ArrayField):
            setattr(row, column.name, [])
        elif column.null:
            setattr(row, column.attname, None)
        elif isinstance(column, models.CharField | models.TextField):
            if column.blank:
                setattr(row, column.name, "")
            elif not column.choices:
                setattr(row, column.name, EMPTY)


def _empty_listed(row: ListRow | ListCase) -> None:
    """Of a row of a list nothing stays but whose it was, and what knows it again if it comes in
    once more (``importing.passing_over``)."""
    row.key, row.made = mark_of(row.list_id, row.key), {}
    if isinstance(row, ListRow):
        row.received, row.digest = {}, ""


_KEPT: Final = frozenset(
    {
        *("entered_at", "entered_by", "changed_at", "changed_by"),
        *("reference", "publication", "published_at"),
    }
)
"""Columns that stay: whose they are, and what others are found by."""
