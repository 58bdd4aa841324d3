"""The same act done to others: names in, whole violations out."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from incidents.duplicates.looking import look_at_person
from incidents.models import Incident, Stage, Violation
from reference.dates import UNKNOWN
from tests.incidents import factories
from tests.incidents.admin.pages import Form, errors_of

pytestmark = pytest.mark.django_db


OF_ONE_VICTIM = {
    "age_low": 22,
    "age_high": 22,
    "end": "2023-11-23",
    "end_meaning": "body-found",
    "outcome": "Buried in Turbat",
}


@pytest.fixture
def act(db):
    """A disappearance with a method, an alleged author and the status that it implies.

    All that can be said of its one victim alone is said.
    """
    case = factories.incident()
    made = factories.violation(
        case,
        start="2023-10-30",
        stated_reason="None was given",
        area_end=factories.area(),
        civilian_status=factories.term("civilian-status", "civilian"),
        grade=factories.term("grade", "confirmed"),
        **OF_ONE_VICTIM,
    )
    made.methods.set([factories.term("method", code) for code in _methods()])
    for citation in made.citations.all():
        citation.locator, citation.quotation = "para. 3", "Balach was beaten."
        citation.save()
    factories.involvement(case, violation=made, description="Men in two cars")
    factories.involvement(case, description="Concerns every violation")
    status = factories.status(case, made.person, "disappeared", "2023-10-30")
    type(status).objects.filter(pk=status.pk).update(note="Seen by his uncle", note_local="چچا")
    factories.status(case, made.person, "dead", "2023-11-23")
    return made


def _methods():
    from reference.vocabularies import terms

    return [each.code for each in terms("method")[:2]]


def page(act):
    return f"/admin/incidents/incident/{act.incident_id}/same-again/{act.pk}/"


def looked_over(client, act, people):
    form = Form(client, page(act), "again_form").fill(people=people)
    answer = form.send(None)
    form.read(answer, "again_form")
    return form


def test_each_name_gets_the_same_violation_with_what_it_rests_on(clerk, act):
    change = clerk.get(f"/admin/incidents/incident/{act.incident_id}/change/").content.decode()
    assert page(act) in change
    form = looked_over(clerk, act, "Karim s/o Dad, 30\nکریم ولد نور")
    assert Violation.objects.count() == 1
    form.save("_save")

    incident = act.incident
    added = list(incident.violations.exclude(pk=act.pk).order_by("pk"))
    assert [str(each.person) for each in added] == ["Karim", "کریم"]
    for each in added:
        assert (each.type, each.start.text) == (act.type, "2023-10-30")
        assert each.start_earliest == act.start_earliest
        assert set(each.methods.all()) == set(act.methods.all())
        assert each.stated_reason == "None was given"
        assert [cited.locator for cited in each.citations.all()] == ["para. 3"]
        [involved] = each.involvements.all()
        assert involved.description == "Men in two cars"
        assert involved.citations.count() == 1
        [status] = incident.statuses.filter(person=each.person)
        assert (status.status.code, status.citations.count()) == ("disappeared", 1)
        assert each.entered_by == clerk.member
    assert [each.age_low for each in added] == [30, None]
    assert incident.involvements.count() == 4


def test_what_is_said_of_one_victim_alone_stays_with_that_victim(clerk, act):
    assert "does not come along" in clerk.get(page(act)).content.decode()
    looked_over(clerk, act, "Karim s/o Dad").save("_save")
    added = act.incident.violations.exclude(pk=act.pk).get()
    for name in ("area_end", "civilian_status", "grade", *OF_ONE_VICTIM):
        assert getattr(act, name), name
        assert getattr(added, name) in (None, "", UNKNOWN), name
    assert [cited.quotation for cited in act.citations.all()] == ["Balach was beaten."]
    assert [cited.quotation for cited in added.citations.all()] == [""]
    status = act.incident.statuses.get(person=added.person)
    assert (status.note, status.note_local) == ("", "")


def test_somebody_known_is_chosen_and_not_entered_again(clerk, act):
    known = factories.person("Karim", "Dad")
    look_at_person(known)
    form = looked_over(clerk, act, "Kareem s/o Dad")
    assert "Say whether it is one of these" in "".join(errors_of(form.send("_save")))
    form.fill("person-0", same_as=known).save("_save")
    assert known.violations.get().type == act.type


def test_nobody_gets_the_same_act_twice(clerk, act):
    look_at_person(act.person)
    form = looked_over(clerk, act, "Balach")
    form.fill("person-0", same_as=act.person)
    assert "This was entered for this person already." in errors_of(form.send("_save"))


def test_a_case_in_review_is_a_draft_again(clerk, act):
    Incident.objects.filter(pk=act.incident_id).update(stage=Stage.SUBMITTED)
    looked_over(clerk, act, "Karim s/o Dad").save("_save")
    assert Incident.objects.get(pk=act.incident_id).stage == Stage.DRAFT


def test_a_restricted_case_has_no_such_page_for_others(clerk, reviewer, act):
    Incident.objects.filter(pk=act.incident_id).update(restricted=True)
    assert clerk.get(page(act)).status_code == 404
    assert clerk.post(page(act), {"people": "Karim"}).status_code == 404
    act.incident.assigned.add(reviewer.member)
    assert reviewer.get(page(act)).status_code == 200


def test_a_violation_of_another_case_is_not_found_here(clerk, act):
    other = factories.incident("Another")
    path = f"/admin/incidents/incident/{other.pk}/same-again/{act.pk}/"
    assert clerk.get(path).status_code == 404


def test_a_page_that_is_sent_twice_adds_once(clerk, act):
    form = looked_over(clerk, act, "Karim s/o Dad")
    form.save("_save")
    assert form.send("_save").status_code == 302
    assert Violation.objects.count() == 2


def test_a_page_without_anybody_adds_nothing(clerk, act):
    form = looked_over(clerk, act, "Karim s/o Dad")
    form.values["people_count"], form.values["people"] = ["0"], ["- "]
    answer = form.send("_save")
    assert "No line tells of anybody." in errors_of(answer)
    assert Violation.objects.count() == 1


def test_the_status_that_comes_along_is_shown(clerk, act):
    assert "Status of the victims that comes along" in looked_over(clerk, act, "Karim").html


def test_the_number_of_queries_does_not_grow_with_the_names(clerk, act):
    def queries(number):
        form = Form(clerk, page(act), "again_form")
        form.fill(people="\n".join(f"Somebody{n} s/o Father{n}, 20" for n in range(number)))
        with CaptureQueriesContext(connection) as counted:
            form.send(None)
        return len(counted)

    queries(2)
    # Whether the vocabularies changed is asked every ten seconds, whoever is being served.
    assert abs(queries(30) - queries(2)) <= 2


def test_of_somebody_public_the_publishing_lock_is_taken_before_the_case_is_locked(clerk, act):
    known = factories.person("Nabi", fathers_name="Dad")
    case = factories.incident()
    factories.violation(case, known)
    factories.publish(case)
    look_at_person(known)
    form = looked_over(clerk, act, "Nabi s/o Dad")
    form.fill("person-0", same_as=known)
    with CaptureQueriesContext(connection) as queries:
        form.save("_save")
    sql = [each["sql"] for each in queries]
    publishing = next(at for at, each in enumerate(sql) if "pg_advisory_xact_lock" in each)
    case_locked = next(at for at, each in enumerate(sql) if "FOR NO KEY UPDATE" in each)
    assert publishing < case_locked
