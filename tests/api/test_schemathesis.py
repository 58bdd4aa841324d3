"""Questions that nobody thought of: what schemathesis makes of the description of the API.

A few examples for each address, the same every time; raise ``EXAMPLES`` to search for longer.
"""

from contextlib import contextmanager

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.generation.modes import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from api.schema.document import addressed, template
from api.urls import urlpatterns
from record.kinds import Kind
from record.models.entry import ENTRY_OF
from tests.api.case import publish_case

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]

PATHS = [template(each) for each in addressed(urlpatterns)]

EXAMPLES = {GenerationMode.POSITIVE: 5, GenerationMode.NEGATIVE: 4}


@contextmanager
def connection_kept():
    """Requests neither check nor close the connection, in whose transaction the tests run; the
    test client of Django does the same."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def served_whole(environ, start_response):
    """The application as a server runs it: an answer is read to its end and closed."""
    answer = WSGIHandler()(environ, start_response)
    try:
        return [b"".join(answer)]
    finally:
        answer.close()


@pytest.fixture(scope="module")
def served(django_db_setup, django_db_blocker):
    """The API as it describes itself, with a small case published, and then taken away."""
    with django_db_blocker.unblock(), connection_kept(), transaction.atomic():
        publish_case()
        yield schemathesis.openapi.from_wsgi("/api/v1/schema/", served_whole)
        transaction.set_rollback(True)


def real(path):
    """A reference that leads somewhere; made up ones hardly ever do."""
    kind = next((each for each in Kind if path.startswith(f"/api/v1/{each.plural}/")), None)
    return ENTRY_OF[kind].objects.live().first().reference if kind else None


@pytest.mark.parametrize("mode", list(EXAMPLES), ids=lambda mode: mode.value)
@pytest.mark.parametrize("path", PATHS)
def test_every_answer_is_one_that_is_described(path, mode, served, db):
    reference = real(path)

    @settings(
        max_examples=EXAMPLES[mode],
        derandomize=True,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=served[path]["GET"].as_strategy(generation_mode=mode), exists=st.booleans())
    def ask(case, exists):
        if exists and "{reference}" in path:
            case.path_parameters = {**case.path_parameters, "reference": reference}
        assume(case.method == "GET")
        case.call_and_validate(checks=CHECKS)

    ask()
