import pytest
from django.core.exceptions import PermissionDenied
from django.db.models import Q

from incidents import publishing, reviewing
from incidents.combining import (
    KEPT_WITH_INCIDENT,
    KEPT_WITH_PERSON,
    MOVED_WITH_INCIDENT,
    MOVED_WITH_PERSON,
    SHARED_WITH_INCIDENT,
    SHARED_WITH_PERSON,
    TIES_OF_PERSON,
    combine,
)
from incidents.models import Incident, Person
from record.models import Fact, IncidentEntry, Revision, VictimEntry
from record.verification import verify_chain
from tests.incidents import factories as make

pytestmark = pytest.mark.django_db

NOTE = "Two reports of one event."


@pytest.fixture
def two_reports():
    """One killing, published twice from two reports with two victims."""
    first, second = make.incident("Killed near Turbat"), make.incident("Killed on Pasni Road")
    make.violation(first, make.person("Balach"), "staged-encounter")
    make.violation(second, make.person("Zarif"), "staged-encounter")
    for case in (first, second):
        make.publish(case)
        case.refresh_from_db()
    return first, second


def merge_incidents(loser, survivor):
    combine(loser, survivor, by=make.staff())
    reviewing.reopen(survivor, by=make.staff())
    make.approve(survivor)
    publishing.merge(loser, survivor, by=make.publisher(), note=NOTE)


def test_a_merged_incident_leads_to_the_one_that_stays(two_reports):
    first, second = two_reports
    merge_incidents(second, first)
    gone = IncidentEntry.objects.get(reference=second.reference)
    assert (gone.state, gone.merged_into.reference) == ("merged", first.reference)


def test_the_violations_of_both_stand_in_the_one_that_stays(two_reports):
    first, second = two_reports
    merge_incidents(second, first)
    content = IncidentEntry.objects.get(reference=first.reference).content()
    assert [act["victim"]["name"] for act in content["violations"]] == ["Balach", "Zarif"]
    assert Fact.objects.filter(incident__reference=first.reference).count() == 2


def test_incidents_are_not_merged_before_their_violations_are_moved(two_reports):
    first, second = two_reports
    with pytest.raises(publishing.PublicationRefused):
        publishing.merge(second, first, by=make.publisher(), note=NOTE)


@pytest.fixture
def two_namesakes():
    """One man, entered twice, each time with a published incident."""
    taken, killed = make.incident("Taken"), make.incident("Killed", date="2023-11-22")
    people = make.person("Balach"), make.person("Balaach")
    make.violation(taken, people[0])
    make.status(taken, people[0], "disappeared", "2023-10-29")
    make.violation(killed, people[1], "staged-encounter")
    make.status(killed, people[1], "dead", "2023-11-22")
    for case in (taken, killed):
        make.publish(case)
    for person in people:
        person.refresh_from_db()
    return people


def test_a_merged_person_has_the_violations_and_statuses_of_both(two_namesakes):
    stays, goes = two_namesakes
    publishing.merge(goes, stays, by=make.publisher(), note=NOTE)
    content = VictimEntry.objects.get(reference=stays.reference).content()
    assert [act["type"]["code"] for act in content["violations"]] == [
        "enforced-disappearance",
        "staged-encounter",
    ]
    assert content["status"]["code"] == "dead"


def test_every_incident_shows_the_person_who_stays(two_namesakes):
    stays, goes = two_namesakes
    publishing.merge(goes, stays, by=make.publisher(), note=NOTE)
    for entry in IncidentEntry.objects.live():
        assert [act["victim"]["reference"] for act in entry.content()["violations"]] == [
            stays.reference
        ]
    assert Fact.objects.values("victim").distinct().count() == 1


def test_the_former_reference_of_a_person_leads_to_the_one_that_stays(two_namesakes):
    stays, goes = two_namesakes
    publishing.merge(goes, stays, by=make.publisher(), note=NOTE)
    assert (
        VictimEntry.objects.get(reference=goes.reference).merged_into.reference == stays.reference
    )


@pytest.mark.parametrize("corrected", ["Taken", "Killed"])
def test_a_name_withheld_after_a_merger_is_left_in_no_revision_and_no_note(
    two_namesakes, corrected
):
    stays, goes = two_namesakes
    publishing.merge(goes, stays, by=make.publisher(), note="Balaach is Balach.")
    Person.objects.filter(pk=stays.pk).update(name_protection="withheld")
    make.correct(Incident.objects.get(title=corrected))
    named = Q(document__iregex="bala+ch") | Q(note__iregex="bala+ch")
    assert not Revision.objects.filter(named).exists()
    assert verify_chain() == []


def test_withdrawing_the_one_who_stays_empties_the_note_of_the_merger(two_namesakes):
    stays, goes = two_namesakes
    publishing.merge(goes, stays, by=make.publisher(), note="Balaach is Balach.")
    publishing.withdraw(stays, by=make.publisher(), reason="safety")
    assert not Revision.objects.exclude(note="").filter(note__contains="Balach").exists()
    assert verify_chain() == []


def test_a_merge_says_why(two_namesakes):
    stays, goes = two_namesakes
    with pytest.raises(publishing.PublicationRefused):
        publishing.merge(goes, stays, by=make.publisher(), note="")


def test_a_right_that_ended_while_waiting_for_the_lock_is_noticed():
    taken, killed = make.incident("Taken"), make.incident("Killed")
    stays, goes = make.person("Balach"), make.person("Balaach")
    make.violation(taken, stays)
    make.violation(killed, goes)
    as_read = [Person.objects.get(pk=row.pk) for row in (goes, stays)]
    for case in (taken, killed):
        make.publish(case)
    with pytest.raises(PermissionDenied):
        publishing.merge(*as_read, by=make.staff(), note=NOTE)


def test_a_case_about_a_merged_record_keeps_back_itself_alone(two_namesakes):
    stays, goes = two_namesakes
    publishing.merge(goes, stays, by=make.publisher(), note=NOTE)
    Person.objects.filter(pk=goes.pk).update(name_protection="full")
    cases = [make.incident("Stale"), make.incident("Sound")]
    for case, victim in zip(cases, (goes, make.person("Zarif")), strict=True):
        make.violation(case, victim)
        make.approve(case)
    stale, sound = publishing.publish_many(cases, by=make.publisher())
    assert [obstacle.code for obstacle in stale.obstacles] == ["merged-person"]
    assert sound.reference


def test_the_chain_verifies_after_merges(two_reports):
    first, second = two_reports
    merge_incidents(second, first)
    assert list(verify_chain()) == []


@pytest.mark.parametrize(
    ("model", "named"),
    [
        (Incident, {*MOVED_WITH_INCIDENT, *KEPT_WITH_INCIDENT, *SHARED_WITH_INCIDENT}),
        (
            Person,
            {*MOVED_WITH_PERSON, *TIES_OF_PERSON, *KEPT_WITH_PERSON, *SHARED_WITH_PERSON},
        ),
    ],
)
def test_every_relation_has_a_rule_for_merging(model, named):
    relations = {
        relation.name
        for relation in model._meta.related_objects
        if relation.related_model._meta.app_label == "incidents"
        and not relation.related_model.__name__.endswith("Event")
        and not relation.hidden
    }
    assert relations - {"linked_from", "assigned", "events"} == named


def test_people_protected_differently_are_not_merged():
    case = make.incident()
    named, withheld = make.person("Balach"), make.person("Balaach", protection="withheld")
    make.violation(case, named)
    make.publish(case)
    with pytest.raises(publishing.PublicationRefused):
        publishing.merge(withheld, named, by=make.publisher(), note=NOTE)


def test_showing_less_of_the_one_who_stays_clears_what_the_other_reference_showed(two_namesakes):
    stays, goes = two_namesakes
    publishing.merge(goes, stays, by=make.publisher(), note=NOTE)
    Person.objects.filter(pk=stays.pk).update(name_protection="withheld")
    for case in Incident.objects.all():
        make.correct(case)
    kept = Revision.objects.exclude(document=None).values_list("document", flat=True)
    assert not [document for document in kept if "Balaach" in document]
    assert list(verify_chain()) == []
