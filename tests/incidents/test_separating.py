"""Taking a merger of two people back: the case file and the record are as they were."""

import json

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from incidents import publishing
from incidents.combining import MOVED_WITH_PERSON, SHARED_WITH_PERSON, TIES_OF_PERSON
from incidents.models import (
    Consent,
    Likeness,
    LikenessDecision,
    Merger,
    Person,
    PersonName,
    PersonRelation,
    Violation,
)
from incidents.publishing.separating import added_since
from record.chain import redact
from record.models import Fact, IncidentEntry, Revision, VictimEntry
from record.models.entry import ENTRY_OF
from record.verification import verify_chain
from record.writing import ENVELOPE
from tests.incidents import factories as make

pytestmark = pytest.mark.django_db

NOTE = "Two reports of one man."


def merge(loser, survivor, **options):
    for person in (loser, survivor):
        person.refresh_from_db()
    publishing.merge(loser, survivor, by=options.pop("by", make.publisher()), note=NOTE)
    return Merger.objects.standing().get(loser=loser)


def separate(merger, *, by=None):
    return publishing.separate(merger, by=by or make.publisher(), note="Two villages after all.")


def rows_of(*people):
    """Relation of each person → ids: what a merger moves."""
    names = (*MOVED_WITH_PERSON, *SHARED_WITH_PERSON, *TIES_OF_PERSON)
    protected = ("name_protection", "place_protection", "date_protection", "photo_allowed")
    return [
        {
            **{name: sorted(getattr(person, name).values_list("pk", flat=True)) for name in names},
            **Person.objects.values(*protected).get(pk=person.pk),
        }
        for person in people
    ]


def live_documents():
    """Reference → content of everything that is public, without the envelope."""
    return {
        entry.reference: {
            key: value for key, value in entry.content().items() if key not in ENVELOPE
        }
        for model in ENTRY_OF.values()
        for entry in model.objects.live()
    }


def facts():
    return sorted(Fact.objects.values_list("violation__reference", "victim__reference"))


def published_pair(*, together=False, petition=""):
    """A man entered twice, each record with a published violation and statuses.

    ``together``: both are victims of one incident. ``petition``: whose legal action there is.
    """
    taken = make.incident("Taken")
    killed = taken if together else make.incident("Killed", date="2023-11-22")
    stays, goes = make.person("Balach", "Mola Bakhsh"), make.person("Balaach", local="بالاچ")
    make.violation(taken, stays, age_low=20)
    make.status(taken, stays, "disappeared", "2023-10-29")
    make.violation(killed, goes, "staged-encounter", age_low=22)
    make.status(killed, goes, "dead", "2023-11-22")
    people = {"stays": [stays], "goes": [goes], "both": [stays, goes]}.get(petition)
    if people:
        make.legal_action(*dict.fromkeys((taken, killed)), people=people)
    for case in dict.fromkeys((taken, killed)):
        make.publish(case)
    for person in (stays, goes):
        person.refresh_from_db()
    return stays, goes


@pytest.mark.parametrize("together", [False, True])
@pytest.mark.parametrize("petition", ["", "stays", "goes", "both"])
def test_what_was_merged_and_separated_is_as_it_was(together, petition):
    stays, goes = published_pair(together=together, petition=petition)
    before = rows_of(stays, goes), live_documents(), facts()
    separate(merge(goes, stays))
    assert (rows_of(stays, goes), live_documents(), facts()) == before
    assert list(verify_chain()) == []


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    acts=st.lists(
        st.tuples(st.booleans(), st.integers(0, 2), st.sampled_from(["2023", "2023-10", ""])),
        min_size=1,
        max_size=5,
    ),
    statuses=st.lists(st.tuples(st.booleans(), st.integers(0, 2)), max_size=4),
    published=st.booleans(),
)
def test_separating_undoes_merging_whatever_was_recorded(acts, statuses, published):
    with transaction.atomic():
        people = make.person("Balach"), make.person("Balaach")
        cases = [make.incident(f"Case {number}", date=f"2023-1{number}") for number in range(3)]
        for second, case, date in acts:
            make.violation(cases[case], people[second], start=date)
        for second, case in statuses:
            make.status(cases[case], people[second], "disappeared", "2023-10-29")
        if published:
            for case in cases:
                if case.violations.exists():
                    make.publish(case)
        for person in people:
            person.refresh_from_db()
        loser, survivor = people if people[1].reference else people[::-1]
        before = rows_of(*people), live_documents(), facts()
        separate(merge(loser, survivor))
        assert (rows_of(*people), live_documents(), facts()) == before
        assert list(verify_chain()) == []
        transaction.set_rollback(True)


def test_a_separated_person_answers_under_the_old_reference_again():
    stays, goes = published_pair()
    merger = merge(goes, stays)
    client, path = Client(), f"/api/v1/victims/{goes.reference}/"
    answer = client.get(path)
    assert (answer.status_code, stays.reference in answer["Location"]) == (308, True)
    separate(merger)
    assert client.get(path).json()["reference"] == goes.reference


def test_the_revisions_tell_of_the_merger_and_of_its_end():
    stays, goes = published_pair()
    separate(merge(goes, stays))
    actions = Revision.objects.of(goes.reference).values_list("action", flat=True)
    assert list(actions) == ["created", "merged", "created"]


def test_rows_added_since_the_merger_stay_with_the_one_who_stayed():
    stays, goes = published_pair()
    merger = merge(goes, stays)
    later = make.violation(make.incident("Later"), stays, "torture")
    separate(merger)
    later.refresh_from_db()
    assert later.person == stays
    assert [row for rows in added_since(merger) for row in rows] == [later]


def test_the_documents_and_not_the_case_file_say_what_the_record_shows():
    stays, goes = published_pair()
    before = live_documents()
    merger = merge(goes, stays)
    Violation.objects.filter(person=stays).update(outcome="somebody is at work on this")
    separate(merger)
    assert live_documents() == before


@pytest.mark.parametrize("together", [False, True])
def test_after_a_correction_of_a_separated_case_nothing_is_left_over(together):
    stays, goes = published_pair(together=together)
    separate(merge(goes, stays))
    standing = live_documents()
    for case in make.Incident.objects.all():
        case.refresh_from_db()
        make.correct(case)
    assert live_documents() == standing


def test_both_being_victims_of_one_incident_are_listed_once_while_they_are_one():
    stays, goes = published_pair(together=True)
    merge(goes, stays)
    content = IncidentEntry.objects.get().content()
    [victim] = content["victims"]
    assert victim["reference"] == stays.reference
    assert [line["status"]["code"] for line in victim["statuses"]] == ["disappeared", "dead"]


def test_unpublished_people_are_merged_and_separated_by_somebody_who_may_change_them():
    clerk = make.staff()
    stays, goes = make.person("Balach"), make.person("Balaach")
    make.violation(make.incident(), stays)
    act = make.violation(make.incident(), goes)
    before = rows_of(stays, goes)
    merger = merge(goes, stays, by=clerk)
    act.refresh_from_db()
    assert act.person == stays
    separate(merger, by=clerk)
    assert rows_of(stays, goes) == before
    assert not Revision.objects.exists()


def test_published_people_are_merged_and_separated_by_publishers_alone():
    stays, goes = published_pair()
    with pytest.raises(PermissionDenied):
        publishing.merge(goes, stays, by=make.staff(), note=NOTE)
    merger = merge(goes, stays)
    with pytest.raises(PermissionDenied):
        separate(merger, by=make.staff())


def test_the_decision_is_remembered_both_ways():
    stays, goes = make.person("Balach"), make.person("Balaach")
    merger = merge(goes, stays)
    assert LikenessDecision.objects.of(goes, stays).decision == Likeness.SAME
    separate(merger)
    assert LikenessDecision.objects.of(stays, goes).decision == Likeness.DIFFERENT


def test_of_mergers_in_a_row_the_last_one_is_undone_first():
    first, second, third = (make.person(name) for name in ("Balach", "Balaach", "Balaj"))
    make.violation(make.incident(), first)
    before = rows_of(first, second, third)
    inner, outer = merge(first, second), merge(second, third)
    with pytest.raises(publishing.PublicationRefused):
        separate(inner)
    separate(outer)
    separate(inner)
    assert rows_of(first, second, third) == before


def test_references_merged_in_a_row_lead_back_step_by_step():
    cases = [make.incident(f"Case {number}") for number in range(3)]
    people = [make.person(name) for name in ("Balach", "Balaach", "Balaj")]
    for case, person in zip(cases, people, strict=True):
        make.violation(case, person)
        make.publish(case)
    before = live_documents()
    inner, outer = merge(people[0], people[1]), merge(people[1], people[2])
    separate(outer)
    first = VictimEntry.objects.get(reference=people[0].reference)
    assert first.merged_into.reference == people[1].reference
    assert list(verify_chain()) == []
    separate(inner)
    assert live_documents() == before
    assert list(verify_chain()) == []


def test_a_merger_is_taken_back_once():
    merger = merge(make.person("Balach"), make.person("Balaach"))
    separate(merger)
    with pytest.raises(publishing.PublicationRefused):
        separate(merger)


def test_somebody_merged_already_is_not_merged_again():
    first, second, third = (make.person(name) for name in ("Balach", "Balaach", "Balaj"))
    merge(first, second)
    for pair in ((first, third), (third, first)):
        with pytest.raises(publishing.PublicationRefused):
            publishing.merge(*pair, by=make.publisher(), note=NOTE)


def test_relatives_are_not_merged():
    father, son = make.person("Mola Bakhsh"), make.person("Balach")
    PersonRelation.objects.create(
        person=son, other=father, kind=make.term("person-relation", "parent")
    )
    with pytest.raises(publishing.PublicationRefused):
        publishing.merge(father, son, by=make.publisher(), note=NOTE)


def test_ties_to_others_go_along_and_come_back():
    stays, goes, mother = make.person("Balach"), make.person("Balaach"), make.person("Bibi Gul")
    kind = make.term("person-relation", "parent")
    tie = PersonRelation.objects.create(person=goes, other=mother, kind=kind)
    merger = merge(goes, stays)
    tie.refresh_from_db()
    assert tie.person == stays
    separate(merger)
    tie.refresh_from_db()
    assert tie.person == goes


# ------------------------------------------------------------------------- protection


def test_the_stricter_protection_holds_for_unpublished_people_who_are_one():
    stays, goes = make.person("Balach"), make.person("Balaach", protection="withheld")
    merge(goes, stays)
    stays.refresh_from_db()
    assert stays.name_protection == "withheld"


def test_separating_does_not_loosen_what_was_tightened_meanwhile():
    stays, goes = make.person("Balach"), make.person("Balaach")
    merger = merge(goes, stays)
    Person.objects.filter(pk=stays.pk).update(
        name_protection="withheld", place_protection="province", date_protection="year"
    )
    separate(merger)
    goes.refresh_from_db()
    assert (goes.name_protection, goes.place_protection, goes.date_protection) == (
        "withheld",
        "province",
        "year",
    )


def test_published_people_tightened_meanwhile_are_withdrawn_before_they_are_separated():
    stays, goes = published_pair()
    merger = merge(goes, stays)
    Person.objects.filter(pk=stays.pk).update(name_protection="withheld")
    before = live_documents()
    with pytest.raises(publishing.PublicationRefused):
        separate(merger)
    assert live_documents() == before
    stays.refresh_from_db()
    publishing.withdraw(stays, by=make.publisher(), reason="safety")
    separate(merger)
    goes.refresh_from_db()
    assert goes.name_protection == "hidden"
    entry = VictimEntry.objects.get(reference=goes.reference)
    assert (entry.state, entry.withdrawal_reason) == ("withdrawn", "safety")
    assert "Balaach" not in json.dumps(list(Revision.objects.values_list("document", flat=True)))
    assert list(verify_chain()) == []


def consent(person, answer):
    return Consent.objects.create(
        person=person,
        use=make.term("consent-use", "publish-name"),
        answer=make.term("consent-answer", answer),
    )


def test_a_consent_taken_back_is_not_replaced_by_that_of_the_other_record():
    stays, goes = make.person("Balach"), make.person("Balaach")
    for person, answer in ((stays, "refused"), (goes, "granted")):
        consent(person, answer)
    for pair in ((stays, goes), (goes, stays)):
        with pytest.raises(publishing.PublicationRefused):
            publishing.merge(*pair, by=make.publisher(), note=NOTE)


def test_an_unpublished_record_with_less_protection_joins_a_published_one_with_more():
    case = make.incident()
    stays, goes = make.person("Balach", protection="withheld"), make.person("Balaach")
    make.violation(case, stays)
    make.publish(case)
    before = live_documents()
    merge(goes, stays)
    stays.refresh_from_db()
    assert stays.name_protection == "withheld"
    assert live_documents() == before


@pytest.mark.parametrize("ended", ["stays", "goes"])
def test_nobody_is_shown_again_on_a_consent_that_has_ended_meanwhile(ended):
    people = {
        "stays": make.person("Balach", publication_ground=None),
        "goes": make.person("Balaach", publication_ground=None),
    }
    for person in people.values():
        consent(person, "granted")
        make.publish(make.violation(make.incident(f"Of {person}"), person).incident)
    theirs = people[ended].consents.get()
    merger = merge(people["goes"], people["stays"])
    Consent.objects.filter(pk=theirs.pk).update(withdrawn_on="2024-01-01")
    with pytest.raises(publishing.PublicationRefused, match="consent"):
        separate(merger)


# ------------------------------------------------------------------------- what came since


def test_a_person_corrected_since_is_not_separated():
    stays, goes = published_pair()
    merger = merge(goes, stays)
    make.correct(make.Incident.objects.get(title="Taken"))
    before = live_documents(), rows_of(stays, goes)
    with pytest.raises(publishing.PublicationRefused, match=stays.reference):
        separate(merger)
    assert (live_documents(), rows_of(stays, goes)) == before


def test_a_correction_of_a_case_that_the_merger_rewrote_stands_in_the_way():
    stays, goes = published_pair()
    merger = merge(goes, stays)
    case = make.Incident.objects.get(title="Killed")
    make.Incident.objects.filter(pk=case.pk).update(title="Killed near Turbat")
    make.correct(case)
    with pytest.raises(publishing.PublicationRefused, match=case.reference):
        separate(merger)


def test_what_is_withdrawn_of_one_of_them_stands_in_the_way():
    stays, goes = published_pair(petition="both")
    merger = merge(goes, stays)
    case = make.Incident.objects.get(title="Taken")
    publishing.withdraw(case, by=make.publisher(), reason="error")
    before = live_documents()
    with pytest.raises(publishing.PublicationRefused, match=stays.reference):
        separate(merger)
    assert live_documents() == before


def test_an_earlier_document_that_was_emptied_is_not_put_together_anew():
    stays, goes = published_pair()
    merger = merge(goes, stays)
    redact([goes.reference])
    with pytest.raises(publishing.PublicationRefused, match=goes.reference):
        separate(merger)


def test_a_name_taken_out_since_does_not_come_back():
    goes = make.person("Balaach")
    alias = PersonName.objects.create(person=goes, given="Zahid", kind=PersonName.Kind.ALIAS)
    stays = make.person("Balach")
    for person in (stays, goes):
        make.publish(make.violation(make.incident(f"Of {person}"), person).incident)
    merger = merge(goes, stays)
    alias.delete()
    with pytest.raises(publishing.PublicationRefused):
        separate(merger)
    assert "Zahid" not in json.dumps(list(live_documents().values()))


def test_a_draft_that_was_published_as_the_one_who_stayed_stands_in_the_way():
    stays, goes = make.person("Balach"), make.person("Balaach")
    make.publish(make.violation(make.incident("Taken"), stays).incident)
    later = make.violation(make.incident("Killed"), goes).incident
    merger = merge(goes, stays)
    make.publish(later)
    with pytest.raises(publishing.PublicationRefused, match=later.reference):
        separate(merger)


def test_one_who_stayed_and_was_published_since_with_the_names_of_both_is_not_separated():
    stays, goes = make.person("Balach"), make.person("Zarina", protection="hidden")
    taken = make.violation(make.incident("Taken"), stays).incident
    merger = merge(goes, stays)
    Person.objects.filter(pk=stays.pk).update(name_protection="full")
    make.publish(taken)
    stays.refresh_from_db()
    with pytest.raises(publishing.PublicationRefused, match=stays.reference):
        separate(merger)


def test_a_draft_merged_into_a_published_record_comes_back_without_a_word_in_public():
    stays, goes = make.person("Balach"), make.person("Balaach")
    make.publish(make.violation(make.incident("Taken"), stays).incident)
    act = make.violation(make.incident("Killed"), goes)
    before, last = live_documents(), Revision.objects.count()
    separate(merge(goes, stays))
    act.refresh_from_db()
    assert act.person == goes
    assert (live_documents(), Revision.objects.count()) == (before, last)


def test_what_cannot_be_taken_back_is_set_right_as_the_refusal_says():
    stays, goes = published_pair()
    merger = merge(goes, stays)
    cases = {case.title: case for case in make.Incident.objects.all()}
    make.correct(cases["Taken"])
    with pytest.raises(publishing.PublicationRefused, match="new person"):
        separate(merger)
    other = make.person("Balaach")
    for rows in (cases["Killed"].violations, cases["Killed"].statuses):
        rows.update(person=other)
    PersonName.objects.filter(person=stays, given__in=["Balaach", "بالاچ"]).delete()
    for case in cases.values():
        make.correct(case)
    other.refresh_from_db()
    documents = live_documents()
    assert [
        [act["incident"]["title"] for act in documents[person.reference]["violations"]]
        for person in (stays, other)
    ] == [["Taken"], ["Killed"]]
    assert "Balaach" not in json.dumps(documents[stays.reference], ensure_ascii=False)
    assert list(verify_chain()) == []


def test_permission_is_asked_of_the_people_as_they_are_by_then():
    stays, goes = make.person("Balach"), make.person("Balaach")
    act = make.violation(make.incident(), stays)
    merger = Merger.objects.select_related("loser", "survivor").get(pk=merge(goes, stays).pk)
    make.publish(act.incident)
    assert merger.survivor.reference is None
    with pytest.raises(PermissionDenied):
        separate(merger, by=make.staff())


# ------------------------------------------------------------------------- names and petitions


def test_the_name_of_the_one_who_stayed_does_not_change_with_the_next_correction():
    goes, stays = make.person("Zarak", "Khuda", local="زرک"), make.person("Balach", "Mola Bakhsh")
    cases = [make.violation(make.incident(f"Of {each}"), each).incident for each in (stays, goes)]
    for case in cases:
        make.publish(case)
    merge(goes, stays)
    make.correct(cases[0])
    stays.refresh_from_db()
    shown = live_documents()[stays.reference]
    keys = ("name", "name_local", "fathers_name")
    assert [shown[key] for key in keys] == ["Balach", "", "Mola Bakhsh"]
    assert {"name": "Zarak", "script": "latin", "kind": "alias"} in shown["names"]


def test_the_own_name_of_the_one_who_went_is_their_own_again():
    stays, goes = make.person("Balach"), make.person("Balaach")
    merger = merge(goes, stays)
    assert sorted(stays.names.values_list("kind", flat=True)) == ["alias", "own"]
    separate(merger)
    assert goes.names.get().kind == "own"


def test_somebody_without_a_name_takes_that_of_the_one_who_went():
    stays, goes = make.person(""), make.person("Balaach")
    merge(goes, stays)
    assert stays.names.get().kind == "own"


def test_a_petition_that_two_brought_stays_until_both_are_taken_back():
    first, second, stays = (make.person(name) for name in ("Balach", "Balaach", "Balaj"))
    petition = make.legal_action(make.incident(), people=[first, second])
    mergers = merge(first, stays), merge(second, stays)
    separate(mergers[0])
    assert set(petition.people.all()) == {first, stays}
    separate(mergers[1])
    assert set(petition.people.all()) == {first, second}
