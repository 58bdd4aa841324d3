"""Releases as they are listed and sent: whole, in parts, and not at all while they are closed."""

import hashlib
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from record.releasing.honouring import honour_withdrawals
from record.releasing.making import make_release
from record.releasing.manifest import manifest_in
from tests.api.case import publish_case
from tests.record.factories import publish_incident, withdraw_incident
from tests.website.page import Page
from website import downloads

pytestmark = pytest.mark.django_db

DATE = "2026-02-01"
FILE = f"/downloads/{DATE}/incidents.ndjson"


@pytest.fixture
def folder(tmp_path, settings):
    settings.GAWAH_RELEASES = tmp_path
    return tmp_path


@pytest.fixture
def release(folder):
    publish_case()
    make_release(DATE)
    return folder / DATE


def content(response):
    assert response.status_code in (200, 206), response.status_code
    return response.getvalue()


@pytest.mark.parametrize("language", ["", "/ur"])
def test_the_page_lists_each_file_with_its_hash(client, release, language):
    page = Page(client.get(f"{language}/downloads/"))
    for file in manifest_in(release).files:
        assert file.sha256 in page.text
        assert f"{language}/downloads/{DATE}/{file.name}" in page.links()


def test_the_page_says_so_while_there_is_no_release(client, folder):
    assert "No release has been made yet" in Page(client.get("/downloads/")).text


def test_every_file_that_the_manifest_names_is_sent_with_that_hash(client, release):
    manifest = client.get(f"/downloads/{DATE}/manifest.json")
    assert content(manifest) == (release / "manifest.json").read_bytes()
    for file in manifest_in(release).files:
        answer = client.get(f"/downloads/{DATE}/{file.name}")
        assert hashlib.sha256(content(answer)).hexdigest() == file.sha256
        assert answer["Content-Length"] == str(file.bytes)
        assert answer["Content-Type"].startswith(file.media_type)


@pytest.mark.parametrize(
    "path",
    [
        f"{DATE}/other.csv",
        f"{DATE}/.manifest.json",
        f"{DATE}/..",
        "2026-02-02/incidents.csv",
        ".2026-02-01.draft/incidents.ndjson",
        "..%2F..%2Fetc/passwd",
        "nonsense/incidents.csv",
    ],
)
def test_nothing_else_is_sent(client, release, path):
    assert client.get(f"/downloads/{path}").status_code == 404


def test_a_file_that_lies_in_the_folder_but_in_no_manifest_is_not_sent(client, release):
    (release / "notes.txt").write_text("secret")
    assert client.get(f"/downloads/{DATE}/notes.txt").status_code == 404


def test_a_download_goes_on_where_it_broke_off(client, release):
    whole = client.get(FILE)
    body = content(whole)
    rest = client.get(FILE, headers={"Range": "bytes=100-", "If-Range": whole["ETag"]})
    assert rest.status_code == 206
    assert rest["Content-Range"] == f"bytes 100-{len(body) - 1}/{len(body)}"
    assert rest["Content-Length"] == str(len(body) - 100)
    assert body[:100] + content(rest) == body


def test_a_part_of_another_file_is_answered_with_the_whole_new_one(client, release):
    answer = client.get(FILE, headers={"Range": "bytes=100-", "If-Range": '"older"'})
    assert answer.status_code == 200
    assert content(answer) == (release / "incidents.ndjson").read_bytes()


def test_a_range_behind_the_end_is_refused_with_the_size(client, release):
    size = (release / "incidents.ndjson").stat().st_size
    answer = client.get(FILE, headers={"Range": f"bytes={size}-"})
    assert answer.status_code == 416
    assert answer["Content-Range"] == f"bytes */{size}"


def test_a_copy_that_is_current_is_not_sent_again(client, release):
    first = client.get(FILE)
    first.getvalue()
    for condition in (
        {"If-None-Match": first["ETag"]},
        {"If-Modified-Since": first["Last-Modified"]},
        {"If-None-Match": first["ETag"], "Range": "bytes=0-1"},
    ):
        again = client.get(FILE, headers=condition)
        assert again.status_code == 304
        assert again.content == b""


def test_a_download_of_a_file_that_changed_is_stopped_by_its_own_condition(client, release):
    answer = client.get(FILE, headers={"If-Match": '"older"', "Range": "bytes=5-"})
    assert answer.status_code == 412


def test_head_says_how_long_a_file_is_and_ignores_ranges(client, release):
    answer = client.head(FILE, headers={"Range": "bytes=0-1"})
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer["Content-Length"] == str((release / "incidents.ndjson").stat().st_size)
    assert answer["Accept-Ranges"] == "bytes"


@pytest.mark.parametrize("name", ["incidents.csv", "manifest.json"])
def test_latest_leads_to_the_newest_release(client, release, folder, name):
    make_release("2026-03-01")
    answer = client.get(f"/downloads/latest/{name}")
    assert (answer.status_code, answer["Location"]) == (302, f"/downloads/2026-03-01/{name}")
    assert answer["Cache-Control"] == "no-cache"
    assert answer["Access-Control-Allow-Origin"] == "*"


def test_what_may_break_off_is_taken_from_a_release_that_stays_the_same(client, release, folder):
    command = "curl -L -C - -O http://testserver/downloads/{}/incidents.csv"
    make_release("2026-03-01")
    assert command.format("2026-03-01") in client.get("/downloads/").content.decode()


def test_there_is_no_latest_release_before_the_first(client, folder):
    assert client.get("/downloads/latest/incidents.csv").status_code == 404


def test_no_file_of_a_release_is_sent_between_a_withdrawal_and_its_rewriting(client, folder):
    entry = publish_incident("Taken from home")
    make_release(DATE)
    names = [each.name for each in manifest_in(folder / DATE).files]
    withdraw_incident(entry)
    for name in [*names, "manifest.json"]:
        answer = client.get(f"/downloads/{DATE}/{name}")
        assert answer.status_code == 503
        assert answer["Retry-After"]
        assert answer["Cache-Control"] == "no-store"
        assert "Taken" not in answer.content.decode()
    assert "Closed for the moment" in Page(client.get("/downloads/")).text


def test_after_the_rewriting_the_files_are_other_files(client, folder):
    kept = publish_incident("Another")
    entry = publish_incident("Taken from home")
    make_release(DATE)
    before = client.get(FILE)
    before.getvalue()
    withdraw_incident(entry)
    honour_withdrawals()
    after = client.get(FILE, headers={"Range": "bytes=10-", "If-Range": before["ETag"]})
    assert after.status_code == 200
    text = content(after).decode()
    assert "Taken from home" not in text
    assert kept.reference in text
    assert "Reissued because something was withdrawn" in Page(client.get("/downloads/")).text


def damaged(release, /, **changes):
    manifest = json.loads((release / "manifest.json").read_text())
    return json.dumps({**manifest, **changes}).encode()


DAMAGES = {
    "cut": lambda release: (release / "manifest.json").read_bytes()[:-100],
    "no text": lambda _release: b"\xff\xfe",
    "empty": lambda _release: b"",
    "a list": lambda _release: b"[]",
    "of another form": lambda release: damaged(release, form=9),
    "a number as text": lambda release: damaged(release, covers="Balach"),
    "no time": lambda release: damaged(release, made_at="Balach"),
    "no date": lambda release: damaged(release, release="20260201"),
    "a file elsewhere": lambda release: damaged(
        release,
        files=[{"name": "../x", "bytes": 1, "sha256": "", "media_type": "", "rows": 1, "kind": ""}],
    ),
    "no files": lambda release: damaged(release, files={"Balach": 1}),
    "counts of words": lambda release: damaged(release, counts={"incidents": "Balach"}),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_release_with_a_damaged_manifest_is_not_shown_and_the_log_says_so(
    client, release, damage, caplog
):
    publish_incident("Another")
    make_release("2026-01-15")
    (release / "manifest.json").write_bytes(damage(release))
    page = client.get("/downloads/")
    assert page.status_code == 200
    assert "/downloads/2026-01-15/incidents.csv" in Page(page).links()
    assert FILE not in Page(page).links()
    answer = client.get(FILE)
    assert answer.status_code == 503
    assert answer["Retry-After"]
    assert "2026-01-15" in client.get("/downloads/latest/incidents.csv")["Location"]
    assert f"release of {DATE} is not shown" in caplog.text
    assert "Balach" not in caplog.text


def test_a_download_under_way_breaks_off_when_its_release_is_closed(folder, monkeypatch):
    monkeypatch.setattr(downloads, "LOOK_AGAIN", -1)
    entry = publish_incident("Taken from home")
    make_release(DATE)
    download = downloads.Download(DATE, "incidents.ndjson")
    pieces = download.pieces(downloads.Part(0, download.file.bytes - 1))
    withdraw_incident(entry)
    with pytest.raises(downloads.Closed):
        next(pieces)
    pieces.close()


def test_a_download_more_than_there_are_places_is_put_off(client, release):
    under_way = []
    while (answer := client.get(FILE)).status_code == 200:
        under_way.append(answer)
    assert under_way
    assert answer.status_code == 503
    for each in under_way:
        each.getvalue()
    assert content(client.get(FILE))


def test_the_page_asks_twice_for_each_release_and_not_for_its_files(client, release, counted):
    client.get("/downloads/")
    with CaptureQueriesContext(connection) as one:
        client.get("/downloads/")
    make_release("2026-03-01")
    with CaptureQueriesContext(connection) as two:
        client.get("/downloads/")
    assert (len(one), len(two)) == (3 + 2, 3 + 2 + 2)


def test_a_download_asks_the_database_twice(client, release, django_assert_num_queries):
    with django_assert_num_queries(2):
        content(client.get(FILE))
