"""The case file. One aggregate a module; nothing here is ever read by public code."""

from incidents.models import links
from incidents.models.account import Account
from incidents.models.agency import Agency, AgencyParent
from incidents.models.citation import CITED_FACTS, Citation
from incidents.models.consent import Consent
from incidents.models.incident import (
    Casualties,
    Incident,
    IncidentLink,
    Protest,
    Publication,
    Stage,
)
from incidents.models.intervention import Intervention, InterventionAddressee
from incidents.models.job import Job, JobRefusal, JobState
from incidents.models.legal import LegalAction, LegalRelation, LegalStep
from incidents.models.likeness import (
    Likeness,
    LikenessDecision,
    LookedAt,
    Merger,
    NameKey,
    PossiblePair,
    Strength,
)
from incidents.models.lists import (
    BatchState,
    ImportBatch,
    ImportChange,
    ImportProblem,
    ListCase,
    ListRow,
    Severity,
    SourceList,
)
from incidents.models.person import Contact, Person, PersonName, PersonRelation, Victim
from incidents.models.protection import DateProtection, NameProtection, PlaceProtection
from incidents.models.review import Decision, Review
from incidents.models.source import Capture, CustodyEntry, Source
from incidents.models.staff import StaffMember
from incidents.models.status import BodyEntry, StatusEntry
from incidents.models.violation import (
    Attribution,
    DisappearanceElement,
    EndMeaning,
    Involvement,
    Violation,
)

__all__ = [
    "CITED_FACTS",
    "Account",
    "Agency",
    "AgencyParent",
    "Attribution",
    "BatchState",
    "BodyEntry",
    "Capture",
    "Casualties",
    "Citation",
    "Consent",
    "Contact",
    "CustodyEntry",
    "DateProtection",
    "Decision",
    "DisappearanceElement",
    "EndMeaning",
    "ImportBatch",
    "ImportChange",
    "ImportProblem",
    "Incident",
    "IncidentLink",
    "Intervention",
    "InterventionAddressee",
    "Involvement",
    "Job",
    "JobRefusal",
    "JobState",
    "LegalAction",
    "LegalRelation",
    "LegalStep",
    "Likeness",
    "LikenessDecision",
    "ListCase",
    "ListRow",
    "LookedAt",
    "Merger",
    "NameKey",
    "NameProtection",
    "Person",
    "PersonName",
    "PersonRelation",
    "PlaceProtection",
    "PossiblePair",
    "Protest",
    "Publication",
    "Review",
    "Severity",
    "Source",
    "SourceList",
    "StaffMember",
    "Stage",
    "StatusEntry",
    "Strength",
    "Victim",
    "Violation",
    "links",
]
