"""A session that ends in mid-form: log in again and go on with all that was typed."""

import html
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from incidents.models import StaffSession
from tests.incidents import factories as make
from tests.incidents.accounts.people import (
    at_work,
    browser,
    enter_code,
    enter_password,
    log_in,
    with_app,
)
from tests.incidents.admin.pages import Form

pytestmark = pytest.mark.django_db

TYPED = "He was taken from his shop.\r\nTwo cars, “no plates”.\r\nان کی دکان سے"


@pytest.fixture
def case():
    return make.incident("A shop is searched")


def expire():
    StaffSession.objects.all().delete()


def typed_into(desk, case):
    """A form of the case with a text in it, sent after the session has ended."""
    form = Form(desk, f"/admin/incidents/incident/{case.pk}/change/", "incident_form")
    form.fill(internal_notes=TYPED)
    expire()
    return form.send("_save")


def hidden_on(page):
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    return {
        html.unescape(name): html.unescape(value)
        for name, value in found
        if name != "csrfmiddlewaretoken"
    }


def test_what_was_typed_is_sent_again_after_logging_in(desk, sana, case):
    answer = typed_into(desk, case)
    assert answer["Location"].startswith("/admin/login/?next=")
    assert "what you typed is kept" in desk.get(answer["Location"]).content.decode()
    assert log_in(desk, sana)["Location"] == "/admin/account/continue/"
    page = desk.get("/admin/account/continue/").content.decode()
    path = f"/admin/incidents/incident/{case.pk}/change/"
    assert f'<form method="post" action="{path}">' in page
    assert desk.post(path, hidden_on(page)).status_code == 302
    case.refresh_from_db()
    assert case.internal_notes == TYPED
    assert desk.get("/admin/account/continue/")["Location"] == "/admin/"


def test_several_values_of_one_name_all_come_back(desk, sana):
    expire()
    desk.post("/admin/incidents/incident/add/", {"kinds": ["a", "b"], "title": "x"})
    log_in(desk, sana)
    page = desk.get("/admin/account/continue/").content.decode()
    assert page.count('name="kinds"') == 2


def test_somebody_else_at_the_same_computer_does_not_see_it(desk, case):
    typed_into(desk, case)
    other = with_app(make.staff())
    assert log_in(desk, other)["Location"] == "/admin/"
    assert desk.get("/admin/account/continue/")["Location"] == "/admin/"
    assert "kept" not in desk.session


def test_it_can_be_thrown_away(desk, sana, case):
    typed_into(desk, case)
    log_in(desk, sana)
    answer = desk.post("/admin/account/continue/")
    assert answer["Location"] == f"/admin/incidents/incident/{case.pk}/change/"
    case.refresh_from_db()
    assert case.internal_notes == ""
    assert "kept" not in desk.session


def test_the_page_says_that_files_have_to_be_chosen_again(desk, sana):
    expire()
    file = SimpleUploadedFile("list.csv", b"a,b")
    desk.post("/admin/incidents/importbatch/add/", {"title": "x", "file": file})
    log_in(desk, sana)
    page = desk.get("/admin/account/continue/").content.decode()
    assert "Choose them again" in page
    assert "a,b" not in page


def test_nobody_leaves_text_in_the_database_without_having_been_in(case):
    stranger = browser()
    answer = stranger.post("/admin/incidents/incident/add/", {"title": "x" * 1_000})
    assert answer.status_code == 302
    assert not StaffSession.objects.exists()


def test_a_password_is_never_kept(desk):
    expire()
    form = {"old_password": "a", "new_password1": "b", "new_password2": "b"}
    desk.post("/admin/password_change/", form)
    assert not StaffSession.objects.exists()


def test_it_lies_sealed_in_the_database(desk, case):
    typed_into(desk, case)
    with connection.cursor() as cursor:
        cursor.execute("SELECT session_data FROM incidents_staffsession")
        assert "plates" not in str(cursor.fetchall())


def test_it_does_not_come_out_between_the_password_and_the_second_factor(desk, sana, case):
    typed_into(desk, case)
    enter_password(desk, sana)
    assert "/login/" in desk.get("/admin/account/continue/")["Location"]
    enter_code(desk)


def strict(member):
    client = Client(enforce_csrf_checks=True)
    easy = at_work(member)
    client.cookies = easy.cookies
    return client


def test_a_form_from_before_a_new_login_in_another_tab_is_offered_again(sana):
    client = strict(sana)
    stale = {"title": "typed for long", "csrfmiddlewaretoken": "a" * 64}
    answer = client.post(
        "/admin/incidents/incident/add/", stale, headers={"origin": "http://testserver"}
    )
    assert answer.status_code == 403
    assert 'name="title" value="typed for long"' in answer.content.decode()


def test_a_password_from_before_a_new_login_is_not_shown_again(sana):
    client = strict(sana)
    form = {"old_password": "my old password", "csrfmiddlewaretoken": "a" * 64}
    answer = client.post("/admin/password_change/", form, headers={"origin": "http://testserver"})
    assert answer.status_code == 403
    assert "my old password" not in answer.content.decode()


@pytest.mark.parametrize("origin", [{"origin": "https://elsewhere.example"}, {}])
def test_a_form_of_another_site_is_refused(sana, origin):
    client = strict(sana)
    stale = {"title": "x", "csrfmiddlewaretoken": "a" * 64}
    answer = client.post("/admin/incidents/incident/add/", stale, headers=origin)
    assert answer.status_code == 403


@pytest.mark.parametrize(
    "path",
    [
        "incidents/staffmember/add/",
        "incidents/staffmember/1/change/",
        "incidents/staffmember/1/unlock/",
        "incidents/incident/1/publication/",
        "incidents/incident/1/merge/",
        "incidents/person/1/withdraw/",
        "incidents/person/1/take-down/",
        "incidents/incident/",
        "api/issuedtoken/add/",
        "api/issuedtoken/1/revoke/",
    ],
)
@pytest.mark.parametrize("language", ["", "/ur"])
def test_a_form_that_gives_rights_or_acts_at_once_is_never_left_for_the_next_one(
    desk, path, language
):
    expire()
    desk.post(f"{language}/admin/{path}", {"username": "planted", "groups": "1"})
    assert not StaffSession.objects.exists()


def test_the_page_shows_where_the_form_goes_and_all_that_it_holds(desk, sana, case):
    expire()
    path = f"/admin/incidents/incident/{case.pk}/change/"
    planted = {
        "title": "x",
        "restricted": "",
        "violations-TOTAL_FORMS": "1",
        "internal_notes": "<b>",
    }
    desk.post(path, planted)
    log_in(desk, sana)
    page = desk.get("/admin/account/continue/").content.decode()
    assert f'incident <bdi dir="ltr">{path}</bdi>' in page
    assert re.findall(r"<dt><bdi>(.*?)</bdi></dt><dd dir=\"auto\">(.*?)</dd>", page) == [
        ("title", "x"),
        ("internal notes", "&lt;b&gt;"),
    ]
