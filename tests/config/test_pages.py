"""Headers, health and errors of every answer, whatever the app behind it."""

import pytest
from django.db import connection

POLICY = {
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'self'",
    "frame-ancestors 'none'",
    "form-action 'self'",
}


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
    ],
)
def test_every_answer_says(header, value, client, db):
    assert client.get("/healthz").headers[header] == value


def test_the_content_policy_allows_ourselves_and_nothing_inline(client, db):
    policy = client.get("/healthz").headers["Content-Security-Policy"]
    assert set(policy.split("; ")) == POLICY


@pytest.mark.parametrize("feature", ["camera", "microphone", "geolocation"])
def test_no_page_may_use(feature, client, db):
    assert f"{feature}=()" in client.get("/healthz").headers["Permissions-Policy"]


def test_health_is_good_when_the_database_answers(client, db):
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")


def test_health_is_never_cached(client, db):
    assert "no-store" in client.get("/healthz").headers["Cache-Control"]


def test_health_only_answers_to_reading(client, db):
    assert client.post("/healthz").status_code == 405


@pytest.mark.django_db(transaction=True)
def test_health_is_bad_without_a_database(client, monkeypatch):
    connection.close()
    monkeypatch.setitem(connection.settings_dict, "HOST", "/nowhere")
    assert client.get("/healthz").status_code == 503


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/api/v1/nothing/here/", "application/problem+json"),
        ("/nothing/here/", "text/html; charset=utf-8"),
        ("/ur/nothing/here/", "text/html; charset=utf-8"),
    ],
)
def test_an_address_that_leads_nowhere_is_answered_in_kind(path, kind, client, db):
    answer = client.get(path)
    assert (answer.status_code, answer.headers["Content-Type"]) == (404, kind)


@pytest.mark.parametrize(
    ("path", "language"), [("/", "en"), ("/ur/", "ur"), ("/api/v1/", "en"), ("/admin/login/", "en")]
)
def test_the_language_follows_the_address_and_not_the_browser(path, language, client, db):
    answer = client.get(path, headers={"Accept-Language": "ur" if language == "en" else "en"})
    assert answer.headers["Content-Language"] == language
    assert "Accept-Language" not in answer.headers.get("Vary", "")
