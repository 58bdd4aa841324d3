"""Staff: one-time passwords, groups, and what an administrator cannot do."""

import re

import pytest
from django.test import Client

from incidents import roles
from incidents.models import StaffMember
from tests.incidents import factories
from tests.incidents.admin.pages import Form, errors_of, messages_of

pytestmark = pytest.mark.django_db

NEW = "three blue donkeys in Gwadar"


def password_on(page):
    return re.search(r'<code dir="ltr">([^<]+)</code>', page)[1]


def test_a_new_member_of_staff_gets_a_one_time_password_shown_once(administrator):
    form = Form(administrator, "/admin/incidents/staffmember/add/", "staffmember_form")
    group = factories.Group.objects.get(name=roles.DATA_ENTRY)
    response = form.fill(username="sana", pseudonym="S.", groups=[group.pk]).send("_save")
    assert response.status_code == 200
    assert "no-store" in response.headers["Cache-Control"]
    member = StaffMember.objects.get(username="sana")
    assert member.check_password(password_on(response.content.decode()))
    assert (member.is_staff, member.is_superuser, member.must_change_password) == (
        True,
        False,
        True,
    )


def one_time_login(administrator):
    member = factories.staff()
    path = f"/admin/incidents/staffmember/{member.pk}/one-time-password/"
    password = password_on(administrator.post(path).content.decode())
    browser = Client()
    answer = browser.post("/admin/login/", {"login": member.username, "password": password})
    assert answer.status_code == 302
    return browser, member, password


@pytest.mark.parametrize(
    "path", ["/admin/", "/admin/incidents/incident/", "/admin/autocomplete/", "/ur/admin/"]
)
def test_a_one_time_password_opens_only_the_page_for_choosing_another(administrator, path):
    browser, _member, _password = one_time_login(administrator)
    answer = browser.get(path)
    assert answer.status_code == 302
    assert answer["Location"].endswith("/admin/password_change/")
    assert browser.get(answer["Location"]).status_code == 200


def test_choosing_a_password_of_ones_own_opens_the_rest(administrator):
    browser, member, password = one_time_login(administrator)
    answer = browser.post(
        "/admin/password_change/",
        {"old_password": password, "new_password1": NEW, "new_password2": NEW},
    )
    assert answer.status_code == 302
    member.refresh_from_db()
    assert not member.must_change_password
    assert browser.get("/admin/").status_code == 200


def test_the_one_time_password_cannot_be_kept(administrator):
    browser, member, password = one_time_login(administrator)
    same = {"old_password": password, "new_password1": password, "new_password2": password}
    assert any(
        "differs" in error for error in errors_of(browser.post("/admin/password_change/", same))
    )
    member.refresh_from_db()
    assert member.must_change_password


def test_one_can_still_log_out(administrator):
    browser, _member, _password = one_time_login(administrator)
    assert browser.post("/admin/logout/").status_code in (200, 302)


def test_public_pages_do_not_vary_by_the_cookie_of_staff(clerk):
    response = clerk.get("/api/v1/")
    assert "Cookie" not in response.headers.get("Vary", "")


def test_an_administrator_does_not_change_what_he_may_do_himself(administrator):
    path = f"/admin/incidents/staffmember/{administrator.member.pk}/change/"
    form = Form(administrator, path, "staffmember_form")
    assert "groups" not in form.values
    group = factories.Group.objects.get(name=roles.PUBLISHER)
    form.fill(pseudonym="Boss").send(groups=[group.pk], is_superuser="on", is_active="")
    member = StaffMember.objects.get(pk=administrator.member.pk)
    assert member.pseudonym == "Boss"
    assert [each.name for each in member.groups.all()] == [roles.ADMINISTRATOR]
    assert (member.is_superuser, member.is_active) == (False, True)


def test_an_administrator_does_not_see_those_who_may_do_everything(administrator, superuser):
    page = administrator.get("/admin/incidents/staffmember/").content.decode()
    assert "superuser" not in page.replace("is_superuser", "")
    path = f"/admin/incidents/staffmember/{superuser.member.pk}/one-time-password/"
    assert administrator.post(path).status_code in (403, 404)
    superuser.member.refresh_from_db()
    assert not superuser.member.must_change_password


def test_nobody_gives_a_one_time_password_to_themselves(administrator):
    path = f"/admin/incidents/staffmember/{administrator.member.pk}/one-time-password/"
    administrator.post(path)
    assert messages_of(administrator)
    administrator.member.refresh_from_db()
    assert not administrator.member.must_change_password


def test_only_post_gives_a_one_time_password(administrator):
    member = factories.staff()
    administrator.get(f"/admin/incidents/staffmember/{member.pk}/one-time-password/")
    member.refresh_from_db()
    assert not member.must_change_password


def test_an_administrator_rewords_hides_and_adds_terms(administrator):
    term = factories.term("occupation", "tailor")
    path = f"/admin/reference/term/{term.pk}/change/"
    form = Form(administrator, path, "term_form")
    assert "code" not in form.values
    form.fill(label_en="Tailor or seamstress", hidden="on").save()
    term.refresh_from_db()
    assert (term.labels["en"], term.hidden, term.edited) == ("Tailor or seamstress", True, True)
    assert term.labels["ur"]

    form = Form(administrator, "/admin/reference/term/add/", "term_form")
    form.fill(vocabulary="occupation", code="date-farmer", label_en="Date farmer")
    form.values["parent"] = [str(term.parent_id or "")]
    pk = form.save()
    added = type(term).objects.get(pk=pk)
    assert (added.labels, added.parent_id) == ({"en": "Date farmer"}, term.parent_id)


def test_a_term_without_an_english_label_is_refused(administrator):
    form = Form(administrator, "/admin/reference/term/add/", "term_form")
    form.fill(vocabulary="occupation", code="date-farmer", label_ur="کسان")
    assert errors_of(form.send())


def test_an_administrator_adds_a_spelling_to_an_area(administrator):
    area = factories.area("PK211-turbat")
    path = f"/admin/reference/area/{area.pk}/change/"
    form = Form(administrator, path, "area_form")
    form.add_row("names", name="Turbad", kind="misspelling")
    form.save()
    assert type(area).objects.named("Turbad").get() == area


def test_a_parent_that_is_not_wider_is_refused(administrator):
    town = factories.area("PK211-turbat")
    form = Form(administrator, "/admin/reference/area/add/", "area_form")
    form.fill(code="PK211-x", name="Somewhere", level="district")
    form.values["parent"] = [str(town.pk)]
    assert any("wider" in error for error in errors_of(form.send()))


def test_a_user_name_is_given_once_whatever_its_capitals(administrator):
    StaffMember.objects.create_user("sana")
    form = Form(administrator, "/admin/incidents/staffmember/add/", "staffmember_form")
    response = form.fill(username="SANA", pseudonym="S.").send("_save")
    assert "already, perhaps with other capitals" in str(errors_of(response))
    assert StaffMember.objects.filter(username__iexact="sana").count() == 1
