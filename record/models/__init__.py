"""The tables a public server holds: documents, revisions, and the keys that filters need."""

from record.models.claimed_date import ClaimedDate
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
from record.models.narrow import BlockCount, BlockVersion, NumberedFact, NumberedSet
from record.models.picture import PublishedPicture
from record.models.revision import Action, ReferenceCounter, Revision
from record.models.row import (
    AgencyRow,
    IncidentRow,
    LegalActionRow,
    Row,
    SourceRow,
    VictimRow,
    ViolationRow,
)
from record.models.search import AgencyText, IncidentText, LegalActionText, SearchText, SourceText
from record.models.source_file import PublishedFile
from record.models.source_link import LinkState, SourceLink
from record.models.tally import Tally, TraitTally, UnevenFact

__all__ = [
    "ENTRY_OF",
    "Action",
    "AgencyEntry",
    "AgencyKey",
    "AgencyRow",
    "AgencyText",
    "AreaBasis",
    "BlockCount",
    "BlockVersion",
    "ClaimedDate",
    "Entry",
    "Fact",
    "IncidentEntry",
    "IncidentKey",
    "IncidentRow",
    "IncidentText",
    "LegalActionEntry",
    "LegalActionKey",
    "LegalActionRow",
    "LegalActionText",
    "LinkState",
    "Mention",
    "NumberedFact",
    "NumberedSet",
    "PublishedFile",
    "PublishedPicture",
    "ReferenceCounter",
    "Revision",
    "Row",
    "SearchText",
    "SourceEntry",
    "SourceKey",
    "SourceLink",
    "SourceRow",
    "SourceText",
    "State",
    "Tally",
    "TraitTally",
    "UnevenFact",
    "VictimEntry",
    "VictimKey",
    "VictimName",
    "VictimRow",
    "ViolationEntry",
    "ViolationRow",
]
