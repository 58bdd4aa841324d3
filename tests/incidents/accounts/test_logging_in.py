"""The way in: password, second factor, and what is refused on it."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

from incidents.models import AccessEvent, SpentCode
from tests.incidents import factories
from tests.incidents.accounts.people import (
    PASSWORD,
    SECRET,
    Act,
    acts,
    at_work,
    browser,
    code,
    enter_code,
    enter_password,
    errors_on,
    is_in,
    with_app,
    wrong_code,
)

pytestmark = pytest.mark.django_db


def test_password_and_code_open_the_staff_side(sana):
    client = browser()
    assert enter_password(client, sana)["Location"] == "/admin/account/second-factor/authenticate/"
    assert not is_in(client)
    assert enter_code(client)["Location"] == "/admin/"
    assert is_in(client)
    assert acts(sana) == [Act.LOGGED_IN]
    assert AccessEvent.objects.get().note == "password, totp"


def test_the_page_that_was_asked_for_opens_after_both_factors(sana):
    client = browser()
    asked = client.get("/admin/incidents/incident/?q=Turbat")
    login = asked["Location"]
    assert login.startswith("/admin/login/?next=")
    client.post(login, {"login": sana.username, "password": PASSWORD})
    assert enter_code(client)["Location"] == "/admin/incidents/incident/?q=Turbat"


def test_a_wrong_password_is_refused_and_logged_without_it(sana):
    answer = enter_password(browser(), sana, "open sesame, please")
    assert errors_on(answer) == ["<li>User name and password do not fit.</li>"]
    line = AccessEvent.objects.get()
    assert (line.act, line.member) == (Act.PASSWORD_REFUSED, sana)
    assert "sesame" not in str(line.__dict__)


def test_a_name_that_nobody_has_is_refused_alike_and_not_kept(sana):
    client = browser()
    unknown = client.post("/admin/login/", {"login": "my-own-password", "password": "x" * 12})
    assert errors_on(unknown) == errors_on(enter_password(browser(), sana, "wrong"))
    line = AccessEvent.objects.order_by("pk").first()
    assert (line.act, line.member) == (Act.PASSWORD_REFUSED, None)
    assert "my-own-password" not in str(line.__dict__)


def test_a_wrong_code_is_refused_and_logged(sana):
    client = browser()
    enter_password(client, sana)
    assert "not right" in errors_on(enter_code(client, wrong_code()))[0]
    assert not is_in(client)
    assert acts(sana) == [Act.CODE_REFUSED]


def test_a_code_is_good_once(sana):
    first, second = browser(), browser()
    enter_password(first, sana)
    enter_password(second, sana)
    shown = code()
    assert enter_code(first, shown).status_code == 302
    assert "used before" in errors_on(enter_code(second, shown))[0]
    assert not is_in(second)
    assert acts(sana) == [Act.LOGGED_IN, Act.CODE_REPLAYED]


def test_a_code_with_a_space_in_it_is_the_same_code(sana):
    first, second = browser(), browser()
    enter_password(first, sana)
    enter_password(second, sana)
    shown = code()
    assert enter_code(first, f"{shown[:3]} {shown[3:]}").status_code == 302
    enter_code(second, shown)
    assert not is_in(second)


def test_a_code_of_a_clock_that_is_half_a_minute_off_is_good_once(sana):
    for expected in (True, False):
        client = browser()
        enter_password(client, sana)
        enter_code(client, code(step=-1))
        assert is_in(client) is expected


def test_a_recovery_code_opens_once(sana):
    codes = RecoveryCodes(Authenticator.objects.get(user=sana, type="recovery_codes"))
    spare = codes.get_unused_codes()[0]
    for expected in (True, False):
        SpentCode.objects.all().delete()
        client = browser()
        enter_password(client, sana)
        enter_code(client, spare)
        assert is_in(client) is expected


@pytest.mark.parametrize("field", ["is_active", "is_staff"])
def test_an_account_that_was_closed_opens_to_nobody(sana, field):
    setattr(sana, field, False)
    sana.save()
    client = browser()
    assert enter_password(client, sana)["Location"] == "/admin/account/locked/"
    assert acts(sana) == [Act.LOCKED_OUT]


def test_the_secret_of_an_app_does_not_stand_in_the_database(sana):
    stored = Authenticator.objects.get(user=sana, type="totp").data["secret"]
    assert SECRET not in stored


def test_a_secret_sealed_with_an_older_key_still_opens(sana, settings):
    settings.GAWAH_ACCOUNT_KEYS = ["old"]
    Authenticator.objects.filter(user=sana).delete()
    with_app(sana)
    settings.GAWAH_ACCOUNT_KEYS = ["new", "old"]
    at_work(sana)


def test_a_secret_under_a_lost_key_opens_to_no_code(sana, settings):
    settings.GAWAH_ACCOUNT_KEYS = ["another"]
    client = browser()
    enter_password(client, sana)
    for text in (code(), code(secret="A" * 32), "000000"):
        enter_code(client, text)
    assert not is_in(client)


def test_nobody_signs_up_and_nobody_gets_mail():
    client = browser()
    for path in ("signup/", "account/email/", "account/password/reset/", "password/reset/"):
        assert client.get(f"/admin/{path}").status_code in (302, 404)
    assert "sign" not in client.get("/admin/login/").content.decode().lower()


def test_the_code_that_sets_an_app_up_does_not_log_in():
    member = factories.staff()
    client = at_work(member)
    client.get("/admin/account/second-factor/totp/activate/")
    secret = client.session["mfa.totp.secret"]
    shown = code(secret)
    answer = client.post("/admin/account/second-factor/totp/activate/", {"code": shown})
    assert answer["Location"] == "/admin/account/second-factor/recovery-codes/"
    other = browser()
    enter_password(other, member)
    enter_code(other, shown)
    assert not is_in(other)
    assert Act.CODE_REPLAYED in acts(member)


def test_recovery_codes_are_shown_once(sana):
    member = factories.staff()
    client = at_work(member)
    client.get("/admin/account/second-factor/totp/activate/")
    shown = code(client.session["mfa.totp.secret"])
    client.post("/admin/account/second-factor/totp/activate/", {"code": shown})
    codes = RecoveryCodes(Authenticator.objects.get(user=member, type="recovery_codes"))
    spare = codes.get_unused_codes()[0]
    path = "/admin/account/second-factor/recovery-codes/"
    assert spare in client.get(path).content.decode()
    assert spare not in client.get(path).content.decode()
    assert client.get(path + "download/").status_code in (403, 404)


def test_an_app_shows_nothing_of_what_the_account_is_for():
    member = factories.staff(email="sana@rights.example")
    client = at_work(member)
    page = client.get("/admin/account/second-factor/totp/activate/")
    assert page.context["totp_url"].startswith(f"otpauth://totp/{member.username}?")
    assert page.context["totp_url"].endswith("&issuer=Work")
