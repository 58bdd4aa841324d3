"""Who answers an error that no view answered: the API in its own form, else a page."""

from django.http import HttpRequest, HttpResponseBase
from django.views import defaults

from api import errors as api

API = "/api/"


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
