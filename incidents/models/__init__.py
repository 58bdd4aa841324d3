"""The case file. One aggregate a module; nothing here is ever read by public code."""

from incidents.models import links
from incidents.models.access_event import AccessEvent
from incidents.models.account import Account
from incidents.models.agency import Agency, AgencyParent
from incidents.models.arrival import Arrival, Installation
from incidents.models.capture import Capture, CopyKind, CustodyEntry, Danger
from incidents.models.capture_text import CaptureText
from incidents.models.citation import CITED_FACTS, Citation
from incidents.models.consent import Consent
from incidents.models.entry_draft import EntryDraft
from incidents.models.expunging import Expunging
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
from incidents.models.posting import Posting
from incidents.models.protection import DateProtection, NameProtection, PlaceProtection
from incidents.models.review import Decision, Review
from incidents.models.review_comment import LastLook, ReviewComment
from incidents.models.saved_query import SavedQuery
from incidents.models.source import Source
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
    "Arrival",
    "Attribution",
    "BatchState",
    "BodyEntry",
    "Capture",
    "CaptureText",
    "Casualties",
    "Citation",
    "Consent",
    "Contact",
    "CopyKind",
    "CustodyEntry",
    "Danger",
    "DateProtection",
    "Decision",
    "DisappearanceElement",
    "EndMeaning",
    "EntryDraft",
    "Expunging",
    "ImportBatch",
    "ImportChange",
    "ImportProblem",
    "Incident",
    "IncidentLink",
    "Installation",
    "Intervention",
    "InterventionAddressee",
    "Involvement",
    "Job",
    "JobRefusal",
    "JobState",
    "LastLook",
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
    "Posting",
    "Protest",
    "Publication",
    "Review",
    "ReviewComment",
    "SavedQuery",
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
