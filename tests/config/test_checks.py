"""One test for each thing that Gawah refuses to run with."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, connections

from config import checks
from config.settings.base import INSECURE_SECRET_KEY


def ids(messages):
    return [message.id for message in messages]


def test_nothing_is_refused_here(db):
    checks.refuse_unsafe()


@pytest.fixture
def blind_database(db):
    """A database on the same server whose locale is C."""
    connection.close()
    name = f"{connection.settings_dict['NAME']}_blind"
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name}")
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE template0 LOCALE_PROVIDER libc LOCALE 'C'")
    seeing = connection.settings_dict["NAME"]
    connection.settings_dict["NAME"] = name
    yield
    connection.close()
    connection.settings_dict["NAME"] = seeing
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE {name}")


@pytest.mark.django_db(transaction=True)
def test_e001_a_database_in_which_trigrams_do_not_see_urdu(blind_database):
    with connection.cursor() as cursor:
        cursor.execute("CREATE EXTENSION pg_trgm")
    assert ids(checks.check_urdu_trigrams(None, databases=["default"])) == ["gawah.E001"]


@pytest.mark.django_db(transaction=True)
def test_e001_waits_for_the_migration_that_brings_trigrams(blind_database):
    assert checks.check_urdu_trigrams(None, databases=["default"]) == []


def test_e001_a_migrated_database_that_lost_trigrams(db):
    with connection.cursor() as cursor:
        cursor.execute("DROP EXTENSION pg_trgm CASCADE")
    assert ids(checks.check_urdu_trigrams(None, databases=["default"])) == ["gawah.E001"]


@pytest.mark.parametrize(("version", "found"), [(140_019, ["gawah.E002"]), (150_000, [])])
def test_e002_an_old_server(version, found, db, monkeypatch):
    monkeypatch.setattr(checks, "server_version", lambda: version)
    assert ids(checks.check_server_version(None, databases=["default"])) == found


@pytest.mark.parametrize(("active", "found"), [(True, ["gawah.E003"]), (False, [])])
def test_e003_psycopg_3(active, found, monkeypatch):
    monkeypatch.setattr(checks, "is_psycopg3", active)
    assert ids(checks.check_driver(None)) == found


def test_psycopg_2_is_what_is_installed():
    assert checks.check_driver(None) == []


@pytest.mark.parametrize(
    ("production", "key", "debug", "found"),
    [
        (True, INSECURE_SECRET_KEY, False, ["gawah.E004"]),
        (True, "a key of one's own", True, ["gawah.E005"]),
        (True, "a key of one's own", False, []),
        (False, INSECURE_SECRET_KEY, True, []),
    ],
)
def test_e004_the_default_key_and_e005_debug_in_production(production, key, debug, found, settings):
    settings.PRODUCTION, settings.SECRET_KEY, settings.DEBUG = production, key, debug
    assert ids(checks.check_production(None)) == found


@pytest.mark.django_db(transaction=True)
def test_e006_a_public_side_that_can_read_the_case_file(settings, role):
    settings.SIDE = "public"
    with role("app"):
        assert ids(checks.check_public_role(None, databases=["default"])) == ["gawah.E006"]


@pytest.mark.django_db(transaction=True)
def test_e006_not_for_the_reader(settings, role):
    settings.SIDE = "public"
    with role("reader"):
        assert checks.check_public_role(None, databases=["default"]) == []


@pytest.mark.django_db(transaction=True)
def test_e006_one_readable_column_is_too_much(settings, role):
    settings.SIDE = "public"
    with connection.cursor() as cursor:
        cursor.execute("GRANT SELECT (id) ON incidents_person TO gawah_reader")
    with role("reader"):
        assert ids(checks.check_public_role(None, databases=["default"])) == ["gawah.E006"]
    with connection.cursor() as cursor:
        cursor.execute("REVOKE SELECT (id) ON incidents_person FROM gawah_reader")


def test_e006_not_for_staff(db):
    assert checks.check_public_role(None, databases=["default"]) == []


def test_w001_a_serving_role_that_can_rewrite_history(db, settings):
    settings.DATABASE_ROLE = "app"  # says so, but the tests connect as the owner
    assert ids(checks.check_history_is_append_only(None, databases=["default"])) == ["gawah.W001"]


@pytest.mark.django_db(transaction=True)
def test_w001_not_for_the_application_role(settings, role):
    settings.DATABASE_ROLE = "app"
    with role("app"):
        assert checks.check_history_is_append_only(None, databases=["default"]) == []


def test_w001_not_while_the_owner_migrates(db):
    assert checks.check_history_is_append_only(None, databases=["default"]) == []


def test_a_refusal_names_its_check(db, settings):
    settings.PRODUCTION, settings.SECRET_KEY = True, INSECURE_SECRET_KEY
    with pytest.raises(ImproperlyConfigured, match=r"gawah\.E004"):
        checks.refuse_unsafe()


@pytest.mark.django_db(transaction=True)
def test_a_server_that_cannot_be_asked_is_refused(monkeypatch):
    connection.close()
    monkeypatch.setitem(connection.settings_dict, "HOST", "/nowhere")
    with pytest.raises(ImproperlyConfigured, match="cannot be checked"):
        checks.refuse_unsafe()


@pytest.mark.django_db(transaction=True)
def test_connections_are_closed_before_a_server_forks():
    checks.refuse_unsafe()
    assert all(each.connection is None for each in connections.all())


@pytest.mark.parametrize(
    ("production", "keys", "found"),
    [(True, [], ["gawah.E009"]), (True, ["a key"], []), (False, [], [])],
)
def test_e009_confidential_sources_without_a_key_of_their_own(production, keys, found, settings):
    settings.PRODUCTION, settings.GAWAH_SOURCE_KEYS = production, keys
    assert ids(checks.check_source_keys(None)) == found


@pytest.mark.parametrize(
    ("production", "factor", "found"),
    [
        (True, "optional", ["gawah.E007"]),
        (True, "required", []),
        (False, "optional", []),
    ],
)
def test_e007_staff_with_a_password_alone(production, factor, found, settings):
    settings.PRODUCTION = production
    settings.GAWAH_SECOND_FACTOR = factor
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = False
    assert ids(checks.check_second_factor(None)) == found


@pytest.mark.parametrize(
    "name", ["MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN", "MFA_TOTP_INSECURE_BYPASS_CODE"]
)
def test_e008_a_way_past_the_second_factor(name, settings):
    settings.PRODUCTION = True
    settings.GAWAH_SECOND_FACTOR = "required"
    setattr(settings, name, "123456")
    assert ids(checks.check_second_factor(None)) == ["gawah.E008"]
