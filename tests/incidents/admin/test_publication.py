"""The page for review and publication: steps, refusals, preview, differences, warnings."""

import pytest

from incidents.models import Incident, Publication, Stage, Violation
from record.models import IncidentEntry
from tests.incidents import factories
from tests.incidents.admin.pages import Form, messages_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(clerk):
    made = factories.incident(by=clerk.member)
    factories.violation(made, factories.person("Balaach", "Mola Bakhsh", local="بالاچ"))
    return made


def path_of(case):
    return f"/admin/incidents/incident/{case.pk}/publication/"


def page_of(client, case):
    response = client.get(path_of(case))
    assert response.status_code == 200
    return response.content.decode()


def seen_by(client, case):
    """What the hidden field of the page says was looked at."""
    return client.get(path_of(case)).context["seen"]


def take(client, case, step, **more):
    if step == "approve":
        more = {"seen": seen_by(client, case), **more}
    response = client.post(path_of(case), {"step": step, **more})
    case.refresh_from_db()
    return response


def steps_offered(client, case):
    return {step.code for step in client.get(path_of(case)).context["steps"]}


def test_a_case_goes_from_draft_to_the_public_by_two_people(clerk, publisher, case):
    take(clerk, case, "submit", text="Complete as far as known")
    assert case.stage == Stage.SUBMITTED
    take(publisher, case, "verify", text="Checked against the article")
    assert case.stage == Stage.VERIFIED
    take(publisher, case, "approve")
    assert case.stage == Stage.APPROVED
    assert "Nothing stands in the way" in page_of(publisher, case)
    take(publisher, case, "publish", confirmed="yes")
    assert case.publication == Publication.PUBLISHED
    assert IncidentEntry.objects.live().filter(reference=case.reference).exists()
    page = page_of(publisher, case)
    assert "Complete as far as known" in page
    assert "Checked against the article" in page
    assert "The public sees exactly what this case holds now." in page


@pytest.mark.parametrize("step", ["publish", "correct", "withdraw"])
def test_nothing_enters_or_leaves_the_public_before_a_confirmation(publisher, case, step):
    if step == "publish":
        factories.approve(case)
    else:
        factories.publish(case)
    before = case.publication
    response = take(publisher, case, step, reason="error", text="A note")
    assert response.status_code == 200
    assert "A note" in response.content.decode()
    assert case.publication == Incident.objects.get(pk=case.pk).publication
    form = Form.__new__(Form)
    form.client, form.path = publisher, path_of(case)
    form.read(response)
    assert form["confirmed"] == "yes"
    assert (form["step"], form["text"]) == (step, "A note")
    assert before == case.publication or step != "publish"


def test_the_confirmation_carries_what_was_typed(publisher, case):
    factories.publish(case)
    response = take(publisher, case, "withdraw", reason="safety", text="For safety")
    form = Form.__new__(Form)
    form.client, form.path = publisher, path_of(case)
    form.read(response)
    assert form.send(None).status_code == 302
    case.refresh_from_db()
    assert case.publication == Publication.WITHDRAWN


@pytest.mark.parametrize(
    ("step", "more", "told"),
    [
        ("submit", {}, "This cannot be done while the case is"),
        ("return", {}, "Say what has to be done"),
        ("publish", {"confirmed": "yes"}, "has not been approved"),
        ("correct", {"confirmed": "yes", "text": "x"}, "has not been approved"),
        ("correct", {"confirmed": "yes"}, "Say in a sentence what was corrected"),
        ("withdraw", {"confirmed": "yes"}, "Choose a reason"),
        ("withdraw", {"confirmed": "yes", "reason": "no-such"}, "Choose a reason"),
        ("dance", {}, "Choose what is to be done"),
    ],
)
def test_a_refusal_is_told_and_changes_nothing(clerk, publisher, case, step, more, told):
    take(clerk, case, "submit")
    response = take(publisher, case, step, **more)
    assert response.status_code == 302
    assert any(told in message for message in messages_of(publisher))
    assert (case.stage, case.publication) == (Stage.SUBMITTED, Publication.UNPUBLISHED)


def test_everything_that_stands_in_the_way_is_listed_at_once(clerk, publisher, case):
    Incident.objects.filter(pk=case.pk).update(public_account="", restricted=False)
    case.violations.get().citations.all().delete()
    page = page_of(publisher, case)
    for words in ("public account is empty", "No source is cited", "not been approved"):
        assert words in page
    take(clerk, case, "submit")
    take(publisher, case, "approve")
    take(publisher, case, "publish", confirmed="yes")
    told = messages_of(publisher)
    assert len([message for message in told if "empty" in message or "No source" in message]) == 2


@pytest.mark.parametrize("step", ["verify", "approve"])
def test_nobody_decides_on_a_case_of_their_own(superuser, reviewer, publisher, step):
    for client in (superuser, reviewer, publisher):
        own = factories.incident(by=client.member)
        take(client, own, "submit")
        take(client, own, step)
        assert own.stage == Stage.SUBMITTED
        assert any("Somebody else" in message for message in messages_of(client))


def test_nobody_publishes_a_case_of_their_own(superuser, publisher):
    for client in (superuser, publisher):
        own = factories.incident(by=client.member)
        factories.violation(own)
        factories.approve(own)
        take(client, own, "publish", confirmed="yes")
        assert own.publication == Publication.UNPUBLISHED
        assert any("Somebody else" in message for message in messages_of(client))


def test_changing_a_case_in_review_takes_it_back_to_draft_and_says_so(clerk, case):
    factories.approve(case)
    form = Form(clerk, f"/admin/incidents/incident/{case.pk}/change/", "incident_form")
    form.fill(title="Taken from a shop in Turbat").save()
    case.refresh_from_db()
    assert case.stage == Stage.DRAFT
    assert any("it is a draft again" in message for message in messages_of(clerk))


@pytest.mark.parametrize("stage", [Stage.SUBMITTED, Stage.VERIFIED, Stage.APPROVED])
def test_so_does_changing_one_of_its_rows(clerk, case, stage):
    Incident.objects.filter(pk=case.pk).update(stage=stage)
    form = Form(clerk, f"/admin/incidents/incident/{case.pk}/change/", "incident_form")
    form.fill("violations-0", outcome="He is still missing").save()
    case.refresh_from_db()
    assert (case.stage, case.changed_by) == (Stage.DRAFT, clerk.member)


def test_a_published_case_stays_public_while_it_is_changed(clerk, publisher, case):
    factories.publish(case)
    form = Form(clerk, f"/admin/incidents/incident/{case.pk}/change/", "incident_form")
    form.fill(title="Taken from a shop in Turbat").save()
    case.refresh_from_db()
    assert (case.stage, case.publication) == (Stage.DRAFT, Publication.PUBLISHED)
    entry = IncidentEntry.objects.get(reference=case.reference)
    assert entry.content()["title"] == "Taken from home in Turbat"


def test_the_differences_from_what_is_public_are_shown(clerk, publisher, case):
    factories.publish(case)
    Incident.objects.filter(pk=case.pk).update(title="Taken from a shop in Turbat", date="2023")
    revisions = publisher.get(path_of(case)).context["preview"].revisions
    [of_incident] = [row for row in revisions if row.reference == case.reference]
    changes = {each.path: (each.old, each.new) for each in of_incident.differences}
    assert changes["Title"] == ("Taken from home in Turbat", "Taken from a shop in Turbat")
    assert changes["Date"] == ("29 October 2023 [2023-10-29]", "2023 [2023]")


def test_a_correction_needs_a_new_approval_and_a_note(clerk, publisher, case):
    factories.publish(case)
    form = Form(clerk, f"/admin/incidents/incident/{case.pk}/change/", "incident_form")
    form.fill(title="Taken from a shop in Turbat").save()
    take(clerk, case, "submit")
    take(publisher, case, "approve")
    take(publisher, case, "correct", confirmed="yes", text="The place was corrected.")
    entry = IncidentEntry.objects.get(reference=case.reference)
    assert entry.content()["title"] == "Taken from a shop in Turbat"


def test_the_preview_holds_every_value_of_the_documents_and_no_other(publisher, case):
    factories.account(case, "He was taken by men in uniform.", answer_local="وردی والے لے گئے۔")
    Incident.objects.filter(pk=case.pk).update(internal_notes="A doubt of ours")
    page = page_of(publisher, case)
    for words in (
        "According to the family he was taken from his home.",
        "He was taken by men in uniform.",
        "وردی والے لے گئے۔",
        "Balaach",
        "Kech",
        "(enforced-disappearance)",
    ):
        assert words in page
    assert "A doubt of ours" not in page


def test_what_protection_holds_back_is_not_in_the_preview(publisher, case):
    Violation.objects.get().person.names.update(given="Verysecret")
    person = Violation.objects.get().person
    person.name_protection = "withheld"
    person.save()
    preview = publisher.get(path_of(case)).context["preview"]
    assert "Verysecret" not in str(preview)


def test_steps_follow_the_stage_and_the_role(clerk, reviewer, publisher, case):
    assert steps_offered(clerk, case) == {"submit"}
    take(clerk, case, "submit")
    assert steps_offered(clerk, case) == {"reopen"}
    assert steps_offered(reviewer, case) == {"verify", "approve", "return", "reopen"}
    take(reviewer, case, "approve")
    assert steps_offered(reviewer, case) == {"return", "reopen"}
    assert steps_offered(publisher, case) == {"publish", "return", "reopen"}
    take(publisher, case, "publish", confirmed="yes")
    assert steps_offered(publisher, case) == {"withdraw", "return", "reopen"}


def test_a_case_that_changed_since_its_page_was_read_is_not_approved(clerk, reviewer, case):
    take(clerk, case, "submit")
    seen = seen_by(reviewer, case)
    case.violations.get().person.names.update(given="Somebody else")
    take(reviewer, case, "approve", seen=seen)
    assert case.stage == Stage.SUBMITTED
    assert any("changed since you looked" in message for message in messages_of(reviewer))
    take(reviewer, case, "approve")
    assert case.stage == Stage.APPROVED


def test_only_post_takes_a_step(publisher, case):
    assert publisher.get(path_of(case) + "?step=approve").status_code == 200
    case.refresh_from_db()
    assert case.stage == Stage.DRAFT
    assert publisher.put(path_of(case)).status_code == 405


def test_a_step_without_the_token_of_the_form_is_refused(case, publisher):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    strict.force_login(publisher.member)
    assert strict.post(path_of(case), {"step": "submit"}).status_code == 403


def test_a_case_changed_by_somebody_else_meanwhile_is_not_overwritten(clerk, other_clerk, case):
    path = f"/admin/incidents/incident/{case.pk}/change/"
    mine, theirs = Form(clerk, path, "incident_form"), Form(other_clerk, path, "incident_form")
    theirs.fill(title="Theirs").save()
    response = mine.fill(title="Mine").send()
    assert response.status_code == 200
    assert "while you had it open" in response.content.decode()
    case.refresh_from_db()
    assert case.title == "Theirs"


def test_rows_of_a_case_in_review_cannot_be_taken_out(clerk, case):
    factories.account(case, "He was taken.")
    path = f"/admin/incidents/incident/{case.pk}/change/"
    assert "accounts-0-DELETE" in Form(clerk, path, "incident_form").values
    factories.approve(case)
    assert "accounts-0-DELETE" not in Form(clerk, path, "incident_form").values


def test_a_violation_that_was_published_cannot_be_taken_out(clerk, case):
    factories.publish(case)
    factories.reviewing.reopen(case, by=clerk.member)
    path = f"/admin/incidents/incident/{case.pk}/change/"
    form = Form(clerk, path, "incident_form")
    assert "violations-0-DELETE" not in form.values
    form.values["violations-0-DELETE"] = ["on"]
    form.send()
    assert case.violations.count() == 1


def test_a_row_is_taken_out_of_a_draft_and_stays_in_the_history(clerk, case):
    factories.account(case, "He was taken by ghosts.")
    path = f"/admin/incidents/incident/{case.pk}/"
    form = Form(clerk, path + "change/", "incident_form")
    form.values["accounts-0-DELETE"] = ["on"]
    form.save()
    assert not case.accounts.exists()
    assert "He was taken by ghosts." in clerk.get(path + "history/").content.decode()


def test_what_is_approved_and_published_from_an_urdu_page_is_kept_in_english(
    clerk, publisher, case
):
    factories.account(case, "He was taken.", stance="disputes")
    take(clerk, case, "submit")
    path = f"/ur{path_of(case)}"
    publisher.post(path, {"step": "approve", "seen": publisher.get(path).context["seen"]})
    case.refresh_from_db()
    assert steps_offered(publisher, case) == {"publish", "return", "reopen"}
    assert "Nothing stands in the way" in page_of(publisher, case)
    publisher.post(path, {"step": "publish", "confirmed": "yes"})
    case.refresh_from_db()
    [account] = IncidentEntry.objects.get(reference=case.reference).content()["accounts"]
    assert account["stance"] == {"code": "disputes", "label": "gives another version"}
    assert publisher.get(path).context["preview"].revisions == []
