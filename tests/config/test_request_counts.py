"""The role of the public side counts requests, and can neither read nor forge the counts."""

import pytest
from django.core.management import call_command
from django.db import ProgrammingError, connection

from api.models import IssuedToken, RequestCount
from api.tokens import digest

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def granted(roles):
    call_command("grant_roles", verbosity=0)


def test_the_reader_counts_through_the_function_alone(role):
    with role("reader"), connection.cursor() as cursor:
        for expected in (1, 2, 3):
            cursor.execute("SELECT api_count_requests('somebody', 1, 1)")
            assert cursor.fetchone() == (expected,)
        cursor.execute("SELECT api_count_requests('somebody', 1, 0)")
        assert cursor.fetchone() == (3,)
    assert RequestCount.objects.get().used == 3


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM api_requestcount",
        "DELETE FROM api_requestcount",
        "UPDATE api_requestcount SET used = 0",
        "TRUNCATE api_requestcount",
    ],
)
def test_the_reader_does_nothing_else_with_the_counts(role, statement):
    with (
        role("reader"),
        connection.cursor() as cursor,
        pytest.raises(ProgrammingError, match="permission denied"),
    ):
        cursor.execute(statement)


def test_the_api_is_served_and_limited_under_the_role_of_the_public_side(role, client, settings):
    settings.GAWAH_API_REQUESTS = 2
    with role("reader"):
        statuses = [client.get("/api/v1/incidents/").status_code for _turn in range(3)]
    assert statuses == [200, 200, 429]


def test_a_token_is_accepted_under_the_role_of_the_public_side(role, client, settings):
    settings.GAWAH_API_REQUESTS = 2
    IssuedToken.objects.create(
        digest=digest("gawah_x"), requests_per_hour=9, name="Newsroom", holder="A desk"
    )
    with role("reader"):
        answer = client.get("/api/v1/incidents/", headers={"Authorization": "Bearer gawah_x"})
        assert answer["X-RateLimit-Remaining"] == "8"
        refused = client.get("/api/v1/incidents/", headers={"Authorization": "Bearer gawah_y"})
        assert refused.status_code == 401


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM api_issuedtoken",
        "UPDATE api_accesstoken SET requests_per_hour = 1",
        "INSERT INTO api_accesstoken (digest) VALUES ('x')",
        "DELETE FROM api_accesstoken",
    ],
)
def test_the_reader_learns_of_no_token_whose_it_is_and_makes_none(role, statement):
    with (
        role("reader"),
        connection.cursor() as cursor,
        pytest.raises(ProgrammingError, match="permission denied"),
    ):
        cursor.execute(statement)
