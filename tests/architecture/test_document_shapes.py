"""The documents that tests of the record, the API and the pages rest on are those of publishing."""

import pytest

from incidents.models import LegalStep
from record.kinds import Kind
from record.models.entry import ENTRY_OF
from tests.incidents import factories as case
from tests.record import factories as record

pytestmark = pytest.mark.django_db


def shape(value):
    """Keys at every depth; a list has the keys of all that stands in it."""
    if isinstance(value, dict):
        return {key: shape(part) for key, part in value.items()}
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return [shape(value[0])]
    return None


def differences(built, made, path=""):
    """Paths at which two shapes differ; an absent value differs from none."""
    if isinstance(built, list) and isinstance(made, list):
        return differences(built[0], made[0], f"{path}[]")
    if not (isinstance(built, dict) and isinstance(made, dict)):
        return []
    found = [f"{path}.{key}: only built" for key in built.keys() - made.keys()]
    found += [f"{path}.{key}: only in tests" for key in made.keys() - built.keys()]
    for key in built.keys() & made.keys():
        found += differences(built[key], made[key], f"{path}.{key}")
    return found


def built_documents():
    """One document of each kind, built from a case file with something in every part."""
    agency = case.agency()
    incident = case.incident(area=case.area("PK211-turbat"), area_basis="inferred")
    victim = case.person("Balach", "Mola Bakhsh", local="بالاچ")
    act = case.violation(incident, victim, end="2023-11-20", end_meaning="acknowledged")
    case.attribution(incident, agency, violation=act)
    case.involvement(incident, agency=agency, violation=act)
    case.status(incident, victim, "disappeared", "2023-10-29")
    case.account(incident, "He was taken.")
    action = case.legal_action(incident, people=[victim], forum=agency)
    LegalStep.objects.create(action=action, what="Hearing")
    case.publish(incident)
    return _documents()


def documents_of_tests():
    """The same from the factories that tests of public code use."""
    ctd = record.agency("Counter-Terrorism Department", type="counter-terrorism")
    balach = record.victim("Balach", name_local="بالاچ")
    record.publish_incident(
        title="Taken from home in Turbat",
        area="PK211",
        violations=[
            record.violation(
                "enforced-disappearance",
                victim=balach,
                attributions=[
                    record.attribution("officials-deny", speaker=record.party(agency=ctd))
                ],
                involvements=[record.involvement(ctd)],
            )
        ],
        accounts=[record.account("He was taken.")],
        legal_actions=[record.legal_action("Petition", forum=ctd, steps=[record.step()])],
    )
    return _documents()


def _documents():
    return {kind: model.objects.live().first() for kind, model in ENTRY_OF.items()}


@pytest.mark.parametrize("kind", list(Kind))
def test_factories_make_the_documents_that_publishing_builds(kind):
    built = shape(built_documents()[kind].content())
    for model in ENTRY_OF.values():
        model.objects.all().delete()
    made = shape(documents_of_tests()[kind].content())
    assert sorted(differences(built, made)) == []
