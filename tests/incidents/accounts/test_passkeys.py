"""Passkeys: what one opens alone, which may go, and that refused ones are logged."""

import json

import pytest
from allauth.mfa.models import Authenticator

from tests.incidents.accounts.passkey import HOST, WEBAUTHN, Passkey, add, log_in_alone
from tests.incidents.accounts.people import (
    Act,
    acts,
    at_work,
    browser,
    enter_password,
    is_in,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(sana):
    return at_work(sana, host=HOST)


def of(member):
    return Authenticator.objects.filter(user=member, type="webauthn")


def test_one_that_was_made_for_it_opens_the_account_alone(desk, sana):
    key = Passkey()
    assert add(desk, key, passwordless="on").status_code == 302
    client = browser(host=HOST)
    log_in_alone(client, key, sana)
    assert is_in(client)


@pytest.mark.parametrize("sent", [{}, {"alone": True}])
def test_one_that_was_not_made_for_it_does_not_whatever_the_browser_sends(desk, sana, sent):
    key = Passkey()
    assert add(desk, key, sent=sent).status_code == 302
    client = browser(host=HOST)
    log_in_alone(client, key, sana)
    assert not is_in(client)
    assert acts(sana)[-1] == Act.CODE_REFUSED


def test_a_challenge_of_the_second_step_does_not_open_the_account_alone(desk, sana):
    key = Passkey(verifies=False)
    add(desk, key)
    of(sana).update(
        data={
            **of(sana).get().data,
            "credential": {**of(sana).get().data["credential"], "alone": True},
        }
    )
    client = browser(host=HOST)
    enter_password(client, sana)
    page = client.get("/admin/account/second-factor/authenticate/")
    challenge = page.context["js_data"]["request_options"]["publicKey"]["challenge"]
    client.post(f"{WEBAUTHN}login/", {"credential": json.dumps(key.sign(challenge, sana))})
    assert not is_in(client)


def test_one_that_asks_its_owner_nothing_is_not_made_to_open_the_account_alone(desk, sana):
    assert add(desk, Passkey(verifies=False), passwordless="on").status_code == 200
    assert not of(sana).exists()


def test_the_second_step_takes_one_that_opens_nothing_alone(desk, sana):
    key = Passkey()
    add(desk, key)
    client = browser(host=HOST)
    enter_password(client, sana)
    page = client.get("/admin/account/second-factor/authenticate/")
    challenge = page.context["js_data"]["request_options"]["publicKey"]["challenge"]
    client.post(
        "/admin/account/second-factor/authenticate/",
        {"credential": json.dumps(key.sign(challenge, sana))},
    )
    assert is_in(client)


def test_the_only_second_factor_cannot_be_removed(desk, sana):
    add(desk, Passkey())
    Authenticator.objects.filter(user=sana, type="totp").delete()
    answer = desk.post(f"{WEBAUTHN}keys/{of(sana).get().pk}/remove/")
    assert answer.status_code == 200
    assert "only second factor" in answer.content.decode()
    assert of(sana).exists()


def test_one_of_two_second_factors_can_be_removed(desk, sana):
    add(desk, Passkey())
    assert desk.post(f"{WEBAUTHN}keys/{of(sana).get().pk}/remove/").status_code == 302
    assert not of(sana).exists()


def test_a_forged_one_is_logged_once_a_quarter_of_an_hour(desk, sana):
    add(desk, Passkey(), passwordless="on")
    for _again in range(2):
        client = browser(host=HOST)
        log_in_alone(client, Passkey(), sana)
        assert not is_in(client)
    assert acts(sana).count(Act.CODE_REFUSED) == 1
