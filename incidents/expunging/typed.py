"""What somebody has typed and not saved yet, and may tell of a record that is expunged."""

from typing import Final

from django.db import models

from incidents.entry import keeping
from incidents.models import (
    BodyEntry,
    Citation,
    Incident,
    Involvement,
    Person,
    Source,
    StatusEntry,
    Violation,
)

_CASE_OF_CITATION: Final = (
    "incident",
    "violation__incident",
    "element__violation__incident",
    "attribution__incident",
    "involvement__incident",
    "status__incident",
    "body_entry__incident",
    "casualties__incident",
    "account__incident",
    "intervention__incident",
)


def forget_typed(root: models.Model) -> None:
    """Drop what is kept of the pages of every case that tells of the record.

    A new case that belongs to no record yet cannot be found: it is sealed, and runs out by itself.
    """
    keeping.forget(keeping.INCIDENT, _cases_of(root))


def _cases_of(root: models.Model) -> set[int]:
    if isinstance(root, Incident):
        return {root.pk}
    if isinstance(root, Person):
        tables: tuple[type[models.Model], ...] = (Violation, StatusEntry, Involvement, BodyEntry)
        return {
            key
            for model in tables
            for key in model._default_manager.filter(person=root).values_list("incident", flat=True)
        }
    if isinstance(root, Source):
        rows = Citation.objects.filter(source=root).values_list(*_CASE_OF_CITATION)
        return {key for row in rows for key in row if key is not None}
    return set()
