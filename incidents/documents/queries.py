"""The queries that read cases whole."""

from django.db.models import Prefetch, QuerySet

from incidents.documents.parts import reading
from incidents.models import (
    Account,
    Attribution,
    BodyEntry,
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
    Picture,
    StatusEntry,
    Violation,
)

_CITATIONS = reading("citations", Citation.objects.order_by("pk"))


def _public(queryset: QuerySet) -> QuerySet:  # type: ignore[type-arg]
    """Rows that nobody marked internal, each with what it rests on."""
    return queryset.filter(internal=False).prefetch_related(_CITATIONS).order_by("pk")


def with_everything(incidents: QuerySet[Incident]) -> QuerySet[Incident]:
    """Incidents with every row a document could need but for terms, sources and areas, which many
    rows share: the number of queries does not depend on how many incidents or rows there are."""
    people = Person.objects.prefetch_related(
        Prefetch("names", PersonName.objects.order_by("pk")), _CITATIONS
    )
    victims = people.prefetch_related(
        reading("pictures", Picture.objects.filter(shown=True).defer("copy").order_by("pk"))
    )
    return incidents.prefetch_related(
        _CITATIONS,
        reading("protest__kinds"),
        reading("protest__state_responses"),
        reading("casualties", _public(Casualties.objects.all())),
        reading(
            "violations",
            _public(Violation.objects.all()).prefetch_related(
                Prefetch("person", victims),
                reading("methods"),
                reading(
                    "elements",
                    _public(DisappearanceElement.objects.all()),
                ),
            ),
        ),
        reading("attributions", _public(Attribution.objects.all())),
        reading(
            "involvements",
            _public(Involvement.objects.all()).prefetch_related(Prefetch("person", people)),
        ),
        reading("statuses", _public(StatusEntry.objects.all())),
        reading("body_entries", _public(BodyEntry.objects.all())),
        reading("accounts", _public(Account.objects.all())),
        reading(
            "interventions",
            _public(Intervention.objects.all()).prefetch_related(
                reading("types"),
                reading(
                    "addressees",
                    InterventionAddressee.objects.filter(internal=False).order_by("pk"),
                ),
            ),
        ),
        reading(
            "legal_actions",
            LegalAction.objects.filter(internal=False)
            .prefetch_related(
                _CITATIONS,
                reading("steps", _public(LegalStep.objects.all())),
                reading("relations", LegalRelation.objects.select_related("other").order_by("pk")),
                reading(
                    "relations_to", LegalRelation.objects.select_related("action").order_by("pk")
                ),
                reading("incidents", Incident.objects.order_by("pk")),
                reading("people", people),
            )
            .order_by("filed_earliest", "pk"),
        ),
        reading("links_out", IncidentLink.objects.select_related("to_incident").order_by("pk")),
        reading("links_in", IncidentLink.objects.select_related("from_incident").order_by("pk")),
    )
