"""The protection rules: how far a name, a place and a date are let out."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Self

from incidents.documents.parts import parts
from incidents.models import (
    DateProtection,
    NameProtection,
    Person,
    PersonName,
    PlaceProtection,
)
from reference.dates import UNKNOWN, UncertainDate
from reference.models import Area
from reference.names import Script, script_of

_PLACE_RANK = list(PlaceProtection.values)
_DATE_RANK = list(DateProtection.values)

_LEVELS_LET_OUT: dict[str, frozenset[str]] = {
    PlaceProtection.PROVINCE: frozenset({Area.Level.COUNTRY, Area.Level.PROVINCE}),
    PlaceProtection.DISTRICT: frozenset(
        {Area.Level.COUNTRY, Area.Level.PROVINCE, Area.Level.DIVISION, Area.Level.DISTRICT}
    ),
    PlaceProtection.TOWN: frozenset(Area.Level.values),
    PlaceProtection.EXACT: frozenset(Area.Level.values),
}


@dataclass(frozen=True, slots=True)
class Protection:
    """How exact a place and a date may be."""

    place: str = PlaceProtection.EXACT
    date: str = DateProtection.DAY

    @classmethod
    def of(cls, person: Person) -> Self:
        """What was decided for one person."""
        return cls(place=person.place_protection, date=person.date_protection)

    @classmethod
    def strictest(cls, people: list[Person]) -> Self:
        """What holds for something that several people share: nobody's rule is broken."""
        return cls(
            place=min(
                (person.place_protection for person in people),
                key=_PLACE_RANK.index,
                default=PlaceProtection.EXACT,
            ),
            date=min(
                (person.date_protection for person in people),
                key=_DATE_RANK.index,
                default=DateProtection.DAY,
            ),
        )

    def lets_out(self, area: Area) -> bool:
        """Whether an area of this level may be named."""
        return area.level in _LEVELS_LET_OUT[self.place]

    @property
    def lets_out_place_text(self) -> bool:
        """Whether the place may be described in words finer than any area."""
        return self.place == PlaceProtection.EXACT

    def coarsen(self, value: UncertainDate) -> UncertainDate:
        """The date, no finer than allowed. It never becomes more exact, and stays unknown."""
        match self.date:
            case DateProtection.MONTH:
                return value.coarsened("month")
            case DateProtection.YEAR:
                return value.coarsened("year")
            case _:
                return value


@dataclass(frozen=True, slots=True)
class ShownName:
    """A person's name as the public sees it.

    ``shown`` is ``full``, ``initials``, ``withheld`` or, where nobody knows a name, ``unnamed``;
    ``text`` is empty when it is withheld, so that each page says so in its own language.
    """

    shown: str
    text: str
    text_local: str


def script(name: PersonName) -> Script:
    """The script of a name, remembered: building a case asks for it some ten times."""
    return _script_of(name.given)


_script_of = lru_cache(maxsize=10_000)(script_of)


def shown_name(person: Person) -> ShownName:
    """The name as far as the person's protection lets it out."""
    own = [name for name in parts(person, "names") if name.kind == PersonName.Kind.OWN]
    if not own:
        return ShownName("unnamed", person.description, person.description_local)
    latin = next((name for name in own if script(name) == "latin"), None)
    local = next((name for name in own if script(name) != "latin"), None)
    if person.name_protection == NameProtection.FULL:
        return ShownName("full", latin.full() if latin else "", local.full() if local else "")
    if person.name_protection == NameProtection.INITIALS:
        return ShownName("initials", _initials(latin), _initials(local))
    return ShownName("withheld", "", "")


def _initials(name: PersonName | None) -> str:
    if name is None:
        return ""
    return " ".join(f"{word[0]}." for word in name.given.split())


def birth_year(person: Person) -> UncertainDate:
    """The year of birth: never finer, and only for people who appear by their full name."""
    if person.name_protection != NameProtection.FULL:
        return UNKNOWN
    return Protection(date=DateProtection.YEAR).coarsen(person.birth)


def appears(person: Person) -> bool:
    """Whether the person appears in public at all."""
    return person.name_protection != NameProtection.HIDDEN


def is_identified(person: Person) -> bool:
    """Whether the public learns who this is, so that personal details may stand beside it."""
    return person.name_protection == NameProtection.FULL


def may_show_photograph(person: Person) -> bool:
    """Whether a face may stand in public: only beside a full name, and where somebody said so.

    Consent is asked for apart (``incidents.readiness``); no ground for naming replaces it.
    """
    return is_identified(person) and person.is_individual and person.photo_allowed


NAMED_GROUNDS = ("official-in-function", "court-named")


def accused_may_be_named(person: Person) -> bool:
    """Somebody accused is named only as an official in function or when a court named them."""
    return (
        person.name_protection == NameProtection.FULL
        and person.publication_ground is not None
        and person.publication_ground.code in NAMED_GROUNDS
    )
