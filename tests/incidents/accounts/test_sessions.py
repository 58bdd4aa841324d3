"""Sessions: short, listed, ended for good."""

import time
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from incidents.models import AccessEvent, StaffSession
from tests.incidents.accounts.people import (
    PASSWORD,
    Act,
    acts,
    at_work,
    browser,
    is_in,
    log_in,
)

pytestmark = pytest.mark.django_db


def stolen(client):
    """Another browser that holds a copy of the session's cookie."""
    thief = browser()
    thief.cookies["sessionid"] = client.cookies["sessionid"].value
    return thief


def test_a_copied_cookie_opens_nothing_after_logging_out_and_is_logged(desk, sana):
    thief = stolen(desk)
    assert is_in(thief)
    desk.post("/admin/logout/")
    assert not is_in(thief)
    assert acts(sana) == [Act.LOGGED_IN, Act.LOGGED_OUT, Act.ENDED_SESSION_USED]


def test_a_copied_cookie_is_logged_once_a_quarter_of_an_hour(desk, sana):
    cookie = desk.cookies["sessionid"].value
    desk.post("/admin/logout/")
    for _again in range(3):
        thief = browser()
        thief.cookies["sessionid"] = cookie
        assert not is_in(thief)
    assert acts(sana).count(Act.ENDED_SESSION_USED) == 1


def test_a_cookie_that_never_was_ours_leaves_no_line(sana):
    guest = browser()
    guest.cookies["sessionid"] = "a" * 32
    assert not is_in(guest)
    assert acts() == []


def test_logging_out_needs_a_post(desk):
    assert desk.get("/admin/logout/").status_code == 405
    assert is_in(desk)


def test_half_an_hour_without_use_ends_a_session(desk):
    row = StaffSession.objects.get()
    left = row.expire_date - timezone.now()
    assert timedelta(minutes=29) < left <= timedelta(minutes=30)
    StaffSession.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert not is_in(desk)


def test_use_keeps_a_session_open_and_writes_at_most_once_a_minute(desk):
    is_in(desk)
    StaffSession.objects.update(expire_date=timezone.now() + timedelta(minutes=5))
    is_in(desk)
    assert StaffSession.objects.get().expire_date < timezone.now() + timedelta(minutes=6)
    session = desk.session
    session["used"] -= 61
    session.save()
    StaffSession.objects.update(expire_date=timezone.now() + timedelta(minutes=5))
    is_in(desk)
    assert StaffSession.objects.get().expire_date > timezone.now() + timedelta(minutes=29)


def test_twelve_hours_end_a_session_that_is_in_use(desk, sana):
    session = desk.session
    session["begun"] = int(time.time()) - 12 * 60 * 60 - 1
    session.save()
    assert not is_in(desk)
    assert acts() == [Act.LOGGED_IN, Act.SESSION_TOO_OLD]


def test_the_list_says_which_browser_in_words_and_no_address(sana):
    client = at_work(sana)
    page = client.get("/admin/account/").content.decode()
    assert "Firefox, Android" in page
    assert "this one" in page
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM incidents_staffsession")
        assert "127.0.0.1" not in str(cursor.fetchall())
    assert client.session.session_key not in page


def test_the_list_tells_the_quarter_of_an_hour_and_no_more(sana):
    row = StaffSession(used_at=timezone.now().replace(minute=44, second=59))
    assert (row.used_about.minute, row.used_about.second) == (30, 0)


def test_another_session_is_ended_at_once(desk, sana):
    other = at_work(sana, **{"user-agent": "Mozilla/5.0 (Windows NT 10.0) Chrome/140 Safari/537"})
    page = desk.get("/admin/account/").content.decode()
    assert "Chrome, Windows" in page
    sign = page.partition('name="session" value="')[2].partition('"')[0]
    desk.post("/admin/account/sessions/end/", {"session": sign})
    assert (is_in(desk), is_in(other)) == (True, False)
    assert Act.SESSION_ENDED in acts(sana)


def test_all_others_are_ended_at_once(desk, sana):
    others = [at_work(sana) for _each in range(2)]
    desk.post("/admin/account/sessions/end/")
    assert [is_in(each) for each in (desk, *others)] == [True, False, False]


def test_nobody_ends_a_session_of_somebody_else(desk, office, head):
    sign = AccessEvent.objects.filter(member=head).first().session
    desk.post("/admin/account/sessions/end/", {"session": sign})
    assert is_in(office)


def test_the_list_of_sessions_needs_few_queries_however_many_there_are(
    desk, sana, django_assert_max_num_queries
):
    for _each in range(5):
        log_in(browser(), sana)
    is_in(desk)
    with django_assert_max_num_queries(9):
        desk.get("/admin/account/")


def test_what_a_session_holds_is_sealed(desk):
    with connection.cursor() as cursor:
        cursor.execute("SELECT session_data FROM incidents_staffsession")
        (data,) = cursor.fetchone()
    assert data.startswith("gAAAA")


def test_a_session_sealed_with_a_lost_key_is_over(desk, settings):
    settings.GAWAH_ACCOUNT_KEYS = ["another"]
    assert not is_in(desk)


def test_a_new_password_ends_all_other_sessions(desk, sana):
    other = at_work(sana)
    new = "three blue donkeys in Gwadar"
    form = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    assert desk.post("/admin/password_change/", form).status_code == 302
    assert (is_in(desk), is_in(other)) == (True, False)
    assert StaffSession.objects.open().of(sana).count() == 1
    assert Act.PASSWORD_CHANGED in acts(sana)


@pytest.mark.parametrize(
    "path",
    ["login/", "account/", "account/second-factor/", "account/locked/", "incidents/incident/"],
)
def test_no_page_of_the_staff_side_stays_on_the_computer(desk, path):
    answer = desk.get(f"/admin/{path}")
    assert answer.status_code in (200, 302)
    assert "no-store" in answer.headers["Cache-Control"]
