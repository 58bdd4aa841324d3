"""Whoever guesses is slowed down; the owner is not kept out."""

import pytest

from incidents.accounts import slowing
from incidents.models import LoginTries, StaffMember
from tests.incidents import factories
from tests.incidents.accounts.people import (
    Act,
    acts,
    at_work,
    browser,
    code,
    enter_code,
    enter_password,
    errors_on,
    is_in,
    log_in,
    since_the_last_try,
    wrong_code,
)

pytestmark = pytest.mark.django_db


def fail(client, member, times):
    return [errors_on(enter_password(client, member, "wrong")) for _each in range(times)]


def has_to_wait(answer):
    return "Too many failed attempts" in str(errors_on(answer))


def test_after_fifty_failures_from_elsewhere_the_owner_still_enters_at_their_own_browser(sana):
    desk = at_work(sana)
    desk.post("/admin/logout/")
    attacker = browser()
    assert "Too many" in str(fail(attacker, sana, 50))
    log_in(desk, sana)
    assert is_in(desk)
    since_the_last_try(0)
    assert has_to_wait(enter_password(attacker, sana))


def test_fifty_failures_from_many_networks_do_not_keep_the_owner_out_either(sana):
    desk = at_work(sana)
    desk.post("/admin/logout/")
    for number in range(55):
        client = browser()
        client.defaults["REMOTE_ADDR"] = f"192.0.2.{number}"
        enter_password(client, sana, "wrong")
    since_the_last_try(0)
    stranger = browser()
    stranger.defaults["REMOTE_ADDR"] = "198.51.100.1"
    assert has_to_wait(enter_password(stranger, sana))
    log_in(desk, sana)
    assert is_in(desk)


def test_a_right_password_is_refused_as_well_while_one_has_to_wait(sana):
    client = browser()
    fail(client, sana, slowing.FREE_AT_ONES_OWN)
    assert has_to_wait(enter_password(client, sana))
    assert Act.SLOWED in acts(sana)


def test_whoever_goes_on_trying_does_not_fill_the_log(sana):
    client = browser()
    fail(client, sana, slowing.FREE_AT_ONES_OWN)
    since_the_last_try(0)
    fail(client, sana, 4)
    assert acts(sana).count(Act.SLOWED) == 1
    lines = len(acts())
    sana.username = "nobody-at-all"
    since_the_last_try(0)
    fail(client, sana, slowing.FREE_AT_ONES_OWN + 3)
    assert len(acts()) <= lines + slowing.FREE_AT_ONES_OWN + 1


def test_waiting_helps(sana):
    client = browser()
    fail(client, sana, slowing.FREE_AT_ONES_OWN)
    since_the_last_try(slowing.FIRST_WAIT + 1)
    assert enter_password(client, sana).status_code == 302


def test_each_failure_doubles_the_wait_up_to_a_quarter_of_an_hour(sana):
    client = browser()
    fail(client, sana, slowing.FREE_AT_ONES_OWN)
    for wait in (5, 10, 20, 40):
        since_the_last_try(wait / 2)
        assert has_to_wait(enter_password(client, sana, "wrong"))
        since_the_last_try(wait + 1)
        assert not has_to_wait(enter_password(client, sana, "wrong"))
    LoginTries.objects.update(tries=1_000)
    since_the_last_try(slowing.LONGEST_WAIT - 60)
    assert has_to_wait(enter_password(client, sana))
    since_the_last_try(slowing.LONGEST_WAIT + 1)
    assert enter_password(client, sana).status_code == 302


def test_an_attempt_while_one_has_to_wait_makes_nothing_longer(sana):
    client = browser()
    fail(client, sana, slowing.FREE_AT_ONES_OWN)
    since_the_last_try(0)
    fail(client, sana, 3)
    since_the_last_try(slowing.FIRST_WAIT + 1)
    assert enter_password(client, sana).status_code == 302


def test_failures_are_forgotten_after_an_hour(sana):
    client = browser()
    fail(client, sana, slowing.FREE_AT_ONES_OWN)
    since_the_last_try(slowing.FORGOTTEN_AFTER + 1)
    assert not any("Too many" in str(errors) for errors in fail(client, sana, 5))


def test_one_network_cannot_try_a_few_passwords_at_every_account(sana):
    client = browser()
    for _each in range(slowing.FREE_FROM_A_NETWORK):
        enter_password(client, factories.staff(), "wrong")
    assert has_to_wait(enter_password(client, sana))


def test_a_success_at_one_account_does_not_clear_failures_at_another(sana):
    client = browser()
    fail(client, sana, slowing.FREE_AT_ONES_OWN)
    enter_password(client, factories.staff())
    client = browser()
    assert has_to_wait(enter_password(client, sana))


def test_a_name_that_nobody_has_is_slowed_like_any_other():
    client = browser()
    member = factories.staff()
    member.username = "nobody-at-all"
    fail(client, member, slowing.FREE_AT_ONES_OWN)
    assert has_to_wait(enter_password(client, member))


def test_codes_are_slowed_like_passwords(sana):
    client = browser()
    enter_password(client, sana)
    for _each in range(slowing.FREE_AT_ONES_OWN):
        enter_code(client, wrong_code())
    assert "Too many" in str(errors_on(enter_code(client, code())))
    assert not is_in(client)


def test_the_present_password_cannot_be_guessed_at_a_desk_that_was_left_open(desk, sana):
    form = {"old_password": "wrong", "new_password1": "x" * 14, "new_password2": "x" * 14}
    for _each in range(slowing.FREE_AT_ONES_OWN):
        desk.post("/admin/password_change/", form)
    assert has_to_wait(desk.post("/admin/password_change/", form))
    assert acts(sana).count(Act.PASSWORD_REFUSED) == slowing.FREE_AT_ONES_OWN


def test_a_new_one_time_password_lets_a_new_browser_in_again(sana, office):
    for number in range(55):
        client = browser()
        client.defaults["REMOTE_ADDR"] = f"192.0.2.{number}"
        enter_password(client, sana, "wrong")
    page = office.post(f"/admin/incidents/staffmember/{sana.pk}/one-time-password/")
    password = page.context["password"]
    stranger = browser()
    stranger.defaults["REMOTE_ADDR"] = "198.51.100.1"
    assert enter_password(stranger, sana, password).status_code == 302


def test_a_forged_cookie_makes_no_browser_known(sana):
    client = browser()
    client.cookies["known"] = "x:y:z"
    fail(client, sana, slowing.FREE_AT_ONES_OWN)
    client.cookies["known"] = "other:y:z"
    assert has_to_wait(enter_password(client, sana))


def test_what_is_counted_names_nobody(sana):
    fail(browser(), sana, 2)
    rows = str(list(LoginTries.objects.values()))
    assert sana.username not in rows
    assert "127.0.0.1" not in rows


def test_a_network_that_has_to_wait_leaves_no_row_for_each_name_it_tries():
    client = browser()
    for number in range(slowing.FREE_FROM_A_NETWORK):
        enter_password(client, StaffMember(username=f"guess-{number}"), "wrong")
    rows = LoginTries.objects.count()
    assert has_to_wait(enter_password(client, StaffMember(username="one-more"), "wrong"))
    assert LoginTries.objects.count() == rows
