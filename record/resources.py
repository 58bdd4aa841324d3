"""What can be listed, and how rows of ``Fact`` choose it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, cast

from django.db.models import Func, IntegerField, QuerySet

from record.document_keys import DOCUMENT_KEYS
from record.kinds import Kind
from record.models import (
    AgencyKey,
    Entry,
    Fact,
    IncidentKey,
    LegalActionKey,
    SourceKey,
    VictimKey,
)
from record.models.entry import ENTRY_OF


class Unnest(Func):
    """The members of a set, one a row."""

    function = "unnest"
    set_returning = True
    output_field = IntegerField()


@dataclass(frozen=True, slots=True)
class Resource:
    """A kind of published object as it is listed.

    ``keys`` are the narrow rows that are ordered and counted, ``key_id`` is their key to the
    entry. ``fact_column`` of ``Fact`` names the object, or, where ``set_valued``, the objects.
    ``from_facts``: listed only when one of its facts is chosen, even where nothing was asked.
    """

    kind: Kind
    keys: type[Any]
    fact_column: str
    orderings: Mapping[str, str]
    default_ordering: str = "-date"
    key_id: str = "entry_id"
    set_valued: bool = False
    from_facts: bool = False
    own_dates: bool = False

    @property
    def name(self) -> str:
        """The word in addresses, which is also the unit of its counts."""
        return self.kind.plural

    @property
    def entries(self) -> type[Entry]:
        """The table of finished documents."""
        return ENTRY_OF[self.kind]

    @property
    def document_keys(self) -> tuple[str, ...]:
        """The top-level keys of its documents, which ``fields`` may name."""
        return DOCUMENT_KEYS[self.kind]

    def with_object(self, facts: QuerySet[Fact]) -> QuerySet[Fact]:
        """The facts that have such an object; every fact has an incident."""
        if self.kind is Kind.INCIDENT:
            return facts
        return facts.filter(**{f"{self.fact_column}__isnull": False})

    def ids_in(self, facts: QuerySet[Fact]) -> QuerySet[Any, Any]:
        """The ids of the objects that these facts choose, repeated as often as they occur."""
        found: Any
        if self.set_valued:
            found = facts.annotate(member=Unnest(self.fact_column)).values("member")
        else:
            found = self.with_object(facts).values(self.fact_column)
        return cast("QuerySet[Any, Any]", found)


_DATED: Final = {"date": "earliest", "changed": "changed"}
_NAMED: Final = {"name": "sort_name", "changed": "changed"}

RESOURCES: Final[dict[str, Resource]] = {
    resource.name: resource
    for resource in (
        Resource(Kind.INCIDENT, IncidentKey, "incident_id", _DATED),
        Resource(Kind.VICTIM, VictimKey, "victim_id", {**_DATED, **_NAMED}, from_facts=True),
        Resource(
            Kind.VIOLATION,
            Fact,
            "violation_id",
            {"date": "start_earliest", "changed": "changed"},
            key_id="violation_id",
            from_facts=True,
        ),
        Resource(
            Kind.AGENCY, AgencyKey, "agencies", _NAMED, default_ordering="name", set_valued=True
        ),
        Resource(
            Kind.LEGAL_ACTION,
            LegalActionKey,
            "legal_actions",
            _DATED,
            set_valued=True,
            own_dates=True,
        ),
        Resource(Kind.SOURCE, SourceKey, "sources", _DATED, set_valued=True, own_dates=True),
    )
}
