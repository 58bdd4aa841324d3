"""One case with everything that could be published of it, read in a fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import Prefetch, QuerySet

from incidents.documents.protection import Protection, appears
from incidents.models import (
    Account,
    Agency,
    AgencyParent,
    Attribution,
    BodyEntry,
    Capture,
    Casualties,
    Citation,
    DisappearanceElement,
    Incident,
    IncidentLink,
    Intervention,
    InterventionAddressee,
    Involvement,
    LegalAction,
    LegalRelation,
    LegalStep,
    Person,
    PersonName,
    Source,
    StatusEntry,
    Violation,
)
from reference.models import Area, Term

_CITATIONS = Prefetch(
    "citations", Citation.objects.select_related("source", "reliability").order_by("pk")
)


def _public(queryset: QuerySet) -> QuerySet:  # type: ignore[type-arg]
    """Rows that nobody marked internal, each with what it rests on."""
    return queryset.filter(internal=False).prefetch_related(_CITATIONS).order_by("pk")


def with_everything(incidents: QuerySet[Incident]) -> QuerySet[Incident]:
    """Incidents with every row a document could need: the number of queries does not depend on
    how many incidents or rows there are."""
    people = Person.objects.select_related(
        "unit", "sex", "occupation", "function", "publication_ground"
    ).prefetch_related(
        Prefetch("names", PersonName.objects.order_by("pk")),
        _CITATIONS,
        "consents__use",
        "consents__answer",
    )
    return incidents.select_related("kind", "grade", "violation_status", "area").prefetch_related(
        _CITATIONS,
        Prefetch("protest__kinds"),
        Prefetch("protest__state_responses"),
        Prefetch("casualties", _public(Casualties.objects.all())),
        Prefetch(
            "violations",
            _public(
                Violation.objects.select_related(
                    "type",
                    "place_type",
                    "age_group",
                    "civilian_status",
                    "grade",
                    "area",
                    "area_end",
                    "place_precision",
                )
            ).prefetch_related(
                Prefetch("person", people),
                "methods",
                Prefetch(
                    "elements",
                    _public(DisappearanceElement.objects.select_related("element", "finding")),
                ),
            ),
        ),
        Prefetch("attributions", _public(Attribution.objects.select_related("attribution"))),
        Prefetch(
            "involvements",
            _public(
                Involvement.objects.select_related("degree", "status", "basis")
            ).prefetch_related(Prefetch("person", people)),
        ),
        Prefetch("statuses", _public(StatusEntry.objects.select_related("status"))),
        Prefetch("body_entries", _public(BodyEntry.objects.select_related("event"))),
        Prefetch("accounts", _public(Account.objects.select_related("question"))),
        Prefetch(
            "interventions",
            _public(Intervention.objects.all()).prefetch_related(
                "types",
                Prefetch(
                    "addressees",
                    InterventionAddressee.objects.filter(internal=False)
                    .select_related("response")
                    .order_by("pk"),
                ),
            ),
        ),
        Prefetch(
            "legal_actions",
            LegalAction.objects.filter(internal=False)
            .select_related("type", "stage", "outcome", "compliance", "district")
            .prefetch_related(
                _CITATIONS,
                Prefetch("steps", _public(LegalStep.objects.select_related("compliance"))),
                Prefetch("relations", LegalRelation.objects.select_related("other")),
                Prefetch("relations_to", LegalRelation.objects.select_related("action")),
                Prefetch("incidents", Incident.objects.order_by("pk")),
                Prefetch("people", people),
            )
            .order_by("filed_earliest", "pk"),
        ),
        Prefetch("links_out", IncidentLink.objects.select_related("kind", "to_incident")),
        Prefetch("links_in", IncidentLink.objects.select_related("kind", "from_incident")),
    )


@dataclass
class CaseFile:
    """An incident read whole, with the agencies, areas and terms its documents mention."""

    incident: Incident
    agencies: dict[int, Agency] = field(default_factory=dict)
    areas: dict[int, Area] = field(default_factory=dict)
    terms: dict[int, Term] = field(default_factory=dict)
    all_sources: dict[int, Source] = field(default_factory=dict)
    previewed: list[Any] | None = field(default=None, repr=False)
    """What ``incidents.documents.case.preview`` has built, so that it is built once."""

    @cached_property
    def violations(self) -> list[Violation]:
        """The violations whose victim appears in public."""
        return [row for row in self.incident.violations.all() if appears(row.person)]

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
            for row in self.incident.legal_actions.all()
            if not row.people.all() or any(appears(person) for person in row.people.all())
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
            yield from violation.elements.all()
        for said in incident.attributions.all():
            if said.violation_id is None or said.violation_id in violations:
                yield said
        for alleged in incident.involvements.all():
            if alleged.violation_id is None or alleged.violation_id in violations:
                yield alleged
        for entry in (*incident.statuses.all(), *incident.body_entries.all()):
            if entry.person_id in shown:
                yield entry
        yield from incident.casualties.all()
        yield from self.accounts
        yield from incident.interventions.all()
        for action in self.legal_actions:
            yield action
            yield from action.steps.all()

    @cached_property
    def accounts(self) -> list[Account]:
        """Accounts, less those that speak of a violation which does not appear."""
        violations = {row.pk for row in self.violations}
        return [
            row
            for row in self.incident.accounts.all()
            if row.violation_id is None or row.violation_id in violations
        ]

    def citations(self) -> Iterable[Citation]:
        """Every citation of every published fact."""
        for fact in self.facts():
            yield from fact.citations.all()  # type: ignore[attr-defined]


def read_cases(incidents: QuerySet[Incident]) -> list[CaseFile]:
    """Read cases whole, in a number of queries that does not grow with them."""
    cases = [CaseFile(incident=incident) for incident in with_everything(incidents)]
    agencies = _agencies({pk for case in cases for pk in _agency_ids(case)})
    areas = _areas({pk for case in cases for pk in _area_ids(case, agencies)})
    sources = _sources({row.source_id for case in cases for row in case.citations()})
    terms = Term.objects.in_bulk()
    for case in cases:
        case.agencies, case.areas, case.terms = agencies, areas, terms
        case.all_sources = sources
    return cases


def _agency_ids(case: CaseFile) -> Iterable[int | None]:
    incident = case.incident
    for attribution in incident.attributions.all():
        yield attribution.speaker_id
    for involvement in incident.involvements.all():
        yield from (involvement.agency_id, involvement.alleged_by_agency_id)
    for claims in (incident.statuses, incident.body_entries, incident.casualties):
        for claim in claims.all():
            yield claim.claimant_agency_id
    for account in incident.accounts.all():
        yield account.claimant_agency_id
    for intervention in incident.interventions.all():
        for addressee in intervention.addressees.all():
            yield addressee.agency_id
    for action in case.legal_actions:
        yield action.forum_id


def _agencies(ids: set[int | None]) -> dict[int, Agency]:
    """The agencies and all above them: one query a level of the hierarchy."""
    found: dict[int, Agency] = {}
    wanted = {pk for pk in ids if pk is not None}
    while wanted:
        level = Agency.objects.select_related("type").prefetch_related(
            Prefetch("parents", AgencyParent.objects.order_by("pk"))
        )
        found |= level.in_bulk(wanted)
        parents = {row.parent_id for pk in wanted for row in found[pk].parents.all()}
        wanted = parents - found.keys()
    return found


def _sources(ids: set[int]) -> dict[int, Source]:
    """The sources and all they rest on: one query a step back."""
    found: dict[int, Source] = {}
    wanted = ids
    while wanted:
        found |= (
            Source.objects.select_related(
                "type",
                "language",
                "scale",
                "perspective",
                "reliability",
                "independence",
                "origin",
            )
            .prefetch_related(Prefetch("captures", Capture.objects.order_by("pk")))
            .in_bulk(wanted)
        )
        origins = {found[pk].origin_id for pk in wanted}
        wanted = {pk for pk in origins if pk is not None} - found.keys()
    return found


def _area_ids(case: CaseFile, agencies: dict[int, Agency]) -> Iterable[int | None]:
    yield case.incident.area_id
    for violation in case.incident.violations.all():
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
