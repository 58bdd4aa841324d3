"""What became of a list: report, what may be seen of it, review of its cases, and undo."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from incidents.importing import running
from incidents.jobs import work_off
from incidents.models import BatchState, ImportBatch, Incident, Job, Person, Stage
from incidents.review_comments import Place, comment, settle
from reference import vocabularies
from tests.incidents import factories
from tests.incidents.admin.pages import Form
from tests.incidents.admin.test_import_steps import ROWS, batch_of, page_of

pytestmark = pytest.mark.django_db

GOOD = ROWS.replace("Abducted", "enforced-disappearance")
FAULTY = GOOD.replace("2023-11,Gwadar", "2023-11-31,Gwadar")


def brought_in(client, text=GOOD, *, good_rows_only=False, **values):
    batch = batch_of(client, text, **values)
    batch.good_rows_only = good_rows_only
    batch.save()
    running.run(batch, by=client.member)
    batch.refresh_from_db()
    return batch


def text_of(client, path):
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def batch(clerk):
    return brought_in(clerk)


@pytest.fixture
def secret(batch):
    """The case of Karim, restricted after it came in."""
    case = Incident.objects.get(violations__person__names__given="Karim")
    case.restricted = True
    case.save()
    return case


def test_the_report_has_figures_and_leads_to_the_cases(clerk, batch):
    page = text_of(clerk, page_of(batch, "report"))
    assert "New cases" in page
    assert f"?batch={batch.pk}" in page
    cases = text_of(clerk, f"/admin/incidents/incident/?batch={batch.pk}")
    factories.incident("Another case")
    assert cases.count("Missing of Kech: ") >= 3
    assert "Another case" not in text_of(clerk, f"/admin/incidents/incident/?batch={batch.pk}")


def test_a_refused_file_shows_what_was_wrong_and_how_to_mend_it(clerk):
    batch = brought_in(clerk, FAULTY)
    assert (batch.state, Incident.objects.count()) == (BatchState.REFUSED, 0)
    page = text_of(clerk, page_of(batch, "report"))
    assert "2023-11-31" in page
    assert "the case would not be brought in" in page
    assert clerk.get(page_of(batch, "columns")).status_code == 200


def test_problems_are_chosen_by_kind(clerk):
    batch = brought_in(clerk, FAULTY.replace("2022,Kech", "2022,Atlantis"), good_rows_only=True)
    every = batch.problems.count()
    one = batch.problems.get(value="2023-11-31")
    page = text_of(clerk, page_of(batch, "report") + f"?kind={one.code}&column={one.column}")
    assert every > 1
    assert "2023-11-31" in page
    table = page.split("<tbody>")[2]
    assert "Atlantis" not in table


def test_problems_go_out_as_a_table(clerk):
    batch = brought_in(clerk, FAULTY, good_rows_only=True)
    answer = clerk.get(f"/admin/incidents/importbatch/{batch.pk}/report.csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    [head, *rows] = csv.reader(io.StringIO(text))
    assert len(rows) == batch.problems.count()
    assert len(head) == 7
    assert any("2023-11-31" in row for row in rows)


def test_a_corrected_file_shows_what_it_changed_and_what_it_left(clerk, batch):
    person = Person.objects.get(names__given="Karim")
    person.names.update(fathers_name="Abdul Rahim")
    corrected = GOOD.replace("29,Kech", "30,Kech").replace("Abdul,", "Abdullah,")
    second = brought_in(clerk, corrected, new_list="", list=batch.list_id)
    page = text_of(clerk, page_of(second, "report"))
    assert "2023-10-29" in page
    assert "2023-10-30" in page
    assert "not made:" in page


def test_a_run_of_which_nothing_stayed_speaks_of_what_would_have_been(clerk):
    batch = brought_in(clerk, FAULTY)
    page = text_of(clerk, page_of(batch, "report"))
    assert "What would come in" in page
    assert "the case would not be brought in" in page
    assert "the case was not brought in" not in page
    answer = clerk.get(f"/admin/incidents/importbatch/{batch.pk}/report.csv")
    assert b"would not be brought in" in b"".join(answer.streaming_content)
    stayed = brought_in(clerk, FAULTY, good_rows_only=True)
    assert "the case was not brought in" in text_of(clerk, page_of(stayed, "report"))


def test_every_cell_of_the_report_names_its_column_for_narrow_screens(clerk):
    page = text_of(clerk, page_of(brought_in(clerk, FAULTY), "report"))
    tables = page.split('class="import-table stacks"')[1:]
    assert len(tables) == 2
    for table in tables:
        body = table.split("<tbody>")[1].split("</tbody>")[0]
        assert body.count("<td") == body.count("<td data-label=") > 0


# ---------------------------------------------------------------------------- what may be seen


def test_a_restricted_case_is_on_no_page_of_its_batch(clerk, other_clerk, batch, secret):
    secret.assigned.add(clerk.member)
    for name in ("report", "progress"):
        page = text_of(other_clerk, page_of(batch, name))
        assert "Karim" not in page
        assert secret.title not in page
    assert "cases: 2, people: 2, from rows: 2" in text_of(other_clerk, page_of(batch, "report"))
    assert "New cases" not in text_of(other_clerk, page_of(batch, "report"))
    assert "cases: 3, people: 3, from rows: 3" in text_of(clerk, page_of(batch, "report"))
    shown = text_of(other_clerk, f"/admin/incidents/incident/?batch={batch.pk}")
    assert secret.title not in shown


def test_problems_of_a_restricted_case_are_shown_to_those_assigned_alone(clerk, other_clerk):
    batch = brought_in(clerk, GOOD.replace("Gwadar", "Atlantis"))
    assert "Atlantis" in text_of(other_clerk, page_of(batch, "report"))
    Incident.objects.filter(violations__person__names__given="Karim").update(restricted=True)
    case = Incident.objects.get(restricted=True)
    case.assigned.add(clerk.member)
    assert "Atlantis" not in text_of(other_clerk, page_of(batch, "report"))
    answer = other_clerk.get(f"/admin/incidents/importbatch/{batch.pk}/report.csv")
    assert b"Atlantis" not in b"".join(answer.streaming_content)
    assert "Atlantis" in text_of(clerk, page_of(batch, "report"))


def test_a_restricted_case_is_in_no_preview_of_a_later_file(clerk, reviewer, batch, secret):
    later = batch_of(clerk, GOOD + "4,Nobody,,,,,,,\n", new_list="", list=batch.list_id)
    for client in (clerk, reviewer):
        page = text_of(client, page_of(later, "preview"))
        assert "Karim" not in page
        assert "Zarmina" in page
    secret.assigned.add(clerk.member)
    assert "Karim" in text_of(clerk, page_of(later, "preview"))


def test_values_of_a_file_with_restricted_rows_are_not_shown_to_others(
    clerk, reviewer, batch, secret
):
    later = batch_of(clerk, GOOD + "4,Nobody,,,,,,,\n", new_list="", list=batch.list_id)
    assert "Karim" not in text_of(reviewer, page_of(later, "columns"))
    assert "enforced-disappearance" not in text_of(reviewer, page_of(later, "values"))


def test_the_figures_in_the_list_of_imports_conceal_it_too(clerk, other_clerk, batch, secret):
    secret.assigned.add(clerk.member)
    mine = text_of(clerk, "/admin/incidents/importbatch/")
    theirs = text_of(other_clerk, "/admin/incidents/importbatch/")
    assert '<td class="field-rows_column">3</td>' in mine
    assert '<td class="field-rows_column">–</td>' in theirs


def test_the_row_as_it_was_received_stands_on_the_page_of_its_person(clerk, batch):
    person = Person.objects.get(names__given="Balach")
    page = text_of(clerk, f"/admin/incidents/person/{person.pk}/change/")
    assert "Documented in lists" in page
    assert "taken at night" in page
    form = Form(clerk, f"/admin/incidents/person/{person.pk}/change/", "person_form")
    assert not [name for name in form.values if "list_rows-0-received" in name]
    form.fill(occupation_note="driver").save()
    assert person.list_rows.get().received["remarks"] == "taken at night"


# ---------------------------------------------------------------------------- undo


def test_undo_says_how_much_goes_and_asks(clerk, batch):
    page = text_of(clerk, page_of(batch, "undo"))
    assert "Cases: 3. People: 3. Rows of the list: 3." in page
    assert Incident.objects.count() == 3
    response = clerk.post(page_of(batch, "undo"), {"what": "all"})
    assert response["Location"] == page_of(batch, "progress")
    job = Job.objects.get()
    assert (job.kind, job.arguments["batch"]) == ("undo-import", batch.pk)
    assert not job.arguments["untouched_only"]


def test_cases_people_worked_on_are_named_with_the_choice_to_leave_them(clerk, batch):
    case = Incident.objects.get(violations__person__names__given="Karim")
    form = Form(clerk, f"/admin/incidents/incident/{case.pk}/change/", "incident_form")
    form.fill(title="Worked on").save()
    page = text_of(clerk, page_of(batch, "undo"))
    assert "Worked on" in page
    assert "1 case stays" in page
    assert 'value="untouched"' in page
    assert 'value="all"' not in page


def test_what_stays_tells_nothing_of_a_case_concealed_from_the_reader(clerk, batch, secret):
    secret.assigned.add(clerk.member)
    Form(clerk, f"/admin/incidents/incident/{secret.pk}/change/", "incident_form").fill(
        title="Worked on"
    ).save()
    secret.assigned.clear()
    page = text_of(clerk, page_of(batch, "undo"))
    assert "Some cases may stay" in page
    assert "1 case stays" not in page
    secret.assigned.add(clerk.member)
    assert "1 case stays" in text_of(clerk, page_of(batch, "undo"))


def test_undoing_the_import_of_somebody_else_needs_a_reviewer(other_clerk, reviewer, batch):
    assert other_clerk.get(page_of(batch, "undo")).status_code == 403
    assert other_clerk.post(page_of(batch, "undo"), {"what": "all"}).status_code == 403
    assert reviewer.get(page_of(batch, "undo")).status_code == 200


@pytest.mark.parametrize("state", ["uploaded", "running", "undone", "refused"])
def test_what_is_not_in_the_case_file_cannot_be_undone(clerk, batch, state):
    ImportBatch.objects.update(state=state)
    assert clerk.get(page_of(batch, "undo"))["Location"] == page_of(batch, "report")
    clerk.post(page_of(batch, "undo"), {"what": "all"})
    assert Job.objects.count() == 0


# ---------------------------------------------------------------------------- review in bulk


def test_the_cases_of_a_batch_are_submitted_together(clerk, batch):
    page = text_of(clerk, page_of(batch, "report"))
    assert "Submit for review" in page
    assert "Approve for publication" not in page
    response = clerk.post(page_of(batch, "review"), {"step": "submit"})
    job = Job.objects.get()
    assert response["Location"] == f"/admin/incidents/job/{job.pk}/change/"
    assert (job.kind, job.total, job.asked_by) == ("submit", 3, clerk.member)


def test_steps_are_offered_by_role_and_stage(clerk, reviewer, publisher, batch):
    Incident.objects.update(stage=Stage.SUBMITTED)
    assert "Verify" in text_of(reviewer, page_of(batch, "report"))
    assert "Verify" not in text_of(clerk, page_of(batch, "report"))
    assert clerk.post(page_of(batch, "review"), {"step": "verify"}).status_code == 403
    Incident.objects.update(stage=Stage.APPROVED)
    assert reviewer.post(page_of(batch, "review"), {"step": "publish"}).status_code == 403
    assert "Publish" in text_of(publisher, page_of(batch, "report"))


def test_publishing_together_is_asked_once_more(publisher, batch):
    Incident.objects.update(stage=Stage.APPROVED)
    response = publisher.post(page_of(batch, "review"), {"step": "publish"})
    assert "3 cases become public." in response.content.decode()
    assert Job.objects.count() == 0
    form = Form.__new__(Form)
    form.client, form.path = publisher, page_of(batch, "review")
    form.read(response)
    form.send(button=None)
    assert Job.objects.get().kind == "publish"


def test_only_visible_cases_are_dealt_with(other_clerk, batch, secret):
    other_clerk.post(page_of(batch, "review"), {"step": "submit"})
    assert secret.pk not in Job.objects.get().arguments["incidents"]
    assert Job.objects.get().total == 2


def test_selected_cases_of_the_list_are_dealt_with_together(clerk, publisher):
    cases = [factories.incident(f"Case {n}") for n in range(3)]
    form = Form(clerk, "/admin/incidents/incident/", "changelist-form")
    offered = [value for value, _label in form.choices["action"]]
    assert offered == ["", "submit_cases"]
    keys = [case.pk for case in cases[:2]]
    clerk.post(form.path, {"action": "submit_cases", "_selected_action": keys})
    assert Job.objects.get().arguments["incidents"] == keys
    Incident.objects.update(stage=Stage.APPROVED)
    data = {"action": "publish_cases", "_selected_action": keys}
    response = publisher.post(form.path, data)
    assert "2 cases become public." in response.content.decode()
    again = Form.__new__(Form)
    again.client, again.path = publisher, form.path
    again.read(response)
    again.send(button=None)
    assert Job.objects.latest("pk").arguments["incidents"] == keys


def test_a_restricted_case_cannot_be_selected_by_its_number(clerk):
    secret = factories.incident("Secret", restricted=True)
    path = "/admin/incidents/incident/"
    clerk.post(path, {"action": "submit_cases", "_selected_action": [secret.pk]})
    assert Job.objects.count() == 0


# ---------------------------------------------------------------------------- jobs


def test_the_refused_cases_of_a_job_are_listed_with_what_stands_in_the_way(clerk, other_clerk):
    open_case, secret = factories.incident("Open"), factories.incident("Secret", restricted=True)
    job = Job.objects.create(kind="submit", asked_by=clerk.member, state="done", refused=2)
    for case in (open_case, secret):
        job.refusals.create(incident=case, code="no-account", reason="The account is empty.")
    page = text_of(clerk, f"/admin/incidents/job/{job.pk}/change/")
    assert "Open" in page
    assert "The account is empty." in page
    assert "Secret" not in page


def test_a_job_is_stopped_by_who_asked_for_it_or_a_reviewer(clerk, other_clerk, reviewer):
    job = Job.objects.create(kind="submit", asked_by=clerk.member)
    path = f"/admin/incidents/job/{job.pk}/stop/"
    assert other_clerk.post(path).status_code == 403
    assert clerk.get(path).status_code == 405
    assert reviewer.post(path)["Location"] == f"/admin/incidents/job/{job.pk}/change/"
    job.refresh_from_db()
    assert job.stop_asked


def test_jobs_are_listed_and_not_edited(clerk, administrator):
    job = Job.objects.create(kind="import", arguments={"dry_run": True}, asked_by=clerk.member)
    assert "try a list out" in text_of(clerk, "/admin/incidents/job/")
    assert clerk.get("/admin/incidents/job/add/").status_code == 403
    assert administrator.get(f"/admin/incidents/job/{job.pk}/progress.json").status_code == 403


# ---------------------------------------------------------------------------- cost


def queries_of(client, path):
    client.get(path)
    with CaptureQueriesContext(connection) as context:
        assert client.get(path).status_code == 200
    return len(context)


@pytest.mark.parametrize(
    "path",
    [
        "importbatch/",
        "importbatch/{batch}/report/",
        "importbatch/{batch}/undo/",
        "sourcelist/",
        "job/",
    ],
)
def test_a_page_costs_the_same_however_much_came_in(clerk, path, monkeypatch):
    monkeypatch.setattr(vocabularies, "CHECK_EVERY", float("inf"))
    small = brought_in(clerk, GOOD.replace("Gwadar", "Atlantis"))
    few = queries_of(clerk, f"/admin/incidents/{path.format(batch=small.pk)}")
    rows = "".join(
        f"{n},Name{n},,M,20,2020,Atlantis,enforced-disappearance,\n" for n in range(4, 24)
    )
    large = brought_in(clerk, GOOD + rows, new_list="A longer one")
    for _each in range(4):
        Job.objects.create(kind="import", asked_by=clerk.member)
    assert queries_of(clerk, f"/admin/incidents/{path.format(batch=large.pk)}") <= few


@pytest.mark.django_db(transaction=True)
def test_the_whole_way_from_the_file_to_its_undoing(clerk):
    batch = batch_of(clerk, GOOD)
    clerk.post(page_of(batch, "preview"), {"what": "try"})
    work_off(once=True)
    assert Incident.objects.count() == 0
    assert "This was a trial" in text_of(clerk, page_of(batch, "report"))
    clerk.post(page_of(batch, "preview"), {"what": "run"})
    work_off(once=True)
    assert Incident.objects.count() == 3
    assert "It has been brought in." in text_of(clerk, page_of(batch, "progress"))
    clerk.post(page_of(batch, "undo"), {"what": "all"})
    work_off(once=True)
    batch.refresh_from_db()
    assert (Incident.objects.count(), batch.state) == (0, BatchState.UNDONE)


def test_a_row_of_a_restricted_case_is_not_on_the_page_of_its_person(clerk, other_clerk, batch):
    person = Person.objects.get(names__given="Balach")
    factories.violation(factories.incident("An open case"), person)
    path = f"/admin/incidents/person/{person.pk}/change/"
    assert "taken at night" in text_of(other_clerk, path)
    Incident.objects.filter(list_cases__rows__person=person).update(restricted=True)
    assert "taken at night" not in text_of(other_clerk, path)


def test_the_history_of_a_batch_is_for_those_who_may_know_all_of_it(clerk, other_clerk, batch):
    path = f"/admin/incidents/importbatch/{batch.pk}/history/"
    assert clerk.get(path).status_code == 200
    assert other_clerk.get(path).status_code == 403
    Incident.objects.filter(list_cases__batch=batch).update(restricted=True)
    assert clerk.get(path).status_code == 403


def commented(clerk, reviewer, *, many=1):
    """Cases that were handed in, on the first of which a comment is open."""
    cases = [factories.incident(f"Case {n}") for n in range(2)]
    act = factories.violation(cases[0], factories.person("Balach"))
    for number in range(many):
        comment(cases[0], Place.of(act, "start"), f"Which day {number}?", by=reviewer.member)
    Incident.objects.update(stage=Stage.SUBMITTED)
    return cases


def test_open_comments_are_named_before_cases_are_approved_together(clerk, reviewer):
    cases = commented(clerk, reviewer)
    path = "/admin/incidents/incident/"
    data = {"action": "approve_cases", "_selected_action": [case.pk for case in cases]}
    response = reviewer.post(path, data)
    page = response.content.decode()
    assert "Comments are open on 1 of these cases." in page
    assert "Violation: Enforced disappearance: Balach – Start: Which day 0?" in page
    assert f"/admin/incidents/incident/{cases[0].pk}/publication/#comments" in page
    assert "Case 1" not in page
    assert Job.objects.count() == 0
    form = Form.__new__(Form)
    form.client, form.path = reviewer, path
    form.read(response)
    form.send(button=None)
    job = Job.objects.get()
    assert (job.kind, job.arguments["incidents"]) == ("approve", [case.pk for case in cases])


def test_cases_without_open_comments_are_approved_together_without_a_question(clerk, reviewer):
    cases = commented(clerk, reviewer)
    for each in cases[0].review_comments.all():
        settle(each, by=reviewer.member)
    keys = [case.pk for case in cases]
    reviewer.post(
        "/admin/incidents/incident/", {"action": "approve_cases", "_selected_action": keys}
    )
    assert Job.objects.get().kind == "approve"


def test_the_question_needs_as_many_queries_for_many_comments(clerk, reviewer):
    def asked(number):
        cases = commented(clerk, reviewer, many=number)
        data = {"action": "approve_cases", "_selected_action": [case.pk for case in cases]}
        with CaptureQueriesContext(connection) as queries:
            assert reviewer.post("/admin/incidents/incident/", data).status_code == 200
        return len(queries)

    asked(1)
    assert asked(1) == asked(5)
