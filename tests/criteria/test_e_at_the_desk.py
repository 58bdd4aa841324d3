"""Section E: work at the desk."""

import pytest

from incidents.models import Incident, IncidentLink, StatusEntry, Violation
from tests.incidents import factories as make
from tests.incidents.interchange import carried

pytestmark = pytest.mark.django_db

COUNTS = "/admin/incidents/violation/counts/"


def counted(client, address):
    return client.get(address).context["table"]


def test_25_a_saved_question_reopens_groups_and_turns_from_violations_to_victims(clerk):
    kech = make.incident("In Turbat", area=make.area("PK211"), area_basis="stated")
    gwadar = make.incident("In Gwadar", area=make.area("PK205"), area_basis="stated")
    both, other = make.person("Balach"), make.person("Karim")
    for case, victim in ((kech, both), (gwadar, both), (gwadar, other)):
        make.violation(case, victim)
        make.violation(case, victim, "staged-encounter")
    make.involvement(kech, agency=make.agency())
    asked = "?rows=district&columns=type&type=life"
    clerk.post(f"{COUNTS}{asked}", {"name": "Killings by district"})
    [saved] = clerk.get(COUNTS).context["saved"]
    table = counted(clerk, saved.address)
    assert str(saved.saved) == "Killings by district"
    assert table == counted(clerk, f"{COUNTS}{asked}")
    totals = [line.cells[-1].count.number for line in table.lines]
    assert sum(totals) == table.totals[-1].count.number == 3
    assert clerk.get(table.totals[-1].address).context["cl"].result_count == 3
    for unit, number, named in (
        ("victims", 2, "Victims by district and what was done"),
        ("agencies", 1, "Agencies alleged responsible by district and what was done"),
    ):
        page = clerk.get(f"{saved.address}&unit={unit}")
        assert page.context["table"].totals[-1].count.number == number
        assert named in page.content.decode()


def test_28_a_case_in_another_installation_has_equal_identifiers_links_codes_and_dates(tmp_path):
    case, other = make.incident(date="2023-11-22/2023-11-23"), make.incident("What followed")
    victim = make.person("Balach", "Mola Bakhsh")
    make.violation(case, victim, start="2023-10-29", area_end=make.area("PK205"))
    make.status(case, victim, "disappeared", "../2023-10-29~")
    IncidentLink.objects.create(
        from_incident=case, kind=make.term("incident-link", "causes"), to_incident=other
    )
    key = carried.key(tmp_path)
    carried.export(tmp_path / "cases", case, other, key=key)
    carried.export(tmp_path / "before", case, other)
    carried.another_installation()

    carried.receive(tmp_path / "cases", key=key)
    came = Incident.objects.get(date="2023-11-22/2023-11-23")
    carried.export(tmp_path / "after", *Incident.objects.all())
    assert carried.lasting(tmp_path / "after") == carried.lasting(tmp_path / "before")
    assert came.links_out.get().to_incident.title == "What followed"
    act = Violation.objects.get()
    assert (act.type.code, act.start.text, act.area_end.code) == (
        *("enforced-disappearance", "2023-10-29", "PK205"),
    )
    assert StatusEntry.objects.get().date.text == "../2023-10-29~"
    assert came.stage == "draft"

    assert "New rows: 0." in carried.receive(tmp_path / "cases", key=key)
    carried.export(tmp_path / "again", *Incident.objects.all())
    assert carried.lasting(tmp_path / "again") == carried.lasting(tmp_path / "before")
