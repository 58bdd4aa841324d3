"""Nobody works without a second factor, and nobody gets rid of the only one."""

import pytest
from allauth.mfa.models import Authenticator

from tests.incidents import factories
from tests.incidents.accounts.people import Act, acts, at_work, is_in

pytestmark = pytest.mark.django_db

SECOND_FACTOR = "/admin/account/second-factor/"


@pytest.mark.parametrize(
    "path", ["/admin/", "/ur/admin/", "/admin/incidents/incident/", "/admin/autocomplete/"]
)
def test_without_one_only_the_pages_for_setting_it_up_open(path):
    client = at_work(factories.staff())
    answer = client.get(path)
    assert answer.status_code == 302
    assert answer["Location"].endswith(SECOND_FACTOR)


@pytest.mark.parametrize(
    "path",
    ["", "totp/activate/", "webauthn/add/", "webauthn/", "../"],
)
@pytest.mark.parametrize("language", ["", "/ur"])
def test_those_pages_open(path, language):
    client = at_work(factories.staff())
    answer = client.get(f"{language}{SECOND_FACTOR}{path}".replace("second-factor/../", ""))
    assert answer.status_code == 200


def test_one_can_log_out_without_one():
    client = at_work(factories.staff())
    assert client.post("/admin/logout/").status_code == 302
    assert not is_in(client)


def test_a_post_to_another_page_is_stopped_too():
    client = at_work(factories.staff())
    assert client.post("/admin/incidents/incident/add/", {})["Location"].endswith(SECOND_FACTOR)


def test_with_one_everything_opens(desk):
    assert desk.get("/admin/incidents/incident/").status_code == 200


def test_where_it_is_optional_everything_opens_with_a_reminder(settings):
    settings.GAWAH_SECOND_FACTOR = "optional"
    client = at_work(factories.staff())
    page = client.get("/admin/")
    assert page.status_code == 200
    assert "no second factor" in page.content.decode()


def test_the_only_one_cannot_be_removed(desk, sana):
    answer = desk.post(f"{SECOND_FACTOR}totp/deactivate/")
    assert answer.status_code == 200
    assert "only second factor" in answer.content.decode()
    assert Authenticator.objects.filter(user=sana, type="totp").exists()


def test_where_it_is_optional_the_only_one_can_be_removed(desk, sana, settings):
    settings.GAWAH_SECOND_FACTOR = "optional"
    desk.post(f"{SECOND_FACTOR}totp/deactivate/")
    assert not Authenticator.objects.filter(user=sana).exists()
    assert Act.FACTOR_REMOVED in acts(sana)


def test_an_administrator_removes_a_lost_one_and_all_sessions_end(office, head, desk, sana):
    path = f"/admin/incidents/staffmember/{sana.pk}/remove-second-factor/"
    assert office.get(path).status_code == 200
    office.post(path, {"reason": "the telephone was lost"})
    assert not Authenticator.objects.filter(user=sana).exists()
    assert not is_in(desk)
    assert Act.FACTOR_REMOVED in acts(head)


def test_the_page_for_a_passkey_needs_nothing_from_elsewhere(desk):
    answer = desk.get(f"{SECOND_FACTOR}webauthn/add/")
    page = answer.content.decode()
    assert "creation_options" in page
    assert "mfa/js/webauthn.js" in page
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "http" not in page.partition("creation_options")[0].replace("http-equiv", "")


def test_the_page_for_logging_in_offers_a_passkey(client):
    assert "mfa/js/webauthn.js" in client.get("/admin/login/").content.decode()
    options = client.get(f"{SECOND_FACTOR}webauthn/login/", headers={"accept": "application/json"})
    assert "challenge" in str(options.json())


def test_a_passkey_that_nobody_made_opens_nothing(client):
    client.get(f"{SECOND_FACTOR}webauthn/login/", headers={"accept": "application/json"})
    for credential in ("{}", "[]", "x", '{"id": "a", "response": {}}'):
        answer = client.post(f"{SECOND_FACTOR}webauthn/login/", {"credential": credential})
        assert answer.status_code == 302
    assert not is_in(client)


def test_a_member_who_gives_rights_proves_again_who_they_are(office, head, sana):
    path = f"/admin/incidents/staffmember/{sana.pk}/change/"
    assert office.get(path).status_code == 200
    session = office.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 3_600
    session.save()
    answer = office.get(path)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/admin/account/confirm/?next=")
    page = office.get(answer["Location"])
    assert page.status_code == 200
    again = office.post(answer["Location"], {"password": "correct horse battery staple"})
    assert again["Location"] == path
    assert office.get(path).status_code == 200


@pytest.mark.parametrize(
    "path", ["incidents/staffmember/{pk}/change/", "account/second-factor/recovery-codes/generate/"]
)
def test_a_form_sent_too_late_to_be_believed_is_not_kept_and_its_author_is_told(office, sana, path):
    session = office.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 3_600
    session.save()
    answer = office.post(f"/admin/{path.format(pk=sana.pk)}", {"username": "planted"})
    assert answer["Location"].startswith("/admin/account/confirm/?next=")
    assert "account_reauthentication_state" not in office.session
    assert "Nothing was saved" in office.get(answer["Location"]).content.decode()
