"""How pages travel: caching, compression, languages, and what they weigh."""

import gzip
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.record.factories import publish_incident, rewrite
from tests.website import turbat as case
from tests.website.page import get

SNAPSHOT = 3
"""Statements that a snapshot takes in a test: a savepoint, its limits, and the end of it."""

INCIDENT = f"/incidents/{case.INCIDENT}/"
PAGES = (
    "/",
    "/?type=life",
    INCIDENT,
    f"/victims/{case.BALACH}/",
    f"/violations/{case.TAKING}/",
    f"/agencies/{case.CTD}/",
    f"/legal-actions/{case.ORDER}/",
    f"/sources/{case.ARTICLE}/",
    "/statistics/",
    "/statistics/?unit=victims&group_by=status,sex",
    "/violations/map/",
    "/methodology/",
    "/definitions/",
    "/definitions/grade/",
    "/coverage/",
    "/privacy/",
    "/corrections/",
)


@pytest.mark.parametrize("address", PAGES)
def test_a_page_is_kept_a_minute_and_revalidated(client, turbat, address):
    response = client.get(address)
    assert response.headers["Cache-Control"] == "public, max-age=60, stale-if-error=240"
    assert response.headers["ETag"].startswith('W/"')
    assert response.headers["Last-Modified"]


@pytest.mark.parametrize("address", PAGES)
def test_who_holds_the_page_is_told_so_with_one_query(client, turbat, counted, address):
    tag = client.get(address).headers["ETag"]
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address, headers={"if-none-match": tag})
    # Beside the words that bound how long it may take.
    assert len([query for query in queries if "SELECT" in query["sql"]]) == 1
    assert response.status_code == 304
    assert not response.content
    assert response.headers["ETag"] == tag
    assert response.headers["Cache-Control"] == "public, max-age=60, stale-if-error=240"


def test_a_date_alone_revalidates_too(client, turbat):
    date = client.get(INCIDENT).headers["Last-Modified"]
    assert client.get(INCIDENT, headers={"if-modified-since": date}).status_code == 304


def test_a_publication_makes_every_page_new(client, db):
    entry = publish_incident()
    tag = client.get("/").headers["ETag"]
    rewrite(entry, title="Corrected title")
    response = client.get("/", headers={"if-none-match": tag})
    assert response.status_code == 200
    assert "Corrected title" in response.content.decode()


def test_each_language_and_each_question_has_its_own_tag(client, turbat):
    addresses = ("/", "/ur/", "/?type=life", "/?type=liberty", "/incidents/")
    tags = {client.get(address).headers["ETag"] for address in addresses}
    assert len(tags) == len(addresses)


def test_a_page_that_is_not_there_is_never_called_unchanged(client, turbat):
    for headers in ({"if-none-match": "*"}, {"if-modified-since": "Mon, 23 Nov 2099 00:00:00 GMT"}):
        assert client.get("/incidents/INC-2026-0404/", headers=headers).status_code == 404
        assert client.get("/?typ=x", headers=headers).status_code == 400


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_pages_are_only_read(client, db, method):
    assert getattr(client, method)("/").status_code == 405


def test_a_page_sets_no_cookie(client, turbat):
    for address in PAGES:
        assert not client.get(address).cookies


@pytest.mark.parametrize("prefix", ["", "/ur"])
def test_the_first_page_with_all_it_loads_is_under_50_kb(client, db, prefix):
    for number in range(50):
        publish_incident(f"Taken from home in Turbat, case {number}", account="A" * 400)
    response = client.get(f"{prefix}/", headers={"accept-encoding": "gzip"})
    assert response.headers["Content-Encoding"] == "gzip"
    static = Path(settings.BASE_DIR) / "static" / "website"
    loaded = sum(len(gzip.compress(path.read_bytes())) for path in static.iterdir())
    assert len(response.content) + loaded < 50_000


@pytest.mark.parametrize("address", PAGES)
def test_an_urdu_page_reads_from_right_to_left(client, turbat, address):
    page = get(client, f"/ur{address}")
    assert page.all("html") == [{"lang": "ur", "dir": "rtl"}]


@pytest.mark.parametrize("address", PAGES)
def test_the_language_is_changed_without_losing_the_place(client, turbat, address):
    assert f"/ur{address}" in get(client, address).links()
    assert address in get(client, f"/ur{address}").links()


def test_search_engines_learn_of_both_languages_and_of_the_address_itself(client, turbat):
    page = get(client, f"/ur{INCIDENT}")
    alternates = {link["hreflang"]: link["href"] for link in page.all("link", rel="alternate")}
    assert alternates == {
        "en": f"http://testserver{INCIDENT}",
        "ur": f"http://testserver/ur{INCIDENT}",
    }
    assert page.all("link", rel="canonical")[0]["href"] == f"http://testserver/ur{INCIDENT}"


@pytest.mark.parametrize("address", [INCIDENT, f"/victims/{case.BALACH}/"])
def test_a_record_is_found_by_search_engines_and_copied_by_none(client, turbat, address):
    page = get(client, address)
    assert page.all("meta", name="robots")[0]["content"] == "index, follow, noarchive"


@pytest.mark.parametrize("address", PAGES)
def test_a_page_loads_nothing_from_another_host(client, turbat, address):
    page = get(client, address)
    loaded = [
        found.get("href") or found.get("src")
        for tag, found in page.elements
        if (
            tag in {"img", "script", "iframe", "source", "video", "audio", "object", "embed"}
            and found.get("type") != "application/ld+json"
        )
        or (tag == "link" and found["rel"] in {"stylesheet", "icon", "preload"})
    ]
    assert loaded
    assert all(address.startswith("/static/") for address in loaded)


@pytest.mark.parametrize(
    ("address", "most"),
    [
        (INCIDENT, 4),
        (f"{INCIDENT}r/1/", 4),
        (f"/victims/{case.BALACH}/", 4),
        (f"/violations/{case.TAKING}/", 4),
        (f"/legal-actions/{case.ORDER}/", 4),
        (f"/agencies/{case.CTD}/", 12),
        (f"/sources/{case.ARTICLE}/", 7),
    ],
)
def test_a_record_costs_a_fixed_number_of_queries(
    client, turbat, counted, django_assert_max_num_queries, address, most
):
    get(client, address)
    with django_assert_max_num_queries(most + SNAPSHOT):
        get(client, address)


def test_the_queries_of_an_incident_do_not_grow_with_what_it_holds(
    client, turbat, counted, django_assert_max_num_queries
):
    bare = publish_incident(violations=[])
    counts = []
    for reference in (bare.reference, case.INCIDENT):
        get(client, f"/incidents/{reference}/")
        with django_assert_max_num_queries(4 + SNAPSHOT) as queries:
            get(client, f"/incidents/{reference}/")
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.django_db(transaction=True)
def test_a_page_is_of_one_state_of_the_record_and_cannot_take_for_ever(client):
    with CaptureQueriesContext(connection) as queries:
        get(client, "/incidents/")
    statements = [query["sql"] for query in queries]
    begins = next(at for at, sql in enumerate(statements) if "REPEATABLE READ" in sql)
    assert "statement_timeout" in statements[begins]
    counting = [at for at, sql in enumerate(statements) if "record_incidentkey" in sql]
    assert counting
    assert min(counting) > begins
