"""``DATABASE_URL`` becomes connection settings, or a message that does not repeat it."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.database import embedded_settings, parse_database_url, uses_embedded_server
from config.embedded.places import cluster


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("postgres://db/gawah", {"HOST": "db", "NAME": "gawah", "USER": "", "PORT": ""}),
        (
            "postgresql://ann:s3cret@db.example:6543/gawah",
            {"HOST": "db.example", "PORT": "6543", "USER": "ann", "PASSWORD": "s3cret"},
        ),
        ("postgres://ann:p%40ss%2Fword@db/g", {"USER": "ann", "PASSWORD": "p@ss/word"}),
        ("postgres://ann@/g?host=/run/pg", {"HOST": "/run/pg", "USER": "ann", "NAME": "g"}),
        ("postgres://ann@%2Frun%2Fpg/g", {"HOST": "/run/pg"}),
        ("postgres:///g", {"HOST": "", "NAME": "g"}),
        ("postgres://[::1]:5433/g", {"HOST": "::1", "PORT": "5433"}),
        ("postgres://db/g%20one", {"NAME": "g one"}),
        ("postgres://db/g?sslmode=require&connect_timeout=3", {"NAME": "g"}),
    ],
)
def test_an_address_is_read(url, expected):
    assert expected.items() <= parse_database_url(url).items()


def test_options_that_libpq_knows_are_passed_on():
    options = parse_database_url("postgres://db/g?sslmode=verify-full&host=other")["OPTIONS"]
    assert options == {"sslmode": "verify-full"}


@pytest.mark.parametrize(
    ("url", "complaint"),
    [
        ("mysql://ann:s3cret@db/g", "begin with postgres://"),
        ("postgres://ann:s3cret@db", "name of one database"),
        ("postgres://ann:s3cret@db/", "name of one database"),
        ("postgres://ann:s3cret@db/a/b", "name of one database"),
        ("postgres://ann:s3cret@db/g?sslmod=require", "unknown options: sslmod"),
        ("postgres://ann:s3cret@db:many/g", "not a valid address"),
        ("postgres://ann:s3cret@[db/g", "not a valid address"),
    ],
)
def test_a_wrong_address_is_refused_without_its_password(url, complaint):
    with pytest.raises(ImproperlyConfigured, match=complaint) as refusal:
        parse_database_url(url)
    assert "s3cret" not in str(refusal.value)


@pytest.mark.parametrize(
    ("environ", "embedded"),
    [({}, True), ({"DATABASE_URL": ""}, True), ({"DATABASE_URL": "postgres:///g"}, False)],
)
def test_the_embedded_server_is_for_those_who_name_no_other(environ, embedded):
    assert uses_embedded_server(environ) is embedded


def test_each_role_has_its_user():
    users = [embedded_settings(cluster(), role)["USER"] for role in ("owner", "app", "reader")]
    assert users == ["gawah_owner", "gawah_app", "gawah_reader"]


def test_a_role_that_does_not_exist_is_refused():
    with pytest.raises(ImproperlyConfigured, match="owner, app, reader"):
        embedded_settings(cluster(), "root")
