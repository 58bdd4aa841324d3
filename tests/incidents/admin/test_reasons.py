"""Why something was changed is told with the record on whose page it was said, and nowhere else."""

import pytest

from incidents.history.reasons import changing_because
from incidents.models import Incident
from tests.incidents import factories as make
from tests.incidents.admin.pages import Form

pytestmark = pytest.mark.django_db


def history(client, model, row):
    return client.get(f"/admin/incidents/{model}/{row.pk}/history/").content.decode()


def test_a_reason_typed_on_a_restricted_case_is_not_told_with_others_that_it_changed(
    clerk, other_clerk
):
    person, case = make.person("Balach"), make.incident(restricted=True)
    make.violation(make.incident("An open case"), person)
    make.violation(case, person)
    case.assigned.add(clerk.member)
    with changing_because("Her uncle fears them", on_page_of=(Incident, case.pk)):
        case.title = "Another title"
        case.save()
        person.internal_notes = "Hidden"
        person.save()
    assert "Her uncle fears them" in history(clerk, "incident", case)
    for client in (clerk, other_clerk):
        told = history(client, "person", person)
        assert "Hidden" in told
        assert "Her uncle fears them" not in told


@pytest.mark.parametrize("model", ["person", "victim"])
def test_a_reason_typed_on_the_page_of_a_person_is_told_on_both_pages_of_them(clerk, model):
    person = make.violation(make.incident(), make.person("Balach")).person
    form = Form(clerk, f"/admin/incidents/{model}/{person.pk}/change/", f"{model}_form")
    form.fill(internal_notes="Ask his uncle").send(why="The family asked for it")
    assert "The family asked for it" in history(clerk, "person", person)
    assert "The family asked for it" in history(clerk, "victim", person)


def test_what_a_whole_file_brings_has_its_reason_everywhere(clerk):
    case, source = make.incident(), make.source()
    with changing_because("Brought from another office"):
        for row in (case, source):
            row.internal_notes = "New"
            row.save()
    assert "Brought from another office" in history(clerk, "incident", case)
    assert "Brought from another office" in history(clerk, "source", source)
