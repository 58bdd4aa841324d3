"""Every error under ``/api/`` as ``application/problem+json`` (RFC 9457): the only place that
writes one.

An answer never repeats what was sent and never shows what broke inside. ``type`` is the address
of a description of the problem, the same on every host; ``errors`` is always a list.
"""

import json
import logging
import uuid
from collections.abc import Mapping, Sequence

from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.core.signals import got_request_exception
from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from psycopg2.errors import QueryCanceled
from rest_framework.exceptions import APIException, MethodNotAllowed

from api.documented import documentation_of
from api.headers import open_for_reading
from api.problem_types import (
    BAD_REQUEST,
    METHOD,
    NOT_ACCEPTABLE,
    NOT_FOUND,
    PARAMETERS,
    SERVER,
    TOO_SLOW,
    UNAVAILABLE,
    ProblemType,
)
from record.parameters import ParameterError

logger = logging.getLogger(__name__)

CONTENT_TYPE = "application/problem+json"


_OF_STATUS = {
    problem.status: problem for problem in (NOT_FOUND, METHOD, NOT_ACCEPTABLE, SERVER, BAD_REQUEST)
}


class Problem(Exception):
    """An answer that is no result. Raised by views, written by ``problem_response``.

    ``members`` are extension members of the problem document, such as the reason of a
    withdrawal.
    """

    def __init__(
        self,
        type_: ProblemType,
        detail: str,
        *,
        errors: Sequence[ParameterError] = (),
        members: Mapping[str, object] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(type_.title)
        self.type = type_
        self.detail = detail
        self.errors = errors
        self.members = members or {}
        self.headers = headers or {}


def wrong_parameters(errors: Sequence[ParameterError]) -> Problem:
    """400 with every parameter that is wrong, not just the first."""
    number = len(errors)
    detail = (
        "One parameter is wrong; errors says which."
        if number == 1
        else f"{number} parameters are wrong; errors says which."
    )
    return Problem(PARAMETERS, detail, errors=errors)


def problem_response(problem: Problem, request_id: str | None = None) -> HttpResponse:
    """The problem as an answer. ``request_id`` is new unless the fault was logged under one."""
    body = {
        "type": problem.type.address,
        "title": problem.type.title,
        "status": problem.type.status,
        "detail": problem.detail,
        "errors": [_as_document(error) for error in problem.errors],
        "request_id": request_id or new_request_id(),
        **problem.members,
    }
    response = HttpResponse(
        json.dumps(body, ensure_ascii=False),
        status=problem.type.status,
        content_type=CONTENT_TYPE,
        headers=dict(problem.headers),
    )
    response.headers.setdefault("Cache-Control", "no-store")
    open_for_reading(response)
    return response


def new_request_id() -> str:
    """A random number by which a report can be matched with the log; it identifies nobody."""
    return uuid.uuid4().hex


def response_for(exception: Exception, request: HttpRequest) -> HttpResponse:
    """The answer to any exception raised while a request was answered."""
    if isinstance(exception, Problem):
        return problem_response(exception)
    if isinstance(exception, Http404):
        return problem_response(Problem(NOT_FOUND, "There is nothing at this address."))
    if isinstance(exception, MethodNotAllowed):
        return problem_response(Problem(METHOD, "Use GET, HEAD or OPTIONS."))
    if isinstance(exception, APIException) and exception.status_code < 500:
        type_ = _OF_STATUS.get(exception.status_code, BAD_REQUEST)
        return problem_response(Problem(type_, "The request cannot be answered as it stands."))
    if isinstance(exception, SuspiciousOperation | BadRequest | PermissionDenied):
        return problem_response(Problem(BAD_REQUEST, "The request cannot be read."))
    return _failure(exception, request)


def _failure(exception: Exception, request: HttpRequest) -> HttpResponse:
    """The answer to a fault of ours: logged with its place, told without it."""
    request_id = new_request_id()
    logger.error("Request %s failed: %s", request_id, request.path, exc_info=exception)
    problem = _database_problem(exception)
    if problem is None:
        got_request_exception.send(sender=None, request=request)
        problem = Problem(SERVER, "Please report the request_id if this happens again.")
    return problem_response(problem, request_id)


def _database_problem(exception: Exception) -> Problem | None:
    """503 where the database ran out of time or cannot be reached, else None."""
    if not isinstance(exception, DatabaseError | InterfaceError):
        return None
    if isinstance(exception.__cause__, QueryCanceled):
        return Problem(
            TOO_SLOW,
            "Narrow the question, by area, type or years, or try again later.",
            headers={"Retry-After": "30"},
        )
    if isinstance(exception, OperationalError | InterfaceError):
        return Problem(UNAVAILABLE, "Please try again later.", headers={"Retry-After": "10"})
    return None


def _as_document(error: ParameterError) -> dict[str, object]:
    """One wrong parameter; ``candidates`` only where a value may mean several things."""
    document: dict[str, object] = {
        "parameter": error.parameter,
        "message": str(error.message),
        "suggestion": str(error.suggestion) if error.suggestion else None,
        "documentation": documentation_of(error),
    }
    if error.candidates:
        document["candidates"] = [
            {"code": candidate.code, "label": str(candidate.label)}
            for candidate in error.candidates
        ]
    return document


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler of 400 for addresses under ``/api/``."""
    return problem_response(Problem(BAD_REQUEST, "The request cannot be read."))


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler of 404 for addresses under ``/api/`` that no view answers."""
    return response_for(Http404(), request)


def server_error(request: HttpRequest) -> HttpResponse:
    """Django's handler of 500 for addresses under ``/api/``; Django has logged the fault."""
    return problem_response(Problem(SERVER, "Please try again later."))
