"""Many cases at once come out as if they had been published one after the other."""

import re

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from incidents import publishing, reviewing, roles
from incidents.models import (
    Incident,
    IncidentLink,
    Person,
    Publication,
    Stage,
)
from record.models import (
    AgencyKey,
    Fact,
    IncidentEntry,
    IncidentKey,
    Mention,
    Revision,
    SourceKey,
    VictimKey,
    VictimName,
)
from record.models.entry import ENTRY_OF
from record.verification import verify_chain
from reference.models import Term
from tests.incidents import factories as make

pytestmark = pytest.mark.django_db


def approved(*cases):
    for case in cases:
        make.approve(case)
    return cases


def published(*cases, **options):
    outcomes = publishing.publish_many(cases, by=make.publisher(), **options)
    assert [outcome.obstacles for outcome in outcomes] == [()] * len(cases)
    return [outcome.reference for outcome in outcomes]


def test_a_text_that_reads_like_a_stand_in_is_published_as_it_was_written():
    case = make.incident("Case")
    Incident.objects.filter(pk=case.pk).update(title=f"INC-NEW-{case.pk}")
    case.refresh_from_db()
    [reference] = published(*approved(case))
    assert IncidentEntry.objects.get(reference=reference).content()["title"] == case.title


def test_many_cases_are_published_together():
    cases = approved(*(make.incident(f"Case {number}") for number in range(3)))
    references = published(*cases)
    assert [IncidentEntry.objects.get(reference=ref).content()["title"] for ref in references] == [
        "Case 0",
        "Case 1",
        "Case 2",
    ]
    assert {case.publication for case in Incident.objects.all()} == {Publication.PUBLISHED}


def test_what_stands_in_the_way_of_one_case_keeps_back_no_other():
    ready, draft = make.incident(), make.incident()
    approved(ready)
    first, second = publishing.publish_many([draft, ready], by=make.publisher())
    assert [obstacle.code for obstacle in first.obstacles] == ["not-approved"]
    assert second.reference == IncidentEntry.objects.get().reference
    draft.refresh_from_db()
    assert draft.reference is None


def test_a_shared_agency_is_written_once():
    shared = make.agency()
    cases = [make.incident() for _ in range(3)]
    for case in cases:
        make.involvement(case, agency=shared)
    published(*approved(*cases))
    assert Revision.objects.filter(kind="agency").count() == 1


def test_a_case_is_not_named_after_the_agencies_of_another():
    one, other = make.incident(), make.incident()
    make.involvement(one, agency=make.agency("Frontier Corps"))
    approved(one, other)
    publishing.publish_many([other, one], by=make.publisher())
    assert "Frontier" not in IncidentEntry.objects.get(reference=other.reference).document


def test_an_approval_holds_when_another_case_of_the_victim_goes_first():
    victim = make.person()
    one, other = make.incident("One"), make.incident("Other")
    make.violation(one, victim)
    make.violation(other, victim)
    published(*approved(one, other))


def test_an_approval_falls_when_the_case_is_linked_to_another_afterwards():
    case, other = make.incident(), make.incident()
    approved(case)
    IncidentLink.objects.create(
        from_incident=case, to_incident=other, kind=make.term("incident-link", "follows")
    )
    [outcome] = publishing.publish_many([case], by=make.publisher())
    assert [obstacle.code for obstacle in outcome.obstacles] == ["changed-since-approval"]


def test_a_correction_among_many_needs_a_note():
    case = make.incident()
    make.publish(case)
    reviewing.reopen(case, by=make.staff())
    approved(case)
    [outcome] = publishing.publish_many([case], by=make.publisher())
    assert [obstacle.code for obstacle in outcome.obstacles] == ["no-note"]


def test_the_number_of_queries_does_not_grow_with_the_cases(django_assert_max_num_queries):
    def queries(number):
        cases = [make.incident() for _ in range(number)]
        for case in cases:
            make.violation(case)
        approved(*cases)
        by = make.publisher()
        with django_assert_max_num_queries(200) as captured:
            publishing.publish_many(cases, by=by)
        return len(captured)

    queries(1)
    assert queries(5) <= queries(1) + 1


# --- the same as one by one -------------------------------------------------------------------


@st.composite
def offices(draw):
    """What is shared by how many of some cases: victims, legal actions, links, agencies."""
    count = draw(st.integers(min_value=2, max_value=4))
    one = st.integers(min_value=0, max_value=count - 1)
    return {
        "count": count,
        "victims": draw(st.lists(st.tuples(one, st.integers(0, 2)), max_size=5, unique=True)),
        "accused": draw(st.lists(st.tuples(one, st.integers(0, 1)), max_size=3, unique=True)),
        "petition": draw(st.sets(one, max_size=3)),
        "links": draw(st.lists(st.tuples(one, one), max_size=2, unique=True)),
        "spoilt": draw(st.sets(one, max_size=1)),
        "protection": draw(st.sampled_from(["full", "initials", "withheld"])),
    }


def entered(office):
    cases = [make.incident(f"Case {number}") for number in range(office["count"])]
    victims = [
        make.person("Zarif"),
        make.person("Imran", protection=office["protection"]),
        make.person("Hayat"),
    ]
    agencies = [make.agency("Frontier Corps"), make.agency("Levies")]
    for case, victim in office["victims"]:
        make.violation(cases[case], victims[victim])
        make.status(cases[case], victims[victim], "disappeared", f"20{10 + case}")
    for case, agency in office["accused"]:
        make.involvement(cases[case], agency=agencies[agency])
    if office["petition"]:
        make.legal_action(*(cases[number] for number in office["petition"]), people=victims[:2])
    for one, other in office["links"]:
        if one != other:
            IncidentLink.objects.create(
                from_incident=cases[one],
                to_incident=cases[other],
                kind=Term.objects.get(vocabulary="incident-link", code="follows"),
            )
    for number in office["spoilt"]:
        Incident.objects.filter(pk=cases[number].pk).update(restricted=True)
    approved(*cases)
    return cases


def record_after(office, publish):
    """Everything that the record holds, ids and hashes aside, then undone."""
    with transaction.atomic():
        cases = entered(office)
        publish(cases, make.publisher(), timezone.now().replace(microsecond=0))
        assert verify_chain() == []
        held = {
            kind.value: list(
                model.objects.order_by("reference").values_list(
                    "reference", "version", "state", "document"
                )
            )
            for kind, model in ENTRY_OF.items()
        }
        held["revisions"] = list(
            Revision.objects.values_list("reference", "version", "action", "note", "document")
        )
        held["facts"] = sorted(
            str(row)
            for row in Fact.objects.values_list(
                "incident__reference",
                "violation__reference",
                "victim__reference",
                "start_earliest",
                "contested",
                "named",
                "statuses",
                "sources",
                "changed",
            )
        )
        for table in (IncidentKey, VictimKey, AgencyKey, SourceKey):
            held[table.__name__] = sorted(table.objects.values_list("entry__reference", "changed"))
        held["names"] = sorted(VictimName.objects.values_list("entry__reference", "folded"))
        held["mentions"] = list(Mention.objects.order_by("sequence").values_list())
        held["cases"] = [
            (case.reference, case.publication) for case in Incident.objects.order_by("title")
        ]
        held["people"] = list(Person.objects.order_by("pk").values_list("reference", flat=True))
        transaction.set_rollback(True)
    return without_ids(held)


def without_ids(held):
    """The ids of entries differ from run to run: each becomes its place in order."""
    return re.sub(r"\[\d+(, \d+)*\]", "[ids]", repr(held))


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(offices())
def test_together_is_the_same_as_one_after_the_other(office):
    at_once = record_after(
        office, lambda cases, by, at: publishing.publish_many(cases, by=by, note="Why.", at=AT)
    )
    one_by_one = record_after(
        office,
        lambda cases, by, at: [
            publishing.publish_many([case], by=by, note="Why.", at=AT) for case in cases
        ],
    )
    assert at_once == one_by_one


AT = timezone.now().replace(microsecond=0)


# --- many reviews -----------------------------------------------------------------------------


def test_many_cases_are_handed_in_verified_and_approved():
    cases, clerk, reviewer = [make.incident(), make.incident()], make.staff(), make.publisher()
    reviewing.submit_many(cases, by=clerk)
    reviewing.verify_many(cases, by=reviewer)
    reviewing.approve_many(cases, by=reviewer)
    assert {case.stage for case in Incident.objects.all()} == {Stage.APPROVED}
    published(*cases)


def test_a_case_of_ones_own_is_refused_and_the_others_are_approved():
    reviewer = make.staff(roles.REVIEWER)
    own, other = make.incident(by=reviewer), make.incident()
    reviewing.submit_many([own, other], by=make.staff())
    first, second = reviewing.approve_many([own, other], by=reviewer)
    assert first.refused.code == "own-case"
    assert second.review is not None
    own.refresh_from_db()
    assert own.stage == Stage.SUBMITTED


def test_a_case_that_is_not_where_the_decision_begins_is_refused():
    draft, submitted = make.incident(), make.incident()
    reviewing.submit(submitted, by=make.staff())
    first, second = reviewing.verify_many([draft, submitted], by=make.staff(roles.REVIEWER))
    assert (first.refused.code, second.refused) == ("wrong-stage", None)
