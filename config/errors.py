"""Who answers an error that no view answered: the API in its own form, else a page."""

import logging
from collections.abc import Callable

from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.views import defaults
from psycopg2.errors import QueryCanceled

from api import errors as api

logger = logging.getLogger(__name__)

API = "/api/"

RETRY_AFTER = 30
"""Seconds after which a page that could not be made may be asked for again."""


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """400, also for a host name that is not ours."""
    if request.path.startswith(API):
        return api.bad_request(request, exception)
    return defaults.bad_request(request, exception)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """404, for an address without a view too."""
    if request.path.startswith(API):
        return api.page_not_found(request, exception)
    return defaults.page_not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponseBase:
    """500. The fault has been logged."""
    if request.path.startswith(API):
        return api.server_error(request)
    return defaults.server_error(request)


def is_overload(exception: BaseException) -> bool:
    """Whether the database ran out of time or cannot be reached: no fault in the page itself."""
    if not isinstance(exception, DatabaseError | InterfaceError):
        return False
    unreachable = isinstance(exception, OperationalError | InterfaceError)
    return unreachable or isinstance(exception.__cause__, QueryCanceled)


def too_slow(request: HttpRequest) -> HttpResponse:
    """503 as a page that needs no database, with when to try again."""
    return HttpResponse(
        render_to_string("503.html"),
        status=503,
        headers={"Retry-After": str(RETRY_AFTER), "Cache-Control": "no-store"},
    )


class OverloadMiddleware:
    """Answers a page that the database had no time for, or no connection, by 503 instead of 500.

    The API says so in its own form before this is asked.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """503 for an overload; None leaves any other fault to whoever is next."""
        if not is_overload(exception):
            return None
        logger.error("Too slow: %s", request.path, exc_info=exception)
        return too_slow(request)
