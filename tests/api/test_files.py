"""Lists as whole files: CSV, NDJSON, GeoJSON and XLSX, or a refusal before they begin."""

import csv
import io
import json
import math
import re
import tempfile
import threading
import tracemalloc
from dataclasses import replace
from datetime import date
from pathlib import Path
from threading import BoundedSemaphore

import pytest
from django.db import connection, connections
from openpyxl import load_workbook

from api import streaming
from api.errors import Problem
from api.views import lists
from record import copying, spreadsheets, walking
from record.columns import COLUMNS
from record.files import FILE_FORMATS, Sheet
from record.kinds import Kind
from record.rows import row_of
from reference import vocabularies
from tests.api.case import publish_case
from tests.api.shapes import assert_open, assert_problem, assert_refused
from tests.record.factories import (
    HOSTILE_TEXTS,
    agency,
    hostile_incidents,
    place,
    publish,
    publish_incident,
    source,
    victim,
    violation,
)
from tests.record.many import many_sources

pytestmark = pytest.mark.django_db

FORMATS = ("csv", "csv-plain", "ndjson", "geojson", "xlsx")
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "csv-plain": "text/csv; charset=utf-8",
    "ndjson": "application/x-ndjson",
    "geojson": "application/geo+json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
EVERY_FILE = [
    (kind.plural, name)
    for kind in Kind
    for name in FORMATS
    if name != "geojson" or kind in (Kind.INCIDENT, Kind.VIOLATION, Kind.VICTIM)
]


def file(client, resource, format_, query="", **options):
    answer = client.get(f"/api/v1/{resource}/?format={format_}&{query}", **options)
    assert answer.status_code == 200, answer.content
    return answer


def rows(client, resource, query="", format_="csv-plain"):
    """The rows of a table, each a dictionary."""
    body = file(client, resource, format_, query).getvalue()
    if format_ == "xlsx":
        head, *cells = load_workbook(io.BytesIO(body)).worksheets[0].iter_rows(values_only=True)
        return [dict(zip(head, row, strict=True)) for row in cells]
    return list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"), newline=""), strict=True))


def references_in(client, resource, format_, query=""):
    if format_ in ("ndjson", "geojson"):
        body = file(client, resource, format_, query).getvalue().decode()
        if format_ == "geojson":
            return [feature["id"] for feature in json.loads(body)["features"]]
        return [json.loads(line)["reference"] for line in body.splitlines()]
    return [row["reference"] for row in rows(client, resource, query, format_)]


# --- whole ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("resource", "format_"), EVERY_FILE)
def test_a_file_holds_what_the_list_holds_in_the_same_order(client, resource, format_):
    publish_case()
    publish_case()
    hostile_incidents(3)
    pages = client.get(f"/api/v1/{resource}/?page_size=200").json()
    found = references_in(client, resource, format_)
    assert found == [document["reference"] for document in pages["results"]]
    assert len(found) == pages["count"] > 0


@pytest.mark.parametrize(("resource", "format_"), EVERY_FILE)
def test_an_empty_list_is_an_empty_file(client, resource, format_):
    assert references_in(client, resource, format_) == []


@pytest.mark.parametrize("format_", ["csv", "csv-plain", "ndjson", "xlsx"])
def test_a_file_is_far_longer_than_a_page(client, format_):
    references = many_sources(1_203)
    assert sorted(references_in(client, "sources", format_)) == sorted(references)


@pytest.mark.parametrize(("resource", "format_"), EVERY_FILE)
def test_headers_say_what_the_file_is(client, resource, format_):
    publish_case()
    answer = file(client, resource, format_)
    answer.getvalue()
    assert answer["Content-Type"] == TYPES[format_]
    assert answer["X-Total-Count"] == str(len(references_in(client, resource, format_)))
    assert answer["X-Dataset-Version"] == "7"
    ending = format_.removesuffix("-plain")
    assert answer["Content-Disposition"] == f'attachment; filename="{resource}-7.{ending}"'
    assert answer["Cache-Control"] == "no-cache"
    assert_open(answer)


@pytest.mark.parametrize("format_", FORMATS)
def test_a_file_answers_the_same_question_as_the_list(client, format_):
    publish_incident(area="PK211", date="2023-10-29")
    publish_incident(area="PK2", date="2023")
    query = "type=liberty&district=Kech&date_from=2023-10&date_to=2023-10"
    assert references_in(client, "violations", format_, query) == ["VIO-2026-0001"]


@pytest.mark.parametrize(("resource", "format_"), EVERY_FILE)
def test_head_says_the_same_and_sends_nothing(client, resource, format_):
    publish_case()
    got = file(client, resource, format_)
    got.getvalue()
    head = client.head(f"/api/v1/{resource}/?format={format_}")
    assert head.status_code == 200
    assert head.getvalue() == b""
    about = ("X-Total-Count", "X-Dataset-Version", "X-Caveat", "X-Collecting-Bodies")
    for name in ("Content-Type", "Content-Disposition", *about):
        assert head[name] == got[name]


# --- choosing a format ----------------------------------------------------------------------------


@pytest.mark.parametrize("format_", ["csv", "ndjson", "geojson", "xlsx", "json"])
def test_a_format_can_be_the_ending_of_the_address(client, format_):
    publish_case()
    answer = client.get(f"/api/v1/incidents.{format_}?type=liberty")
    other = client.get(f"/api/v1/incidents/?type=liberty&format={format_}")
    assert answer.status_code == 200
    assert answer["Content-Type"] == other["Content-Type"]
    answer.getvalue()
    other.getvalue()


@pytest.mark.parametrize("format_", ["csv", "ndjson", "geojson", "xlsx"])
def test_a_format_can_be_asked_for_by_its_media_type(client, format_):
    publish_case()
    media_type = TYPES[format_].partition(";")[0]
    answer = client.get("/api/v1/incidents/", headers={"Accept": media_type})
    body = answer.getvalue()
    assert answer["Content-Type"] == TYPES[format_]
    if format_ == "csv":
        assert body.startswith(b"\xef\xbb\xbf")


def test_an_ending_and_another_format_contradict_each_other(client):
    answer = client.get("/api/v1/incidents.csv?format=ndjson")
    assert_refused(answer, "format", "csv")


@pytest.mark.parametrize("resource", ["agencies", "legal-actions", "sources"])
def test_what_has_no_place_of_its_own_is_offered_on_no_map(client, resource):
    for address in (f"{resource}/?format=geojson", f"{resource}.geojson"):
        answer = client.get(f"/api/v1/{address}")
        error = assert_refused(answer, "format", "json")
        assert (
            error["message"] == "The formats offered here are: json, csv, csv-plain, ndjson, xlsx."
        )
    answer = client.get(f"/api/v1/{resource}/", headers={"Accept": "application/geo+json"})
    assert_problem(answer, 406, "not-acceptable")


@pytest.mark.parametrize("address", ["incidents.xml", "incidents.csv/", "statistics.csv", ".csv"])
def test_there_are_no_other_endings(client, address):
    assert_problem(client.get(f"/api/v1/{address}"), 404, "not-found")


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("given", ["page=1", "page_size=10", "cursor=first"])
def test_a_file_has_no_pages(client, format_, given):
    answer = client.get(f"/api/v1/incidents/?format={format_}&{given}")
    assert_refused(answer, given.partition("=")[0])


@pytest.mark.parametrize("format_", FORMATS)
def test_a_wrong_question_is_a_problem_whatever_the_format(client, format_):
    answer = client.get(f"/api/v1/incidents/?tipe=torture&format={format_}")
    assert_refused(answer, "tipe", "type")


# --- CSV ------------------------------------------------------------------------------------------


def test_csv_for_screens_begins_with_a_mark_and_plain_csv_does_not(client):
    publish_case()
    marked = file(client, "incidents", "csv").getvalue()
    assert marked == b"\xef\xbb\xbf" + file(client, "incidents", "csv-plain").getvalue()
    assert not marked[3:].startswith(b"\xef\xbb\xbf")


def test_csv_has_lines_of_one_kind_and_as_many_cells_everywhere(client):
    hostile_incidents()
    body = file(client, "incidents", "csv-plain").getvalue().decode()
    assert body.endswith("\r\n")
    read = list(csv.reader(io.StringIO(body, newline=""), strict=True))
    assert {len(row) for row in read} == {len(COLUMNS[Kind.INCIDENT])}
    assert len(read) == 11


@pytest.mark.parametrize("format_", ["csv-plain", "csv", "xlsx"])
def test_texts_come_out_as_they_went_in_but_for_what_begins_a_formula(client, format_):
    hostile_incidents(len(HOSTILE_TEXTS))
    found = {row["title"] for row in rows(client, "incidents", format_=format_)}
    assert found == {f"'{text}" if text[0] in "=+@" else text for text in HOSTILE_TEXTS}


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
@pytest.mark.parametrize("format_", ["csv-plain", "xlsx"])
def test_no_text_begins_a_formula_whichever_column_it_is_in(client, start, format_):
    text = f"{start}1+1"
    publish(
        agency(text, name_local=text, abbreviation=text, other_names=[text], note=text, seat=text)
    )
    (row,) = rows(client, "agencies", format_=format_)
    for name in ("name", "name_local", "abbreviation", "other_names", "note", "seat"):
        assert row[name].startswith("'")
        assert not row[name][1:].startswith("'")


def test_numbers_are_left_as_they_are(client):
    where = {**place("PK211"), "point": {"lat": -25.5, "lon": -63.25, "of": "district"}}
    publish_incident(violations=[], place=where)
    (row,) = rows(client, "incidents")
    assert (row["place_lat"], row["place_lon"]) == ("-25.5", "-63.25")
    (row,) = rows(client, "incidents", format_="xlsx")
    assert (row["place_lat"], row["place_lon"]) == (-25.5, -63.25)


def test_what_is_not_known_is_an_empty_cell(client):
    publish_incident(date="", area=None, violations=[violation(victim=victim(people=None))])
    (row,) = rows(client, "violations")
    for name in ("start_earliest", "victim_people", "place_district", "victim_age_low"):
        assert row[name] == ""
    assert row["start_precision"] == "unknown"


def test_codes_stand_beside_labels_and_lists_in_one_cell(client):
    publish_case()
    (row,) = rows(client, "violations")
    assert {name: value for name, value in row.items() if value} == {
        "reference": "VIO-2026-0001",
        "kind": "violation",
        "version": "1",
        "first_published": "2026-01-15T09:00:00Z",
        "published_at": "2026-01-15T09:00:00Z",
        "type": "enforced-disappearance",
        "type_label": "Enforced disappearance",
        "types": "liberty; enforced-disappearance",
        "types_label": "Taking or holding of a person; Enforced disappearance",
        "victim": "VIC-2026-0001",
        "victim_name": "Balach Mola Bakhsh",
        "victim_name_local": "بالاچ مولا بخش",
        "victim_name_shown": "full",
        "victim_named": "true",
        "victim_people": "1",
        "victim_estimated": "false",
        "victim_sex": "man",
        "victim_sex_label": "Male",
        "victim_age_group": "adult",
        "victim_age_group_label": "Adult",
        "victim_status": "disappeared",
        "victim_status_label": "Disappeared",
        "incident": "INC-2026-0001",
        "incident_title": "Taken from home in Turbat",
        "start_text": "2023-10-29",
        "start_earliest": "2023-10-29",
        "start_latest": "2023-10-29",
        "start_precision": "day",
        "end_text": "2023-11-2X",
        "end_earliest": "2023-11-20",
        "end_latest": "2023-11-29",
        "end_precision": "interval",
        "open_ended": "false",
        "place_country_code": "PK",
        "place_country": "Pakistan",
        "place_country_local": "پاکستان",
        "place_province_code": "PK2",
        "place_province": "Balochistan",
        "place_province_local": "بلوچستان",
        "place_division_code": "PK2-makran",
        "place_division": "Makran",
        "place_division_local": "مکران",
        "place_district_code": "PK211",
        "place_district": "Kech",
        "place_district_local": "کیچ",
        "place_basis": "stated",
        "place_precision": "district",
        "place_precision_label": "District",
        "involvements": "Counter Terrorism Department",
        "involvements_agencies": "AGY-2026-0002",
        "attributions": "officials-deny",
        "attributions_label": "Denied by officials",
        "grade": "alleged",
        "grade_label": "Alleged",
        "citations": "1",
        "confidential_sources": "false",
    }


# --- choosing columns -----------------------------------------------------------------------------


@pytest.mark.parametrize("format_", ["csv-plain", "xlsx"])
def test_fields_name_members_or_single_columns_in_the_order_wanted(client, format_):
    publish_case()
    (row,) = rows(client, "violations", "fields=start_earliest,grade,victim_name", format_)
    assert list(row) == ["start_earliest", "grade", "grade_label", "victim_name"]


def test_a_member_brings_all_its_columns_once(client):
    publish_case()
    (row,) = rows(client, "violations", "fields=start_text,start")
    assert list(row) == ["start_text", "start_earliest", "start_latest", "start_precision"]


def test_fields_choose_members_of_documents_where_documents_are_written(client):
    publish_case()
    body = file(client, "violations", "ndjson", "fields=grade,reference").getvalue()
    assert json.loads(body) == {
        "grade": {"code": "alleged", "label": "Alleged"},
        "reference": "VIO-2026-0001",
    }


@pytest.mark.parametrize(
    ("format_", "field", "suggestion"),
    [
        ("csv", "victim_nam", "victim_name"),
        ("geojson", "grad_label", "grade_label"),
        ("xlsx", "nonsense", None),
        ("ndjson", "start_earliest", None),
        ("json", "grade_label", None),
    ],
)
def test_an_unknown_field_is_refused_with_the_nearest(client, format_, field, suggestion):
    answer = client.get(f"/api/v1/violations/?format={format_}&fields={field}")
    error = assert_refused(answer, "fields", suggestion) if suggestion else None
    assert error or answer.json()["errors"][0]["parameter"] == "fields"


# --- NDJSON and GeoJSON ---------------------------------------------------------------------------


def test_ndjson_has_the_documents_as_the_list_gives_them(client):
    hostile_incidents()
    listed = client.get("/api/v1/incidents/").json()["results"]
    lines = file(client, "incidents", "ndjson").getvalue().decode().removesuffix("\n").split("\n")
    assert [json.loads(line) for line in lines] == listed


@pytest.fixture
def mapped(db):
    def at(of):
        return {**place("PK211"), "point": {"lat": 26.0, "lon": 63.05, "of": of}}

    acts = [violation(place=at("place"), victim=victim("A")), violation(area=None)]
    publish_incident(violations=acts, place=at("district"))
    publish_incident(violations=[], area=None)


def features(client, resource):
    collection = file(client, resource, "geojson").getvalue()
    return json.loads(collection)["features"]


def test_a_point_is_longitude_and_latitude_and_says_what_it_marks(client, mapped):
    with_point = [each for each in features(client, "violations") if each["geometry"]]
    (feature,) = with_point
    assert feature["geometry"] == {"type": "Point", "coordinates": [63.05, 26.0]}
    assert feature["properties"]["precision"] == "place"
    assert feature["properties"]["coarsened"] is False
    assert feature["properties"]["type"] == "enforced-disappearance"
    assert feature["properties"]["victim_people"] == 1


def test_the_middle_of_an_area_is_marked_as_no_exact_place(client, mapped):
    point = [each["properties"] for each in features(client, "incidents") if each["geometry"]]
    assert [(each["precision"], each["coarsened"]) for each in point] == [("district", True)]


@pytest.mark.parametrize(("resource", "count"), [("incidents", 2), ("violations", 2)])
def test_what_has_no_point_is_there_without_one(client, mapped, resource, count):
    found = features(client, resource)
    assert len(found) == count
    (without,) = [each for each in found if each["geometry"] is None]
    assert without["properties"]["precision"] is None
    assert without["properties"]["coarsened"] is None


def test_a_victim_is_where_the_last_violation_with_a_place_was(client, mapped):
    found = {each["id"]: each["geometry"] for each in features(client, "victims")}
    assert sorted(map(bool, found.values())) == [False, True]


def test_a_collection_says_how_to_cite_it(client, mapped):
    collection = json.loads(file(client, "incidents", "geojson").getvalue())
    assert collection["type"] == "FeatureCollection"
    assert collection["count"] == 2
    assert {"question", "dataset_version", "licence", "cite", "caveat"} <= collection.keys()


# --- XLSX -----------------------------------------------------------------------------------------


def workbook(client, resource="agencies"):
    return load_workbook(io.BytesIO(file(client, resource, "xlsx").getvalue()))


def test_a_workbook_says_what_it_is_and_what_its_columns_mean(client):
    publish(agency())
    about = {row[0]: row[1] for row in workbook(client)["about"].iter_rows(values_only=True)}
    assert about["count"] == "1"
    assert about["question"] == "Agencies"
    assert {column.name for column in COLUMNS[Kind.AGENCY]} <= about.keys()


def test_texts_in_the_language_of_the_place_run_from_right_to_left(client):
    publish(agency(name_local="سی ٹی ڈی"))
    head, row = workbook(client)["agencies"].iter_rows()
    orders = {name.value: each.alignment.readingOrder for name, each in zip(head, row, strict=True)}
    assert orders["name_local"] == 2
    assert not orders["name"]


def test_what_a_cell_cannot_hold_is_marked_and_whole_elsewhere(client):
    publish(agency("x\x0by", note="ب" * 40_000))
    (row,) = rows(client, "agencies", format_="xlsx")
    assert row["name"] == "x\ufffdy"
    assert len(row["note"]) == 32_767
    assert row["note"].endswith("CSV and NDJSON have the whole text]")
    (row,) = rows(client, "agencies")
    assert row["note"] == "ب" * 40_000


def test_no_character_makes_a_workbook_unreadable(client):
    names = ("a\ufffeb", "a\uffffb", "a\x1fb", "a\tb")
    publish(*(agency(name) for name in names))
    found = {row["name"] for row in rows(client, "agencies", format_="xlsx")}
    assert found == {"a\ufffdb", "a\tb"}


def test_the_length_of_a_cell_is_counted_as_spreadsheets_count_it(client):
    publish(agency("A", note="𐀀" * 20_000))
    (row,) = rows(client, "agencies", format_="xlsx")
    assert len(row["note"].encode("utf-16-le")) // 2 <= 32_767
    assert row["note"].endswith("CSV and NDJSON have the whole text]")


def left_behind():
    return set(Path(tempfile.gettempdir()).glob("workbook-*"))


def broken(*_arguments):
    raise KeyError


def test_a_workbook_that_is_given_up_leaves_no_files_behind(client, settings, monkeypatch):
    publish(agency())
    before = left_behind()
    settings.GAWAH_WORKBOOK_SECONDS = 0
    assert client.get("/api/v1/agencies.xlsx").status_code == 503
    settings.GAWAH_WORKBOOK_SECONDS = 60
    client.raise_request_exception = False
    for part in ("_fitting", "_write_about", "_described"):
        with monkeypatch.context() as patched:
            patched.setattr(spreadsheets, part, broken)
            assert client.get("/api/v1/agencies.xlsx").status_code == 500
    assert left_behind() == before


def test_a_workbook_is_not_packed_when_its_time_is_over(client, monkeypatch):
    publish(agency())
    written = spreadsheets._write_about

    def slow(*arguments):
        written(*arguments)
        monkeypatch.setattr(spreadsheets.time, "monotonic", lambda: math.inf)

    monkeypatch.setattr(spreadsheets, "_write_about", slow)
    assert_problem(client.get("/api/v1/agencies.xlsx"), 503, "too-slow")


@pytest.mark.parametrize("format_", ["csv", "csv-plain"])
def test_no_text_begins_a_formula_behind_a_semicolon_or_in_full_width(client, format_):
    publish(agency("Taken;=HYPERLINK(A1);-1"), agency("＝1"), agency("\n=1"), agency("a; b"))
    found = {row["name"] for row in rows(client, "agencies", format_=format_)}
    assert found == {"Taken;'=HYPERLINK(A1);'-1", "'＝1", "'\n=1", "a; b"}


@pytest.mark.parametrize("format_", FORMATS)
def test_head_of_a_file_does_not_say_that_it_is_empty(client, format_):
    assert "Content-Length" not in client.head(f"/api/v1/incidents/?format={format_}")


def test_a_list_that_no_worksheet_holds_is_refused_before_it_begins(client, monkeypatch):
    monkeypatch.setattr(lists, "MAX_ROWS", 1)
    publish(agency(), agency())
    error = assert_refused(client.get("/api/v1/agencies.xlsx"), "format", "csv")
    assert "format=csv" in error["message"]
    publish_incident()
    file(client, "incidents", "xlsx").getvalue()


def test_a_workbook_that_takes_too_long_is_given_up(client, settings):
    settings.GAWAH_WORKBOOK_SECONDS = 0
    publish(agency())
    answer = client.get("/api/v1/agencies.xlsx")
    problem = assert_problem(answer, 503, "too-slow")
    assert "format=csv" in problem["detail"]
    assert int(answer["Retry-After"]) > 0


# --- few at a time --------------------------------------------------------------------------------


@pytest.fixture
def one_place(monkeypatch):
    """Only one file at a time."""
    monkeypatch.setattr(streaming, "_places", BoundedSemaphore(1))


@pytest.mark.parametrize("format_", FORMATS)
def test_where_as_many_files_are_sent_as_can_be_another_is_refused(client, one_place, format_):
    publish_incident()
    on_its_way = file(client, "incidents", format_)
    for other in FORMATS:
        answer = client.get(f"/api/v1/incidents/?format={other}")
        assert_problem(answer, 503, "unavailable")
        assert int(answer["Retry-After"]) > 0
    assert client.get("/api/v1/incidents/").status_code == 200
    assert client.head("/api/v1/incidents.csv").status_code == 200
    on_its_way.getvalue()
    file(client, "incidents", format_).getvalue()


@pytest.mark.parametrize("format_", FORMATS)
def test_a_file_that_was_read_gives_its_place_back(client, one_place, format_):
    publish_incident()
    for _turn in range(2):
        file(client, "incidents", format_).getvalue()


def test_a_file_that_nobody_began_to_send_gives_its_place_back(client, one_place):
    publish_incident()
    file(client, "incidents", "csv").file.close()
    file(client, "incidents", "csv").getvalue()


def test_a_file_that_fails_gives_its_place_back(client, one_place, settings):
    publish_incident()
    settings.GAWAH_WORKBOOK_SECONDS = 0
    for _turn in range(2):
        assert_problem(client.get("/api/v1/incidents.xlsx"), 503, "too-slow")
        assert_refused(client.get("/api/v1/incidents.csv?page=1"), "page")
    file(client, "incidents", "csv").getvalue()


@pytest.mark.django_db(transaction=True)
def test_a_file_that_breaks_off_gives_its_place_back(client, one_place, caplog):
    broken_off(client, "csv", caplog)
    file(client, "sources", "csv").getvalue()


def test_files_take_at_most_half_of_the_threads(settings):
    taken = [streaming.Place() for _number in range(settings.GAWAH_THREADS // 2)]
    with pytest.raises(Problem):
        streaming.Place()
    for each in taken:
        each.close()
        each.close()
    streaming.Place().close()


# --- copies ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("format_", FORMATS)
def test_a_file_that_is_still_current_is_not_sent_again(client, format_):
    publish_incident()
    first = file(client, "incidents", format_)
    first.getvalue()
    held = {"If-None-Match": first["ETag"]}
    again = client.get(f"/api/v1/incidents/?format={format_}&", headers=held)
    assert again.status_code == 304
    publish_incident()
    again = client.get(f"/api/v1/incidents/?format={format_}&", headers=held)
    assert again.status_code == 200
    again.getvalue()


def test_a_copy_in_one_format_is_no_copy_in_another(client):
    publish_incident()
    tag = client.get("/api/v1/incidents/")["ETag"]
    answer = client.get(
        "/api/v1/incidents/", headers={"If-None-Match": tag, "Accept": "application/x-ndjson"}
    )
    assert answer.status_code == 200
    answer.getvalue()


# --- one state, little memory, and an end that shows ----------------------------------------------


@pytest.mark.parametrize("format_", ["csv", "ndjson"])
def test_memory_does_not_grow_with_the_list(client, format_):
    many_sources(5_000, title="t", note="بلوچ" * 500)
    stream = file(client, "sources", format_, "fields=reference,note").streaming_content
    next(stream)
    tracemalloc.start()
    try:
        length = sum(map(len, stream))
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert length > 15_000_000
    assert peak < 6_000_000


def elsewhere(work):
    def run():
        try:
            work()
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("format_", ["csv", "ndjson"])
def test_a_file_is_of_one_state_of_the_data(client, format_):
    many_sources(3_000)
    answer = file(client, "sources", format_, "fields=reference")
    stream = answer.streaming_content
    body = next(stream)
    elsewhere(lambda: many_sources(500, published=date(1990, 1, 1)))
    body += b"".join(stream)
    assert answer["X-Total-Count"] == "3000"
    assert body.count(b"SRC-") == 3_000
    assert not connection.in_atomic_block


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("format_", ["csv", "ndjson"])
def test_a_file_is_whole_where_nothing_of_the_reference_data_is_remembered(
    client, format_, monkeypatch
):
    # Every look at them is a query then, and a connection that copies can take none.
    monkeypatch.setattr(vocabularies, "CHECK_EVERY", 0)
    monkeypatch.setattr(copying, "_BYTES", 1 << 10)
    many_sources(2_000, title="t" * 100)
    answer = file(client, "sources", format_)
    body = answer.getvalue().decode()
    assert "incomplete" not in body
    lines = csv.reader(io.StringIO(body, newline="")) if format_ == "csv" else body.splitlines()
    assert len(list(lines)) == 2_000 + (format_ == "csv")
    assert not connection.in_atomic_block


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("at_the_start", [True, False])
def test_where_a_row_cannot_be_made_the_file_ends_as_broken_and_the_connection_serves_on(
    client, monkeypatch, at_the_start
):
    many_sources(4_000, title="t" * 200)
    texts = iter(range(1 if at_the_start else 3_000))

    def made(*given):
        if next(texts, None) is None:
            raise ValueError
        return b'{"reference": "SRC-2026-0001"}'

    monkeypatch.setattr(copying, "_BYTES", 1 << 14)
    monkeypatch.setattr(walking, "_text", made)
    client.raise_request_exception = False
    answer = client.get("/api/v1/sources.ndjson")
    if at_the_start:
        assert answer.status_code == 500
    else:
        *_whole, last = answer.getvalue().splitlines()
        assert json.loads(last)["error"].startswith("incomplete")
    assert not connection.in_atomic_block
    monkeypatch.undo()
    assert client.get("/api/v1/sources/").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_where_a_piece_cannot_be_written_the_file_ends_as_broken(client, monkeypatch):
    many_sources(4_000, title="t" * 200)

    def write(sheet, batches):
        for number, batch in enumerate(batches):
            if number > 5:
                raise ValueError
            yield b"".join(batch)

    monkeypatch.setattr(copying, "_BYTES", 1 << 14)
    monkeypatch.setitem(FILE_FORMATS, "csv", replace(FILE_FORMATS["csv"], write=write))
    answer = client.get("/api/v1/sources.csv")
    assert "#error: incomplete" in answer.getvalue().decode()
    assert not connection.in_atomic_block
    assert client.get("/api/v1/sources/").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_a_reader_who_goes_away_leaves_nothing_open(client):
    many_sources(3_000)
    answer = file(client, "sources", "csv")
    next(answer.streaming_content)
    assert connection.in_atomic_block
    answer.close()
    assert not connection.in_atomic_block


def end_all_other_sessions():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            " AND backend_type = 'client backend'"
        )


def broken_off(client, format_, caplog):
    """What is received when the database goes away in the middle, with the number logged."""
    many_sources(6_000, title="t" * 1_000)
    answer = file(client, "sources", format_)
    stream = answer.streaming_content
    body = next(stream)
    elsewhere(end_all_other_sessions)
    body += b"".join(stream)
    connection.close()
    (record,) = [each for each in caplog.records if each.name == "api.streaming"]
    return body.decode("utf-8-sig"), re.search("[0-9a-f]{32}", record.getMessage()).group()


@pytest.mark.django_db(transaction=True)
def test_csv_that_breaks_off_ends_with_a_line_that_shows(client, caplog):
    body, request_id = broken_off(client, "csv", caplog)
    head, *read, last = csv.reader(io.StringIO(body, newline=""), strict=True)
    assert last[0].startswith("#error: incomplete")
    assert request_id in last[0]
    assert len(last) == len(head) + 1
    assert 0 < len(read) < 6_000


@pytest.mark.django_db(transaction=True)
def test_ndjson_that_breaks_off_ends_with_an_object_that_says_so(client, caplog):
    body, request_id = broken_off(client, "ndjson", caplog)
    last = json.loads(body.splitlines()[-1])
    assert last["error"].startswith("incomplete")
    assert last["request_id"] == request_id


@pytest.mark.django_db(transaction=True)
def test_what_fails_at_the_start_is_a_problem_and_no_file(client, settings):
    settings.GAWAH_API_SECONDS = 0.2
    many_sources(3)
    locked, answered = threading.Event(), threading.Event()

    def hold_the_table():
        with connection.cursor() as cursor:
            cursor.execute("BEGIN; LOCK TABLE record_sourceentry")
            locked.set()
            answered.wait(20)
            cursor.execute("ROLLBACK")
        connections.close_all()

    holder = threading.Thread(target=hold_the_table)
    holder.start()
    try:
        assert locked.wait(20)
        answers = [client.get(f"/api/v1/sources.{ending}") for ending in ("csv", "ndjson", "xlsx")]
    finally:
        answered.set()
        holder.join()
    for answer in answers:
        assert_problem(answer, 503, "too-slow")


def test_a_map_that_breaks_off_is_no_json():
    sheet = Sheet(Kind.INCIDENT, (), {"count": 2})
    format_ = FILE_FORMATS["geojson"]
    feature = row_of(Kind.INCIDENT, {"reference": "INC-2026-0001"}).feature.encode()
    start = b"".join(format_.write(sheet, [[feature]]))
    assert json.loads(start)["features"][0]["id"] == "INC-2026-0001"
    broken = start.removesuffix(b"\n]}\n") + format_.broken(sheet, "0" * 32)
    with pytest.raises(json.JSONDecodeError):
        json.loads(broken)
    assert json.loads(broken.splitlines()[-1])["error"].startswith("incomplete")


def test_a_source_can_be_read_as_a_row(client):
    publish(source(captures=[{"sha256": "a" * 64}, {"sha256": "b" * 64}]))
    (row,) = rows(client, "sources")
    assert row["captures"] == f"{'a' * 64}; {'b' * 64}"
    assert row["accessed"] == "2023-12-02"
