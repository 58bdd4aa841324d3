"""Bringing a list in, page by page: file, columns, values, the list, text, preview."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from incidents.importing.mapping import read_mapping
from incidents.models import BatchState, ImportBatch, Incident, Job, SourceList
from reference import vocabularies
from tests.incidents.admin.pages import Form, errors_of, messages_of
from tests.incidents.admin.test_pages import _Boxes as Boxes

pytestmark = pytest.mark.django_db

ROWS = """id,name,father,sex,age,date,district,violation,remarks
1,Balach,Mola Bakhsh,M,22,2023-10-29,Kech,enforced-disappearance,taken at night
2,Karim,Abdul,male,30,2023-11,Gwadar,Abducted,
3,Zarmina,,F,19,2022,Kech,enforced-disappearance,
"""


def upload(client, text=ROWS, name="list.csv", **values):
    form = Form(client, "/admin/incidents/importbatch/add/")
    data = {key: value[0] for key, value in form.values.items() if value and key != "file"}
    data |= {"file": SimpleUploadedFile(name, text if isinstance(text, bytes) else text.encode())}
    data |= {"new_list": "Missing of Kech", **values}
    return client.post(form.path, data)


def batch_of(client, text=ROWS, **values):
    response = upload(client, text, **values)
    assert response.status_code == 302, errors_of(response)
    return ImportBatch.objects.latest("pk")


def page_of(batch, name):
    return f"/admin/incidents/importbatch/{batch.pk}/{name}/"


def test_a_file_is_kept_with_its_columns_and_a_suggestion(clerk):
    response = upload(clerk)
    batch = ImportBatch.objects.get()
    assert response["Location"] == page_of(batch, "columns")
    assert batch.entered_by == clerk.member
    assert batch.columns[:3] == ["id", "name", "father"]
    assert (batch.list.name, batch.list.code) == ("Missing of Kech", "missing-of-kech")
    assert read_mapping(batch.mapping, columns=batch.columns).rows.key == ("id",)
    assert Incident.objects.count() == 0


def test_a_list_with_a_name_in_urdu_has_a_short_name_all_the_same(clerk):
    assert batch_of(clerk, new_list="لاپتہ افراد").list.code == "list"
    assert batch_of(clerk, ROWS + "4,x,,,,,,,\n", new_list="مقتولین").list.code == "list-2"


@pytest.mark.parametrize(
    ("content", "name", "word"),
    [
        (b"", "list.csv", "list.csv"),
        (b"\x00\x01\x02\x03\xff\xfe\x00", "list.csv", "list.csv"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "scan.pdf", "scan.pdf"),
        (b"PK\x03\x04broken", "list.xlsx", "list.xlsx"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_beside_its_box(clerk, content, name, word):
    response = upload(clerk, content, name=name)
    assert response.status_code == 200
    assert word in " ".join(errors_of(response))
    assert ImportBatch.objects.count() == SourceList.objects.count() == 0


def test_a_file_beyond_the_limit_is_refused_with_the_limit(clerk, monkeypatch):
    monkeypatch.setattr("incidents.admin.imports.uploading.MAX_FILE_BYTES", 10)
    assert "at most" in " ".join(errors_of(upload(clerk)))
    assert ImportBatch.objects.count() == 0


def test_without_file_or_list_nothing_is_taken_in(clerk):
    response = clerk.post("/admin/incidents/importbatch/add/", {})
    assert errors_of(response) == ["Choose a file.", "Name the list, or choose one above."]


def test_columns_that_are_recognised_are_chosen_and_the_others_kept(clerk):
    batch = batch_of(clerk, ROWS.replace("father", "blood group"))
    form = Form(clerk, page_of(batch, "columns"))
    chosen = [form[f"becomes-{index}"] for index in range(9)]
    assert chosen == [
        *("row", "name", "", "sex", "age", "start", "district", "type", "incident-notes"),
    ]
    assert "Balach" in form.html
    assert "kept with the row, not read" in form.labels("becomes-2")


def test_what_is_chosen_for_columns_is_kept_and_becomes_the_mapping(clerk):
    batch = batch_of(clerk)
    form = Form(clerk, page_of(batch, "columns"))
    form.fill(**{"becomes-8": "", "becomes-2": "last"})
    assert form.send(button=None)["Location"] == page_of(batch, "values")
    assert Form(clerk, page_of(batch, "columns"))["becomes-2"] == "last"
    batch.refresh_from_db()
    mapping = read_mapping(batch.mapping, columns=batch.columns)
    assert "remarks" not in mapping.columns_read
    assert "tribe_or_place" in batch.mapping


def test_two_columns_cannot_become_the_same(clerk):
    batch = batch_of(clerk)
    form = Form(clerk, page_of(batch, "columns"))
    form.fill(**{"becomes-2": "name"})
    response = form.send(button=None)
    assert response.status_code == 200
    assert "becomes this already" in response.content.decode()
    form.read(response)
    assert form["becomes-2"] == "name"
    assert Form(clerk, page_of(batch, "columns"))["becomes-2"] == "father"


def test_values_that_are_known_are_chosen_and_the_others_are_for_a_person(clerk):
    batch = batch_of(clerk)
    Form(clerk, page_of(batch, "columns")).send(button=None)
    form = Form(clerk, page_of(batch, "values"))
    by_value = {form.html.split(f'for="means-{n}"')[1][:60]: form[f"means-{n}"] for n in range(5)}
    meanings = {key.split("<bdi>")[1].split("</bdi>")[0]: v for key, v in by_value.items()}
    assert meanings == {
        "M": "man",
        "male": "man",
        "F": "woman",
        "enforced-disappearance": "enforced-disappearance",
        "Abducted": "",
    }
    assert "1 value has no meaning yet" in form.html


def test_what_a_value_means_is_kept(clerk):
    batch = batch_of(clerk)
    Form(clerk, page_of(batch, "columns")).send(button=None)
    form = Form(clerk, page_of(batch, "values"))
    open_box = next(name for name, value in form.values.items() if value == [""])
    form.fill(**{open_box: "abduction-unattributed"})
    assert form.send(button=None)["Location"] == page_of(batch, "about")
    batch.refresh_from_db()
    assert 'Abducted = "abduction-unattributed"' in batch.mapping


def test_the_list_as_a_whole_is_kept(clerk):
    batch = batch_of(clerk)
    form = Form(clerk, page_of(batch, "about"))
    form.fill(title="Case {id} of Kech", source_title="The register", protection="initials")
    form.fill(day_order="day", missing="NA\r\n-", good_rows_only="on", source_published="2024")
    assert form.send(button=None)["Location"] == page_of(batch, "preview")
    batch.refresh_from_db()
    assert batch.good_rows_only
    mapping = read_mapping(batch.mapping, columns=batch.columns)
    assert mapping.missing >= {"NA", "-"}
    again = Form(clerk, page_of(batch, "about"))
    assert (again["title"], again["day_order"]) == ("Case {id} of Kech", "day")
    assert again["source_published"] == "2024"


def test_without_a_source_the_page_is_shown_again_as_it_was_typed(clerk):
    batch = batch_of(clerk)
    form = Form(clerk, page_of(batch, "about")).fill(source_title="", title="Typed")
    response = form.send(button=None)
    assert errors_of(response) == ["This is needed."]
    form.read(response)
    assert form["title"] == "Typed"


def test_the_text_of_a_mapping_is_kept_although_it_is_faulty(clerk):
    batch = batch_of(clerk)
    form = Form(clerk, page_of(batch, "text"))
    faulty = form["mapping"].replace('father"', 'fahter"')
    response = form.fill(mapping=faulty).send(button=None)
    page = response.content.decode()
    assert "Line " in page
    assert "father" in page
    again = Form(clerk, page_of(batch, "text"))
    assert "fahter" in again["mapping"]
    assert "errornote" in again.html


def test_a_mapping_that_was_written_as_text_closes_the_pages_of_columns(clerk):
    batch = batch_of(clerk)
    form = Form(clerk, page_of(batch, "text"))
    form.fill(mapping="# mine\n" + form["mapping"]).send(button=None)
    page = clerk.get(page_of(batch, "columns")).content.decode()
    assert "written as text" in page
    clerk.post(page_of(batch, "columns"), {"what": "suggest"})
    assert Form(clerk, page_of(batch, "columns"))["becomes-1"] == "name"


def test_a_mapping_goes_out_as_a_file_and_comes_in_as_one(clerk):
    batch = batch_of(clerk)
    answer = clerk.get(f"/admin/incidents/importbatch/{batch.pk}/mapping.toml")
    assert 'filename="missing-of-kech.toml"' in answer["Content-Disposition"]
    other = batch_of(clerk, ROWS + "4,Someone,,,,,,,\n", new_list="Another")
    upload = SimpleUploadedFile("m.toml", answer.content)
    clerk.post(page_of(other, "text"), {"mapping": "", "mapping_file": upload})
    other.refresh_from_db()
    assert other.mapping == answer.content.decode()


def test_a_further_file_of_a_list_takes_the_mapping_of_the_last_one(clerk):
    first = batch_of(clerk)
    Form(clerk, page_of(first, "columns")).fill(**{"becomes-8": ""}).send(button=None)
    second = batch_of(clerk, ROWS + "4,Someone,,,,,,,\n", new_list="", list=first.list_id)
    assert Form(clerk, page_of(second, "columns"))["becomes-8"] == ""


def test_the_same_file_again_is_told(clerk):
    first = batch_of(clerk)
    ImportBatch.objects.update(state=BatchState.DONE)
    batch_of(clerk, new_list="", list=first.list_id)
    assert any("Exactly this file" in text for text in messages_of(clerk))


@pytest.mark.parametrize("state", [BatchState.REFUSED, BatchState.UNDONE])
def test_a_file_of_which_nothing_stands_is_not_said_to_change_nothing(clerk, state):
    first = batch_of(clerk)
    ImportBatch.objects.update(state=state)
    batch_of(clerk, new_list="", list=first.list_id)
    assert not any("Exactly this file" in text for text in messages_of(clerk))


def test_the_same_file_as_another_list_is_not_said_to_change_nothing(clerk):
    batch_of(clerk)
    ImportBatch.objects.update(state=BatchState.DONE)
    batch_of(clerk, new_list="Another list")
    assert not any("Exactly this file" in text for text in messages_of(clerk))


def test_the_preview_shows_the_first_cases_as_they_would_be_entered(clerk):
    batch = batch_of(clerk)
    Form(clerk, page_of(batch, "columns")).send(button=None)
    page = clerk.get(page_of(batch, "preview")).content.decode()
    for words in ("Balach", "Mola Bakhsh", "Missing of Kech: 1", "Enforced disappearance"):
        assert words in page
    assert "Abducted" in page
    assert "would be refused" in page
    assert Incident.objects.count() == 0


def test_a_preview_with_a_faulty_mapping_leads_to_its_text(clerk):
    batch = batch_of(clerk)
    Form(clerk, page_of(batch, "text")).fill(mapping="list = ").send(button=None)
    assert clerk.get(page_of(batch, "preview"))["Location"] == page_of(batch, "text")


def test_a_preview_of_a_file_that_is_gone_says_so(clerk):
    batch = batch_of(clerk)
    batch.file.storage.delete(batch.file.name)
    response = clerk.get(page_of(batch, "preview"))
    assert response.status_code == 200
    assert "The file cannot be read any more." in response.content.decode()


def test_a_run_is_asked_for_once(clerk):
    batch = batch_of(clerk)
    for _each in range(2):
        response = clerk.post(page_of(batch, "preview"), {"what": "run"})
        assert response["Location"] == page_of(batch, "progress")
    batch.refresh_from_db()
    assert (batch.state, Job.objects.count()) == (BatchState.WAITING, 1)
    assert batch.job.arguments["batch"] == batch.pk
    assert not batch.job.arguments["dry_run"]
    for name in ("columns", "values", "about", "text", "preview"):
        assert clerk.get(page_of(batch, name))["Location"] == page_of(batch, "progress")


def test_progress_is_told_without_a_script_and_to_one(clerk):
    batch = batch_of(clerk)
    clerk.post(page_of(batch, "preview"), {"what": "try"})
    job = Job.objects.get()
    Job.objects.update(state="running", done=5, total=20)
    page = clerk.get(page_of(batch, "progress")).content.decode()
    assert '<progress id="job-bar" max="20" value="5">' in page
    assert "5 of 20" in page
    assert '<noscript><meta http-equiv="refresh"' in page
    told = clerk.get(f"/admin/incidents/job/{job.pk}/progress.json").json()
    assert (told["done"], told["total"], told["over"]) == (5, 20, False)
    clerk.post(f"/admin/incidents/job/{job.pk}/stop/")
    job.refresh_from_db()
    assert job.stop_asked


@pytest.mark.parametrize("name", ["columns", "values", "about", "text", "preview"])
def test_a_page_costs_the_same_however_long_the_file_is(clerk, name, monkeypatch):
    monkeypatch.setattr(vocabularies, "CHECK_EVERY", float("inf"))
    short = batch_of(clerk)
    more = "".join(f"{n},Name{n},F{n},M,20,2020,Kech,Abducted,\n" for n in range(4, 15))
    long = batch_of(clerk, ROWS + more, new_list="A longer one")
    for batch in (short, long):
        Form(clerk, page_of(batch, "columns")).send(button=None)
    few, many = (_queries(clerk, page_of(batch, name)) for batch in (short, long))
    assert many <= few


def _queries(client, path):
    client.get(path)
    with CaptureQueriesContext(connection) as context:
        assert client.get(path).status_code == 200
    return len(context)


def test_an_unknown_batch_is_not_found(clerk):
    assert clerk.get("/admin/incidents/importbatch/999999/columns/").status_code == 404
    assert clerk.get("/admin/incidents/importbatch/999999/change/").status_code == 404


def test_opening_a_batch_leads_to_where_it_stands(clerk):
    batch = batch_of(clerk)
    path = f"/admin/incidents/importbatch/{batch.pk}/change/"
    assert clerk.get(path)["Location"] == page_of(batch, "columns")
    ImportBatch.objects.update(state="running")
    assert clerk.get(path)["Location"] == page_of(batch, "progress")
    ImportBatch.objects.update(state="done")
    assert clerk.get(path)["Location"] == page_of(batch, "report")


def test_somebody_else_needs_to_be_a_reviewer(clerk, other_clerk, reviewer, administrator):
    batch = batch_of(clerk)
    assert other_clerk.get(page_of(batch, "columns")).status_code == 403
    assert other_clerk.post(page_of(batch, "preview"), {"what": "run"}).status_code == 403
    assert reviewer.get(page_of(batch, "columns")).status_code == 200
    assert administrator.get("/admin/incidents/importbatch/").status_code == 403
    assert administrator.get("/admin/incidents/importbatch/add/").status_code == 403


def test_a_post_without_the_token_is_refused(clerk):
    from django.test import Client

    batch = batch_of(clerk)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(clerk.member)
    for name in ("columns", "values", "about", "text", "preview", "undo", "review"):
        assert strict.post(page_of(batch, name), {}).status_code == 403


def test_the_pages_are_in_urdu_too(clerk):
    batch = batch_of(clerk)
    page = clerk.get(f"/ur{page_of(batch, 'columns')}").content.decode()
    assert '<html lang="ur" dir="rtl"' in page


def test_a_sheet_of_remarks_before_the_table_is_passed_over(clerk):
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.title = "Read me"
    book.active.append(["Cases of the valley, collected by hand"])
    sheet = book.create_sheet("Cases")
    sheet.append(["name", "age"])
    sheet.append(["Balach", 22])
    stream = io.BytesIO()
    book.save(stream)
    batch = batch_of(clerk, stream.getvalue(), name="list.xlsx")
    assert batch.columns == ["name", "age"]
    assert Form(clerk, page_of(batch, "columns")).labels("sheet") == ["Read me", "Cases"]


def test_another_sheet_of_a_workbook_can_be_read(clerk):
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.append(["title"])
    book.active.append(["cover page"])
    sheet = book.create_sheet("Cases")
    sheet.append(["name", "age"])
    sheet.append(["Balach", 22])
    held = io.BytesIO()
    book.save(held)
    batch = batch_of(clerk, held.getvalue(), name="list.xlsx")
    page = Form(clerk, page_of(batch, "columns"))
    assert page.labels("sheet") == ["Sheet", "Cases"]
    clerk.post(page_of(batch, "columns"), {"what": "sheet", "sheet": "Cases"})
    batch.refresh_from_db()
    assert batch.columns == ["name", "age"]
    assert read_mapping(batch.mapping).table_options.sheet == "Cases"


def test_a_job_that_was_stopped_before_it_began_leaves_the_file_as_it_was(clerk):
    batch = batch_of(clerk)
    clerk.post(page_of(batch, "preview"), {"what": "run"})
    Job.objects.update(state="stopped")
    path = f"/admin/incidents/importbatch/{batch.pk}/change/"
    assert clerk.get(path)["Location"] == page_of(batch, "columns")
    assert clerk.get(page_of(batch, "preview")).status_code == 200


def test_a_title_with_a_column_that_is_not_there_is_refused_beside_its_box(clerk):
    batch = batch_of(clerk)
    form = Form(clerk, page_of(batch, "about")).fill(title="Case {nmuber}")
    [error] = errors_of(form.send(button=None))
    assert "nmuber" in error
    assert "district" in error


@pytest.mark.parametrize("name", ["columns", "values", "about", "text", "preview", "progress"])
def test_every_box_has_a_label_and_nothing_is_inline(clerk, name):
    batch = batch_of(clerk)
    Form(clerk, page_of(batch, "columns")).send(button=None)
    for prefix in ("", "/ur"):
        page = clerk.get(prefix + page_of(batch, name)).content.decode()
        reader = Boxes()
        reader.feed(page)
        assert reader.unnamed() == []
        assert re.findall(r"<script(?![^>]*\bsrc=)", page) == []
        assert re.findall(r"<style|\sstyle=|\son[a-z]+=\"", page) == []


def test_the_page_for_a_new_file_has_a_label_on_each_box(clerk):
    reader = Boxes()
    reader.feed(clerk.get("/admin/incidents/importbatch/add/").content.decode())
    assert len(reader.boxes) >= 5
    assert reader.unnamed() == []
