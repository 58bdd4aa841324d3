"""What of the case file travels: every model and column by name.

Nothing travels that is not named here. A test fails when the case file has a model or a column that
is neither named here nor, with a reason, in ``left_out``.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from django.db import models

from incidents import models as case_file
from incidents.models.base import Referenced
from incidents.models.citation import CITED_FACTS
from reference.fields import TermField, TermsField
from reference.models import Area, Term


@dataclass(frozen=True)
class Kind:
    """One model in the file: its name there, and the columns and sets of links that travel."""

    name: str
    model: type[models.Model]
    fields: tuple[str, ...]

    @cached_property
    def columns(self) -> tuple[Any, ...]:
        """The columns that travel."""
        return tuple(field for field in self._fields if not field.many_to_many)

    @cached_property
    def plain(self) -> tuple[Any, ...]:
        """Columns that hold a value of their own."""
        return tuple(field for field in self.columns if not field.is_relation)

    @cached_property
    def terms(self) -> tuple[TermField[Any, Any], ...]:
        """Columns that hold a term of a vocabulary."""
        return tuple(field for field in self.columns if isinstance(field, TermField))

    @cached_property
    def areas(self) -> tuple[Any, ...]:
        """Columns that hold an area."""
        return tuple(field for field in self.columns if field.related_model is Area)

    @cached_property
    def links(self) -> tuple[Any, ...]:
        """Columns that point to another row of the file."""
        return tuple(
            field
            for field in self.columns
            if field.is_relation and field.related_model not in (Area, Term)
        )

    @cached_property
    def term_sets(self) -> tuple[TermsField, ...]:
        """Sets of terms."""
        return tuple(field for field in self._fields if isinstance(field, TermsField))

    @cached_property
    def link_sets(self) -> tuple[Any, ...]:
        """Sets of other rows of the file."""
        return tuple(
            field
            for field in self._fields
            if field.many_to_many and not isinstance(field, TermsField)
        )

    @cached_property
    def has_reference(self) -> bool:
        """Whether its rows get a public reference."""
        return issubclass(self.model, Referenced)

    @cached_property
    def _fields(self) -> tuple[Any, ...]:
        return tuple(self.model._meta.get_field(name) for name in self.fields)


_PLACE: Final = (
    *("area", "area_basis", "place_text", "place_text_local", "place_precision"),
    *("latitude", "longitude"),
)
_MANAGED: Final = ("received_on", "project", "monitoring", "internal_notes")
_CLAIM: Final = ("claimant_agency", "claimant_text", "claimant_text_local")
_DATES: Final = ("since", "until")
_DETAILS: Final = (
    *("physical_effects", "psychological_effects", "instruments", "method_notes"),
    *("detention_type", "conditions", "conditions_unknown", "counsel", "court", "court_language"),
    *("case_code", "case_code_unknown", "case_name", "case_name_unknown", "judicial_district"),
    *("statement_signed", "medical_attention", "intents"),
    *("property_kind", "property_value", "property_currency", "compensation"),
)

KINDS: Final[tuple[Kind, ...]] = (
    Kind(
        "agency",
        case_file.Agency,
        (
            *("name", "name_local", "abbreviation", "other_names", "type", "is_state", "area"),
            *("seat", "note", "note_local", *_MANAGED),
        ),
    ),
    Kind("agency-parent", case_file.AgencyParent, ("agency", "parent", *_DATES)),
    Kind(
        "person",
        case_file.Person,
        (
            *("unit", "group_size", "size_estimated", "size_note", "description"),
            *("description_local", "sex", "birth", "occupation", "occupation_note", "function"),
            *("identity_number", "about", "about_local", "name_protection", "place_protection"),
            *("date_protection", "photo_allowed", "publication_ground", "risk_assessment"),
            *_MANAGED,
        ),
    ),
    Kind(
        "person-name",
        case_file.PersonName,
        ("person", "kind", "honorific", "given", "fathers_name", "tribe_or_place"),
    ),
    Kind("person-relation", case_file.PersonRelation, ("person", "kind", "other", *_DATES)),
    Kind("contact", case_file.Contact, ("person", "text", *_DATES)),
    Kind(
        "consent",
        case_file.Consent,
        (
            *("person", "use", "answer", "giver", "giver_name", "method", "language"),
            *("given_on", "expires", "withdrawn_on", "note"),
        ),
    ),
    Kind(
        "source",
        case_file.Source,
        (
            *("title", "title_local", "type", "publisher", "author", "published", "accessed"),
            *("language", "url", "archived_url", "scale", "perspective", "reliability"),
            *("independence", "origin", "public_note", "confidential", "informant", *_MANAGED),
        ),
    ),
    Kind(
        "posting",
        case_file.Posting,
        ("person", "agency", "post", "rank", "commands", *_DATES, "source"),
    ),
    Kind(
        "capture",
        case_file.Capture,
        (
            *("source", "sha256", "bytes", "media_type", "file_name", "captured_at", "method"),
            *("url", "derived_from", "copy_kind"),
        ),
    ),
    Kind(
        "incident",
        case_file.Incident,
        (
            *("title", "title_local", "kind", "date", "date_basis", "end", "time_of_day", *_PLACE),
            *("public_account", "public_account_local", "grade", "grade_reason"),
            *("violation_status", "violation_status_note", "restricted", *_MANAGED),
        ),
    ),
    Kind("incident-link", case_file.IncidentLink, ("from_incident", "kind", "to_incident")),
    Kind(
        "protest",
        case_file.Protest,
        (
            *("incident", "kinds", "organisers", "crowd_low", "crowd_high", "crowd_text"),
            *("demands", "demands_local", "route", "state_responses"),
        ),
    ),
    Kind(
        "casualties",
        case_file.Casualties,
        ("incident", "harm", "low", "best", "high", *_CLAIM, "internal"),
    ),
    Kind(
        "violation",
        case_file.Violation,
        (
            *("incident", "person", "type", "start", "start_basis", "end", "end_meaning"),
            *("place_type", *_PLACE, "area_end", "methods", "stated_reason", "age_low"),
            *("age_high", "age_group", "civilian_status", "outcome", "grade", *_DETAILS),
            "internal",
        ),
    ),
    Kind(
        "disappearance-element",
        case_file.DisappearanceElement,
        ("violation", "element", "finding", "note", "internal"),
    ),
    Kind(
        "attribution",
        case_file.Attribution,
        (
            *("incident", "violation", "attribution", "speaker", "date", "words", "words_local"),
            *("replaces", "custody", "place_told", "contact_family", "contact_counsel"),
            *("contact_relief", "contact_rights", "internal"),
        ),
    ),
    Kind(
        "involvement",
        case_file.Involvement,
        (
            *("incident", "violation", "agency", "person", "post", "description"),
            *("description_local", "type", "degree", "status", "basis", "alleged_by_agency"),
            *("alleged_by_text", "alleged_by_text_local", "internal"),
        ),
    ),
    Kind(
        "status",
        case_file.StatusEntry,
        ("incident", "person", "status", "date", "note", "note_local", *_CLAIM, "internal"),
    ),
    Kind(
        "body-entry",
        case_file.BodyEntry,
        ("incident", "person", "event", "date", "place_text", "note", *_CLAIM, "internal"),
    ),
    Kind(
        "account",
        case_file.Account,
        (
            *("incident", "violation", "question", "answer", "answer_local", "answer_date"),
            *("stance", "said", "replaces", *_CLAIM, "internal"),
        ),
    ),
    Kind(
        "legal-action",
        case_file.LegalAction,
        (
            *("title", "title_local", "type", "forum", "number", "district", "filed", "decided"),
            *("filed_by", "complainant", "accused_text", "accused_low", "accused_high"),
            *("offences", "subject", "subject_local", "stage", "outcome", "compliance"),
            *("incidents", "people", "internal", *_MANAGED),
        ),
    ),
    Kind(
        "legal-step",
        case_file.LegalStep,
        (
            *("action", "date", "what", "what_local", "result", "result_local", "compliance"),
            *("next_date", "internal"),
        ),
    ),
    Kind("legal-relation", case_file.LegalRelation, ("action", "kind", "other")),
    Kind(
        "intervention",
        case_file.Intervention,
        (
            *("incident", "people", "types", "by_text", "by_text_local", "date", "text"),
            *("text_local", "impact", "status", "priority", "internal", *_MANAGED),
        ),
    ),
    Kind(
        "addressee",
        case_file.InterventionAddressee,
        ("intervention", "agency", "response", "responded", "internal"),
    ),
    Kind(
        "citation",
        case_file.Citation,
        (
            *("source", "stance", "locator", "quotation", "reliability", "connection"),
            *CITED_FACTS,
        ),
    ),
)
"""Everything that travels, each kind behind those it cannot be saved without."""

KIND: Final[Mapping[str, Kind]] = {kind.name: kind for kind in KINDS}

KIND_OF: Final[Mapping[type[models.Model], Kind]] = {kind.model: kind for kind in KINDS}


def links_to(model: type[models.Model]) -> Iterator[tuple[Kind, str]]:
    """Kinds and columns that point to a model."""
    for kind in KINDS:
        for field in kind.links:
            if field.related_model is model:
                yield kind, field.name
