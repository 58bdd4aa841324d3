"""A case in which every column that travels says something."""

from datetime import UTC, date, datetime
from decimal import Decimal

from django.contrib.postgres.fields import ArrayField
from django.db import models

from incidents.interchange.declared import KIND, KIND_OF, KINDS
from incidents.models import CITED_FACTS
from reference.fields import UncertainDateField
from reference.models import Area, Term

EXACT = {
    "property_value": Decimal("450000.50"),
    "property_currency": "PKR",
    "latitude": Decimal("26.00123"),
    "longitude": Decimal("63.05012"),
    "low": 1,
    "best": 2,
    "crowd_low": 1,
    "accused_low": 1,
    "age_low": 1,
    "given_on": date(2023, 11, 1),
    "sha256": "ab" * 32,
    "confidential": False,
    "informant": None,
    "restricted": False,
    "method_notes": {"from-home": "Two days"},
    "conditions_unknown": False,
    "case_code_unknown": False,
    "case_name_unknown": False,
    "copy_kind": "redacted",
    "media_type": "application/pdf",
    "start": "2023-10-29",
    "url": "https://example.org/a",
    "archived_url": "https://example.org/b",
}
TWICE = ("person", "agency", "source", "incident", "legal-action", "attribution", "account")
"""Kinds of which a row points to another row."""
OTHER = ("other", "parent", "to_incident", "replaces", "origin", "derived_from")


def crowded():
    """One row of each kind or two, and a citation for each fact; the incidents."""
    made = {}
    for kind in KINDS:
        if kind.name == "citation":
            continue
        for number in range(2 if kind.name in TWICE else 1):
            made.setdefault(kind.name, []).append(_row(kind, made, number))
    capture = made["capture"][0]
    again = _row(KIND["capture"], made, 1, sha256="cd" * 32, derived_from=capture)
    made["capture"].append(again)
    for column, model in CITED_FACTS.items():
        others = dict.fromkeys(CITED_FACTS)
        fact = made[KIND_OF[model].name][0]
        _row(KIND["citation"], made, 0, source=made["source"][1], **{**others, column: fact})
    return made


def _row(kind, made, number, **exact):
    values = {field.name: _value(field, made, number) for field in kind.columns} | exact
    if kind.name == "person-name":
        values["given"] = "بالاچ"
    row = kind.model(**values)
    row.save()
    for many in kind.term_sets:
        terms = Term.objects.filter(vocabulary=many.vocabulary, hidden=False)
        getattr(row, many.name).set(terms.order_by("code")[:2])
    for many in kind.link_sets:
        getattr(row, many.name).set(made[KIND_OF[many.related_model].name])
    return row


def _value(field, made, number):
    if field.name in EXACT:
        return EXACT[field.name]
    if field.is_relation:
        return _linked(field, made, number)
    if getattr(field, "choices", None):
        return list(field.choices)[-1][0]
    if isinstance(field, ArrayField):
        return ["One, with a comma", "دو"]
    if isinstance(field, UncertainDateField):
        return "2023-11-21/2023-11-30"
    if isinstance(field, models.DateTimeField):
        return datetime(2023, 11, 5, 12, 30, 15, 123456, tzinfo=UTC)
    if isinstance(field, models.DateField):
        return date(2023, 11, 5)
    if isinstance(field, models.BooleanField):
        return True
    if isinstance(field, models.IntegerField):
        return 3
    text = f"{field.name} {number}, “as told”\u2028on two lines"
    limit = field.max_length or 500
    return text if len(text) <= limit else text[:limit]


def _linked(field, made, number):
    if field.related_model is Term:
        terms = Term.objects.filter(vocabulary=field.vocabulary, hidden=False).order_by("code")
        return terms.last()
    if field.related_model is Area:
        return Area.objects.get(code="PK211")
    others = made.get(KIND_OF[field.related_model].name, [])
    if field.name in OTHER and not (others and (number or len(others) > 1)):
        return None
    return others[-1 if field.name in OTHER else 0]
