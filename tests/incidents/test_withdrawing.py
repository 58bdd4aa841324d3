import pytest
from django.core.exceptions import PermissionDenied

from incidents import publishing
from incidents.models import Publication
from record.models import (
    Fact,
    IncidentEntry,
    LegalActionEntry,
    Revision,
    SourceEntry,
    VictimEntry,
    ViolationEntry,
)
from record.verification import verify_chain
from tests.incidents import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def two_cases():
    """One victim in two published incidents, and another victim in the second."""
    victim, other = make.person("Balach", local="بالاچ"), make.person("Zarif")
    taken = make.incident("Somebody is taken in Turbat", public_account="Somebody was taken.")
    killed = make.incident("Two men are killed", public_account="Two men were killed.")
    make.violation(taken, victim)
    make.violation(killed, victim, "staged-encounter")
    make.violation(killed, other, "staged-encounter")
    for case in (taken, killed):
        make.publish(case)
        case.refresh_from_db()
    victim.refresh_from_db()
    return taken, killed, victim


def withdraw(row, **options):
    return publishing.withdraw(row, by=make.publisher(), reason="safety", **options)


def stands(word):
    """Whether a word stands in any document, present or past."""
    return Revision.objects.filter(document__contains=word).exists() or any(
        model.objects.filter(document__contains=word).exists()
        for model in (IncidentEntry, VictimEntry)
    )


def test_a_withdrawn_incident_leaves_reference_and_reason_only(two_cases):
    taken, _killed, _victim = two_cases
    withdraw(taken)
    entry = IncidentEntry.objects.get(reference=taken.reference)
    assert (entry.state, entry.withdrawal_reason, entry.document) == ("withdrawn", "safety", "")


def test_a_withdrawn_incident_is_gone_from_every_revision(two_cases):
    taken, _killed, _victim = two_cases
    withdraw(taken)
    assert not stands("Somebody is taken in Turbat")


def test_the_victim_of_a_withdrawn_incident_stays_in_the_other_one(two_cases):
    taken, killed, victim = two_cases
    withdraw(taken)
    content = VictimEntry.objects.get(reference=victim.reference).content()
    assert [act["incident"]["reference"] for act in content["violations"]] == [killed.reference]


def test_a_victim_of_this_incident_alone_is_withdrawn_with_it(two_cases):
    _taken, killed, victim = two_cases
    withdraw(killed)
    assert list(VictimEntry.objects.live()) == [VictimEntry.objects.get(reference=victim.reference)]


def test_a_withdrawn_person_is_gone_from_every_document_and_revision(two_cases):
    _taken, _killed, victim = two_cases
    withdraw(victim)
    assert not stands("Balach")
    assert not stands("بالاچ")
    assert not stands(victim.reference)


def test_an_incident_keeps_the_violations_against_the_others(two_cases):
    _taken, killed, victim = two_cases
    withdraw(victim)
    content = IncidentEntry.objects.get(reference=killed.reference).content()
    assert [act["victim"]["name"] for act in content["violations"]] == ["Zarif"]


def test_an_incident_without_any_other_victim_is_withdrawn_with_the_person(two_cases):
    taken, _killed, victim = two_cases
    withdraw(victim)
    assert IncidentEntry.objects.get(reference=taken.reference).state == "withdrawn"


def test_an_incident_whose_words_name_the_person_is_withdrawn_whole():
    victim = make.person("Balach")
    case = make.incident(public_account="Balach and another man were killed.")
    make.violation(case, victim)
    make.violation(case, make.person("Zarif"))
    make.publish(case)
    victim.refresh_from_db()
    withdraw(victim)
    assert not stands("Balach")
    case.refresh_from_db()
    assert IncidentEntry.objects.get(reference=case.reference).state == "withdrawn"


def test_a_withdrawn_person_is_found_by_no_filter(two_cases):
    _taken, _killed, victim = two_cases
    withdraw(victim)
    assert Fact.objects.count() == 1


def test_a_source_made_confidential_leaves_the_record():
    case = make.incident()
    told = make.source("Told at the gate")
    make.cite(case, told)
    entry = make.publish(case)
    told.refresh_from_db()
    withdraw(told)
    entry.refresh_from_db()
    assert not stands("Told at the gate")
    assert SourceEntry.objects.get(reference=told.reference).state == "withdrawn"


def test_a_withdrawn_case_is_not_published_again(two_cases):
    taken, _killed, _victim = two_cases
    withdraw(taken)
    taken.refresh_from_db()
    with pytest.raises(publishing.PublicationRefused):
        publishing.publish(taken, by=make.publisher())
    assert taken.publication == Publication.WITHDRAWN


def test_only_publishers_withdraw(two_cases):
    with pytest.raises(PermissionDenied):
        publishing.withdraw(two_cases[0], by=make.staff(), reason="safety")


def test_the_chain_still_verifies_after_withdrawals(two_cases):
    taken, _killed, victim = two_cases
    withdraw(taken)
    withdraw(victim)
    assert list(verify_chain()) == []


def test_a_legal_action_whose_words_name_the_person_is_withdrawn_too():
    victim = make.person("Balach")
    case = make.incident(public_account="Two men were taken.")
    make.violation(case, victim)
    make.violation(case, make.person("Zarif"))
    make.legal_action(case, title="Petition", subject="Recovery of Balach", people=[victim])
    make.publish(case)
    victim.refresh_from_db()
    withdraw(victim)
    assert not stands("Balach")
    assert not LegalActionEntry.objects.live().exists()


def test_somebody_accused_can_be_withdrawn_although_they_have_no_reference():
    ground = make.term("consent-ground", "court-named")
    accused = make.person("Ramazan", publication_ground=ground)
    case = make.incident()
    make.violation(case)
    make.involvement(case, person=accused, post="Regional officer")
    make.publish(case)
    withdraw(accused)
    assert not stands("Ramazan")


def test_somebody_who_was_merged_is_not_withdrawn_by_the_former_record(two_cases):
    _taken, _killed, victim = two_cases
    goes = make.person("Balaach")
    make.violation(make.incident("Unpublished"), goes)
    publishing.merge(goes, victim, by=make.publisher(), note="One man.")
    with pytest.raises(publishing.PublicationRefused, match=f"Balach.*{victim.reference}"):
        withdraw(goes)
    assert VictimEntry.objects.live().filter(reference=victim.reference).exists()


def test_a_victim_whose_words_name_the_person_takes_their_violations_along():
    named, other, third = make.person("Balach"), make.person("Zarif"), make.person("Hammal")
    other.about = "A brother of Balach."
    other.save()
    taken, killed = make.incident("Taken"), make.incident("Killed", public_account="Two died.")
    make.violation(taken, named)
    make.violation(killed, other, "staged-encounter")
    make.violation(killed, third, "staged-encounter")
    alone = make.incident("Beaten", public_account="Somebody was beaten.")
    make.violation(alone, other, "torture")
    for case in (taken, killed, alone):
        make.publish(case)
    for row in (named, other, alone):
        row.refresh_from_db()
    withdraw(named)
    assert not VictimEntry.objects.live().filter(reference=other.reference).exists()
    left = [entry.content()["victim"] for entry in ViolationEntry.objects.live()]
    assert [victim["name"] for victim in left] == ["Hammal"]
    assert IncidentEntry.objects.get(reference=alone.reference).state == "withdrawn"
    assert verify_chain() == []


def test_withdrawing_one_incident_brings_the_status_back_in_step_everywhere(two_cases):
    taken, killed, victim = two_cases
    for case, code, date in ((taken, "disappeared", "2023-10-29"), (killed, "dead", "2023-11-22")):
        make.status(case, victim, code, date)
        make.correct(case)
    withdraw(killed)
    content = IncidentEntry.objects.get(reference=taken.reference).content()
    assert content["violations"][0]["victim"]["status"]["code"] == "disappeared"
