"""Who may enter whole cases: those who may write every row of which one consists."""

from typing import Final

from incidents.models import StaffMember

OF_VICTIMS: Final = (
    *("add_person", "add_personname", "add_violation", "add_statusentry", "add_involvement"),
    "add_citation",
)
"""What entering somebody to whom something was done writes."""

OF_A_CASE: Final = ("add_incident", "add_source", *OF_VICTIMS)
"""What entering a case writes."""


def may_enter(user: StaffMember) -> bool:
    """Whether somebody may write all the rows of a new case."""
    return _has_all(user, OF_A_CASE)


def may_enter_victims(user: StaffMember) -> bool:
    """Whether somebody may write all the rows of another victim."""
    return _has_all(user, OF_VICTIMS)


def _has_all(user: StaffMember, names: tuple[str, ...]) -> bool:
    return all(user.has_perm(f"incidents.{name}") for name in names)
