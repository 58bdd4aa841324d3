"""Whoever ever wrote any row of a case is its author, whatever road the writing took."""

from itertools import pairwise

import pghistory
import pytest
from django.utils import timezone

from incidents import publishing, reviewing, roles
from incidents.authorship import authors_of, authors_of_all
from incidents.models import (
    Agency,
    AgencyParent,
    BodyEntry,
    Capture,
    Casualties,
    Consent,
    Contact,
    DisappearanceElement,
    IncidentLink,
    Intervention,
    InterventionAddressee,
    LegalStep,
    Person,
    PersonName,
    Protest,
    Source,
    Violation,
)
from reference.models import Term
from tests.incidents import factories as make

pytestmark = pytest.mark.django_db


def any_term(vocabulary):
    return Term.objects.filter(vocabulary=vocabulary).first()


def link(one, other):
    return IncidentLink.objects.create(
        from_incident=one, to_incident=other, kind=any_term("incident-link")
    )


def appeal(case):
    return Intervention.objects.create(incident=case, by_text="We")


WRITING = {
    "violation": lambda case, act: make.violation(case),
    "attribution": lambda case, act: make.attribution(case, make.agency()),
    "involvement": lambda case, act: make.involvement(case, agency=make.agency()),
    "person only accused": lambda case, act: make.involvement(case, person=make.person("Gul")),
    "status": lambda case, act: make.status(case, act.person, "disappeared", "2023"),
    "body": lambda case, act: BodyEntry.objects.create(
        incident=case, person=act.person, event=any_term("body-event"), claimant_text="A doctor"
    ),
    "casualties": lambda case, act: Casualties.objects.create(incident=case, harm="killed", low=1),
    "account": lambda case, act: make.account(case, "Of a fever."),
    "intervention": lambda case, act: appeal(case),
    "protest": lambda case, act: Protest.objects.create(incident=case),
    "element": lambda case, act: DisappearanceElement.objects.create(
        violation=act,
        element=any_term("disappearance-element"),
        finding=any_term("element-finding"),
    ),
    "name": lambda case, act: PersonName.objects.create(person=act.person, given="Zarif"),
    "contact": lambda case, act: Contact.objects.create(person=act.person, text="555"),
    "consent": lambda case, act: Consent.objects.create(
        person=act.person, use=any_term("consent-use"), answer=any_term("consent-answer")
    ),
    "legal action": lambda case, act: make.legal_action(case),
    "link from the case": lambda case, act: link(case, make.incident()),
    "link to the case": lambda case, act: link(make.incident(), case),
    "method": lambda case, act: act.methods.add(any_term("method")),
    "citation": lambda case, act: make.cite(act, make.source("Another article")),
    "title": lambda case, act: type(case).objects.filter(pk=case.pk).update(title="Other"),
    "protection": lambda case, act: Person.objects.filter(pk=act.person_id).update(
        name_protection="initials"
    ),
    "outcome": lambda case, act: Violation.objects.filter(pk=act.pk).update(outcome="Freed."),
}


@pytest.mark.parametrize("row", WRITING)
def test_whoever_wrote_a_row_is_an_author(row):
    case, writer = make.incident(), make.staff()
    act = make.violation(case)
    assert authors_of(case) == set()
    with pghistory.context(user=writer.pk):
        WRITING[row](case, act)
    assert authors_of(case) == {writer.pk}


DEEPER = {
    "step": (make.legal_action, lambda action: LegalStep.objects.create(action=action, what="-")),
    "citation of a step": (
        lambda case: LegalStep.objects.create(action=make.legal_action(case), what="Heard."),
        make.cite,
    ),
    "person of a legal action": (
        make.legal_action,
        lambda action: action.people.add(make.person("Gul")),
    ),
    "addressee": (
        appeal,
        lambda row: InterventionAddressee.objects.create(intervention=row, agency=make.agency()),
    ),
    "kind of an intervention": (appeal, lambda row: row.types.add(any_term("intervention-type"))),
    "citation of an intervention": (appeal, make.cite),
    "kind of a protest": (
        lambda case: Protest.objects.create(incident=case),
        lambda row: row.kinds.add(any_term("protest-kind")),
    ),
}


@pytest.mark.parametrize("row", DEEPER)
def test_whoever_wrote_something_below_a_row_is_an_author(row):
    case, writer = make.incident(), make.staff()
    above, below = DEEPER[row]
    parent = above(case)
    with pghistory.context(user=writer.pk):
        below(parent)
    assert authors_of(case) == {writer.pk}


def source_of(case):
    return case.citations.get().source


ALONG = {
    "public note of a source": lambda case, agency: Source.objects.filter(
        pk=source_of(case).pk
    ).update(public_note="They were there."),
    "captured file": lambda case, agency: Capture.objects.create(
        source=source_of(case), sha256="0" * 64
    ),
    "name of an agency": lambda case, agency: Agency.objects.filter(pk=agency.pk).update(name="X"),
    "whom an agency belongs to": lambda case, agency: AgencyParent.objects.create(
        agency=agency, parent=make.agency("Home Department")
    ),
}


@pytest.mark.parametrize("row", ALONG)
def test_whoever_wrote_what_is_published_along_is_an_author(row):
    case, writer = make.incident(), make.staff()
    agency = make.agency()
    make.involvement(case, agency=agency)
    with pghistory.context(user=writer.pk):
        ALONG[row](case, agency)
    assert authors_of(case) == {writer.pk}


def test_so_is_whoever_wrote_the_origin_of_a_source_or_an_agency_far_above():
    case, writers = make.incident(), [make.staff(), make.staff()]
    agencies = [make.agency(name) for name in ("Wing", "Corps", "Ministry")]
    make.attribution(case, agencies[0])
    for below, above in pairwise(agencies):
        AgencyParent.objects.create(agency=below, parent=above)
    with pghistory.context(user=writers[0].pk):
        Agency.objects.filter(pk=agencies[2].pk).update(name="Ministry of the Interior")
    with pghistory.context(user=writers[1].pk):
        origin = make.source("The first report")
    Source.objects.filter(pk=source_of(case).pk).update(origin=origin)
    assert authors_of(case) == {writer.pk for writer in writers}


def test_whoever_wrote_between_the_first_and_the_last_is_an_author():
    case, writers = make.incident(), [make.staff() for _ in range(3)]
    act = make.violation(case)
    for writer in writers:
        act.outcome = f"As {writer.pk} knows."
        act.changed_by = writer
        act.save()
    assert authors_of(case) == {writer.pk for writer in writers}


def test_whoever_wrote_a_row_that_was_removed_is_an_author():
    case, writer = make.incident(), make.staff()
    with pghistory.context(user=writer.pk):
        act = make.violation(case)
    act.citations.all().delete()
    act.delete()
    assert authors_of(case) == {writer.pk}


def test_whoever_cited_a_source_for_a_fact_that_was_removed_is_an_author():
    case, writer = make.incident(), make.staff()
    account = make.account(case, "Of a fever.")
    with pghistory.context(user=writer.pk):
        make.cite(account, make.source("Another article"))
    account.citations.all().delete()
    account.delete()
    assert authors_of(case) == {writer.pk}


def test_whoever_handed_the_case_in_is_an_author():
    case, clerk = make.incident(), make.staff()
    reviewing.submit(case, by=clerk)
    assert authors_of(case) == {clerk.pk}


def test_deciding_and_publishing_make_nobody_an_author():
    case, clerk, reviewer, publisher = (
        make.incident(),
        make.staff(),
        make.staff(roles.REVIEWER),
        make.publisher(),
    )
    make.violation(case)
    make.legal_action(case)
    reviewing.submit(case, by=clerk)
    with pghistory.context(user=reviewer.pk):
        reviewing.verify(case, by=reviewer)
        reviewing.approve(case, by=reviewer)
    publishing.publish(case, by=publisher, at=timezone.now())
    assert authors_of(case) == {clerk.pk}


def test_a_case_has_no_authors_of_another_case():
    case, other, writer = make.incident(), make.incident(), make.staff()
    with pghistory.context(user=writer.pk):
        make.violation(other)
        make.legal_action(other)
    assert authors_of_all([case.pk, other.pk]) == {case.pk: set(), other.pk: {writer.pk}}


def test_authors_of_many_cases_take_five_queries(django_assert_num_queries):
    cases = [make.incident() for _ in range(3)]
    for case in cases:
        make.violation(case)
        make.legal_action(case)
    with django_assert_num_queries(5):
        authors_of_all([case.pk for case in cases])
