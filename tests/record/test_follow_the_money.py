"""The record as entities of FollowTheMoney: of its model, and saying nothing that it does not."""

import re

import pytest

from record.follow_the_money import entities_of
from record.follow_the_money.values import date_of
from record.kinds import Kind
from record.models.entry import ENTRY_OF
from tests.api.case import publish_case
from tests.record.factories import (
    date_value,
    entry_of,
    hostile_incidents,
    legal_action,
    publish_incident,
    unnamed_victim,
    victim,
    violation,
    withheld_victim,
)

# The properties we use of each schema, with their types, from FollowTheMoney 4.11.
_THING = {
    "name": "name",
    "alias": "name",
    "weakAlias": "name",
    "country": "country",
    "description": "text",
    "notes": "text",
    "summary": "text",
    "keywords": "string",
    "publisher": "string",
    "sourceUrl": "url",
    "modifiedAt": "date",
}
_INTERVAL = {"startDate": "date", "endDate": "date", "date": "date", "recordId": "string"}
_LEGAL = {"abbreviation": "name", "classification": "string", "status": "string", "parent": "Legal"}
_LINK = {**_INTERVAL, "role": "string", "status": "string", "modifiedAt": "date"}
MODEL = {
    "Event": {**_THING, **_INTERVAL, "location": "address"},
    "Person": {
        **_THING,
        "fatherName": "string",
        "birthDate": "date",
        "gender": "gender",
        "profession": "string",
        "status": "string",
    },
    "Organization": {**_THING, **_LEGAL},
    "PublicBody": {**_THING, **_LEGAL},
    "CourtCase": {
        **_THING,
        "type": "string",
        "caseNumber": "identifier",
        "court": "string",
        "fileDate": "date",
        "closeDate": "date",
        "status": "string",
    },
    "Article": {
        **_THING,
        "title": "string",
        "author": "string",
        "publishedAt": "date",
        "language": "language",
    },
    "UnknownLink": {**_LINK, "subject": "Thing", "object": "Thing"},
    "CourtCaseParty": {**_LINK, "case": "CourtCase", "party": "Thing"},
    "Documentation": {**_LINK, "document": "Article", "entity": "Thing"},
}
NEEDED = {
    "UnknownLink": {"subject", "object"},
    "CourtCaseParty": {"case", "party"},
    "Documentation": {"document", "entity"},
}
RANGES = {
    "Thing": {"Event", "Person", "Organization", "PublicBody", "CourtCase", "Article"},
    "Legal": {"Person", "Organization", "PublicBody"},
    "CourtCase": {"CourtCase"},
    "Article": {"Article"},
}
PATTERNS = {
    "date": re.compile(r"\d{4}(-\d{2}(-\d{2})?)?"),
    "country": re.compile("[a-z]{2}"),
    "gender": re.compile("male|female|other"),
    "language": re.compile("eng|urd|pus|fas"),
    "url": re.compile("https?://.+"),
}


def exported():
    """Every entity of the record, by id."""
    return [
        entity
        for kind in Kind
        for entry in ENTRY_OF[kind].objects.live()
        for entity in entities_of(kind, entry.content())
    ]


def faults(entities):
    """What FollowTheMoney would refuse."""
    schemas = {entity["id"]: entity["schema"] for entity in entities}
    for entity in entities:
        known = MODEL[entity["schema"]]
        yield from (f"{entity['id']}: lacks {name}" for name in missing(entity))
        for name, values in entity["properties"].items():
            for value in values:
                if name not in known:
                    yield f"{entity['schema']} has no {name}"
                elif known[name] in RANGES:
                    if schemas.get(value) not in RANGES[known[name]]:
                        yield f"{entity['id']}: {name} leads to {value}"
                elif known[name] in PATTERNS and not PATTERNS[known[name]].fullmatch(value):
                    yield f"{entity['id']}: {name} is {value!r}"


def missing(entity):
    return NEEDED.get(entity["schema"], set()) - entity["properties"].keys()


def of_schema(schema):
    return [entity["properties"] for entity in exported() if entity["schema"] == schema]


@pytest.mark.django_db
def test_a_whole_case_is_of_the_model_and_every_link_leads_somewhere():
    publish_case()
    entities = exported()
    assert list(faults(entities)) == []
    assert {entity["schema"] for entity in entities} >= {
        *("Event", "Person", "PublicBody", "CourtCase", "Article"),
        *("UnknownLink", "CourtCaseParty", "Documentation"),
    }


@pytest.mark.django_db
def test_hostile_texts_are_of_the_model_too():
    hostile_incidents(10)
    assert list(faults(exported())) == []


@pytest.mark.django_db
def test_ids_are_the_references_and_stay_the_same():
    publish_case()
    first, again = exported(), exported()
    assert [entity["id"] for entity in first] == [entity["id"] for entity in again]
    things = {e["id"] for e in first if e["schema"] in RANGES["Thing"]}
    assert "INC-2026-0001" in things
    links = [e["id"] for e in first if e["schema"] not in RANGES["Thing"]]
    assert len(links) == len(set(links))


@pytest.mark.django_db
def test_a_withheld_name_makes_no_name():
    publish_incident(violations=[violation(victim=withheld_victim())])
    (person,) = of_schema("Person")
    assert not person.keys() & {"name", "alias", "weakAlias", "fatherName"}


@pytest.mark.django_db
def test_initials_are_no_name_that_could_be_matched():
    publish_incident(violations=[violation(victim=victim("B. M.", name_shown="initials"))])
    (person,) = of_schema("Person")
    assert "name" not in person
    assert person["weakAlias"] == ["B. M."]


@pytest.mark.django_db
def test_a_description_of_somebody_unnamed_is_no_name():
    publish_incident(violations=[violation(victim=unnamed_victim(1))])
    assert all("name" not in person for person in of_schema("Person"))


@pytest.mark.django_db
def test_a_group_is_no_person_and_nothing_leads_to_it():
    several = unnamed_victim(3)
    publish_incident(
        violations=[violation(victim=several)], legal_actions=[legal_action("Petition")]
    )
    assert of_schema("Person") == []
    assert list(faults(exported())) == []


@pytest.mark.django_db
def test_whoever_is_alleged_to_be_responsible_is_linked_by_a_role_that_says_so():
    publish_case()
    roles = {link["role"][0] for link in of_schema("UnknownLink")}
    assert "alleged responsible: Suspected" in roles
    assert "victim: Enforced disappearance" in roles


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("2023-10-29", "2023-10-29"),
        ("2023-10", "2023-10"),
        ("2023", "2023"),
        ("2023-10~", "2023-10"),
        ("2023-11-22/2023-11-23", "2023-11"),
        ("2023-11-2X", "2023-11"),
        ("2023-11-30/2023-12-01", "2023"),
        ("201X", None),
        ("../2023-12-11", None),
        ("2023-12-08/..", None),
        ("", None),
    ],
)
def test_a_date_is_as_exact_as_it_is_known(text, known):
    assert date_of(date_value(text)) == known


@pytest.mark.django_db
def test_a_date_nobody_knows_makes_no_date():
    publish_incident(date="")
    (event,) = of_schema("Event")
    assert not event.keys() & {"date", "startDate", "endDate"}


@pytest.mark.django_db
def test_an_older_document_may_lack_members():
    entry = publish_incident()
    document = entry_of(entry.reference).content()
    kept = {name: document[name] for name in ("reference", "kind", "version", "published_at")}
    assert [e["id"] for e in entities_of(Kind.INCIDENT, kept)] == [entry.reference]
