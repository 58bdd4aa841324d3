"""A restricted case does not exist for staff who are not assigned to it: on no page at all."""

import pytest

from incidents.models import Incident, IncidentLink, PersonRelation, Source
from incidents.visibility import visible_to
from tests.incidents import factories
from tests.incidents.admin.pages import Form, errors_of
from tests.incidents.communications.cases import consent

pytestmark = pytest.mark.django_db

TITLE = "A raidmark in Panjgur"
NAME = "Zarmina"


@pytest.fixture
def secret(db):
    """A restricted case with a victim, a witness, a source and a court of its own."""
    case = factories.incident(TITLE, restricted=True)
    case.citations.all().delete()
    victim = factories.person(NAME, "Fathermark")
    witness = factories.person("Secretwitness")
    act = factories.violation(case, victim)
    act.citations.all().delete()
    source = factories.source("A testimonymark", confidential=True, informant=witness)
    factories.cite(act, source)
    action = factories.legal_action(case, title="A petitionmark", people=[victim])
    case.victim, case.act, case.testimony, case.petition = victim, act, source, action
    case.witness = witness
    consent(victim, "share-court")
    return case


def offered(client, model, field, term):
    query = {"app_label": "incidents", "model_name": model, "field_name": field, "term": term}
    found = client.get("/admin/autocomplete/", query).json()["results"]
    return [result["text"] for result in found]


WORDS = ("raidmark", "Fathermark", "testimonymark", "petitionmark", NAME, "Secretwitness")

LISTS = (
    "/admin/",
    "/admin/incidents/incident/",
    "/admin/incidents/incident/?q=raid",
    "/admin/incidents/incident/?q=Zarmina",
    "/admin/incidents/incident/?district=PK211",
    "/admin/incidents/victim/",
    "/admin/incidents/person/",
    "/admin/incidents/person/?q=Zarmina",
    "/admin/incidents/source/",
    "/admin/incidents/legalaction/",
    "/admin/incidents/citation/",
    "/admin/incidents/review/",
    "/admin/incidents/intervention/",
    "/admin/incidents/violation/",
    "/admin/incidents/violation/?q=raid",
    "/admin/incidents/violation/counts/?rows=agency",
    "/admin/incidents/violation/counts/?rows=district&unit=victims&q=raid",
)


@pytest.mark.parametrize("path", LISTS)
def test_no_list_shows_anything_of_it(clerk, secret, path):
    factories.reviewing.submit(secret, by=factories.staff())
    page = clerk.get(path)
    assert page.status_code == 200
    text = page.content.decode().replace(path.split("=")[-1], "")
    assert not [word for word in WORDS if word in text]


@pytest.mark.parametrize("path", LISTS)
def test_those_assigned_see_it_in_the_lists(clerk, secret, path):
    secret.assigned.add(clerk.member)
    assert clerk.get(path).status_code == 200
    assert TITLE in clerk.get("/admin/incidents/incident/").content.decode()
    assert NAME in clerk.get("/admin/incidents/victim/").content.decode()


def pages_of(case):
    yield f"/admin/incidents/incident/{case.pk}/change/"
    yield f"/admin/incidents/incident/{case.pk}/history/"
    yield f"/admin/incidents/incident/{case.pk}/publication/"
    yield f"/admin/incidents/incident/{case.pk}/public-page/"
    yield f"/admin/incidents/incident/{case.pk}/merge/"
    yield f"/admin/incidents/incident/{case.pk}/same-again/{case.act.pk}/"
    yield f"/admin/incidents/incident/{case.pk}/changes/"
    yield f"/admin/incidents/incident/{case.pk}/comments/add/"
    papers = f"/admin/incidents/incident/{case.pk}/communications/"
    yield papers
    yield f"{papers}{case.victim.pk}/"
    yield f"{papers}{case.victim.pk}/court/"
    yield f"/admin/incidents/person/{case.victim.pk}/communications/"
    yield f"/admin/incidents/person/{case.victim.pk}/change/"
    yield f"/admin/incidents/person/{case.victim.pk}/history/"
    yield f"/admin/incidents/person/{case.victim.pk}/withdraw/"
    yield f"/admin/incidents/person/{case.witness.pk}/change/"
    yield f"/admin/incidents/victim/{case.victim.pk}/change/"
    yield f"/admin/incidents/source/{case.testimony.pk}/change/"
    yield f"/admin/incidents/source/{case.testimony.pk}/withdraw/"
    yield f"/admin/incidents/legalaction/{case.petition.pk}/change/"
    yield f"/admin/incidents/citation/{case.act.citations.get().pk}/change/"


def test_none_of_its_pages_opens(publisher, secret):
    for path in pages_of(secret):
        response = publisher.get(path)
        assert response.status_code in (302, 403, 404), path
        told = publisher.get("/admin/").content.decode()
        assert not [word for word in WORDS if word in told], path


def test_its_pages_open_for_those_assigned(publisher, secret):
    secret.assigned.add(publisher.member)
    for path in pages_of(secret):
        page = publisher.get(path, follow=True)
        assert page.status_code == 200, path
        assert ("/admin/", 302) not in page.redirect_chain, path


@pytest.mark.parametrize("step", ["submit", "approve", "publish", "withdraw"])
def test_no_step_can_be_taken_on_it(publisher, secret, step):
    path = f"/admin/incidents/incident/{secret.pk}/publication/"
    answer = publisher.post(path, {"step": step, "confirmed": "yes"})
    assert answer.status_code in (403, 404)
    secret.refresh_from_db()
    assert secret.stage == "draft"


@pytest.mark.parametrize(
    ("model", "field", "term"),
    [
        ("incidentlink", "to_incident", "raid"),
        ("incidentlink", "to_incident", NAME),
        ("violation", "person", NAME),
        ("violation", "person", "Fathermark"),
        ("source", "informant", "Secretwitness"),
        ("citation", "source", "testimony"),
        ("legalaction_incidents", "legalaction", "petition"),
        ("legalrelation", "other", "petition"),
    ],
)
def test_no_box_offers_anything_of_it(clerk, secret, model, field, term):
    assert offered(clerk, model, field, term) == []
    secret.assigned.add(clerk.member)
    assert len(offered(clerk, model, field, term)) == 1


def test_what_an_open_case_mentions_too_stays_visible(clerk, secret):
    case = factories.incident("An open case")
    factories.violation(case, secret.victim)
    factories.cite(case, secret.testimony)
    secret.petition.incidents.add(case)
    label = offered(clerk, "violation", "person", NAME)
    assert label == [f"{NAME}, father: Fathermark, Kech"]
    page = clerk.get("/admin/incidents/person/").content.decode()
    assert '<td class="field-cases">1</td>' in page, "the hidden case is not counted"
    assert clerk.get(f"/admin/incidents/source/{secret.testimony.pk}/change/").status_code == 200


def test_a_link_to_it_is_not_shown_on_an_open_case(clerk, secret):
    case = factories.incident("An open case")
    kind = factories.term("incident-link", "follows")
    IncidentLink.objects.create(from_incident=case, to_incident=secret, kind=kind)
    IncidentLink.objects.create(from_incident=secret, to_incident=case, kind=kind)
    path = f"/admin/incidents/incident/{case.pk}/"
    for page in ("change/", "history/", "publication/"):
        assert TITLE not in clerk.get(path + page).content.decode(), page
    secret.assigned.add(clerk.member)
    assert TITLE in clerk.get(path + "change/").content.decode()


def test_saving_a_legal_action_keeps_the_cases_and_people_that_are_not_shown(clerk, secret):
    case = factories.incident("An open case")
    secret.petition.incidents.add(case)
    path = f"/admin/incidents/legalaction/{secret.petition.pk}/change/"
    form = Form(clerk, path, "legalaction_form")
    assert form.values["incidents"] == [str(case.pk)]
    assert not [word for word in (TITLE, NAME) if word in form.html]
    form.fill(number="12/2023").save()
    assert set(secret.petition.incidents.all()) == {case, secret}
    assert set(secret.petition.people.all()) == {secret.victim}


def test_a_complainant_known_from_it_is_neither_shown_nor_lost_where_the_petition_is(clerk, secret):
    case = factories.incident("An open case")
    secret.petition.incidents.add(case)
    secret.petition.complainant = secret.victim
    secret.petition.save()
    assert offered(clerk, "violation", "person", NAME) == []
    path = f"/admin/incidents/legalaction/{secret.petition.pk}/change/"
    form = Form(clerk, path, "legalaction_form")
    assert NAME not in form.html
    assert form.values["complainant"] == [""]
    form.fill(number="12/2023").save()
    secret.petition.refresh_from_db()
    assert (secret.petition.number, secret.petition.complainant) == ("12/2023", secret.victim)

    somebody = factories.person("Karima")
    form = Form(clerk, path, "legalaction_form")
    form.values["complainant"] = [str(somebody.pk)]
    answer = form.send()
    assert errors_of(answer)
    assert NAME not in answer.content.decode()
    secret.petition.refresh_from_db()
    assert secret.petition.complainant == secret.victim


def test_a_relation_to_somebody_hidden_is_not_shown(clerk, secret):
    open_person = factories.person("Karima")
    PersonRelation.objects.create(
        person=open_person,
        other=secret.victim,
        kind=factories.term("person-relation", "parent"),
    )
    factories.violation(factories.incident("An open case"), open_person)
    path = f"/admin/incidents/person/{open_person.pk}/"
    assert NAME not in clerk.get(path + "change/").content.decode()
    assert NAME not in clerk.get(path + "history/").content.decode()


def test_it_cannot_be_linked_by_its_number(clerk, secret):
    case = factories.incident("An open case")
    form = Form(clerk, f"/admin/incidents/incident/{case.pk}/change/", "incident_form")
    prefix = form.add_row("links_out", kind=factories.term("incident-link", "follows"))
    form.values[f"{prefix}-to_incident"] = [str(secret.pk)]
    response = form.send()
    assert errors_of(response)
    assert TITLE not in response.content.decode()


def test_whoever_restricts_a_case_is_assigned_to_it(clerk, other_clerk):
    case = factories.incident("An open case")
    form = Form(clerk, f"/admin/incidents/incident/{case.pk}/change/", "incident_form")
    form.fill(restricted="on").save()
    assert list(case.assigned.all()) == [clerk.member]
    assert clerk.get(f"/admin/incidents/incident/{case.pk}/change/").status_code == 200
    assert other_clerk.get(f"/admin/incidents/incident/{case.pk}/change/").status_code == 302


def test_one_who_may_open_every_restricted_case_sees_all(superuser, secret):
    assert TITLE in superuser.get("/admin/incidents/incident/").content.decode()
    assert offered(superuser, "violation", "person", NAME)


def test_the_rule_as_a_query_agrees_with_what_is_open(secret):
    user = factories.staff()
    factories.cite(factories.incident("An open case"), factories.source("Open"))
    assert {row.title for row in visible_to(user, Source.objects.all())} == {
        "Open",
        "The usual newspaper",
    }
    assert not visible_to(user, Incident.objects.filter(pk=secret.pk)).exists()
