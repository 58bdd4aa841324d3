"""A database that is busy or away: an answer within bounds that says when to ask again."""

import threading
from contextlib import contextmanager

import pytest
from django.db import connection, connections
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from api.models import AccessToken
from api.tokens import digest
from reference import vocabularies
from tests.api.shapes import assert_problem
from tests.api.test_errors import EVERY_ADDRESS
from tests.record.factories import publish_incident

pytestmark = pytest.mark.django_db(transaction=True)

WITHOUT_DATABASE = {"problems/", "problems/not-found/", "limits/"}
FROM_DATABASE = sorted(set(EVERY_ADDRESS) - WITHOUT_DATABASE)
PAGES = (
    "/",
    "/incidents/INC-2026-0001/",
    "/statistics/",
    "/coverage/",
    "/definitions/",
    "/ur/",
)


@pytest.fixture(autouse=True)
def nothing_known_from_before(monkeypatch):
    monkeypatch.setattr(vocabularies, "CHECK_EVERY", 0.0)


@contextmanager
def held(prefixes=("record_", "reference_", "api_accesstoken")):
    """Somebody else keeps all tables with these names to themselves for the block, in which
    nobody has much patience."""
    tables = [
        name for name in connection.introspection.table_names() if name.startswith(tuple(prefixes))
    ]
    locked, done = threading.Event(), threading.Event()

    def hold():
        with connection.cursor() as cursor:
            cursor.execute(f"BEGIN; LOCK TABLE {', '.join(tables)}")
            locked.set()
            done.wait(30)
            cursor.execute("ROLLBACK")
        connections.close_all()

    holder = threading.Thread(target=hold)
    holder.start()
    try:
        assert locked.wait(30)
        with override_settings(GAWAH_API_SECONDS=0.1):
            yield
    finally:
        done.set()
        holder.join()


@contextmanager
def away():
    """There is no server where the settings say."""
    settings = connection.settings_dict
    connection.close()
    host = settings["HOST"]
    settings["HOST"] = "/nowhere"
    try:
        yield
    finally:
        connection.close()
        settings["HOST"] = host


def test_no_address_waits_for_ever(client):
    publish_incident()
    with held():
        answers = {each: client.get(f"/api/v1/{each}") for each in FROM_DATABASE}
    for answer in answers.values():
        assert_problem(answer, 503, "too-slow")
        assert int(answer["Retry-After"]) > 0
    assert {client.get(f"/api/v1/{each}").status_code for each in FROM_DATABASE} == {200}


def test_asking_whether_a_copy_is_current_waits_no_longer(client):
    publish_incident()
    with held():
        for each in FROM_DATABASE:
            answer = client.get(f"/api/v1/{each}", headers={"If-None-Match": '"x"'})
            assert_problem(answer, 503, "too-slow")


def test_what_needs_no_table_is_answered_all_the_same(client):
    with held():
        for each in sorted(WITHOUT_DATABASE):
            with CaptureQueriesContext(connection) as captured:
                assert client.get(f"/api/v1/{each}").status_code == 200
            # A connection that is not bounded would have waited for as long as it is held.
            assert not [query for query in captured if "reference_" in query["sql"]], each


def test_looking_a_token_up_has_an_end_too(client):
    AccessToken.objects.create(digest=digest("gawah_x"), requests_per_hour=9)
    with held(("api_accesstoken",)):
        answer = client.get("/api/v1/problems/", headers={"Authorization": "Bearer gawah_x"})
    assert_problem(answer, 503, "too-slow")


@pytest.mark.parametrize("page", PAGES)
def test_a_page_that_takes_too_long_says_so_and_when_to_come_back(client, page):
    publish_incident()
    with held():
        answer = client.get(page)
    assert answer.status_code == 503
    assert int(answer["Retry-After"]) > 0
    assert answer["Cache-Control"] == "no-store"
    assert answer["Content-Type"].startswith("text/html")
    assert client.get(page).status_code == 200


def test_without_a_database_every_address_says_so(client):
    with away():
        answers = [client.get(f"/api/v1/{each}") for each in (*FROM_DATABASE, "problems/")]
    for answer in answers:
        assert_problem(answer, 503, "unavailable")
        assert int(answer["Retry-After"]) > 0


def test_without_a_database_scripts_still_learn_that_they_may_ask(client):
    with away():
        answer = client.options("/api/v1/incidents/")
    assert answer.status_code == 204
    assert "X-RateLimit-Limit" not in answer


@pytest.mark.parametrize("page", ["/", "/incidents/INC-2026-0001/", "/ur/statistics/"])
def test_without_a_database_a_page_says_so(client, page):
    with away():
        answer = client.get(page)
    assert answer.status_code == 503
    assert int(answer["Retry-After"]) > 0
