"""How documents name the objects they speak of."""

from typing import Protocol

from incidents.models import (
    Agency,
    Incident,
    LegalAction,
    Person,
    Source,
    Violation,
)
from record.kinds import Kind

Publishable = Incident | Person | Violation | Agency | LegalAction | Source

_KINDS: dict[type | None, Kind] = {
    Incident: Kind.INCIDENT,
    Person: Kind.VICTIM,
    Violation: Kind.VIOLATION,
    Agency: Kind.AGENCY,
    LegalAction: Kind.LEGAL_ACTION,
    Source: Kind.SOURCE,
}


def kind_of(row: Publishable) -> Kind:
    """The kind under which a row of the case file is published."""
    kind = _KINDS.get(row._meta.concrete_model)
    if kind is None:
        raise LookupError(f"{type(row).__name__} is never published")
    return kind


class References(Protocol):
    """Gives the name under which a document mentions a row."""

    def __call__(self, row: Publishable) -> str: ...


def provisional_references(row: Publishable) -> str:
    """A stand-in for previews and fingerprints: the same before and after publication."""
    return f"{kind_of(row).prefix}-NEW-{row.pk}"
