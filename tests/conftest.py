"""Fixtures of every test: a PostgreSQL of the suite's own, and compiled message catalogues.

Strategy: tests run on a real server, each in a transaction that is rolled back. Without
``DATABASE_URL`` that is the embedded one with data of its own in ``var/postgres-test``, shared by
all processes of a run and stopped by the last. Records come from small functions in the folders'
own ``conftest.py`` or beside the tests; only the vocabularies and areas that ship with the program
are loaded for all, by ``tests/reference_data.py``.
"""

import gc
import math
from collections.abc import Iterator

import pytest
from django.conf import settings
from pytest_django.plugin import DjangoDbBlocker

from config.embedded.places import PROJECT
from config.embedded.use import ensure_running, stop_if_unused
from config.messages import compile_messages
from tests.template_database import use_template
from tests.transactional_tests import leave_as_found

pytest_plugins = ["tests.reference_data"]


def pytest_configure(config: pytest.Config) -> None:
    """Compile what the repository keeps as text, before Django loads any translation."""
    compile_messages(PROJECT / "locale")


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name a file by its argument: archives hold the time of making, and processes must agree."""
    return argname if isinstance(val, bytes) else None


def pytest_collection_finish(session: pytest.Session) -> None:
    """What was collected stays until the end: looking through it again and again takes long."""
    gc.collect()
    gc.freeze()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the server after workers that were killed, as Ctrl-C does to them."""
    if settings.configured and settings.EMBEDDED_CLUSTER is not None:
        stop_if_unused(settings.EMBEDDED_CLUSTER)


@pytest.fixture(scope="session", autouse=True)
def checked_by_no_clock() -> None:
    """What processes hold of small tables is not checked every few seconds: a slow run would ask
    one statement more here and there, and tests count statements. Tests of the checks set it."""
    from reference import vocabularies

    vocabularies.CHECK_EVERY = math.inf


@pytest.fixture(scope="session")
def database_server() -> Iterator[None]:
    """The server that the settings name; the embedded one is brought up for the session."""
    if settings.EMBEDDED_CLUSTER is None:
        yield
        return
    use = ensure_running(settings.EMBEDDED_CLUSTER)
    yield
    use.leave()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    database_server: None,
    django_db_modify_db_settings_parallel_suffix: None,
    django_db_blocker: DjangoDbBlocker,
) -> None:
    """Asked for by pytest-django before it creates the test database."""
    with django_db_blocker.unblock():
        use_template()


@pytest.fixture(scope="module")
def committed(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """What fixtures of a module write for all its tests; gone after the last of them."""
    with django_db_blocker.unblock():
        yield
        leave_as_found()
