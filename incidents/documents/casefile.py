"""One case with everything that could be published of it, read in a fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from incidents.documents.parts import parts, reading
from incidents.documents.protection import Protection, appears
from incidents.documents.queries import with_everything
from incidents.documents.sharing import Terms, citations_of, rows_of
from incidents.models import (
    Account,
    Agency,
    AgencyParent,
    Capture,
    Citation,
    Incident,
    LegalAction,
    Person,
    Source,
    Violation,
)
from reference.models import Area, Term


@dataclass
class CaseFile:
    """An incident read whole, with the agencies, areas and terms its documents mention."""

    incident: Incident
    agencies: dict[int, Agency] = field(default_factory=dict)
    areas: dict[int, Area] = field(default_factory=dict)
    terms: dict[int, Term] = field(default_factory=dict)
    all_sources: dict[int, Source] = field(default_factory=dict)
    concealed: list[Person] = field(default_factory=list)
    """Victims of violations that are kept internal: their names must not stand in any text."""
    standing: dict[str, dict[str, Any]] | None = field(default=None, repr=False)
    """What the record says now, as ``incidents.documents.standing`` has read it."""
    previewed: list[Any] | None = field(default=None, repr=False)
    """What ``incidents.documents.case.preview`` has built, so that it is built once."""

    @cached_property
    def violations(self) -> list[Violation]:
        """The violations whose victim appears in public."""
        return [row for row in parts(self.incident, "violations") if appears(row.person)]

    @cached_property
    def people(self) -> list[Person]:
        """The victims who appear, each once, in the order in which they were entered."""
        return list({row.person_id: row.person for row in self.violations}.values())

    @cached_property
    def protection(self) -> Protection:
        """What holds for the facts that all victims of the incident share."""
        return Protection.strictest(self.people)

    @cached_property
    def legal_actions(self) -> list[LegalAction]:
        """Legal actions that may be published: not those that concern hidden people alone, since
        the number of a court case leads to the name."""
        return [
            row
            for row in parts(self.incident, "legal_actions")
            if not parts(row, "people") or any(appears(person) for person in parts(row, "people"))
        ]

    @cached_property
    def sources(self) -> list[Source]:
        """Every source that may be named, with those it rests on, in order of entry."""
        cited = {citation.source_id for citation in self.citations()}
        found: set[int] = set()
        while cited:
            found |= cited
            origins = {self.all_sources[pk].origin_id for pk in cited}
            cited = {pk for pk in origins if pk is not None} - found
        return [
            self.all_sources[pk] for pk in sorted(found) if not self.all_sources[pk].confidential
        ]

    def facts(self) -> Iterable[object]:
        """Every row of this case that carries citations and is published."""
        incident = self.incident
        shown = {person.pk for person in self.people}
        violations = {row.pk for row in self.violations}
        yield incident
        yield from self.people
        for violation in self.violations:
            yield violation
            yield from parts(violation, "elements")
        for said in parts(incident, "attributions"):
            if said.violation_id is None or said.violation_id in violations:
                yield said
        for alleged in parts(incident, "involvements"):
            if alleged.violation_id is None or alleged.violation_id in violations:
                yield alleged
        for entry in (*parts(incident, "statuses"), *parts(incident, "body_entries")):
            if entry.person_id in shown:
                yield entry
        yield from parts(incident, "casualties")
        yield from self.accounts
        yield from parts(incident, "interventions")
        for action in self.legal_actions:
            yield action
            yield from parts(action, "steps")

    @cached_property
    def accounts(self) -> list[Account]:
        """Accounts, less those that speak of a violation which does not appear."""
        violations = {row.pk for row in self.violations}
        return [
            row
            for row in parts(self.incident, "accounts")
            if row.violation_id is None or row.violation_id in violations
        ]

    def citations(self) -> Iterable[Citation]:
        """Every citation of every published fact."""
        for fact in self.facts():
            yield from parts(fact, "citations")


def read_cases(incidents: QuerySet[Incident]) -> list[CaseFile]:
    """Read cases whole, in a number of queries that does not grow with them."""
    cases = [CaseFile(incident=incident) for incident in with_everything(incidents)]
    terms = Terms()
    for case in cases:
        terms.fill_in(rows_of(case.incident))
    agencies = _agencies({pk for case in cases for pk in _agency_ids(case)})
    areas = _areas({pk for case in cases for pk in _area_ids(case, agencies)})
    sources = _sources({row.source_id for case in cases for row in citations_of(case.incident)})
    for case in cases:
        for citation in citations_of(case.incident):
            citation.source = sources[citation.source_id]
    terms.fill_in((*agencies.values(), *sources.values()))
    concealed = _concealed([case.incident.pk for case in cases])
    for case in cases:
        case.agencies = _with_all_above(
            {pk for pk in _agency_ids(case) if pk is not None}, agencies
        )
        case.areas, case.terms = areas, terms.by_id
        case.all_sources = sources
        case.concealed = concealed.get(case.incident.pk, [])
    return cases


def _concealed(incidents: list[int]) -> dict[int, list[Person]]:
    """The victims of the violations that are kept internal, by incident."""
    found: dict[int, list[Person]] = {}
    acts = Violation.objects.filter(incident__in=incidents, internal=True).order_by("pk")
    for act in acts.prefetch_related("person__names"):
        found.setdefault(act.incident_id, []).append(act.person)
    return found


def _agency_ids(case: CaseFile) -> Iterable[int | None]:
    incident = case.incident
    for attribution in parts(incident, "attributions"):
        yield attribution.speaker_id
    for involvement in parts(incident, "involvements"):
        yield from (involvement.agency_id, involvement.alleged_by_agency_id)
    for claims in ("statuses", "body_entries", "casualties"):
        for claim in parts(incident, claims):
            yield claim.claimant_agency_id
    for account in parts(incident, "accounts"):
        yield account.claimant_agency_id
    for intervention in parts(incident, "interventions"):
        for addressee in parts(intervention, "addressees"):
            yield addressee.agency_id
    for action in case.legal_actions:
        yield action.forum_id


def _agencies(ids: set[int | None]) -> dict[int, Agency]:
    """The agencies and all above them: one query a level of the hierarchy."""
    found: dict[int, Agency] = {}
    wanted = {pk for pk in ids if pk is not None}
    while wanted:
        level = Agency.objects.prefetch_related(
            reading("parents", AgencyParent.objects.order_by("pk"))
        )
        found |= level.in_bulk(wanted)
        parents = {row.parent_id for pk in wanted for row in parts(found[pk], "parents")}
        wanted = parents - found.keys()
    return found


def _with_all_above(ids: set[int], agencies: dict[int, Agency]) -> dict[int, Agency]:
    """The agencies that one case mentions, and all above them."""
    found: set[int] = set()
    while ids:
        found |= ids
        ids = {row.parent_id for pk in ids for row in parts(agencies[pk], "parents")} - found
    return {pk: agencies[pk] for pk in found}


def _sources(ids: set[int]) -> dict[int, Source]:
    """The sources and all they rest on: one query a step back."""
    found: dict[int, Source] = {}
    wanted = ids
    while wanted:
        found |= Source.objects.prefetch_related(
            reading("captures", Capture.objects.select_related("derived_from").order_by("pk"))
        ).in_bulk(wanted)
        origins = {found[pk].origin_id for pk in wanted}
        wanted = {pk for pk in origins if pk is not None} - found.keys()
    for source in found.values():
        source.origin = None if source.origin_id is None else found[source.origin_id]
    return found


def _area_ids(case: CaseFile, agencies: dict[int, Agency]) -> Iterable[int | None]:
    yield case.incident.area_id
    for violation in parts(case.incident, "violations"):
        yield from (violation.area_id, violation.area_end_id)
    for action in case.legal_actions:
        yield action.district_id
    for agency in agencies.values():
        yield agency.area_id


def _areas(ids: set[int | None]) -> dict[int, Area]:
    """The areas and all above them, in two queries."""
    own = Area.objects.in_bulk([pk for pk in ids if pk is not None])
    above = {pk for area in own.values() for pk in area.path}
    return own | Area.objects.in_bulk(above - own.keys())
