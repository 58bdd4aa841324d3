"""What is compared of two people, how it can turn out, and how that is said."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from incidents.models import Strength


class Trait(StrEnum):
    """What the program compares by itself. The values are stored with pairs."""

    NAME = "name"
    FATHER = "father"
    SEX = "sex"
    BIRTH = "birth"
    DATE = "date"
    PLACE = "place"


class Verdict(StrEnum):
    """How a comparison turned out."""

    AGREES = "agrees"
    DIFFERS = "differs"
    ONE = "one"
    NEITHER = "neither"
    OPEN = "open"


VERDICTS: dict[Verdict, Promise] = {
    Verdict.AGREES: _("agrees"),
    Verdict.DIFFERS: _("differs"),
    Verdict.ONE: _("only one says"),
    Verdict.NEITHER: _("neither says"),
    Verdict.OPEN: _("cannot be compared"),
}

_AGREES: dict[str, Promise] = {
    Trait.NAME: _("the name agrees"),
    Trait.FATHER: _("the father’s name agrees"),
    Trait.SEX: _("the sex agrees"),
    Trait.BIRTH: _("birth or age fit together"),
    Trait.DATE: _("the dates of the same kind of act overlap"),
    Trait.PLACE: _("the district agrees"),
}
_DIFFERS: dict[str, Promise] = {
    Trait.NAME: _("the name differs"),
    Trait.FATHER: _("the father’s name differs"),
    Trait.SEX: _("the sex differs"),
    Trait.BIRTH: _("birth or age do not fit together"),
    Trait.DATE: _("the dates do not fit together"),
    Trait.PLACE: _("the district differs"),
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be the same person, with what speaks for it and against it.

    ``strength`` is None for people who were compared on request and hardly resemble each other.
    """

    seed: int
    other: int
    strength: Strength | None
    verdicts: Mapping[Trait, Verdict]

    @property
    def agrees(self) -> list[str]:
        """What agrees, in the order of ``Trait``."""
        return [trait.value for trait in Trait if self.verdicts[trait] is Verdict.AGREES]

    @property
    def differs(self) -> list[str]:
        """What differs."""
        return [trait.value for trait in Trait if self.verdicts[trait] is Verdict.DIFFERS]


def agreements(codes: Iterable[str]) -> list[str]:
    """What agrees, in words of the active language."""
    return [str(_AGREES[code]) for code in codes if code in _AGREES]


def disagreements(codes: Iterable[str]) -> list[str]:
    """What differs, in words of the active language."""
    return [str(_DIFFERS[code]) for code in codes if code in _DIFFERS]
