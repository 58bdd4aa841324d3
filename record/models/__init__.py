"""The tables a public server holds: documents, revisions, and the keys that filters need."""

from record.models.entry import (
    ENTRY_OF,
    AgencyEntry,
    Entry,
    IncidentEntry,
    LegalActionEntry,
    SourceEntry,
    State,
    VictimEntry,
    ViolationEntry,
)
from record.models.fact import AreaBasis, Fact
from record.models.keys import (
    AgencyKey,
    IncidentKey,
    LegalActionKey,
    SourceKey,
    VictimKey,
    VictimName,
)
from record.models.mention import Mention
from record.models.revision import Action, ReferenceCounter, Revision
from record.models.search import AgencyText, IncidentText, LegalActionText, SearchText, SourceText

__all__ = [
    "ENTRY_OF",
    "Action",
    "AgencyEntry",
    "AgencyKey",
    "AgencyText",
    "AreaBasis",
    "Entry",
    "Fact",
    "IncidentEntry",
    "IncidentKey",
    "IncidentText",
    "LegalActionEntry",
    "LegalActionKey",
    "LegalActionText",
    "Mention",
    "ReferenceCounter",
    "Revision",
    "SearchText",
    "SourceEntry",
    "SourceKey",
    "SourceText",
    "State",
    "VictimEntry",
    "VictimKey",
    "VictimName",
    "ViolationEntry",
]
