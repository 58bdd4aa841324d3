"""Two people field by field, for somebody who has to decide whether they are one."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from incidents.duplicates.evidence import VERDICTS, Candidate, Trait, Verdict
from incidents.models import Person, Violation
from reference.date_text import render_date

ARABIC, LATIN = "arabic", "latin"


@dataclass(frozen=True, slots=True)
class Compared:
    """One thing as each record tells it. An empty list: that record is silent."""

    label: str
    one: list[str]
    other: list[str]
    verdict: Verdict

    @property
    def verdict_in_words(self) -> str:
        """“agrees”, “only one says” …"""
        return str(VERDICTS[self.verdict])


@dataclass(frozen=True, slots=True)
class Side:
    """A person with the acts that the reader may know of."""

    person: Person
    acts: list[Violation]
    districts: dict[int, str]

    def names(self, script: str) -> list[str]:
        """The names in a script, as entered; other scripts count as Latin here."""
        return [
            name.full()
            for name in self.person.names.all()
            if (name.script == ARABIC) == (script == ARABIC)
        ]

    def fathers_names(self) -> list[str]:
        """The father's name in each spelling."""
        return _once(name.fathers_name for name in self.person.names.all())

    def ages(self) -> list[str]:
        """The age at the time of each act."""
        return _once(_age(act) for act in self.acts)

    def dates(self) -> list[str]:
        """What was done, and when it began."""
        return _once(
            f"{act.type}: {render_date(act.incident.date if act.start.is_unknown else act.start)}"
            for act in self.acts
        )

    def places(self) -> list[str]:
        """The districts of the acts."""
        areas = (act.area_id or act.incident.area_id for act in self.acts)
        return _once(self.districts.get(area or 0, "") for area in areas)


def compare_fields(one: Side, other: Side, found: Candidate) -> list[Compared]:
    """Every field of two people, with what the comparison of ``found`` came to.

    Traits that decide hints have the verdict that the hint rests on; the rest is compared as
    it was entered.
    """
    said = found.verdicts
    return [
        _row(_("Name in Latin script"), one, other, _names(LATIN), said[Trait.NAME]),
        _row(_("Name in Arabic script"), one, other, _names(ARABIC), said[Trait.NAME]),
        _row(_("Father’s name"), one, other, Side.fathers_names, said[Trait.FATHER]),
        _row(_("Tribe or place name"), one, other, _tribe),
        _row(_("Sex"), one, other, _sex, said[Trait.SEX]),
        _row(_("Born"), one, other, _birth, said[Trait.BIRTH]),
        _row(_("Age at the time"), one, other, Side.ages, said[Trait.BIRTH]),
        _row(_("Occupation"), one, other, _occupation),
        _row(_("What was done, and when"), one, other, Side.dates, said[Trait.DATE]),
        _row(_("District"), one, other, Side.places, said[Trait.PLACE]),
        _row(_("Description"), one, other, _description),
    ]


def _row(
    label: str,
    one: Side,
    other: Side,
    tell: Callable[[Side], list[str]],
    verdict: Verdict | None = None,
) -> Compared:
    here, there = tell(one), tell(other)
    if not here and not there:
        return Compared(label, here, there, Verdict.NEITHER)
    if not here or not there:
        return Compared(label, here, there, Verdict.ONE)
    if verdict is None:
        same = {text.casefold() for text in here} & {text.casefold() for text in there}
        verdict = Verdict.AGREES if same else Verdict.DIFFERS
    return Compared(label, here, there, verdict)


def _names(script: str) -> Callable[[Side], list[str]]:
    return lambda side: side.names(script)


def _tribe(side: Side) -> list[str]:
    return _once(name.tribe_or_place for name in side.person.names.all())


def _sex(side: Side) -> list[str]:
    return [] if side.person.sex.code == "unknown" else [str(side.person.sex)]


def _birth(side: Side) -> list[str]:
    return [] if side.person.birth.is_unknown else [render_date(side.person.birth)]


def _occupation(side: Side) -> list[str]:
    person = side.person
    return _once((str(person.occupation) if person.occupation else "", person.occupation_note))


def _description(side: Side) -> list[str]:
    return _once((side.person.description, side.person.description_local))


def _age(act: Violation) -> str:
    return "–".join(dict.fromkeys(str(age) for age in (act.age_low, act.age_high) if age))


def _once(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(text for text in texts if text))
