"""People: names in two scripts, withdrawing somebody, two who turn out to be one."""

import pytest

from incidents.models import Incident, Person, Publication
from record.models import IncidentEntry, VictimEntry
from record.models.entry import State
from tests.incidents import factories
from tests.incidents.admin.pages import Form, errors_of, messages_of

pytestmark = pytest.mark.django_db


def named(name="Balaach", father="Mola Bakhsh"):
    return factories.person(name, father, local="بالاچ")


@pytest.fixture
def published(db):
    """A published case with two victims."""
    case = factories.incident()
    factories.violation(case, named())
    factories.violation(case, named("Karim", "Dad"))
    factories.publish(case)
    case.refresh_from_db()
    return case


def victim_of(case):
    return case.violations.order_by("pk").first().person


def test_a_new_person_has_a_box_for_each_script_and_the_name_withheld(clerk):
    form = Form(clerk, "/admin/incidents/person/add/", "person_form")
    assert form["names-TOTAL_FORMS"] == "2"
    form.fill("names-0", given="Balaach", fathers_name="Mola Bakhsh")
    form.fill("names-1", given="بالاچ", fathers_name="مولا بخش")
    person = Person.objects.get(pk=form.save())
    assert str(person) == "Balaach · بالاچ"
    assert person.name_protection == "withheld"
    assert {name.entered_by for name in person.names.all()} == {clerk.member}


def test_a_ground_without_a_risk_assessment_is_refused(clerk):
    form = Form(clerk, "/admin/incidents/person/add/", "person_form")
    form.fill("names-0", given="Balaach")
    form.fill(publication_ground=factories.term("consent-ground", "already-public"))
    assert any("risk assessment" in error for error in errors_of(form.send()))


def test_withdrawing_asks_why_asks_again_and_takes_the_person_out(publisher, published):
    person = victim_of(published)
    path = f"/admin/incidents/person/{person.pk}/withdraw/"
    form = Form(publisher, path)
    assert form["reason"] == "consent-withdrawn"
    answer = form.send(None)
    assert answer.status_code == 200
    assert VictimEntry.objects.live().filter(reference=person.reference).exists()

    form.read(answer)
    assert form.send(None).status_code == 302
    entry = VictimEntry.objects.get(reference=person.reference)
    assert (entry.state, entry.withdrawal_reason) == (State.WITHDRAWN, "consent-withdrawn")
    assert any(person.reference in message for message in messages_of(publisher))
    person.refresh_from_db()
    assert person.name_protection == "hidden"


def test_withdrawing_without_a_reason_is_refused(publisher, published):
    form = Form(publisher, f"/admin/incidents/person/{victim_of(published).pk}/withdraw/")
    assert errors_of(form.fill(reason="").send(None))


def test_withdrawing_somebody_who_is_not_public_keeps_them_out(publisher):
    person = named()
    path = f"/admin/incidents/person/{person.pk}/withdraw/"
    publisher.post(path, {"reason": "safety", "text": "", "confirmed": "yes"})
    person.refresh_from_db()
    assert person.name_protection == "hidden"
    assert any("was not public" in message for message in messages_of(publisher))


@pytest.mark.parametrize("kind", ["source", "legalaction"])
def test_a_source_and_a_legal_action_are_withdrawn_in_the_same_way(publisher, kind):
    case = factories.incident()
    factories.violation(case, named())
    action = factories.legal_action(case)
    factories.publish(case)
    row = action if kind == "legalaction" else case.citations.get().source
    row.refresh_from_db()
    path = f"/admin/incidents/{kind}/{row.pk}/withdraw/"
    publisher.post(path, {"reason": "error", "text": "", "confirmed": "yes"})
    row.refresh_from_db()
    assert row.internal if kind == "legalaction" else row.confidential
    assert any(row.reference in message for message in messages_of(publisher))


def test_two_people_are_merged_after_a_confirmation(publisher, published):
    survivor, loser = victim_of(published), published.violations.order_by("pk").last().person
    path = f"/admin/incidents/person/{loser.pk}/merge/"
    form = Form(publisher, path)
    form.values["survivor"] = [str(survivor.pk)]
    form.fill(text="The same man, spelt differently.")
    answer = form.send(None)
    assert "father" not in errors_of(answer)
    form.read(answer)
    assert form.send(None).status_code == 302
    assert not loser.violations.exists()
    assert survivor.violations.count() == 2
    gone = VictimEntry.objects.get(reference=loser.reference)
    assert gone.state == State.MERGED


def test_nobody_is_merged_into_themselves(publisher, published):
    person = victim_of(published)
    form = Form(publisher, f"/admin/incidents/person/{person.pk}/merge/")
    form.values["survivor"] = [str(person.pk)]
    form.fill(text="A mistake.")
    assert errors_of(form.send(None))


def test_a_refused_merge_is_told_and_changes_nothing(publisher, published):
    unpublished = named("Balach")
    loser = victim_of(published)
    path = f"/admin/incidents/person/{loser.pk}/merge/"
    data = {"survivor": unpublished.pk, "text": "The same.", "confirmed": "yes"}
    assert publisher.post(path, data).status_code == 302
    assert messages_of(publisher)
    assert loser.violations.exists()


def test_two_cases_are_merged_in_two_steps_with_an_approval_between(publisher, published):
    double = factories.incident("The same raid, told by another paper")
    factories.violation(double, named("Yasir", "Dad"))
    factories.publish(double)
    double.refresh_from_db()
    path = f"/admin/incidents/incident/{double.pk}/merge/"
    data = {"survivor": published.pk, "text": "The same raid.", "confirmed": "yes"}

    publisher.post(path, data)
    published.refresh_from_db()
    assert (published.violations.count(), double.violations.count()) == (3, 0)
    assert published.stage == "draft"
    assert any("Have it approved" in message for message in messages_of(publisher))

    publisher.post(path, data)
    assert any("approved" in message for message in messages_of(publisher))
    assert IncidentEntry.objects.get(reference=double.reference).state == State.LIVE

    factories.approve(published)
    fresh = factories.publisher()
    publisher.force_login(fresh)
    publisher.post(path, data)
    assert IncidentEntry.objects.get(reference=double.reference).state == State.MERGED
    assert Incident.objects.get(pk=double.pk).publication == Publication.MERGED
