"""The statement that finds what is hidden from somebody follows the rule as it is told."""

from itertools import combinations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from incidents import demonstration
from incidents.history.differences import changes_of
from incidents.models import (
    Agency,
    Citation,
    Incident,
    LegalAction,
    Person,
    PersonRelation,
    Posting,
    Source,
)
from incidents.ties import LINKS
from incidents.visibility import restricted_cases, visible_to
from tests.incidents import factories

pytestmark = pytest.mark.django_db


def tied_to(ties, cases):
    """Keys of the rows that any of these ties leads to from a case."""
    return {
        key
        for model, column, path in ties
        for key in model._default_manager.filter(**{f"{path}__in": cases})
        .order_by()
        .values_list(column, flat=True)
        if key is not None
    }


def out_of_sources(people):
    """Keys of the sources out of which something is said of these people."""
    return {
        key
        for link in (Citation, Posting)
        for key in link.objects.filter(person__in=people).values_list("source", flat=True)
    }


def known_from(model, cases):
    """(what these cases tell of, what they touch besides)."""
    telling, beside = LINKS[model]
    told, near = tied_to(telling, cases), tied_to(beside, cases)
    if model is Source:
        people, others = known_from(Person, cases)
        told, near = told | out_of_sources(people), near | out_of_sources(others)
    return told, near


def visible_by_the_rule(model, concealed):
    """Rows that no concealed case touches, and those that an open case tells of."""
    open_cases = set(Incident.objects.values_list("pk", flat=True)) - set(concealed)
    every = set(model._default_manager.values_list("pk", flat=True))
    return (every - set.union(*known_from(model, concealed))) | known_from(model, open_cases)[0]


def test_the_rule_holds_for_every_choice_of_concealed_cases():
    demonstration.load()
    for person in Person.objects.order_by("pk"):
        factories.cite(person, factories.source(f"On {person}"))
        Posting.objects.create(
            person=person,
            agency=Agency.objects.first(),
            post="Clerk",
            source=factories.source(f"The post of {person}"),
        )
    member = factories.staff()
    cases = list(Incident.objects.values_list("pk", flat=True))
    chosen = [(), *((each,) for each in cases), *list(combinations(cases, 2))[::5], tuple(cases)]
    hidden = 0
    for concealed in chosen:
        Incident.objects.update(restricted=False)
        Incident.objects.filter(pk__in=concealed).update(restricted=True)
        for model in (Person, LegalAction, Source):
            found = set(
                visible_to(member, model._default_manager.all()).values_list("pk", flat=True)
            )
            assert found == visible_by_the_rule(model, concealed), (model, concealed)
            hidden += model._default_manager.count() - len(found)
    assert hidden


def test_whoever_is_assigned_to_a_restricted_case_sees_what_it_tells_of():
    member, case = factories.staff(), factories.incident(restricted=True)
    act = factories.violation(case)
    assert not visible_to(member, Person.objects.all()).exists()
    case.assigned.add(member)
    assert visible_to(member, Person.objects.all()).get() == act.person


def victim(case):
    return factories.violation(case, factories.person("Zarmina")).person


def accused(case):
    return factories.involvement(case, person=factories.person("Zarmina")).person


def told_of_by_a_status(case):
    found = factories.person("Zarmina")
    factories.status(case, found, "disappeared", "2023-10-29")
    return found


def party(case):
    found = factories.person("Zarmina")
    factories.legal_action(case, people=[found])
    return found


def complainant(case):
    found = factories.person("Zarmina")
    factories.legal_action(case, complainant=found)
    return found


def relative(case):
    found = factories.person("Zarmina")
    PersonRelation.objects.create(
        person=victim(case), other=found, kind=factories.term("person-relation", "lawyer")
    )
    return found


KNOWN_AS = (victim, accused, told_of_by_a_status, party, complainant, relative)
TELLS = (victim, accused, told_of_by_a_status)


def said_of(person):
    """A citation and a post of somebody, each out of a source of its own."""
    citation = factories.cite(person, factories.source("A letter about her"))
    post = Posting.objects.create(
        person=person,
        agency=factories.agency(),
        post="Clerk",
        source=factories.source("A list of posts"),
    )
    return citation, post


@pytest.mark.parametrize("known_as", KNOWN_AS)
def test_what_is_said_of_somebody_hidden_is_hidden_with_its_sources(known_as):
    case = factories.incident(restricted=True)
    citation, post = said_of(known_as(case))
    member = factories.staff()
    rows = (citation, citation.source, post, post.source)
    for row in rows:
        assert not visible_to(member, type(row).objects.filter(pk=row.pk)).exists(), row
    case.assigned.add(member)
    for row in rows:
        assert visible_to(member, type(row).objects.filter(pk=row.pk)).exists(), row


@pytest.mark.parametrize("known_as", TELLS)
def test_what_is_said_of_somebody_of_an_open_case_stays_visible(known_as):
    person = known_as(factories.incident())
    factories.violation(factories.incident(restricted=True), person)
    citation, post = said_of(person)
    for row in (citation, citation.source, post, post.source):
        assert visible_to(factories.staff(), type(row).objects.filter(pk=row.pk)).exists(), row


def test_a_citation_is_hidden_with_its_source():
    letter = factories.source("A letter")
    factories.cite(factories.incident(restricted=True), letter)
    citation = factories.cite(factories.person("Of no case"), letter)
    assert not visible_to(factories.staff(), Citation.objects.filter(pk=citation.pk)).exists()


@pytest.mark.parametrize("known_as", KNOWN_AS)
def test_the_log_knows_the_restricted_cases_of_what_is_said_of_somebody(known_as):
    case = factories.incident(restricted=True)
    citation, post = said_of(known_as(case))
    for row in (citation, citation.source, post.source):
        assert restricted_cases(type(row), row.pk) == {case.pk}, row


def test_nothing_is_asked_before_the_rows_are():
    member = factories.staff()
    member.has_perm("incidents.view_person")
    with CaptureQueriesContext(connection) as asked:
        people = visible_to(member, Person.objects.all())
        offered = people.filter(pk=1)
    assert len(asked) == 0
    with CaptureQueriesContext(connection) as asked:
        assert not people.exists()
        assert not offered.exists()
    assert len(asked) == 3, "who told us of a concealed case is looked up once for both"


def test_the_history_does_not_tell_what_a_hidden_source_says():
    letter, person = factories.source("A letter"), factories.person("Of no case")
    case = factories.incident(restricted=True)
    factories.cite(case, letter)
    factories.cite(person, letter, quotation="Secret words")
    member = factories.staff()

    def told():
        return str(changes_of(person, seen_by=member))

    assert "Secret words" not in told()
    assert "Of no case" in told()
    case.assigned.add(member)
    assert "Secret words" in told()
