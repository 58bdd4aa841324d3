"""The access log: what it holds, who reads it, and that nobody rewrites it."""

import re

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from django.urls import URLResolver, get_resolver

from config.grants import APP, LOGS, READER
from incidents import publishing, roles
from incidents.accounts.watching import _numbers, subject_model
from incidents.models import (
    AccessEvent,
    ImportBatch,
    Incident,
    ListCase,
    Merger,
    Person,
    SourceList,
)
from incidents.ties import CASES_OF, LINKS
from incidents.visibility import restricted_cases
from tests.incidents import factories as make
from tests.incidents.accounts.people import Act, at_work, with_app
from tests.incidents.admin.pages import Form

pytestmark = pytest.mark.django_db


@pytest.fixture
def hidden(sana):
    """A restricted case to which Sana is assigned, with a victim and a source."""
    case = make.incident("Somebody is taken", restricted=True)
    case.assigned.add(sana)
    person = make.person("Balach")
    violation = make.violation(case, person)
    source = make.source("A testimony")
    make.cite(violation, source)
    return {"case": case.pk, "person": person.pk, "source": source.pk}


def lines(*acts):
    found = AccessEvent.objects.filter(act__in=acts).order_by("pk")
    return [(line.act, line.section, line.key, line.note) for line in found]


@pytest.mark.parametrize(
    ("page", "section", "row", "names_case"),
    [
        ("incident/{case}/change/", "incident_change", "case", False),
        ("incident/{case}/history/", "incident_history", "case", False),
        ("incident/{case}/publication/", "incident_publication", "case", False),
        ("incident/{case}/public-page/", "staff-public-page", "case", False),
        (
            "incident/{case}/public-page/victims/{person}/",
            "staff-public-victim-page",
            "case",
            False,
        ),
        ("person/{person}/change/", "person_change", "person", True),
        ("victim/{person}/change/", "victim_change", "person", True),
        ("source/{source}/change/", "source_change", "source", True),
        ("source/{source}/history/", "source_history", "source", True),
    ],
)
def test_reading_a_restricted_case_is_noted(desk, hidden, page, section, row, names_case):
    assert desk.get(f"/admin/incidents/{page.format(**hidden)}").status_code == 200
    note = str(hidden["case"]) if names_case else ""
    assert lines(Act.OPENED) == [(Act.OPENED, section, str(hidden[row]), note)]


@pytest.mark.parametrize("text", ["{:+d}", "0{}", "%20{}", "{}%20"])
def test_a_number_written_otherwise_hides_nothing_from_the_log(desk, hidden, text):
    key = text.format(hidden["case"])
    assert desk.get(f"/admin/incidents/incident/{key}/change/").status_code == 200
    assert lines(Act.OPENED) == [(Act.OPENED, "incident_change", str(hidden["case"]), "")]


def test_a_number_in_digits_of_another_script_is_noted_too(desk, hidden):
    key = str(hidden["case"]).translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))
    assert desk.get(f"/admin/incidents/incident/{key}/change/").status_code == 200
    assert lines(Act.OPENED) == [(Act.OPENED, "incident_change", str(hidden["case"]), "")]


def test_two_people_side_by_side_are_noted_each(desk, hidden):
    other = make.person("Balach")
    one, two = sorted((hidden["person"], other.pk))
    page = desk.get(f"/admin/incidents/person/duplicates/{one}-{two}/")
    assert page.status_code == 200
    assert lines(Act.OPENED) == [
        (Act.OPENED, "person_pair", str(hidden["person"]), str(hidden["case"]))
    ]


@pytest.mark.parametrize("step", ["", "merge/"])
def test_a_pair_that_one_may_not_know_of_is_a_denial(hidden, step):
    other = at_work(with_app(make.staff(roles.DATA_ENTRY)))
    stranger = make.person("Balach")
    address = f"/admin/incidents/person/duplicates/{hidden['person']}-{stranger.pk}/{step}"
    assert other.get(address).status_code == 404
    assert [line[2] for line in lines(Act.DENIED)] == [str(hidden["person"])]


def test_asking_who_stays_of_two_is_noted(desk, hidden):
    other = make.person("Balach")
    address = f"/admin/incidents/person/duplicates/{hidden['person']}-{other.pk}/merge/"
    assert desk.get(address).status_code == 200
    assert [line[1:3] for line in lines(Act.OPENED)] == [
        ("person_pair_merge", str(hidden["person"]))
    ]


def test_taking_a_merger_back_is_noted_with_the_people(desk, sana, hidden):
    survivor, loser = Person.objects.get(pk=hidden["person"]), make.person("Balach")
    publishing.merge(loser, survivor, by=sana, note="one")
    merger = Merger.objects.get()
    address = f"/admin/incidents/person/mergers/{merger.pk}/undo/"
    assert desk.get(address).status_code == 200
    assert [line[1:3] for line in lines(Act.OPENED)] == [("person_separate", str(survivor.pk))]
    stranger = at_work(with_app(make.staff(roles.DATA_ENTRY)))
    assert stranger.get(address).status_code == 404
    assert [line[1] for line in lines(Act.DENIED)] == ["person_separate"]


def test_a_file_that_brought_a_restricted_case_belongs_to_it(hidden):
    case = Incident.objects.get(pk=hidden["case"])
    listed = SourceList.objects.create(code="hidden", name="A list")
    batch = ImportBatch.objects.create(list=listed, bytes=0)
    ListCase.objects.create(list=listed, key="1", incident=case, batch=batch, last_batch=batch)
    assert restricted_cases(ImportBatch, batch.pk) == {case.pk}
    assert subject_model("incidents_importbatch_review") is ImportBatch


def test_somebody_known_from_an_open_case_too_is_no_denial_and_opens_nothing(hidden):
    make.violation(make.incident("A march"), Person.objects.get(pk=hidden["person"]))
    other = at_work(with_app(make.staff(roles.DATA_ENTRY)))
    assert other.get(f"/admin/incidents/person/{hidden['person']}/change/").status_code == 200
    assert other.get(f"/admin/incidents/person/{hidden['person']}/nowhere/").status_code in (
        302,
        404,
    )
    assert lines(Act.OPENED, Act.DENIED) == []


def test_saving_a_restricted_case_is_no_denial(desk, hidden):
    form = Form(desk, f"/admin/incidents/incident/{hidden['case']}/change/", "incident_form")
    assert form.send("_save").status_code == 302
    assert lines(Act.DENIED) == []


def test_a_stale_form_opens_nothing(sana, hidden):
    client = Client(enforce_csrf_checks=True)
    client.cookies = at_work(sana).cookies
    client.post(
        f"/admin/incidents/incident/{hidden['case']}/change/",
        {"title": "x", "csrfmiddlewaretoken": "a" * 64},
        headers={"origin": "http://testserver"},
    )
    assert lines(Act.OPENED) == []


def test_the_numbers_of_very_many_cases_are_not_cut_in_the_middle():
    note = _numbers(range(100_000, 100_100))
    shown = note.partition(" + ")[0].split(", ")
    assert all(len(number) == 6 for number in shown)
    assert len(shown) + int(note.partition(" + ")[2]) == 100


OF_NO_CASE = {
    "accessevent",
    "agency",
    "expunging",
    "job",
    "savedquery",
    "sourcelist",
    "staffmember",
}
"""Sections below ``incidents`` whose rows tell of no case."""

SAYS_ITSELF = {"incidents_person_pair", "incidents_person_pair_merge", "incidents_person_separate"}


def _addresses(resolver, before=""):
    for each in resolver.url_patterns:
        address = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from _addresses(each, address)
        else:
            yield address, each.name


def test_every_address_of_a_row_is_known_to_the_log():
    """A new page is either about a row whose cases can be told, or says what it shows."""
    unknown = []
    for address, name in _addresses(get_resolver()):
        if not address.startswith("admin/incidents/") or "<" not in address or name is None:
            continue
        model = subject_model(name)
        told = name in SAYS_ITSELF or (
            model is not None
            and re.search("<[a-z:]*(pk|object_id)>", address)
            and (
                model._meta.model_name in OF_NO_CASE
                or concrete(model) in {*LINKS, *CASES_OF, Incident, ImportBatch}
            )
        )
        if not told:
            unknown.append(name)
    assert unknown == []


def concrete(model):
    return model._meta.concrete_model


def test_what_an_administrator_does_to_an_account_is_told_to_its_owner_alone(
    office, desk, sana, head
):
    page = f"/admin/incidents/staffmember/{sana.pk}"
    office.post(f"{page}/one-time-password/")
    office.post(f"{page}/lock/", {"reason": "x"})
    office.post(f"{page}/unlock/", {"reason": "y"})
    done = {Act.PASSWORD_GIVEN, Act.SESSION_ENDED, Act.FROZEN, Act.UNFROZEN}
    told = set(AccessEvent.objects.told_to(sana).values_list("act", flat=True))
    assert told == {Act.LOGGED_IN, *done}
    assert set(AccessEvent.objects.told_to(head).values_list("act", flat=True)) == {Act.LOGGED_IN}


def test_a_refused_change_of_rights_is_a_denial_and_not_asked_for_a_proof(desk, sana):
    session = desk.session
    for each in session["account_authentication_methods"]:
        each["at"] -= 3_600
    session.save()
    assert desk.get(f"/admin/incidents/staffmember/{sana.pk}/change/").status_code == 403


def test_reading_an_open_case_is_not_noted(desk):
    case = make.incident("A march")
    person = make.person("Sami")
    make.violation(case, person)
    desk.get(f"/admin/incidents/incident/{case.pk}/change/")
    desk.get(f"/admin/incidents/person/{person.pk}/change/")
    assert lines(Act.OPENED) == []


@pytest.mark.parametrize("page", ["incident/{case}/change/", "person/{person}/change/"])
def test_asking_for_a_case_one_may_not_know_of_is_noted_and_answered_as_if_it_were_not(
    hidden, page
):
    other = at_work(with_app(make.staff(roles.DATA_ENTRY)))
    path = f"/admin/incidents/{page.format(**hidden)}"
    nowhere = "/admin/incidents/incident/999999/change/"
    assert other.get(path).status_code == other.get(nowhere).status_code == 302
    assert [line[0] for line in lines(Act.DENIED, Act.OPENED)] == [Act.DENIED]


def test_a_denial_is_noted(desk, sana):
    assert desk.get(f"/admin/incidents/staffmember/{sana.pk}/change/").status_code == 403
    assert lines(Act.DENIED) == [(Act.DENIED, "staffmember_change", str(sana.pk), "")]


def test_a_search_is_noted_without_its_words(desk):
    desk.get("/admin/incidents/incident/?q=Balaach")
    desk.get("/admin/incidents/incident/?stage=draft")
    assert lines(Act.SEARCHED) == [(Act.SEARCHED, "incident", "", "")]
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM incidents_accessevent")
        assert "Balaach" not in str(cursor.fetchall())


def test_an_administrator_reads_the_log_and_finds_in_it(office, hidden, desk):
    desk.get(f"/admin/incidents/incident/{hidden['case']}/change/")
    page = office.get("/admin/incidents/accessevent/?act=opened").content.decode()
    assert "opened a restricted case" in page
    assert "Somebody is taken" not in page


@pytest.mark.parametrize("path", ["add/", "{pk}/delete/"])
def test_an_administrator_adds_and_removes_nothing(office, path):
    pk = AccessEvent.objects.first().pk
    assert office.get(f"/admin/incidents/accessevent/{path.format(pk=pk)}").status_code == 403


def test_an_administrator_changes_nothing(office):
    pk = AccessEvent.objects.first().pk
    path = f"/admin/incidents/accessevent/{pk}/change/"
    assert office.get(path).status_code == 200
    assert office.post(path, {"note": "nothing happened"}).status_code == 403


@pytest.mark.parametrize("group", [roles.DATA_ENTRY, roles.REVIEWER, roles.PUBLISHER])
def test_nobody_else_reads_it(group):
    client = at_work(with_app(make.staff(group)))
    assert client.get("/admin/incidents/accessevent/").status_code == 403


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE incidents_accessevent SET note = 'x'",
        "DELETE FROM incidents_accessevent",
        "TRUNCATE incidents_accessevent",
    ],
)
def test_the_database_refuses_to_rewrite_it_even_to_its_owner(desk, statement):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE incidents_accessevent ENABLE TRIGGER access_no_truncate")
        with pytest.raises(DatabaseError, match="append-only"):
            cursor.execute(statement)


def test_the_list_needs_as_many_queries_for_many_lines_as_for_few(
    office, head, django_assert_max_num_queries
):
    for _each in range(30):
        AccessEvent.objects.create(act=Act.SEARCHED, member=head, about=head)
    office.get("/admin/")
    with django_assert_max_num_queries(9):
        office.get("/admin/incidents/accessevent/")


def test_its_table_is_granted_as_a_log_and_never_to_the_public():
    from config.grants import grants

    given = grants([*LOGS, "record_revision"], [], 180_000)
    assert "incidents_linkcheck" in LOGS
    of_the_log = [
        (grant.role, grant.rights) for grant in given if not {*LOGS}.isdisjoint(grant.tables)
    ]
    assert of_the_log == [(APP, "SELECT, INSERT")]
    assert READER not in dict(of_the_log)


def offered(browser, term, field="person"):
    """What a box offers while somebody types."""
    asked = {"app_label": "incidents", "model_name": "violation", "field_name": field, "term": term}
    return browser.get("/admin/autocomplete/", asked)


def test_what_a_box_offers_is_noted_once_a_quarter_of_an_hour_without_the_words(desk):
    for term in ("B", "Ba", "Bal"):
        assert offered(desk, term).status_code == 200
    offered(desk, "Kec", field="area")
    offered(desk, "")
    assert lines(Act.SEARCHED) == [
        (Act.SEARCHED, "violation.person", "", ""),
        (Act.SEARCHED, "violation.area", "", ""),
    ]


def test_a_list_of_choices_that_was_only_opened_is_no_search(desk):
    offered(desk, " ")
    assert lines(Act.SEARCHED) == []
