"""Tokens: they raise the limit and open nothing; one that is not accepted is never ignored."""

import logging
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext

from api import limits
from api.models import AccessToken, IssuedToken, RequestCount
from api.tokens import digest, new_token
from tests.api.shapes import assert_open, assert_problem, assert_refused
from tests.api.test_errors import EVERY_ADDRESS
from tests.record.factories import publish_incident

pytestmark = pytest.mark.django_db

TODAY = datetime.now(UTC).date()
DAY = timedelta(days=1)
TOKEN = "gawah_" + "x" * 43


@pytest.fixture(autouse=True)
def few(settings, monkeypatch):
    settings.GAWAH_API_REQUESTS = 5
    monkeypatch.setattr(limits, "_idle_until", 0.0)


def issue(text=TOKEN, **values):
    values = {"requests_per_hour": 50, "valid_until": TODAY + DAY, **values}
    return AccessToken.objects.create(digest=digest(text), **values)


def bearer(text=TOKEN):
    return {"Authorization": f"Bearer {text}"}


# --- what it does ---------------------------------------------------------------------------------


def test_a_token_raises_the_limit(client):
    issue()
    answer = client.get("/api/v1/problems/", headers=bearer())
    assert answer.status_code == 200
    assert answer["X-RateLimit-Limit"] == "50"
    assert answer["X-RateLimit-Remaining"] == "49"
    assert client.get("/api/v1/problems/")["X-RateLimit-Remaining"] == "4"


@pytest.mark.parametrize("address", EVERY_ADDRESS)
def test_a_token_changes_nothing_of_an_answer_but_the_limit(client, address):
    publish_incident()
    issue()
    plain = client.get(f"/api/v1/{address}")
    other = client.get(f"/api/v1/{address}", headers=bearer())
    assert other.status_code == 200
    assert_open(other)
    assert "private" in other["Cache-Control"]
    assert "private" not in plain["Cache-Control"]
    assert plain["Vary"] == other["Vary"]
    assert {"Accept", "Authorization"} <= set(plain["Vary"].split(", "))
    assert other.get("ETag") == plain.get("ETag")
    assert set(other.json()) == set(plain.json())


def test_a_token_never_lowers_the_limit(client):
    issue(requests_per_hour=2)
    assert client.get("/api/v1/", headers=bearer())["X-RateLimit-Limit"] == "5"


def test_a_token_is_counted_whatever_address_it_comes_from(client, settings):
    settings.GAWAH_API_REQUESTS = 3
    issue(requests_per_hour=3)
    for address, left in (("203.0.113.9", "2"), ("203.0.113.10", "1"), ("203.0.113.9", "0")):
        answer = client.get("/api/v1/problems/", headers=bearer(), REMOTE_ADDR=address)
        assert answer["X-RateLimit-Remaining"] == left
    answer = client.get("/api/v1/problems/", headers=bearer(), REMOTE_ADDR="203.0.113.11")
    assert_problem(answer, 429, "too-many")
    assert answer["Retry-After"] == answer["X-RateLimit-Reset"]


def test_each_token_has_its_own_requests(client):
    issue()
    issue("gawah_" + "y" * 43)
    client.get("/api/v1/problems/", headers=bearer())
    answer = client.get("/api/v1/problems/", headers=bearer("gawah_" + "y" * 43))
    assert answer["X-RateLimit-Remaining"] == "49"


def test_the_limits_tell_what_a_token_has_and_not_whose_it_is(client):
    issued(requests_per_hour=50)
    requests = client.get("/api/v1/limits/", headers=bearer()).json()["requests"]
    assert (requests["limit"], requests["remaining"], requests["per"]) == (50, 50, "token")
    assert requests["token_valid_until"] == (TODAY + DAY).isoformat()
    plain = client.get("/api/v1/limits/").json()["requests"]
    assert (plain["limit"], plain["per"], plain["token_valid_until"]) == (5, "address", None)
    answer = client.get("/api/v1/limits/", headers=bearer())
    assert "Newsroom" not in answer.content.decode() + str(dict(answer.headers))


def test_what_is_free_is_free_with_a_token_too(client):
    issue()
    tag = client.get("/api/v1/problems/", headers=bearer())["ETag"]
    for _turn in range(3):
        held = client.get("/api/v1/problems/", headers={**bearer(), "If-None-Match": tag})
        assert held.status_code == 304
        assert held["X-RateLimit-Remaining"] == "49"


def test_the_scheme_is_written_in_any_case(client):
    issue()
    answer = client.get("/api/v1/problems/", headers={"Authorization": f"bearer  {TOKEN} "})
    assert answer["X-RateLimit-Limit"] == "50"


# --- refused --------------------------------------------------------------------------------------

REFUSED = {
    "unknown": (bearer("gawah_" + "z" * 43), {}),
    "over": (bearer(), {"valid_until": TODAY - DAY}),
    "revoked": (bearer(), {"revoked_at": datetime.now(UTC)}),
    "its hash": (bearer(digest(TOKEN)), {}),
    "empty": ({"Authorization": ""}, {}),
    "without a token": ({"Authorization": "Bearer"}, {}),
    "two": ({"Authorization": f"Bearer {TOKEN} {TOKEN}"}, {}),
    "another scheme": ({"Authorization": "Basic YTpi"}, {}),
    "Token": ({"Authorization": f"Token {TOKEN}"}, {}),
    "long": (bearer("x" * 8_000), {}),
    "not of letters": ({"Authorization": "Bearer \xff\xfe\x00"}, {}),
}


@pytest.mark.parametrize("which", REFUSED)
@pytest.mark.parametrize("address", ["", "incidents/", "incidents/INC-2026-0001/", "nothing/"])
def test_a_token_that_is_not_accepted_is_refused_and_never_ignored(client, which, address):
    headers, values = REFUSED[which]
    publish_incident()
    issue(**values)
    answer = client.get(f"/api/v1/{address}", headers=headers)
    problem = assert_problem(answer, 401, "credentials")
    assert answer["WWW-Authenticate"].startswith("Bearer ")
    assert TOKEN not in answer.content.decode()
    assert problem["errors"] == []


@pytest.mark.parametrize(
    ("method", "extra"),
    [("head", {}), ("options", {}), ("post", {}), ("get", {"Accept": "text/html"})],
)
def test_it_is_refused_before_anything_else_is_looked_at(client, method, extra):
    answer = getattr(client, method)("/api/v1/incidents/?x=1", headers={**bearer(), **extra})
    assert answer.status_code == 401


def test_it_is_refused_where_a_copy_would_have_been_current(client):
    publish_incident()
    tag = client.get("/api/v1/incidents/")["ETag"]
    answer = client.get("/api/v1/incidents/", headers={**bearer(), "If-None-Match": tag})
    assert_problem(answer, 401, "credentials")


def test_files_are_refused_too(client):
    assert_problem(client.get("/api/v1/incidents.csv", headers=bearer()), 401, "credentials")


def test_it_says_the_same_of_a_token_that_never_was_and_one_that_is_over(client):
    issue(revoked_at=datetime.now(UTC))
    never, over = (
        client.get("/api/v1/", headers=bearer(text)).json() for text in ("gawah_other", TOKEN)
    )
    never.pop("request_id"), over.pop("request_id")
    assert never == over


def test_guessing_is_counted_by_address(client):
    remaining = [
        client.get("/api/v1/", headers=bearer(f"gawah_{number}"))["X-RateLimit-Remaining"]
        for number in range(3)
    ]
    assert remaining == ["4", "3", "2"]


@pytest.mark.parametrize("name", ["token", "api_key", "apikey", "key", "access_token"])
@pytest.mark.parametrize("address", ["incidents/", "", "areas/", "incidents/INC-2026-0001/"])
def test_a_token_in_an_address_is_refused(client, address, name):
    publish_incident()
    issue()
    answer = client.get(f"/api/v1/{address}?{name}={TOKEN}")
    error = assert_refused(answer, name)
    assert "Authorization" in error["message"]
    assert TOKEN not in answer.content.decode()


def test_its_last_day_belongs_to_it(client):
    issue(valid_until=TODAY)
    assert client.get("/api/v1/", headers=bearer()).status_code == 200


# --- what is kept ---------------------------------------------------------------------------------


def test_a_token_is_long_random_and_known_by_its_beginning():
    tokens = {new_token() for _number in range(50)}
    assert len(tokens) == 50
    assert all(len(each) == 49 and each.startswith("gawah_") for each in tokens)


def test_using_it_leaves_no_trace_but_a_count_that_names_nobody(client, caplog):
    token = issue()
    before = AccessToken.objects.filter(pk=token.pk).values().get()
    with caplog.at_level(logging.DEBUG), CaptureQueriesContext(connection) as queries:
        client.get("/api/v1/incidents/?tipe=x", headers=bearer())
        client.get("/api/v1/nothing/", headers=bearer())
    assert AccessToken.objects.filter(pk=token.pk).values().get() == before
    written = " ".join(query["sql"] for query in queries) + caplog.text
    assert TOKEN not in written
    (count,) = RequestCount.objects.all()
    assert count.used == 2
    assert count.key not in (TOKEN, digest(TOKEN))


def test_a_fault_of_ours_writes_no_token_down(client, caplog, monkeypatch):
    from api.views import root

    def broken():
        raise RuntimeError("broken")

    issue()
    monkeypatch.setattr(root, "dataset_version", broken)
    client.raise_request_exception = False
    assert client.get("/api/v1/", headers=bearer()).status_code == 500
    assert TOKEN not in caplog.text


def test_looking_a_token_up_takes_one_query(client):
    issue()
    client.get("/api/v1/problems/", headers=bearer())
    with CaptureQueriesContext(connection) as queries:
        client.get("/api/v1/problems/", headers=bearer())
    looking = [query["sql"] for query in queries if "api_accesstoken" in query["sql"]]
    assert len(looking) == 1


# --- in the admin ---------------------------------------------------------------------------------


def issued(text=TOKEN, **values):
    values = {"requests_per_hour": 50, "valid_until": TODAY + DAY, **values}
    return IssuedToken.objects.create(
        digest=digest(text), name="Newsroom", holder="A desk", made_by="office", **values
    )


@pytest.fixture
def office(client):
    from incidents import roles
    from tests.incidents import factories

    member = factories.staff(roles.ADMINISTRATOR)
    client.force_login(member)
    client.member = member
    return client


NEW = {
    "name": "Newsroom",
    "holder": "The data desk, by telephone",
    "requests_per_hour": "20000",
    "valid_until": (TODAY + 30 * DAY).isoformat(),
}


def made(office, **values):
    return office.post("/admin/api/issuedtoken/add/", {**NEW, **values})


def test_a_token_is_made_in_the_admin_and_shown_once(office, client):
    answer = made(office)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    page = answer.content.decode()
    text = page.partition('<code dir="ltr">')[2].partition("</code>")[0]
    token = IssuedToken.objects.get()
    assert token.digest == digest(text)
    assert token.made_by == office.member.username
    for address in ("/admin/api/issuedtoken/", f"/admin/api/issuedtoken/{token.pk}/change/"):
        shown = office.get(address).content.decode()
        assert "Newsroom" in shown
        assert text not in shown
        assert token.digest not in shown
    found = client.get("/api/v1/problems/", headers=bearer(text))
    assert found["X-RateLimit-Limit"] == "20000"
    assert not LogEntry.objects.exists()


def test_the_token_itself_is_stored_nowhere(office):
    page = made(office).content.decode()
    text = page.partition('<code dir="ltr">')[2].partition("</code>")[0]
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(
                f'SELECT count(*) FROM "{table}" AS row WHERE row::text LIKE %s', [f"%{text}%"]
            )
            assert cursor.fetchone() == (0,), table


def test_who_makes_a_token_is_told_what_each_field_means(office):
    page = office.get("/admin/api/issuedtoken/add/").content.decode()
    for name in ("name", "holder", "requests_per_hour", "valid_until"):
        assert f'id="id_{name}_helptext"' in page
    later = TODAY.year + 1
    assert f'value="{later}-' in page


@pytest.mark.parametrize(
    "values",
    [{"requests_per_hour": "0"}, {"requests_per_hour": "1000001"}, {"name": ""}, {"holder": ""}],
)
def test_a_token_that_makes_no_sense_is_not_made(office, values):
    assert "errornote" in made(office, **values).content.decode()
    assert not IssuedToken.objects.exists()


def test_a_token_cannot_be_changed_only_revoked(office, client):
    token = issued()
    address = f"/admin/api/issuedtoken/{token.pk}/"
    office.post(f"{address}change/", {**NEW, "name": "Another", "requests_per_hour": "7"})
    token.refresh_from_db()
    assert (token.name, token.requests_per_hour) == ("Newsroom", 50)
    assert office.get(f"{address}revoke/").status_code == 405
    assert client.get("/api/v1/", headers=bearer()).status_code == 200
    assert office.post(f"{address}revoke/").status_code == 302
    assert client.get("/api/v1/", headers=bearer()).status_code == 401
    token.refresh_from_db()
    assert token.revoked_by == office.member.username
    revoked = token.revoked_at
    office.post(f"{address}revoke/")
    token.refresh_from_db()
    assert token.revoked_at == revoked
    page = office.get(f"{address}change/").content.decode()
    assert office.member.username in page
    assert "/revoke/" not in page


@pytest.mark.parametrize("role", ["DATA_ENTRY", "REVIEWER", "PUBLISHER", "ADMINISTRATOR"])
def test_only_administrators_have_to_do_with_tokens(client, role):
    from incidents import roles
    from tests.incidents import factories

    token = issued()
    client.force_login(factories.staff(getattr(roles, role)))
    wanted = 200 if role == "ADMINISTRATOR" else 403
    for address in ("", "add/", f"{token.pk}/change/"):
        assert client.get(f"/admin/api/issuedtoken/{address}").status_code == wanted
    revoked = client.post(f"/admin/api/issuedtoken/{token.pk}/revoke/")
    assert revoked.status_code == (302 if role == "ADMINISTRATOR" else 403)
    assert client.post(f"/admin/api/issuedtoken/{token.pk}/delete/").status_code == 403
    assert IssuedToken.objects.filter(pk=token.pk).exists()
