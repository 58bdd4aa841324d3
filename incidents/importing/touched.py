"""Whether a row that an import brought is still as it was brought, and what hangs on it."""

from collections.abc import Iterator
from typing import Any

from django.db import models

from incidents.importing.drafts import Draft, DraftRef
from incidents.importing.obstacles import relations_to
from incidents.importing.rows import default_of

_KEPT_BY_ITSELF = {
    "id",
    "entered_at",
    "entered_by_id",
    "changed_at",
    "changed_by_id",
    "folded",
    "skeleton",
}


def is_as_brought(row: models.Model, values: dict[str, Any]) -> bool:
    """Whether every column holds what the import had put there."""
    for column in row._meta.concrete_fields:
        if column.attname in _KEPT_BY_ITSELF or hasattr(column, "of"):
            continue
        expected = values[column.attname] if column.attname in values else default_of(column)
        if getattr(row, column.attname) != expected:
            return False
    return True


def is_used(row: models.Model) -> bool:
    """Whether another row points to this one. Its own many-to-many links do not count."""
    return any(
        relation.related_model._default_manager.filter(**{relation.field.name: row.pk}).exists()
        for relation in relations_to(type(row))
    )


def hangs_on(draft: Draft, person: DraftRef) -> bool:
    """Whether a draft is this person, or is said of them."""
    inside = draft.row == person.row and draft.path.startswith(f"{person.path}.")
    return inside or person in (draft.ref, draft.links.get("person"))


def rows_pointing_to(
    model: type[models.Model], key: int
) -> Iterator[tuple[type[models.Model], int]]:
    """Model and id of every row that points to this one; for a link its owner."""
    for relation in relations_to(model):
        other = relation.related_model
        owner: Any = other._meta.auto_created or other
        column = f"{owner._meta.model_name}_id" if owner is not other else "pk"
        rows = other._default_manager.filter(**{relation.field.name: key})
        for found in rows.values_list(column, flat=True):
            yield owner, found
