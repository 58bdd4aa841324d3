"""The one person a paper is about, and what the case file tells of them in one incident."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import prefetch_related_objects

from incidents.communications.forms import types_of_disappearance
from incidents.documents.casefile import CaseFile, read_cases
from incidents.documents.parts import parts, reading
from incidents.models import (
    Account,
    Agency,
    Attribution,
    BodyEntry,
    Incident,
    Intervention,
    Involvement,
    LegalAction,
    Person,
    StatusEntry,
    Violation,
)
from reference.dates import UncertainDate
from reference.models import Term


@dataclass(frozen=True)
class Subject:
    """A victim in one incident. Rows that are kept internal are in no list of it, and neither is
    what concerns other people alone."""

    case: CaseFile
    person: Person
    violations: tuple[Violation, ...]

    @property
    def incident(self) -> Incident:
        """What happened."""
        return self.case.incident

    @property
    def disappearance(self) -> Violation | None:
        """The act for which WGEID and COIED are asked; the first where there are several."""
        types = types_of_disappearance()
        return next((row for row in self.violations if row.type.code in types), None)

    @property
    def act(self) -> Violation:
        """The act that the paper is about."""
        return self.disappearance or self.violations[0]

    @property
    def began(self) -> UncertainDate:
        """When the act began; without a start of its own, when the incident happened."""
        return self.began_of(self.act)

    @property
    def placed(self) -> Violation | Incident:
        """The row that tells in words where it was, if any does."""
        return self.placed_of(self.act)

    @property
    def area_id(self) -> int | None:
        """The smallest area that is known of where it was."""
        return self.area_of(self.act)

    @property
    def grade(self) -> Term:
        """How well the act is established: its own grade, or that of the incident."""
        return self.act.grade or self.incident.grade

    def began_of(self, act: Violation) -> UncertainDate:
        """When an act began."""
        return self.incident.date if act.start.is_unknown else act.start

    def placed_of(self, act: Violation) -> Violation | Incident:
        """The row that tells in words where an act was."""
        own = act.area_id is not None or act.place_text or act.place_text_local
        return act if own else self.incident

    def area_of(self, act: Violation) -> int | None:
        """The area of an act; where it has words alone, that of the incident."""
        return self.incident.area_id if act.area_id is None else act.area_id

    @property
    def involvements(self) -> list[Involvement]:
        """Who is alleged to be responsible for what was done to this person."""
        return self._of_acts("involvements")

    @property
    def attributions(self) -> list[Attribution]:
        """What the accused side says of it."""
        return self._of_acts("attributions")

    @property
    def accounts(self) -> list[Account]:
        """What each side says of it."""
        return self._of_acts("accounts")

    @property
    def statuses(self) -> list[StatusEntry]:
        """What became of the person according to this case, in order of time."""
        return self._of_person("statuses")

    @property
    def body_entries(self) -> list[BodyEntry]:
        """What happened to the body of somebody who died, in order of time."""
        return self._of_person("body_entries")

    @property
    def legal_actions(self) -> list[LegalAction]:
        """Complaints, petitions and orders of this incident that concern this person."""
        return self._concerning("legal_actions")

    @property
    def interventions(self) -> list[Intervention]:
        """Appeals of this incident for this person, or for everybody in it."""
        return self._concerning("interventions")

    def _of_person(self, name: str) -> list[Any]:
        rows = parts(self.incident, name)
        return sorted((row for row in rows if row.person_id == self.person.pk), key=_in_time)

    def _of_acts(self, name: str) -> list[Any]:
        acts = {None, *(row.pk for row in self.violations)}
        return [row for row in parts(self.incident, name) if row.violation_id in acts]

    def _concerning(self, name: str) -> list[Any]:
        return [
            row
            for row in parts(self.incident, name)
            if not (people := list(parts(row, "people"))) or self.person in people
        ]


def read_subjects(incident: Incident) -> list[Subject]:
    """Every victim of an incident, in the order of entry; a fixed number of queries.

    Also those who do not appear in public: whether a paper may be made of them, consent decides.
    """
    [case] = read_cases(Incident.objects.filter(pk=incident.pk))
    prefetch_related_objects(list(parts(case.incident, "interventions")), reading("people"))
    _complete_agencies(case)
    found: dict[int, list[Violation]] = {}
    for row in parts(case.incident, "violations"):
        found.setdefault(row.person_id, []).append(row)
    return [Subject(case, rows[0].person, tuple(rows)) for rows in found.values()]


def _complete_agencies(case: CaseFile) -> None:
    """Read the courts of actions that concern only people who do not appear in public: documents
    never mention those, papers do."""
    forums = {row.forum_id for row in parts(case.incident, "legal_actions")}
    if missing := {pk for pk in forums if pk is not None} - case.agencies.keys():
        case.agencies |= Agency.objects.in_bulk(missing)


def subject_of(subjects: Iterable[Subject], person: int) -> Subject | None:
    """The one with this primary key."""
    return next((each for each in subjects if each.person.pk == person), None)


def _in_time(row: StatusEntry | BodyEntry) -> tuple[Any, ...]:
    """As things happened, as ``StatusQuerySet.in_order`` has it."""
    latest, earliest = row.date_latest, row.date_earliest
    return (
        (latest is None, latest.isoformat() if latest else ""),
        (earliest is not None, earliest.isoformat() if earliest else ""),
        row.pk,
    )
