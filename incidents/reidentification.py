"""Whether a person whose name is held back can be told from what is shown beside it.

The world sees district, month, sex, age group and occupation. Where hardly anybody else whom we
have documented shares them, a reader on the spot knows who is meant (domain rule U14).
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from incidents.documents.casefile import CaseFile
from incidents.documents.protection import Protection, shown_name
from incidents.models import Incident, Person, Violation
from reference.date_text import render_date
from reference.dates import UncertainDate
from reference.models import Area, Term

FEWEST = 3
"""Documented people who have to share what is shown; with fewer there is a warning."""

_HELD_BACK = ("withheld", "initials")
_SAYS_NOTHING = ("unknown", "undisclosed", "unstated")


@dataclass(frozen=True, slots=True)
class Singled:
    """A victim whom few others resemble: ``people`` of them, the victim included, share ``by``."""

    person: Person
    people: int
    by: tuple[str, ...]

    @property
    def message(self) -> str:
        """The warning in words, for whoever decides how much is shown."""
        comma = pgettext("between the items of a list", ", ")
        return _(
            "The name of “%(person)s” is held back, but few people are documented who share what "
            "is shown (%(traits)s): %(people)d. Show less of the place, the date or the occupation."
        ) % {"person": self.person, "traits": comma.join(self.by), "people": self.people}


def singled_out(case: CaseFile, *, among: QuerySet[Incident]) -> list[Singled]:
    """Victims of a case whom the mix of what is shown singles out, counted among these cases."""
    found = [
        _resemblance(case, violation, among)
        for violation in case.violations
        if shown_name(violation.person).shown in _HELD_BACK
    ]
    return [each for each in found if each.people < FEWEST]


def _resemblance(case: CaseFile, violation: Violation, among: QuerySet[Incident]) -> Singled:
    person = violation.person
    protection = Protection.of(person)
    alike = Q()
    by: list[str] = []
    area = _shown_area(case, violation, protection)
    if area is not None:
        alike &= Q(area__path__contains=[area.pk]) | Q(
            area=None, incident__area__path__contains=[area.pk]
        )
        by.append(area.label)
    month = _shown_month(case.incident, violation, protection)
    if month is not None and month.earliest is not None and month.latest is not None:
        alike &= _within(month.earliest, month.latest)
        by.append(render_date(month))
    for column, trait in _traits(violation):
        alike &= Q(**{column: trait})
        by.append(trait.label)
    others = (
        Violation.objects.filter(alike, incident__in=among)
        .exclude(person=person)
        .order_by()
        .values("person", "person__group_size")
        .distinct()
    )
    people = _size(person.group_size) + sum(_size(row["person__group_size"]) for row in others)
    return Singled(person, people, tuple(by))


def _traits(violation: Violation) -> list[tuple[str, Term]]:
    """Sex, age group and occupation as far as they are known and shown."""
    traits = (
        ("person__sex", violation.person.sex),
        ("age_group", violation.age_group),
        ("person__occupation", violation.person.occupation),
    )
    return [
        (column, term)
        for column, term in traits
        if term is not None and term.code not in _SAYS_NOTHING
    ]


def _shown_area(case: CaseFile, violation: Violation, protection: Protection) -> Area | None:
    """The district, or the province where no more than that is shown."""
    pk = violation.area_id or case.incident.area_id
    steps = [] if pk is None else [case.areas[step] for step in case.areas[pk].path]
    shown = [
        step
        for step in steps
        if protection.lets_out(step) and step.level not in (Area.Level.TEHSIL, Area.Level.TOWN)
    ]
    return shown[-1] if shown else None


def _shown_month(
    incident: Incident, violation: Violation, protection: Protection
) -> UncertainDate | None:
    """The month of the start, or whatever coarser time is shown; None where it is not known."""
    start = incident.date if violation.start.is_unknown else violation.start
    start = protection.coarsen(start)
    if start.earliest is None or start.latest is None:
        return None
    return Protection(date="month").coarsen(start) if protection.date != "year" else start


def _within(first: date, last: date) -> Q:
    """Violations that certainly began then."""
    own = Q(start_earliest__gte=first, start_latest__lte=last)
    of_incident = Q(start="", incident__date_earliest__gte=first, incident__date_latest__lte=last)
    return own | of_incident


def _size(group: int | None) -> int:
    return group or 1
