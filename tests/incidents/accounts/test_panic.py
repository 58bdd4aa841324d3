"""Panic: one act ends all sessions of somebody and locks their account."""

import io

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.utils import timezone

from incidents.accounts.freezing import freeze, unfreeze
from incidents.models import AccessEvent, StaffMember
from tests.incidents.accounts.people import (
    Act,
    acts,
    at_work,
    browser,
    code,
    enter_code,
    enter_password,
    is_in,
    log_in,
)

pytestmark = pytest.mark.django_db

PANIC = "/admin/account/panic/"


def reason():
    return AccessEvent.objects.filter(act__in=(Act.FROZEN, Act.UNFROZEN)).first().note


def test_one_post_ends_all_sessions_and_locks_the_account(desk, sana):
    telephone = at_work(sana)
    answer = desk.post(PANIC, {"sure": "yes"})
    assert answer["Location"] == "/admin/account/locked/"
    assert "locked" in desk.get(answer["Location"]).content.decode()
    assert (is_in(desk), is_in(telephone)) == (False, False)
    assert enter_password(browser(), sana)["Location"] == "/admin/account/locked/"
    assert Act.FROZEN in acts(sana)
    assert Act.LOCKED_OUT in acts(sana)


def test_the_box_has_to_be_ticked(desk, sana):
    desk.post(PANIC)
    assert is_in(desk)
    assert Act.FROZEN not in acts()


def test_nothing_happens_by_following_a_link(desk):
    assert desk.get(PANIC).status_code == 405
    assert is_in(desk)


def test_a_login_that_is_half_done_goes_no_further(desk, sana):
    other = browser()
    enter_password(other, sana)
    desk.post(PANIC, {"sure": "yes"})
    assert enter_code(other, code(step=1))["Location"] == "/admin/account/locked/"
    assert not is_in(other)


def test_a_session_that_was_missed_is_nobodys(desk, sana):
    sana.frozen_at = AccessEvent.objects.first().at
    sana.save()
    assert not is_in(desk)


def test_an_administrator_locks_and_another_unlocks_with_a_reason(office, desk, sana, head):
    page = f"/admin/incidents/staffmember/{sana.pk}"
    assert office.get(f"{page}/lock/").status_code == 200
    office.post(f"{page}/lock/", {"reason": "did not come back from the court"})
    assert not is_in(desk)
    assert reason() == "did not come back from the court"
    office.post(f"{page}/unlock/", {"reason": ""})
    sana.refresh_from_db()
    assert sana.is_frozen
    office.post(f"{page}/unlock/", {"reason": "seen in person"})
    log_in(desk, sana)
    assert is_in(desk)
    assert acts(head)[-2:] == [Act.SESSION_ENDED, Act.UNFROZEN]


def test_nobody_unlocks_their_own_account(office, head):
    page = f"/admin/incidents/staffmember/{head.pk}/unlock/"
    office.post(page, {"reason": "it is me"})
    assert Act.UNFROZEN not in acts()


@pytest.mark.parametrize("step", ["lock", "unlock", "remove-second-factor"])
def test_only_administrators_do_this(desk, head, step):
    path = f"/admin/incidents/staffmember/{head.pk}/{step}/"
    assert desk.get(path).status_code == 403
    assert desk.post(path, {"reason": "x"}).status_code == 403
    head.refresh_from_db()
    assert not head.is_frozen


def test_the_account_is_locked_from_the_server_as_well(desk, sana):
    out = io.StringIO()
    call_command("freeze_account", sana.username, stdout=out)
    assert f"Locked: {sana.username}. Sessions ended: 1." in out.getvalue()
    assert not is_in(desk)
    assert reason() == "at the server"


def test_the_only_administrator_gets_back_in_from_the_server(office, head):
    office.post(PANIC, {"sure": "yes"})
    out = io.StringIO()
    call_command("unfreeze_account", head.username, reason="alone", anew=True, stdout=out)
    password = out.getvalue().partition("password: ")[2].strip()
    client = browser()
    enter_password(client, head, password)
    assert client.get("/admin/")["Location"] == "/admin/password_change/"


@pytest.mark.parametrize("command", ["freeze_account", "unfreeze_account"])
def test_a_name_that_nobody_has_is_an_error(command):
    with pytest.raises(CommandError, match="There is no account “nobody”"):
        call_command(command, "nobody", reason="x")


def test_the_history_keeps_who_was_locked(desk, sana):
    desk.post(PANIC, {"sure": "yes"})
    assert sana.events.filter(frozen_at__isnull=False).exists()


def test_unlocking_ends_a_session_that_was_begun_in_the_moment_of_the_lock(desk, sana, head):
    StaffMember.objects.filter(pk=sana.pk).update(frozen_at=timezone.now())
    unfreeze(sana, by=head, reason="seen in person")
    assert not is_in(desk)


def test_an_account_is_locked_by_what_it_is_now_and_not_by_what_was_read_before(sana, head):
    stale = StaffMember.objects.get(pk=sana.pk)
    freeze(sana, by=head)
    locked_at = StaffMember.objects.get(pk=sana.pk).frozen_at
    freeze(stale, by=head)
    assert StaffMember.objects.get(pk=sana.pk).frozen_at == stale.frozen_at == locked_at


def test_an_account_that_is_closed_between_the_two_steps_stays_out(sana):
    client = browser()
    enter_password(client, sana)
    StaffMember.objects.filter(pk=sana.pk).update(is_active=False)
    enter_code(client)
    assert not is_in(client)


def test_a_start_anew_that_is_refused_changes_nothing(sana):
    freeze(sana, by=None)
    password = StaffMember.objects.get(pk=sana.pk).password
    with pytest.raises(CommandError, match="Say why"):
        call_command("unfreeze_account", sana.username, reason=" ", anew=True)
    sana.refresh_from_db()
    assert (sana.password, sana.is_frozen) == (password, True)
    assert Authenticator.objects.filter(user=sana).exists()


def test_a_start_anew_is_told_to_the_owner(sana):
    freeze(sana, by=None)
    call_command(
        "unfreeze_account", sana.username.upper(), reason="x", anew=True, stdout=io.StringIO()
    )
    told = [line.act for line in AccessEvent.objects.told_to(sana)]
    assert told == [Act.UNFROZEN, Act.PASSWORD_GIVEN, Act.FACTOR_REMOVED, Act.FROZEN]
