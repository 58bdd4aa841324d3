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
from incidents.models.legal import LegalAction, LegalRelation, LegalStep
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
    "Incident",
    "IncidentLink",
    "Intervention",
    "InterventionAddressee",
    "Involvement",
    "LegalAction",
    "LegalRelation",
    "LegalStep",
    "NameProtection",
    "Person",
    "PersonName",
    "PersonRelation",
    "PlaceProtection",
    "Protest",
    "Publication",
    "Review",
    "Source",
    "StaffMember",
    "Stage",
    "StatusEntry",
    "Victim",
    "Violation",
    "links",
]
