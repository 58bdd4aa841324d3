"""What is typed into a long form is kept on the server until it is saved, for its author alone."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from incidents.entry import keeping
from incidents.jobs.worker import work_off
from incidents.models import AccessEvent, EntryDraft, Incident
from tests.incidents import factories
from tests.incidents.admin.pages import Form, errors_of

pytestmark = pytest.mark.django_db

NEW = "/admin/incidents/incident/new/"
NOTES = "Zarmina saw two cars"


@pytest.fixture
def case(db):
    return factories.incident()


def change(case):
    return f"/admin/incidents/incident/{case.pk}/change/"


def kept_by_script(client, case, **values):
    """What the script sends: the whole form, to the address beside it."""
    form = Form(client, change(case), "incident_form").fill(**values)
    form.path = f"/admin/incidents/incident/{case.pk}/keep/"
    return form.send(None)


def test_a_form_is_kept_sealed_and_says_when(clerk, case):
    answer = kept_by_script(clerk, case, internal_notes=NOTES)
    assert answer.status_code == 201
    assert answer.json()["kept"].startswith("Kept at ")
    assert answer.json()["kept"].endswith(" UTC.")
    draft = EntryDraft.objects.get()
    assert (draft.owner, draft.form, draft.row) == (clerk.member, "incident", case.pk)
    assert "Zarmina" not in draft.sealed
    case.refresh_from_db()
    assert case.internal_notes == ""


def test_going_on_shows_the_text_and_saves_nothing_before_it_was_read(clerk, case):
    kept_by_script(clerk, case, internal_notes=NOTES)
    page = clerk.get(change(case)).content.decode()
    assert "You left something unfinished here on" in page
    assert "Zarmina" not in page
    answer = clerk.post(change(case), {"_go_on": "1"})
    assert any("Nothing of it has been saved yet" in error for error in errors_of(answer))
    form = Form(clerk, change(case), "incident_form")
    form.read(answer, "incident_form")
    assert form["internal_notes"] == NOTES
    case.refresh_from_db()
    assert case.internal_notes == ""
    form.save()
    case.refresh_from_db()
    assert case.internal_notes == NOTES
    assert not typed().exists()


def test_without_a_script_a_button_keeps_it_and_the_first_page_leads_back(clerk, case):
    form = Form(clerk, change(case), "incident_form").fill(internal_notes=NOTES)
    answer = form.send("_keep")
    assert answer["Location"] == "/admin/"
    first = clerk.get("/admin/").content.decode()
    assert "You left something unfinished" in first
    assert change(case) in first
    assert Incident.objects.get(pk=case.pk).internal_notes == ""


def test_it_can_be_thrown_away(clerk, case):
    kept_by_script(clerk, case, internal_notes=NOTES)
    clerk.post(change(case), {"_throw_away": "1"})
    assert not EntryDraft.objects.exists()
    assert "unfinished" not in clerk.get(change(case)).content.decode()


def typed():
    """What is kept of anybody's text. A note that a page was saved holds none."""
    return EntryDraft.objects.exclude(form=keeping.USED)


def to_script(form, path):
    """The same page once more, as the script would send it."""
    page, form.path = form.path, path
    answer = form.send(None)
    form.path = page
    return answer


def test_saving_forgets_what_was_kept_of_this_page(clerk, case):
    form = Form(clerk, change(case), "incident_form").fill(internal_notes=NOTES)
    assert to_script(form, f"/admin/incidents/incident/{case.pk}/keep/").status_code == 201
    assert typed().exists()
    form.save()
    assert not typed().exists()


def test_what_is_sent_late_of_a_saved_page_is_not_kept(clerk, case):
    form = Form(clerk, change(case), "incident_form").fill(internal_notes=NOTES)
    form.save()
    assert to_script(form, f"/admin/incidents/incident/{case.pk}/keep/").status_code == 409
    assert not typed().exists()


def test_an_older_text_that_is_offered_is_neither_written_over_nor_dropped(clerk, case):
    kept_by_script(clerk, case, internal_notes=NOTES)
    page = Form(clerk, change(case), "incident_form").fill(internal_notes="Another")
    assert 'data-address=""' in page.html
    assert "_keep" not in page.html
    assert to_script(page, f"/admin/incidents/incident/{case.pk}/keep/").status_code == 409
    answer = page.send("_keep")
    assert "Nothing has been saved or kept yet." in errors_of(answer)
    assert "Another" in answer.content.decode()
    page.save()
    kept = keeping.kept_form(clerk.member, keeping.INCIDENT, case.pk)
    assert kept.as_posted()["internal_notes"] == NOTES


def test_after_one_of_two_was_thrown_away_typing_is_kept_again(clerk, case):
    kept_by_script(clerk, case, internal_notes=NOTES)
    clerk.post(change(case), {"_throw_away": "1"})
    assert kept_by_script(clerk, case, internal_notes="Another").status_code == 201


def test_a_saving_that_breaks_off_forgets_nothing(clerk, case, monkeypatch):
    form = Form(clerk, change(case), "incident_form").fill(internal_notes=NOTES)
    to_script(form, f"/admin/incidents/incident/{case.pk}/keep/")
    clerk.raise_request_exception = False
    monkeypatch.setattr("incidents.entry.keeping.seal", _break)
    assert form.send().status_code == 500
    assert typed().exists()
    case.refresh_from_db()
    assert case.internal_notes == ""


def _break(_text):
    raise RuntimeError("The saving breaks off.")


def test_a_form_that_is_refused_stays_kept(clerk, case):
    kept_by_script(clerk, case, internal_notes=NOTES)
    answer = Form(clerk, change(case), "incident_form").fill(title="").send()
    assert errors_of(answer)
    assert EntryDraft.objects.exists()


def test_nobody_else_sees_it(clerk, other_clerk, case):
    kept_by_script(clerk, case, internal_notes=NOTES)
    assert "unfinished" not in other_clerk.get(change(case)).content.decode()
    other_clerk.post(change(case), {"_go_on": "1"})
    assert keeping.kept_form(other_clerk.member, keeping.INCIDENT, case.pk) is None
    assert EntryDraft.objects.filter(owner=clerk.member).exists()


def test_of_a_case_that_became_restricted_nothing_is_shown_or_kept(clerk, case):
    kept_by_script(clerk, case, internal_notes=NOTES)
    Incident.objects.filter(pk=case.pk).update(restricted=True, title="Hiddenmark")
    first = clerk.get("/admin/").content.decode()
    assert "Hiddenmark" not in first
    assert change(case) not in first
    answer = clerk.post(change(case), {"_go_on": "1"})
    assert answer.status_code == 302
    answer = clerk.post(f"/admin/incidents/incident/{case.pk}/keep/", {"title": "x"})
    assert answer.status_code == 404


def test_keeping_does_not_fill_the_log_of_restricted_cases(clerk, case):
    Incident.objects.filter(pk=case.pk).update(restricted=True)
    case.assigned.add(clerk.member)
    before = AccessEvent.objects.count()
    clerk.post(f"/admin/incidents/incident/{case.pk}/keep/", {"title": "x"})
    clerk.post(f"/admin/incidents/incident/{case.pk}/keep/", {"title": "y"})
    assert AccessEvent.objects.count() == before


def test_what_nobody_comes_back_to_runs_out(clerk, case):
    kept_by_script(clerk, case, internal_notes=NOTES)
    EntryDraft.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    assert "unfinished" not in clerk.get(change(case)).content.decode()
    other = factories.incident("Another")
    kept_by_script(clerk, other, internal_notes="x")
    assert [draft.row for draft in EntryDraft.objects.all()] == [other.pk]


def test_a_worker_and_the_first_page_drop_what_has_run_out(clerk, case):
    for look in (lambda: work_off(once=True), lambda: clerk.get("/admin/")):
        kept_by_script(clerk, case, internal_notes=NOTES)
        EntryDraft.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
        look()
        assert not EntryDraft.objects.exists()


def test_a_text_that_no_key_opens_is_dropped(clerk, case, settings):
    kept_by_script(clerk, case, internal_notes=NOTES)
    settings.GAWAH_ACCOUNT_KEYS = ["a wholly different key for this test"]
    assert keeping.kept_form(clerk.member, keeping.INCIDENT, case.pk) is None
    assert not EntryDraft.objects.exists()


def test_what_is_too_large_is_not_kept(clerk, case):
    address = f"/admin/incidents/incident/{case.pk}/keep/"
    assert clerk.post(address, {"title": "x" * (keeping.LARGEST + 1)}).status_code == 413
    assert not EntryDraft.objects.exists()


def test_a_new_case_is_kept_and_shown_on_the_page_on_which_it_was_left(clerk):
    form = Form(clerk, NEW, "newcase_form").fill(source_title="Half an article")
    form.path = NEW + "keep/"
    assert form.send(None).status_code == 201
    page = clerk.get(NEW).content.decode()
    assert "You left something unfinished here on" in page
    answer = clerk.post(NEW, {"_go_on": "1"})
    assert not errors_of(answer)
    form.read(answer, "newcase_form")
    assert form["source_title"] == "Half an article"
    clerk.post(NEW, {"_throw_away": "1"})
    assert not EntryDraft.objects.exists()


def test_a_new_incident_is_kept_too(clerk):
    form = Form(clerk, "/admin/incidents/incident/add/", "incident_form").fill(title="Half")
    assert form.send("_keep")["Location"] == "/admin/"
    answer = clerk.post("/admin/incidents/incident/add/", {"_go_on": "1"})
    form.read(answer, "incident_form")
    assert form["title"] == "Half"
    assert Incident.objects.count() == 0


def test_nothing_is_kept_without_the_token_of_the_page(clerk, case):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(clerk.member)
    answer = strict.post(f"/admin/incidents/incident/{case.pk}/keep/", {"title": "x"})
    assert answer.status_code == 403
    assert not EntryDraft.objects.exists()


def test_whoever_may_not_enter_cases_keeps_nothing(administrator, case):
    for path in (NEW + "keep/", f"/admin/incidents/incident/{case.pk}/keep/"):
        assert administrator.post(path, {"title": "x"}).status_code in (403, 404)
    assert not EntryDraft.objects.exists()


def test_the_script_keeps_nothing_in_the_browser():
    from django.contrib.staticfiles import finders

    with open(finders.find("staff/keeping.js"), encoding="utf-8") as script:
        text = script.read()
    assert "localStorage" not in text
    assert "sessionStorage" not in text
    assert "indexedDB" not in text


@pytest.mark.parametrize("path", [NEW, "/admin/incidents/person/add/"])
def test_the_browser_is_asked_to_remember_nothing(clerk, path):
    assert 'autocomplete="off"' in clerk.get(path).content.decode()
