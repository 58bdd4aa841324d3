"""Lists: their columns, filters and search, and that their cost does not grow with the rows."""

import pytest
from django.contrib.admin import site
from django.db import connection
from django.test.utils import CaptureQueriesContext

from incidents.models import Incident, Intervention
from tests.incidents import factories

pytestmark = pytest.mark.django_db


def text_of(client, path):
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def make_case(number):
    case = factories.incident(
        f"Case {number}", area=factories.area("PK211-turbat"), area_basis="inferred"
    )
    for _each in range(2):
        victim = factories.person(f"Balaach{number}", "Mola Bakhsh", local="بالاچ")
        act = factories.violation(case, victim, age_low=20)
        factories.cite(act, factories.source(f"Source {number}"))
        factories.status(case, victim, "disappeared", "2023-10-29")
        factories.status(case, victim, "dead", "2023-11-22")
    speaker = factories.agency(f"Agency {number}-{case.pk}")
    factories.attribution(case, speaker)
    factories.involvement(case, agency=speaker)
    factories.account(case, "He was taken.", claimant_agency=speaker)
    factories.legal_action(case, title=f"Petition {number}", forum=speaker, people=[victim])
    appeal = Intervention.objects.create(incident=case, by_text="Relatives")
    appeal.types.add(factories.term("intervention-type", "for-victim"))
    appeal.addressees.create(agency=speaker)
    factories.reviewing.submit(case, by=factories.staff())
    return case


LISTS = [
    "incidents/incident/",
    "incidents/incident/?q=Balaach",
    "incidents/incident/?district=PK211&stage__exact=submitted&kind=violation-event",
    "incidents/victim/",
    "incidents/victim/?status=dead",
    "incidents/person/",
    "incidents/person/?q=بالاچ",
    "incidents/legalaction/",
    "incidents/source/",
    "incidents/agency/",
    "incidents/intervention/",
    "incidents/review/",
    "incidents/citation/",
    "reference/area/",
    "reference/term/",
]


def queries_of(client, path):
    with CaptureQueriesContext(connection) as context:
        assert client.get(path).status_code == 200
    return len(context)


@pytest.mark.parametrize("path", LISTS)
def test_a_list_asks_the_same_number_of_questions_whatever_its_length(clerk, path):
    make_case(1)
    queries_of(clerk, f"/admin/{path}")
    few = queries_of(clerk, f"/admin/{path}")
    for number in range(2, 6):
        make_case(number)
    assert queries_of(clerk, f"/admin/{path}") == few


@pytest.mark.parametrize("path", ["incidents/staffmember/", "auth/group/"])
def test_lists_of_staff_do_so_too(administrator, path):
    queries_of(administrator, f"/admin/{path}")
    few = queries_of(administrator, f"/admin/{path}")
    for _number in range(5):
        factories.staff()
    assert queries_of(administrator, f"/admin/{path}") == few


def test_the_first_page_does_so_too(clerk):
    make_case(1)
    queries_of(clerk, "/admin/")
    few = queries_of(clerk, "/admin/")
    for number in range(2, 5):
        make_case(number)
    assert queries_of(clerk, "/admin/") == few


@pytest.mark.parametrize("page", ["change/", "history/", "publication/"])
def test_the_pages_of_a_case_cost_the_same_however_much_it_holds(publisher, page):
    case = make_case(1)
    path = f"/admin/incidents/incident/{case.pk}/{page}"
    queries_of(publisher, path)
    few = queries_of(publisher, path)
    for number in range(4):
        victim = factories.person(f"Karim{number}", local="کریم")
        factories.violation(case, victim)
        factories.status(case, victim, "disappeared", "2023-10-29")
        factories.account(case, f"Version {number}")
        factories.attribution(case, factories.agency(f"Another agency {number}"))
        factories.legal_action(case, title=f"Another petition {number}", people=[victim])
    assert queries_of(publisher, path) == few


@pytest.mark.parametrize("text", ["Balach", "بالاچ", "Turbat", "Kech", "Case 1", "1 Turbat"])
def test_a_case_is_found_by_victim_place_or_title(clerk, text):
    case = make_case(1)
    factories.incident("Something else", area=None)
    page = text_of(clerk, f"/admin/incidents/incident/?q={text}")
    assert case.title in page
    assert "Something else" not in page


def test_the_list_of_cases_shows_what_one_looks_for(clerk):
    make_case(1)
    page = text_of(clerk, "/admin/incidents/incident/")
    for column, value in {
        "date_shown": "29 October 2023",
        "district_column": "Kech",
        "victims": "2",
        "grade_column": "Not assessed",
        "publication": "not published",
    }.items():
        assert f'<td class="field-{column}">{value}</td>' in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("stage__exact=submitted", True),
        ("stage__exact=approved", False),
        ("publication__exact=published", False),
        ("kind=violation-event", True),
        ("kind=protest", False),
        ("district=PK211", True),
        ("grade=not-assessed", True),
        ("grade=confirmed", False),
        ("restricted__exact=1", False),
    ],
)
def test_cases_are_narrowed(clerk, query, found):
    case = make_case(1)
    assert (case.title in text_of(clerk, f"/admin/incidents/incident/?{query}")) is found


@pytest.mark.parametrize("query", ["kind=nothing", "district=PK999"])
def test_a_filter_with_a_value_that_does_not_exist_is_refused(clerk, query):
    make_case(1)
    assert clerk.get(f"/admin/incidents/incident/?{query}").status_code == 302


def test_only_districts_that_occur_are_offered(clerk):
    make_case(1)
    page = text_of(clerk, "/admin/incidents/incident/")
    assert "?district=PK211" in page
    assert page.count("?district=") == 1


def test_victims_are_listed_with_their_current_status(clerk):
    make_case(1)
    dead = factories.term("victim-status", "dead")
    page = text_of(clerk, "/admin/incidents/victim/")
    assert page.count(f'<td class="field-status_column">{dead.label}</td>') == 2
    assert "Balaach1" in text_of(clerk, "/admin/incidents/victim/?status=dead")
    assert "Balaach1" not in text_of(clerk, "/admin/incidents/victim/?status=disappeared")


def test_a_person_who_is_no_victim_is_not_among_the_victims(clerk):
    factories.person("Karima")
    assert "Karima" not in text_of(clerk, "/admin/incidents/victim/")
    assert "Karima" in text_of(clerk, "/admin/incidents/person/")


def test_text_with_markup_or_nul_is_harmless(clerk):
    factories.incident("<script>alert(1)</script>")
    page = text_of(clerk, "/admin/incidents/incident/")
    assert "<script>alert" not in page
    assert clerk.get("/admin/incidents/incident/?q=%00").status_code == 200
    assert clerk.get("/admin/incidents/person/?q=a%00b").status_code == 200


@pytest.mark.parametrize("section", ["incident", "victim", "source", "legalaction"])
def test_a_late_page_works_out_the_columns_of_its_own_rows_alone(clerk, monkeypatch, section):
    """In one query the database would work them out for every row before the page as well."""
    for number in range(1, 4):
        make_case(number)
    admin_of = {model._meta.model_name: admin for model, admin in site._registry.items()}
    monkeypatch.setattr(admin_of[section], "list_per_page", 1)
    with CaptureQueriesContext(connection) as context:
        page = text_of(clerk, f"/admin/incidents/{section}/?p=3")
    (skipping,) = [query["sql"] for query in context if " OFFSET " in query["sql"]]
    columns = skipping.partition(" FROM ")[0]
    assert columns.endswith('."id" AS "pk"')
    assert "," not in columns
    assert 'class="paginator"' in page


def test_the_words_of_cases_are_sought_by_an_index():
    make_case(1)
    words = Incident.objects.saying("1 turb").order_by().values("pk")
    with connection.cursor() as cursor:
        for other in ("enable_seqscan", "enable_indexscan", "enable_indexonlyscan"):
            cursor.execute(f"SET LOCAL {other} = off")
    assert "incident_words" in words.explain()


def test_no_text_of_a_case_runs_into_the_next_when_it_is_searched():
    factories.incident("Taken at the gate", place_text="of the hostel")
    assert not Incident.objects.saying("gate of").exists()
    assert Incident.objects.saying("OF THE").exists()
