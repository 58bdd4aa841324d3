"""What many rows of many cases point to: terms. Given to them once instead of joined to each."""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from django.db import models

from incidents.documents.parts import parts
from incidents.models import Citation, Incident
from reference.models import Term
from reference.vocabularies import terms, vocabularies

_CITED_PARTS = (
    *("violations", "attributions", "involvements", "statuses", "body_entries", "accounts"),
    *("casualties", "interventions", "legal_actions"),
)
_BELOW = ("elements", "steps", "addressees")


def rows_of(incident: Incident) -> Iterator[models.Model]:
    """Every row of a case that was read whole, some more than once."""
    yield incident
    yield from (*parts(incident, "links_out"), *parts(incident, "links_in"))
    for part in _CITED_PARTS:
        for row in parts(incident, part):
            yield row
            yield from _around(row)
    for row in tuple(citations_of(incident)):
        yield row


def _around(row: Any) -> Iterator[models.Model]:
    for part in _BELOW:
        if hasattr(row, part):
            yield from parts(row, part)
    held: dict[str, Any] = row._state.fields_cache
    if held.get("person") is not None:
        yield held["person"]
    if row._meta.model_name == "legalaction":
        yield from parts(row, "people")


def citations_of(incident: Incident) -> Iterator[Citation]:
    """Every citation of every row of a case that was read whole."""
    yield from parts(incident, "citations")
    for part in _CITED_PARTS:
        for row in parts(incident, part):
            yield from parts(row, "citations")
            for other in _around(row):
                if hasattr(other, "citations"):
                    yield from parts(other, "citations")


class Terms:
    """All terms by id, for rows that name them."""

    def __init__(self) -> None:
        self.by_id: dict[int, Term] = {
            term.pk: term
            for vocabulary in vocabularies()
            for term in terms(vocabulary.code, hidden=True)
        }

    def fill_in(self, rows: Iterable[models.Model]) -> None:
        """Let the rows hold their terms, as if these had been read with them."""
        for row in rows:
            for field in _term_fields(type(row)):
                pk = row.__dict__[field.attname]
                field.set_cached_value(row, None if pk is None else self._term(pk))

    def _term(self, pk: int) -> Term:
        if pk not in self.by_id:  # somebody added it a moment ago
            self.by_id |= Term.objects.in_bulk()
        return self.by_id[pk]


@cache
def _term_fields(model: type[models.Model]) -> tuple["models.ForeignKey[Any, Any]", ...]:
    return tuple(
        field
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and field.related_model is Term
    )
