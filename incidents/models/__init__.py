"""The case file. One aggregate a module; nothing here is ever read by public code."""

from incidents.models import links
from incidents.models.access_event import AccessEvent
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
from incidents.models.link_check import LinkCheck, LinkOutcome, LinkProblem
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
from incidents.models.login_tries import LoginTries, SpentCode
from incidents.models.person import Contact, Person, PersonName, PersonRelation, Victim
from incidents.models.picture import Picture
from incidents.models.protection import DateProtection, NameProtection, PlaceProtection
from incidents.models.review import Decision, Review
from incidents.models.source import Capture, CustodyEntry, Source
from incidents.models.staff import StaffMember
from incidents.models.staff_session import StaffSession
from incidents.models.status import BodyEntry, StatusEntry
from incidents.models.task import Task, TaskKind
from incidents.models.violation import (
    Attribution,
    DisappearanceElement,
    EndMeaning,
    Involvement,
    Violation,
)

__all__ = [
    "CITED_FACTS",
    "AccessEvent",
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
    "LinkCheck",
    "LinkOutcome",
    "LinkProblem",
    "ListCase",
    "ListRow",
    "LoginTries",
    "LookedAt",
    "Merger",
    "NameKey",
    "NameProtection",
    "Person",
    "PersonName",
    "PersonRelation",
    "Picture",
    "PlaceProtection",
    "PossiblePair",
    "Protest",
    "Publication",
    "Review",
    "Severity",
    "Source",
    "SourceList",
    "SpentCode",
    "StaffMember",
    "StaffSession",
    "Stage",
    "StatusEntry",
    "Strength",
    "Task",
    "TaskKind",
    "Victim",
    "Violation",
    "links",
]
