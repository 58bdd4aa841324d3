"""The documented case, entered from ``fixtures/documented_case.toml`` and published.

It is entered through the same models and goes through the same door as any other case: drafted by
one person, approved and published by another.
"""

import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models, transaction

from incidents import publishing, reviewing, roles
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
    Protest,
    Source,
    StaffMember,
    StatusEntry,
    Violation,
)
from incidents.models.citation import column_of
from reference.fields import TermField, TermsField
from reference.models import Area, Term

PROJECT = "Demonstration"
"""Marks every record of the demonstration, so that it is entered once and can be found."""

FIXTURE = Path(settings.BASE_DIR) / "fixtures" / "documented_case.toml"

_OWN_KEYS = frozenset({"id", "links"})
"""Keys that mean something else here than the field of that name."""

Row = dict[str, Any]


def load(*, at: datetime | None = None) -> list[Incident]:
    """Enter and publish the documented case unless that has been done; return its incidents."""
    if Incident.objects.filter(project=PROJECT).exists():
        return []
    clerk = _staff("demonstration-clerk", roles.DATA_ENTRY)
    publisher = _staff("demonstration-publisher", roles.PUBLISHER)
    with transaction.atomic():
        incidents = CaseEntry(clerk).enter(tomllib.loads(FIXTURE.read_text("utf-8")))
        for incident in incidents:
            reviewing.submit(incident, by=clerk)
        for incident in incidents:
            reviewing.approve(incident, by=publisher)
            publishing.publish(incident, by=publisher, at=at)
    return incidents


def _staff(name: str, group: str) -> StaffMember:
    """A member of staff who cannot log in: there is no password."""
    member, created = StaffMember.objects.get_or_create(
        username=name, defaults={"is_staff": False, "pseudonym": name}
    )
    if created:
        member.set_unusable_password()
        member.save()
        member.groups.add(Group.objects.get(name=group))
    return member


class CaseEntry:
    """Enters a case written as tables: fields by name, terms and areas by code, rows by ``id``."""

    def __init__(self, by: StaffMember) -> None:
        self.by = by
        self.rows: dict[str, models.Model] = {}
        self.terms = {(term.vocabulary, term.code): term for term in Term.objects.all()}
        self.areas = {area.code: area for area in Area.objects.all()}

    def enter(self, case: Row) -> list[Incident]:
        """Enter everything; return the incidents in the order of the file."""
        for row in case["source"]:
            source = self.create(Source, row, project=PROJECT)
            for capture in row.get("capture", []):
                self.create(Capture, capture, source=source)
        for row in case["agency"]:
            agency = self.create(Agency, row, project=PROJECT)
            for parent in row.get("parents", []):
                self.create(AgencyParent, {}, agency=agency, parent=self.rows[parent])
        for row in case["person"]:
            person = self.create(Person, row, project=PROJECT)
            for name in row.get("name", []):
                self.create(PersonName, name, person=person)
        incidents = [self.incident(row) for row in case["incident"]]
        for row in case["incident"]:
            for link in row.get("links", []):
                self.create(
                    IncidentLink,
                    {"kind": link["kind"]},
                    from_incident=self.rows[row["id"]],
                    to_incident=self.rows[link["to"]],
                )
        for row in case["legal_action"]:
            self.legal_action(row)
        return incidents

    def incident(self, row: Row) -> Incident:
        """One incident with its facts, violations first because the others refer to them."""
        incident: Incident = self.create(Incident, row, project=PROJECT)
        for act in row.get("violation", []):
            violation = self.create(Violation, act, incident=incident)
            for element in act.get("element", []):
                self.create(DisappearanceElement, element, violation=violation)
        for table, model in (
            ("attribution", Attribution),
            ("involvement", Involvement),
            ("status", StatusEntry),
            ("body", BodyEntry),
            ("casualties", Casualties),
            ("account", Account),
        ):
            for fact in row.get(table, []):
                self.create(model, fact, incident=incident)
        for appeal in row.get("intervention", []):
            intervention = self.create(Intervention, appeal, incident=incident)
            for addressee in appeal.get("addressees", []):
                self.create(InterventionAddressee, addressee, intervention=intervention)
        if "protest" in row:
            self.create(Protest, row["protest"], incident=incident)
        return incident

    def legal_action(self, row: Row) -> None:
        """A legal action with its steps, and its relations to those entered before it."""
        action = self.create(LegalAction, row, project=PROJECT)
        for step in row.get("step", []):
            self.create(LegalStep, step, action=action)
        for relation in row.get("relations", []):
            self.create(
                LegalRelation,
                {"kind": relation["kind"]},
                action=action,
                other=self.rows[relation["to"]],
            )

    def create(self, model: type[models.Model], row: Row, **fixed: Any) -> Any:
        """One row from its table, checked as a form would check it, with its citations."""
        many: dict[str, list[Any]] = {}
        values: Row = dict(fixed)
        known = {field.name: field for field in model._meta.get_fields()}
        for key, value in row.items():
            field = None if key in _OWN_KEYS else known.get(key)
            if isinstance(field, models.ManyToManyField):
                many[key] = [self.value(field, part) for part in value]
            elif isinstance(field, models.Field):
                values[key] = self.value(field, value)
        if "entered_by" in known:
            values |= {"entered_by": self.by, "changed_by": self.by}
        instance = model(**values)
        instance.full_clean()
        instance.save()
        for key, parts in many.items():
            getattr(instance, key).set(parts)
        if "id" in row:
            self.rows[row["id"]] = instance
        for citation in row.get("cite", []):
            self.cite(instance, citation)
        return instance

    def value(self, field: Any, value: Any) -> Any:
        """A value of the table as the field takes it."""
        if isinstance(field, TermField | TermsField):
            return self.terms[field.vocabulary, value]
        if field.is_relation and field.related_model is Area:
            return self.areas[value]
        if field.is_relation:
            return self.rows[value]
        return value.strip() if isinstance(value, str) else value

    def cite(self, fact: models.Model, row: Row) -> None:
        """What the fact rests on: source, place in it, stance and reliability."""
        values = {("locator" if key == "at" else key): value for key, value in row.items()}
        self.create(Citation, values, **{column_of(fact): fact})
