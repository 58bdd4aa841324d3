"""A case that is not public, shown to staff as the page that the public would get."""

import pytest

from incidents.models import Incident
from tests.incidents import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(db):
    made = factories.incident()
    victim = factories.person("Balaach", "Mola Bakhsh", local="بالاچ")
    factories.violation(made, victim)
    factories.account(made, "He was taken by men in uniform.")
    factories.legal_action(made, people=[victim])
    return made


def page_of(client, case, prefix=""):
    response = client.get(f"{prefix}/admin/incidents/incident/{case.pk}/public-page/")
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("prefix", ["", "/ur"])
def test_the_page_shows_what_would_be_published_and_says_what_it_is(publisher, case, prefix):
    Incident.objects.filter(pk=case.pk).update(internal_notes="A doubt of ours")
    page = page_of(publisher, case, prefix)
    assert "He was taken by men in uniform." in page
    assert "بالاچ" in page
    assert "A doubt of ours" not in page
    if not prefix:
        assert "Preview for staff" in page


def test_a_protected_name_does_not_stand_on_it(publisher, case):
    person = case.violations.get().person
    person.name_protection = "withheld"
    person.save()
    assert "Balaach" not in page_of(publisher, case)


def test_the_page_for_publication_leads_to_it(clerk, case):
    page = clerk.get(f"/admin/incidents/incident/{case.pk}/publication/").content.decode()
    assert f"/admin/incidents/incident/{case.pk}/public-page/" in page


def test_nobody_else_opens_it(anonymous, administrator, clerk, case):
    path = f"/admin/incidents/incident/{case.pk}/public-page/"
    assert anonymous.get(path).status_code == 302
    assert administrator.get(path).status_code == 403
    Incident.objects.filter(pk=case.pk).update(restricted=True)
    assert clerk.get(path).status_code == 404


def test_no_cache_keeps_it(clerk, case):
    response = clerk.get(f"/admin/incidents/incident/{case.pk}/public-page/")
    assert "no-store" in response.headers["Cache-Control"]


def test_a_published_case_is_shown_under_its_reference(clerk, case):
    factories.publish(case)
    case.refresh_from_db()
    assert case.reference in page_of(clerk, case)
