"""The tables a mapping may have, the model each one fills, and the fields that it may give."""

from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from django.contrib.postgres.fields import ArrayField
from django.db import models

from incidents.models import (
    CITED_FACTS,
    Account,
    Agency,
    Attribution,
    BodyEntry,
    Casualties,
    Citation,
    Consent,
    Contact,
    DisappearanceElement,
    Incident,
    Intervention,
    InterventionAddressee,
    Involvement,
    LegalAction,
    LegalStep,
    Person,
    PersonName,
    Protest,
    Source,
    StatusEntry,
    Violation,
)
from reference.fields import (
    EarliestField,
    LatestField,
    TermField,
    TermsField,
    UncertainDateField,
)
from reference.models import Area

FieldKind = Literal[
    "text",
    "texts",
    "term",
    "terms",
    "choice",
    "date",
    "day",
    "area",
    "agency",
    "number",
    "decimal",
    "yes_no",
    "age",
    "full_name",
]


@dataclass(frozen=True, eq=False)
class FieldSpec:
    """One field that a table may give. ``field`` is None for one that fills several columns."""

    name: str
    kind: FieldKind
    field: Any = None

    @property
    def attname(self) -> str:
        """The name under which a draft holds the value."""
        return self.field.attname if self.field is not None else self.name

    @property
    def vocabulary(self) -> str:
        """The vocabulary of a term; empty for any other kind."""
        return getattr(self.field, "vocabulary", "")

    @property
    def longest(self) -> int | None:
        """Characters that the text may have, if they are limited."""
        base = getattr(self.field, "base_field", self.field)
        return getattr(base, "max_length", None)

    @property
    def label(self) -> str:
        """What people call the field, in the active language."""
        return str(self.field.verbose_name) if self.field is not None else self.name


@dataclass(frozen=True, eq=False)
class Table:
    """One kind of table of a mapping.

    ``name`` is its key in the mapping; ``model`` what it fills (None: it only holds others);
    ``many`` whether it is written in double brackets. ``links`` are fields that lead to what is
    around it, by the name of that table. ``says`` are fields of which at least one must be there
    for the row to say anything; ``needs`` fields that a mapping must give; ``extra`` fields that
    fill several columns. ``always``: made also where no cell says anything, if ``says`` is there.
    """

    name: str
    model: type[models.Model] | None
    many: bool = True
    links: tuple[tuple[str, str], ...] = ()
    children: tuple["Table", ...] = ()
    says: tuple[str, ...] = ()
    needs: tuple[tuple[str, ...], ...] = ()
    extra: tuple[tuple[str, FieldKind], ...] = ()
    without: frozenset[str] = frozenset()
    always: bool = False

    @property
    def cited_as(self) -> str | None:
        """The column in which a citation points to this fact, if it can be cited."""
        return next((name for name, model in CITED_FACTS.items() if model is self.model), None)

    def fields(self) -> dict[str, FieldSpec]:
        """The fields that a mapping may give, by name."""
        return _fields(self)

    def child(self, name: str) -> "Table | None":
        """The table of that name inside this one."""
        return next((child for child in self.children if child.name == name), None)


_BOOK_KEEPING = frozenset(
    {
        *("id", "entered_at", "entered_by", "changed_at", "changed_by", "reference", "stage"),
        *("publication", "published_at", "folded", "skeleton", "assigned", "links", "replaces"),
        *("origin", "informant"),
    }
)
"""Fields that no mapping gives: the office's own, or found by the program."""

_KINDS: tuple[tuple[Any, FieldKind], ...] = (
    (TermField, "term"),
    (TermsField, "terms"),
    (UncertainDateField, "date"),
    (ArrayField, "texts"),
    (models.BooleanField, "yes_no"),
    (models.DateField, "day"),
    (models.DecimalField, "decimal"),
    (models.IntegerField, "number"),
)


@cache
def _fields(table: Table) -> dict[str, FieldSpec]:
    found = {name: FieldSpec(name, kind) for name, kind in table.extra}
    if table.model is None:
        return found
    taken = {name for name, _around in table.links} | table.without | _BOOK_KEEPING
    for field in (*table.model._meta.concrete_fields, *table.model._meta.many_to_many):
        kind = None if field.name in taken else _kind(field)
        if kind:
            found[field.name] = FieldSpec(field.name, kind, field)
    return found


def _kind(field: Any) -> FieldKind | None:
    if isinstance(field, EarliestField | LatestField):
        return None
    for cls, kind in _KINDS:
        if isinstance(field, cls):
            return kind
    if isinstance(field, models.ForeignKey):
        related: dict[Any, FieldKind] = {Area: "area", Agency: "agency"}
        return related.get(field.related_model)
    if field.choices:
        return "choice"
    return "text" if isinstance(field, models.CharField | models.TextField) else None


_IN_CASE = (("incident", "incident"),)
_OF_ACT = (("incident", "incident"), ("violation", "violation"))
_OF_PERSON = (("person", "victim"),)
_SOMEBODY_SAYS = ("claimant_agency", "claimant_text")

ELEMENT = Table(
    "element",
    DisappearanceElement,
    links=(("violation", "violation"),),
    says=("element",),
    needs=(("element",), ("finding",)),
)
INVOLVEMENT = Table(
    "involvement",
    Involvement,
    links=_OF_ACT,
    says=("agency", "post", "description"),
    needs=(("agency", "post", "description"), ("alleged_by_agency", "alleged_by_text")),
)
ACCOUNT = Table(
    "account",
    Account,
    links=_OF_ACT,
    says=("answer",),
    needs=(("question",), ("answer",), _SOMEBODY_SAYS),
)
ATTRIBUTION = Table(
    "attribution",
    Attribution,
    links=_OF_ACT,
    says=("attribution",),
    needs=(("attribution",), ("speaker",)),
)
VIOLATION = Table(
    "violation",
    Violation,
    links=(("incident", "incident"), ("person", "victim")),
    children=(ELEMENT, INVOLVEMENT, ACCOUNT, ATTRIBUTION),
    says=("type",),
    needs=(("type",),),
    extra=(("age", "age"),),
    always=True,
)
NAME = Table(
    "name",
    PersonName,
    links=_OF_PERSON,
    needs=(("given", "full"),),
    extra=(("full", "full_name"),),
)
PERSON = Table("person", Person, many=False, always=True)
STATUS = Table(
    "status",
    StatusEntry,
    links=(("incident", "incident"), ("person", "victim")),
    says=("status",),
    needs=(("status",),),
)
BODY = Table(
    "body",
    BodyEntry,
    links=(("incident", "incident"), ("person", "victim")),
    says=("event",),
    needs=(("event",),),
)
CONSENT = Table("consent", Consent, links=_OF_PERSON, says=("use",), needs=(("use",), ("answer",)))
CONTACT = Table("contact", Contact, links=_OF_PERSON, says=("text",), needs=(("text",),))
VICTIM = Table("victim", None, children=(PERSON, NAME, VIOLATION, STATUS, BODY, CONSENT, CONTACT))
CASUALTIES = Table(
    "casualties",
    Casualties,
    links=_IN_CASE,
    says=("low", "best", "high"),
    needs=(("harm",), ("low", "best", "high")),
)
STEP = Table(
    "step", LegalStep, links=(("action", "legal_action"),), says=("what",), needs=(("what",),)
)
LEGAL_ACTION = Table(
    "legal_action",
    LegalAction,
    children=(STEP,),
    says=("title",),
    needs=(("title",), ("type",)),
    without=frozenset({"incidents", "people"}),
)
ADDRESSEE = Table(
    "addressee",
    InterventionAddressee,
    links=(("intervention", "intervention"),),
    says=("agency",),
    needs=(("agency",),),
)
INTERVENTION = Table(
    "intervention",
    Intervention,
    links=_IN_CASE,
    children=(ADDRESSEE,),
    says=("by_text", "text", "types"),
    needs=(("types",),),
    without=frozenset({"people"}),
)
PROTEST = Table("protest", Protest, many=False, links=_IN_CASE)
INCIDENT = Table("incident", Incident, many=False, needs=(("title",), ("kind",)), always=True)
SOURCE = Table("source", Source, many=False, needs=(("title",), ("type",)), always=True)
ALSO_CITE = Table("also_cite", Source, says=("title",), needs=(("title",), ("type",)))
CITATION = Table(
    "citation", Citation, many=False, without=frozenset({"source", *CITED_FACTS}), always=True
)
AGENCY = Table("agency", Agency, needs=(("name",), ("type",)))

CASE_FACTS = (PROTEST, CASUALTIES, INVOLVEMENT, ACCOUNT, ATTRIBUTION, LEGAL_ACTION, INTERVENTION)
"""Tables of the top level that speak of the incident as a whole."""
