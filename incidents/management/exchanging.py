"""Who may take cases out of the office and bring them in."""

from typing import Final

from incidents.admin.imports.access import IMPORT
from incidents.interchange.parcel import Choices
from incidents.management.staff import staff_member
from incidents.models import StaffMember

_EXPORT: Final = "incidents.export_papers"
_FILES: Final = "incidents.export_evidence"
_IN_TRUST: Final = "incidents.export_confidential_evidence"


def exporter(name: str | None, choices: Choices) -> StaffMember:
    """On whose behalf cases go; they need the rights of all that is to go along.

    Raises CommandError.
    """
    member = staff_member(name, _EXPORT)
    if choices.files:
        staff_member(member.username, _FILES)
    if choices.informants:
        staff_member(member.username, _IN_TRUST)
    return member


def receiver(name: str | None) -> StaffMember:
    """On whose behalf cases come in. Raises CommandError."""
    return staff_member(name, IMPORT)
