"""How much may be asked: seen on every answer, the same in all processes, in nobody's way."""

import subprocess
import sys
import threading

import pytest
from django.db import OperationalError, connection, connections, transaction
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from api import limits
from api.models import RequestCount
from api.views import base
from tests.api.shapes import assert_problem
from tests.api.test_errors import EVERY_ADDRESS
from tests.record.factories import publish_incident

pytestmark = pytest.mark.django_db

TRIO = ("X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset")


@pytest.fixture(autouse=True)
def few(settings, monkeypatch):
    settings.GAWAH_API_REQUESTS = 5


def left(client, address="problems/", **options):
    return int(client.get(f"/api/v1/{address}", **options)["X-RateLimit-Remaining"])


@pytest.mark.parametrize("address", EVERY_ADDRESS)
def test_every_answer_says_what_is_left(client, address):
    publish_incident()
    answer = client.get(f"/api/v1/{address}")
    limit, remaining, reset = (int(answer[name]) for name in TRIO)
    assert limit == 5
    assert remaining == (5 if address == "limits/" else 4)
    assert 0 < reset <= 3_600


def test_files_are_counted_and_say_so_too(client):
    publish_incident()
    answer = client.get("/api/v1/incidents.csv")
    answer.getvalue()
    assert answer["X-RateLimit-Remaining"] == "4"


@pytest.mark.parametrize("address", ["nothing/", "incidents/?tipe=x", "incidents/INC-2026-0009/"])
def test_what_went_wrong_is_counted_as_well(client, address):
    assert left(client, address) == 4
    assert left(client, address) == 3


def test_a_format_that_is_not_offered_is_counted_as_well(client):
    assert left(client, headers={"Accept": "text/html"}) == 4
    assert left(client, "problems/?format=xml") == 3


def test_one_too_many_is_refused_until_the_window_ends(client):
    assert [left(client) for _turn in range(5)] == [4, 3, 2, 1, 0]
    for headers in ({}, {"If-None-Match": '"x"'}):
        answer = client.get("/api/v1/incidents/", headers=headers)
        assert_problem(answer, 429, "too-many")
        assert answer["Retry-After"] == answer["X-RateLimit-Reset"]
        assert int(answer["Retry-After"]) > 0
        assert answer["X-RateLimit-Remaining"] == "0"


def test_one_too_many_is_refused_before_any_work(client, django_assert_num_queries):
    for _turn in range(5):
        left(client)
    with django_assert_num_queries(3):  # the count, with a savepoint around it in this test
        client.get("/api/v1/incidents/?type=torture")


def test_a_new_window_brings_new_requests_and_forgets_the_old_ones(client, monkeypatch):
    for _turn in range(6):
        client.get("/api/v1/problems/")
    (before,) = RequestCount.objects.all()
    now = limits.time.time()
    monkeypatch.setattr(limits.time, "time", lambda: now + limits.WINDOW_SECONDS)
    assert left(client) == 4
    (after,) = RequestCount.objects.all()
    assert before.key != after.key


def test_nobody_is_written_down(client):
    client.get("/api/v1/problems/", REMOTE_ADDR="203.0.113.9")
    with connection.cursor() as cursor:
        cursor.execute("SELECT row.*::text FROM api_requestcount AS row")
        ((row,),) = cursor.fetchall()
    assert "203.0.113" not in row


# --- free -----------------------------------------------------------------------------------------


def test_a_copy_that_is_still_current_is_free(client):
    publish_incident()
    tags = {
        address: client.get(f"/api/v1/{address}")["ETag"]
        for address in ("incidents/", "incidents/INC-2026-0001/", "changes/")
    }
    for address, tag in tags.items():
        answer = client.get(f"/api/v1/{address}", headers={"If-None-Match": tag})
        assert answer.status_code == 304
        assert answer["X-RateLimit-Remaining"] == "2"
    assert left(client) == 1


def test_a_copy_out_of_date_is_not(client):
    publish_incident()
    assert left(client, "incidents/", headers={"If-None-Match": '"old"'}) == 4
    assert left(client, "incidents/INC-2026-0001/", headers={"If-None-Match": '"old"'}) == 3


def test_asking_whether_one_may_ask_is_free(client):
    for _turn in range(9):
        answer = client.options("/api/v1/incidents/")
        assert answer.status_code == 204
        assert answer["X-RateLimit-Remaining"] == "5"
    assert left(client) == 4


def test_looking_at_the_limits_is_free_even_when_they_are_spent(client):
    for _turn in range(9):
        client.get("/api/v1/problems/")
    answer = client.get("/api/v1/limits/")
    assert answer.status_code == 200
    requests = answer.json()["requests"]
    assert (requests["limit"], requests["remaining"]) == (5, 0)
    assert requests["reset"] == int(answer["X-RateLimit-Reset"])


def test_the_limits_that_are_told_are_those_that_hold(client):
    told = client.get("/api/v1/limits/").json()
    for query, refused in [
        (f"incidents/?page_size={told['page_size'] + 1}", True),
        (f"incidents/?page_size={told['page_size']}", False),
        (f"changes/?page_size={told['changes_at_once'] + 1}", True),
        (f"incidents/?page_size=200&page={told['rows_by_page_number'] // 200 + 1}", True),
    ]:
        assert (client.get(f"/api/v1/{query}").status_code == 400) is refused
    assert told["rows_in_a_file"]["xlsx"] == 1_048_575


def test_without_a_limit_nothing_is_counted(client, settings):
    settings.GAWAH_API_REQUESTS = 0
    answer = client.get("/api/v1/problems/")
    assert not any(name in answer for name in TRIO)
    assert client.get("/api/v1/limits/").json()["requests"] is None
    assert not RequestCount.objects.exists()


# --- who asks -------------------------------------------------------------------------------------


def test_each_address_has_its_own_requests(client):
    assert left(client, REMOTE_ADDR="203.0.113.9") == 4
    assert left(client, REMOTE_ADDR="203.0.113.10") == 4
    assert left(client, REMOTE_ADDR="203.0.113.9") == 3


def test_a_subscriber_has_one_limit_for_all_addresses_of_a_network(client):
    assert left(client, REMOTE_ADDR="2001:db8:1:2::1") == 4
    assert left(client, REMOTE_ADDR="2001:db8:1:2:ffff::9") == 3
    assert left(client, REMOTE_ADDR="2001:db8:1:3::1") == 4


def test_behind_a_front_the_address_it_noted_counts(client, settings):
    settings.GAWAH_FRONTS = 1
    assert left(client, headers={"X-Forwarded-For": "203.0.113.9"}) == 4
    assert left(client, headers={"X-Forwarded-For": "10.9.8.7, 203.0.113.9"}) == 3
    assert left(client, headers={"X-Forwarded-For": "203.0.113.10"}) == 4


def test_without_a_front_nobody_can_pass_for_others(client):
    assert left(client, headers={"X-Forwarded-For": "203.0.113.9"}) == 4
    assert left(client, headers={"X-Forwarded-For": "203.0.113.10"}) == 3


# --- the database ---------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_all_processes_count_together(client):
    def ask():
        client.get("/api/v1/problems/")
        connections.close_all()

    threads = [threading.Thread(target=ask) for _number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert left(client) == 1


@pytest.mark.django_db(transaction=True)
def test_a_database_that_takes_no_writes_serves_everybody(client):
    publish_incident()
    with connection.cursor() as cursor:
        cursor.execute("SET default_transaction_read_only = on")
    try:
        for _turn in range(8):
            answer = client.get("/api/v1/incidents/")
            assert answer.status_code == 200
            assert answer["X-RateLimit-Remaining"] == "5"
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SET default_transaction_read_only = off")


@pytest.mark.django_db(transaction=True)
def test_a_count_that_would_have_to_wait_is_left_out(client):
    locked, answered = threading.Event(), threading.Event()

    def hold_the_table():
        with connection.cursor() as cursor:
            cursor.execute("BEGIN; LOCK TABLE api_requestcount")
            locked.set()
            answered.wait(20)
            cursor.execute("ROLLBACK")
        connections.close_all()

    holder = threading.Thread(target=hold_the_table)
    holder.start()
    try:
        assert locked.wait(20)
        answer = client.get("/api/v1/problems/")
    finally:
        answered.set()
        holder.join()
    assert answer.status_code == 200


def test_the_counts_are_not_logged():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relpersistence FROM pg_class WHERE oid = 'api_requestcount'::regclass"
        )
        assert cursor.fetchone() == ("u",)


def test_a_database_that_goes_away_while_an_answer_is_finished_is_said_to_be_away(
    client, monkeypatch
):
    def gone(request, token):
        raise OperationalError

    monkeypatch.setattr(base, "spend", gone)
    client.raise_request_exception = False
    held = {"If-None-Match": '"x"'}
    for address in ("problems/?format=xml", "incidents/INC-2026-0001/"):
        answer = client.get(f"/api/v1/{address}", headers=held)
        assert_problem(answer, 503, "unavailable")


@pytest.mark.parametrize("address", ["", "r/1/", "r/1/seal/"])
def test_who_may_ask_no_more_costs_no_work(client, address):
    reference = publish_incident().reference
    for _turn in range(5):
        left(client)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(
            f"/api/v1/incidents/{reference}/{address}", headers={"If-None-Match": '"x"'}
        )
    assert_problem(answer, 429, "too-many")
    # What tells whether it may be a 304, and the count.
    assert len([query for query in queries if "SELECT" in query["sql"]]) == 2


def networks(settings, *addresses):
    """How many budgets these addresses have, as a front noted them."""
    settings.GAWAH_FRONTS = 1
    requests = [RequestFactory().get("/", headers={"X-Forwarded-For": each}) for each in addresses]
    return len({limits._network(request) for request in requests})


def test_an_ipv4_address_in_the_form_of_ipv6_is_that_address(settings):
    assert networks(settings, "::ffff:203.0.113.9", "203.0.113.9") == 1
    assert networks(settings, "::ffff:203.0.113.9", "::ffff:198.51.100.7") == 2


@pytest.mark.parametrize(
    "spellings",
    [
        ("203.0.113.9", "203.0.113.9:5555", "203.0.113.9:5556"),
        ("2001:db8::1", "[2001:db8::1]", "[2001:db8::1]:443", "[2001:db8::2]:444"),
    ],
)
def test_a_port_makes_no_other_asker(settings, spellings):
    assert networks(settings, *spellings) == 1


def test_what_is_no_address_counts_as_whom_it_came_from(settings):
    assert networks(settings, "unknown", "_hidden", "1.2.3", "127.0.0.1") == 1


def test_the_code_of_an_asker_hangs_on_no_key_that_is_stored(settings, client):
    left(client)
    settings.SECRET_KEY = "another"
    left(client)
    assert RequestCount.objects.get().used == 2
    assert len(limits._KEY) == 32


def test_the_key_is_made_before_the_workers_fork():
    program = "import sys, django; django.setup(); print('api.limits' in sys.modules)"
    found = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert found.stdout.strip() == "True"


@pytest.mark.django_db(transaction=True)
def test_a_row_that_is_held_does_not_stop_the_counting_of_others(client):
    left(client)
    held, done = threading.Event(), threading.Event()

    def hold():
        with transaction.atomic():
            RequestCount.objects.select_for_update().get()
            held.set()
            done.wait(20)
        connections.close_all()

    holder = threading.Thread(target=hold)
    holder.start()
    try:
        assert held.wait(20)
        assert left(client) == 5
        assert left(client, REMOTE_ADDR="203.0.113.9") == 4
    finally:
        done.set()
        holder.join()
