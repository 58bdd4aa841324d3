"""Section C: links, people, documents."""

import pytest
from django.db import IntegrityError, transaction

from incidents.models import IncidentLink, PersonRelation
from tests.incidents import factories as make
from tests.incidents.admin.pages import Form

pytestmark = pytest.mark.django_db


def test_15_a_link_is_read_from_its_other_end_and_the_database_holds_it_once(clerk):
    cause, consequence = make.incident("A raid"), make.incident("A protest")
    causes = make.term("incident-link", "causes")
    IncidentLink.objects.create(from_incident=cause, kind=causes, to_incident=consequence)
    page = clerk.get(f"/admin/incidents/incident/{consequence.pk}/change/").content.decode()
    inverse = make.term("incident-link", causes.attributes["inverse"])
    assert f"{inverse.label}: <a " in page
    assert "A raid" in page
    for first, second in ((cause, consequence), (cause, cause)):
        with pytest.raises(IntegrityError), transaction.atomic():
            IncidentLink.objects.create(from_incident=first, kind=causes, to_incident=second)


def test_16_a_relation_between_people_is_dated(clerk):
    son, lawyer = make.person("Sameer"), make.person("Advocate")
    form = Form(clerk, f"/admin/incidents/person/{son.pk}/change/", "person_form")
    form.add_row(
        "relations",
        kind=make.term("person-relation", "lawyer"),
        other=lawyer,
        since="2023-11",
        until="2024",
    )
    form.save()
    relation = PersonRelation.objects.get()
    assert (str(relation.since), str(relation.until)) == ("2023-11", "2024")
