"""When a photograph enters the public record, when it does not, and how it leaves it whole."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from incidents import publishing
from incidents.documents.casefile import read_cases
from incidents.jobs.faces import take_down_without_consent
from incidents.models import Consent, Incident, Merger, Person, Picture
from incidents.publishing.photographs import obey_case_file
from incidents.readiness import obstacles
from record.models import PublishedPicture, Revision, VictimEntry
from record.verification import verify_chain
from tests.incidents import factories as make
from tests.incidents.pictures.drawing import as_file, consent, face, picture, pictured

pytestmark = pytest.mark.django_db

NOTE = "Two reports of one man."


def published(person=None, **values):
    """A published case of a person, pictured unless given."""
    person = person or pictured()
    case = make.incident(**values)
    make.violation(case, person)
    make.publish(case)
    person.refresh_from_db()
    case.refresh_from_db()
    return case, person


def shown(person):
    """What the record shows of a person's photograph."""
    return VictimEntry.objects.get(reference=person.reference).content().get("photograph")


def in_the_way(person):
    case = make.incident()
    make.violation(case, person)
    [read] = read_cases(Incident.objects.filter(pk=case.pk))
    return {each.code for each in obstacles(read) if each.code.startswith("photograph")}


def test_a_photograph_enters_the_record_with_its_document():
    _case, person = published()
    [row] = PublishedPicture.objects.all()
    chosen = person.pictures.get()
    assert bytes(row.content) == bytes(chosen.copy)
    assert shown(person) == {
        "sha256": row.sha256,
        "address": f"/pictures/{row.sha256}.jpg",
        "width": 480,
        "height": 640,
        "credit": "Family archive",
        "description": chosen.description,
        "description_local": chosen.description_local,
    }
    assert verify_chain() == []


@pytest.mark.parametrize(
    "change",
    [
        {"photo_allowed": False},
        {"name_protection": "initials"},
        {"name_protection": "withheld"},
    ],
    ids=str,
)
def test_protection_alone_keeps_a_face_back(change):
    person = pictured()
    Person.objects.filter(pk=person.pk).update(**change)
    _case, person = published(Person.objects.get(pk=person.pk))
    assert shown(person) is None
    assert not PublishedPicture.objects.exists()


def test_nothing_is_implied_a_photograph_that_nobody_chose_stays_in_the_office():
    person = make.person(photo_allowed=True)
    picture(person, shown=False)
    consent(person)
    published(person)
    assert not PublishedPicture.objects.exists()


def test_a_group_has_no_face():
    person = pictured(unit=make.term("counting-unit", "social-group"))
    published(person)
    assert not PublishedPicture.objects.exists()


@pytest.mark.parametrize(
    ("lacking", "code"),
    [
        ({"credit": " "}, "photograph-without-credit"),
        ({"description": ""}, "photograph-without-description"),
        ({"description_local": ""}, "photograph-without-description"),
    ],
    ids=str,
)
def test_a_photograph_without_words_stands_in_the_way(lacking, code):
    person = pictured()
    person.pictures.update(**lacking)
    assert in_the_way(person) == {code}


@pytest.mark.parametrize(
    "answer",
    [
        None,
        {"answer": "refused"},
        {"use": "publish-name"},
        {"withdrawn_on": "2026-01-01"},
        {"expires": "2020-01-01"},
    ],
    ids=str,
)
def test_no_ground_replaces_consent_to_a_photograph(answer):
    person = pictured()
    assert person.publication_ground is not None
    person.consents.all().delete()
    if answer:
        consent(person, **answer)
    assert in_the_way(person) == {"photograph-without-consent"}


def test_what_is_missing_to_a_photograph_that_is_not_shown_stands_in_nobodys_way():
    person = pictured()
    person.consents.all().delete()
    Person.objects.filter(pk=person.pk).update(name_protection="withheld")
    assert in_the_way(Person.objects.get(pk=person.pk)) == set()


def test_an_approval_covers_the_photograph_that_was_seen():
    person = pictured()
    case = make.incident()
    make.violation(case, person)
    make.approve(case)
    person.pictures.update(shown=False)
    picture(person, as_file(face(700, 700)))
    with pytest.raises(publishing.PublicationRefused, match="changed since the approval"):
        publishing.publish(case, by=make.publisher())


def _hide_name(case, person):
    Person.objects.filter(pk=person.pk).update(name_protection="withheld")
    make.correct(case)


def _untick(case, person):
    person.pictures.update(shown=False)
    make.correct(case)


def _disallow(case, person):
    Person.objects.filter(pk=person.pk).update(photo_allowed=False)
    make.correct(case)


def _withdraw_person(case, person):
    publishing.withdraw(person, by=make.publisher(), reason="safety")


def _withdraw_case(case, person):
    publishing.withdraw(case, by=make.publisher(), reason="safety")


def _take_down(case, person):
    assert publishing.take_down(person, by=make.publisher())


def _end_consent(case, person):
    Consent.objects.update(withdrawn_on=timezone.localdate())
    assert obey_case_file(person, by=make.staff())


@pytest.mark.parametrize(
    "act",
    [
        _hide_name,
        _untick,
        _disallow,
        _withdraw_person,
        _withdraw_case,
        _take_down,
        _end_consent,
    ],
)
def test_a_photograph_that_is_taken_back_leaves_nothing_in_the_record(act):
    case, person = published()
    sha256 = shown(person)["sha256"]
    act(case, person)
    assert not PublishedPicture.objects.exists()
    assert not Revision.objects.filter(document__contains=sha256).exists()
    assert not Revision.objects.filter(document__contains="A drawn man").exists()
    assert verify_chain() == []


@pytest.mark.parametrize("act", [_untick, _take_down, _end_consent])
def test_other_documents_keep_their_earlier_revisions_when_only_a_face_is_taken_back(act):
    case, person = published()
    act(case, person)
    kept = Revision.objects.filter(reference=case.reference, version=1).get()
    assert kept.document is not None


def test_a_photograph_that_was_replaced_is_gone_and_the_new_one_there():
    case, person = published()
    before = shown(person)["sha256"]
    person.pictures.update(shown=False)
    picture(person, as_file(face(700, 700)))
    make.correct(case)
    [row] = PublishedPicture.objects.all()
    assert row.sha256 == shown(person)["sha256"] != before
    assert not Revision.objects.filter(document__contains=before).exists()
    assert verify_chain() == []


def test_a_better_credit_keeps_photograph_and_revisions():
    case, person = published()
    before = shown(person)["sha256"]
    person.pictures.update(credit="Studio Makran")
    make.correct(case)
    assert shown(person)["credit"] == "Studio Makran"
    assert (
        Revision.objects.filter(reference=person.reference, document__contains=before).count() == 2
    )
    assert PublishedPicture.objects.count() == 1


def test_another_case_of_the_person_keeps_the_photograph():
    _case, person = published()
    published(person, title="Killed")
    assert shown(person) is not None
    assert PublishedPicture.objects.count() == 1
    assert verify_chain() == []


def test_what_was_taken_down_does_not_come_back_by_itself():
    case, person = published()
    publishing.take_down(person, by=make.publisher())
    assert not Picture.objects.filter(shown=True).exists()
    assert not publishing.take_down(person, by=make.publisher())
    case.refresh_from_db()
    case.title += ", corrected"
    case.save()
    make.correct(case)
    assert shown(person) is None


def test_only_who_publishes_takes_a_photograph_down_without_more():
    _case, person = published()
    with pytest.raises(PermissionDenied):
        publishing.take_down(person, by=make.staff())
    assert shown(person) is not None


def test_a_consent_that_holds_changes_nothing():
    _case, person = published()
    assert not obey_case_file(person, by=make.staff())
    assert shown(person) is not None


@pytest.fixture
def two():
    """A pictured man entered twice, both records published and pictured."""
    stays = published(title="Taken")[1]
    other = make.person("Balaach", photo_allowed=True)
    picture(other, as_file(face(700, 700)))
    consent(other)
    return stays, published(other, title="Killed")[1]


def merge(loser, survivor):
    publishing.merge(loser, survivor, by=make.publisher(), note=NOTE)
    return Merger.objects.standing().get(loser=loser)


def test_of_two_who_become_one_the_survivors_photograph_stays(two):
    stays, goes = two
    kept = shown(stays)
    merge(goes, stays)
    assert shown(stays) == kept
    assert [row.reference for row in PublishedPicture.objects.all()] == [stays.reference]
    assert stays.pictures.filter(shown=True).count() == 1
    assert verify_chain() == []


def test_a_face_does_not_stand_for_somebody_whose_face_was_held_back(two):
    stays, goes = two
    Person.objects.filter(pk=goes.pk).update(photo_allowed=False)
    merge(Person.objects.get(pk=goes.pk), stays)
    assert shown(stays) is None
    assert not PublishedPicture.objects.exists()


@pytest.mark.parametrize("allowed", [True, False])
def test_two_who_are_separated_again_show_no_photograph_that_was_taken_out(two, allowed):
    stays, goes = two
    Person.objects.filter(pk=goes.pk).update(photo_allowed=allowed)
    merger = merge(Person.objects.get(pk=goes.pk), Person.objects.get(pk=stays.pk))
    publishing.separate(merger, by=make.publisher(), note="Two villages after all.")
    assert shown(goes) is None
    assert (shown(stays) is not None) == allowed
    assert goes.pictures.count() == stays.pictures.count() == 1
    assert verify_chain() == []


def test_photographs_cost_the_same_few_queries_however_many_there_are():
    def queries(number):
        cases = []
        for _each in range(number):
            case = make.incident()
            make.violation(case, pictured())
            make.approve(case)
            cases.append(case)
        by = make.publisher()
        with CaptureQueriesContext(connection) as asked:
            assert not any(each.obstacles for each in publishing.publish_many(cases, by=by))
        return len(asked)

    queries(1)  # reads the vocabularies
    assert queries(2) == queries(4)


def test_reading_a_case_leaves_the_pictures_themselves_where_they_are():
    case, _person = published()
    with CaptureQueriesContext(connection) as asked:
        read_cases(Incident.objects.filter(pk=case.pk))
    assert not [each["sql"] for each in asked if '"incidents_picture"."copy"' in each["sql"]]


# ---------------------------------------------------------- what the case file no longer allows


def _came_back(case, person):
    make.status(case, person, "released", date="2024-01-10")


def _refused(case, person):
    consent(person, answer="refused")


def _withheld(case, person):
    Person.objects.filter(pk=person.pk).update(name_protection="withheld")


def _unticked_box(case, person):
    Person.objects.filter(pk=person.pk).update(photo_allowed=False)


def _unchosen(case, person):
    person.pictures.update(shown=False)


@pytest.mark.parametrize("change", [_came_back, _refused, _withheld, _unticked_box, _unchosen])
def test_a_photograph_that_may_be_shown_no_longer_waits_for_no_correction(change):
    case, person = published()
    change(case, person)
    assert obey_case_file(person, by=make.staff())
    assert shown(person) is None
    assert not PublishedPicture.objects.exists()
    last = Revision.objects.filter(reference=person.reference).order_by("sequence").last()
    assert last.note == "The photograph is no longer shown."
    assert verify_chain() == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (_came_back, "photograph-consent-before-return"),
        (_refused, "photograph-without-consent"),
    ],
)
def test_what_ends_a_consent_stands_in_the_way_of_the_photograph(change, code):
    person = pictured()
    change(make.incident(), person)
    assert in_the_way(person) == {code}


def test_somebody_who_came_back_and_agrees_keeps_the_photograph():
    case, person = published()
    _came_back(case, person)
    consent(person, giver=make.term("consent-giver", "self"))
    assert not obey_case_file(person, by=make.staff())
    assert shown(person) is not None


def _ran_out(case, person):
    person.consents.update(expires=timezone.localdate() - timedelta(days=1))


@pytest.mark.parametrize("change", [_ran_out, _came_back, _refused])
def test_the_worker_takes_down_what_nobody_consents_to_any_more(change):
    case, person = published()
    _case, other = published(title="Another")
    change(case, person)
    assert take_down_without_consent() == 1
    assert shown(person) is None
    assert shown(other) is not None
    assert not person.pictures.get().shown
    assert take_down_without_consent() == 0


def test_the_worker_looks_at_all_photographs_with_one_query():
    published()
    published(title="Another")
    with CaptureQueriesContext(connection) as asked:
        take_down_without_consent()
    assert len(asked) == 1


def test_a_duplicate_that_knows_of_no_photograph_decides_nothing():
    _case, stays = published()
    merge(make.person("Balaach"), stays)
    stays.refresh_from_db()
    assert stays.photo_allowed
    assert shown(stays) is not None


def test_an_unpublished_duplicate_whose_face_was_held_back_takes_the_photograph_down():
    _case, stays = published()
    goes = make.person("Balaach")
    picture(goes, as_file(face(700, 700)), shown=False)
    merge(goes, stays)
    stays.refresh_from_db()
    assert not stays.photo_allowed
    assert shown(stays) is None
    assert not PublishedPicture.objects.exists()
    assert verify_chain() == []


def test_two_with_the_very_same_photograph_can_be_separated_again():
    stays = published(title="Taken")[1]
    goes = published(title="Killed")[1]
    assert shown(stays)["sha256"] == shown(goes)["sha256"]
    merger = merge(goes, stays)
    publishing.separate(merger, by=make.publisher(), note="Two villages after all.")
    assert shown(stays) is not None
    assert shown(goes) is None
    assert verify_chain() == []


def test_after_a_separation_nobody_keeps_a_face_on_the_consent_of_the_other():
    stays = published(title="Taken")[1]
    goes = make.person("Balaach", photo_allowed=True)
    consent(goes)
    goes = published(goes, title="Killed")[1]
    merger = merge(goes, stays)
    stays.consents.exclude(pk__in=merger.moved.get("consents", [])).update(
        withdrawn_on=timezone.localdate()
    )
    publishing.separate(merger, by=make.publisher(), note="Two villages after all.")
    assert shown(stays) is None
    assert not PublishedPicture.objects.exists()
    assert verify_chain() == []
