"""Elements of a form, and what one of them lacks."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum


class Where(Enum):
    """The page on which something that is missing is entered."""

    PERSON = "person"
    INCIDENT = "incident"
    CONSENTS = "consents"
    LEGAL_ACTION = "legal-action"
    ORGANISATION = "organisation"
    HERE = "here"
    """What was typed on the page of communications itself."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that an element lacks, in words for whoever enters it. ``refuses``: the form is
    not printed without it; otherwise it is only worth knowing. ``incident``: the number of the
    incident on whose page it is dealt with, if that is another one."""

    code: str
    message: str
    where: Where
    incident: int | None = None
    refuses: bool = True


@dataclass(frozen=True, slots=True)
class Element:
    """One element with what the case file has for it (may be empty) and what it lacks."""

    code: str
    label: str
    value: str
    gaps: tuple[Gap, ...] = ()

    @property
    def is_there(self) -> bool:
        """Whether nothing of it is missing that the form needs."""
        return not any(gap.refuses for gap in self.gaps)


def gaps(found: Iterable[Element]) -> list[Gap]:
    """Everything that is missing, also what the form can do without."""
    return [gap for element in found for gap in element.gaps]
