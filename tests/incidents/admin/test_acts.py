"""Acts: where details stand, how they are found, how their history reads."""

import pytest

from incidents.admin.details import VIOLATION_DETAILS
from incidents.models import Violation
from reference.vocabularies import terms
from tests.incidents import factories as make
from tests.incidents.admin.pages import Form

pytestmark = pytest.mark.django_db

ACTS = "/admin/incidents/violation/"


@pytest.mark.parametrize(
    "text",
    ["Underwire", "تربت سے", "Behind the mosque", "gwh-i-2023-000007", "gwh-v-2023-000009"],
)
def test_an_act_is_found_by_its_notes_and_by_title_place_and_reference_of_its_case(clerk, text):
    case = make.incident(
        title_local="تربت سے تین افراد",
        place_text="Behind the mosque",
        reference="GWH-I-2023-000007",
    )
    method = terms("method")[0]
    act = make.violation(
        case, method_notes={method.code: "Underwire, twice"}, reference="GWH-V-2023-000009"
    )
    make.violation(make.incident("Another"), make.person("Karim"))
    found = clerk.get(ACTS, {"q": text}).context["cl"].result_list
    assert [row.pk for row in found] == [act.pk]


def test_the_history_tells_the_method_of_a_note_as_it_is_called(clerk):
    case = make.incident(by=clerk.member)
    act = make.violation(case)
    method = next(each for each in terms("method") if each.code not in each.label.lower())
    act.methods.set([method])
    page = f"/admin/incidents/incident/{case.pk}/"
    form = Form(clerk, f"{page}change/", "incident_form")
    form.fill(
        form.row_of("violations", "id", act.pk), method_notes=f"{method.label}: with a cable"
    ).save()
    assert Violation.objects.get().method_notes == {method.code: "with a cable"}
    told = clerk.get(f"{page}history/").content.decode()
    assert f"{method.label}: with a cable" in told
    assert f"{method.code}: with a cable" not in told


def test_every_set_of_details_says_that_it_stays_in_the_office(clerk):
    act = make.violation(make.incident(by=clerk.member))
    page = clerk.get(f"/admin/incidents/incident/{act.incident_id}/change/").content.decode()
    said = "Stays in the office. Never published."
    assert page.count(said) >= len(VIOLATION_DETAILS) == 4


@pytest.mark.parametrize(
    ("goes", "stays", "says"),
    [
        ("51101-7654321-0", "", "Only the one that goes has an identity number"),
        ("51101-7654321-0", "51101-0000000-0", "The two have different identity numbers"),
        ("51101-7654321-0", "51101 7654321 0", ""),
        ("", "51101-7654321-0", ""),
        ("", "", ""),
    ],
)
def test_before_a_merger_it_is_said_what_becomes_of_identity_numbers(clerk, goes, stays, says):
    loser = make.person("Balach", identity_number=goes)
    survivor = make.person("Balaach", identity_number=stays)
    merger = {"survivor": survivor.pk, "text": "The same man."}
    pair = f"/admin/incidents/person/duplicates/{loser.pk}-{survivor.pk}/merge/"
    for path in (f"/admin/incidents/person/{loser.pk}/merge/", pair):
        page = clerk.post(path, merger).content.decode()
        assert "This one goes: " in page
        assert ("identity number" in page) is bool(says)
        assert says in page
        assert "7654321" not in page
